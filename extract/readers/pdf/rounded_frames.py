"""Frames with round corners: their four sides are ruling lines."""

from __future__ import annotations

from collections.abc import Sequence

from thaita.extract.readers.page.content import Rule, sides_of
from thaita.models.document import Box

Point = tuple[float, float]
Step = tuple[Point, Point]

_MIN_STRAIGHT_SHARE = 0.3
"""Minimum straight share of a frame's outline; a circle has no straight part."""

_TOLERANCE = 0.5
"""Points by which a side may lean or lie inside the outline."""


def frame_rules(points: Sequence[Point], straight: Sequence[Step]) -> list[Rule]:
    """Return the four sides of the rectangle around a curved outline, or an empty list if it is not a frame.

    `straight` are the straight steps of the outline. They must lie on two opposite sides and make up enough
    of the outline.
    """
    xs, ys = zip(*points, strict=True)
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    flat = [_straight_length(straight, 1, at) for at in (top, bottom)]
    upright = [_straight_length(straight, 0, at) for at in (left, right)]
    drawn = sum(flat) + sum(upright)
    if not (all(flat) or all(upright)) or drawn < _MIN_STRAIGHT_SHARE * 2 * (right - left + bottom - top):
        return []
    return sides_of(Box(left, top, right, bottom))


def _straight_length(straight: Sequence[Step], axis: int, at: float) -> float:
    """Return the total length of the steps at a position on an axis (0: x, 1: y)."""
    return sum(
        abs(a[1 - axis] - b[1 - axis])
        for a, b in straight
        if abs(a[axis] - at) <= _TOLERANCE and abs(b[axis] - at) <= _TOLERANCE
    )
