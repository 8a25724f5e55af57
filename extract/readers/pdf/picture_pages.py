"""Detection of pages that are pictures, by the areas that pictures and drawn text cover."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from thaita.extract.readers.page.content import Glyph, PageContent
from thaita.models.document import Box
from thaita.normalize.thai.document_diagnosis import is_hopeless

_MIN_SCAN_SHARE = 0.2
"""Minimum share of a page without text that pictures must cover for it to be a scan, not an empty page."""

_MIN_CHARACTERS = 20
"""A page with fewer characters than this counts as having no text."""

MIN_PICTURE_SHARE = 0.5
"""Minimum share of a page that pictures must cover for it to be a scan, or a table pasted as a picture."""

_MAX_TEXT_SHARE = 0.1
"""Maximum share of a picture page that drawn text covers: a page of prose covers a third."""

_MAX_EXACT = 100
"""Maximum number of pictures whose union is computed exactly; the areas of larger mosaics are added up."""


def is_picture_page(content: PageContent) -> bool:
    """Return whether a page's content is mostly in pictures, so that it needs OCR."""
    if not content.images:
        return False
    area = content.width * content.height
    filled = picture_area(content)
    letters = sum(len(glyph.text.strip()) for glyph in content.glyphs if glyph.visible)
    if letters < _MIN_CHARACTERS:
        return filled > _MIN_SCAN_SHARE * area
    return filled >= MIN_PICTURE_SHARE * area and _text_area(content) <= _MAX_TEXT_SHARE * area


def own_text(content: PageContent) -> tuple[Glyph, ...]:
    """Return the drawn text to keep on a page read by OCR; empty if the text cannot be turned into Thai."""
    seen = tuple(glyph for glyph in content.glyphs if glyph.visible)
    text = "".join(glyph.text for glyph in seen)
    return seen if text.strip() and not is_hopeless(text) and is_picture_page(content) else ()


def picture_area(content: PageContent) -> float:
    """Return the area of a page that pictures cover, in square points."""
    page = Box(0.0, 0.0, content.width, content.height)
    boxes = [box for box in (_clipped_to(image, page) for image in content.images) if box.x0 < box.x1]
    if len(boxes) > _MAX_EXACT:
        return min(sum(map(_area, boxes)), _area(page))
    return _union_area(boxes)


def _text_area(content: PageContent) -> float:
    """Return the area of a page that drawn text covers, in square points."""
    return sum(_area(glyph.box) for glyph in content.glyphs if glyph.visible and glyph.text.strip())


def _union_area(boxes: Sequence[Box]) -> float:
    """Return the area of the union of boxes."""
    edges = sorted({y for box in boxes for y in (box.top, box.bottom)})
    total = 0.0
    for top, bottom in itertools.pairwise(edges):
        end = float("-inf")
        for box in sorted(box for box in boxes if box.top <= top and bottom <= box.bottom):
            total += max(0.0, box.x1 - max(box.x0, end)) * (bottom - top)
            end = max(end, box.x1)
    return total


def _clipped_to(box: Box, page: Box) -> Box:
    return Box(
        max(box.x0, page.x0),
        max(box.top, page.top),
        min(box.x1, page.x1),
        max(box.top, min(box.bottom, page.bottom)),
    )


def _area(box: Box) -> float:
    return max(0.0, box.x1 - box.x0) * max(0.0, box.bottom - box.top)
