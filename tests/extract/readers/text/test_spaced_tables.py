"""Tables separated only by spaces."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thaita.extract.readers.text.reader import read_text
from thaita.models.document import Table


def width(text: str) -> int:
    return sum(unicodedata.category(c) != "Mn" for c in text)


def page_lines(*rows: list[str], columns: tuple[int, ...]) -> str:
    """Return the rows as a page displays them: each cell at its column, marks above letters taking no space."""
    lines = []
    for row in rows:
        line = ""
        for cell, column in zip(row, columns, strict=True):
            line += " " * max(column - width(line), 2 if line else 0) + cell if cell else ""
        lines.append(line)
    return "\n".join(lines) + "\n"


def blocks(text: str) -> list[str | list[list[str]]]:
    found: list[str | list[list[str]]] = []
    for block in read_text(text.encode()).blocks:
        if isinstance(block, Table):
            grid = [["/".join(x.chars for x in c.lines) if c else "" for c in row] for row in block.grid()]
            found.append(grid)
        else:
            found.append(block.text.chars)
    return found


SCORES = [
    ["ตัวชี้วัด", "คะแนน", "ระดับ"],
    ["การปฏิบัติหน้าที่", "90.12", "A"],
    ["การใช้งบประมาณ", "๘๕.๐๐", "A"],
    ["การใช้อำนาจ", "80.50", "B"],
]
PLAN = [
    ["ที่", "มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา"],
    ["1", "จัดทำคู่มือ", "สำนักปลัด", "ต.ค. 2567"],
    ["2", "อบรมคุณธรรม", "กองช่าง", "ม.ค. 2568"],
]


@pytest.mark.parametrize("rows", [SCORES, PLAN], ids=["scores", "plan"])
def test_columns_are_aligned_with_their_heads(rows):
    assert blocks(page_lines(*rows, columns=(0, 30, 50, 70)[: len(rows[0])])) == [rows]


def test_an_empty_cell_is_found_by_the_positions_of_the_others():
    rows = [*PLAN, ["3", "ประชาสัมพันธ์", "", "มี.ค. 2568"], ["4", "ติดตาม", "กองคลัง", ""]]
    assert blocks(page_lines(*rows, columns=(0, 10, 40, 60))) == [rows]


def test_a_line_without_a_row_number_continues_the_row_above():
    rows = [*PLAN[:2], ["", "การปฏิบัติงาน", "", "ถึง ก.ย. 2568"], PLAN[2]]
    expected = [PLAN[0], ["1", "จัดทำคู่มือ/การปฏิบัติงาน", "สำนักปลัด", "ต.ค. 2567/ถึง ก.ย. 2568"], PLAN[2]]
    assert blocks(page_lines(*rows, columns=(0, 10, 40, 60))) == [expected]


def test_the_wrapped_rest_of_a_name_belongs_to_the_row_with_the_figures():
    rows = [*SCORES[:3], ["การใช้ทรัพย์สิน", "77.00", "B"], ["ของราชการ", "", ""], SCORES[3]]
    expected = [*SCORES[:3], ["การใช้ทรัพย์สิน/ของราชการ", "77.00", "B"], SCORES[3]]
    assert blocks(page_lines(*rows, columns=(0, 30, 50))) == [expected]


@pytest.mark.parametrize(
    "name", ["EIT", "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)", "การเปิดเผยข้อมูล", "คะแนนรวม"]
)
def test_a_heading_between_the_rows_is_a_row(name):
    rows = [*SCORES[:3], [name, "", ""], SCORES[3]]
    assert blocks(page_lines(*rows, columns=(0, 30, 50))) == [rows]


def test_a_total_below_the_numbered_rows_is_a_separate_row():
    ranked = [["ที่", "ตัวชี้วัด", "คะแนน"], ["1", "การใช้อำนาจ", "90.00"], ["2", "การใช้งบประมาณ", "85.00"]]
    rows = [*ranked, ["", "คะแนนภาพรวม", "87.50"]]
    assert blocks(page_lines(*rows, columns=(0, 10, 40))) == [rows]


@pytest.mark.parametrize(
    "text",
    [
        # two spaces inside sentences make no table
        "ประเด็นแรก  คือความโปร่งใส\nประเด็นสอง  คือความสุจริต\nประเด็นสาม  คือความพร้อม\n",
        # an index: leaders and pages, no figures that stand alone in a column with heads
        "คำนำ  เรื่องที่หนึ่ง  ก\nสารบัญ  เรื่องที่สอง  ข\nบทนำ\n",
        # two rows are too few
        "การใช้อำนาจ  90.00\nการใช้งบประมาณ  91.00\n",
    ],
)
def test_prose_with_wide_spaces_stays_prose(text):
    assert blocks(text) == text.splitlines()


def test_rulers_between_rows_are_ignored_and_prose_ends_the_table():
    head, *rows = page_lines(*SCORES, columns=(0, 30, 50)).splitlines()
    prose = "จากตารางพบว่าหน่วยงานมีผลการประเมินตามตัวชี้วัดทั้งหมดอยู่ในระดับดีมากเกือบทุกตัวชี้วัด"
    text = "\n".join([head, "-" * 60, *rows, "=" * 60, prose, ""])
    assert blocks(text) == [SCORES, prose]


WORDS = st.sampled_from(["ก", "การใช้อำนาจ", "ที่นี่", "ผู้ปฏิบัติ", "ITA"])


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(WORDS, st.decimals(0, 99, places=2).map(lambda d: f"{d:05.2f}"), WORDS),
        min_size=3,
        max_size=8,
    )
)
def test_complete_rows_survive_a_round_trip(rows):
    rows = [list(row) for row in rows]
    assert blocks(page_lines(*rows, columns=(0, 25, 40))) == [rows]


def test_rows_may_stand_apart_and_the_head_may_come_again():
    head = ["ที่", "มาตรการ", "ผู้รับผิดชอบ"]
    first, rest = ["1", "จัดทำคู่มือการให้บริการ", "สำนักปลัด"], ["", "สำหรับประชาชน", ""]
    second = ["2", "เปิดช่องทางร้องเรียน", "กองคลัง"]
    columns = (0, 6, 40)
    parts = [page_lines(*rows, columns=columns) for rows in ([head], [first, rest], [head], [second])]
    joined = ["1", "จัดทำคู่มือการให้บริการ/สำหรับประชาชน", "สำนักปลัด"]
    assert blocks("\n".join(parts)) == [[head, joined, second]]
