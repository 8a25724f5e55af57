"""Tables whose cells are separate boxes: framed or colored rectangles in rows and columns with gaps between them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from thaita.extract.readers.page.content import Rule, sides_of
from thaita.models.document import Box

GAP = 12.0
"""Maximum white space in points between two cells of one table."""

_MAX_OVERLAP = 1.5
"""Points by which neighboring boxes may overlap."""

_MIN_BOXES = 6
"""Minimum number of boxes in a table; four may be the quarters of a page."""

_MAX_BOXES = 1500
"""A page with more boxes than this contains a drawing, not a table."""

Neighbors = tuple[list[tuple[int, int]], list[tuple[int, int]]]


def find_box_tables(boxes: Sequence[Box]) -> list[list[int]]:
    """Return the indexes of the boxes of each table: neighbors in at least two rows and two columns."""
    if not _MIN_BOXES <= len(boxes) <= _MAX_BOXES:
        return []
    beside, below = _neighbors(boxes)
    parent = list(range(len(boxes)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in (*beside, *below):
        parent[root(a)] = root(b)
    groups: dict[int, list[int]] = {}
    for i in range(len(boxes)):
        groups.setdefault(root(i), []).append(i)
    sides = {root(a) for a, _ in beside} & {root(a) for a, _ in below}
    return [group for key, group in groups.items() if key in sides and len(group) >= _MIN_BOXES]


def box_table_rules(boxes: Sequence[Box]) -> list[Rule]:
    """Return the ruling lines between the boxes of one table; gaps between neighbors are closed."""
    beside, below = _neighbors(boxes)
    sides = [list(box) for box in boxes]
    for (a, b), near, far in [*((pair, 2, 0) for pair in beside), *((pair, 3, 1) for pair in below)]:
        sides[a][near] = sides[b][far] = (boxes[a][near] + boxes[b][far]) / 2
    rules: list[Rule] = []
    for side in sides:
        rules += sides_of(Box(*side))
    return rules


def first_row(boxes: Iterable[Box]) -> list[Box]:
    """Return the boxes at the height of the topmost one."""
    ordered = sorted(boxes, key=lambda box: box.top)
    return [box for box in ordered if box.top < (ordered[0].top + ordered[0].bottom) / 2]


def _neighbors(boxes: Sequence[Box]) -> Neighbors:
    """Return the index pairs of boxes side by side, and of boxes one below the other."""
    turned = [Box(box.top, box.x0, box.bottom, box.x1) for box in boxes]
    return _adjacent_pairs(boxes), _adjacent_pairs(turned)


def _adjacent_pairs(boxes: Sequence[Box]) -> list[tuple[int, int]]:
    """Return the pairs in which one box starts, along x, where another one ends at the same level."""
    order = sorted(range(len(boxes)), key=lambda i: boxes[i].x0)
    starts = [boxes[i].x0 for i in order]
    pairs = []
    for i, box in enumerate(boxes):
        for j in order[bisect_left(starts, box.x1 - _MAX_OVERLAP) :]:
            other = boxes[j]
            if other.x0 > box.x1 + GAP:
                break
            level = min(box.bottom, other.bottom) - max(box.top, other.top)
            if j != i and level > 0.5 * min(box.bottom - box.top, other.bottom - other.top):
                pairs.append((i, j))
    return pairs
