"""Lines of a page that was laid out get the flags of what stands in them or beside them."""

from __future__ import annotations

from collections.abc import Sequence

from thaita.extract.readers.page.asides import ASIDES
from thaita.extract.readers.page.content import Glyph
from thaita.extract.readers.page.layout import Item, PageDraft, TableDraft
from thaita.extract.readers.page.lines import Line
from thaita.models.flags import Flag

_OF_READERS = frozenset({Flag.COMMENT, Flag.WATERMARK})
"""Flags that say nothing of the text beside."""

_REACH = 1.0
"""Ems from a line within which a mark belongs to it."""


def flag_lines(page: PageDraft) -> None:
    """Give each line the flags of the glyphs that it holds, and of crossed-out text and marks beside it.

    Crossed-out text in a cell concerns the whole cell: what was typed in its stead may stand in another line.
    """
    for glyph in page.flagged:
        if glyph.flag in _OF_READERS:
            continue
        cell, lines = _around(page.items, glyph)
        for line in lines:
            if (cell and glyph.flag == Flag.STRUCK) or _is_beside(glyph, line):
                line.flags = tuple(dict.fromkeys((*line.flags, glyph.flag)))


def _around(items: Sequence[Item], glyph: Glyph) -> tuple[bool, list[Line]]:
    """Return whether a glyph stands in a cell, and the lines of that cell, or else all outside tables."""
    x, y = (glyph.box.x0 + glyph.box.x1) / 2, (glyph.box.top + glyph.box.bottom) / 2
    for table in items:
        if isinstance(table, TableDraft):
            for cell in table.cells:
                box = cell.box
                if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom:
                    inside, lines = _around(cell.tables, glyph)
                    return True, lines if inside else cell.lines
    return False, [item for item in items if isinstance(item, Line)]


def _is_beside(glyph: Glyph, line: Line) -> bool:
    """Tell whether a glyph stands in a line, or right beside it where it was left out of it."""
    y = (glyph.box.top + glyph.box.bottom) / 2
    reach = _REACH * line.size if glyph.flag in ASIDES else 0.0
    level = line.box.top - 0.2 * line.size <= y <= line.box.bottom + 0.2 * line.size
    return level and glyph.box.x0 <= line.box.x1 + reach and line.box.x0 - reach <= glyph.box.x1
