"""Running text narrower than the page: beside a picture or box, or in a column with nothing beside it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from thaita.extract.readers.page.layout import Item, TableDraft
from thaita.extract.readers.page.lines import Line
from thaita.extract.readers.page.paragraphs import begins_item, follows
from thaita.models.document import Box

_NARROW = 5.0
"""Ems by which a block of lines must end before the page's text for its own edge to count."""

_MARGIN = 3.0
"""Ems of white that may part a column's lines from what stands beside them."""

_INDENT = 2.5
"""Ems by which lines of one block begin at different places."""

_STEP = 4.0
"""Type sizes between the baselines of two lines of one block at most."""

_APART = 2.2
"""Type sizes below a line over the whole page at which a narrow block may begin, or the other way about."""

_CLOSE = 1.12
"""How much further apart than the closest the lines of one paragraph may be."""

_LEAST = 2
"""Lines that go on with an item, and items, that show where a column ends."""


def note_narrow_text(items: Sequence[Item], obstacles: Sequence[Box], left: float, right: float) -> None:
    """Note on lines that are narrower than the page's text where their column begins and ends.

    So it is where a picture or box stands beside them, or where list items that go on below show that the
    lines were broken at a common edge; where they show it in part, the lines are unsure. `left` and `right`
    are where the lines of the page may begin and end, in points.
    """
    boxes = [*obstacles, *(item.box for item in items if isinstance(item, TableDraft))]
    block: list[Line] = []
    edges = left, right
    for item in items:
        if not isinstance(item, Line) or not item.upright or item.edges is not None:
            continue
        own = _between(item, boxes, left, right)
        if block and not (own == edges and _same_block(block[-1], item, right)):
            _note(block, edges, (left, right))
            block = []
        edges = own
        block.append(item)
    _note(block, edges, (left, right))


def _between(line: Line, boxes: Sequence[Box], left: float, right: float) -> tuple[float, float]:
    """Return the edges between which a line stands: those of the page, or what stands beside it."""
    level = [box for box in boxes if min(box.bottom, line.box.bottom) > max(box.top, line.box.top)]
    before = max((box.x1 for box in level if box.x1 <= line.box.x0 + 1), default=left)
    after = min((box.x0 for box in level if box.x0 >= line.box.x1 - 1), default=right)
    return max(before, left), min(after, right)


def _note(block: Sequence[Line], edges: tuple[float, float], page: tuple[float, float]) -> None:
    if edges == page or not block:
        _narrow(block, page)
        return
    start, end = min(line.box.x0 for line in block), max(line.box.x1 for line in block)
    margin = _MARGIN * block[0].size
    start, end = (
        (start, max(end, edges[1] - margin))
        if edges[0] > page[0]
        else (edges[0], max(end, edges[1] - margin))
    )
    for line in block:
        line.edges = start, end


def _same_block(before: Line, line: Line, right: float) -> bool:
    step = line.box.bottom - before.box.bottom
    wide = [one.box.x1 > right - _NARROW * one.size for one in (before, line)]
    if wide[0] != wide[1] and step > _APART * line.size:
        return False
    return (
        0 < step <= _STEP * max(before.size, line.size)
        and abs(line.box.x0 - before.box.x0) <= _INDENT * line.size
    )


def _narrow(block: Sequence[Line], page: tuple[float, float]) -> None:
    """Note on the lines of a block the edges of their column, where they show them."""
    if len(block) < _LEAST:
        return
    left, edge = min(line.box.x0 for line in block), max(line.box.x1 for line in block)
    least = _NARROW * block[0].size
    if page[1] - edge < least and left - page[0] < least:
        return
    steps = [b.box.bottom - a.box.bottom for a, b in itertools.pairwise(block)]
    tight = _CLOSE * min(steps)
    below = [i for i, step in enumerate(steps, 1) if step <= tight and not begins_item(block[i])]
    on = [i for i in below if follows([block[i - 1]], block[i], left, edge)]
    if sum(map(begins_item, block)) < _LEAST or not on:
        return
    if len(on) >= _LEAST and len(on) >= len(below) - 1:
        for line in block:
            line.edges = left, edge
        return
    for i in below:
        block[i - 1].unsure = block[i].unsure = True
