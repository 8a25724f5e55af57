"""The register of agencies: to each mention one agency, or the candidates that it cannot decide between.

No list of all agencies of the country exists. The register is built from the mentions themselves and from the official
names of places: a name that is a place's is no typing error, two places with the same name are two agencies, and two
names in one list are two agencies. A wrong merge is worse than a refusal, so a close call is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Literal

from thaita.check.agencies.lists import ListProvinces
from thaita.check.agencies.mention import Mention, Named, places_named
from thaita.check.agencies.names import Refused, Spellings
from thaita.normalize.agency_ids import agency_id
from thaita.normalize.agency_kinds import ministries
from thaita.normalize.match_key import fold
from thaita.normalize.place_names import LEVELS, official_names

Reason = Literal[
    "exact",  # the mention says all that tells the agency apart
    "place",  # the mention leaves the place open, and only one agency has the name
    "spelling",  # the name has a typing error
    "several_places",  # several agencies or places have the name
    "near_names",  # the spelling is equally near to several names
    "listed_apart",  # the name that it resembles stands in the same list
    "listed_twice",  # one list names two agencies alike
    "other_place",  # no place of this name lies in the stated district
    "no_name",  # the row names no agency
    "unknown",  # the register was built without the agency
]
"""Why a mention belongs to an agency, or to none."""

_PARTS = {"subdistrict": 6, "district": 4, "province": 2}


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency: its official full name as far as known, its place, and the spellings seen.

    `agency_id` is computed as for rows, from the name and the place: rows that say the same have the same id.
    """

    agency_id: str
    name: str
    agency_type: str | None = None
    subdistrict: str | None = None
    district: str | None = None
    province: str | None = None
    ministry: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The agency of a mention: its id, or None and the candidates that it could be; `reason` says why."""

    agency_id: str | None
    candidates: tuple[Agency, ...]
    reason: Reason


@dataclass(slots=True)
class Register:
    """The agencies of a set of mentions, by their id."""

    agencies: dict[str, Agency]
    _matches: dict[Named, Match]
    _by_name: dict[str, dict[str, Agency]]
    """The agencies with a folded full name, by their spot."""
    _lists: ListProvinces

    def of(self, mention: Mention) -> Match:
        """Return the agency of a mention; one that the register was not built from must be spelled as one of these is."""
        said = self._lists.named(mention)
        if said is None:
            return Match(None, (), "no_name")
        if (known := self._matches.get(said)) is not None:
            return known
        spots = self._by_name.get(said.full, {})
        near = [spot for spot in spots if spot.startswith(said.spot) or said.spot.startswith(spot)]
        if len(near) == 1 and _several(said, near) is None:
            found = spots[near[0]]
            return Match(found.agency_id, (found,), "exact" if near[0] == said.spot else "place")
        return Match(None, tuple(spots[spot] for spot in near), "several_places" if near else "unknown")


def resolve(mentions: Iterable[Mention]) -> Register:
    """Return the register of all agencies that mentions name.

    >>> full, short = Mention("องค์การบริหารส่วนตำบลตะเคียนราม", province="ศรีสะเกษ"), Mention("อบต.ตะเคียนรามม", province="ศรีสะเกษ")
    >>> register = resolve([full, short])
    >>> register.of(full).agency_id == register.of(short).agency_id, register.of(short).reason
    (True, 'spelling')
    """
    mentions = list(mentions)
    lists = ListProvinces(mentions)
    seen: dict[Named, _Seen] = {}
    for mention in mentions:
        if (said := lists.named(mention)) is not None:
            seen.setdefault(said, _Seen()).add(mention)
    spellings = Spellings({said: one.lists for said, one in seen.items()})
    groups: dict[str, list[Named]] = {}
    for said in seen:
        if said not in spellings.refused:
            groups.setdefault(spellings.of(said).full, []).append(said)
    return _Builder(spellings, seen, lists).build(groups)


@dataclass(slots=True)
class _Seen:
    """The mentions with the same kind, own name and spot."""

    names: Counter[str] = field(default_factory=Counter)
    lists: set[tuple[str, int | None]] = field(default_factory=set)
    rows: dict[tuple[str, int | None], dict[str, set[str]]] = field(default_factory=dict)

    def add(self, mention: Mention) -> None:
        """Add a mention."""
        self.names[" ".join((mention.name or "").split())] += 1
        if mention.document:
            self.lists.add((mention.document, mention.year))
        if mention.value:
            self.rows.setdefault((mention.document, mention.year), {}).setdefault(mention.value, set()).add(
                mention.row
            )

    def twice(self) -> bool:
        """Return whether one list gives the name two scores for the same year."""
        return any(len(values) > 1 for values in self.rows.values())


class _Builder:
    """Builds the register from the mentions, grouped by full name."""

    def __init__(self, spellings: Spellings, seen: Mapping[Named, _Seen], lists: ListProvinces) -> None:
        self.spellings, self.seen, self.lists = spellings, seen, lists
        self.drafts: dict[tuple[str, str], Agency] = {}
        """The agencies by full name and spot."""
        self.homes: dict[Named, tuple[tuple[str, str], Reason]] = {}
        self._spots: dict[str, list[str]] = {}
        self.unsure: list[tuple[Named, Reason, list[tuple[str, str]], list[Agency]]] = []
        """Mentions without an agency: the agencies that they could be, and possible ones that no mention is surely of."""

    def build(self, groups: Mapping[str, Sequence[Named]]) -> Register:
        """Return the register."""
        for full in sorted(groups):
            self._add_group(groups[full])
        by_name: dict[str, dict[str, Agency]] = {}
        for (full, spot), agency in _with_ids(self.drafts).items():
            by_name.setdefault(full, {})[spot] = agency
        for said, refused in self.spellings.refused.items():
            self._refuse_spelling(said, refused)
        matches = {
            said: Match(by_name[full][spot].agency_id, (by_name[full][spot],), reason)
            for said, ((full, spot), reason) in self.homes.items()
        }
        for said, reason, keys, others in self.unsure:
            candidates = (*(by_name[full][spot] for full, spot in keys), *others)
            matches[said] = Match(None, tuple(dict.fromkeys(candidates)), reason)
        agencies = {one.agency_id: one for spots in by_name.values() for one in spots.values()}
        return Register(agencies, matches, by_name, self.lists)

    def _add_group(self, group: Sequence[Named]) -> None:
        right = {said: self.spellings.of(said) for said in group}
        spots = sorted({one.spot for one in right.values()})
        leaves = [spot for spot in spots if not any(one != spot and one.startswith(spot) for one in spots)]
        members: dict[str, list[Named]] = {}
        refused: dict[Named, Reason] = {}
        for said, one in right.items():
            below = [leaf for leaf in leaves if leaf.startswith(one.spot)]
            if reason := _refusal(one, below, self.seen[said]):
                refused[said] = reason
            else:
                members.setdefault(below[0], []).append(said)
                how: Reason = "spelling" if one != said else "exact" if one.spot == below[0] else "place"
                self.homes[said] = (one.full, below[0]), how
        for leaf, some in members.items():
            names = sum((self.seen[said].names for said in some), Counter[str]())
            self.drafts[right[some[0]].full, leaf] = _agency(right[some[0]], leaf, names)
        for said, reason in refused.items():
            one = right[said]
            keys = [(one.full, leaf) for leaf in members if leaf.startswith(one.spot[:2])]
            taken = [leaf for _, leaf in keys]
            others = [_agency(one, code, Counter()) for code in _other_places(one, taken)]
            self.unsure.append((said, reason, keys, others))

    def _refuse_spelling(self, said: Named, refused: Refused) -> None:
        keys: list[tuple[str, str]] = []
        others: list[Agency] = []
        for own in refused.names:
            name = replace(said, own=own)
            found = [(name.full, spot) for spot in self.spots_of(name.full) if spot.startswith(said.spot[:2])]
            keys += found
            others += [] if found else [_agency(name, said.spot, Counter())]
        self.unsure.append((said, refused.reason, keys, others))

    def spots_of(self, full: str) -> list[str]:
        """Return the spots of the agencies with a full name."""
        if not self._spots:
            for name, spot in self.drafts:
                self._spots.setdefault(name, []).append(spot)
        return self._spots.get(full, [])


def _with_ids(drafts: Mapping[tuple[str, str], Agency]) -> dict[tuple[str, str], Agency]:
    """Return the agencies with an id each: rows that cut a name short have the same id for two agencies."""
    count = Counter(one.agency_id for one in drafts.values())
    return {
        (full, spot): one if count[one.agency_id] == 1 else replace(one, agency_id=_own_id(full, spot))
        for (full, spot), one in drafts.items()
    }


def _own_id(full: str, spot: str) -> str:
    return "a" + sha256(f"{full}|{spot}".encode()).hexdigest()[:12]


def _refusal(one: Named, below: Sequence[str], seen: _Seen) -> Reason | None:
    """Return why a mention cannot be given to one of the agencies at or below its spot, None if it can."""
    if len(below) == 1 and len(one.spot) < 4 and one.kind and one.kind.level in _SHARED and seen.twice():
        return "listed_twice"
    return _several(one, below)


_SHARED = ("subdistrict", "any")
"""Levels of places that one province has several of with the same name; other names are unique in it."""


def _several(one: Named, below: Sequence[str]) -> Reason | None:
    """Return the reason if several agencies can have the name at or below the spot of a mention."""
    if len(below) > 1:
        return "several_places"
    level = one.kind.level if one.kind else ""
    every = places_named(one)
    inside = [code for code in every if code.startswith(one.spot)]
    if level in LEVELS:
        if len(one.spot) < _PARTS[level] and len(inside) > 1:
            return "several_places"
        if len(one.spot) == 4 and not inside and any(code.startswith(one.spot[:2]) for code in every):
            return "other_place"
    elif not (one.kind and one.kind.national) and len(_areas(one)) > 1:
        return "several_places"
    return None


def _areas(one: Named) -> set[str]:
    """Return the provinces that have a place with a free name, or the districts if the province is known."""
    length = {0: 2, 2: 4}.get(len(one.spot), 0)
    codes = (code for code in places_named(one) if code.startswith(one.spot))
    return {code[:length] for code in codes if length and len(code) >= length}


def _other_places(one: Named, taken: Sequence[str]) -> list[str]:
    """Return the spots of further agencies that a mention can be, by the places with the name."""
    level = one.kind.level if one.kind else ""
    codes = {code for code in places_named(one) if code.startswith(one.spot[:2])}
    if level not in LEVELS:
        codes = _areas(one)
    free = sorted(
        code for code in codes if not any(spot.startswith(code) or code.startswith(spot) for spot in taken)
    )
    return free or ([] if taken else [one.spot])


def _written_out(name: str, one: Named) -> bool:
    return one.kind is not None and fold(name).startswith(one.kind.full)


def _agency(one: Named, spot: str, names: Counter[str]) -> Agency:
    """Return the agency with a name at a spot; `names` are the spellings seen, with their counts."""
    kind = one.kind
    seen = sorted(names, key=lambda name: (-names[name], name))
    free = kind is not None and not places_named(one)  # no official spelling: the usual one
    usual = [name for name in seen if fold(name) == one.full or (free and _written_out(name, one))]
    usual = usual or (seen if kind is None else [])  # the folded text of such a name is no name
    name = usual[0] if usual else one.full
    place = {
        level: official_names(level).get(spot[:length]) if len(spot) >= length else None
        for level, length in _PARTS.items()
    }
    id_ = agency_id(name, spot[:4] if len(spot) >= 4 else None, spot[:2] or None)
    return Agency(
        id_ or "",
        name,
        kind.agency_type if kind else None,
        place["subdistrict"],
        place["district"],
        place["province"],
        (kind.ministry if kind else None) or ministries().get(one.full),
        tuple(seen),
    )
