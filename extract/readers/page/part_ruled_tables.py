"""Partly ruled tables: a frame around columns of text, or vertical lines without lines between the rows."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from thaita.extract.readers.page.content import Rule
from thaita.extract.readers.page.layout import CellDraft, TableDraft
from thaita.extract.readers.page.lines import Line, Segment
from thaita.extract.readers.page.paragraphs import starts_list_item
from thaita.extract.readers.page.table_rows import Columns, is_figure, split_rows
from thaita.models.document import Box, around

_LEVEL_TOLERANCE = 0.4
"""Maximum difference of the middles of lines on one level, as a share of the type size."""

_ROW_MARGIN = 2.0
"""Points above a row's text at which the row starts, and minimum distance of a stripe's edge from the band's
edge."""

_MIN_SPAN = 0.8
"""Minimum share of a table's width that a stripe must span."""

_MIN_ROWS = 3
"""Minimum number of rows that start with a figure or list marker for text alone to divide them."""

_MIN_COLUMNS = 3
"""Minimum number of columns in such a table: two may be two lists side by side."""

_MIN_FILLED = 0.8
"""Share of the columns that must have text where such a row starts."""


def framed_lines(table: TableDraft) -> list[Line] | None:
    """Return the lines of a table that only frames them or separates them by rules; None for any other table."""
    if table.columns != 1 or any(cell.tables for cell in table.cells):
        return None
    return [line for cell in table.cells for line in cell.lines]


def with_rows_split(table: TableDraft, stripes: Sequence[Rule]) -> TableDraft:
    """Return a ruled table in which each ruled band is split into its rows, by stripes or by its text."""
    if table.columns < 2:
        return table
    cells: list[CellDraft] = []
    row = 0
    for number in range(table.rows):
        band = [cell for cell in table.cells if cell.row == number]
        tops = _row_tops(table, band, stripes)
        for cell in band:
            cells += _split_cell(replace(cell, row=row), tops)
        row += len(tops) + 1
    return table if row == table.rows else replace(table, rows=row, cells=cells)


def _row_tops(table: TableDraft, band: Sequence[CellDraft], stripes: Sequence[Rule]) -> list[float]:
    """Return the heights at which further rows start inside a ruled band; empty if it is one row."""
    whole = sum(cell.column_span for cell in band) == table.columns
    if not whole or any(cell.row_span > 1 or cell.tables for cell in band):
        return []
    levels = _lines_by_level(band)
    if len(levels) < 2:
        return []
    box = around([cell.box for cell in band])
    cuts = _edges_in(stripes, box)
    columns: Columns = [cell.edges() for cell in band]
    if len(cuts) < 2 and (len(columns) < _MIN_COLUMNS or not _start_rows(levels, columns)):
        return []
    return [row[0].box.top - _ROW_MARGIN for row in split_rows(levels, columns, cuts)[1:]]


def _edges_in(stripes: Sequence[Rule], box: Box) -> list[float]:
    """Return the heights of the stripe edges that cross a band."""
    inside = (
        rule.top
        for rule in stripes
        if box.top + _ROW_MARGIN < rule.top < box.bottom - _ROW_MARGIN
        and min(rule.x1, box.x1) - max(rule.x0, box.x0) >= _MIN_SPAN * (box.x1 - box.x0)
    )
    return sorted(set(inside))


def _start_rows(levels: Sequence[Line], columns: Columns) -> bool:
    """Return whether lines start rows: each with a figure or marker first, and text in most columns beside it.

    Lists side by side in the cells of one row look similar, but leave the columns without a list empty.
    """
    starts = [line for line in levels if line.segments[0].x0 < columns[0][1] and _starts_row(line)]
    full = _MIN_FILLED * len(columns)
    return len(starts) >= _MIN_ROWS and all(len(line.segments) >= full for line in starts)


def _starts_row(line: Line) -> bool:
    first = replace(line, segments=line.segments[:1])
    return is_figure(first) or starts_list_item(first)


def _lines_by_level(band: Sequence[CellDraft]) -> list[Line]:
    """Return the lines of a band's cells, merged by level, with one segment for each cell."""
    lines = sorted(
        ((line, cell.column) for cell in band for line in cell.lines), key=lambda pair: _middle(pair[0])
    )
    levels: list[list[tuple[Line, int]]] = []
    for line, column in lines:
        last = levels[-1][0][0] if levels else None
        if last is not None and _middle(line) - _middle(last) <= _LEVEL_TOLERANCE * max(last.size, line.size):
            levels[-1].append((line, column))
        else:
            levels.append([(line, column)])
    return [_merged_line(sorted(level, key=lambda pair: pair[1])) for level in levels]


def _merged_line(level: Sequence[tuple[Line, int]]) -> Line:
    segments = tuple(Segment(line.text, line.box.x0, line.box.x1) for line, _ in level)
    return replace(level[0][0], segments=segments, box=around([line.box for line, _ in level]))


def _split_cell(cell: CellDraft, tops: Sequence[float]) -> list[CellDraft]:
    """Return a cell split into one cell for each row."""
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
