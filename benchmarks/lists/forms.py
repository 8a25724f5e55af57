"""The forms in which lists of results are published; each adds its blocks and exact gold to a document."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from figures import DEPARTMENTS, NAMES, SHORT, Agency, Result, agencies, mean_of, provinces, ranked, result
from grid import Cell, Document, Table, Text, Value, banner, row

Form = Callable[[Random, int, Document], None]
FORMS: dict[str, Form] = {}
EIT = "EIT"


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


def _two(random: Random, size: int) -> tuple[str, list[tuple[Result, Result]]]:
    province, results = local(random, size, 2567)
    return province, [(result(random, one.agency, 2566), one) for one in results]


@form
def years_beside(random: Random, size: int, document: Document) -> None:
    """Two years side by side."""
    province, pairs = _two(random, size)
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
    province, pairs = _two(random, size)
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
    province, pairs = _two(random, size)
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


def _provinces(random: Random, size: int, year: int) -> list[tuple[str, list[Result]]]:
    count = 2 if size < 10 else 4
    each = max(3, size // count)
    found = [
        (name, [result(random, one, year) for one in agencies(random, name, each)])
        for name in provinces(random, count)
    ]
    ranked([one for _, some in found for one in some])
    return found


@form
def province_rows(random: Random, size: int, document: Document) -> None:
    """A row with the province above its agencies, a mean below them, and the mean of all at the end."""
    year = 2567
    title(document, "ผลคะแนนองค์กรปกครองส่วนท้องถิ่น จำแนกรายจังหวัด", year)
    rows = [row("ลำดับ", "หน่วยงาน", "IIT", "EIT", "OIT", "คะแนน ITA", "ระดับ")]
    for name, some in _provinces(random, size, year):
        rows.append(banner(f"จังหวัด{name}", 7))
        for at, one in enumerate(some, 1):
            rows.append(row(at, one.agency.full, *one.instruments.values(), one.overall, one.grade))
            gold(document, one, "overall_score", "grade", "iit", "eit", "oit")
        level = mean_of(some, f"จังหวัด{name}", "province")
        rows.append(row("", f"เฉลี่ยจังหวัด{name}", *level.instruments.values(), level.overall, level.grade))
        gold(document, level, "overall_score", "grade", "iit", "eit", "oit")
    document.blocks.append(Table(rows))


@form
def merged_province(random: Random, size: int, document: Document) -> None:
    """The province in a merged cell, the kind and the name of the agency in columns of their own."""
    year = 2566
    title(document, "ผลการประเมินรายหน่วยงาน แยกตามจังหวัด", year)
    rows = [row("จังหวัด", "อำเภอ", "ประเภท", "ชื่อ อปท.", "คะแนน", "ระดับ")]
    for name, some in _provinces(random, size, year):
        for at, one in enumerate(some):
            place = None if at else Cell(name, rows=len(some))
            own = one.agency.full.removeprefix(one.agency.kind)
            rows.append([place, *row(one.agency.district, one.agency.kind, own, one.overall, one.grade)])
            gold(document, one, "overall_score", "grade")
    document.blocks.append(Table(rows))


@form
def score_only(random: Random, size: int, document: Document) -> None:
    """Rank, agency, score and level, with abbreviated names and Thai digits."""
    province, results = local(random, size, 2565)
    title(document, "ผลคะแนนและระดับของหน่วยงานในจังหวัด", 2565, province)
    rows = [row("อันดับ", "หน่วยงาน", "คะแนน", "ระดับ")]
    for one in results:
        rows.append(row(one.rank, one.agency.short, one.overall, one.grade))
        gold(document, one, "overall_score", "grade", "rank")
    document.blocks.append(Table(rows))
    document.thai_digits = True


@form
def change(random: Random, size: int, document: Document) -> None:
    """Score of this year, of last year, and the change."""
    province, pairs = _two(random, size)
    title(document, "ผลการประเมินเทียบกับปีที่ผ่านมา หน่วยงานในจังหวัด", 2567, province)
    rows = [row("ลำดับ", "หน่วยงาน", "คะแนนปี 2567", "คะแนนปี 2566", "เพิ่มขึ้น/ลดลง", "ระดับ ปี 2567")]
    for at, (old, new) in enumerate(pairs, 1):
        rows.append(row(at, new.agency.full, new.overall, old.overall, new.overall - old.overall, new.grade))
        gold(document, old, "overall_score")
        gold(document, new, "overall_score", "grade")
    document.blocks.append(Table(rows))


@form
def repeated_heads(random: Random, size: int, document: Document) -> None:
    """The heading row comes again every eight rows; groups by level with a row between."""
    province, results = local(random, size, 2567)
    title(document, "ผลการประเมินจำแนกตามระดับ หน่วยงานในจังหวัด", 2567, province)
    head = ("ลำดับ", "หน่วยงาน", "คะแนน IIT", "คะแนน EIT", "คะแนน OIT", "คะแนนเฉลี่ยรวม", "ระดับ")
    rows = [row(*head)]
    for at, one in enumerate(results, 1):
        if at > 1 and at % 8 == 1:
            rows.append(row(*head))
        rows.append(row(at, one.agency.full, *one.instruments.values(), one.overall, one.grade))
        gold(document, one, "overall_score", "grade", "iit", "eit", "oit")
    document.blocks.append(Table(rows))


@form
def columns_beside(random: Random, size: int, document: Document) -> None:
    """Two lists side by side in one table."""
    province, results = local(random, size - size % 2, 2566)
    title(document, "รายชื่อหน่วยงานและคะแนน จังหวัด", 2566, province)
    rows = [row(*(["ที่", "หน่วยงาน", "คะแนน", "ระดับ"] * 2))]
    half = len(results) // 2
    for left in range(half):
        values: list[Value] = []
        for at in (left, left + half):
            values += [at + 1, results[at].agency.full, results[at].overall, results[at].grade]
        rows.append(row(*values))
    for one in results:
        gold(document, one, "overall_score", "grade")
    document.blocks.append(Table(rows))


@form
def ministry(random: Random, size: int, document: Document) -> None:
    """Departments of a ministry, their mean, and the nation's."""
    year = 2567
    names = random.sample(DEPARTMENTS, min(size, len(DEPARTMENTS)))
    results = ranked([result(random, Agency(name, name, "กรม"), year) for name in names])
    plant_error(random, results)
    name = random.choice(("กระทรวงมหาดไทย", "กระทรวงคมนาคม", "กระทรวงสาธารณสุข"))
    title(document, "ผลการประเมินส่วนราชการในสังกัด", year, name)
    rows = [row("ที่", "หน่วยงาน", "IIT", "EIT ส่วนที่ 1", "EIT ส่วนที่ 2", "OIT", "ผลคะแนน", "ระดับ")]
    for one in results:
        values = (one.instruments["IIT"], one.part1, one.part2, one.instruments["OIT"], one.overall)
        rows.append(row(one.rank, one.agency.full, *values, one.grade))
        gold(document, one, "overall_score", "grade", "iit", "eit_part1", "eit_part2", "oit")
    for level, words in (
        (mean_of(results, name, "ministry"), "ค่าเฉลี่ยของกระทรวง"),
        (result(random, Agency("ประเทศ", "ประเทศ", ""), year, "national"), "ค่าเฉลี่ยระดับประเทศ"),
    ):
        values = (level.instruments["IIT"], level.part1, level.part2, level.instruments["OIT"], level.overall)
        rows.append(row("", words, *values, level.grade))
        gold(document, level, "overall_score", "grade", "iit", "eit_part1", "eit_part2", "oit")
    document.blocks.append(Table(rows))


@form
def province_summary(random: Random, size: int, document: Document) -> None:
    """A row for each province: number of agencies, instruments, mean."""
    year = 2568
    title(document, "สรุปผลการประเมินองค์กรปกครองส่วนท้องถิ่น รายจังหวัด", year)
    rows = [row("ลำดับ", "จังหวัด", "จำนวนหน่วยงาน", "IIT", "EIT", "OIT", "คะแนนเฉลี่ย", "ร้อยละของหน่วยงานที่ผ่าน")]
    found = []
    for name in provinces(random, size):
        one = result(random, Agency(f"จังหวัด{name}", name, "", province=name), year, "province")
        one.agencies = random.randint(28, 330)
        found.append(one)
    for at, one in enumerate(found, 1):
        share = f"{random.uniform(70, 100):.2f}"
        rows.append(row(at, one.agency.short, one.agencies, *one.instruments.values(), one.overall, share))
        gold(document, one, "overall_score", "iit", "eit", "oit", "agencies")
    whole = mean_of(found, "ประเทศ", "national")
    whole.agencies = sum(one.agencies for one in found)
    rows.append(row("", "รวมทั้งประเทศ", whole.agencies, *whole.instruments.values(), whole.overall, "91.20"))
    gold(document, whole, "overall_score", "iit", "eit", "oit", "agencies")
    document.blocks.append(Table(rows))


@form
def type_summary(random: Random, size: int, document: Document) -> None:
    """A row for each type of agency, with counts by level."""
    year = 2567
    title(document, "สรุปผลการประเมินจำแนกตามประเภทหน่วยงาน", year)
    kinds = ("องค์การบริหารส่วนตำบล", "เทศบาลตำบล", "เทศบาลเมือง", "เทศบาลนคร", "องค์การบริหารส่วนจังหวัด", "รัฐวิสาหกิจ", "องค์การมหาชน", "สถาบันอุดมศึกษา", "กองทุน")  # fmt: skip
    levels = ("ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน", "ต้องปรับปรุง")
    rows = [row("ประเภทหน่วยงาน", "จำนวน (แห่ง)", "คะแนนเฉลี่ย", *levels)]
    for name in kinds[: max(4, min(size, len(kinds)))]:
        one = result(random, Agency(name, name, name), year, "type")
        counts = [random.randint(3, 900) for _ in levels]
        one.agencies = sum(counts)
        rows.append(row(name, one.agencies, one.overall, *counts))
        gold(document, one, "overall_score", "agencies")
    document.blocks.append(Table(rows))


@form
def damaged_heads(random: Random, size: int, document: Document) -> None:
    """The headings of the instruments are unreadable: only the arithmetic shows which column is which."""
    province, results = local(random, size, 2565)
    title(document, "ผลคะแนนของหน่วยงานในจังหวัด", 2565, province)
    rows = [row("ลำดับ", "หน่วยงาน", "?", "?", "?", "?", "ระดับ")]
    for one in results:
        rows.append(row(one.rank, one.agency.full, *one.points.values(), one.overall, one.grade))
        gold(document, one, "overall_score", "grade", "oit")
    document.blocks.append(Table(rows))


@form
def three_tables(random: Random, size: int, document: Document) -> None:
    """A table for each instrument with its indicators, then a table of totals."""
    province, results = local(random, size, 2566)
    title(document, "คะแนนรายตัวชี้วัดของหน่วยงานในจังหวัด", 2566, province)
    for code, first, last in (("IIT", 0, 5), ("EIT", 5, 8), ("OIT", 8, 10)):
        rows = [row("ที่", "หน่วยงาน", *NAMES[first:last], f"คะแนน {code}")]
        for at, one in enumerate(results, 1):
            rows.append(row(at, one.agency.full, *one.ten[first:last], one.instruments[code]))
        document.blocks += [Text(f"ตารางคะแนนแบบวัด {code}", heading=True), Table(rows)]
    rows = [row("ที่", "หน่วยงาน", "คะแนนรวม", "ระดับ")]
    for at, one in enumerate(results, 1):
        rows.append(row(at, one.agency.full, one.overall, one.grade))
        gold(document, one, "overall_score", "grade", "iit", "eit", "oit", ten=True)
    document.blocks += [Text("ตารางคะแนนรวม", heading=True), Table(rows)]


@form
def long_rows(random: Random, size: int, document: Document) -> None:
    """One row for each agency and indicator."""
    province, results = local(random, min(size, 12), 2567)
    title(document, "คะแนนรายหน่วยงานรายตัวชี้วัด จังหวัด", 2567, province)
    rows = [row("หน่วยงาน", "เครื่องมือ", "ตัวชี้วัด", "คะแนน")]
    for one in results:
        for no, name in enumerate(NAMES, 1):
            rows.append(
                row(one.agency.full, "IIT" if no < 6 else "EIT" if no < 9 else "OIT", name, one.ten[no - 1])
            )
        gold(document, one, ten=True)
    document.blocks.append(Table(rows))


@form
def cards(random: Random, size: int, document: Document) -> None:
    """A small table of keys and values for each agency."""
    province, results = local(random, min(size, 15), 2568)
    title(document, "ผลการประเมินรายหน่วยงาน จังหวัด", 2568, province)
    for one in results:
        rows = [row("คะแนนรวม", one.overall), row("ระดับ", one.grade)]
        rows += [row(f"คะแนน {code}", value) for code, value in one.instruments.items()]
        document.blocks += [Text(one.agency.full, heading=True), Table(rows, header=0)]
        gold(document, one, "overall_score", "grade", "iit", "eit", "oit")
