"""Ruled tables: the cells of a page's tables, with row and column spans, from ruling lines."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thaita.extract.readers.page.content import Rule
from thaita.models.document import Box

_SNAP_DISTANCE = 3.0
"""Snapping distance in points for lines that belong together: corners, double lines, pieces of a line."""

_MIN_OPEN_END = 8.0
"""Minimum distance in points by which lines extend past the last crossing line of a table that is open
there."""

_MAX_RULES = 3000
"""A page with more lines than this contains a drawing, not a table."""

_MIN_DRAWN_SHARE = 0.5
"""Share of a cell's edge that must be drawn for the edge to count."""


@dataclass(slots=True)
class LatticeCell:
    """A cell of a ruled table: its position in the grid, its spans, and its rectangle in points."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled table: the positions of its grid lines in points, and its cells from top left to bottom right."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[LatticeCell, ...]
    at: tuple[tuple[int, ...], ...]
    """For each row and column of the grid, the index of the cell that covers it."""

    @property
    def box(self) -> Box:
        """The rectangle that the table fills."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> int | None:
        """Return the index of the cell that contains a point, or None outside the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1:
            return self.at[row][column]
        return None


@dataclass(slots=True)
class Bar:
    """A line in either direction: its position across that direction, and its start and end along it."""

    at: float
    start: float
    end: float


def find_lattices(rules: Iterable[Rule]) -> list[Lattice]:
    """Return the lattices that ruling lines form, from top to bottom.

    Lines that cross no others (underlines, separators) form none; a single rectangle is a lattice of one
    cell.
    """
    flat, upright = _bars(rules)
    if not flat or not upright or len(flat) + len(upright) > _MAX_RULES:
        return []
    lattices = []
    for across, down in _connected_groups(flat, upright):
        lattice = _lattice_from(across, down)
        if lattice is not None:
            lattices.append(lattice)
    return sorted(lattices, key=lambda found: (found.ys[0], found.xs[0]))


def _bars(rules: Iterable[Rule]) -> tuple[list[Bar], list[Bar]]:
    """Return the horizontal and the vertical lines, with the pieces of each line joined."""
    flat, upright = [], []
    for rule in rules:
        x0, top, x1, bottom = rule.x0, rule.top, rule.x1, rule.bottom
        if x1 - x0 >= bottom - top:
            flat.append(Bar((top + bottom) / 2, x0, x1))
        else:
            upright.append(Bar((x0 + x1) / 2, top, bottom))
    return join_bars(flat), join_bars(upright)


def join_bars(bars: list[Bar]) -> list[Bar]:
    """Return bars of one direction with the pieces of each line joined and double lines merged."""
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
            if bar.start - last.end <= _SNAP_DISTANCE:
                last.end = max(last.end, bar.end)
            else:
                joined.append(last)
                last = Bar(places[place], bar.start, bar.end)
        joined.append(last)
    return [bar for bar in joined if bar.end - bar.start > _SNAP_DISTANCE]


def _clusters(values: Iterable[float]) -> list[float]:
    """Return the means of groups of values that lie within the snapping distance of each other."""
    ordered = sorted(values)
    groups = [[ordered[0]]]
    for value in ordered[1:]:
        if value - groups[-1][0] <= _SNAP_DISTANCE:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _nearest(places: Sequence[float], value: float) -> int:
    i = bisect_right(places, value)
    if i == 0 or (i < len(places) and places[i] - value < value - places[i - 1]):
        return i
    return i - 1


def _connected_groups(flat: list[Bar], upright: list[Bar]) -> Iterable[tuple[list[Bar], list[Bar]]]:
    """Yield the groups of lines that are connected by crossing or touching."""
    parent = list(range(len(flat) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for j, bar in enumerate(upright, len(flat)):
        for i, line in enumerate(flat):
            if (
                line.start - _SNAP_DISTANCE <= bar.at <= line.end + _SNAP_DISTANCE
                and bar.start - _SNAP_DISTANCE <= line.at <= bar.end + _SNAP_DISTANCE
            ):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Bar], list[Bar]]] = {}
    for i, bar in enumerate([*flat, *upright]):
        groups.setdefault(root(i), ([], []))[i >= len(flat)].append(bar)
    return groups.values()


def _lattice_from(flat: list[Bar], upright: list[Bar]) -> Lattice | None:
    if not flat or not upright:
        return None
    ys = _with_open_ends(_clusters([bar.at for bar in flat]), upright)
    xs = _with_open_ends(_clusters([bar.at for bar in upright]), flat)
    if len(xs) < 2 or len(ys) < 2:
        return None
    walls = _drawn_edges(xs, ys, upright)
    floors = _drawn_edges(ys, xs, flat)
    return _lattice_with_cells(xs, ys, walls, floors)


def _with_open_ends(places: list[float], crossing: list[Bar]) -> list[float]:
    """Add an end where at least two crossing lines extend past the last line, as at a page break."""
    starts = [bar.start for bar in crossing if bar.start < places[0] - _MIN_OPEN_END]
    ends = [bar.end for bar in crossing if bar.end > places[-1] + _MIN_OPEN_END]
    before = [min(starts)] if len(starts) > 1 else []
    after = [max(ends)] if len(ends) > 1 else []
    return [*before, *places, *after]


def _drawn_edges(places: list[float], across: list[float], bars: list[Bar]) -> list[list[bool]]:
    """Return, for each grid line and each step along it, whether a line is drawn there."""
    drawn = [[0.0] * (len(across) - 1) for _ in places]
    for bar in bars:
        row = drawn[_nearest(places, bar.at)]
        start, end = bar.start, bar.end
        for i, (low, high) in enumerate(itertools.pairwise(across)):
            if start < high and end > low:
                row[i] += ((end if end < high else high) - (start if start > low else low)) / (high - low)
    return [[share >= _MIN_DRAWN_SHARE for share in row] for row in drawn]


def _lattice_with_cells(
    xs: list[float], ys: list[float], walls: list[list[bool]], floors: list[list[bool]]
) -> Lattice | None:
    """Return the lattice whose cells are the largest rectangles that no line divides, in reading order."""
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
            while bottom < rows and _extends_below(floors, walls, at, bottom, column, right):
                bottom += 1
            for r in range(row, bottom):
                at[r][column:right] = [len(cells)] * (right - column)
            box = Box(xs[column], ys[row], xs[right], ys[bottom])
            cells.append(LatticeCell(row, column, bottom - row, right - column, box))
    return Lattice(tuple(xs), tuple(ys), tuple(cells), tuple(map(tuple, at)))


def _extends_below(
    floors: list[list[bool]], walls: list[list[bool]], at: list[list[int]], row: int, left: int, right: int
) -> bool:
    """Return whether a cell extends into a row: no floor above the row, and no wall inside it."""
    return not (
        any(floors[row][left:right])
        or any(walls[column][row] for column in range(left + 1, right))
        or any(number >= 0 for number in at[row][left:right])
    )
