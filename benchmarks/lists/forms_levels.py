"""Forms with rows of provinces, ministries and types, repeated headings, and several tables for each agency."""

from __future__ import annotations

from random import Random

from figures import DEPARTMENTS, NAMES, Agency, Result, agencies, mean_of, provinces, ranked, result
from forms import form, gold, local, plant_error, title, two
from grid import Cell, Document, Table, Text, Value, banner, row


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
    province, pairs = two(random, size)
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
