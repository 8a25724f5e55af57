"""The right spelling of each name among the mentions, or why it cannot be decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from thaita.check.agencies.mention import Named, located
from thaita.check.agencies.spelling import nearest
from thaita.normalize.agency_kinds import departments_of
from thaita.normalize.place_names import LEVELS, place_names

Lists = Collection[tuple[str, int | None]]
"""The lists, by document and year, that a name stands in."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A spelling that could be several names."""

    names: tuple[str, ...]
    reason: Literal["near_names", "listed_apart"]


class Spellings:
    """Decides for each name of a set of mentions whether it is a typing error of another.

    `refused` has the names that are too close to call; these stay as they are.
    """

    def __init__(self, seen: Mapping[Named, Lists]) -> None:
        self.refused: dict[Named, Refused] = {}
        self._right: dict[Named, Named] = {}
        self._wrong: set[tuple[str, str]] = set()
        self._lists: dict[str, dict[str, Lists]] = {}
        """The lists in which each full name stands, by the spot that they give it."""
        buckets: dict[tuple[str, str], set[str]] = {}
        for said, lists in seen.items():
            buckets.setdefault((_full(said), said.spot[:2]), set()).add(said.own)
            self._lists.setdefault(said.full, {})[said.spot] = lists
        pools = {bucket: frozenset(names) for bucket, names in buckets.items()}
        for said in sorted(seen, key=lambda one: (one.full, one.spot)):
            if _may_be_wrong(said):
                self._decide(said, pools[_full(said), said.spot[:2]])

    def of(self, said: Named) -> Named:
        """Return a mention with the right spelling of its name."""
        return self._right.get(said, said)

    def _decide(self, said: Named, pool: frozenset[str]) -> None:
        known = _known(said)
        name, near = nearest(said.own, [*pool, *(known - pool)], known)
        if name is None:
            if near:
                self.refused[said] = Refused(near, "near_names")
            return
        right = replace(said, own=name)
        right = replace(right, spot=located(right))
        there = self._lists_of(right)
        if name not in known and there is None:
            return
        if there and not there.isdisjoint(self._lists[said.full][said.spot]):
            self.refused[said] = Refused((name, said.own), "listed_apart")
        elif (
            _is_name_of_place(said)
            or (right.full, said.spot[:2]) in self._wrong
            or (name not in known and _is_free(said))
        ):
            self.refused[said] = Refused((name, said.own), "near_names")
        elif name in known or name < said.own:
            # of two names that are no places, the first in order stands for both
            self._right[said] = right
            self._wrong.add((said.full, said.spot[:2]))

    def _lists_of(self, one: Named) -> set[tuple[str, int | None]] | None:
        """Return the lists that name an agency that can lie at a spot, None if nothing names one."""
        found = [
            lists
            for spot, lists in self._lists.get(one.full, {}).items()
            if spot.startswith(one.spot) or one.spot.startswith(spot)
        ]
        return set().union(*found) if found else None


def _full(said: Named) -> str:
    return said.kind.full if said.kind else ""


def _may_be_wrong(said: Named) -> bool:
    """Return whether a name can be a typing error: not one that a place has, or without a place to look in."""
    if said.kind is None or (said.kind.level and not said.spot):
        return False
    return said.own not in _known(said)


def _is_name_of_place(said: Named) -> bool:
    """Return whether the name is exactly that of a place elsewhere in the country."""
    level = said.kind.level if said.kind else ""
    return any(said.own in place_names(one) for one in (LEVELS if level in ("any", "") else (level,)))


def _is_free(said: Named) -> bool:
    """Return whether agencies of the kind have names of any words, such as schools: two near ones may both be right."""
    return said.kind is None or not said.kind.level


def _known(said: Named) -> frozenset[str]:
    """Return the names that an agency of the kind is known to have: of departments, or of places at its spot."""
    if said.kind is not None and said.kind.national:
        return departments_of(said.kind.full)
    return _of_places(said.kind.level if said.kind else "", said.spot)


def _of_places(level: str, spot: str) -> frozenset[str]:
    """Return the names of the places of a level in a province or district, which agencies can be named after."""
    levels = LEVELS if level == "any" else (level,) if level in LEVELS else ()
    return frozenset().union(*(_names_inside(one).get(spot[:4], frozenset()) for one in levels))


@cache
def _names_inside(level: str) -> dict[str, frozenset[str]]:
    """Return the names of the places of a level by the code of each province and district that they touch."""
    found: dict[str, set[str]] = {}
    districts = [code for codes in place_names("district").values() for code in codes]
    for name, codes in place_names(level).items():
        for code in codes:
            spots = {code[:2], code[:4]}
            if level == "province":
                spots |= {one for one in districts if one.startswith(code)}
            for spot in spots:
                found.setdefault(spot, set()).add(name)
    return {spot: frozenset(names) for spot, names in found.items()}
