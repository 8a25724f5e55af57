"""What the lines between the tables of a document say: a heading is none of the page's lines, even if it comes again."""

import pytest

from thaita.extract.find.results.pages import is_page_number
from thaita.extract.pipeline import read_bytes

TITLE = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567"
PLACES = (("จอมศรี", "ท่าสะอาด", "นาอ้อ"), ("บ้านกลาง", "ห้วยหม้าย", "หัวเมือง"))
TOWNS = {"เลย": ("เชียงคาน", "ท่าลี่", "ปากชม"), "แพร่": ("สูงเม่น", "เด่นชัย", "ห้วยอ้อ")}


def table(first, names, kind="อบต."):
    rows = [("ที่", "หน่วยงาน" if kind else "ชื่อ", "คะแนน")]
    rows += [(at, f"{kind}{name}", f"{first - at}.50") for at, name in enumerate(names, 1)]
    return "\n".join("\t".join(map(str, row)) for row in rows)


def results(*parts):
    return list(read_bytes("\n\n".join(parts).encode(), "list.txt").results)


def stated(found):
    return [(one.province, one.fiscal_year, str(one.overall_score)) for one in found]


def test_a_page_of_contents_does_not_make_headings_lines_of_the_page():
    contents = (TITLE, "จังหวัดเลย", "จังหวัดแพร่")
    found = results(*contents, "จังหวัดเลย", table(96, PLACES[0]), "จังหวัดแพร่", table(86, PLACES[1]))
    assert [one.province for one in found] == 3 * ["เลย"] + 3 * ["แพร่"]


@pytest.mark.parametrize("heading", ["ปีงบประมาณ พ.ศ. {}", "{}"])
def test_headings_of_years_that_contents_name_before(heading):
    headings = [heading.format(year) for year in (2566, 2567)]
    one, two = (f"{head}\n\n{table(at, PLACES[0])}" for head, at in zip(headings, (96, 86), strict=True))
    found = results("ผลการประเมิน ITA หน่วยงานในจังหวัดเลย", *headings, one, two)
    assert [(one.fiscal_year, one.flags) for one in found] == 3 * [(2566, ())] + 3 * [(2567, ())]


def test_kinds_come_again_below_each_province_which_heads_all_its_tables():
    parts = [TITLE]
    for province, first in (("เลย", 96), ("แพร่", 86)):
        parts.append(f"จังหวัด{province}")
        for kind, names in (("เทศบาลตำบล", TOWNS[province]), ("อบต.", PLACES[province == "แพร่"])):
            parts += [kind, table(first, names, kind="")]
    found = results(*parts)
    assert [(one.agency_type, one.province) for one in found[::3]] == [
        ("เทศบาลตำบล", "เลย"),
        ("อบต.", "เลย"),
        ("เทศบาลตำบล", "แพร่"),
        ("อบต.", "แพร่"),
    ]


def test_a_table_below_one_that_other_words_put_in_another_place_or_year_may_be_of_either():
    text = (TITLE, "หน่วยงานในจังหวัดเลย", table(96, PLACES[0]), "ตารางเปรียบเทียบของจังหวัดแพร่ ปี พ.ศ. 2565")
    found = results(*text, table(86, PLACES[1]), "ตารางสุดท้าย", table(76, ("กุดป่อง", "นาอาน", "นาโป่ง")))
    assert [(one.province, one.fiscal_year) for one in found[3:6]] == 3 * [("แพร่", 2565)]
    assert [(one.province, one.flags) for one in found[6:]] == 3 * [(None, ("ambiguous_fiscal_year",))]


def test_a_repeated_line_that_says_the_same_stands_between_two_pages_of_a_table():
    first, rest = table(96, PLACES[0]), "\t".join(("4", "อบต.ปากชม", "81.50"))
    found = results(TITLE, "จังหวัดเลย", first, "หน้า 1/2", TITLE, "จังหวัดเลย", rest)
    assert stated(found)[3:] == [("เลย", 2567, "81.50")]


def test_names_that_contents_list_head_their_own_tables():
    names = [f"อบต.{name}" for name in (*PLACES[0], "ปากชม")]
    cards = [
        f"{name}\n\nรายการ\tคะแนน\nIIT\t9{at}.11\nEIT\t8{at}.22\nOIT\t7{at}.33"
        for at, name in enumerate(names)
    ]
    found = results(TITLE, *names, *cards)
    assert [str(one.iit) for one in found] == ["90.11", "91.11", "92.11", "93.11"]


@pytest.mark.parametrize("line", ["2567", "ปี 2566/2567", "IIT 1/2"])
def test_years_and_parts_are_no_page_numbers(line):
    assert not is_page_number(line)
    assert is_page_number("แผ่นที่ 2/9")


def test_a_note_in_a_table_is_of_the_year_above_the_table():
    note = "\nหมายเหตุ ค่าเฉลี่ยระดับประเทศ {} คะแนน\t\t"
    parts = ["ผลการประเมิน ITA หน่วยงานในจังหวัดเลย"]
    for year, first, mean in ((2565, 86, "80.19"), (2566, 96, "90.19")):
        parts += [f"ปีงบประมาณ พ.ศ. {year}", table(first, PLACES[0]) + note.format(mean)]
    means = {one.fiscal_year: str(one.overall_score) for one in results(*parts) if one.scope == "national"}
    assert means == {2565: "80.19", 2566: "90.19"}


def test_the_title_on_each_page_does_not_change_the_year_of_a_list_of_another_one():
    rest = [table(96, ("ปากชม", "ศรีสองรัก")), table(86, PLACES[1])]
    start = (TITLE, "ผลการประเมินย้อนหลัง ปีงบประมาณ พ.ศ. 2566", table(99, PLACES[0]), TITLE)
    headless = results(*start, rest[0].partition("\n")[2])
    assert [(one.fiscal_year, one.flags) for one in headless] == 5 * [(2566, ())]
    assert [one.flags for one in results(*start, rest[1])] == 3 * [()] + 3 * [("ambiguous_fiscal_year",)]
