"""Tables of findings or measures without ruling lines: heads give the columns, and cells that begin on one level a row.

Fields such as an owner or a period are short, and titles and steps take several lines each; so most lines of such a
table have fewer segments than it has columns.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from thaita.extract.readers.page.layout import PageItem, TableDraft
from thaita.extract.readers.page.lines import Line, Segment
from thaita.extract.readers.page.table_rows import Columns, row_cells
from thaita.models.document import Box
from thaita.models.roles import DESCRIBE, SUBJECTS, Role
from thaita.normalize.dates import parse_period
from thaita.normalize.field_words import leading_role
from thaita.normalize.headings import match_heading
from thaita.normalize.owners import names_units

_LEAST_COLUMNS = 3
_LEAST_HEADS = 0.6
"""Minimum share of the segments of a line that read as heads."""
_ALIGNED = 0.5, 2.5
"""Maximum distance in ems of a cell's text to the left and, as in a list, to the right of the start of its head."""
_LEVEL = 0.95
"""Maximum difference in height, in ems, of the first lines of a row: fonts differ."""
_UNEVEN = 0.25
"""The same from which the rows of a table are uncertain."""
_PITCH = 2.6
"""Maximum distance in ems of the lines of a table."""
_SPLIT = 1.5
"""Maximum distance in ems of a space from the start of a column at which a segment is divided."""
_OPEN_GAP = 1.25
"""Minimum gap before a row, relative to the distance of the lines in a cell."""


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """A table, and the number of lines that it takes."""

    table: TableDraft
    lines: int


def headed_table(items: Sequence[PageItem], first: int) -> HeadedTable | None:
    """Return the table of findings or measures whose heads stand in the line at `first`; None if there is none."""
    head = items[first]
    if not isinstance(head, Line) or not _is_head(head):
        return None
    starts = [segment.x0 for segment in head.segments]
    lines = [head]
    for item in items[first + 1 :]:
        placed = _placed(item, starts) if isinstance(item, Line) and item.upright else None
        if placed is None or placed.box.bottom - lines[-1].box.bottom > _PITCH * max(head.size, placed.size):
            break
        lines.append(placed)
    levels, uneven = _levels(lines[1:], starts)
    if len(levels) < 2:
        return None
    if uneven:
        lines = [replace(line, uncertain=True) for line in lines]
    right = max(segment.x1 for line in lines for segment in line.segments)
    columns = list(zip(starts, [start - 0.1 for start in starts[1:]] + [right], strict=True))
    rows = _rows(lines, levels)
    edges = [starts[0], *starts[1:], right]
    cells = [cell for r, row in enumerate(rows) for cell in row_cells(row, r, _shifted(columns), edges)]
    box = Box(starts[0], head.box.top, right, lines[-1].box.bottom)
    return HeadedTable(TableDraft(len(rows), len(columns), cells, box, drawn=False), len(lines))


def _is_head(line: Line) -> bool:
    """Return whether a line holds the heads of findings beside their subjects, or of measures beside owners or periods."""
    if len(line.segments) < _LEAST_COLUMNS:
        return False
    roles = [_head_role(segment.text) for segment in line.segments]
    known = [role for role in roles if role is not None]
    if len(known) < _LEAST_HEADS * len(roles) or Role.SCORE in known:
        return False
    if Role.FINDING in known and (known.count(Role.FINDING) > 1 or SUBJECTS & set(known)):
        return True
    return (
        bool({Role.OWNER, Role.PERIOD, Role.STATUS} & set(known))
        and len(set(known) & (DESCRIBE | {Role.TITLE})) > 1
    )


def _head_role(text: str) -> Role | None:
    heading = match_heading(text)
    return heading.role if heading is not None else leading_role(text)


def _placed(line: Line, starts: Sequence[float]) -> Line | None:
    """Return a line with its segments divided at the columns; None if one begins beside all of them."""
    segments: list[Segment] = []
    for segment in line.segments:
        parts = _divided(segment, starts, line.size)
        if parts is None or any(_is_beside(part, starts, line.size) for part in parts):
            return None
        segments += parts
    return replace(line, segments=tuple(segments))


def _is_beside(segment: Segment, starts: Sequence[float], size: float) -> bool:
    """Return whether a segment begins too far from the head of the column in which it stands."""
    shift = (segment.x0 - starts[_column(segment, starts, size)]) / size
    return not -_ALIGNED[0] <= shift <= _ALIGNED[1]


def _divided(segment: Segment, starts: Sequence[float], size: float) -> list[Segment] | None:
    """Return a segment in parts, divided at the space nearest to each column that it runs into; None if it has none."""
    inside = [start for start in starts if segment.x0 + size < start < segment.x1 - 0.2 * size]
    if not inside:
        return [segment]
    widths = [0 if unicodedata.category(char) == "Mn" else 1 for char in segment.text]
    unit = (segment.x1 - segment.x0) / max(1, sum(widths))
    at = inside[0]
    spaces = [i for i, char in enumerate(segment.text) if char == " "]
    places = {i: segment.x0 + unit * sum(widths[: i + 1]) for i in spaces}
    best = min(places, key=lambda i: abs(places[i] - at), default=None)
    if best is None or abs(places[best] - at) > _SPLIT * size:
        return None
    left = Segment(segment.text[:best].rstrip(), segment.x0, min(at - 0.1 * size, places[best]))
    rest = _divided(Segment(segment.text[best + 1 :].lstrip(), at, segment.x1), starts, size)
    return None if rest is None else [left, *rest]


def _column(segment: Segment, starts: Sequence[float], size: float) -> int:
    """Return the column in which a segment begins."""
    return max(0, sum(start - _ALIGNED[0] * size <= segment.x0 for start in starts) - 1)


def _levels(lines: Sequence[Line], starts: Sequence[float]) -> tuple[list[float], bool]:
    """Return the heights at which rows begin, and whether their first lines are uneven, so that rows are uncertain.

    Every column has a line at such a height, and one of them leaves a gap before it.
    """
    cells: list[list[tuple[float, str]]] = [[] for _ in starts]
    for line in lines:
        for segment in line.segments:
            cells[_column(segment, starts, line.size)].append((line.box.bottom, segment.text))
    if any(not cell for cell in cells):
        return [], False
    size = max(line.size for line in lines)
    steps = [b[0] - a[0] for cell in cells for a, b in pairwise(cell)]
    pitch = min(steps, default=0.0)
    levels: list[float] = []
    uneven = False
    used = [-1] * len(cells)
    for at, _ in cells[0]:
        near = [
            next((k for k, (y, _) in enumerate(cell) if k > last and abs(y - at) <= _LEVEL * size), None)
            for cell, last in zip(cells, used, strict=True)
        ]
        found = [k for k in near if k is not None]
        if len(found) == len(cells) and (not levels or _opens(cells, found, pitch)):
            tops = [cell[k][0] for cell, k in zip(cells, found, strict=True)]
            uneven = uneven or max(tops) - min(tops) > _UNEVEN * size
            levels.append(min(tops))
            used = found
    return levels, uneven


def _opens(cells: Sequence[Sequence[tuple[float, str]]], found: Sequence[int], pitch: float) -> bool:
    """Return whether a level opens a row: a cell has a gap above it, or short fields are complete above and below."""
    for cell, k in zip(cells, found, strict=True):
        if k and cell[k][0] - cell[k - 1][0] > _OPEN_GAP * pitch:
            return True
    return any(
        k and (_is_field(cell[k][1]) and _is_field(cell[k - 1][1]))
        for cell, k in zip(cells, found, strict=True)
    )


def _is_field(text: str) -> bool:
    period = parse_period(text)
    return names_units(text) or period.start is not None or period.end is not None


def _rows(lines: Sequence[Line], levels: Sequence[float]) -> list[list[Line]]:
    """Return the lines of the heads and of each row."""
    rows: list[list[Line]] = [[]]
    for line in sorted(lines, key=lambda one: one.box.bottom):
        while len(rows) <= len(levels) and line.box.bottom >= levels[len(rows) - 1] - 0.1:
            rows.append([])
        rows[-1].append(line)
    return rows


def _shifted(columns: Columns) -> Columns:
    """Return the columns moved a little to the left, as digits begin left of letters."""
    return [(x0 - 2.0, x1 - 2.0) for x0, x1 in columns[:-1]] + [(columns[-1][0] - 2.0, columns[-1][1])]
