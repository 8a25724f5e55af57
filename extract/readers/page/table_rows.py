"""Lines that stand in columns to rows: by rules and stripes, by the white between, by what reads on."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from thaita.extract.readers.page.content import Rule
from thaita.extract.readers.page.layout import CellDraft
from thaita.extract.readers.page.lines import Line, Segment
from thaita.extract.readers.page.paragraphs import begins_item, follows
from thaita.extract.readers.page.ruled_tables import Bar, joined_bars
from thaita.models.document import Box
from thaita.normalize.match_key import fold

ENOUGH = 4
"""Ruling lines across a table from which each band between two of them is a row."""

_ACROSS = 0.8
"""Share of a table's width from which a line is ruled across it."""

_NEAR = 30.0
"""Points above and below a table's text in which its outer lines are."""

_CLOSE = 1.08
"""How much further apart than the closest the lines of one cell may be; rows are that much further again."""

_FIGURE = re.compile(r"[-–]|[(]?[0-9]+(?:[.,][0-9]+)*%?[)]?")

Columns = list[tuple[float, float]]


def span_of(segment: Segment, columns: Columns) -> tuple[int, int] | None:
    """Return the first and last column that a segment stands in or over, or None if it is in none."""
    over = [i for i, (x0, x1) in enumerate(columns) if segment.x0 < x1 and segment.x1 > x0]
    return (over[0], over[-1]) if over else None


def bands_of(rules: Sequence[Rule], box: Box) -> list[float]:
    """Return the heights of the horizontal lines ruled across a table, from top to bottom."""
    bars = joined_bars([Bar(rule.top, rule.x0, rule.x1) for rule in rules])
    wide = (
        bar.at
        for bar in bars
        if min(bar.end, box.x1) - max(bar.start, box.x0) >= _ACROSS * (box.x1 - box.x0)
        and box.top - _NEAR <= bar.at <= box.bottom + _NEAR
    )
    return sorted(set(wide))


def part_rows(run: Sequence[Line], columns: Columns, bands: Sequence[float]) -> list[list[Line]]:
    """Return the lines by row: those of a ruled band, else as the text and the white between lines tell."""
    rows: list[list[Line]] = []
    tight = _tight(run)
    for number, group in itertools.groupby(run, lambda line: bisect_right(bands, _middle(line))):
        lines = list(group)
        inside = 0 < number < len(bands)
        if len(bands) >= ENOUGH and inside and not _stacks_figures(lines, columns):
            rows.append(lines)
        else:
            rows += _by_text(lines, columns, tight)
    return rows


def _by_text(lines: Sequence[Line], columns: Columns, tight: float) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in lines:
        if rows and _same_row(rows[-1], line, columns, tight):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _stacks_figures(row: Sequence[Line], columns: Columns) -> bool:
    """Tell whether a column holds a figure below a figure: the lines are rows that no rule parts."""
    cells = cells_of(row, 0, columns, edges_of(columns))
    return any(len(cell.lines) > 1 and all(is_figure(line) for line in cell.lines) for cell in cells)


def is_figure(line: Line) -> bool:
    """Tell whether a line is a number, a percentage or a dash and nothing else."""
    return _FIGURE.fullmatch(fold(line.text)) is not None


def _same_row(row: Sequence[Line], line: Line, columns: Columns, tight: float) -> bool:
    """Tell whether a line goes on with the cells of a row.

    A line without text in the first column does. Others do where every cell reads on: none begins an item
    or holds a figure below a figure, each had no room for the next word, and the line is set as close as
    the lines of a cell are.
    """
    filled = {column for segment in line.segments for column in span_of(segment, columns) or ()}
    if 0 not in filled or (filled == {0} and not begins_item(line)):
        return True
    if line.box.bottom - row[-1].box.bottom > tight:
        return False
    cells = {cell.column: cell for cell in cells_of([*row], 0, columns, edges_of(columns))}
    return all(
        _reads_on(cells[cell.column], cell, columns)
        for cell in cells_of([line], 0, columns, edges_of(columns))
        if cell.lines
    )


def _reads_on(above: CellDraft | None, below: CellDraft, columns: Columns) -> bool:
    """Tell whether a cell's text had no room for what stands below it, and neither is a figure."""
    if above is None or above.column_span != below.column_span or not above.lines:
        return False
    last, first = above.lines[-1], below.lines[0]
    if is_figure(last) and is_figure(first):
        return False
    x0, x1 = columns[below.column][0], columns[below.column + below.column_span - 1][1]
    return follows(above.lines, first, x0, x1)


def _tight(run: Sequence[Line]) -> float:
    """Return the distance of baselines up to which lines of a table may belong to one row; 0 where all are alike.

    Rows stand further apart than the lines of a cell where any cell has several.
    """
    steps = [b.box.bottom - a.box.bottom for a, b in itertools.pairwise(run)]
    least, most = min(steps, default=0.0), max(steps, default=0.0)
    return _CLOSE * least if most > _CLOSE * least * _CLOSE else 0.0


def edges_of(columns: Columns) -> list[float]:
    """Return where columns part, in the middle of the white between them, and the outer edges."""
    return [columns[0][0], *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)), columns[-1][1]]


def _middle(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2


def cells_of(row: Sequence[Line], number: int, columns: Columns, edges: Sequence[float]) -> list[CellDraft]:
    """Return the cells of a row; a segment over several columns is a cell merged over them."""
    cells: dict[int, CellDraft] = {}
    for line in row:
        for segment in line.segments:
            first, last = span_of(segment, columns) or (0, 0)
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
