"""Running text in columns: which lines form one column, how wide it is, and the reading order of the columns."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from thaita.extract.readers.page.content import count_letters
from thaita.extract.readers.page.layout import PageItem
from thaita.extract.readers.page.lines import Line, common_look
from thaita.extract.readers.page.paragraphs import continues_paragraph, starts_list_item, usual_pitch
from thaita.models.document import Box
from thaita.models.roles import Role
from thaita.normalize.headings import match_heading

GUTTER = 1.0
"""Minimum white space in ems between columns, over their whole height."""

_MIN_LINES = 3
"""Minimum number of lines in a column."""

_MIN_CONTINUED = 0.25
"""Minimum share of a column's lines that had no room for the first word of the next line."""

_WIDTH_TOLERANCE = 0.12
"""Maximum difference of the widths of newspaper columns, as a share."""

_MIN_FILL = 0.7
"""Minimum number of lines in each column, as a share of those in the fullest column over the same height."""

_LEVEL_TOLERANCE = 0.5
"""Maximum difference in height, in type sizes, of lines on one level."""

_MIDDLE_TOLERANCE = 0.9
"""The same for a line in the middle of a paragraph, beside which no row starts."""

_MAX_DISTANCE_ABOVE = 5.0
"""Maximum baseline distance, in type sizes, from a run of lines to the line directly above it."""

_LISTED = 0.5
"""Minimum share of the lines below a heading that begin an item of its list."""

_MIN_LENGTH = 7.0
"""Minimum length in ems of half the lines of running text."""

_KEY = re.compile(r"\s*[^\s:：][^:：]{1,24}[:：]\s*\S")
"""A line of a key and its value."""

Gap = tuple[float, float]


def with_columns_ordered(items: Sequence[PageItem]) -> list[PageItem]:
    """Return the items of a page with text columns put one after the other.

    Each line of such a column knows its edges. Columns whose rows start on the same levels, and that differ
    in width or have blanks, are a table and stay unchanged.
    """
    result: list[PageItem] = []
    stretch: list[Line] = []
    for item in items:
        if isinstance(item, Line) and item.upright:
            stretch.append(item)
            continue
        result += _in_column_order(stretch)
        stretch = []
        result.append(item)
    return [*result, *_in_column_order(stretch)]


def _in_column_order(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, with each run that forms text columns in reading order."""
    if sum(len(line.segments) > 1 for line in lines) + _count_side_by_side(lines) < _MIN_LINES:
        return list(lines)
    result: list[Line] = []
    i = 0
    while i < len(lines):
        run, gaps = _column_run(lines, i)
        columns = _columns(run, gaps) if len(run) >= _MIN_LINES else []
        number = columns.pop() if len(columns) > 2 and _is_page_number(columns[-1]) else []
        if columns and not _continues_from_above(lines, i, gaps) and _is_running_text(columns):
            result += [line for column in columns for line in _with_edges(column, columns)] + number
            i += len(run)
        else:
            result.append(lines[i])
            i += 1
    return result


def _is_page_number(column: Sequence[Line]) -> bool:
    """Return whether a column is only the number of the page, in its corner."""
    return len(column) == 1 and column[0].text.strip("- ").isdigit()


def _continues_from_above(lines: Sequence[Line], start: int, gaps: Sequence[Gap]) -> bool:
    """Return whether the line directly above a run shows the same columns: the run is the rest of a table or of cards."""
    if not start:
        return False
    above, line = lines[start - 1], lines[start]
    if line.box.bottom - above.box.bottom > _MAX_DISTANCE_ABOVE * line.size:
        return False
    return any(_separates_text(white, [above]) for white in _remaining_gaps(gaps, above, GUTTER * above.size))


def _count_side_by_side(lines: Sequence[Line]) -> int:
    """Return how many lines are beside the previous line, as in columns whose baselines do not match."""
    return sum(
        b.box.top < a.box.bottom + _LEVEL_TOLERANCE * b.size
        and (b.box.x0 >= a.box.x1 or b.box.x1 <= a.box.x0)
        for a, b in itertools.pairwise(lines)
    )


def _column_run(lines: Sequence[Line], start: int) -> tuple[list[Line], list[Gap]]:
    """Return the lines from `start` on that leave a gutter white, and the gutters."""
    right = max(line.box.x1 for line in lines)
    left = min(line.box.x0 for line in lines)
    run: list[Line] = []
    gaps: list[Gap] = [(left, right)]
    best: tuple[int, list[Gap]] = (0, [])
    first = lines[start]
    if len(first.segments) < 2 and (
        start + 1 == len(lines) or not _count_side_by_side(lines[start : start + 2])
    ):
        return [], []
    for line in lines[start:]:
        gaps = _remaining_gaps(gaps, line, GUTTER * line.size)
        if not gaps:
            break
        run.append(line)
        inner = [white for white in gaps if _separates_text(white, run)]
        if inner:
            best = len(run), inner
    return run[: best[0]], best[1]


def _remaining_gaps(gaps: Sequence[Gap], line: Line, least: float) -> list[Gap]:
    """Return what remains white of horizontal gaps after a line is drawn over them."""
    for segment in line.segments:
        parts = [
            part
            for a, b in gaps
            for part in ((a, min(b, segment.x0)), (max(a, segment.x1), b))
            if part[1] - part[0] >= least
        ]
        gaps = list(dict.fromkeys(parts))
    return list(gaps)


def _separates_text(white: Gap, run: Sequence[Line]) -> bool:
    """Return whether a gutter has text on both sides."""
    sides = [
        (segment.x1 <= white[0] + 0.01, segment.x0 >= white[1] - 0.01)
        for line in run
        for segment in line.segments
    ]
    return any(side[0] for side in sides) and any(side[1] for side in sides)


def _columns(run: Sequence[Line], gaps: Sequence[Gap]) -> list[list[Line]]:
    """Return the lines of each column, from top to bottom; segments of a line that share a column stay together."""
    edges = sorted((a + b) / 2 for a, b in gaps)
    columns: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for line in run:
        for number, group in itertools.groupby(
            line.segments, key=lambda segment: sum(segment.x0 >= edge for edge in edges)
        ):
            segments = tuple(group)
            box = Box(segments[0].x0, line.box.top, segments[-1].x1, line.box.bottom)
            first, last = segments[0] is line.segments[0], segments[-1] is line.segments[-1]
            bold = common_look(segment.bold for segment in segments)
            letters = sum(count_letters(segment.text) for segment in segments)
            lead = letters if bold else min(line.lead, letters) if first else 0
            part = replace(
                line, segments=segments, box=box, spaced=line.spaced and last, bold=bold, lead=lead
            )
            columns[number].append(part)
    return columns


def _is_running_text(columns: Sequence[Sequence[Line]]) -> bool:
    """Return whether columns are running text: each reads on from line to line, and they are not a table."""
    if len(columns) < 2 or any(len(column) < _MIN_LINES for column in columns[:-1]) or len(columns[-1]) < 2:
        return False
    if all(map(_is_headed_list, columns)):
        return True
    if any(_continued_share(column) < _MIN_CONTINUED for column in columns[:-1]) or not all(
        map(_is_prose, columns)
    ):
        return False
    if _are_alike(columns) and _are_full(columns) and not _are_cards(columns):
        return True
    return len(columns) == 2 and not _has_rows(columns)


def _is_headed_list(column: Sequence[Line]) -> bool:
    """Return whether a column is a heading, bold or known, and a list or lines of keys: it is read as a whole."""
    head = next((i for i, line in enumerate(column) if not (line.bold or _is_heading(line))), len(column))
    rest = column[head:]
    items = sum(starts_list_item(line) or _KEY.match(line.text) is not None for line in rest)
    return head > 0 and items > 0 and items >= _LISTED * len(rest) and not any(line.bold for line in rest)


def _is_heading(line: Line) -> bool:
    heading = match_heading(line.text)
    return heading is not None and heading.role is Role.FINDING


def _is_prose(column: Sequence[Line]) -> bool:
    """Return whether at least half of a column's lines are long enough for sentences."""
    long = sum(line.box.x1 - line.box.x0 >= _MIN_LENGTH * line.size for line in column)
    return long >= 0.5 * len(column)


def _edges(column: Sequence[Line]) -> tuple[float, float]:
    return min(line.box.x0 for line in column), max(line.box.x1 for line in column)


def _paragraph_starts(column: Sequence[Line]) -> list[bool]:
    """Return, for each line of a column, whether it starts a paragraph, that is, does not continue the line above."""
    left, right = _edges(column)
    pitch = usual_pitch(column)
    later = (not continues_paragraph([a], b, left, right, pitch) for a, b in itertools.pairwise(column))
    return [True, *later]


def _continued_share(column: Sequence[Line]) -> float:
    starts = _paragraph_starts(column)[1:]
    return starts.count(False) / max(1, len(starts))


def _are_alike(columns: Sequence[Sequence[Line]]) -> bool:
    widths = [right - left for left, right in map(_edges, columns)]
    return max(widths) - min(widths) <= _WIDTH_TOLERANCE * max(widths)


def _are_full(columns: Sequence[Sequence[Line]]) -> bool:
    """Return whether no column leaves blanks beside lines of another, except at the end of the shorter one."""
    foot = min(column[-1].box.bottom for column in columns)
    counts = [sum(line.box.top < foot for line in column) for column in columns]
    return min(counts) >= _MIN_FILL * max(counts)


def _are_cards(columns: Sequence[Sequence[Line]]) -> bool:
    """Return whether each column has its own heading line and all columns start paragraphs on the same levels."""
    near = _LEVEL_TOLERANCE * columns[0][0].size
    starts = [list(zip(column, _paragraph_starts(column), strict=True)) for column in columns]
    levels = [[line.box.bottom for line, begins in own if begins] for own in starts]
    return all(own[1][1] for own in starts) and all(
        len(own) == len(levels[0]) and all(abs(a - b) <= near for a, b in zip(own, levels[0], strict=True))
        for own in levels
    )


def _has_rows(columns: Sequence[Sequence[Line]]) -> bool:
    """Return whether some column starts its paragraphs only where no other column is in the middle of one."""
    starts = [
        list(
            zip(
                ((line.box.top + line.box.bottom) / 2 for line in column),
                _paragraph_starts(column),
                strict=True,
            )
        )
        for column in columns
    ]
    near = _MIDDLE_TOLERANCE * columns[0][0].size

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
    """Return the lines of a column with its edges; columns of equal width share the edges of the widest line."""
    left, right = _edges(column)
    if _are_alike(columns):
        right = max(right, left + max(b - a for a, b in map(_edges, columns)))
    return [replace(line, edges=(left, right)) for line in column]
