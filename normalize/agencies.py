"""Agencies named in a text, under their official full names.

`data/agency_types.csv` lists the kinds of agencies, their abbreviations, and bodies that never publish a report.
A subdistrict administrative organization has the name of a subdistrict, a provincial one the name of a
province; a municipality may have the name of neither. No register of names is needed: `agency_names` decides by
the kind how far a name goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from thaita.normalize.agency_names import OwnName, own_name
from thaita.normalize.agency_types import AgencyType, agency_types, beginnings, heads, loose
from thaita.normalize.memo import per_document
from thaita.normalize.place_names import level_word
from thaita.normalize.places import find_places


@dataclass(frozen=True, slots=True)
class Agency:
    """A mention of an agency, including the word for its type.

    `name` is the full name with abbreviations expanded; `place_name` is the part after the type, or the place in it.
    `doubt`: `unknown_place` (no place of that level has this name), `cut` (unknown letters follow the
    name without a space), `unlisted` (no list of names exists for this type, so the name ends at the
    next white space), `place_or_agency` (กรุงเทพมหานคร may mean the place). Lists of results also have
    `unknown_kind` (a name in a column of agencies without a known word for its kind).
    """

    name: str
    agency_type: str
    place_name: str
    start: int
    end: int
    abbreviated: bool
    doubt: tuple[str, ...] = ()


def find_agencies(text: str, alone: bool = False) -> list[Agency]:
    """Return the agencies named in the text, in order. Mentions without a name are omitted.

    `alone`: the text is a line, cell or label, so that a name may go to its end.

    >>> [a.name for a in find_agencies("ผลของ อบต. บางพลับ และเทศบาลตำบลท่ายางได้จัดทำ อบต. ควรมี")]
    ['องค์การบริหารส่วนตำบลบางพลับ', 'เทศบาลตำบลท่ายาง']
    >>> [a.name for a in find_agencies("วิทยาลัยเกษตรและเทคโนโลยีกระบี่ ประจำปี 2568", alone=True)]
    ['วิทยาลัยเกษตรและเทคโนโลยีกระบี่']
    """
    found: list[Agency] = []
    for match in _heads_in(text, alone):
        if found and match.start() < found[-1].end:
            continue
        group = match.lastgroup or ""
        kind = agency_types(group.rstrip("0123456789"))[int(group.lstrip("abcdefghijklmnopqrstuvwxyz"))]
        if group.startswith("whole"):
            found.append(_whole(text, match, kind))
        elif group.startswith("local") or not _is_generic(text, match.start()):
            own = own_name(text, match.end(), kind, alone)
            found += [_agency(match, kind, own)] if own is not None else []
    return found


def _heads_in(text: str, alone: bool) -> Iterator[re.Match[str]]:
    """Yield the words of a text that begin an agency's name, in order and without overlap."""
    pattern, at = heads(alone), 0
    while (start := beginnings().search(text, at)) is not None:
        match = pattern.match(text, start.start())
        at = match.end() if match else start.start() + 1
        if match:
            yield match


@per_document
def only_agency(text: str) -> Agency | None:
    """Return the agency if the text names exactly one, else None.

    >>> only_agency("อบต. บางพลับ").name, only_agency("อบต.บางพลับ และ อบต.ท่ายาง") is None
    ('องค์การบริหารส่วนตำบลบางพลับ', True)
    """
    found = find_agencies(text)
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def agency_of_name(name: str) -> Agency | None:
    """Return the agency with this full name, None if the name is of no known kind.

    >>> agency_of_name("สำนักงานเกษตรจังหวัดลำปาง").agency_type
    'สำนักงานเกษตรจังหวัด'
    """
    found = find_agencies(name, alone=True)
    return found[0] if found and found[0].start == 0 else None


def _is_generic(text: str, at: int) -> bool:
    return any(re.match(loose(kind.written), text[at : at + 60]) for kind in agency_types("generic"))


def _agency(match: re.Match[str], kind: AgencyType, own: OwnName) -> Agency:
    agency_type = own.agency_type or kind.agency_type
    place = own.place or own.words.strip()
    return Agency(
        kind.full + own.words, agency_type, place, match.start(), own.end, kind.abbreviated(), own.doubt
    )


def _whole(text: str, match: re.Match[str], kind: AgencyType) -> Agency:
    before = text[max(0, match.start() - 60) : match.start()]
    is_place = kind.agency_type == kind.full and (
        bool(find_places(before + match[0])) or before.endswith(level_word("province"))
    )
    doubt = ("place_or_agency",) if is_place else ()
    return Agency(kind.full, kind.agency_type, "", match.start(), match.end(), abbreviated=False, doubt=doubt)
