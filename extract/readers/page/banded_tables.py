"""Tables whose rows alone are separated, by lines or by colored heads: heads and white space give the columns."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from thaita.extract.readers.page.content import Glyph, PageContent, Rule
from thaita.extract.readers.page.lines import Line, read_lines
from thaita.extract.readers.page.ruled_tables import Bar, Lattice, join_bars
from thaita.models.document import Box, around

_NEAR = 3.0
"""Maximum distance in points of edges that belong together."""

_HEAD_HEIGHT = 8.0, 120.0
"""Minimum and maximum height in points of a colored head: lower areas underline words, higher ones are panels."""

_MIN_BANDS = 3
"""Minimum number of bands from which white space alone gives the columns; below colored heads, one is enough."""

_MIN_COLUMNS = 3
"""Minimum number of columns: two may be a list and its bullets, or two texts side by side."""

_GUTTER = 0.4
"""Minimum white space in ems between two columns, over all rows."""

_MAX_CROSSED = 0.34
"""Maximum share of bands whose text crosses the columns, as titles of groups of rows do."""

_FILLED = 0.5
"""Minimum share of the bands in which each column has text."""

_REACH = 14.0
"""Maximum distance in points from the outermost line to the text of heads above it, or of a last row below it."""

_PITCH = 2.2
"""Maximum baseline distance, in type sizes, of the lines of such a row."""

_OVER = 0.6
"""Points by which text may reach over a wall."""


@dataclass(slots=True)
class _Level:
    """A height that separates rows over the width from `x0` to `x1`: a line, or the edge of a colored area.

    `heads` are the colored areas of the heads that begin here.
    """

    at: float
    x0: float
    x1: float
    heads: tuple[Box, ...] = ()


@dataclass(slots=True)
class _Band:
    """What stands between two levels: its text, and its lines."""

    top: float
    bottom: float
    glyphs: list[Glyph]
    lines: list[Line] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = read_lines(self.glyphs)

    def crosses(self, wall: float) -> bool:
        return any(one.box.x0 < wall - _OVER and _right(one) > wall + _OVER for one in self.glyphs)

    def heights(self, walls: Sequence[float]) -> list[int]:
        """Return the number of lines in each column."""
        edges = [float("-inf"), *walls, float("inf")]
        return [
            len(read_lines([one for one in self.glyphs if low <= (one.box.x0 + one.box.x1) / 2 < high]))
            for low, high in itertools.pairwise(edges)
        ]


def banded_table_rules(content: PageContent, lattices: Sequence[Lattice]) -> list[Rule]:
    """Return the lines around the cells of the tables whose rows alone are separated.

    Tables with drawn cells (`lattices` of more than one cell) stay as they are.
    """
    drawn = [one.box for one in lattices if len(one.cells) > 1]
    flat = join_bars([Bar((r.top + r.bottom) / 2, r.x0, r.x1) for r in content.rules if r.horizontal])
    flat = [bar for bar in flat if not any(_holds(box, bar.start, bar.at) for box in drawn)]
    fills = [box for box in content.fills if not any(_holds(one, box.x0, box.top) for one in drawn)]
    glyphs = [one for one in content.glyphs if one.visible and one.upright and one.text.strip()]
    glyphs.sort(key=_middle)
    rules: list[Rule] = []
    for levels in _groups([*(_Level(bar.at, bar.start, bar.end) for bar in flat), *_head_levels(fills)]):
        for table in _tables(levels, glyphs):
            rules += table
            rules += _parts(flat, table)
    return rules


def _right(glyph: Glyph) -> float:
    """Return the right edge of a text less its last space."""
    return glyph.box.x1 - (0.25 * glyph.size if glyph.text[-1] == " " else 0.0)


def _middle(glyph: Glyph) -> float:
    return (glyph.box.top + glyph.box.bottom) / 2


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 - _NEAR <= x <= box.x1 + _NEAR and box.top - _NEAR <= y <= box.bottom + _NEAR


def _head_levels(fills: Sequence[Box]) -> Iterator[_Level]:
    """Yield the upper and lower edges of colored areas; those that touch each other are the heads of one table."""
    low, high = _HEAD_HEIGHT
    areas = [box for box in fills if low <= box.bottom - box.top <= high]
    groups: list[list[Box]] = []
    for box in sorted(areas, key=lambda one: (one.top, one.x0)):
        near = [group for group in groups if any(_touch(box, other) for other in group)]
        joined = [box, *itertools.chain.from_iterable(near)]
        groups = [*(group for group in groups if group not in near), joined]
    for group in groups:
        whole = around(group)
        if whole.bottom - whole.top <= high:
            yield _Level(whole.top, whole.x0, whole.x1, tuple(group) if len(group) > 1 else ())
            yield _Level(whole.bottom, whole.x0, whole.x1)


def _touch(a: Box, b: Box) -> bool:
    """Return whether two areas lie side by side or one below the other without a gap."""
    beside = min(a.bottom, b.bottom) - max(a.top, b.top)
    over = min(a.x1, b.x1) - max(a.x0, b.x0)
    return min(beside, over) >= -_NEAR / 2 and max(beside, over) > _NEAR


def _groups(levels: Sequence[_Level]) -> list[list[_Level]]:
    """Return the levels of equal width, from top to bottom; those at one height are one."""
    groups: list[list[_Level]] = []
    for level in sorted(levels, key=lambda one: one.at):
        for group in groups:
            last = group[-1]
            if abs(last.x0 - level.x0) <= _NEAR and abs(last.x1 - level.x1) <= _NEAR:
                if level.at - last.at <= _NEAR:
                    last.heads = last.heads or level.heads
                else:
                    group.append(level)
                break
        else:
            groups.append([level])
    return [group for group in groups if len(group) > 1]


def _tables(levels: Sequence[_Level], glyphs: Sequence[Glyph]) -> Iterator[list[Rule]]:
    """Yield the lines of each table between levels of equal width."""
    x0, x1 = levels[0].x0, levels[0].x1
    bands = [_band(glyphs, x0, x1, a.at, b.at) for a, b in itertools.pairwise(levels)]
    first = 0
    while first < len(bands):
        heads = levels[first].heads
        walls, number = _below_heads(bands[first:], heads) if heads else _by_white_space(bands[first:])
        if not walls:
            first += 1
            continue
        table = bands[first : first + number]
        if not heads:
            table = [*_open_band(glyphs, table, walls, x0, x1, above=True), *table]
        table = [*table, *_open_band(glyphs, table, walls, x0, x1, above=False)]
        yield _rules(table, walls, x0, x1, heads)
        first += number


def _band(glyphs: Sequence[Glyph], x0: float, x1: float, top: float, bottom: float) -> _Band:
    first, last = bisect_left(glyphs, top, key=_middle), bisect_left(glyphs, bottom, key=_middle)
    inside = [one for one in glyphs[first:last] if x0 - _NEAR <= one.box.x0 and one.box.x1 <= x1 + _NEAR]
    return _Band(top, bottom, sorted(inside, key=lambda one: one.order))


def _below_heads(bands: Sequence[_Band], heads: Sequence[Box]) -> tuple[list[float], int]:
    """Return the walls between columns that colored heads show, and the number of bands, with that of the heads."""
    edges = sorted({edge for box in heads for edge in (box.x0, box.x1)})
    walls = [b for a, b in itertools.pairwise(edges) if b - a > _NEAR][:-1]
    if len(walls) < _MIN_COLUMNS - 1 or not bands[0].lines:
        return [], 0
    number = 1
    for band in bands[1:]:
        if any(map(band.crosses, walls)) and len(band.lines) > 1:
            break
        number += 1
    return (walls, number) if _are_rows(bands[1:number], walls, 1) else ([], 0)


def _by_white_space(bands: Sequence[_Band]) -> tuple[list[float], int]:
    """Return the walls in the white space between columns that the bands share, and the number of those bands."""
    walls: list[float] = []
    kept: list[_Band] = []
    number = 0
    for i, band in enumerate(bands, 1):
        if not band.lines:
            break
        more = _white_walls([*kept, band])
        if len(more) >= _MIN_COLUMNS - 1:
            kept.append(band)
            walls, number = more, i
        elif len(band.lines) > 1 or not kept:
            break
    walls = [wall for wall in walls if not _is_idle(wall, walls, kept)]
    enough = len(walls) >= _MIN_COLUMNS - 1 and len(kept) >= max(_MIN_BANDS, (1 - _MAX_CROSSED) * number)
    return (walls, number) if enough and _are_rows(kept, walls, _MIN_BANDS) else ([], 0)


def _white_walls(bands: Sequence[_Band]) -> list[float]:
    """Return the middle of each stretch that stays white over all bands, with text on both sides."""
    glyphs = sorted((one for band in bands for one in band.glyphs), key=lambda one: one.box.x0)
    walls = []
    end = _right(glyphs[0])
    for glyph in glyphs[1:]:
        if glyph.box.x0 - end >= _GUTTER * glyph.size:
            walls.append((end + glyph.box.x0) / 2)
        end = max(end, _right(glyph))
    return walls


def _is_idle(wall: float, walls: Sequence[float], bands: Sequence[_Band]) -> bool:
    """Return whether the column left of a wall has text in too few bands to be one."""
    before = [one for one in walls if one < wall]
    low = before[-1] if before else float("-inf")
    full = sum(any(low <= one.box.x0 < wall for one in band.glyphs) for band in bands)
    return full < _FILLED * len(bands)


def _are_rows(bands: Sequence[_Band], walls: Sequence[float], least: int) -> bool:
    """Return whether each band is one row of several cells; a band may also hold several rows, line by line."""
    full = [band.heights(walls) for band in bands if band.lines]
    several = [heights for heights in full if sum(map(bool, heights)) > 1]
    stacked = [
        heights for heights in several if len({one for one in heights if one}) == 1 and max(heights) > 1
    ]
    if len(several) < max(least, (1 - _MAX_CROSSED) * len(full)):
        return False
    return not stacked if len(several) < _MIN_BANDS else 2 * len(stacked) <= len(several)


def _open_band(
    glyphs: Sequence[Glyph],
    table: Sequence[_Band],
    walls: Sequence[float],
    x0: float,
    x1: float,
    *,
    above: bool,
) -> list[_Band]:
    """Return the row above or below the outermost level whose outer side has no line; empty if there is none."""
    height = max(band.bottom - band.top for band in table)
    start = table[0].top - height if above else table[-1].bottom
    lines = read_lines(_band(glyphs, x0, x1, start, start + height).glyphs)
    at = table[0].top if above else table[-1].bottom
    found: list[Line] = []
    for line in reversed(lines) if above else lines:
        far = at - line.box.bottom if above else line.box.top - at
        step = abs(line.box.bottom - found[-1].box.bottom) if found else 0.0
        if far > (_REACH if not found else height) or step > _PITCH * line.size:
            break
        if any(s.x0 < wall - _OVER and s.x1 > wall + _OVER for s in line.segments for wall in walls):
            break
        found.append(line)
    if not found:
        return []
    box = around([line.box for line in found])
    band = _band(glyphs, x0, x1, box.top - 1, at) if above else _band(glyphs, x0, x1, at, box.bottom + 1)
    heights = band.heights(walls)
    full = sum(map(bool, heights))
    return [band] if full >= max(2, _FILLED * len(heights)) and _are_rows([band], walls, 1) else []


def _rules(
    bands: Sequence[_Band], walls: Sequence[float], x0: float, x1: float, heads: Sequence[Box]
) -> list[Rule]:
    """Return the lines between rows, and the walls where no text crosses them."""
    rules = [Rule(x0, at, x1, at) for at in [bands[0].top, *(band.bottom for band in bands)]]
    for i, band in enumerate(bands):
        if i == 0 and heads:
            rules += [rule for box in heads for rule in _sides(box)]
            continue
        inner = [wall for wall in walls if not band.crosses(wall)]
        rules += [Rule(wall, band.top, wall, band.bottom) for wall in (x0, *inner, x1)]
    return rules


def _sides(box: Box) -> list[Rule]:
    return [
        Rule(box.x0, box.top, box.x1, box.top),
        Rule(box.x0, box.bottom, box.x1, box.bottom),
        Rule(box.x0, box.top, box.x0, box.bottom),
        Rule(box.x1, box.top, box.x1, box.bottom),
    ]


def _parts(flat: Sequence[Bar], table: Sequence[Rule]) -> list[Rule]:
    """Return the lines that cross some columns of a table from wall to wall: they end cells merged over rows."""
    box = around([Box(rule.x0, rule.top, rule.x1, rule.bottom) for rule in table])
    walls = {rule.x0 for rule in table if not rule.horizontal}
    return [
        Rule(bar.start, bar.at, bar.end, bar.at)
        for bar in flat
        if box.top < bar.at < box.bottom
        and bar.end - bar.start < box.x1 - box.x0 - _NEAR
        and all(any(abs(wall - end) <= _NEAR for wall in walls) for end in (bar.start, bar.end))
    ]
