"""Ditto marks: the cell repeats the cell above it. The marks are listed in `data/dittos.csv`."""

from __future__ import annotations

from functools import cache

from thaita.normalize.match_key import fold
from thaita.normalize.names import read_table

_AROUND = "-–—_. \t\n"
"""Characters that forms add around a mark to fill the cell."""


def is_ditto(text: str) -> bool:
    """Return whether a text consists of a ditto mark only.

    >>> is_ditto('- " -'), is_ditto("″"), is_ditto("-"), is_ditto("กองคลัง")
    (True, True, False, False)
    """
    shown = text.strip(_AROUND)
    return shown in _marks() or fold(shown) in _marks()


@cache
def _marks() -> frozenset[str]:
    return frozenset(row["mark"] for row in read_table("dittos.csv"))
