"""Ditto marks, by which a cell says what the cell above it says. The marks are `data/dittos.csv`."""

from __future__ import annotations

from functools import cache

from thaita.normalize.match_key import fold
from thaita.normalize.names import read_table

_AROUND = "-–—_. \t\n"
"""What forms put beside a mark, so that it fills its cell."""


def is_ditto(text: str) -> bool:
    """Return whether a text is a ditto mark and nothing else.

    >>> is_ditto('- " -'), is_ditto("″"), is_ditto("-"), is_ditto("กองคลัง")
    (True, True, False, False)
    """
    shown = text.strip(_AROUND)
    return shown in _marks() or fold(shown) in _marks()


@cache
def _marks() -> frozenset[str]:
    return frozenset(row["mark"] for row in read_table("dittos.csv"))
