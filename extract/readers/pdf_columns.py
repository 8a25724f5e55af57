"""Tables without full ruling: lines whose segments stand in the same columns, line after line."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from thaita.extract.readers.pdf_layout import CellDraft, Item, TableDraft
from thaita.extract.readers.pdf_lines import Line, Segment
from thaita.extract.readers.pdf_page import Rule
from thaita.extract.readers.pdf_paragraphs import begins_item, follows
from thaita.extract.readers.pdf_stripes import stripe_rules
from thaita.models.document import Box
from thaita.normalize.fold import fold

_ROWS = 3
"""Lines with the same columns that make a table; two may stand side by side by chance."""

_APART = 2.6
"""Type sizes between the baselines of lines of one table at most."""

_STRIP = 1.0
"""Ems of white that part two columns at least, on every line."""

_BANDS = 4
"""Ruling lines across a table from which each band between two of them is a row."""

_PAGE_NUMBER = re.compile(r"[-.…]*\d{1,3}")

_CLOSE = 1.08
"""How much further apart than the closest the lines of one cell may be; rows are that much further again."""

_FIGURE = re.compile(r"[-–]|[(]?[0-9]+(?:[.,][0-9]+)*%?[)]?")

Columns = list[tuple[float, float]]


def with_column_tables(
    items: Sequence[Item], rules: Iterable[Rule], fills: Sequence[Box] = ()
) -> list[Item]:
    """Return the items of a page with runs of lines that stand in columns turned into tables.

    Rules across a table, and areas of colour that make stripes of it, part its rows. A table of contents
    (a second column of nothing but page numbers) stays lines.
    """
    flat = [rule for rule in rules if rule.horizontal]
    flat += stripe_rules(fills)
    result: list[Item] = []
    i = 0
    while i < len(items):
        run = _run(items, i)
        columns = _columns(run)
        if columns:
            run = _in_columns(run, columns)
            table = _table(run, columns, flat)
            if table is not None:
                result.append(table)
                i += len(run)
                continue
        result.append(items[i])
        i += 1
    return result


def _run(items: Sequence[Item], start: int) -> list[Line]:
    """Return the lines from one of several segments on that follow each other closely."""
    run: list[Line] = []
    for item in items[start:]:
        if not isinstance(item, Line) or not item.upright:
            break
        if not run and len(item.segments) < 2:
            break
        if run and item.box.bottom - run[-1].box.bottom > _APART * max(item.size, run[-1].size):
            break
        run.append(item)
    return run


def _columns(run: Sequence[Line]) -> Columns:
    """Return where the columns begin and end, told by the lines that have the commonest number of segments."""
    counts = Counter(len(line.segments) for line in run if len(line.segments) > 1)
    if not counts:
        return []
    number, lines = max(counts.items(), key=lambda pair: (pair[1] >= _ROWS, pair[0]))
    if lines < _ROWS:
        return []
    modal = [line for line in run if len(line.segments) == number]
    columns = [
        (min(line.segments[i].x0 for line in modal), max(line.segments[i].x1 for line in modal))
        for i in range(number)
    ]
    strip = _STRIP * modal[0].size
    apart = all(b[0] - a[1] >= strip for a, b in itertools.pairwise(columns))
    return columns if apart else []


def _in_columns(run: Sequence[Line], columns: Columns) -> list[Line]:
    """Return the lines at the beginning of a run that fit the columns, up to the last of several segments."""
    fitting: list[Line] = []
    for line in run:
        spans = [_span(segment, columns) for segment in line.segments]
        if any(span is None for span in spans) or (len(spans) == 1 and len(set(spans[0] or ())) > 1):
            break
        fitting.append(line)
    while fitting and len(fitting[-1].segments) < 2 and begins_item(fitting[-1]):
        fitting.pop()
    return fitting


def _span(segment: Segment, columns: Columns) -> tuple[int, int] | None:
    """Return the first and last column that a segment stands in or over, or None if it is in none."""
    over = [i for i, (x0, x1) in enumerate(columns) if segment.x0 < x1 and segment.x1 > x0]
    return (over[0], over[-1]) if over else None


def _table(run: Sequence[Line], columns: Columns, rules: Sequence[Rule]) -> TableDraft | None:
    full = [line for line in run if len(line.segments) > 1]
    if len(full) < _ROWS or _is_contents(full):
        return None
    box = Box(
        min(columns[0][0], *(line.box.x0 for line in run)),
        run[0].box.top,
        max(columns[-1][1], *(line.box.x1 for line in run)),
        run[-1].box.bottom,
    )
    rows = _rows(run, columns, _bands(rules, box))
    edges = [box.x0, *_edges(columns)[1:-1], box.x1]
    cells = [cell for r, row in enumerate(rows) for cell in _cells(row, r, columns, edges)]
    return TableDraft(len(rows), len(columns), cells, box, drawn=False)


def _is_contents(lines: Sequence[Line]) -> bool:
    numbers = sum(bool(_PAGE_NUMBER.fullmatch(fold(line.segments[-1].text))) for line in lines)
    return len(lines[0].segments) == 2 and numbers > 0.7 * len(lines)


def _bands(rules: Sequence[Rule], box: Box) -> list[float]:
    """Return the heights of the lines ruled across a table, from top to bottom."""
    wide = [
        rule.top
        for rule in rules
        if min(rule.x1, box.x1) - max(rule.x0, box.x0) >= 0.8 * (box.x1 - box.x0)
        and box.top - 30 <= rule.top <= box.bottom + 30
    ]
    return sorted(set(wide))


def _rows(run: Sequence[Line], columns: Columns, bands: Sequence[float]) -> list[list[Line]]:
    """Return the lines by row: those of a ruled band, else as the text and the white between lines tell."""
    rows: list[list[Line]] = []
    tight = _tight(run)
    for line in run:
        if rows and len(bands) >= _BANDS:
            same = _band(bands, line) == _band(bands, rows[-1][-1])
        else:
            same = bool(rows) and _same_row(rows[-1], line, columns, bands, tight)
        if same:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _band(bands: Sequence[float], line: Line) -> int:
    return bisect_right(bands, _middle(line))


def _same_row(
    row: Sequence[Line], line: Line, columns: Columns, bands: Sequence[float], tight: float
) -> bool:
    """Tell whether a line goes on with the cells of a row.

    A line without text in the first column does. Others do where every cell reads on: none begins an item
    or holds a figure below a figure, each had no room for the next word, and the line is set as close as
    the lines of a cell are.
    """
    if bands and _band(bands, line) != _band(bands, row[-1]):
        return False
    filled = {column for segment in line.segments for column in _span(segment, columns) or ()}
    if 0 not in filled or (filled == {0} and not begins_item(line)):
        return True
    if line.box.bottom - row[-1].box.bottom > tight:
        return False
    cells = {cell.column: cell for cell in _cells([*row], 0, columns, _edges(columns))}
    return all(
        _reads_on(cells[cell.column], cell, columns)
        for cell in _cells([line], 0, columns, _edges(columns))
        if cell.lines
    )


def _reads_on(above: CellDraft | None, below: CellDraft, columns: Columns) -> bool:
    """Tell whether a cell's text had no room for what stands below it, and neither is a figure."""
    if above is None or above.column_span != below.column_span or not above.lines:
        return False
    last, first = above.lines[-1], below.lines[0]
    if _FIGURE.fullmatch(fold(first.text)) or _FIGURE.fullmatch(fold(last.text)):
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


def _edges(columns: Columns) -> list[float]:
    return [columns[0][0], *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)), columns[-1][1]]


def _middle(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2


def _cells(row: Sequence[Line], number: int, columns: Columns, edges: Sequence[float]) -> list[CellDraft]:
    """Return the cells of a row; a segment over several columns is a cell merged over them."""
    cells: dict[int, CellDraft] = {}
    for line in row:
        for segment in line.segments:
            first, last = _span(segment, columns) or (0, 0)
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
