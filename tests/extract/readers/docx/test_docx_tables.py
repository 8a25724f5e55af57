"""The Word reader: grids, merged cells, nested tables; every character occurs once, also in real reports."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.docx_checks import (
    cells,
    check_every_character_once,
    check_grids,
    control,
    read,
    table,
)
from support.make_docx import (
    p,
    r,
    t,
    tbl,
    tc,
    tr,
)
from support.paths import SHARED

from thaita.extract.readers.docx.reader import read_docx

REPORTS = SHARED / "reports" / "docx"


def test_cells_merged_in_both_directions_are_read_once() -> None:
    found = table(
        read(
            tbl(
                tr(tc("ตัวชี้วัด", down="restart"), tc("คะแนน", 2), properties="<w:tblHeader/>"),
                tr(tc(down="continue"), tc("2567"), tc("2568"), properties='<w:tblHeader w:val="true"/>'),
                tr(tc("รวม", 2, "restart"), tc("95")),
                tr(tc("ต่อท้าย", 2, "continue"), tc("96")),
            )
        )
    )
    assert (found.rows, found.columns, found.header_rows, found.drawn_spans) == (4, 3, 2, True)
    shapes = {(c.row, c.column): (c.row_span, c.column_span) for c in found.cells}
    assert shapes == {
        (0, 0): (2, 1),
        (0, 1): (1, 2),
        (1, 1): (1, 1),
        (1, 2): (1, 1),
        (2, 0): (2, 2),
        (2, 2): (1, 1),
        (3, 2): (1, 1),
    }
    assert cells(found)[2, 0] == "รวม\nต่อท้าย"  # text of a covered cell is not lost


@pytest.mark.parametrize(
    ("rows", "grid", "expected"),
    [
        # gridBefore and gridAfter leave positions without a cell
        (
            [tr(tc("ก"), tc("ข"), tc("ค")), tr(tc("ง"), properties='<w:gridBefore w:val="1"/>')],
            (),
            {(0, 0): "ก", (0, 1): "ข", (0, 2): "ค", (1, 1): "ง"},
        ),
        # a span over grid columns that no other cell uses is one column
        (
            [tr(tc("ก", 1_000_000), tc("ข", 7)), tr(tc("ค", 1_000_000))],
            (),
            {(0, 0): "ก", (0, 1): "ข", (1, 0): "ค"},
        ),
        # edges drawn unevenly by less than 1.5 mm are one edge
        (
            [tr(tc("ก"), tc("ข", 2)), tr(tc("ค", 2), tc("ง"))],
            (2000, 20, 3000),
            {(0, 0): "ก", (0, 1): "ข", (1, 0): "ค", (1, 1): "ง"},
        ),
        # the same edges further apart are two
        (
            [tr(tc("ก"), tc("ข", 2)), tr(tc("ค", 2), tc("ง"))],
            (2000, 900, 3000),
            {(0, 0): "ก", (0, 1): "ข", (1, 0): "ค", (1, 2): "ง"},
        ),
        # a narrow column that has a cell stays one
        ([tr(tc("ก"), tc("|"), tc("ข"))], (2000, 20, 3000), {(0, 0): "ก", (0, 1): "|", (0, 2): "ข"}),
        # zero widths are ignored
        (
            [tr(tc("ก"), tc("ข", 2)), tr(tc("ค", 2), tc("ง"))],
            (0, 0, 0),
            {(0, 0): "ก", (0, 1): "ข", (1, 0): "ค", (1, 2): "ง"},
        ),
        # a continuation cell below nothing, or with another width, is a separate cell
        ([tr(tc("ก", down="continue"), tc("ข"))], (), {(0, 0): "ก", (0, 1): "ข"}),
        (
            [tr(tc("ก", down="restart"), tc("ข")), tr(tc("ค", 2, "continue"))],
            (),
            {(0, 0): "ก", (0, 1): "ข", (1, 0): "ค"},
        ),
        # rows and cells in content controls; an older kind of horizontal merging
        (
            [
                control(tr(control(tc("ก")), tc("ข"))),
            ],
            (),
            {(0, 0): "ก", (0, 1): "ข"},
        ),
        (
            [
                tr(tc("ก"), '<w:tc><w:tcPr><w:hMerge w:val="continue"/></w:tcPr>' + p("ข") + "</w:tc>"),
                tr(tc("ค"), tc("ง")),
            ],
            (),
            {(0, 0): "ก\nข", (1, 0): "ค", (1, 1): "ง"},
        ),
    ],
)
def test_table_grids(rows: list[str], grid: tuple[int, ...], expected: dict[tuple[int, int], str]) -> None:
    assert cells(table(read(tbl(*rows, grid=grid)))) == expected


def test_a_nested_table_belongs_to_its_cell() -> None:
    doc = read(tbl(tr(tc(p("ก่อน") + tbl(tr(tc("ใน"), tc("นอก"))) + p("หลัง")), tc("ข้าง"))))
    first = table(doc).cells[0]
    assert [line.chars for line in first.lines] == ["ก่อน", "หลัง"]
    assert cells(first.tables[0]) == {(0, 0): "ใน", (0, 1): "นอก"}
    assert doc.text == "ก่อน\nใน\tนอก\nหลัง\tข้าง\n"
    assert len(list(doc.tables())) == 2


def test_line_breaks_in_a_cell_are_lines_but_empty_paragraphs_are_not() -> None:
    (cell,) = table(read(tbl(tr(tc(p("1. ก") + p() + p(r("ข") + r("<w:br/>") + r("ค"))))))).cells
    assert [line.chars for line in cell.lines] == ["1. ก", "ข", "ค"]


words = st.text(st.sampled_from("กขคา้ำ ๑๒19.☑\u200b\u00a0"), max_size=8)
paragraphs = st.lists(words, min_size=1, max_size=3).map(lambda parts: p("".join(r(t(w)) for w in parts)))


def rows_of(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    merges = st.sampled_from(["", "", "restart", "continue"])
    cell = st.builds(lambda inner, span, down: tc(inner, span, down), content, st.integers(1, 3), merges)
    before = st.sampled_from(["", "", '<w:gridBefore w:val="1"/>'])
    row = st.builds(lambda found, way: tr(*found, properties=way), st.lists(cell, max_size=4), before)
    widths = st.lists(st.sampled_from([0, 20, 500]), max_size=5).map(tuple)
    return st.builds(lambda found, grid: tbl(*found, grid=grid), st.lists(row, max_size=4), widths)


blocks = st.recursive(
    paragraphs, lambda inner: st.one_of(inner, rows_of(st.lists(inner, min_size=1, max_size=2).map("".join)))
)


@given(st.lists(blocks, max_size=4))
@settings(max_examples=40, deadline=None)
def test_every_character_is_in_one_line_of_one_block(body: list[str]) -> None:
    doc = read(*body)
    said = "".join(part.partition("<")[0] for part in "".join(body).split('xml:space="preserve">')[1:])
    assert Counter("".join(said.split())) == Counter("".join(doc.text.split()))


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the reports are not on this machine")
def test_real_reports_are_read_completely() -> None:
    files = [path.read_bytes() for path in sorted(REPORTS.glob("*.docx"))]
    docs = [read_docx(data) for data in files]
    for doc in docs:
        check_every_character_once(doc)
        check_grids(doc)
        found = list(doc.tables())
        assert found
        assert all(1 < table.columns < 12 and table.rows > 1 and table.header_rows > 0 for table in found)
        assert all(None not in row for table in found for row in table.grid())
