"""The kind of an agency and its own name, read from a full or abbreviated name.

`agencies` finds names inside texts and may leave out what it is not sure of; here a whole name is given, and all
of it counts: "โนนสูง-น้ำคำ" is not "โนนสูง", and "เขต 1" is not "เขต 2".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from thaita.normalize.agency_types import agency_types
from thaita.normalize.match_key import fold
from thaita.normalize.names import read_table
from thaita.normalize.place_names import LEVELS, place_names, place_words

_DAMAGED_FROM = 10
"""Letters from which the word for a kind is recognized with a typing error."""
_TWO_ERRORS_FROM = 16
_SIGNS = re.compile(r"[\"'“”‘’()\[\],;:*]+|[.ฯ]+$")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of agency: its full word and its type as in the column `agency_type`.

    `level` is the level of the places that its agencies are named after: one of `LEVELS`, `any` for all of them, or
    empty if their names are free. `national`: each name is unique in the country. `of_province`: one that has the name of
    a province is that province's, although a subdistrict may have the same name.
    """

    full: str
    agency_type: str
    level: str
    national: bool
    ministry: str | None
    of_province: bool = False


@dataclass(frozen=True, slots=True)
class KindName:
    """A name divided into its kind, None if unknown, and the folded rest: the agency's own name.

    `damaged`: the word for the kind has a typing error. `given`: the kind is not in the name.
    """

    kind: Kind | None
    own: str
    damaged: bool = False
    given: bool = False


@lru_cache(maxsize=65_536)
def read_kind(name: str, agency_type: str | None = None) -> KindName:
    """Return the kind and own name of an agency; `agency_type` is the kind of a name that does not say it.

    >>> read_kind("อบต. โนนสูง-น้ำคำ").kind.full, read_kind("อบต. โนนสูง-น้ำคำ").own
    ('องค์การบริหารส่วนตำบล', 'โนนสูง-น้ำคำ')
    >>> read_kind("สพป.เชียงใหม่ เขต ๑") == read_kind("สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเชียงใหม่ เขต 1")
    True
    >>> read_kind("เขาคันทรง", "อบต.").kind.full, read_kind("องค์การบริหารสวนตำบลท่ายาง").own
    ('องค์การบริหารส่วนตำบล', 'ท่ายาง')
    >>> read_kind("องค์การบริหารส่วนตำบล").own, read_kind("องค์การบริหารส่วนตำบล").damaged
    ('', False)
    """
    folded = _expanded(fold(_SIGNS.sub(" ", name)))
    if folded in kinds():
        return KindName(kinds()[folded], "")
    full = _beginning(folded)
    if near := _damaged(folded, len(full)):
        return KindName(kinds()[near[0]], near[1], damaged=True)
    if full:
        return KindName(kinds()[full], folded.removeprefix(full).strip(".-"))
    given = _of_type().get(fold(agency_type or ""))
    return KindName(kinds()[given], folded, given=True) if given else KindName(None, folded)


def _expanded(folded: str) -> str:
    """Return a folded name with the abbreviation that begins it written out."""
    for length in range(min(len(folded), _longest()), 1, -1):
        full, rest = _words().get(folded[:length]), folded[length:].lstrip(".")
        if full is not None and (folded[:length] == fold(full) or _may_follow(folded[:length], rest)):
            return fold(full) + rest
    return folded


def _may_follow(word: str, rest: str) -> bool:
    """Return whether a name can follow an abbreviation; without its dot, which ordinary words begin with, only a place."""
    return bool(rest) and ("." in word or _is_place(rest))


def _beginning(folded: str) -> str:
    """Return the longest word for a kind that begins a name written out; empty if there is none."""
    for length in range(min(len(folded), _longest()), 1, -1):
        kind = kinds().get(folded[:length])
        if kind is None or (length == len(folded) and kind.level):
            continue
        if kind.full != _bangkok() or _in_bangkok(folded[length:]):
            return kind.full  # สำนักงานเขตสุขภาพ is no district office of Bangkok
    return ""


def _is_place(folded: str) -> bool:
    return any(folded in _folded_places(level) for level in LEVELS)


@cache
def _folded_places(level: str) -> frozenset[str]:
    return frozenset(fold(name) for name in (*place_names(level), *place_words(level)))


def _damaged(folded: str, read: int) -> tuple[str, str] | None:
    """Return the kind that a name begins with apart from a typing error, and the rest; None unless one kind fits."""
    from rapidfuzz.distance import OSA

    best: list[tuple[int, bool, str, str]] = []
    for full, kind in kinds().items():
        if len(full) < _DAMAGED_FROM or len(full) <= read + 3 or not kind.level or folded[:2] != full[:2]:
            continue
        limit = 2 if len(full) >= _TWO_ERRORS_FROM else 1
        for end in range(len(full) - limit, len(full) + limit + 1):
            distance = OSA.distance(folded[:end], full, score_cutoff=limit)
            if 0 < distance <= limit and len(folded) > end + 1:
                best.append((distance, not _is_place(folded[end:]), full, folded[end:]))
    best.sort(key=lambda one: one[:2])
    if not best or len({full for distance, _, full, _ in best if distance == best[0][0]}) > 1:
        return None
    return best[0][2], best[0][3]


@cache
def kinds() -> dict[str, Kind]:
    """Return the kinds of agencies by their full word."""
    more = {row["full"]: row for row in read_table("agency_kinds.csv")}
    found: dict[str, Kind] = {}
    for one in (*agency_types("local"), *agency_types("other"), *agency_types("whole")):
        level = {"bangkok": "district"}.get(one.place, one.place)
        level = level if level in (*LEVELS, "any") else ""
        row = more.get(one.full, {})
        reach = "national" if one in agency_types("whole") else row.get("reach")
        if one.full not in found or (level and not found[one.full].level):
            ministry = row.get("ministry") or None
            found[one.full] = Kind(
                one.full, one.agency_type, level, reach == "national", ministry, reach == "province"
            )
    return found


@cache
def _words() -> dict[str, str]:
    """Return what each folded way of writing the beginning of a name stands for."""
    rows = [(one.written, one.full) for group in ("other", "whole", "local") for one in agency_types(group)]
    rows += [(row["written"], row["full"]) for row in read_table("agency_abbreviations.csv")]
    return {fold(written): full for written, full in rows}


@cache
def _longest() -> int:
    return max(map(len, (*_words(), *kinds())))


@cache
def _bangkok() -> str:
    return next(one.full for one in agency_types("other") if one.place == "bangkok")


def _in_bangkok(own: str) -> bool:
    return any(code.startswith("10") for code in place_names("district").get(own, ()))


@cache
def _of_type() -> dict[str, str]:
    """Return the full word of a kind by each value of the column `agency_type` that only this kind has."""
    found: dict[str, set[str]] = {}
    for kind in kinds().values():
        for word in (kind.agency_type, kind.full):
            found.setdefault(fold(word), set()).add(kind.full)
    for written, full in _words().items():
        found.setdefault(written, set()).add(full)
    return {word: fulls.pop() for word, fulls in found.items() if len(fulls) == 1}


@cache
def ministries() -> dict[str, str]:
    """Return the ministry of each department by its folded full name; see `data/ministries.csv`.

    >>> ministries()["กรมที่ดิน"]
    'กระทรวงมหาดไทย'
    """
    return {fold(row["agency"]): row["ministry"] for row in read_table("ministries.csv")}


@cache
def departments_of(full: str) -> frozenset[str]:
    """Return the own names, folded, of the departments of a kind.

    >>> "ที่ดิน" in departments_of("กรม")
    True
    """
    names = (read_kind(name) for name in ministries())
    return frozenset(name.own for name in names if name.kind is not None and name.kind.full == full)
