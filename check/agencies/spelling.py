"""Typing errors in names of agencies: when two spellings are one name, and when that is too close to call."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from thaita.normalize.names import read_table

MARGIN = 1
"""Errors by which the nearest name must be nearer than the next."""

_LONGEST_LIMIT = 2
_DIGITS = re.compile(r"\d+")
_MARKS = re.compile(r"[็-๎ฺ]")
"""Tone marks and other signs above a letter, which are the most frequent typing errors."""


def errors_allowed(name: str, *, known: bool) -> int:
    """Return how many letters a spelling may differ from a name; `known`: the name is that of a place on the map.

    A short name resembles too many others. Of two names that are no places, either may be right or both, so that they
    must be longer.
    """
    length = len(name)
    if known:
        return 0 if length < 4 else 1 if length < 9 else _LONGEST_LIMIT
    return 0 if length < 8 else 1 if length < 14 else _LONGEST_LIMIT


def is_typing_error(written: str, name: str, *, known: bool) -> bool:
    """Return whether a spelling can be a typing error of a name.

    Numbers never differ by an error, nor do words that tell two places apart (ใหญ่, ใหม่, เหนือ, ใต้).

    >>> is_typing_error("ตะเคียนรามม", "ตะเคียนราม", known=True)
    True
    >>> is_typing_error("หนองใหญ่", "หนองใหม่", known=True), is_typing_error("เขต1", "เขต2", known=True)
    (False, False)
    """
    limit = errors_allowed(name, known=known)
    if limit == 0 or OSA.distance(written, name, score_cutoff=limit) > limit:
        return False
    if len(name) < 6 and _MARKS.sub("", written) != _MARKS.sub("", name):
        return False
    return _DIGITS.findall(written) == _DIGITS.findall(name) and not _opposed(written, name)


def _opposed(written: str, name: str) -> bool:
    """Return whether a spelling has a word that tells places apart and the name has not, or lacks such a word."""
    of_name = _words(name)
    added = [word for word in _words(written) if word not in of_name]
    return bool(added) or any(name.replace(word, "", 1) == written for word in of_name)


@cache
def _opposites() -> re.Pattern[str]:
    words = sorted((row["word"] for row in read_table("name_opposites.csv")), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _words(name: str) -> list[str]:
    return _opposites().findall(name)


def nearest(written: str, names: Sequence[str], known: Collection[str]) -> tuple[str | None, tuple[str, ...]]:
    """Return the only name that a spelling can be a typing error of, and all names too near to exclude.

    The first is None if no name is near enough, or if two are: then the second names them.
    """
    found = process.extract(
        written, names, scorer=OSA.distance, score_cutoff=_LONGEST_LIMIT + MARGIN, limit=None, processor=None
    )
    near = sorted((int(distance), name) for name, distance, _ in found if name != written)
    fits = [one for one in near if is_typing_error(written, one[1], known=one[1] in known)]
    if not fits:
        return None, ()
    best = fits[0]
    rivals = [name for distance, name in near if name != best[1] and distance < best[0] + MARGIN]
    if rivals:
        return None, (best[1], *rivals)
    return best[1], (best[1],)
