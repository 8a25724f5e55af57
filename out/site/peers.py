"""An agency's place among its peers: agencies of the same kind, of the same province, and of both, in one year."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from thaita.out.site.figures import Spread, overall_of, spread
from thaita.out.site.survey import Result, Subject

By = Literal["kind", "province", "kind_in_province"]
BY: tuple[By, ...] = ("kind", "province", "kind_in_province")

_FEW = 4
"""Minimum number of agencies that have quarters."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip chart of a group on an axis from `floor` to 100: positions in percent of the width."""

    floor: int
    low: str
    width: str
    middle: str
    middle_width: str
    median: str
    own: str


@dataclass(frozen=True, slots=True)
class Place:
    """The rank of an agency in a group, the best is 1; `quarter` is 1 for the best quarter, None in a small group."""

    by: By
    rank: int
    count: int
    quarter: int | None
    spread: Spread
    strip: Strip


class Peers:
    """The overall scores of each year, by group."""

    def __init__(self, agencies: Iterable[Subject]) -> None:
        self._groups: dict[tuple[int, By, tuple[str, ...]], list[float]] = {}
        for subject in agencies:
            for year, result in subject.results.items():
                score = overall_of(result)
                if year is not None and score is not None:
                    for by, key in _groups(subject):
                        self._groups.setdefault((year, by, key), []).append(-score)
        for scores in self._groups.values():
            scores.sort()
        self._spreads: dict[tuple[int, By, tuple[str, ...]], Spread] = {}

    def rank(self, subject: Subject, result: Result, by: By) -> int | None:
        """Return the rank of an agency in a group; agencies with the same score have the same rank."""
        score, key = overall_of(result), dict(_groups(subject)).get(by)
        if score is None or key is None or result.year is None:
            return None
        scores = self._groups[result.year, by, key]
        return _before(scores, -score) + 1

    def places(self, subject: Subject, result: Result) -> list[Place]:
        """Return the place of an agency in each group with at least one other agency."""
        score, found = overall_of(result), []
        if score is None or result.year is None:
            return []
        for by, key in _groups(subject):
            group = (result.year, by, key)
            scores = self._groups[group]
            if len(scores) > 1:
                if group not in self._spreads:
                    self._spreads[group] = spread([-value for value in scores])
                one = self._spreads[group]
                rank = _before(scores, -score) + 1
                quarter = 1 + 4 * (rank - 1) // len(scores) if len(scores) >= _FEW else None
                found.append(Place(by, rank, len(scores), quarter, one, _strip(one, score)))
        return found


def _before(scores: list[float], value: float) -> int:
    """Return how many of the sorted values are less than a value."""
    return bisect_right(scores, value - 1e-9)


def _groups(subject: Subject) -> list[tuple[By, tuple[str, ...]]]:
    kind, province = subject.agency_type, subject.province
    found: list[tuple[By, tuple[str, ...]]] = []
    if kind:
        found.append(("kind", (kind,)))
    if province:
        found.append(("province", (province,)))
    if kind and province:
        found.append(("kind_in_province", (kind, province)))
    return found


def _strip(one: Spread, score: float) -> Strip:
    floor = int(one.low // 10) * 10 if one.low < 100 else 90

    def at(value: float) -> float:
        return 100 * (value - floor) / (100 - floor)

    low, first, third, high = (at(value) for value in (one.low, one.first, one.third, one.high))
    return Strip(
        floor,
        f"{low:.2f}",
        f"{high - low:.2f}",
        f"{first:.2f}",
        f"{third - first:.2f}",
        f"{at(one.median):.2f}",
        f"{at(score):.2f}",
    )
