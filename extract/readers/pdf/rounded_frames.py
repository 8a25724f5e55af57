"""Frames with round corners: a closed line around a rectangle, whose four sides are rules."""

from __future__ import annotations

from collections.abc import Sequence

from thaita.extract.readers.page.content import Rule

Point = tuple[float, float]
Step = tuple[Point, Point]

_STRAIGHT = 0.3
"""Share of a frame's outline that is straight at least; a circle has nothing straight."""

_LEVEL = 0.5
"""Points by which a side may lean or lie inside the outline."""


def frame_rules(points: Sequence[Point], straight: Sequence[Step]) -> list[Rule]:
    """Return the four sides of the rectangle around an outline with curves, or nothing where it is no frame.

    `straight` are the straight steps of the outline. They must lie on two opposite sides, and make up
    enough of the outline.
    """
    xs, ys = zip(*points, strict=True)
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    flat = [_along(straight, 1, at) for at in (top, bottom)]
    upright = [_along(straight, 0, at) for at in (left, right)]
    drawn = sum(flat) + sum(upright)
    if not (all(flat) or all(upright)) or drawn < _STRAIGHT * 2 * (right - left + bottom - top):
        return []
    return [
        Rule(left, top, right, top),
        Rule(left, bottom, right, bottom),
        Rule(left, top, left, bottom),
        Rule(right, top, right, bottom),
    ]


def _along(straight: Sequence[Step], axis: int, at: float) -> float:
    """Return the length of the steps that lie at a place of an axis (0: x, 1: y)."""
    return sum(
        abs(a[1 - axis] - b[1 - axis])
        for a, b in straight
        if abs(a[axis] - at) <= _LEVEL and abs(b[axis] - at) <= _LEVEL
    )
