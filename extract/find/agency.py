"""The agency that a report is about, and its location."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.flags import Flag
from thaita.models.source_text import SourceText
from thaita.normalize.agencies import Agency, find_agencies
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import strip_marker
from thaita.normalize.place_names import place_names
from thaita.normalize.places import Place, find_places, resolve

_TITLE_LINES = 16
_FIRST_LINES = 8
_SHORT = 140
_TITLE_WEIGHT = 5
_SUFFIX = re.compile(r"\s*[(]องค์การมหาชน[)]")
_NAMED_AFTER_SUBDISTRICT = frozenset({"อบต.", "เทศบาลตำบล"})
"""Types of agencies that are usually named after their subdistrict."""


@dataclass(slots=True)
class Identity:
    """An agency and its location; `evidence` maps a column of `reports` to its source text."""

    agency: str | None = None
    agency_type: str | None = None
    subdistrict: str | None = None
    district: str | None = None
    province: str | None = None
    flags: list[str] = field(default_factory=list)
    evidence: dict[str, SourceText] = field(default_factory=dict)


def find_agency_and_place(flow: Sequence[FlowItem]) -> Identity:
    """Return the agency that a report names most often, and its location as stated.

    Mentions in titles have more weight. All fields are None if the report names no agency. Two agencies that are
    named about equally often set the flag `ambiguous_agency`.
    """
    identity = Identity()
    agencies: Counter[tuple[str, str]] = Counter()
    first_agencies: dict[tuple[str, str], tuple[Agency, SourceText]] = {}
    places: Counter[tuple[str, str]] = Counter()
    first_places: dict[tuple[str, str], tuple[Place, SourceText]] = {}
    for i, weight, para in _weighted_paragraphs(flow):
        for agency in find_agencies(para.text.chars):
            if "generic" in agency.doubt:
                continue
            if "unlisted" in agency.doubt and (i >= _FIRST_LINES or strip_marker(para.text.chars)[0]):
                continue  # words such as กรม and โรงเรียน begin names as well as ordinary phrases
            agency = _with_suffix(agency, para.text.chars)
            key = (agency.agency_type, fold(agency.name))
            agencies[key] += weight - (agency.abbreviated and weight > 1)
            first_agencies.setdefault(key, (agency, para.text[agency.start : agency.end]))
        for place in find_places(para.text.chars):
            places[place.level, place.name] += weight
            first_places.setdefault((place.level, place.name), (place, para.text[place.start : place.end]))
    _choose_agency(identity, agencies, first_agencies)
    if identity.agency is None:
        _province_as_agency(identity, flow)
    _choose_place(identity, places, first_places, first_agencies)
    return identity


def _with_suffix(agency: Agency, chars: str) -> Agency:
    """Return an agency with the suffix of its official name included: (องค์การมหาชน)."""
    suffix = _SUFFIX.match(chars, agency.end)
    if suffix is None:
        return agency
    return replace(agency, name=f"{agency.name} {suffix[0].strip()}", end=suffix.end())


def _weighted_paragraphs(flow: Sequence[FlowItem]) -> Iterator[tuple[int, int, FlowParagraph]]:
    """Yield (position, weight, paragraph) for each paragraph; titles have the highest weight."""
    for i, item in enumerate(flow):
        if isinstance(item, FlowParagraph):
            title = i < _TITLE_LINES and len(item.text) < _SHORT
            yield i, (_TITLE_WEIGHT if title else 2 if i < 40 else 1), item


def _choose_agency(
    identity: Identity,
    votes: Counter[tuple[str, str]],
    first_agencies: dict[tuple[str, str], tuple[Agency, SourceText]],
) -> None:
    if not votes:
        return
    (best, count), *rest = votes.most_common()
    agency, text = first_agencies[best]
    identity.agency, identity.agency_type = agency.name, agency.agency_type
    identity.evidence["agency"] = text
    if rest and rest[0][1] >= 0.8 * count and rest[0][0][1] not in best[1] and best[1] not in rest[0][0][1]:
        identity.flags.append(Flag.AMBIGUOUS_AGENCY)
    identity.flags += [Flag.AGENCY_DOUBT.of(doubt) for doubt in agency.doubt]


def _province_as_agency(identity: Identity, flow: Sequence[FlowItem]) -> None:
    """Use the province as the agency if the title names a province but no agency or smaller place."""
    for item in flow[:_TITLE_LINES]:
        places = find_places(item.text.chars) if isinstance(item, FlowParagraph) else []
        if any(place.level != "province" for place in places):
            return
        for place in places:
            if isinstance(item, FlowParagraph):
                identity.agency, identity.agency_type = "จังหวัด" + place.name, "จังหวัด"
                identity.evidence["agency"] = item.text[place.start : place.end]
                return


def _choose_place(
    identity: Identity,
    votes: Counter[tuple[str, str]],
    first_places: dict[tuple[str, str], tuple[Place, SourceText]],
    first_agencies: dict[tuple[str, str], tuple[Agency, SourceText]],
) -> None:
    chosen: dict[str, str | None] = {}
    for level in ("subdistrict", "district", "province"):
        named = [(count, name) for (its, name), count in votes.items() if its == level]
        chosen[level] = max(named, key=lambda pair: pair[0])[1] if named else None
    own = next((a.place_name for a, _ in first_agencies.values() if a.name == identity.agency), None)
    if identity.agency_type in ("จังหวัด", "อบจ."):
        chosen["province"] = chosen["province"] or own
    if identity.agency_type == "จังหวัด":
        chosen |= {"district": None, "subdistrict": None}
    stated = chosen["subdistrict"]
    if identity.agency_type in _NAMED_AFTER_SUBDISTRICT and own is not None:
        chosen["subdistrict"] = own
    address = resolve(chosen["subdistrict"], chosen["district"], chosen["province"])
    lent = identity.agency_type == "เทศบาลตำบล" and chosen["subdistrict"] == own
    unknown = address is None or "unknown_subdistrict" in address.doubt
    if lent and unknown and own not in place_names("subdistrict"):
        chosen["subdistrict"] = stated
        address = resolve(stated, chosen["district"], chosen["province"])
    if address is None:
        address = resolve(None, chosen["district"], chosen["province"])
        identity.flags.append("place_unconfirmed") if any(chosen.values()) else None
    identity.subdistrict = chosen["subdistrict"]
    identity.district = address.district if address and chosen["district"] else chosen["district"]
    identity.province = address.province if address and chosen["province"] else chosen["province"]
    identity.flags += [Flag.PLACE_DOUBT.of(doubt) for doubt in address.doubt] if address else []
    for level, name in chosen.items():
        if name is not None and (level, name) in first_places:
            identity.evidence[level] = first_places[level, name][1]
