"""Lists as offices of provinces, ministries and the police publish them: annexes, groups, ranks, gaps."""

from __future__ import annotations

from random import Random

import geothai
from figures import NAMES, Agency, agencies, provinces, ranked, result
from forms import form, gold, local, title
from grid import Cell, Document, Table, Text, banner, row


def _places(province: str) -> list[tuple[str, str]]:
    """Return the districts of a province, and a subdistrict of each."""
    code = next(one.code for one in geothai.provinces() if one.name_th == province)
    return [(one.name_th, geothai.subdistricts(one.code)[0].name_th) for one in geothai.districts(code)]


@form
def annex(random: Random, size: int, document: Document) -> None:
    """The annex of an announcement: codes of agencies, the province in each row, notes."""
    year = 2568
    document.blocks += [
        Text(f"บัญชีแนบท้ายประกาศสำนักงาน ป.ป.ช. เรื่อง ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {year}", heading=True),
        Text("ประกาศ ณ วันที่ 14 สิงหาคม พ.ศ. 2568"),
    ]
    rows = [row("ลำดับที่", "รหัสหน่วยงาน", "ชื่อหน่วยงาน", "จังหวัด", "คะแนนภาพรวม", "ผลการประเมิน", "หมายเหตุ")]
    some = provinces(random, 3)
    units = [one for name in some for one in agencies(random, name, max(2, size // 3))]
    for at, one in enumerate((result(random, unit, year) for unit in units), 1):
        code = random.randint(100100, 969999)
        note = "-" if one.overall >= 85 else "ต่ำกว่าเกณฑ์"
        rows.append(row(at, code, one.agency.full, one.agency.province, one.overall, one.grade, note))
        gold(document, one, "overall_score", "grade")
    document.blocks.append(Table(rows))


@form
def kind_sections(random: Random, size: int, document: Document) -> None:
    """The kind of agency in a row above its agencies, which are named by their places only."""
    province, results = local(random, size, 2566)
    title(document, "ผลคะแนน ITA ขององค์กรปกครองส่วนท้องถิ่น จังหวัด", 2566, province)
    rows = [row("ที่", "หน่วยงาน", "อำเภอ", "IIT", "EIT", "OIT", "คะแนนรวม", "ระดับ")]
    kinds = dict.fromkeys(one.agency.kind for one in results)
    for number, kind in enumerate(kinds, 1):
        some = [one for one in results if one.agency.kind == kind]
        rows.append(banner(f"{number}. {kind} (จำนวน {len(some)} แห่ง)", 8))
        for at, one in enumerate(some, 1):
            name, values = one.agency.full.removeprefix(kind), one.instruments.values()
            rows.append(row(at, name, one.agency.district, *values, one.overall, one.grade))
            gold(document, one, "overall_score", "grade", "iit", "eit", "oit")
    document.blocks.append(Table(rows))


@form
def pass_ticks(random: Random, size: int, document: Document) -> None:
    """Ticks for passed and not passed; the target and the distance from it."""
    province, results = local(random, size, 2567)
    title(document, "ผลการประเมินเทียบกับค่าเป้าหมาย หน่วยงานในจังหวัด", 2567, province)
    top: list[Cell | None] = [
        Cell(words, rows=2) for words in ("ลำดับ", "หน่วยงาน", "ค่าเป้าหมาย", "ผลคะแนน", "ผลต่าง")
    ]
    rows = [[*top, Cell("ผลการประเมิน", columns=2), None], [*([None] * 5), *row("ผ่าน", "ไม่ผ่าน")]]
    for at, one in enumerate(results, 1):
        ticks = ("/", "") if one.overall >= 85 else ("", "/")
        rows.append(row(at, one.agency.full, "85.00", one.overall, f"{one.overall - 85:+.2f}", *ticks))
        gold(document, one, "overall_score")
    document.blocks.append(Table(rows, header=2))


@form
def years_instruments(random: Random, size: int, document: Document) -> None:
    """Two years side by side, each with its instruments, overall score and level."""
    province, results = local(random, size, 2568)
    words = f"เปรียบเทียบคะแนน ITA รายเครื่องมือ ปีงบประมาณ พ.ศ. 2567 และ 2568 จังหวัด{province}"
    document.blocks.append(Text(words, heading=True))
    top: list[Cell | None] = [Cell("ที่", rows=2), Cell("หน่วยงาน", rows=2)]
    for year in (2567, 2568):
        top += [Cell(f"ปี พ.ศ. {year}", columns=5), *([None] * 4)]
    rows = [top, [None, None, *row(*(["IIT", "EIT", "OIT", "รวม", "ระดับ"] * 2))]]
    for at, new in enumerate(results, 1):
        old = result(random, new.agency, 2567)
        cells = row(at, new.agency.full)
        for one in (old, new):
            cells += row(*one.instruments.values(), one.overall, one.grade)
            gold(document, one, "overall_score", "grade", "iit", "eit", "oit")
        rows.append(cells)
    document.blocks.append(Table(rows, header=2))
    document.landscape = True


@form
def district_ranks(random: Random, size: int, document: Document) -> None:
    """Agencies below rows with their district; ranks within the district and the province."""
    province, results = local(random, size, 2565)
    title(document, "ลำดับคะแนน ITA ขององค์กรปกครองส่วนท้องถิ่น รายอำเภอ จังหวัด", 2565, province)
    rows = [row("ลำดับในอำเภอ", "ชื่อ อปท.", "คะแนน ITA", "ระดับ", "อันดับของจังหวัด")]
    for district in dict.fromkeys(one.agency.district for one in results):
        rows.append(banner(f"อำเภอ{district}", 5))
        for at, one in enumerate((one for one in results if one.agency.district == district), 1):
            rows.append(row(at, one.agency.short, one.overall, one.grade, one.rank))
            gold(document, one, "overall_score", "grade", "rank")
    document.blocks.append(Table(rows))


@form
def health_units(random: Random, size: int, document: Document) -> None:
    """Offices and hospitals of the Ministry of Public Health, abbreviated."""
    year = 2567
    province = provinces(random, 1)[0]
    units = [Agency(f"สำนักงานสาธารณสุขจังหวัด{province}", f"สสจ.{province}", "")]
    for district, _ in _places(province):
        units.append(Agency(f"สำนักงานสาธารณสุขอำเภอ{district}", f"สสอ.{district}", ""))
        units.append(Agency(f"โรงพยาบาล{district}", f"รพ.{district}", ""))
    results = ranked([result(random, one, year) for one in units[:size]])
    title(document, "สรุปผลการประเมินหน่วยงานในสังกัดกระทรวงสาธารณสุข จังหวัด", year, province)
    rows = [row("ลำดับ", "หน่วยงาน", "IIT", "EIT", "OIT", "ผลรวมคะแนน", "ผลการประเมิน")]
    for one in results:
        rows.append(row(one.rank, one.agency.short, *one.instruments.values(), one.overall, one.grade))
        gold(document, one, "overall_score", "grade", "iit", "eit", "oit")
    document.blocks.append(Table(rows))


@form
def police_stations(random: Random, size: int, document: Document) -> None:
    """Police stations of a province with the scores of part tests, abbreviated."""
    year = 2568
    province = provinces(random, 1)[0]
    names = [name for pair in _places(province) for name in dict.fromkeys(pair)]
    units = [Agency(f"สถานีตำรวจภูธร{name}", f"สภ.{name}", "") for name in dict.fromkeys(names)]
    results = ranked([result(random, one, year) for one in units[:size]])
    title(document, "ผลการประเมินสถานีตำรวจภูธรในสังกัดตำรวจภูธรจังหวัด", year, province)
    rows = [row("ลำดับ", "สถานีตำรวจ", "คะแนน IIT", "คะแนน EIT", "คะแนน OIT", "คะแนน ITA", "ผลการประเมิน")]
    for one in results:
        rows.append(row(one.rank, one.agency.short, *one.instruments.values(), one.overall, one.grade))
        gold(document, one, "overall_score", "grade", "iit", "eit", "oit")
    document.blocks.append(Table(rows))


@form
def with_subtotals(random: Random, size: int, document: Document) -> None:
    """The ten indicators by name, with the points of each instrument after its indicators."""
    province, results = local(random, size, 2565)
    title(document, "คะแนนรายตัวชี้วัดและคะแนนถ่วงน้ำหนัก หน่วยงานในจังหวัด", 2565, province)
    head = row("ที่", "หน่วยงาน")
    for code, first, last, share in (("IIT", 0, 5, 30), ("EIT", 5, 8, 30), ("OIT", 8, 10, 40)):
        head += [Cell(f"{no + 1}. {NAMES[no]}", turned=True) for no in range(first, last)]
        head.append(Cell(f"รวม {code} (ถ่วงน้ำหนัก {share})", turned=True))
    rows = [[*head, *row("คะแนนรวม 100", "ระดับ")]]
    for one in results:
        ten, points = one.ten, list(one.points.values())
        cells = row(one.rank, one.agency.full, *ten[:5], points[0], *ten[5:8], points[1], *ten[8:], points[2])
        rows.append([*cells, *row(one.overall, one.grade)])
        gold(document, one, "overall_score", "grade", "iit", "eit", "oit", ten=True)
    document.blocks.append(Table(rows))
    document.landscape = True


@form
def best_sentences(random: Random, size: int, document: Document) -> None:
    """Paragraphs that name the best agencies one after another in a sentence."""
    province, results = local(random, min(size, 20), 2567)
    title(document, "สรุปผลการประเมินในภาพรวมของจังหวัด", 2567, province)
    for at in range(0, len(results), 3):
        some = results[at : at + 3]
        words = [f"{one.agency.full} ได้ {one.overall} คะแนน" for one in some]
        tail = f"รองลงมา ได้แก่ {' และ '.join(words[1:])}" if words[1:] else ""
        lead = "หน่วยงานที่ได้คะแนนสูงสุด คือ" if at == 0 else "ถัดมา คือ"
        document.blocks.append(Text(f"{lead} {words[0]} {tail}".strip()))
        for one in some:
            gold(document, one, "overall_score")


@form
def level_paragraphs(random: Random, size: int, document: Document) -> None:
    """A paragraph for each level, which lists its agencies with their scores in brackets."""
    province, results = local(random, min(size, 30), 2564)
    title(document, "หน่วยงานในจังหวัด จำแนกตามระดับผลการประเมิน จังหวัด", 2564, province)
    for grade in dict.fromkeys(one.grade for one in results):
        some = [one for one in results if one.grade == grade]
        listed = " ".join(f"{at}) {one.agency.full} ({one.overall})" for at, one in enumerate(some, 1))
        document.blocks.append(Text(f"ระดับ {grade} จำนวน {len(some)} แห่ง ได้แก่ {listed}"))
        for one in some:
            gold(document, one, "overall_score", "grade")


@form
def with_gaps(random: Random, size: int, document: Document) -> None:
    """Agencies that were not assessed, a caption, a footnote, and the number of agencies with the mean."""
    province, results = local(random, size, 2566)
    document.blocks += [
        Text("บทที่ 4 ผลการประเมิน", heading=True),
        Text(f"ตารางที่ 4.1 คะแนน ITA ปีงบประมาณ พ.ศ. 2566 ของหน่วยงานในจังหวัด{province}"),
    ]
    rows = [row("ลำดับ", "หน่วยงาน", "IIT", "EIT", "OIT", "คะแนน", "ระดับผลการประเมิน")]
    for at, one in enumerate(results, 1):
        if at % 5 == 3:
            rows.append(row(at, one.agency.full, *["-"] * 4, "ไม่เข้าร่วมการประเมิน"))
            continue
        rows.append(row(at, one.agency.full, *one.instruments.values(), one.overall, one.grade))
        gold(document, one, "overall_score", "grade", "iit", "eit", "oit")
    document.blocks += [Table(rows), Text("หมายเหตุ : - หมายถึง หน่วยงานที่ไม่เข้าร่วมการประเมิน ITA ในปี 2566")]
