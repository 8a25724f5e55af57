"""The words that decide what a figure in a text is, from `data/figure_cues.csv`.

`place` is where the words stand: `before` or `after` the figure, in the `head` of a column, in the `label` of an
indicator without a name, or `between` names and figures. `scope` is how far
they reach: `touching` (only words such as คะแนน between), `clause` (no other figure between) or `sentence` (until
words such as ของหน่วยงาน return to the report's own figures). For heads, it is `begins` or `is`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from thaita.normalize.match_key import fold
from thaita.normalize.names import read_table
from thaita.normalize.word_tree import word_tree


class Meaning(NamedTuple):
    """One meaning of a phrase and how far it reaches."""

    meaning: str
    scope: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase found in a text, at character offsets `start` to `end`, with its possible meanings."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]


_OWN = (Meaning("own", "clause"),)


@cache
def _phrases(place: str) -> dict[str, tuple[Meaning, ...]]:
    found: dict[str, tuple[Meaning, ...]] = {}
    for row in read_table("figure_cues.csv"):
        if row["place"] == place:
            key = fold(row["phrase"])
            found[key] = (*found.get(key, ()), Meaning(row["meaning"], row["scope"]))
    return found


@cache
def phrases(place: str, *meanings: str, scope: str | None = None) -> tuple[str, ...]:
    """Return the phrases with one of these meanings as match keys, longest first."""
    rows = [
        phrase
        for phrase, said in _phrases(place).items()
        if any(one.meaning in meanings and scope in (None, one.scope) for one in said)
    ]
    return tuple(sorted(rows, key=len, reverse=True))


@cache
def pattern(place: str, *meanings: str) -> re.Pattern[str]:
    """Return a pattern for the phrases with one of these meanings, or with any if none is given."""
    keys = phrases(place, *meanings) if meanings else tuple(_phrases(place))
    latin = sorted((key for key in keys if key.isascii()), key=len, reverse=True)
    # each alternative begins with its first letter, by which the search passes over most of a text
    parts = [word_tree(key for key in keys if not key.isascii())]
    parts += [rf"{re.escape(key)}(?<![a-z]{re.escape(key)})(?![a-z])" for key in latin]
    return re.compile("|".join(filter(None, parts)) or "(?!)")


class Compact:
    """A text without white space, in lower case, and the offsets of its letters in the original."""

    __slots__ = ("at", "chars", "ends")

    def __init__(self, text: str) -> None:
        letters = [*map(_letter, text)]
        self.at = [i for i, letter in enumerate(letters) if letter]
        """Offset of each letter in the original."""
        self.chars = "".join(letters)
        self.at.append(len(text))

    def index(self, offset: int) -> int:
        """Return the position of the first letter at or after an offset of the original."""
        return bisect_left(self.at, offset, 0, len(self.at) - 1)


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    return fold(char)[:1]


def find_cues(text: Compact, own: str | None = None) -> list[Cue]:
    """Return the phrases in a text that concern the figures after them, in order; positions are in the compact text.

    Where phrases overlap, the longest counts, so that บรรลุเป้าหมาย is not read as เป้าหมาย. `own` is the name of the
    report's agency, which ends a passage about others.
    """
    words = _phrases("before")
    hits = [(m.start(), m.end(), m[0]) for m in _overlapping(pattern("before"), text.chars)]
    hits.sort(key=lambda hit: (hit[0] - hit[1], hit[0]))
    taken = (
        [Cue(m.start(), m.end(), _OWN) for m in re.finditer(re.escape(fold(own)), text.chars)] if own else []
    )
    for start, end, word in hits:
        yields = _says(words[word], "own", "own_now")
        hidden = any(
            start < cue.end and cue.start < end
            if yields or _says(cue.meanings, "none")
            else cue.start <= start and end <= cue.end
            for cue in taken
        )
        if not hidden:
            taken.append(Cue(start, end, words[word]))
    return sorted(taken, key=lambda cue: cue.start)


def _says(meanings: tuple[Meaning, ...], *wanted: str) -> bool:
    return any(one.meaning in wanted for one in meanings)


def _overlapping(wanted: re.Pattern[str], chars: str) -> list[re.Match[str]]:
    found = []
    at = 0
    while match := wanted.search(chars, at):
        found.append(match)
        at = match.start() + 1
    return found
