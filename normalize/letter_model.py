"""Logistic regression on the runs of letters in a line, with weights from a data file.

A file of weights has a row for each run of letters, with its weight for each label; the row without letters has the
constant of each label. `benchmarks/letters.py` fits such weights.
"""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from functools import cache, lru_cache
from importlib import resources
from io import StringIO

from thaita.normalize.match_key import fold

_LENGTHS = range(2, 7)
_DIGITS = re.compile(r"\d+")
_SIGNS = re.compile(r"[()\[\]/:.,\-–—“”\"'+*_•|]+")


def features(text: str) -> set[str]:
    """Return the runs of 2 to 6 letters in a line, with marks of its start and end.

    White space, punctuation and the number of a heading are left out, and any other number counts as one sign.

    >>> sorted(features("คะ"))
    ['^ค', '^คะ', '^คะ$', 'คะ', 'คะ$', 'ะ$']
    """
    line = f"^{_DIGITS.sub('#', _SIGNS.sub('', fold(text))).lstrip('#')}$"
    return {line[at : at + size] for size in _LENGTHS for at in range(len(line) - size + 1)}


@cache
def _weights(file: str) -> dict[str, str]:
    """Return the weights of each run of letters as written: a text needs few of them."""
    text = resources.files("thaita.normalize.data").joinpath(file).read_text(encoding="utf-8")
    _, *rows = csv.reader(StringIO(text, newline=""))
    return {letters: weights for letters, weights in rows}  # noqa: C416 - each row has two cells


@cache
def _weights_of(file: str, letters: str) -> tuple[tuple[str, float], ...]:
    pairs = (pair.partition("=") for pair in _weights(file)[letters].split())
    return tuple((label, float(weight)) for label, _, weight in pairs)


@lru_cache(maxsize=20_000)
def label_odds(file: str, text: str) -> tuple[tuple[str, float], ...]:
    """Return the labels of a file of weights with their probabilities (0-1) for a text, the most likely first."""
    weights = _weights(file)
    total: dict[str, float] = defaultdict(float, _weights_of(file, ""))
    for feature in sorted(features(text) & weights.keys()):
        for label, weight in _weights_of(file, feature):
            total[label] += weight
    highest = max(total.values())
    odds = {label: math.exp(value - highest) for label, value in total.items()}
    whole = sum(odds.values())
    return tuple(sorted(((label, value / whole) for label, value in odds.items()), key=lambda pair: -pair[1]))
