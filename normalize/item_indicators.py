"""The indicator that a question or disclosure item counts for, if a source states it."""

from __future__ import annotations

import re
from functools import cache

from thaita.normalize.names import read_table

_PART = re.compile(r"indicator (\d+)|(\d+)\.\d")


@cache
def _indicators() -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for row in read_table("items.csv"):
        part = _PART.match(row["part"])
        if part:
            found[row["year"], row["code"]] = int(part[1] or part[2])
    return found


def indicator_of(code: str, year: int | None) -> int | None:
    """Return the number of the indicator that an item counts for in a fiscal year (B.E.), None if unknown.

    >>> indicator_of("I7", 2564), indicator_of("O1", 2564), indicator_of("E3", 2568)
    (2, 9, None)
    """
    return _indicators().get((str(year), code))
