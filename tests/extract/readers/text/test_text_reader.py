"""Text files: every format of table and prose, and the offset of each letter."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from thaita.extract.readers.text.reader import read_text
from thaita.models.document import Document, Paragraph, Table


def shape(text: str) -> list[str | list[list[str]]]:
    """Return the blocks: a paragraph as its text, a table as its rows of cells, `/` between lines of a cell."""
    blocks: list[str | list[list[str]]] = []
    for block in read_text(text.encode()).blocks:
        if isinstance(block, Paragraph):
            blocks.append(block.text.chars)
        else:
            grid = [["/".join(x.chars for x in c.lines) if c else "" for c in row] for row in block.grid()]
            blocks.append(grid)
    return blocks


HEAD = ["ลำดับ", "มาตรการ", "ผู้รับผิดชอบ"]
TSV = "\t".join(HEAD)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # rows of the same number of tabs
        ("1\tก\tข\n2\tค\tง\n", [[["1", "ก", "ข"], ["2", "ค", "ง"]]]),
        # a tool trimmed the empty cells at the ends of rows
        (f"{TSV}\n1\tก\tข\n2\tค\n", [[HEAD, ["1", "ก", "ข"], ["2", "ค", ""]]]),
        # empty cells inside and at the beginning
        (f"{TSV}\n1\tก\tข\n\tค\t\n", [[HEAD, ["1", "ก", "ข"], ["", "ค", ""]]]),
        # a header alone is a table: its rows may stand on the next page
        (f"{TSV}\n", [[HEAD]]),
        # a ruler of dashes between header and rows
        (f"{TSV}\n---\t---\t---\n1\tก\tข\n", [[HEAD, ["1", "ก", "ข"]]]),
        # one more row, as wide as the table before: the rest of a table after a page break
        (f"{TSV}\n1\tก\tข\n\n- 3 -\n\n2\tค\tง\n", [[HEAD, ["1", "ก", "ข"]], "- 3 -", [["2", "ค", "ง"]]]),
        # one row of another width is not a table
        (f"{TSV}\n1\tก\tข\n\nก\tข\n", [[HEAD, ["1", "ก", "ข"]], "ก\tข"]),
        # tabs that indent or set off a number are no cells
        ("\tย่อหน้าหนึ่ง\n\tย่อหน้าสอง\n", ["ย่อหน้าหนึ่ง", "ย่อหน้าสอง"]),
        ("\t\tย่อหน้า\n", ["ย่อหน้า"]),
        ("๑.\tบทนำ\n", ["๑.\tบทนำ"]),
        # text below a table is not a row of it
        (f"{TSV}\n1\tก\tข\nสรุปผล\n", [[HEAD, ["1", "ก", "ข"]], "สรุปผล"]),
        # a paragraph directly above a table
        (f"ตารางที่ ๑\n{TSV}\n1\tก\tข\n", ["ตารางที่ ๑", [HEAD, ["1", "ก", "ข"]]]),
        # an indented line above a table does not hide it
        (f"\tตารางที่ ๑\n{TSV}\n1\tก\tข\n", ["ตารางที่ ๑", [HEAD, ["1", "ก", "ข"]]]),
    ],
)
def test_tables_with_tabs(text, expected):
    assert shape(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the last cell of a row, a cell in the middle, two cells of one row
        (f'{TSV}\n1\tก\t"ข\nค"\n2\tง\tจ\n', [[HEAD, ["1", "ก", "ข/ค"], ["2", "ง", "จ"]]]),
        (f'{TSV}\n1\t"ก\nข"\tค\n', [[HEAD, ["1", "ก/ข", "ค"]]]),
        (f'{TSV}\n1\t"ก\nข"\t"ค\nง\nจ"\n', [[HEAD, ["1", "ก/ข", "ค/ง/จ"]]]),
        # blank lines in a cell, and Windows line ends
        (f'{TSV}\r\n1\t"ก\r\n\r\nข"\tค\r\n', [[HEAD, ["1", "ก/ข", "ค"]]]),
        # marks of the text itself are doubled by the spreadsheet
        (f'{TSV}\n1\t"โครงการ ""ใสสะอาด""\nข"\tค\n', [[HEAD, ["1", 'โครงการ "ใสสะอาด"/ข', "ค"]]]),
        # a quotation on one line keeps its marks
        (f'{TSV}\n1\t"สุจริต"\tค\n', [[HEAD, ["1", '"สุจริต"', "ค"]]]),
        # an unclosed mark takes no other rows
        (
            f'{TSV}\n1\tก\t"ข\n2\tค\tง\n3\tจ\tฉ\n',
            [[HEAD, ["1", "ก", '"ข'], ["2", "ค", "ง"], ["3", "จ", "ฉ"]]],
        ),
    ],
)
def test_quoted_cells_with_several_lines(text, expected):
    assert shape(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| ก | ข |\n|---|---|\n| ค | ง |\n", [[["ก", "ข"], ["ค", "ง"]]]),
        ("|ก|ข|\n|:--|:-:|\n|ค|ง|\n", [[["ก", "ข"], ["ค", "ง"]]]),
        ("|ก|ข|\n|-|-|\n|ค|ง|\n", [[["ก", "ข"], ["ค", "ง"]]]),
        ("|ก|ข|\n|=====|=====|\n|ค|ง|\n", [[["ก", "ข"], ["ค", "ง"]]]),
        # no ruler at all
        ("|ก|ข|\n|ค|ง|\n", [[["ก", "ข"], ["ค", "ง"]]]),
        # without the outer pipes, of three columns and of two
        ("ก | ข | ค\n--- | --- | ---\nง | จ | ฉ\n", [[["ก", "ข", "ค"], ["ง", "จ", "ฉ"]]]),
        ("ก | ข\n--- | ---\nค | ง\n", [[["ก", "ข"], ["ค", "ง"]]]),
        # pipes in prose are not tables
        ("เลือก ก | ข ตามเหมาะสม\n", ["เลือก ก | ข ตามเหมาะสม"]),
        ("ก | ข | ค\n", ["ก | ข | ค"]),
        # a pipe of the text, also at the end of a row
        (r"| ก \| ข | ค |" + "\n|--|--|\n| ง | จ |\n", [[["ก | ข", "ค"], ["ง", "จ"]]]),
        ("|ก|ข|\n|--|--|\n" + r"| ค | ง \|" + "\n", [[["ก", "ข"], ["ค", "ง |"]]]),
        # line breaks in cells, empty cells, a row that ends early
        ("| ก<br>ข | |\n|--|--|\n| ค |\n", [[["ก/ข", ""], ["ค", ""]]]),
        # directly between paragraphs
        ("ก่อน\n|ก|ข|\n|--|--|\n|ค|ง|\nหลัง\n", ["ก่อน", [["ก", "ข"], ["ค", "ง"]], "หลัง"]),
        # one row behind a page break, as wide as the table before it; and a row of another width
        ("|ก|ข|\n|--|--|\n|ค|ง|\n\n|จ|ฉ|\n", [[["ก", "ข"], ["ค", "ง"]], [["จ", "ฉ"]]]),
        ("|ก|ข|\n|--|--|\n|ค|ง|\n\n|จ|ฉ|ช|\n", [[["ก", "ข"], ["ค", "ง"]], "|จ|ฉ|ช|"]),
    ],
)
def test_markdown_text(text, expected):
    assert shape(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\tมาตรการ\n\tผู้รับผิดชอบ\n\tก\n\tข\n\tค\n\tง\n", [[["มาตรการ", "ผู้รับผิดชอบ"], ["ก", "ข"], ["ค", "ง"]]]),
        # lines without a tab go on with their cell
        ("\tมาตรการ\n\tผู้รับผิดชอบ\n\tก\n๑. ข\n๒. ค\n\tง\n", [[["มาตรการ", "ผู้รับผิดชอบ"], ["ก/๑. ข/๒. ค", "ง"]]]),
        # the table ends at a blank line after a full row
        ("\tมาตรการ\n\tผู้รับผิดชอบ\n\tก\n\tข\n\nค\n", [[["มาตรการ", "ผู้รับผิดชอบ"], ["ก", "ข"]], "ค"]),
        # where the headings are repeated, the next page starts
        (
            "\tมาตรการ\n\tผู้รับผิดชอบ\n\tก\n\tข\n" * 2,
            [[["มาตรการ", "ผู้รับผิดชอบ"], ["ก", "ข"]], [["มาตรการ", "ผู้รับผิดชอบ"], ["ก", "ข"]]],
        ),
        # one heading alone is a paragraph
        ("\tมาตรการ\n\tก\n", ["มาตรการ", "ก"]),
    ],
)
def test_one_cell_per_line(text, expected):
    assert shape(text) == expected


LONG = "ข้อความยาวที่เครื่องมือตัดบรรทัดไว้ตรงขอบขวาของหน้ากระดาษพอดีทุกบรรทัดไป"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ก\nข\n\nค\n", ["ก", "ข", "ค"]),
        # line ends of all systems, page breaks
        ("ก\r\nข\rค\fง\vจ\u2028ฉ", ["ก", "ข", "ค", "ง", "จ", "ฉ"]),
        # signs of headings and quotations are not words
        ("# ก\n## ข ค\n> ง\n---\n***\n```\nจ\n", ["ก", "ข ค", "ง", "จ"]),
        ("#ก\n", ["#ก"]),
        # lines broken at one width are one paragraph; Thai joins without a space, other words with one
        ("\n".join([LONG] * 9) + "\n", [LONG * 9]),
        ("\n".join([LONG + " ITA"] * 9) + "\n", [" ".join([LONG + " ITA"] * 9)]),
        # a list item and a label begin a paragraph of their own there too
        ("\n".join([LONG] * 9 + ["1. ก"]) + "\n", [LONG * 9, "1. ก"]),
        ("\n".join([LONG] * 9 + ["ผู้รับผิดชอบ: ก"]) + "\n", [LONG * 9, "ผู้รับผิดชอบ: ก"]),
        # a few long lines by chance are not broken by a tool
        (f"{LONG}\n{LONG}\n", [LONG, LONG]),
    ],
)
def test_prose_paragraphs(text, expected):
    assert shape(text) == expected


@pytest.mark.parametrize(
    ("line", "role"), [("# ก", "heading"), ("**ก ข**", "heading"), ("ก **ข**", "body"), ("#ก", "body")]
)
def test_only_marked_headings_are_headings(line, role):
    (block,) = read_text(f"{line}\n".encode()).blocks
    assert block.role == role


def accounted(document: Document) -> None:
    """Check that every character other than white space is in exactly one line or in markup."""
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    lines += [line for table in document.tables() for cell in table.cells for line in cell.lines]
    seen: dict[int, int] = {}
    for line in lines:
        for char, offset in zip(line.chars, line.origin, strict=True):
            if document.text[offset] == char:
                seen[offset] = seen.get(offset, 0) + 1
    assert set(seen.values()) <= {1}
    markup = {i for start, end in document.markup for i in range(start, end)}
    for i, char in enumerate(document.text):
        assert char.isspace() or i in seen or i in markup or char in "<&[", (i, char)
    words = {i for i in markup - set(seen) if "ก" <= document.text[i] <= "ฮ"}
    assert not words


PIECES = st.sampled_from(
    ["ก", "ข้อมูล", "มาตรการ", "ผู้รับผิดชอบ", "ลำดับ", "ตัวชี้วัด", "คะแนน", "90.09", "๑.", "1)", "-", "จุดแข็ง:",
     "\t", "\t\t", "|", "||", " ", "  ", "   ", "<br>", "<b>", "</b>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>",
     "**", "__", "#", ">", "---", "|--|", '"', '""', "\\|", "&amp;", "\u200b", "\u0e48"]
)  # fmt: skip
LINES = st.lists(st.lists(PIECES, max_size=7).map("".join), max_size=14).map("\n".join)


@settings(max_examples=300, deadline=None)
@given(LINES)
@example("---\n90.09กกมาตรการมาตรการมาตรการ")
def test_every_character_is_in_one_line_or_in_markup_and_no_word_is_markup(text):
    if text.strip(" \t\n\u200b"):
        accounted(read_text(text.encode()))


@settings(deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(["ก", "ข", "ค ง", ""]), min_size=3, max_size=3), min_size=2, max_size=6)
)
def test_a_table_reads_the_same_with_tabs_pipes_and_tags(rows):
    rows = [HEAD, *([cells[0] or "ก", *cells[1:]] for cells in rows)]
    tabs = "\n".join("\t".join(row) for row in rows)
    pipes = "\n".join("|" + "|".join(row) + "|" for row in rows)
    tags = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    assert shape(tabs) == shape(pipes) == shape(f"<table>{tags}</table>") == [rows]


@pytest.mark.parametrize(
    "text",
    ["\t" * 20000, "|" * 20000 + "ก", "ก\t" * 20000, "ก  " * 20000, "<td>" * 20000, "<table><td>ก" * 5000],
)
def test_damage_of_one_line_does_not_make_a_giant_table(text):
    document = read_text(("ก\n" + text + "\n").encode())
    assert all(table.rows * table.columns <= 60_000 for table in document.tables())
    assert isinstance(document.blocks[0], (Paragraph, Table))
