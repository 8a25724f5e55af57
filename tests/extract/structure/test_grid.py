"""Logical tables: headers, continuations across pages, split rows, merged cells; and page furniture."""

import pytest

from thaita.extract.readers.text.reader import read_text
from thaita.extract.structure.column_heads import combine_heads, is_column_number_row, read_head
from thaita.extract.structure.flow import read_flow
from thaita.extract.structure.grid import Grid, build_grid
from thaita.extract.structure.merged_cells import is_section_row
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.extract.structure.repair import repair_document
from thaita.models.source_text import SourceText


def flow_of(text: str):
    return read_flow(repair_document(read_text(text.encode())))


def grids(text: str) -> list[Grid]:
    return [item for item in flow_of(text) if isinstance(item, Grid)]


def shown(grid: Grid) -> list[list[str]]:
    """Return the rows; `^` marks a value from a merged cell, and the flags follow the cells."""
    rows = []
    for row in grid.rows:
        cells = [("^" if cell.inherited else "") + cell.text.chars.replace("\n", "/") for cell in row.cells]
        rows.append([*cells, *row.flags])
    return rows


def html(*rows: str) -> str:
    """Return a drawn table: one string per row, cells separated by `|`, `2>` or `>2` before a text for its spans."""
    parts = []
    for row in rows:
        cells = []
        for cell in row.split("|"):
            down, across, text = 1, 1, cell.strip()
            if text[:2].endswith(">") and text[:1].isdigit():
                down, text = int(text[0]), text[2:]
            elif text.startswith(">"):
                across, text = int(text[1]), text[2:]
            cells.append(f"<td rowspan={down} colspan={across}>{text}</td>")
        parts.append("<tr>" + "".join(cells) + "</tr>")
    return "<table>" + "".join(parts) + "</table>\n"


def tabs(*rows: str) -> str:
    """Return a table with tabs; cells are separated by `|` in the arguments."""
    return "".join("\t".join(cell.strip() for cell in row.split("|")) + "\n" for row in rows)


@pytest.mark.parametrize(
    ("text", "role", "year"),
    [
        ("ตัวชี้วัด", "indicator", None),
        ("คะแนน ปี ๒๕๖๗", "score", 2567),
        ("ปี 2568", "score", 2568),
        ("พ.ศ. ๒๕๖๖", "score", 2566),
        ("การใช้อำนาจ", "indicator_score", None),
        ("IIT", "instrument_score", None),
        # two years name none
        ("คะแนน ปี 2566 - 2567", "score", None),
    ],
)
def test_a_head_has_role_and_year(text, role, year):
    head = read_head(SourceText.at(text, 0))
    assert head is not None
    assert (head.role, head.year) == (role, year)


@pytest.mark.parametrize("text", ["", "จัดทำคู่มือการปฏิบัติงานและเผยแพร่บนเว็บไซต์", "ก" * 200, "90.09"])
def test_a_cell_of_words_is_not_a_head(text):
    assert read_head(SourceText.at(text, 0)) is None


def test_the_lower_header_line_takes_precedence_and_keeps_the_years():
    upper, lower = read_head(SourceText.at("คะแนน ปี 2567", 0)), read_head(SourceText.at("ผลต่าง", 20))
    both = combine_heads(upper, lower)
    assert (both.role, both.year, both.text.chars) == ("other_score", 2567, "คะแนน ปี 2567 ผลต่าง")
    assert combine_heads(upper, None) is upper
    assert combine_heads(None, lower) is lower


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["(1)", "(2)", "(3)"], True),
        (["๑", "๒"], True),
        (["1", "2", ""], True),
        (["1", "3"], False),
        (["1", "90.00"], False),
        (["1"], False),
        ([], False),
    ],
)
def test_a_row_that_numbers_the_columns(texts, expected):
    assert is_column_number_row(texts) is expected


SCORES = [("indicator", None), ("score", 2567), ("score", 2568)]
TWO_LINES_TABS = tabs("ตัวชี้วัด|คะแนน|", "|ปี 2567|ปี 2568", "การใช้อำนาจ|80.00|90.00", "การใช้งบประมาณ|70.00|75.00")
TWO_LINES_HTML = html(
    "2>ตัวชี้วัด|>2คะแนน", "ปี 2567|ปี 2568", "การใช้อำนาจ|80.00|90.00", "การใช้งบประมาณ|70.00|75.00"
)


@pytest.mark.parametrize("text", [TWO_LINES_TABS, TWO_LINES_HTML], ids=["tabs", "drawn"])
def test_a_two_line_header_yields_one_head_per_column(text):
    (grid,) = grids(text)
    assert [(head.role, head.year) for head in grid.heads] == SCORES
    assert shown(grid) == [["การใช้อำนาจ", "80.00", "90.00"], ["การใช้งบประมาณ", "70.00", "75.00"]]


PLAN = "มาตรการ|ขั้นตอน|ผู้รับผิดชอบ|ระยะเวลา"
ROLES = ["title", "steps", "owner", "period"]
FIRST = "อบรม|1. ก|กองคลัง|ต.ค. 2567"
SECOND = "คู่มือ|1. ข|สำนักปลัด|พ.ย. 2567"
THIRD = "เผยแพร่|1. ค|กองช่าง|ธ.ค. 2567"


def cells(row: str) -> list[str]:
    return row.split("|")


@pytest.mark.parametrize("write", [tabs, html])
@pytest.mark.parametrize(
    "above",
    [
        [],
        # one caption, several, drawn over all columns or in the first cell
        ["ตารางที่ ๑ แผนปฏิบัติการ|||"],
        ["ตารางที่ ๑|||", "แผนปฏิบัติการ|||"],
    ],
)
def test_captions_stand_above_the_header(above, write):
    (grid,) = grids(write(*above, PLAN, FIRST, SECOND))
    assert [head.role for head in grid.heads] == ROLES
    assert shown(grid) == [cells(FIRST), cells(SECOND)]


def test_a_caption_merged_over_all_columns_is_not_a_head():
    (grid,) = grids(html(">4ตารางที่ ๑ แผนปฏิบัติการ", PLAN, FIRST))
    assert [head.role for head in grid.heads] == ROLES


def test_column_numbers_are_not_a_row_but_figures_further_down_are():
    (grid,) = grids(tabs(PLAN, "(1)|(2)|(3)|(4)", FIRST, SECOND))
    assert shown(grid) == [cells(FIRST), cells(SECOND)]
    (grid,) = grids(tabs("ที่|ร้อยละ", "7|8", "9|10"))
    assert shown(grid)[-1] == ["9", "10"]


def test_a_repeated_header_inside_a_table_is_not_a_row():
    (grid,) = grids(tabs(PLAN, FIRST, PLAN, SECOND))
    assert shown(grid) == [cells(FIRST), cells(SECOND)]
    assert [line.chars for line in grid.repeated] == cells(PLAN)


def test_a_table_with_heads_in_its_first_column_is_one_row():
    (grid,) = grids(tabs("มาตรการ|จัดทำคู่มือ", "ขั้นตอน|1. ก", "|2. ข", "ผู้รับผิดชอบ|กองคลัง", "ระยะเวลา|ต.ค. 2567"))
    assert [head.role for head in grid.heads] == ROLES
    assert shown(grid) == [["จัดทำคู่มือ", "1. ก/2. ข", "กองคลัง", "ต.ค. 2567"]]


def test_a_table_without_a_header_has_heads_without_roles_and_all_its_rows():
    (grid,) = grids(tabs("ก|ข|ค", "ง|จ|ฉ"))
    assert grid.roles == set()
    assert shown(grid) == [["ก", "ข", "ค"], ["ง", "จ", "ฉ"]]


BREAKS = ["\n", "\n- 3 -\n\n", "\nหน้า ๒ จาก ๑๐\n\n", "\n12\n\n"]


@pytest.mark.parametrize("page_break", BREAKS)
@pytest.mark.parametrize(
    "rest",
    [
        tabs(PLAN, THIRD, FIRST),
        tabs(THIRD, FIRST),
        # the header again, a letter of it lost
        tabs(PLAN.replace("ผู้รับผิดชอบ", "ผู้รับผดชอบ"), THIRD, FIRST),
    ],
    ids=["header again", "no header", "header damaged"],
)
def test_a_table_continues_after_a_page_break(rest, page_break):
    (grid,) = grids(tabs(PLAN, FIRST, SECOND) + page_break + rest)
    assert shown(grid) == [cells(row) for row in (FIRST, SECOND, THIRD, FIRST)]


@pytest.mark.parametrize(
    "rest",
    [
        # words between the tables, another width, other heads, another year
        "สรุปผลการดำเนินการดังต่อไปนี้\n" + tabs(THIRD, FIRST),
        tabs("ก|ข|ค", "ง|จ|ฉ"),
        tabs("มาตรการ|ขั้นตอน|ผู้รับผิดชอบ|ผลการดำเนินการ", "ก|ข|กองคลัง|แล้วเสร็จ"),
    ],
)
def test_another_table_does_not_continue_the_previous_one(rest):
    assert len(grids(tabs(PLAN, FIRST, SECOND) + "\n" + rest)) == 2


def test_two_years_side_by_side_are_two_tables():
    text = (
        tabs("ตัวชี้วัด|คะแนน ปี 2567", "การใช้อำนาจ|80.00") + "\n" + tabs("ตัวชี้วัด|คะแนน ปี 2568", "การใช้อำนาจ|90.00")
    )
    assert [grid.heads[1].year for grid in grids(text)] == [2567, 2568]


NUMBERED = "ลำดับ|มาตรการ|ขั้นตอน|ผู้รับผิดชอบ"


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        # what names the row is empty: a row that the page break cut, with certainty
        ("|ต่อ||", ["คู่มือ", "1. ข ต่อ", "สำนักปลัด", "พ.ย. 2567"]),
        # a new item of the list stands on a line of its own
        ("|2. ต่อ||", ["คู่มือ", "1. ข/2. ต่อ", "สำนักปลัด", "พ.ย. 2567"]),
        # the name goes on too, nobody and no time is named: likely cut, and said
        ("การปฏิบัติงาน|ต่อ||", ["คู่มือ การปฏิบัติงาน", "1. ข ต่อ", "สำนักปลัด", "พ.ย. 2567", "joined"]),
    ],
)
def test_a_row_split_by_a_page_break_is_joined(rest, expected):
    (grid,) = grids(tabs(PLAN, FIRST, SECOND) + "\n- 3 -\n\n" + tabs(rest, THIRD))
    assert shown(grid) == [cells(FIRST), expected, cells(THIRD)]


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        # a row with its own number, its owner merged with the page before
        (tabs(NUMBERED, "1|อบรม|ก|กองคลัง", "2|คู่มือ|ข|กองช่าง"), tabs("3|เผยแพร่|ค|", "4|ติดตาม|ง|กองคลัง")),
        # a list that begins anew
        (tabs(PLAN, FIRST, SECOND), tabs("เผยแพร่|1. ค||", THIRD)),
        # drawn: an empty cell merged over several rows is the owner of them all
        (
            html("มาตรการ|ขั้นตอน|ผู้รับผิดชอบ", "อบรม|ก|กองคลัง"),
            html("คู่มือ|ข|2>", "เผยแพร่|ค", "ติดตาม|ง|กองช่าง"),
        ),
        # the header comes again and the rows carry no numbers: a new page, a new row
        (tabs(PLAN, FIRST, SECOND), tabs(PLAN, "เผยแพร่|ค||", THIRD)),
    ],
)
def test_a_separate_row_is_not_joined(first, rest):
    before, after = grids(first)[0], grids(rest)[0]
    (grid,) = grids(first + "\n- 3 -\n\n" + rest)
    assert len(grid.rows) == len(before.rows) + len(after.rows)
    assert not any(row.flags for row in grid.rows)


def test_a_drawn_cell_merged_over_a_page_break_belongs_to_the_rows_on_both_pages():
    first = html("มาตรการ|ขั้นตอน|ผู้รับผิดชอบ", "อบรม|ก|กองคลัง")
    rest = html("คู่มือ|ข|2>", "เผยแพร่|ค", "ติดตาม|ง|กองช่าง")
    (grid,) = grids(first + rest)
    assert [row[2] for row in shown(grid)] == ["กองคลัง", "^กองคลัง", "^กองคลัง", "กองช่าง"]


WIDE = "ตัวชี้วัด|มาตรการ|ขั้นตอน|ผู้รับผิดชอบ|ระยะเวลา"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # down: an owner, a period and an indicator are shared with the rows below
        (
            ["การใช้อำนาจ|ก|1. ก|กองคลัง|2568", "|ข|1. ข||"],
            ["การใช้อำนาจ|ก|1. ก|กองคลัง|2568", "^การใช้อำนาจ|ข|1. ข|^กองคลัง|^2568"],
        ),
        # up: a merged cell's text may stand in the middle of its rows; never for what a row is about
        (
            ["|ก|1. ก||2568", "การใช้อำนาจ|ข|1. ข|กองคลัง|"],
            ["|ก|1. ก|^กองคลัง|2568", "การใช้อำนาจ|ข|1. ข|กองคลัง|^2568"],
        ),
        # a heading in the table ends the indicator above it, but no owner
        (
            ["การใช้อำนาจ|ก|1. ก|กองคลัง|2568", "แบบวัด EIT||||", "|ข|1. ข||"],
            ["การใช้อำนาจ|ก|1. ก|กองคลัง|2568", "แบบวัด EIT||||", "|ข|1. ข|^กองคลัง|^2568"],
        ),
        # titles and steps are never lent
        (
            ["การใช้อำนาจ|ก|1. ก|กองคลัง|2568", "การใช้งบประมาณ|||กองช่าง|2568"],
            ["การใช้อำนาจ|ก|1. ก|กองคลัง|2568", "การใช้งบประมาณ|||กองช่าง|2568"],
        ),
    ],
)
def test_cells_merged_over_rows_in_text(rows, expected):
    (grid,) = grids(tabs(WIDE, *rows))
    assert shown(grid) == [cells(row) for row in expected]


def test_merged_cells_are_not_guessed_if_the_format_states_them():
    (grid,) = grids(html("มาตรการ|ขั้นตอน|ผู้รับผิดชอบ", "อบรม|ก|2>กองคลัง", "คู่มือ|ข", "ติดตาม|ง|"))
    assert [row[2] for row in shown(grid)] == ["กองคลัง", "^กองคลัง", ""]


@pytest.mark.parametrize(
    ("row", "expected"),
    [("แบบวัด IIT||", True), ("หมายเหตุ||", False), ("IIT|ก|", False)],
)
def test_a_heading_inside_a_table(row, expected):
    table = read_text(tabs("ก|ข|ค", row, "ง|จ|ฉ").encode()).blocks[0]
    rows = build_grid(table, 0).rows
    assert any(is_section_row(found) for found in rows) is expected


def running(text: str) -> list[str]:
    return [item.text.chars for item in flow_of(text) if isinstance(item, FlowParagraph) and item.running]


HEADLINE = "เอกสารเผยแพร่ของเทศบาลตำบลหนองบัวแดง"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ก\n\n- 3 -\n\nหน้า ๔\n\nข\n", ["- 3 -", "หน้า ๔"]),
        # a running head, its page number changing
        (
            "".join(f"{HEADLINE} หน้า {i}\n\nข้อความ{'กขค'[i]}\n\n" for i in range(3)),
            [f"{HEADLINE} หน้า {i}" for i in range(3)],
        ),
        (f"{HEADLINE}\n\nก\n\n" * 3, [HEADLINE] * 3),
        # twice is no running head, and a short line or a heading of the field never is
        (f"{HEADLINE}\n\nก\n\n" * 2, []),
        ("การใช้อำนาจ\n\nก\n\n" * 4, []),
        # a signature, the name and the office below it; not the text behind it
        (
            "สรุป\n\nลงชื่อ .......... ผู้รายงาน\n\n(นายสมชาย ใจดี)\n\nปลัดเทศบาล\n\nข้อความต่อไป\n",
            ["ลงชื่อ ผู้รายงาน", "(นายสมชาย ใจดี)", "ปลัดเทศบาล"],
        ),
        # an office that nobody signs above is text
        ("ปลัดเทศบาลเป็นผู้กำกับติดตาม\n", []),
    ],
)
def test_page_furniture_is_recognized(text, expected):
    assert running(text) == expected


def test_a_frame_of_one_column_is_read_as_paragraphs():
    texts = [
        item.text.chars for item in flow_of(html("จุดแข็ง: ก", "จุดอ่อน: ข")) if isinstance(item, FlowParagraph)
    ]
    assert texts == ["จุดแข็ง: ก", "จุดอ่อน: ข"]


def test_a_nested_table_follows_the_one_around_it():
    inner = html("ตัวชี้วัด|คะแนน", "การใช้อำนาจ|90.00").strip()
    outer = f"<table><tr><td>ก</td><td>ข{inner}</td></tr><tr><td>ค</td><td>ง</td></tr></table>"
    assert [shown(grid) for grid in grids(outer)][-1] == [["การใช้อำนาจ", "90.00"]]


@pytest.mark.parametrize(
    "rest",
    [
        "<tr><td>จัดทำคู่มือ<br>และเผยแพร่</td><td>กองคลัง<br>สำนักปลัด</td></tr>",  # one row, as a masthead has
        "<tr><td colspan=2>2. การใช้อำนาจ</td></tr><tr><td>ชี้แจงเกณฑ์</td><td>สำนักปลัด</td></tr>",  # a title on top
    ],
)
def test_a_table_that_goes_on_stays_a_table(rest):
    first = "<tr><td>มาตรการ</td><td>ผู้รับผิดชอบ</td></tr><tr><td>อบรม</td><td>กองช่าง</td></tr>"
    (grid,) = grids(f"<table>{first}</table>\n\n<table>{rest}</table>\n")
    assert len(grid.rows) == 1 + rest.count("<tr>")


def test_texts_side_by_side_above_a_report_are_no_table():
    masthead = "<tr><td>ท่ายางสาร</td><td>จดหมายข่าวเทศบาลตำบลท่ายาง<br>อำเภอท่ายาง</td></tr>"
    assert grids(f"<table>{masthead}</table>\n") == []


def test_titles_of_groups_above_the_heads_are_part_of_the_header():
    (grid,) = grids(
        html(
            ">2ผลการประเมิน ปี 2568|>3การดำเนินการ ปี 2569",
            "ข้อคำถาม|ข้อค้นพบ|มาตรการ|ขั้นตอน|ผู้รับผิดชอบ",
            "i1|บางส่วนไม่ออกใบรับ|ใบรับทุกคำขอ|จัดพิมพ์|ปลัดอำเภอ",
        )
    )
    assert [head.role for head in grid.heads] == ["item", "finding", "title", "steps", "owner"]
    assert len(grid.rows) == 1


def test_a_state_below_the_head_of_statuses_is_ticked_whatever_else_it_means():
    upper, lower = read_head(SourceText.at("สถานะ", 0)), read_head(SourceText.at("แล้วเสร็จ", 9))
    head = combine_heads(upper, lower)
    assert head is not None
    assert (head.role, head.status) == ("status_tick", "done")
