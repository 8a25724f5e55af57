"""Lists in prose: ranks in lines, and news releases."""

from __future__ import annotations

from random import Random

from figures import Agency, mean_of, result
from forms import form, gold, local, title
from grid import Document, Text


@form
def prose_ranks(random: Random, size: int, document: Document) -> None:
    """A line for each rank."""
    province, results = local(random, size, 2565)
    title(document, "อันดับคะแนนของหน่วยงานในจังหวัด", 2565, province)
    for one in results:
        document.blocks.append(Text(f"อันดับ {one.rank} {one.agency.full} {one.overall} คะแนน ({one.grade})"))
        gold(document, one, "overall_score", "grade", "rank")


@form
def prose_items(random: Random, size: int, document: Document) -> None:
    """A numbered item for each agency with its instruments."""
    province, results = local(random, size, 2566)
    title(document, "รายงานผลคะแนนของหน่วยงานในจังหวัด", 2566, province)
    for at, one in enumerate(results, 1):
        iit, eit, oit = one.instruments.values()
        words = f"{at}. {one.agency.short} ได้คะแนน {one.overall} อยู่ในระดับ {one.grade} (IIT {iit} EIT {eit} OIT {oit})"
        document.blocks.append(Text(words))
        gold(document, one, "overall_score", "grade", "iit", "eit", "oit")


@form
def news(random: Random, size: int, document: Document) -> None:
    """A news release: the nation, the province, and the best agencies in one sentence each."""
    year = 2567
    province, results = local(random, min(size, 12), year)
    nation = result(random, Agency("ประเทศ", "ประเทศ", ""), year, "national")
    level = mean_of(results, f"จังหวัด{province}", "province")
    document.blocks.append(Text(f"ป.ป.ช. ประกาศผล ITA ประจำปีงบประมาณ พ.ศ. {year}", heading=True))
    document.blocks.append(
        Text(
            f"สำนักงาน ป.ป.ช. เปิดเผยผลการประเมิน ITA ปี {year} ภาพรวมระดับประเทศได้คะแนนเฉลี่ย {nation.overall} คะแนน "
            f"ส่วนจังหวัด{province}มีหน่วยงานเข้ารับการประเมิน {len(results)} แห่ง ได้คะแนนเฉลี่ย {level.overall} คะแนน"
        )
    )
    gold(document, nation, "overall_score")
    gold(document, level, "overall_score", "agencies")
    for one in results:
        words = f"{one.agency.full} อำเภอ{one.agency.district} จังหวัด{province} ได้ {one.overall} คะแนน ระดับ{one.grade}"
        document.blocks.append(Text(words))
        gold(document, one, "overall_score", "grade")
