"""Line flags: give the lines of a laid-out page the flags of the glyphs in them or beside them."""

from __future__ import annotations

from collections.abc import Sequence

from thaita.extract.readers.page.asides import ASIDES
from thaita.extract.readers.page.content import Glyph
from thaita.extract.readers.page.layout import PageDraft, PageItem, TableDraft
from thaita.extract.readers.page.lines import Line
from thaita.models.flags import Flag

_NOT_FOR_LINES = frozenset({Flag.COMMENT, Flag.WATERMARK})
"""Flags that do not affect the adjacent text."""

_MAX_DISTANCE = 1.0
"""Maximum distance in ems between a mark and the line it belongs to."""


def flag_lines(page: PageDraft) -> None:
    """Give each line the flags of its glyphs, and of crossed-out text and note marks beside it.

    Crossed-out text flags its whole cell, because the replacement may stand in another line.
    """
    for glyph in page.flagged:
        if glyph.flag in _NOT_FOR_LINES:
            continue
        cell, lines = _lines_around(page.items, glyph)
        for line in lines:
            if (cell and glyph.flag == Flag.STRUCK) or _is_beside(glyph, line):
                line.flags = tuple(dict.fromkeys((*line.flags, glyph.flag)))


def _lines_around(items: Sequence[PageItem], glyph: Glyph) -> tuple[bool, list[Line]]:
    """Return whether a glyph is in a cell, and the lines of that cell; outside tables, return all other lines."""
    x, y = (glyph.box.x0 + glyph.box.x1) / 2, (glyph.box.top + glyph.box.bottom) / 2
    for table in items:
        if isinstance(table, TableDraft):
            for cell in table.cells:
                box = cell.box
                if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom:
                    inside, lines = _lines_around(cell.tables, glyph)
                    return True, lines if inside else cell.lines
    return False, [item for item in items if isinstance(item, Line)]


def _is_beside(glyph: Glyph, line: Line) -> bool:
    """Return whether a glyph is in a line, or directly beside it if it was left out of the line."""
    y = (glyph.box.top + glyph.box.bottom) / 2
    reach = _MAX_DISTANCE * line.size if glyph.flag in ASIDES else 0.0
    level = line.box.top - 0.2 * line.size <= y <= line.box.bottom + 0.2 * line.size
    return level and glyph.box.x0 <= line.box.x1 + reach and line.box.x0 - reach <= glyph.box.x1
