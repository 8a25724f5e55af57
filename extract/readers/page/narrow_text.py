"""Running text narrower than the page: beside a picture or box, or in a column with nothing beside it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from thaita.extract.readers.page.layout import PageItem, TableDraft
from thaita.extract.readers.page.lines import Line
from thaita.extract.readers.page.paragraphs import reads_on_from, starts_list_item
from thaita.models.document import Box

_MIN_INSET = 5.0
"""Minimum inset in ems from the page's text edge for a block of lines to have its own edge."""

_MAX_MARGIN = 3.0
"""Maximum white space in ems between a column's lines and an object beside them."""

_MAX_INDENT = 2.5
"""Ems by which the left edges of the lines of one block may differ."""

_MAX_PITCH = 4.0
"""Maximum baseline distance in type sizes between two lines of one block."""

_MIN_PITCH_AT_EDGE = 2.2
"""Minimum baseline distance in type sizes at which a narrow block may follow a full-width line, and vice
versa."""

_PARAGRAPH_PITCH_FACTOR = 1.12
"""Maximum baseline distance within a paragraph, relative to the smallest one in the block."""

_MIN_LINES = 2
"""Minimum number of continuation lines, and of items, that show where a column ends."""


def set_column_edges(items: Sequence[PageItem], obstacles: Sequence[Box], left: float, right: float) -> None:
    """Set the column edges of lines that are narrower than the page's text.

    A column is narrow if a picture or box is beside it, or if the wrapped list items show a common right
    edge; if they show it only in part, the lines become uncertain. `left` and `right` are the outermost line
    edges of the page, in points.
    """
    boxes = [*obstacles, *(item.box for item in items if isinstance(item, TableDraft))]
    block: list[Line] = []
    edges = left, right
    for item in items:
        if not isinstance(item, Line) or not item.upright or item.edges is not None:
            continue
        own = _free_edges(item, boxes, left, right)
        if block and not (own == edges and _same_block(block[-1], item, right)):
            _set_block_edges(block, edges, (left, right))
            block = []
        edges = own
        block.append(item)
    _set_block_edges(block, edges, (left, right))


def _free_edges(line: Line, boxes: Sequence[Box], left: float, right: float) -> tuple[float, float]:
    """Return the edges of the free space around a line: those of the page, or of objects beside the line."""
    level = [box for box in boxes if min(box.bottom, line.box.bottom) > max(box.top, line.box.top)]
    before = max((box.x1 for box in level if box.x1 <= line.box.x0 + 1), default=left)
    after = min((box.x0 for box in level if box.x0 >= line.box.x1 - 1), default=right)
    return max(before, left), min(after, right)


def _set_block_edges(block: Sequence[Line], edges: tuple[float, float], page: tuple[float, float]) -> None:
    if edges == page or not block:
        _set_edges_shown_by_items(block, page)
        return
    start, end = min(line.box.x0 for line in block), max(line.box.x1 for line in block)
    margin = _MAX_MARGIN * block[0].size
    start, end = (
        (start, max(end, edges[1] - margin))
        if edges[0] > page[0]
        else (edges[0], max(end, edges[1] - margin))
    )
    for line in block:
        line.edges = start, end


def _same_block(before: Line, line: Line, right: float) -> bool:
    step = line.box.bottom - before.box.bottom
    wide = [one.box.x1 > right - _MIN_INSET * one.size for one in (before, line)]
    if wide[0] != wide[1] and step > _MIN_PITCH_AT_EDGE * line.size:
        return False
    return (
        0 < step <= _MAX_PITCH * max(before.size, line.size)
        and abs(line.box.x0 - before.box.x0) <= _MAX_INDENT * line.size
    )


def _set_edges_shown_by_items(block: Sequence[Line], page: tuple[float, float]) -> None:
    """Set the edges of a block's lines if wrapped list items show them."""
    if len(block) < _MIN_LINES:
        return
    left, edge = min(line.box.x0 for line in block), max(line.box.x1 for line in block)
    least = _MIN_INSET * block[0].size
    if page[1] - edge < least and left - page[0] < least:
        return
    steps = [b.box.bottom - a.box.bottom for a, b in itertools.pairwise(block)]
    tight = _PARAGRAPH_PITCH_FACTOR * min(steps)
    below = [i for i, step in enumerate(steps, 1) if step <= tight and not starts_list_item(block[i])]
    on = [i for i in below if reads_on_from([block[i - 1]], block[i], left, edge)]
    if sum(map(starts_list_item, block)) < _MIN_LINES or not on:
        return
    if len(on) >= _MIN_LINES and len(on) >= len(below) - 1:
        for line in block:
            line.edges = left, edge
        return
    for i in below:
        block[i - 1].uncertain = block[i].uncertain = True
