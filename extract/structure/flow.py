"""The flow of a document: paragraphs and logical tables in reading order, with page furniture marked."""

from __future__ import annotations

from collections.abc import Iterator

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
from thaita.extract.structure.paragraphs import read_paragraph, repeated_lines
from thaita.models.document import Document, Paragraph, Table

_MIN_PROSE = 45
"""Minimum mean letters per cell in a column of sentences."""


def read_flow(document: Document) -> list[FlowItem]:
    """Return the paragraphs and logical tables of a document in reading order.

    A table continues the previous one if only running heads separate them and it has the same header or none. A
    table with one column is treated as a frame around paragraphs.
    """
    repeated = repeated_lines(document)
    flow: list[FlowItem] = []
    for item in _items(document, repeated):
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


def _items(document: Document, repeated: frozenset[str]) -> Iterator[FlowItem]:
    for i, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            if block.text and block.role != "aside":
                yield read_paragraph(block, i, repeated)
        else:
            yield from _tables(block, i, repeated)


def _is_prose(table: Table) -> bool:
    """Return whether tabs only separate labels from prose: two columns, no heads, long texts."""
    if table.drawn_spans or table.columns != 2 or build_grid(table, 0).roles:
        return False
    second = [cell for cell in table.cells if cell.column == 1 and cell.lines]
    return bool(second) and sum(len(cell.text) for cell in second) / len(second) > _MIN_PROSE


def _tables(table: Table, i: int, repeated: frozenset[str]) -> Iterator[FlowItem]:
    if table.columns == 1 or len(table.cells) == 1 or _is_prose(table):
        for cell in table.cells:
            for line in cell.lines:
                yield read_paragraph(Paragraph(line), i, repeated)
    elif (lines := laid_out(table)) is not None:
        for line in lines:
            yield read_paragraph(Paragraph(line), i, repeated)
    else:
        yield build_grid(table, i)
    for cell in table.cells:
        for inner in cell.tables:
            yield from _tables(inner, i, repeated)
