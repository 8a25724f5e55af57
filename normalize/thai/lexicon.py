"""Word costs: how likely a stretch of Thai letters is as a sequence of words, which decides between readings.

Words are those of a Thai dictionary, names of persons, the places of geothai, and thai_words.csv. Frequencies come
from the Thai National Corpus; `data/SOURCES.md` names the sources. Costs are natural logarithms: a reading that is
cheaper by 5 is about 150 times as likely.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from thaita.normalize.thai.letters import csv_rows

UNKNOWN_COST = 9.0
"""Cost of a letter that no word covers."""

CORPUS_SIZE = 33_535_657
"""Number of words in the Thai National Corpus, from which the counts of the lists come."""

_MIN_DOMAIN_COUNT = 3000
"""Minimum frequency of report words: that of ordinary words in the corpus."""

_MIN_PLACE_COUNT = 1000
"""The same for place names, so that นาดี is not read as นำดี in documents that lose ำ."""


@cache
def domain_words() -> tuple[str, ...]:
    """Return the words of thai_words.csv: ITA names, and terms of reports and local government."""
    return tuple(row["word"] for row in csv_rows("thai_words.csv"))


def dictionary_words() -> dict[str, int]:
    """Return the words of a Thai dictionary with their numbers in the corpus; not cached, because it is large."""
    return _counts("dictionary_words.csv")


def _personal_names() -> dict[str, int]:
    return _counts("person_names.csv")


def _counts(name: str) -> dict[str, int]:
    """Return the count of each word of a list; no word has a comma, and splitting takes a third of the time of `csv`."""
    _, *lines = resources.files("thaita.normalize.data").joinpath(name).read_text("utf-8").splitlines()
    rows = (line.split(",", 2) for line in lines)
    return {row[0]: int(row[1]) for row in rows}


def _place_names() -> Iterable[str]:
    import geothai

    for province in geothai.provinces():
        yield province.name_th
        for district in geothai.districts(province.code):
            yield district.name_th
            yield from (place.name_th for place in geothai.subdistricts(district.code))


@dataclass(frozen=True)
class Lexicon:
    """Words with their costs; `longest` maps the first two letters of words to the greatest length."""

    costs: dict[str, float]
    longest: dict[str, int]

    def __contains__(self, word: str) -> bool:
        return word in self.costs

    def cost(self, text: str) -> float:
        """Return the cost of the most likely division of the text into words; spaces cost nothing."""
        return sum(_cost(part) for part in text.split(" "))

    def ends(self, text: str, start: int) -> range:
        """Return the offsets at which a word that starts at `start` may end."""
        return range(start + 1, min(len(text), start + self.longest.get(text[start : start + 2], 1)) + 1)

    def spells(self, text: str) -> bool:
        """Return whether the letters are a sequence of known words."""
        reached = [True] + [False] * len(text)
        for start in range(len(text)):
            if reached[start]:
                for end in self.ends(text, start):
                    reached[end] = reached[end] or text[start:end] in self.costs
        return reached[-1]


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, loaded once; loading takes about half a second."""
    counts = {**_personal_names(), **dictionary_words()}
    total = math.log(CORPUS_SIZE)
    costs = {
        word: total - math.log(count + 0.5)
        for word, count in counts.items()
        if (len(word) > 1 and " " not in word) or word == "ณ"
    }
    for expected, least in ((_place_names(), _MIN_PLACE_COUNT), (domain_words(), _MIN_DOMAIN_COUNT)):
        cap = total - math.log(least)
        costs.update({word: min(cap, costs.get(word, cap)) for word in expected})
    return Lexicon(costs, _longest_by_prefix(costs))


def _longest_by_prefix(words: Iterable[str]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for word in words:
        start = word[:2]
        if len(word) > longest.get(start, 0):
            longest[start] = len(word)
    return longest


@lru_cache(maxsize=8192)
def _cost(text: str) -> float:
    words = lexicon()
    best = [0.0] + [math.inf] * len(text)
    for start in range(len(text)):
        here = best[start]
        best[start + 1] = min(best[start + 1], here + UNKNOWN_COST)
        for end in words.ends(text, start):
            cost = words.costs.get(text[start:end])
            if cost is not None and here + cost < best[end]:
                best[end] = here + cost
    return best[-1]


@cache
def _by_shape() -> tuple[dict[str, tuple[tuple[str, float], ...]], dict[str, int]]:
    """Return the words grouped by their shape, in which ำ and า are one letter."""
    shapes: dict[str, list[tuple[str, float]]] = {}
    for word, cost in lexicon().costs.items():
        shapes.setdefault(_shape(word), []).append((word, cost))
    return {shape: tuple(words) for shape, words in shapes.items()}, _longest_by_prefix(shapes)


def _shape(text: str) -> str:
    return text.replace("ำ", "า")


@lru_cache(maxsize=8192)
def read_sara_am(text: str, lost: float, gained: float) -> str:
    """Return the most likely reading of letters among which ำ and า may be confused.

    `lost` is the cost of reading an า as ำ, `gained` that of reading an ำ as า; math.inf forbids it. The
    reading has the length of the text.

    >>> read_sara_am("สานักงานทางาน", 4, math.inf)
    'สำนักงานทำงาน'
    """
    shapes, longest = _by_shape()
    shape = _shape(text)
    best: list[tuple[float, str]] = [(0.0, "")] + [(math.inf, "")] * len(text)
    for start in range(len(text)):
        here, read = best[start]
        best[start + 1] = min(best[start + 1], (here + UNKNOWN_COST, read + text[start]))
        for end in range(start + 1, min(len(text), start + longest.get(shape[start : start + 2], 1)) + 1):
            for word, cost in shapes.get(shape[start:end], ()):
                total = here + cost + _confusions(text[start:end], word, lost, gained)
                if total < best[end][0]:
                    best[end] = (total, read + word)
    return best[-1][1]


def _confusions(text: str, word: str, lost: float, gained: float) -> float:
    if text == word:
        return 0.0
    return sum(lost if new == "ำ" else gained for old, new in zip(text, word, strict=True) if old != new)
