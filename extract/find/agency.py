"""The agency that a report is about, and its location."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from thaita.extract.find.agency_mentions import AgencyMention, find_mentions
from thaita.extract.find.agency_place import find_location
from thaita.extract.structure.page_furniture import FlowItem
from thaita.models.flags import Flag
from thaita.models.source_text import SourceText
from thaita.normalize.agencies import Agency
from thaita.normalize.agency_types import agency_types, agency_words
from thaita.normalize.match_key import fold
from thaita.normalize.place_names import level_word, place_words

_LEAST = 1.0
"""Minimum support of a report's agency: less is a bystander."""
_ONCE, _GUESSED = 0.75, 0.25
"""Weight of a name of no list that stands only once, and of one that may be a general word and what is said of it."""
_CLEAR = 4.0
"""Support from which a name is certain; below it, the agency is in doubt."""
_NEAR = 0.6
"""Share of the winner's support from which a runner-up casts doubt on it."""
_PROVINCE, _DISTRICT = level_word("province"), level_word("district")
_OFFICE = agency_words("office")[0] + _PROVINCE
_AREAS = frozenset({_PROVINCE, _DISTRICT})
_LOCAL = tuple(sorted({kind.full for kind in agency_types("local")} - set(place_words("level"))))
"""Local governments are named after places; other agencies need not be."""
_ACTOR = frozenset({"place_label", "place_title", "place_running", "place_subject", "place_post"})
"""Evidence that an area is the agency, and no mere address."""
_NAMING = frozenset({"label", "value", "line", "later_line", "title", "running", "post", "headline"})
"""Evidence that shows where a name ends."""


@dataclass(slots=True)
class Identity:
    """An agency and its location; `evidence` maps a column of `reports` to its source text.

    `support` is the weight of the evidence for the agency, `next_support` that for the next best one. `runner_up` is
    the latter if it casts doubt on the first.
    """

    agency: str | None = None
    agency_type: str | None = None
    subdistrict: str | None = None
    district: str | None = None
    province: str | None = None
    flags: list[str] = field(default_factory=list)
    evidence: dict[str, SourceText] = field(default_factory=dict)
    runner_up: tuple[str, SourceText] | None = None
    support: float = 0.0
    next_support: float = 0.0


@dataclass(slots=True)
class Candidate:
    """An agency and its mentions, by the kind of place where they stand."""

    agency: Agency
    text: SourceText
    mentions: dict[str, int] = field(default_factory=dict)

    def add(self, mentions: Mapping[str, int]) -> None:
        """Count further mentions."""
        for evidence, count in mentions.items():
            self.mentions[evidence] = self.mentions.get(evidence, 0) + count

    def weight(self) -> float:
        """Return the weight of the evidence for this agency; each kind of place counts up to its limit."""
        weights = _weights()
        return sum(min(count * weights[kind][0], weights[kind][1]) for kind, count in self.mentions.items())

    def support(self) -> float:
        """Return the weight of the evidence, compared with other agencies.

        A name of no list that stands only once weighs less; in a sentence whose next word ends it, it is often none
        (โรงพยาบาล|มิ|ได้…).
        """
        if "unlisted" not in self.agency.doubt or sum(self.mentions.values()) > 1:
            return self.weight()
        guess = "cut" in self.agency.doubt and not _NAMING & self.mentions.keys()
        return self.weight() * (_GUESSED if guess else _ONCE)


def find_agency_and_place(flow: Sequence[FlowItem]) -> Identity:
    """Return the agency with the best support, and its location as stated.

    Where a name stands decides its weight (`data/agency_evidence.csv`). All fields are None if the report names no
    agency. A runner-up with almost as much support sets the flag `ambiguous_agency`.
    """
    identity = Identity()
    candidates = _candidates(find_mentions(flow))
    ranked = sorted(candidates.values(), key=lambda one: -one.support())
    best = ranked[0] if ranked and ranked[0].weight() >= _LEAST else None
    if best is not None:
        _set_agency(identity, best, ranked[1:])
    location = find_location(flow, best.agency if best else None)
    identity.subdistrict = location.places["subdistrict"]
    identity.district = location.places["district"]
    identity.province = location.places["province"]
    identity.evidence |= location.evidence
    identity.flags += [Flag.PLACE_DOUBT.of(doubt) for doubt in location.doubts]
    return identity


def _set_agency(identity: Identity, best: Candidate, others: Sequence[Candidate]) -> None:
    identity.agency, identity.agency_type = best.agency.name, best.agency.agency_type
    identity.evidence["agency"] = best.text
    identity.support = best.weight()
    identity.next_support = max((one.support() for one in others if _is_rival(one, best)), default=0.0)
    rivals = [one for one in others if one.support() >= _NEAR * best.support() and _is_rival(one, best)]
    if rivals:
        identity.flags.append(Flag.AMBIGUOUS_AGENCY)
        identity.runner_up = (rivals[0].agency.name, rivals[0].text)
    named = sum(count for kind, count in best.mentions.items() if kind in _NAMING)
    sure = (
        best.weight() >= _CLEAR
        and named > 0
        and (sum(best.mentions.values()) > 1 or "title" not in best.mentions)
    )
    cleared = {"unlisted", "cut"} if sure else set()
    if sure and not best.agency.name.startswith(_LOCAL):
        cleared.add("unknown_place")
    if _ACTOR & best.mentions.keys() or best.mentions.get("place_line", 0) > 1:
        cleared.add("place_or_agency")
    doubts = [doubt for doubt in best.agency.doubt if doubt not in cleared]
    identity.flags += [Flag.AGENCY_DOUBT.of(doubt) for doubt in doubts]
    if best.weight() < _CLEAR and not doubts:
        identity.flags.append(Flag.AGENCY_DOUBT.of("passing"))


def _is_rival(one: Candidate, best: Candidate) -> bool:
    """Return whether another candidate is neither a form of the best one's name nor a place in its address."""
    a, b = fold(one.agency.name), fold(best.agency.name)
    area, own = one.agency.agency_type, best.agency.agency_type
    address = area in _AREAS and (own not in _AREAS or (own, area) == (_DISTRICT, _PROVINCE))
    return not (a in b or b in a or address)


def _candidates(mentions: Sequence[AgencyMention]) -> dict[str, Candidate]:
    """Return the agencies by their folded names; a sentence counts for the name that titles and labels show.

    In a sentence, white space or a general word may cut a name short, or letters without white space may
    follow it: กรมการขนส่งทางบกได้คะแนน counts for กรมการขนส่งทางบก.
    """
    shown = {fold(one.agency.name) for one in mentions if one.evidence in _NAMING}
    candidates: dict[str, Candidate] = {}
    for mention in mentions:
        key = fold(mention.agency.name)
        if mention.evidence not in _NAMING or "cut" in mention.agency.doubt:
            key = _shown_name(mention, shown) or key
        candidate = candidates.setdefault(key, Candidate(mention.agency, mention.text))
        if fold(candidate.agency.name) != key:
            candidate.agency, candidate.text = mention.agency, mention.text
        if len(mention.agency.doubt) < len(candidate.agency.doubt) and fold(mention.agency.name) == key:
            candidate.agency, candidate.text = mention.agency, mention.text
        candidate.add({mention.evidence: 1})
    longer = {
        one.agency.name.partition(" (")[0]: one for one in candidates.values() if " (" in one.agency.name
    }
    for key, whole in [(key, _whole_of(one, candidates, longer)) for key, one in candidates.items()]:
        if whole is not None:
            whole.add(candidates.pop(key).mentions)
    return candidates


def _whole_of(
    one: Candidate, candidates: Mapping[str, Candidate], longer: Mapping[str, Candidate]
) -> Candidate | None:
    """Return the agency for which another name stands: its short form, or the office that acts for a province.

    พิพิธภัณฑ์… is short for พิพิธภัณฑ์… (องค์การมหาชน); a province is assessed, and not its office. `longer` are the names
    with brackets, by what stands before these.
    """
    name = one.agency.name
    if name in longer or one.agency.agency_type != _OFFICE:
        return longer.get(name)
    province = candidates.get(fold(name.removeprefix(_OFFICE.removesuffix(_PROVINCE))))
    acts = province is not None and bool((_ACTOR | _NAMING | {"place_line"}) & province.mentions.keys())
    return province if acts else None


def _shown_name(mention: AgencyMention, shown: set[str]) -> str | None:
    following = fold(mention.following)
    shorter = "cut" not in mention.agency.doubt and mention.agency.name.endswith(")")
    return max((name for name in shown if following.startswith(name) and not shorter), key=len, default=None)


@cache
def _weights() -> Mapping[str, tuple[float, float]]:
    """Return the weight of each kind of evidence, and the most that all mentions of the kind weigh together."""
    with files("thaita.normalize.data").joinpath("agency_evidence.csv").open(encoding="utf-8") as source:
        return {row["evidence"]: (float(row["weight"]), float(row["most"])) for row in csv.DictReader(source)}
