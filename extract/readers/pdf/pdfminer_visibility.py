"""Visible text of a page from pdfminer: without doubles, text off the page, covered text and crossed-out text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite

from pdfminer.utils import Rect

from thaita.extract.readers.page.content import Glyph, Rule
from thaita.extract.readers.pdf.pdfminer_device import MarkedDevice
from thaita.extract.readers.pdf.pdfminer_drawing import DrawnText, Painted
from thaita.extract.readers.pdf.strikethrough import StrikeLines
from thaita.models.document import Box

MAX_DOUBLE_OFFSET = 0.12
"""Maximum offset of a letter drawn twice to look bold, as a share of the font size: less than the advance of
the narrowest letter (Latin i, about 0.2)."""

_MAX_DIFFERENCE = 1.0
"""Maximum difference in points between a ruling line and the path that draws it."""

_BOLD = re.compile(r"bold|black|heavy", re.IGNORECASE)
"""Words in the names of bold fonts."""

_THIN = 4.0
_BAND_HEIGHT = 16.0
"""Height in points of the bands in which painted areas are looked up."""

_MAX_COVERS = 300
"""Maximum number of areas examined over one place, those painted last."""

_OFF_PAGE = Box(0.0, 0.0, 0.0, 0.0)
"""The box of text with unrepresentable coordinates, which is never visible."""


@dataclass(slots=True)
class _StrikableGlyph:
    """A glyph in the form that `StrikeLines` needs; coordinates count from the page's top."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    order: int
    upright: bool
    flag: str = ""


def shown_glyphs(
    device: MarkedDevice, rules: Sequence[Rule], width: float, height: float
) -> tuple[tuple[Glyph, ...], tuple[Rule, ...]]:
    """Return a page's text as glyphs, and its ruling lines without those that only cross out text.

    Letters doubled for bold are returned once. Letters off the page, without size or covered are invisible.
    """
    covers = _by_band([area for area in device.painted if area.covers and _is_thick(area.box)])
    seen: dict[tuple[str, bool, int, int], list[DrawnText]] = {}
    glyphs: list[Glyph] = []
    letters: list[_StrikableGlyph] = []
    for piece in device.drawn:
        if not all(map(isfinite, (*piece.box, piece.size))):
            hidden = Glyph(piece.text, _OFF_PAGE, 0.0, len(glyphs), piece.font, piece.upright, visible=False)
            glyphs.append(hidden)
            continue
        if covers and piece.visible and _is_covered(piece, covers):
            piece = replace(piece, visible=False)
        if _is_double(piece, seen):
            continue
        box = flipped_box(piece.box, height)
        on_page = box.x1 >= 0 and box.x0 <= width and box.bottom >= 0 and box.top <= height
        visible = piece.visible and on_page and piece.size > 0
        glyph = Glyph(piece.text, box, piece.size, len(glyphs), piece.font, piece.upright, visible)
        glyph.turn = piece.turn
        glyph.bold = _BOLD.search(piece.font) is not None
        glyphs.append(glyph)
        letters.append(
            _StrikableGlyph(
                piece.text, box.x0, box.x1, height - piece.baseline, piece.size, piece.order, piece.upright
            )
        )
    ordered = _rules_in_stream_order(rules, device.painted, height)
    struck = {id(rule) for rule in StrikeLines(ordered).flag_struck(letters)}
    if struck:
        finite = (glyph for glyph in glyphs if glyph.box is not _OFF_PAGE)
        for glyph, letter in zip(finite, letters, strict=True):
            glyph.flag = letter.flag
    return tuple(glyphs), tuple(rule for rule in ordered if id(rule) not in struck)


def _rules_in_stream_order(rules: Sequence[Rule], painted: Sequence[Painted], height: float) -> list[Rule]:
    """Return the ruling lines with the stream positions of the thin areas that draw them."""
    thin: dict[int, list[tuple[Box, int]]] = {}
    for area in painted:
        box = flipped_box(area.box, height)
        if box.bottom - box.top <= _THIN:
            thin.setdefault(round((box.top + box.bottom) / 2), []).append((box, area.order))
    found: list[Rule] = []
    for rule in rules:
        near = (
            (one for y in (-1, 0, 1) for one in thin.get(round(rule.top) + y, ())) if rule.horizontal else ()
        )
        order = max((order for box, order in near if _is_drawn_by(box, rule)), default=0)
        found.append(replace(rule, order=order))
    return found


def _is_drawn_by(box: Box, rule: Rule) -> bool:
    return (
        abs(box.x0 - rule.x0) <= _MAX_DIFFERENCE
        and abs(box.x1 - rule.x1) <= _MAX_DIFFERENCE
        and abs((box.top + box.bottom) / 2 - rule.top) <= _MAX_DIFFERENCE
    )


def _is_thick(box: Rect) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) > _THIN


def _by_band(covers: Sequence[Painted]) -> dict[int, list[Painted]]:
    bands: dict[int, list[Painted]] = {}
    for area in covers:
        _, low, _, high = area.box
        for band in range(max(0, int(low / _BAND_HEIGHT)), min(1000, int(high / _BAND_HEIGHT)) + 1):
            bands.setdefault(band, []).append(area)
    return bands


def _is_covered(piece: DrawnText, covers: dict[int, list[Painted]]) -> bool:
    """Return whether the middle of a letter lies in an area painted after it."""
    x0, y0, x1, y1 = piece.box
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return any(
        area.order > piece.order and area.box[0] <= x <= area.box[2] and area.box[1] <= y <= area.box[3]
        for area in covers.get(int(y / _BAND_HEIGHT), ())[-_MAX_COVERS:]
    )


def flipped_box(rect: Rect, height: float) -> Box:
    """Return a rectangle that counts from the page's bottom as one that counts from its top."""
    x0, y0, x1, y1 = rect
    return Box(min(x0, x1), height - max(y0, y1), max(x0, x1), height - min(y0, y1))


def _is_double(piece: DrawnText, seen: dict[tuple[str, bool, int, int], list[DrawnText]]) -> bool:
    """Return whether the same text was already drawn at the same place; record it if not."""
    near = max(MAX_DOUBLE_OFFSET * piece.size, 0.01)
    x, y = piece.box[0], piece.box[1]
    column, row = int(x // near), int(y // near)
    for across in (column - 1, column, column + 1):
        for up in (row - 1, row, row + 1):
            for other in seen.get((piece.text, piece.visible, across, up), ()):
                if abs(other.box[0] - x) < near and abs(other.box[1] - y) < near:
                    return not piece.text.isspace()
    seen.setdefault((piece.text, piece.visible, column, row), []).append(piece)
    return False
