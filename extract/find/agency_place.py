"""The location of a report's agency: subdistrict, district and province, as the report states them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from thaita.extract.find.titles import SHORT, TITLE_LINES, key_values
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.source_text import SourceText
from thaita.normalize.agencies import Agency
from thaita.normalize.place_names import LEVELS, level_word, place_names, place_words
from thaita.normalize.places import Address, Place, find_places, resolve

_TITLE_WEIGHT = 5
_LEVEL = re.compile("|".join(place_words("level")))
_LEVEL_LABEL = re.compile(
    rf"\s*(?:(?:{_LEVEL.pattern})\s*(?:[/,]|{'|'.join(place_words('and'))})*\s*)+[:：]?\s*"
)
_PROVINCE, _DISTRICT = level_word("province"), level_word("district")
_NAMED_AFTER_SUBDISTRICT = frozenset({"อบต.", "เทศบาลตำบล"})
"""Types of agencies that are usually named after their subdistrict."""


@dataclass(slots=True)
class Location:
    """Places by level, with the doubts about them and the texts that state them."""

    places: dict[str, str | None] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    evidence: dict[str, SourceText] = field(default_factory=dict)


def find_location(flow: Sequence[FlowItem], agency: Agency | None) -> Location:
    """Return the location of an agency. Places in titles have more weight than those in sentences."""
    votes: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], SourceText] = {}
    for place, text in _particulars(flow):
        votes[place.level, place.name] += _TITLE_WEIGHT
        first.setdefault((place.level, place.name), text)
    for i, item in enumerate(flow):
        if not isinstance(item, FlowParagraph):
            continue
        title = i < TITLE_LINES and len(item.text) < SHORT
        for place in find_places(item.text.chars):
            votes[place.level, place.name] += _TITLE_WEIGHT if title else 2 if i < 40 else 1
            first.setdefault((place.level, place.name), item.text[place.start : place.end])
    stated = {
        level: max(
            ((count, name) for (its, name), count in votes.items() if its == level),
            key=lambda pair: pair[0],
            default=(0, None),
        )[1]
        for level in LEVELS
    }
    found = _choose(stated, agency)
    found.evidence = {
        level: first[level, name]
        for level, name in found.places.items()
        if name is not None and (level, name) in first
    }
    return found


def _particulars(flow: Sequence[FlowItem]) -> Iterator[tuple[Place, SourceText]]:
    """Yield the places that labels of the report's particulars state: จังหวัด | ลำพูน, อำเภอ/จังหวัด: ลี้ / ลำพูน."""
    for label, value in key_values(flow):
        levels = _LEVEL_LABEL.fullmatch(label.chars)
        words = _LEVEL.findall(label.chars) if levels else []
        names = [name.strip() for name in re.split("[/,]", value.chars)]
        names = names if len(names) == len(words) else value.chars.split()
        if words and len(words) == len(names):
            address = " ".join(
                name if _LEVEL.match(name) else word + name for word, name in zip(words, names, strict=True)
            )
            yield from ((place, value) for place in find_places(address))
        elif len(value) < SHORT:
            yield from ((place, value[place.start : place.end]) for place in find_places(value.chars))


def _choose(stated: dict[str, str | None], agency: Agency | None) -> Location:
    chosen = dict(stated)
    kind, own = (agency.agency_type, agency.place_name) if agency is not None else (None, None)
    if kind == _PROVINCE:
        chosen |= {"district": None, "subdistrict": None}
    if kind is not None and (_PROVINCE in kind or kind == "อบจ."):
        chosen["province"] = chosen["province"] or own
    if kind is not None and kind != "สำนักงานเขต" and _DISTRICT in kind and own in place_names("district"):
        chosen["district"] = own
    if kind in _NAMED_AFTER_SUBDISTRICT and own is not None:
        chosen["subdistrict"] = own
    address = resolve(chosen["subdistrict"], chosen["district"], chosen["province"])
    if kind == "เทศบาลตำบล" and chosen["subdistrict"] == own and own not in place_names("subdistrict"):
        unknown = address is None or "unknown_subdistrict" in address.doubt
        if unknown:
            chosen["subdistrict"] = stated["subdistrict"]
            address = resolve(chosen["subdistrict"], chosen["district"], chosen["province"])
    doubts: tuple[str, ...] = ()
    if address is None:
        address = resolve(None, chosen["district"], chosen["province"])
        doubts = ("unconfirmed",) if any(chosen.values()) else ()
    return Location(_official(chosen, address), (*doubts, *(address.doubt if address else ())))


def _official(chosen: dict[str, str | None], address: Address | None) -> dict[str, str | None]:
    """Return the places with their official names: stated ones only, the rest of the address is derived later."""
    return {
        "subdistrict": chosen["subdistrict"],
        "district": address.district if address and chosen["district"] else chosen["district"],
        "province": address.province if address and chosen["province"] else chosen["province"],
    }
