"""Rows of a table without full ruling: split lines in columns by rules, stripes, white space and continued text."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from thaita.extract.readers.page.content import Rule
from thaita.extract.readers.page.layout import CellDraft
from thaita.extract.readers.page.lines import Line, Segment
from thaita.extract.readers.page.paragraphs import reads_on_from, starts_list_item
from thaita.extract.readers.page.ruled_tables import Bar, join_bars
from thaita.models.document import Box
from thaita.normalize.match_key import fold

MIN_RULES = 4
"""Number of ruling lines across a table from which each band between two of them is a row."""

_MIN_SPAN = 0.8
"""Minimum share of a table's width that a line across it must span."""

_MAX_DISTANCE = 30.0
"""Points above and below a table's text within which its outer lines lie."""

_PITCH_FACTOR = 1.08
"""Maximum baseline distance within a cell, relative to the smallest one; rows are further apart by the same
factor."""

_FIGURE = re.compile(r"[-–]|[(]?[0-9]+(?:[.,][0-9]+)*%?[)]?")

Columns = list[tuple[float, float]]


def column_span_of(segment: Segment, columns: Columns) -> tuple[int, int] | None:
    """Return the first and last column that a segment overlaps, or None if it overlaps none."""
    over = [i for i, (x0, x1) in enumerate(columns) if segment.x0 < x1 and segment.x1 > x0]
    return (over[0], over[-1]) if over else None


def ruled_heights(rules: Sequence[Rule], box: Box) -> list[float]:
    """Return the heights of the horizontal rules across a table, from top to bottom."""
    bars = join_bars([Bar(rule.top, rule.x0, rule.x1) for rule in rules])
    wide = (
        bar.at
        for bar in bars
        if min(bar.end, box.x1) - max(bar.start, box.x0) >= _MIN_SPAN * (box.x1 - box.x0)
        and box.top - _MAX_DISTANCE <= bar.at <= box.bottom + _MAX_DISTANCE
    )
    return sorted(set(wide))


def split_rows(run: Sequence[Line], columns: Columns, bands: Sequence[float]) -> list[list[Line]]:
    """Return the lines grouped by row: by ruled bands if there are enough, otherwise by text and white space."""
    rows: list[list[Line]] = []
    tight = _max_pitch_in_row(run)
    for number, group in itertools.groupby(run, lambda line: bisect_right(bands, _middle(line))):
        lines = list(group)
        inside = 0 < number < len(bands)
        if len(bands) >= MIN_RULES and inside and not _stacks_figures(lines, columns):
            rows.append(lines)
        else:
            rows += _rows_by_text(lines, columns, tight)
    return rows


def _rows_by_text(lines: Sequence[Line], columns: Columns, tight: float) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in lines:
        if rows and _continues_row(rows[-1], line, columns, tight):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _stacks_figures(row: Sequence[Line], columns: Columns) -> bool:
    """Return whether a column holds one figure below another: the lines are rows that no rule separates."""
    cells = row_cells(row, 0, columns, column_boundaries(columns))
    return any(len(cell.lines) > 1 and all(is_figure(line) for line in cell.lines) for cell in cells)


def is_figure(line: Line) -> bool:
    """Return whether a line is only a number, a percentage or a dash."""
    return _FIGURE.fullmatch(fold(line.text)) is not None


def _continues_row(row: Sequence[Line], line: Line, columns: Columns, tight: float) -> bool:
    """Return whether a line continues the cells of a row.

    It does if it has no text in the first column. Otherwise every cell must read on: it neither starts a list
    item nor holds a figure below a figure, the line above had no room for the next word, and the lines are as
    close as those of one cell.
    """
    filled = {column for segment in line.segments for column in column_span_of(segment, columns) or ()}
    if 0 not in filled or (filled == {0} and not starts_list_item(line)):
        return True
    if line.box.bottom - row[-1].box.bottom > tight:
        return False
    cells = {cell.column: cell for cell in row_cells([*row], 0, columns, column_boundaries(columns))}
    return all(
        _reads_on(cells[cell.column], cell, columns)
        for cell in row_cells([line], 0, columns, column_boundaries(columns))
        if cell.lines
    )


def _reads_on(above: CellDraft | None, below: CellDraft, columns: Columns) -> bool:
    """Return whether a cell's text had no room for the text below it, and the two are not both figures."""
    if above is None or above.column_span != below.column_span or not above.lines:
        return False
    last, first = above.lines[-1], below.lines[0]
    if is_figure(last) and is_figure(first):
        return False
    x0, x1 = columns[below.column][0], columns[below.column + below.column_span - 1][1]
    return reads_on_from(above.lines, first, x0, x1)


def _max_pitch_in_row(run: Sequence[Line]) -> float:
    """Return the maximum baseline distance within one row of a table; 0 if all distances are alike.

    If any cell has several lines, rows are further apart than the lines of a cell.
    """
    steps = [b.box.bottom - a.box.bottom for a, b in itertools.pairwise(run)]
    least, most = min(steps, default=0.0), max(steps, default=0.0)
    return _PITCH_FACTOR * least if most > _PITCH_FACTOR * least * _PITCH_FACTOR else 0.0


def column_boundaries(columns: Columns) -> list[float]:
    """Return the column boundaries, in the middle of the white space between them, and the outer edges."""
    return [columns[0][0], *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)), columns[-1][1]]


def _middle(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2


def row_cells(row: Sequence[Line], number: int, columns: Columns, edges: Sequence[float]) -> list[CellDraft]:
    """Return the cells of a row; a segment over several columns becomes a merged cell."""
    cells: dict[int, CellDraft] = {}
    for line in row:
        for segment in line.segments:
            first, last = column_span_of(segment, columns) or (0, 0)
            box = Box(edges[first], row[0].box.top, edges[last + 1], row[-1].box.bottom)
            cell = cells.setdefault(first, CellDraft(number, first, 1, last - first + 1, box))
            place = Box(segment.x0, line.box.top, segment.x1, line.box.bottom)
            cell.lines.append(replace(line, segments=(segment,), box=place, spaced=False))
    covered = {c for cell in cells.values() for c in range(cell.column, cell.column + cell.column_span)}
    for column in range(len(columns)):
        if column not in covered:
            box = Box(edges[column], row[0].box.top, edges[column + 1], row[-1].box.bottom)
            cells[column] = CellDraft(number, column, 1, 1, box)
    return [cells[column] for column in sorted(cells)]
