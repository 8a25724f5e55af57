"""Running text in columns: which lines stand in one column, how wide it is, and in which order columns read."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from thaita.extract.readers.page.layout import Item
from thaita.extract.readers.page.lines import Line
from thaita.extract.readers.page.paragraphs import goes_on, usual_pitch
from thaita.models.document import Box

GUTTER = 1.0
"""Ems of white, from the top of the columns to their foot, that part them."""

_LEAST = 3
"""Lines that a column has at least."""

_READS_ON = 0.25
"""Share of a column's lines that had no room for the next line's first word, at least."""

_ALIKE = 0.12
"""Share by which the widths of newspaper columns differ at most."""

_FULL = 0.7
"""Share of the lines of the fullest column that each column has, as far down as it goes."""

_LEVEL = 0.5
"""Type sizes by which lines on one level differ in height."""

_NEAR = 0.9
"""The same for a line in the midst of a paragraph, beside which no row begins."""

_NEXT = 5.0
"""Type sizes between the baselines of a run of lines and the line right above it at most."""

_LONG = 7.0
"""Ems that half of the lines of running text are long at least."""

White = tuple[float, float]


def with_text_columns(items: Sequence[Item]) -> list[Item]:
    """Return the items of a page with lines that stand in columns of text put one column after the other.

    Each line of such a column knows its edges. Columns whose rows begin on one level, and differ in width
    or leave blanks, are a table, and stay as they are.
    """
    result: list[Item] = []
    stretch: list[Line] = []
    for item in items:
        if isinstance(item, Line) and item.upright:
            stretch.append(item)
            continue
        result += _in_columns(stretch)
        stretch = []
        result.append(item)
    return [*result, *_in_columns(stretch)]


def _in_columns(lines: Sequence[Line]) -> list[Line]:
    """Return lines with each run of them that stands in columns of text in its reading order."""
    if sum(len(line.segments) > 1 for line in lines) + _beside(lines) < _LEAST:
        return list(lines)
    result: list[Line] = []
    i = 0
    while i < len(lines):
        run, whites = _run(lines, i)
        columns = _columns(run, whites) if len(run) >= _LEAST else []
        if columns and not _begun_above(lines, i, whites) and _is_text(columns):
            result += [line for column in columns for line in _with_edges(column, columns)]
            i += len(run)
        else:
            result.append(lines[i])
            i += 1
    return result


def _begun_above(lines: Sequence[Line], start: int, whites: Sequence[White]) -> bool:
    """Tell whether the line right above a run shows the same columns: the run is the rest of a table or of cards."""
    if not start:
        return False
    above, line = lines[start - 1], lines[start]
    if line.box.bottom - above.box.bottom > _NEXT * line.size:
        return False
    return any(_parts(white, [above]) for white in _less(whites, above, GUTTER * above.size))


def _beside(lines: Sequence[Line]) -> int:
    """Return how many lines stand right or left of the line before them, as in columns that are out of step."""
    return sum(
        b.box.top < a.box.bottom + _LEVEL * b.size and (b.box.x0 >= a.box.x1 or b.box.x1 <= a.box.x0)
        for a, b in itertools.pairwise(lines)
    )


def _run(lines: Sequence[Line], start: int) -> tuple[list[Line], list[White]]:
    """Return the lines from one on that leave a gutter white, and the gutters."""
    right = max(line.box.x1 for line in lines)
    left = min(line.box.x0 for line in lines)
    run: list[Line] = []
    whites: list[White] = [(left, right)]
    best: tuple[int, list[White]] = (0, [])
    first = lines[start]
    if len(first.segments) < 2 and (start + 1 == len(lines) or not _beside(lines[start : start + 2])):
        return [], []
    for line in lines[start:]:
        whites = _less(whites, line, GUTTER * line.size)
        if not whites:
            break
        run.append(line)
        inner = [white for white in whites if _parts(white, run)]
        if inner:
            best = len(run), inner
    return run[: best[0]], best[1]


def _less(whites: Sequence[White], line: Line, least: float) -> list[White]:
    """Return what a line leaves white of stretches of the page's width."""
    for segment in line.segments:
        parts = [
            part
            for a, b in whites
            for part in ((a, min(b, segment.x0)), (max(a, segment.x1), b))
            if part[1] - part[0] >= least
        ]
        whites = list(dict.fromkeys(parts))
    return list(whites)


def _parts(white: White, run: Sequence[Line]) -> bool:
    """Tell whether the last line has text on one side of a gutter, and some line has text on the other."""
    sides = [
        (segment.x1 <= white[0] + 0.01, segment.x0 >= white[1] - 0.01)
        for line in run
        for segment in line.segments
    ]
    return any(side[0] for side in sides) and any(side[1] for side in sides)


def _columns(run: Sequence[Line], whites: Sequence[White]) -> list[list[Line]]:
    """Return the lines of each column, from top to bottom; segments of a line that share a column stay one."""
    edges = sorted((a + b) / 2 for a, b in whites)
    columns: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for line in run:
        for number, group in itertools.groupby(
            line.segments, key=lambda segment: sum(segment.x0 >= edge for edge in edges)
        ):
            segments = tuple(group)
            box = Box(segments[0].x0, line.box.top, segments[-1].x1, line.box.bottom)
            last = segments[-1] is line.segments[-1]
            columns[number].append(replace(line, segments=segments, box=box, spaced=line.spaced and last))
    return columns


def _is_text(columns: Sequence[Sequence[Line]]) -> bool:
    """Tell whether columns are running text: each reads on from line to line, and they are no table's."""
    if len(columns) < 2 or any(len(column) < _LEAST for column in columns[:-1]) or len(columns[-1]) < 2:
        return False
    if any(_reads_on(column) < _READS_ON for column in columns[:-1]) or not all(map(_is_prose, columns)):
        return False
    if _are_alike(columns) and _are_full(columns) and not _are_cards(columns):
        return True
    return len(columns) == 2 and not _has_rows(columns)


def _is_prose(column: Sequence[Line]) -> bool:
    """Tell whether the lines of a column are long enough for sentences, and few are figures."""
    long = sum(line.box.x1 - line.box.x0 >= _LONG * line.size for line in column)
    return long >= 0.5 * len(column)


def _edges(column: Sequence[Line]) -> tuple[float, float]:
    return min(line.box.x0 for line in column), max(line.box.x1 for line in column)


def _starts(column: Sequence[Line]) -> list[bool]:
    """Return, for each line of a column, whether it begins a paragraph: it does not read on from the one above."""
    left, right = _edges(column)
    pitch = usual_pitch(column)
    later = (not goes_on([a], b, left, right, pitch) for a, b in itertools.pairwise(column))
    return [True, *later]


def _reads_on(column: Sequence[Line]) -> float:
    starts = _starts(column)[1:]
    return starts.count(False) / max(1, len(starts))


def _are_alike(columns: Sequence[Sequence[Line]]) -> bool:
    widths = [right - left for left, right in map(_edges, columns)]
    return max(widths) - min(widths) <= _ALIKE * max(widths)


def _are_full(columns: Sequence[Sequence[Line]]) -> bool:
    """Tell whether no column leaves blanks beside lines of another, but for the end of the shorter one."""
    foot = min(column[-1].box.bottom for column in columns)
    counts = [sum(line.box.top < foot for line in column) for column in columns]
    return min(counts) >= _FULL * max(counts)


def _are_cards(columns: Sequence[Sequence[Line]]) -> bool:
    """Tell whether a line of its own heads each column, and all columns begin their paragraphs on the same levels."""
    near = _LEVEL * columns[0][0].size
    starts = [list(zip(column, _starts(column), strict=True)) for column in columns]
    levels = [[line.box.bottom for line, begins in own if begins] for own in starts]
    return all(own[1][1] for own in starts) and all(
        len(own) == len(levels[0]) and all(abs(a - b) <= near for a, b in zip(own, levels[0], strict=True))
        for own in levels
    )


def _has_rows(columns: Sequence[Sequence[Line]]) -> bool:
    """Tell whether some column begins its paragraphs only where no other is in the midst of one."""
    starts = [
        list(zip(((line.box.top + line.box.bottom) / 2 for line in column), _starts(column), strict=True))
        for column in columns
    ]
    near = _NEAR * columns[0][0].size

    def crosses(own: list[tuple[float, bool]], others: list[list[tuple[float, bool]]]) -> bool:
        return any(
            begins and not other_begins and abs(y - other_y) <= near
            for y, begins in own[1:]
            for other in others
            for other_y, other_begins in other
        )

    return any(
        sum(begins for _, begins in own) > 1 and not crosses(own, [x for x in starts if x is not own])
        for own in starts
    )


def _with_edges(column: Sequence[Line], columns: Sequence[Sequence[Line]]) -> list[Line]:
    """Return the lines of a column with its edges; columns of one width lend each other their widest line."""
    left, right = _edges(column)
    if _are_alike(columns):
        right = max(right, left + max(b - a for a, b in map(_edges, columns)))
    return [replace(line, edges=(left, right)) for line in column]
