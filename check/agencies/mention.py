"""Mentions of agencies in the rows of a dataset, and what each says of the agency: kind, own name and place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from thaita.models.rows import Value
from thaita.normalize.agency_ids import agency_id
from thaita.normalize.agency_kinds import Kind, ministries, read_kind
from thaita.normalize.place_names import (
    LEVELS,
    capital_word,
    codes_of,
    level_labels,
    official_names,
    place_names,
    place_words,
)


def _any_label(*levels: str) -> str:
    return "|".join(re.escape(word) for level in levels for word in level_labels(level))


_PROVINCE = re.compile(rf"(?:{_any_label('province')})([ก-๎]+)$")
_DISTRICT = re.compile(rf"(?:{_any_label('district')})([ก-๎]+)$")
_LABEL = re.compile(rf"^[\d\s.)]*(?:{_any_label(*LEVELS)})?\s*")
_CAPITAL = capital_word()
_MARK = re.compile(r"[ะ-ฺๅ-๎]")


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency as one row names it: its name, and what the row says of its place.

    `document` and `year` (B.E.) identify the list or report that the row is from, `row` the row. `value` is the
    overall score: a list that names two agencies alike gives them different scores.
    """

    name: str | None
    agency_id: str | None = None
    agency_type: str | None = None
    district: str | None = None
    province: str | None = None
    document: str = ""
    year: int | None = None
    row: str = ""
    value: str = ""


def mention_of(row: Mapping[str, Value]) -> Mention:
    """Return the mention of the agency in a row of `reports`, `results` or `scores`."""

    def text(column: str) -> str | None:
        value = row.get(column)
        return str(value) if value else None

    year = row.get("fiscal_year")
    return Mention(
        text("agency"),
        text("agency_id"),
        text("agency_type"),
        text("district"),
        text("province"),
        text("report_id") or "",
        int(year) if isinstance(year, int) else None,
        text("result_id") or text("score_id") or "",
        text("overall_score") or "",
    )


@dataclass(frozen=True, slots=True)
class Named:
    """What a mention says: the kind, the own name (folded, with the official spelling of a place), and the spot.

    `spot` is the longest code (TIS 1099) of a place that the agency is known to lie in: a subdistrict (six digits),
    a district (four) or a province (two); empty if the place is unknown or does not matter.
    """

    kind: Kind | None
    own: str
    spot: str

    @property
    def full(self) -> str:
        """The folded full name."""
        return (self.kind.full if self.kind else "") + self.own


def named(mention: Mention) -> Named | None:
    """Return what a mention says, None for a mention without a name."""
    if not mention.name or not mention.name.strip():
        return None
    return _named(mention.name, mention.agency_type, mention.district, mention.province, mention.agency_id)


@lru_cache(maxsize=65_536)
def _named(
    name: str, agency_type: str | None, district: str | None, province: str | None, id_: str | None
) -> Named:
    read = read_kind(name, agency_type)
    kind, own = read.kind, read.own
    if kind is not None and (kind.national or kind.full + own in ministries()):
        return Named(kind, own, "")
    if kind is None or kind.level:
        own, tail_district, tail_province = _without_place(own)
        district, province = district or tail_district, province or tail_province
    spot = spot_of(district, province)
    if own == _CAPITAL and kind is not None and kind.level in ("district", "any"):
        own = _capital_district(kind.level, spot)
    own = _official(own, kind)
    if kind is not None and kind.level == "province":
        spot = spot[:2]  # the district of its seat does not tell an agency of a whole province apart
    found = Named(kind, own, spot)
    if not spot and id_ is not None:
        found = Named(kind, own, _spot_in_id(name, own, id_))
    return Named(kind, own, located(found))


def _without_place(own: str) -> tuple[str, str | None, str | None]:
    """Return an own name without the district and province that follow it, and these."""
    province = _PROVINCE.search(own)
    if province and province.start() > 1 and codes_of(province[1], "province")[0]:
        own, found_province = own[: province.start()], province[1]
    else:
        found_province = None
    district = _DISTRICT.search(own)
    if district and district.start() > 1 and codes_of(district[1], "district")[0]:
        return own[: district.start()], district[1], found_province
    return own, None, found_province


def spot_of(district: str | None, province: str | None) -> str:
    """Return the code of a district, else of its province, else an empty text; names may have their labels."""
    province, district = _LABEL.sub("", province or "").strip(), _LABEL.sub("", district or "").strip()
    codes = codes_of(province, "province")[0] if province else ()
    inside = codes[0] if len(codes) == 1 else ""
    if province and not inside:
        return ""
    found = [
        code for code in (codes_of(district, "district")[0] if district else ()) if code.startswith(inside)
    ]
    return found[0] if len(found) == 1 else inside


def _capital_district(level: str, spot: str) -> str:
    """Return the full name of a province's capital district, which เมือง stands for unless a place there has that name."""
    taken = any(code.startswith(spot) for code in _codes(_CAPITAL, level))
    if len(spot) < 2 or taken or spot[2:4] not in ("", "01"):
        return _CAPITAL
    name = _CAPITAL + official_names("province")[spot[:2]]
    return name if codes_of(name, "district")[0] else _CAPITAL


def _official(own: str, kind: Kind | None) -> str:
    """Return the official spelling of a place written in another known way, unless another place has the spelling."""
    if kind is None or not kind.level or _codes(own, kind.level):
        return own
    levels = LEVELS if kind.level == "any" else (kind.level,)
    if _codes(f"{own}.", kind.level):
        return f"{own}."  # the only sign in names of places
    return next((place_words(level)[own] for level in levels if own in place_words(level)), own)


def _spot_in_id(name: str, own: str, id_: str) -> str:
    """Return the subdistrict or province with which the id of a row was made; empty if it was made without."""
    for code in place_names("subdistrict").get(own, ()):
        if agency_id(name, code[:4], code[:2]) == id_:
            return code[:4] if agency_id(name, None, code[:2]) != id_ else code[:2]
    if agency_id(name) == id_:
        return ""
    return next((code for code in official_names("province") if agency_id(name, None, code) == id_), "")


def located(one: Named) -> str:
    """Return the most exact spot that the name itself gives together with the known spot.

    An agency that is named after a district or province lies there, wherever its address is.
    """
    level = one.kind.level if one.kind else ""
    known = one.spot[:2] if level in ("district", "province") else one.spot
    codes = [code for code in places_named(one) if code.startswith(known)]
    if level in LEVELS:
        return codes[0] if len(codes) == 1 else one.spot
    provinces = {code[:2] for code in codes}
    return one.spot or (provinces.pop() if len(provinces) == 1 else "")


@lru_cache(maxsize=65_536)
def _codes(own: str, level: str) -> tuple[str, ...]:
    levels = LEVELS if level in ("any", "") else (level,)
    return tuple(code for one in levels for code in place_names(one).get(own, ()))


def places_named(one: Named) -> tuple[str, ...]:
    """Return the codes of all places that an agency with this name can be named after."""
    level, own = one.kind.level if one.kind else "", one.own
    if one.kind is not None and one.kind.of_province and own in place_names("province"):
        return _codes(own, "province")
    if level in LEVELS or level == "any":
        return _codes(own, level)
    return _codes(own, "") or next(
        (codes for at in range(1, len(own) - 3) if (codes := _ending(own[at:]))), ()
    )


def _ending(text: str) -> tuple[str, ...]:
    """Return the codes of the province or district that ends a free name, as in เทคนิคกระบี่."""
    if _MARK.match(text):
        return ()
    return _codes(text, "province") or _codes(text, "district")
