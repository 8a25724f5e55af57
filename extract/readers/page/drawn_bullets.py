"""Bullets drawn as shapes: browsers paint the discs and squares before list items without any letter."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from thaita.extract.readers.page.content import Glyph
from thaita.models.document import Box

_MOST = 500
"""Most shapes of a page that may be bullets; more are a chart or a pattern."""

_SIDES = 1.5, 7.5
"""Range of the sides of a bullet in points."""

_SHARES = 0.15, 0.6
"""Range of the sides of a bullet in type sizes."""

_SQUARE = 0.2
"""Maximum share by which width and height of a bullet differ."""

_GAPS = 0.15, 1.6
"""Range of the gap between a bullet and its text in ems."""

_TOUCHES = 0.2
"""Gap in ems below which text at the left of a shape makes it a part of that text: the cell before may end near it."""

_LEVEL = 0.3
"""Maximum distance in ems of the middle of a bullet from that of the letters."""

_LETTERS = 0.6
"""Middle of the letters of a line, in shares of the height of its box."""

BULLET = "•"


def may_be_bullet(x0: float, top: float, x1: float, bottom: float) -> bool:
    """Return whether a shape is as wide as high, and as small as a bullet; lengths are in points."""
    wide, high = x1 - x0, bottom - top
    return (
        _SIDES[0] <= wide <= _SIDES[1]
        and _SIDES[0] <= high <= _SIDES[1]
        and abs(wide - high) <= _SQUARE * max(wide, high)
    )


def with_bullets(glyphs: Sequence[Glyph], shapes: Iterable[Box]) -> tuple[Glyph, ...]:
    """Return the glyphs of a page with a bullet before each text that has a drawn one at its left."""
    drawn = list(shapes)
    if not 0 < len(drawn) <= _MOST:
        return tuple(glyphs)
    bullets: dict[int, Glyph] = {}
    lying = sorted((glyph.box.top, i) for i, glyph in enumerate(glyphs) if _is_plain(glyph))
    largest = max((glyphs[i].box.bottom - top for top, i in lying), default=0.0)
    for shape in drawn:
        beside = lying[
            bisect_left(lying, (shape.top - largest,)) : bisect_right(lying, (shape.bottom, len(glyphs)))
        ]
        at = _item_of(shape, glyphs, [i for _, i in beside])
        if at is not None:
            text = glyphs[at]
            box = Box(shape.x0, text.box.top, shape.x1, text.box.bottom)
            bullets.setdefault(at, Glyph(BULLET, box, text.size, text.order, text.font, pale=text.pale))
    if not bullets:
        return tuple(glyphs)
    return tuple(_inserted(glyphs, bullets))


def _inserted(glyphs: Sequence[Glyph], bullets: dict[int, Glyph]) -> Iterator[Glyph]:
    for i, glyph in enumerate(glyphs):
        if i in bullets:
            yield bullets[i]
        yield glyph


def _is_plain(glyph: Glyph) -> bool:
    return glyph.upright and glyph.visible and not glyph.flag and bool(glyph.text.strip())


def _item_of(shape: Box, glyphs: Sequence[Glyph], level: Sequence[int]) -> int | None:
    """Return the text that begins beside a shape; None if text touches its left side.

    `level` are the indexes of the glyphs that reach the height of the shape.
    """
    found: int | None = None
    middle = (shape.top + shape.bottom) / 2
    for i in level:
        glyph = glyphs[i]
        size, box = glyph.size, glyph.box
        if abs(box.top + _LETTERS * (box.bottom - box.top) - middle) > _LEVEL * size:
            continue
        if shape.x0 - _TOUCHES * size < box.x1 and box.x0 < shape.x0:
            return None
        near = _GAPS[0] * size <= box.x0 - shape.x1 <= _GAPS[1] * size
        fits = _SHARES[0] * size <= shape.x1 - shape.x0 <= _SHARES[1] * size
        if near and fits and (found is None or box.x0 < glyphs[found].box.x0):
            found = i
    return found
