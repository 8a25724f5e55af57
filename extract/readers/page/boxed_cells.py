"""Cells drawn as boxes of their own: framed or coloured rectangles in rows and columns, with gaps between."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from thaita.extract.readers.page.content import Rule
from thaita.models.document import Box

GAP = 12.0
"""Points of white between two cells of one table at most."""

_TOUCH = 1.5
"""Points by which neighbours may overlap."""

_LEAST = 6
"""Boxes that make a table; four may be the quarters of a page."""

_MOST = 1500
"""More boxes than this on a page are a drawing."""

Neighbours = tuple[list[tuple[int, int]], list[tuple[int, int]]]


def find_arrays(boxes: Sequence[Box]) -> list[list[int]]:
    """Return the numbers of boxes that make up each table: at least two rows and two columns of neighbours."""
    if not _LEAST <= len(boxes) <= _MOST:
        return []
    beside, below = _neighbours(boxes)
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
    return [group for key, group in groups.items() if key in sides and len(group) >= _LEAST]


def array_rules(boxes: Sequence[Box]) -> list[Rule]:
    """Return the ruling lines that part the boxes of one table: gaps between neighbours are closed."""
    beside, below = _neighbours(boxes)
    sides = [list(box) for box in boxes]
    for (a, b), near, far in [*((pair, 2, 0) for pair in beside), *((pair, 3, 1) for pair in below)]:
        sides[a][near] = sides[b][far] = (boxes[a][near] + boxes[b][far]) / 2
    rules = []
    for x0, top, x1, bottom in sides:
        rules += [Rule(x0, top, x1, top), Rule(x0, bottom, x1, bottom)]
        rules += [Rule(x0, top, x0, bottom), Rule(x1, top, x1, bottom)]
    return rules


def first_row(boxes: Iterable[Box]) -> list[Box]:
    """Return the boxes that stand as high as the topmost one."""
    ordered = sorted(boxes, key=lambda box: box.top)
    return [box for box in ordered if box.top < (ordered[0].top + ordered[0].bottom) / 2]


def _neighbours(boxes: Sequence[Box]) -> Neighbours:
    """Return the pairs of boxes of which the second stands right of, and those of which it stands below, the first."""
    turned = [Box(box.top, box.x0, box.bottom, box.x1) for box in boxes]
    return _followers(boxes), _followers(turned)


def _followers(boxes: Sequence[Box]) -> list[tuple[int, int]]:
    """Return the pairs in which a box begins, along x, where another ends, and the two are level."""
    order = sorted(range(len(boxes)), key=lambda i: boxes[i].x0)
    starts = [boxes[i].x0 for i in order]
    pairs = []
    for i, box in enumerate(boxes):
        for j in order[bisect_left(starts, box.x1 - _TOUCH) :]:
            other = boxes[j]
            if other.x0 > box.x1 + GAP:
                break
            level = min(box.bottom, other.bottom) - max(box.top, other.top)
            if j != i and level > 0.5 * min(box.bottom - box.top, other.bottom - other.top):
                pairs.append((i, j))
    return pairs
