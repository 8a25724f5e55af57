"""Which pages are pictures: by the area that pictures and drawn text take, not by how much text there is."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from thaita.extract.readers.page.content import Glyph, PageContent
from thaita.models.document import Box
from thaita.normalize.thai.document_diagnosis import is_hopeless

_IMAGE = 0.2
"""Share of a page that pictures must fill for a page without text to be a scan, not an empty page."""

_FEW = 20
"""Characters: a page that has fewer has no text of its own."""

MOST = 0.5
"""Share of a page that pictures cover where the page may be one: a scan, or a table pasted as a picture."""

_LITTLE = 0.1
"""Share of a page that drawn text covers at most where the pictures say most: a page of prose covers a third."""

_COUNTED = 100
"""Pictures whose areas are united exactly; more are mosaics, whose areas are added up."""


def is_picture(content: PageContent) -> bool:
    """Return whether pictures say most of what a page says, so that it is to be read by OCR."""
    if not content.images:
        return False
    area = content.width * content.height
    filled = covered(content)
    letters = sum(len(glyph.text.strip()) for glyph in content.glyphs if glyph.visible)
    if letters < _FEW:
        return filled > _IMAGE * area
    return filled >= MOST * area and _drawn(content) <= _LITTLE * area


def own_text(content: PageContent) -> tuple[Glyph, ...]:
    """Return the drawn text to be kept of a page whose picture is read: none that cannot be turned into Thai."""
    seen = tuple(glyph for glyph in content.glyphs if glyph.visible)
    text = "".join(glyph.text for glyph in seen)
    return seen if text.strip() and not is_hopeless(text) and is_picture(content) else ()


def covered(content: PageContent) -> float:
    """Return the area of a page that pictures cover, in square points."""
    page = Box(0.0, 0.0, content.width, content.height)
    boxes = [box for box in (_within(image, page) for image in content.images) if box.x0 < box.x1]
    if len(boxes) > _COUNTED:
        return min(sum(map(_area, boxes)), _area(page))
    return _union(boxes)


def _drawn(content: PageContent) -> float:
    """Return the area of a page that its own text covers."""
    return sum(_area(glyph.box) for glyph in content.glyphs if glyph.visible and glyph.text.strip())


def _union(boxes: Sequence[Box]) -> float:
    """Return the area of boxes, what several of them cover counted once."""
    edges = sorted({y for box in boxes for y in (box.top, box.bottom)})
    total = 0.0
    for top, bottom in itertools.pairwise(edges):
        end = float("-inf")
        for box in sorted(box for box in boxes if box.top <= top and bottom <= box.bottom):
            total += max(0.0, box.x1 - max(box.x0, end)) * (bottom - top)
            end = max(end, box.x1)
    return total


def _within(box: Box, page: Box) -> Box:
    return Box(
        max(box.x0, page.x0),
        max(box.top, page.top),
        min(box.x1, page.x1),
        max(box.top, min(box.bottom, page.bottom)),
    )


def _area(box: Box) -> float:
    return max(0.0, box.x1 - box.x0) * max(0.0, box.bottom - box.top)
