"""Affine matrices of PDF: from the units of a form to those of the page, and to the page as displayed."""

from __future__ import annotations

from collections.abc import Sequence

Matrix = tuple[float, float, float, float, float, float]
"""The numbers a b c d e f of ISO 32000-1, 8.3.3: x' = a x + c y + e, y' = b x + d y + f."""

_MAX_SLOPE = 0.1
"""Maximum slope of a text line that counts as level."""


def compose(first: Sequence[float], then: Matrix) -> Matrix:
    """Return the matrix that applies `first`, then `then`.

    >>> compose((2, 0, 0, 2, 1, 1), (1, 0, 0, -1, 0, 100))
    (2, 0, 0, -2, 1, 99)
    """
    a, b, c, d, e, f = first
    ta, tb, tc, td, te, tf = then
    return (
        a * ta + b * tc,
        a * tb + b * td,
        c * ta + d * tc,
        c * tb + d * td,
        e * ta + f * tc + te,
        e * tb + f * td + tf,
    )


def shown(box: tuple[float, float, float, float], rotation: int) -> Matrix:
    """Return the matrix from page units to points from the top left corner of the page as displayed.

    `box` holds left, bottom, right and top of the displayed part; `rotation` counts clockwise quarter turns.

    >>> shown((0, 0, 600, 800), 0)[4:], shown((0, 0, 600, 800), 1)[:4]
    ((0, 800), (0, 1, 1, 0))
    """
    left, bottom, right, top = box
    turns: tuple[Matrix, ...] = (
        (1, 0, 0, -1, -left, top),
        (0, 1, 1, 0, -bottom, -left),
        (-1, 0, 0, 1, right, -bottom),
        (0, -1, -1, 0, top, right),
    )
    return turns[rotation % 4]


def quarters(matrix: Matrix) -> int:
    """Return the clockwise quarter turns that set text of this matrix upright on the displayed page, or -1.

    >>> quarters((0, -1, -1, 0, 0, 0)), quarters((1, 0, 0, -1, 0, 0)), quarters((1, 1, 1, -1, 0, 0))
    (1, 0, -1)
    """
    a, b = matrix[0], matrix[1]
    if abs(b) <= _MAX_SLOPE * abs(a):
        return 0 if a > 0 else 2
    if abs(a) <= _MAX_SLOPE * abs(b):
        return 1 if b < 0 else 3
    return -1


def turned(width: float, height: float, turn: int) -> Matrix:
    """Return the matrix that turns a displayed page of a size, in points, clockwise by `turn` quarters.

    >>> apply(turned(600, 800, 1), 0, 800), apply(turned(800, 600, 3), *apply(turned(600, 800, 1), 50, 70))
    ((0, 0), (50, 70))
    """
    turns: tuple[Matrix, ...] = (
        (1, 0, 0, 1, 0, 0),
        (0, 1, -1, 0, height, 0),
        (-1, 0, 0, -1, width, height),
        (0, -1, 1, 0, 0, width),
    )
    return turns[turn % 4]


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return the transformed point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def apply_box(matrix: Matrix, box: Sequence[float]) -> tuple[float, float, float, float]:
    """Return x0, top, x1, bottom of the bounding box of a transformed rectangle.

    >>> apply_box((1, 0, 0, -1, 0, 100), (10, 20, 30, 40))
    (10, 60, 30, 80)
    """
    a, b, c, d, e, f = matrix
    left, bottom, right, top = box
    if not b and not c:
        x0, x1 = a * left + e, a * right + e
        y0, y1 = d * bottom + f, d * top + f
    elif not a and not d:
        x0, x1 = c * bottom + e, c * top + e
        y0, y1 = b * left + f, b * right + f
    else:
        corners = [apply(matrix, x, y) for x in (left, right) for y in (bottom, top)]
        (x0, x1), (y0, y1) = ((min(v), max(v)) for v in zip(*corners, strict=True))
    if x0 > x1:
        x0, x1 = x1, x0
    return (x0, y0, x1, y1) if y0 <= y1 else (x0, y1, x1, y0)
