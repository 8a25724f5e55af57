"""The flow of a document: paragraphs and logical tables in reading order, with page furniture marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from thaita.extract.structure.grid import Grid, build_grid
from thaita.extract.structure.layout_tables import laid_out
from thaita.extract.structure.merged_cells import fill_merged_cells, resolve_dittos
from thaita.extract.structure.page_breaks import append_continuation, continues_table
from thaita.extract.structure.page_furniture import (
    FlowItem,
    join_split_paragraphs,
    mark_running_heads,
    mark_signatures,
)
from thaita.extract.structure.paragraphs import UsualLook, read_paragraph, repeated_lines
from thaita.models.document import Document, Paragraph, Table
from thaita.models.source_text import SourceText
from thaita.normalize.date_years import find_years
from thaita.normalize.numerals import to_arabic

_NO_LOOK = UsualLook()
"""Lines of cells are compared with no text."""
_FIGURE = re.compile(r"\d[.]\d")
_MIN_PROSE = 45
"""Minimum mean letters per cell in a column of sentences."""


def read_flow(document: Document) -> list[FlowItem]:
    """Return the paragraphs and logical tables of a document in reading order.

    A table continues the previous one if only running heads separate them and it has the same header or none. A
    table with one column is treated as a frame around paragraphs.
    """
    flow: list[FlowItem] = []
    for item in _items(document, flow):
        before = _table_before(flow) if isinstance(item, Grid) else None
        if isinstance(item, Grid) and before is not None and continues_table(item, before):
            append_continuation(before, item)
        else:
            flow.append(item)
    for item in flow:
        if isinstance(item, Grid):
            resolve_dittos(item)
            fill_merged_cells(item)
    return join_split_paragraphs(mark_signatures(mark_running_heads(flow)))


def _table_before(flow: list[FlowItem]) -> Grid | None:
    for item in reversed(flow):
        if isinstance(item, Grid):
            return item
        if not item.running:
            return None
    return None


def _items(document: Document, flow: list[FlowItem]) -> Iterator[FlowItem]:
    """Yield the items of a document one by one; `flow` holds those that were taken already."""
    repeated, usual = repeated_lines(document), UsualLook.of(document)
    for i, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            if block.text and block.role != "aside":
                yield read_paragraph(block, i, repeated, usual)
        else:
            yield from _tables(block, i, repeated, _table_before(flow))


def _is_prose(table: Table) -> bool:
    """Return whether tabs only separate labels from prose: two columns, no heads, long texts."""
    if table.drawn_spans or table.columns != 2 or build_grid(table, 0).roles:
        return False
    second = [cell for cell in table.cells if cell.column == 1 and cell.lines]
    return bool(second) and sum(len(cell.text) for cell in second) / len(second) > _MIN_PROSE


def _is_masthead(table: Table) -> bool:
    """Return whether a table only sets texts side by side: one row, a cell of several lines, and no figures."""
    if table.rows != 1 or any(cell.tables for cell in table.cells):
        return False
    several = any(len(cell.lines) > 1 for cell in table.cells)
    return several and not any(_FIGURE.search(to_arabic(cell.text.chars)) for cell in table.cells)


def _title_rows(table: Table) -> int:
    """Return how many rows at the top are one cell over the whole width, each a title of the boxes below.

    Rows of several years are boxes side by side, whose lines are no titles.
    """
    titles = 0
    rows = table.grid()
    while titles < len(rows) - 1 and rows[titles][0] and len(set(map(id, rows[titles]))) == 1:
        titles += 1
    single = [cell for cell in table.cells if cell.row < titles]
    plain = all(cell.row_span == 1 and not cell.tables for cell in single)
    years = {year.value_be for cell in single for year in find_years(cell.text.chars)}
    return titles if plain and len(years) <= 1 else 0


def _without_rows(table: Table, count: int) -> Table:
    """Return a table without its first rows."""
    cells = tuple(replace(cell, row=cell.row - count) for cell in table.cells if cell.row >= count)
    return replace(table, rows=table.rows - count, cells=cells, header_rows=max(0, table.header_rows - count))


def _tables(table: Table, i: int, repeated: frozenset[str], before: Grid | None = None) -> Iterator[FlowItem]:
    """Yield the items of a table; one that goes on with the table `before` it stays a table, whatever it looks like."""
    grid = build_grid(table, i)
    goes_on = before is not None and continues_table(grid, before)
    if (
        table.columns == 1
        or len(table.cells) == 1
        or _is_prose(table)
        or (not goes_on and _is_masthead(table))
    ):
        lines: list[SourceText] | None = [line for cell in table.cells for line in cell.lines]
    else:
        lines = laid_out(table)
    titles = 0 if lines is not None or goes_on or grid.roles else _title_rows(table)
    if lines is None:
        lines = [line for cell in table.cells if cell.row < titles for line in cell.lines]
        last: tuple[Grid, ...] = (build_grid(_without_rows(table, titles), i) if titles else grid,)
    else:
        last = ()
    for line in lines:
        yield read_paragraph(Paragraph(line), i, repeated, _NO_LOOK)
    yield from last
    for cell in table.cells:
        for inner in cell.tables:
            yield from _tables(inner, i, repeated)
