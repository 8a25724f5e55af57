"""Colored stripes: their edges separate the rows of a table as ruling lines do."""

from __future__ import annotations

from collections.abc import Sequence

from thaita.extract.readers.page.content import Rule
from thaita.models.document import Box

_LEVEL_TOLERANCE = 1.5
"""Maximum difference in height, and maximum gap, between the cells of one stripe, in points."""

_MIN_HEIGHT = 8.0
"""Minimum height of a stripe in points: lower areas underline or highlight words."""


def stripe_rules(fills: Sequence[Box]) -> list[Rule]:
    """Return the upper and lower edges of colored stripes; areas side by side form one stripe."""
    rules = []
    for stripe in _stripes([fill for fill in fills if fill.bottom - fill.top >= _MIN_HEIGHT]):
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
            and abs(last.top - fill.top) <= _LEVEL_TOLERANCE
            and abs(last.bottom - fill.bottom) <= _LEVEL_TOLERANCE
            and fill.x0 <= last.x1 + _LEVEL_TOLERANCE
        ):
            stripes[-1] = Box(last.x0, last.top, max(last.x1, fill.x1), last.bottom)
        else:
            stripes.append(fill)
    return stripes
