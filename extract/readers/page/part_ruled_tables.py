"""Tables ruled in part: a frame around columns of text, or upright lines with no line between the rows."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from thaita.extract.readers.page.content import Rule
from thaita.extract.readers.page.layout import CellDraft, TableDraft
from thaita.extract.readers.page.lines import Line, Segment
from thaita.extract.readers.page.paragraphs import begins_item
from thaita.extract.readers.page.table_rows import Columns, is_figure, part_rows
from thaita.models.document import Box, around

_LEVEL = 0.4
"""Share of the type size by which the middles of lines on one level differ at most."""

_ABOVE = 2.0
"""Points above the text of a row at which the row begins, and from a line at which another begins."""

_ACROSS = 0.8
"""Share of a table's width from which a stripe runs across it."""

_ROWS = 3
"""Rows that must begin with a figure or list marker for text alone to part them."""

_COLUMNS = 3
"""Columns of such a table at least: two may be two lists side by side."""

_FULL = 0.8
"""Share of the columns that have text where such a row begins."""


def framed_lines(table: TableDraft) -> list[Line] | None:
    """Return the lines of a table that is a frame, or rules across, around them; None where it has more."""
    if table.columns != 1 or any(cell.tables for cell in table.cells):
        return None
    return [line for cell in table.cells for line in cell.lines]


def with_rows_parted(table: TableDraft, stripes: Sequence[Rule]) -> TableDraft:
    """Return a ruled table with the rows parted that stand in one ruled band, by stripes or by their text."""
    if table.columns < 2:
        return table
    cells: list[CellDraft] = []
    row = 0
    for number in range(table.rows):
        band = [cell for cell in table.cells if cell.row == number]
        tops = _tops(table, band, stripes)
        for cell in band:
            cells += _parted(replace(cell, row=row), tops)
        row += len(tops) + 1
    return table if row == table.rows else replace(table, rows=row, cells=cells)


def _tops(table: TableDraft, band: Sequence[CellDraft], stripes: Sequence[Rule]) -> list[float]:
    """Return the heights at which further rows begin inside a ruled band; none where it is one row."""
    whole = sum(cell.column_span for cell in band) == table.columns
    if not whole or any(cell.row_span > 1 or cell.tables for cell in band):
        return []
    levels = _levels(band)
    if len(levels) < 2:
        return []
    box = around([cell.box for cell in band])
    cuts = _edges_in(stripes, box)
    columns: Columns = [cell.edges() for cell in band]
    if len(cuts) < 2 and (len(columns) < _COLUMNS or not _counts(levels, columns)):
        return []
    return [row[0].box.top - _ABOVE for row in part_rows(levels, columns, cuts)[1:]]


def _edges_in(stripes: Sequence[Rule], box: Box) -> list[float]:
    """Return the heights of the edges of stripes across a band."""
    inside = (
        rule.top
        for rule in stripes
        if box.top + _ABOVE < rule.top < box.bottom - _ABOVE
        and min(rule.x1, box.x1) - max(rule.x0, box.x0) >= _ACROSS * (box.x1 - box.x0)
    )
    return sorted(set(inside))


def _counts(levels: Sequence[Line], columns: Columns) -> bool:
    """Tell whether lines begin rows: a figure or marker first, and text in most columns beside each of them.

    Lists side by side in the cells of one row begin alike, but leave the columns without a list empty.
    """
    starts = [line for line in levels if line.segments[0].x0 < columns[0][1] and _begins(line)]
    full = _FULL * len(columns)
    return len(starts) >= _ROWS and all(len(line.segments) >= full for line in starts)


def _begins(line: Line) -> bool:
    first = replace(line, segments=line.segments[:1])
    return is_figure(first) or begins_item(first)


def _levels(band: Sequence[CellDraft]) -> list[Line]:
    """Return the lines of a band's cells, those on one level as one line with a segment a cell."""
    lines = sorted(
        ((line, cell.column) for cell in band for line in cell.lines), key=lambda pair: _middle(pair[0])
    )
    levels: list[list[tuple[Line, int]]] = []
    for line, column in lines:
        last = levels[-1][0][0] if levels else None
        if last is not None and _middle(line) - _middle(last) <= _LEVEL * max(last.size, line.size):
            levels[-1].append((line, column))
        else:
            levels.append([(line, column)])
    return [_level(sorted(level, key=lambda pair: pair[1])) for level in levels]


def _level(level: Sequence[tuple[Line, int]]) -> Line:
    segments = tuple(Segment(line.text, line.box.x0, line.box.x1) for line, _ in level)
    return replace(level[0][0], segments=segments, box=around([line.box for line, _ in level]))


def _parted(cell: CellDraft, tops: Sequence[float]) -> list[CellDraft]:
    """Return a cell as one cell a row."""
    if not tops:
        return [cell]
    edges = [cell.box.top, *tops, cell.box.bottom]
    parts = []
    for i, (top, bottom) in enumerate(itertools.pairwise(edges)):
        inside = [line for line in cell.lines if bisect_right(tops, _middle(line)) == i]
        box = Box(cell.box.x0, top, cell.box.x1, bottom)
        parts.append(replace(cell, row=cell.row + i, box=box, lines=inside))
    return parts


def _middle(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2
