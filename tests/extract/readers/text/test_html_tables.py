"""HTML tables: spans, nesting, damage, and words outside the cells."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thaita.extract.readers.text.html_tables import before_cells, find_html_tables, read_html_table
from thaita.extract.readers.text.reader import read_text
from thaita.models.document import Paragraph, Table


def table(text: str) -> Table:
    (span,) = find_html_tables(text)
    return read_html_table(text, span)


def rows(found: Table) -> list[list[str]]:
    return [[cell.text.chars if cell else "" for cell in row] for row in found.grid()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "<table><tr><td>ก</td><td>ข</td></tr><tr><td>ค</td><td>ง</td></tr></table>",
            [["ก", "ข"], ["ค", "ง"]],
        ),
        ("<TABLE BORDER=1><TR><TD>ก<TD>ข</TABLE >", [["ก", "ข"]]),
        # end tags left out, as HTML allows
        ("<table><tr><td>ก<td>ข<tr><td>ค<td>ง</table>", [["ก", "ข"], ["ค", "ง"]]),
        # no row tag at all
        ("<table><td>ก</td><td>ข</td></table>", [["ก", "ข"]]),
        (
            "<table><thead><tr><th>ก</th></tr></thead><tbody><tr><td>ข</td></tr></tbody></table>",
            [["ก"], ["ข"]],
        ),
        # spans
        (
            '<table><tr><td rowspan="2">ก</td><td>ข</td></tr><tr><td>ค</td></tr></table>',
            [["ก", "ข"], ["ก", "ค"]],
        ),
        (
            "<table><tr><td colspan=2>ก</td></tr><tr><td>ข</td><td>ค</td></tr></table>",
            [["ก", "ก"], ["ข", "ค"]],
        ),
        (
            "<table><tr><td>ก</td><td rowspan=2 colspan='2'>ข</td></tr><tr><td>ค</td></tr></table>",
            [["ก", "ข", "ข"], ["ค", "ข", "ข"]],
        ),
        # a span past the table's end makes no rows; a span of zero runs to the end
        ("<table><tr><td rowspan=9>ก</td><td>ข</td></tr></table>", [["ก", "ข"]]),
        (
            "<table><tr><td rowspan=0>ก</td><td>ข</td></tr><tr><td>ค</td></tr></table>",
            [["ก", "ข"], ["ก", "ค"]],
        ),
        # a short row leaves its last places empty
        ("<table><tr><td>ก</td><td>ข</td></tr><tr><td>ค</td></tr></table>", [["ก", "ข"], ["ค", ""]]),
        # words behind an end tag belong to the cell before
        ("<table><tr><td>ก</td>ข<td>ค</td></tr></table>", [["ก\nข", "ค"]]),
        ("<table><tr><td>ก</td></tr>ข</table>", [["ก\nข"]]),
        ("<table><tr><td>ก<br>ข<p>ค</p></td></tr></table>", [["ก\nข\nค"]]),
    ],
)
def test_cells_are_placed_by_their_tags(text, expected):
    assert rows(table(text)) == expected
    assert table(text).drawn_spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<table><tr><th>ก</th><th>ข</th></tr><tr><td>ค</td><td>ง</td></tr></table>", 1),
        ("<table><thead><tr><td>ก</td></tr><tr><td>ข</td></tr></thead><tr><td>ค</td></tr></table>", 2),
        ("<table><tr><td>ก</td></tr></table>", 0),
        # a header cell in each row is not a header row
        ("<table><tr><th>ก</th><td>ข</td></tr><tr><th>ค</th><td>ง</td></tr></table>", 0),
    ],
)
def test_rows_with_only_head_cells_are_header_rows(text, expected):
    assert table(text).header_rows == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ก", []),
        ("ก</table>ข", []),  # an end without a beginning
        ("<table></table>", ["<table></table>"]),
        ("ก<table><td>ข</table>ค</table>ง", ["<table><td>ข</table>"]),
        ("<table><td>ก<table><td>ข</table></table>ค", ["<table><td>ก<table><td>ข</table></table>"]),
        # never closed: text after the last cell is not part of the table
        ("<table><tr><td>ก</td></tr>\n\nข", ["<table><tr><td>ก</td></tr>"]),
        ("<table><tr><td>ก\n\nข", ["<table><tr><td>ก"]),
        ("<table><tr><td>ก\nข", ["<table><tr><td>ก\nข"]),
        # never closed, and another one begins
        (
            "<table><tr><td>ก</td></tr>\nข\n<table><tr><td>ค</td></tr></table>",
            ["<table><tr><td>ก</td></tr>", "<table><tr><td>ค</td></tr></table>"],
        ),
        ("<table> ก <table><td>ข</table>", ["<table><td>ข</table>"]),
        ("<table> ก", []),
    ],
)
def test_tables_are_found_despite_missing_tags(text, expected):
    assert [text[a:b] for a, b in find_html_tables(text)] == expected


def test_words_of_a_nested_table_belong_to_its_cell_only():
    text = "<table><tr><td>ก<table><tr><td>ข</td></tr></table>ค</td><td>ง</td></tr></table>"
    found = table(text)
    assert rows(found) == [["ก\nค", "ง"]]
    assert rows(found.cells[0].tables[0]) == [["ข"]]


def test_words_before_the_first_cell_become_a_paragraph():
    document = read_text(
        "<table><caption>ตารางที่ ๑</caption><tr><td>ก</td><td>ข</td></tr></table>ท้าย".encode()
    )
    caption, found, rest = document.blocks
    assert isinstance(caption, Paragraph)
    assert isinstance(found, Table)
    assert (caption.text.chars, rest.text.chars) == ("ตารางที่ ๑", "ท้าย")
    assert before_cells(document.text, (0, len(document.text)))[1] == document.text.index("<td>")


def test_the_caption_of_a_nested_table_belongs_to_the_outer_cell():
    text = "<table><tr><td>ก<table>ข<tr><td>ค</td></tr></table></td></tr></table>"
    assert rows(table(text)) == [["ก\nข"]]


def test_deeply_nested_tables_are_flattened_without_losing_words():
    text = "<table><tr><td>ก" * 500 + "ข" + "</td></tr></table>" * 500
    document = read_text(text.encode())
    words = [line.chars for found in document.tables() for cell in found.cells for line in cell.lines]
    assert "".join(words).count("ก") == 500


def test_spans_that_make_only_empty_places_are_ignored():
    text = "<table>" + "<tr><td colspan=999 rowspan=999>ก</td></tr>" * 400 + "</table>"
    found = table(text)
    assert (found.rows, found.columns, len(found.cells)) == (400, 1, 400)


TAGS = st.lists(
    st.sampled_from(
        ["<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "<td rowspan=2>", "<td colspan=3>", "<thead>",
         "ก", "ข", "\n", "\n\n", "<br>", "<caption>"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(TAGS)
def test_every_word_is_read_once_for_any_tags(text):
    if not text.replace("\n", "").strip():
        return
    document = read_text(text.encode())
    found = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    found += [line for shown in document.tables() for cell in shown.cells for line in cell.lines]
    words = sorted(o for line in found for c, o in zip(line.chars, line.origin, strict=True) if c in "กข")
    assert words == [i for i, c in enumerate(text) if c in "กข"]


@settings(deadline=None)
@given(TAGS)
def test_no_two_cells_cover_the_same_place_unless_the_spans_say_so(text):
    for span in find_html_tables(text):
        found = read_html_table(text, span)
        first = [(cell.row, cell.column) for cell in found.cells]
        assert len(first) == len(set(first))
        assert all(cell.row + cell.row_span <= found.rows for cell in found.cells)
        assert all(cell.column + cell.column_span <= found.columns for cell in found.cells)
