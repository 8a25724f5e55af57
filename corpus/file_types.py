"""Treatment of files and folders by their names."""

from __future__ import annotations

import csv
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files


def treatment_of(name: str) -> tuple[str, str]:
    """Return how a file or folder with this name is treated, and why.

    The treatment is one of read, look (the bytes decide), zip, later, other, hidden, skip, unknown.
    """
    folded = name.lower()
    for pattern, treatment, note in _patterns():
        if fnmatchcase(folded, pattern):
            return treatment, note
    return "unknown", ""


@cache
def _patterns() -> tuple[tuple[str, str, str], ...]:
    text = files("thaita.normalize.data").joinpath("file_types.csv").read_text(encoding="utf-8")
    return tuple((row["pattern"], row["treatment"], row["note"]) for row in csv.DictReader(text.splitlines()))
