"""Pairs of gold entries and rows that say the same, found by the similarity of their texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from rapidfuzz.fuzz import partial_ratio, ratio

from thaita.check.evaluation.fold import SOFT, fold

Wanted = TypeVar("Wanted")
Got = TypeVar("Got")


class Pair(NamedTuple):
    """The positions of a gold entry and of a row, and the similarity (0-100) of their texts."""

    entry: int
    row: int
    similarity: float


def pairs(
    wanted: Sequence[Wanted],
    got: Sequence[Got],
    wanted_text: Callable[[Wanted], str],
    got_text: Callable[[Got], str],
    agreement: Callable[[Wanted, Got], int],
) -> list[Pair]:
    """Pair gold entries with rows one to one, the most similar first; below `SOFT` nothing is paired.

    Where texts are equally similar, as in a document that repeats them, `agreement` decides: the number of other
    values that agree.
    """
    left, right = [fold(wanted_text(one)) for one in wanted], [fold(got_text(one)) for one in got]
    found = []
    for i, want in enumerate(left):
        for j, have in enumerate(right):
            similarity = ratio(want, have, score_cutoff=SOFT)
            if similarity >= SOFT:
                found.append((similarity, agreement(wanted[i], got[j]), i, j))
    taken: tuple[set[int], set[int]] = set(), set()
    chosen = []
    for similarity, _, i, j in sorted(found, reverse=True):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            chosen.append(Pair(i, j, similarity))
    return chosen


def nearest(text: str, others: Sequence[str]) -> str:
    """Return which of the other texts comes nearest to a missing one, for a person to look at; empty if none does."""
    wanted = fold(text)
    best, score = "", 60.0
    for other in others:
        have = fold(other)
        found = max(
            ratio(wanted, have), partial_ratio(wanted, have) if min(len(wanted), len(have)) > 12 else 0
        )
        if found > score:
            best, score = other, found
    return best
