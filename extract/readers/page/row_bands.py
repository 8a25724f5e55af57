"""Levels that separate rows over a table's whole width, and the text between two of them."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from thaita.extract.readers.page.content import Glyph
from thaita.extract.readers.page.lines import Line, read_lines
from thaita.models.document import Box, around

NEAR = 3.0
"""Maximum distance in points of edges that belong together."""

OVER = 0.6
"""Points by which text may reach over a wall."""

_HEAD_HEIGHT = 8.0, 120.0
"""Minimum and maximum height in points of a colored head: lower areas underline words, higher ones are panels."""


_MOST_AREAS = 500
"""A page with more colored areas than this contains a drawing."""

_MOST_LEVELS = 300
"""A page with more lines of one width than this does too."""


@dataclass(slots=True)
class Level:
    """A height that separates rows over the width from `x0` to `x1`: a line, or the edge of a colored area.

    `heads` are the colored areas of the heads that begin here.
    """

    at: float
    x0: float
    x1: float
    heads: tuple[Box, ...] = ()


@dataclass(slots=True)
class Band:
    """What stands between two levels: its text, and its lines."""

    top: float
    bottom: float
    glyphs: list[Glyph]
    lines: list[Line] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = read_lines(self.glyphs)

    def crosses(self, wall: float) -> bool:
        """Return whether a text reaches over a wall at a position along x."""
        return any(one.box.x0 < wall - OVER and right_of(one) > wall + OVER for one in self.glyphs)

    def heights(self, walls: Sequence[float]) -> list[int]:
        """Return the number of lines in each column."""
        edges = [float("-inf"), *walls, float("inf")]
        return [
            len(read_lines([one for one in self.glyphs if low <= (one.box.x0 + one.box.x1) / 2 < high]))
            for low, high in itertools.pairwise(edges)
        ]


def right_of(glyph: Glyph) -> float:
    """Return the right edge of a text less its last space."""
    return glyph.box.x1 - (0.25 * glyph.size if glyph.text[-1] == " " else 0.0)


def middle_of(glyph: Glyph) -> float:
    """Return the height of the middle of a text."""
    return (glyph.box.top + glyph.box.bottom) / 2


def band_of(glyphs: Sequence[Glyph], x0: float, x1: float, top: float, bottom: float) -> Band:
    """Return the band between two heights and two sides; the glyphs are sorted by their middles."""
    first, last = bisect_left(glyphs, top, key=middle_of), bisect_left(glyphs, bottom, key=middle_of)
    inside = [one for one in glyphs[first:last] if x0 - NEAR <= one.box.x0 and one.box.x1 <= x1 + NEAR]
    return Band(top, bottom, sorted(inside, key=lambda one: one.order))


def head_levels(fills: Sequence[Box]) -> Iterator[Level]:
    """Yield the upper and lower edges of colored areas; those that touch each other are the heads of one table."""
    low, high = _HEAD_HEIGHT
    areas = [box for box in fills if low <= box.bottom - box.top <= high]
    groups: list[list[Box]] = []
    if len(areas) > _MOST_AREAS:
        return
    for box in sorted(areas, key=lambda one: (one.top, one.x0)):
        near = [group for group in groups if any(_touch(box, other) for other in group)]
        joined = [box, *itertools.chain.from_iterable(near)]
        groups = [*(group for group in groups if group not in near), joined]
    for group in groups:
        whole = around(group)
        if whole.bottom - whole.top <= high:
            yield Level(whole.top, whole.x0, whole.x1, tuple(group) if len(group) > 1 else ())
            yield Level(whole.bottom, whole.x0, whole.x1)


def _touch(a: Box, b: Box) -> bool:
    """Return whether two areas lie side by side or one below the other without a gap."""
    beside = min(a.bottom, b.bottom) - max(a.top, b.top)
    over = min(a.x1, b.x1) - max(a.x0, b.x0)
    return min(beside, over) >= -NEAR / 2 and max(beside, over) > NEAR


def group_levels(levels: Sequence[Level]) -> list[list[Level]]:
    """Return the levels of equal width, from top to bottom; those at one height are one."""
    groups: list[list[Level]] = []
    for level in sorted(levels, key=lambda one: one.at):
        for group in groups:
            last = group[-1]
            if abs(last.x0 - level.x0) <= NEAR and abs(last.x1 - level.x1) <= NEAR:
                if level.at - last.at <= NEAR:
                    last.heads = last.heads or level.heads
                else:
                    group.append(level)
                break
        else:
            groups.append([level])
    return [group for group in groups if 1 < len(group) <= _MOST_LEVELS]
