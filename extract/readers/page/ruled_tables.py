"""Ruling lines to lattices: the cells, with row and column spans, of the ruled tables of a page."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thaita.extract.readers.page.content import Rule
from thaita.models.document import Box

_SNAP = 3.0
"""Points by which lines that belong together miss each other: corners, double lines, drawn pieces."""

_OPEN = 8.0
"""Points that lines must reach past the last crossing line for a table to count as open there."""

_MOST = 3000
"""More lines than this on a page are a drawing."""

_COVER = 0.5
"""Share of a cell's edge that must be drawn for the edge to stand."""


@dataclass(slots=True)
class LatticeCell:
    """A cell of a ruled table: its place in the grid, its spans, and its rectangle on the page."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled table: the places of its grid lines, and its cells from top left to bottom right."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[LatticeCell, ...]
    at: tuple[tuple[int, ...], ...]
    """For each row and column of the grid the number of the cell that covers it."""

    @property
    def box(self) -> Box:
        """The rectangle that the table fills."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> int | None:
        """Return the number of the cell in which a point lies, or None outside the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1:
            return self.at[row][column]
        return None


@dataclass(slots=True)
class Bar:
    """A line of either direction: its place across its direction, and where it begins and ends along it."""

    at: float
    start: float
    end: float


def find_lattices(rules: Iterable[Rule]) -> list[Lattice]:
    """Return the lattices that ruling lines form, from top to bottom.

    Lines that cross no others (underlines, separators) form none; a rectangle alone is a lattice of one
    cell.
    """
    flat, upright = _bars(rules)
    if not flat or not upright or len(flat) + len(upright) > _MOST:
        return []
    lattices = []
    for across, down in _crossing(flat, upright):
        lattice = _lattice(across, down)
        if lattice is not None:
            lattices.append(lattice)
    return sorted(lattices, key=lambda found: (found.ys[0], found.xs[0]))


def _bars(rules: Iterable[Rule]) -> tuple[list[Bar], list[Bar]]:
    """Return horizontal and vertical lines, pieces of one line joined."""
    flat, upright = [], []
    for rule in rules:
        x0, top, x1, bottom = rule.x0, rule.top, rule.x1, rule.bottom
        if x1 - x0 >= bottom - top:
            flat.append(Bar((top + bottom) / 2, x0, x1))
        else:
            upright.append(Bar((x0 + x1) / 2, top, bottom))
    return joined_bars(flat), joined_bars(upright)


def joined_bars(bars: list[Bar]) -> list[Bar]:
    """Return bars of one direction, pieces of one line joined, double lines made one."""
    if not bars:
        return []
    heights = [bar.at for bar in bars]
    places = _clusters(heights)
    nearest = {at: _nearest(places, at) for at in set(heights)}
    by_place: dict[int, list[Bar]] = {}
    for bar in bars:
        by_place.setdefault(nearest[bar.at], []).append(bar)
    joined = []
    for place, group in by_place.items():
        group.sort(key=lambda bar: bar.start)
        last = Bar(places[place], group[0].start, group[0].end)
        for bar in group[1:]:
            if bar.start - last.end <= _SNAP:
                last.end = max(last.end, bar.end)
            else:
                joined.append(last)
                last = Bar(places[place], bar.start, bar.end)
        joined.append(last)
    return [bar for bar in joined if bar.end - bar.start > _SNAP]


def _clusters(values: Iterable[float]) -> list[float]:
    """Return the middles of groups of values that lie within the snapping distance of each other."""
    ordered = sorted(values)
    groups = [[ordered[0]]]
    for value in ordered[1:]:
        if value - groups[-1][0] <= _SNAP:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _nearest(places: Sequence[float], value: float) -> int:
    i = bisect_right(places, value)
    if i == 0 or (i < len(places) and places[i] - value < value - places[i - 1]):
        return i
    return i - 1


def _crossing(flat: list[Bar], upright: list[Bar]) -> Iterable[tuple[list[Bar], list[Bar]]]:
    """Yield the groups of lines that hang together by crossing or touching."""
    parent = list(range(len(flat) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for j, bar in enumerate(upright, len(flat)):
        for i, line in enumerate(flat):
            if (
                line.start - _SNAP <= bar.at <= line.end + _SNAP
                and bar.start - _SNAP <= line.at <= bar.end + _SNAP
            ):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Bar], list[Bar]]] = {}
    for i, bar in enumerate([*flat, *upright]):
        groups.setdefault(root(i), ([], []))[i >= len(flat)].append(bar)
    return groups.values()


def _lattice(flat: list[Bar], upright: list[Bar]) -> Lattice | None:
    if not flat or not upright:
        return None
    ys = _with_open_ends(_clusters([bar.at for bar in flat]), upright)
    xs = _with_open_ends(_clusters([bar.at for bar in upright]), flat)
    if len(xs) < 2 or len(ys) < 2:
        return None
    walls = _walls(xs, ys, upright)
    floors = _walls(ys, xs, flat)
    return _cells(xs, ys, walls, floors)


def _with_open_ends(places: list[float], crossing: list[Bar]) -> list[float]:
    """Add an end where at least two crossing lines reach past the last line, as at a page break."""
    starts = [bar.start for bar in crossing if bar.start < places[0] - _OPEN]
    ends = [bar.end for bar in crossing if bar.end > places[-1] + _OPEN]
    before = [min(starts)] if len(starts) > 1 else []
    after = [max(ends)] if len(ends) > 1 else []
    return [*before, *places, *after]


def _walls(places: list[float], across: list[float], bars: list[Bar]) -> list[list[bool]]:
    """Return, by place and by step across, whether a line is drawn there."""
    drawn = [[0.0] * (len(across) - 1) for _ in places]
    for bar in bars:
        row = drawn[_nearest(places, bar.at)]
        start, end = bar.start, bar.end
        for i, (low, high) in enumerate(itertools.pairwise(across)):
            if start < high and end > low:
                row[i] += ((end if end < high else high) - (start if start > low else low)) / (high - low)
    return [[share >= _COVER for share in row] for row in drawn]


def _cells(
    xs: list[float], ys: list[float], walls: list[list[bool]], floors: list[list[bool]]
) -> Lattice | None:
    """Return the lattice whose cells are the largest rectangles that no line parts, in reading order."""
    rows, columns = len(ys) - 1, len(xs) - 1
    at = [[-1] * columns for _ in range(rows)]
    cells: list[LatticeCell] = []
    for row in range(rows):
        for column in range(columns):
            if at[row][column] >= 0:
                continue
            right = column + 1
            while right < columns and not walls[right][row] and at[row][right] < 0:
                right += 1
            bottom = row + 1
            while bottom < rows and _open_below(floors, walls, at, bottom, column, right):
                bottom += 1
            for r in range(row, bottom):
                at[r][column:right] = [len(cells)] * (right - column)
            box = Box(xs[column], ys[row], xs[right], ys[bottom])
            cells.append(LatticeCell(row, column, bottom - row, right - column, box))
    return Lattice(tuple(xs), tuple(ys), tuple(cells), tuple(map(tuple, at)))


def _open_below(
    floors: list[list[bool]], walls: list[list[bool]], at: list[list[int]], row: int, left: int, right: int
) -> bool:
    """Tell whether a cell goes on into a row: no floor above the row, no wall inside it."""
    return not (
        any(floors[row][left:right])
        or any(walls[column][row] for column in range(left + 1, right))
        or any(number >= 0 for number in at[row][left:right])
    )
