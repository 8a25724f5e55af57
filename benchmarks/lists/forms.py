"""The forms in which lists of results are published; each adds its blocks and exact gold to a document."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from figures import NAMES, SHORT, Result, agencies, mean_of, provinces, ranked, result
from grid import Cell, Document, Table, Text, row

Form = Callable[[Random, int, Document], None]
FORMS: dict[str, Form] = {}


def form(function: Form) -> Form:
    """Register a form under the name of its function."""
    FORMS[function.__name__] = function
    return function


def gold(document: Document, one: Result, *columns: str, ten: bool = False, place: bool = True) -> None:
    """Add what a row states: the columns named, and the ten scores."""
    values: dict[str, object] = {
        "overall_score": one.overall, "grade": one.grade, "rank": one.rank, "agencies": one.agencies,
        "iit": one.instruments["IIT"], "eit": one.instruments["EIT"], "oit": one.instruments["OIT"],
        "eit_part1": one.part1, "eit_part2": one.part2,
    }  # fmt: skip
    who = {"scope": one.scope, "agency": one.agency.full, "fiscal_year": one.year}
    if place and one.agency.province:
        who["province"] = one.agency.province
    if columns:
        document.results.append({**who, **{name: values[name] for name in columns}, "wrong": one.wrong})
    if ten:
        document.scores += [
            {**who, "indicator_no": no, "score": score} for no, score in enumerate(one.ten, 1)
        ]


def local(random: Random, count: int, year: int) -> tuple[str, list[Result]]:
    """Return a province and results of its agencies, the best first."""
    province = provinces(random, 1)[0]
    return province, ranked([result(random, one, year) for one in agencies(random, province, count)])


def plant_error(random: Random, results: list[Result]) -> None:
    """Change one overall score so that its row does not add up, in lists of more than ten."""
    if len(results) > 10:
        one = random.choice(results[2:-2])
        one.overall += Decimal(random.choice(("0.90", "-1.80", "2.70")))
        one.wrong = True


def title(document: Document, what: str, year: int, where: str = "") -> None:
    """Add the title of a list."""
    words = f"ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA) ประจำปีงบประมาณ พ.ศ. {year}"
    document.blocks += [Text(words, heading=True), Text(f"{what}{where}")]


@form
def ten_names(random: Random, size: int, document: Document) -> None:
    """Agencies as rows, the ten indicators by name."""
    _ten(random, size, document, list(NAMES), 2567, turned=True)


@form
def ten_short(random: Random, size: int, document: Document) -> None:
    """The indicators by short names."""
    _ten(random, size, document, list(SHORT), 2566)


@form
def ten_numbers(random: Random, size: int, document: Document) -> None:
    """The indicators by number."""
    _ten(random, size, document, [f"ตัวชี้วัดที่ {no}" for no in range(1, 11)], 2565)


@form
def ten_codes(random: Random, size: int, document: Document) -> None:
    """The indicators as i1 to i10, the overall score first."""
    year = 2564
    province, results = local(random, size, year)
    title(document, "ตารางคะแนนรายตัวชี้วัด องค์กรปกครองส่วนท้องถิ่นในเขตจังหวัด", year, province)
    rows = [row("ที่", "อปท.", "อำเภอ", "คะแนน ITA", *(f"i{no}" for no in range(1, 11)))]
    for at, one in enumerate(results, 1):
        rows.append(row(at, one.agency.short, one.agency.district, one.overall, *one.ten))
        gold(document, one, "overall_score", ten=True)
    document.blocks.append(Table(rows))


def _ten(
    random: Random, size: int, document: Document, names: list[str], year: int, turned: bool = False
) -> None:
    province, results = local(random, size, year)
    plant_error(random, results)
    title(document, "องค์กรปกครองส่วนท้องถิ่นในพื้นที่จังหวัด", year, province)
    head = [Cell(name, turned=turned) for name in names]
    rows: list[list[Cell | None]] = [[*row("ลำดับ", "หน่วยงาน"), *head, *row("คะแนนรวม", "ระดับ")]]
    for one in results:
        rows.append(row(one.rank, one.agency.full, *one.ten, one.overall, one.grade))
        gold(document, one, "overall_score", "grade", ten=True)
    document.blocks.append(Table(rows))
    document.landscape = True


def _under(random: Random, size: int, document: Document, numbers: list[str], year: int) -> None:
    province, results = local(random, size, year)
    title(document, "รายละเอียดคะแนนจำแนกตามแบบวัด จังหวัด", year, province)
    top: list[Cell | None] = [Cell("ลำดับ", rows=2), Cell("ชื่อหน่วยงาน", rows=2)]
    for code, width in (("IIT", 5), ("EIT", 3), ("OIT", 2)):
        top += [Cell(f"แบบวัด {code}", columns=width), *([None] * (width - 1))]
    top.append(Cell("คะแนน ITA", rows=2))
    rows = [top, [None, None, *row(*numbers), None]]
    for one in results:
        rows.append(row(one.rank, one.agency.full, *one.ten, one.overall))
        gold(document, one, "overall_score", ten=True)
    document.blocks.append(Table(rows, header=2))
    document.landscape = True


@form
def under_instruments(random: Random, size: int, document: Document) -> None:
    """Numbers 1 to 10 below the instruments."""
    _under(random, size, document, [str(no) for no in range(1, 11)], 2566)


@form
def own_numbers(random: Random, size: int, document: Document) -> None:
    """Each instrument counts its indicators from 1."""
    _under(random, size, document, [f"ตัวชี้วัด {no}" for no in (1, 2, 3, 4, 5, 1, 2, 3, 1, 2)], 2563)


@form
def points(random: Random, size: int, document: Document) -> None:
    """Instruments in points of 30, 30 and 40."""
    province, results = local(random, size, 2565)
    plant_error(random, results)
    title(document, "สรุปผลคะแนนของหน่วยงานในจังหวัด", 2565, province)
    rows = [row("ลำดับที่", "ชื่อหน่วยงาน", "IIT (30)", "EIT (30)", "OIT (40)", "รวม (100)", "ผลการประเมินระดับ")]
    for one in results:
        rows.append(row(one.rank, one.agency.full, *one.points.values(), one.overall, one.grade))
        gold(document, one, "overall_score", "grade", "iit", "eit", "oit")
    document.blocks.append(Table(rows))


@form
def percent(random: Random, size: int, document: Document) -> None:
    """Instruments in percent, with a mean row."""
    province, results = local(random, size, 2564)
    title(document, "ผลคะแนนรายแบบวัดของหน่วยงานในจังหวัด", 2564, province)
    rows = [row("อันดับ", "หน่วยงาน", "ประเภท", "IIT", "EIT", "OIT", "คะแนน", "เกรด")]
    for one in results:
        rows.append(
            row(one.rank, one.agency.full, one.agency.kind, *one.instruments.values(), one.overall, one.grade)
        )
        gold(document, one, "overall_score", "grade", "iit", "eit", "oit", "rank")
    level = mean_of(results, f"จังหวัด{province}", "province")
    rows.append(row("", "ค่าเฉลี่ย", "", *level.instruments.values(), level.overall, ""))
    gold(document, level, "overall_score", "iit", "eit", "oit")
    document.blocks.append(Table(rows))


@form
def both(random: Random, size: int, document: Document) -> None:
    """Percent and points of each instrument in one table."""
    province, results = local(random, size, 2565)
    title(document, "คะแนนร้อยละและคะแนนถ่วงน้ำหนัก หน่วยงานในจังหวัด", 2565, province)
    top: list[Cell | None] = [Cell("ที่", rows=2), Cell("หน่วยงาน", rows=2)]
    for code, share in (("IIT", 30), ("EIT", 30), ("OIT", 40)):
        top += [Cell(f"{code} (ร้อยละ {share})", columns=2), None]
    rows = [[*top, Cell("รวม", rows=2)], [None, None, *row(*(["ร้อยละ", "ถ่วงน้ำหนัก"] * 3)), None]]
    for one in results:
        values = [value for code in one.points for value in (one.instruments[code], one.points[code])]
        rows.append(row(one.rank, one.agency.full, *values, one.overall))
        gold(document, one, "overall_score", "iit", "eit", "oit")
    document.blocks.append(Table(rows, header=2))


@form
def eit_parts(random: Random, size: int, document: Document) -> None:
    """IIT, the two parts of EIT, OIT, overall score, level and rank."""
    province, results = local(random, size, 2568)
    plant_error(random, results)
    title(document, "ประกาศผลการประเมิน หน่วยงานในจังหวัด", 2568, province)
    rows = [row("หน่วยงาน", "IIT", "EIT ส่วนที่ 1", "EIT ส่วนที่ 2", "OIT", "คะแนนรวม", "ระดับผลการประเมิน", "อันดับ")]
    for one in random.sample(results, len(results)):
        values = (one.instruments["IIT"], one.part1, one.part2, one.instruments["OIT"], one.overall)
        rows.append(row(one.agency.full, *values, one.grade, one.rank))
        gold(document, one, "overall_score", "grade", "iit", "eit_part1", "eit_part2", "oit", "rank")
    document.blocks.append(Table(rows))


@form
def transposed(random: Random, size: int, document: Document) -> None:
    """Agencies as columns, indicators as rows; six agencies a table."""
    province, results = local(random, min(size, 24), 2566)
    title(document, "เปรียบเทียบผลคะแนนรายตัวชี้วัด หน่วยงานในจังหวัด", 2566, province)
    for start in range(0, len(results), 6):
        some = results[start : start + 6]
        rows = [row("ตัวชี้วัด", *(one.agency.full for one in some))]
        rows += [row(f"{no}. {name}", *(one.ten[no - 1] for one in some)) for no, name in enumerate(NAMES, 1)]
        rows += [row("คะแนนรวม", *(one.overall for one in some)), row("ระดับ", *(one.grade for one in some))]
        document.blocks += [Table(rows), Text("ที่มา: ระบบ ITAS")]
        for one in some:
            gold(document, one, "overall_score", "grade", ten=True)


def two(random: Random, size: int) -> tuple[str, list[tuple[Result, Result]]]:
    """Return a province and the results of its agencies in two years, the earlier first."""
    province, results = local(random, size, 2567)
    return province, [(result(random, one.agency, 2566), one) for one in results]


@form
def years_beside(random: Random, size: int, document: Document) -> None:
    """Two years side by side."""
    province, pairs = two(random, size)
    document.blocks.append(Text(f"ผลการประเมิน ITA ของหน่วยงานในจังหวัด{province} ปี 2566 และ 2567", heading=True))
    top: list[Cell | None] = [Cell("ลำดับ", rows=2), Cell("หน่วยงาน", rows=2)]
    for year in (2566, 2567):
        top += [Cell(f"ปีงบประมาณ พ.ศ. {year}", columns=2), None]
    rows = [[*top, Cell("ผลต่าง", rows=2)], [None, None, *row("คะแนน", "ระดับ", "คะแนน", "ระดับ"), None]]
    for at, (old, new) in enumerate(pairs, 1):
        change = new.overall - old.overall
        rows.append(
            row(at, new.agency.full, old.overall, old.grade, new.overall, new.grade, f"{change:+.2f}")
        )
        for one in (old, new):
            gold(document, one, "overall_score", "grade")
    document.blocks.append(Table(rows, header=2))


@form
def year_rows(random: Random, size: int, document: Document) -> None:
    """Two rows for each agency, one for each year."""
    province, pairs = two(random, size)
    document.blocks.append(Text(f"ผลการประเมิน ITA ย้อนหลัง 2 ปี หน่วยงานในจังหวัด{province}", heading=True))
    rows = [row("ลำดับ", "หน่วยงาน", "ปี", "IIT", "EIT", "OIT", "รวม", "ระดับ")]
    for at, pair in enumerate(pairs, 1):
        for number, one in enumerate(pair):
            who: list[Cell | None] = (
                [None, None] if number else [Cell(at, rows=2), Cell(one.agency.full, rows=2)]
            )
            rows.append([*who, *row(one.year, *one.instruments.values(), one.overall, one.grade)])
            gold(document, one, "overall_score", "grade", "iit", "eit", "oit")
    document.blocks.append(Table(rows))


@form
def years_stacked(random: Random, size: int, document: Document) -> None:
    """A table for each year."""
    province, pairs = two(random, size)
    document.blocks.append(Text(f"รวมผลการประเมิน ITA องค์กรปกครองส่วนท้องถิ่นจังหวัด{province}", heading=True))
    for number, year in ((1, 2567), (0, 2566)):
        rows = [row("ลำดับ", "หน่วยงาน", "คะแนน", "ผลการประเมิน")]
        for at, pair in enumerate(pairs, 1):
            one = pair[number]
            rows.append(row(at, one.agency.full, one.overall, one.grade))
            gold(document, one, "overall_score", "grade")
        document.blocks += [Text(f"ปีงบประมาณ พ.ศ. {year}", heading=True), Table(rows)]


@form
def trend(random: Random, size: int, document: Document) -> None:
    """Overall scores of five years."""
    province, results = local(random, size, 2568)
    document.blocks.append(Text(f"แนวโน้มคะแนน ITA หน่วยงานในจังหวัด{province} พ.ศ. 2564 - 2568", heading=True))
    years = range(2564, 2569)
    rows = [row("ที่", "หน่วยงาน", *(f"ปี {year}" for year in years))]
    for at, one in enumerate(results, 1):
        found = [result(random, one.agency, year) for year in years]
        rows.append(row(at, one.agency.full, *(each.overall for each in found)))
        for each in found:
            gold(document, each, "overall_score")
    document.blocks.append(Table(rows))
