"""Rows told by colour: the edges of coloured stripes part the rows of a table as rules do."""

from __future__ import annotations

from collections.abc import Sequence

from thaita.extract.readers.page.content import Rule
from thaita.models.document import Box

_LEVEL = 1.5
"""Points by which the cells of one stripe differ in height, and how far apart they stand."""

_HIGH = 8.0
"""Points that a stripe is high at least: a lower one underlines, or marks words."""


def stripe_rules(fills: Sequence[Box]) -> list[Rule]:
    """Return the upper and lower edges of coloured stripes; areas side by side are one stripe."""
    rules = []
    for stripe in _stripes([fill for fill in fills if fill.bottom - fill.top >= _HIGH]):
        rules += [
            Rule(stripe.x0, stripe.top, stripe.x1, stripe.top),
            Rule(stripe.x0, stripe.bottom, stripe.x1, stripe.bottom),
        ]
    return rules


def _stripes(fills: Sequence[Box]) -> list[Box]:
    stripes: list[Box] = []
    for fill in sorted(fills, key=lambda box: (round(box.top), box.x0)):
        last = stripes[-1] if stripes else None
        if (
            last is not None
            and abs(last.top - fill.top) <= _LEVEL
            and abs(last.bottom - fill.bottom) <= _LEVEL
            and fill.x0 <= last.x1 + _LEVEL
        ):
            stripes[-1] = Box(last.x0, last.top, max(last.x1, fill.x1), last.bottom)
        else:
            stripes.append(fill)
    return stripes
