"""Agencies named in a text, under their official full names.

`data/agency_types.csv` lists the types, their abbreviations, and bodies that never publish a report.
A subdistrict administrative organization has the name of a subdistrict, a provincial one the name of a
province; a municipality may have the name of neither.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from thaita.normalize.place_names import LEVELS, place_words
from thaita.normalize.places import ends_name, find_places, known_prefixes

_MARK = re.compile(r"[ะ-ฺๅ-๎]")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Agency:
    """A mention of an agency, including the word for its type.

    `name` is the full name with abbreviations expanded; `place_name` is the part after the type.
    `doubt`: `unknown_place` (no place of that level has this name), `cut` (unknown letters follow the
    name without a space), `unlisted` (no list of names exists for this type, so the name ends at the
    next white space), `place_or_agency` (กรุงเทพมหานคร may mean the place).
    """

    name: str
    agency_type: str
    place_name: str
    start: int
    end: int
    abbreviated: bool
    doubt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Type:
    written: str
    full: str
    agency_type: str
    place: str


@cache
def _types(kind: str) -> tuple[_Type, ...]:
    with files("thaita.normalize.data").joinpath("agency_types.csv").open(encoding="utf-8") as source:
        rows = [row for row in csv.DictReader(source) if row["kind"] == kind]
    return tuple(_Type(r["written"], r["full"], r["agency_type"], r["place"]) for r in rows)


def _loose(written: str) -> str:
    """Return a pattern that matches the written form with or without its spaces."""
    return r"\s{0,2}".join(re.escape(part) for part in written.split(" "))


@cache
def _pattern() -> re.Pattern[str]:
    local = sorted(_types("local"), key=lambda t: -len(t.written))
    words = []
    for i, kind in enumerate(local):
        short = len(kind.written) <= 4
        # ทต. inside a word is not an abbreviation; อบต. often follows a word without a space (ของอบต.).
        before = (
            r"(?<![ก-๎.])" if short and not kind.written.startswith("อบ") else r"(?<![.])" if short else ""
        )
        after = r"(?=[\sก-ฮเ-ไ])" if short and not kind.written.endswith(".") else ""
        words.append(rf"(?P<local{i}>{before}{_loose(kind.written)}{after})")
    whole = "|".join(_loose(kind.written) for kind in _types("whole"))
    other = "|".join(_loose(kind.written) for kind in sorted(_types("other"), key=lambda t: -len(t.written)))
    led = "(?:(?<![ก-๎])|(?<=ของ)|(?<=โดย)|(?<=จาก)|(?<=และ))"
    return re.compile(
        rf"(?:สำนักงาน\s?(?=เทศบาล|องค์การ|อบ))?(?:{'|'.join(words)})|(?P<whole>{whole})|{led}(?P<other>{other})"
    )


def find_agencies(text: str) -> list[Agency]:
    """Return the agencies named in the text, in order. Mentions without a name are omitted.

    >>> [a.name for a in find_agencies("ผลของ อบต. บางพลับ และเทศบาลตำบลท่ายางได้จัดทำ อบต. ควรมี")]
    ['องค์การบริหารส่วนตำบลบางพลับ', 'เทศบาลตำบลท่ายาง']
    """
    local = sorted(_types("local"), key=lambda t: -len(t.written))
    found: list[Agency] = []
    for match in _pattern().finditer(text):
        if found and match.start() < found[-1].end:
            continue
        if match["whole"]:
            found.append(_whole(text, match))
        elif match["other"]:
            found += _other(text, match)
        else:
            kind = next(kind for i, kind in enumerate(local) if match[f"local{i}"])
            found += _local(text, match, kind)
    return found


@lru_cache(maxsize=4096)
def only_agency(text: str) -> Agency | None:
    """Return the agency if the text names exactly one, else None.

    >>> only_agency("อบต. บางพลับ").name, only_agency("อบต.บางพลับ และ อบต.ท่ายาง") is None
    ('องค์การบริหารส่วนตำบลบางพลับ', True)
    """
    found = [agency for agency in find_agencies(text) if "generic" not in agency.doubt]
    return found[0] if len(found) == 1 else None


def _local(text: str, match: re.Match[str], kind: _Type) -> list[Agency]:
    gap = re.match(r"[ \t\u00a0]{0,3}\n?[ \t]{0,3}", text[match.end() :])
    start = match.end() + (gap.end() if gap else 0)
    named = _known_name(text, start, kind.place) or _unknown_name(text, match.end(), start)
    if named is None:
        return []
    place, end, doubt = named
    abbreviated = "." in kind.written or kind.written in ("อบต", "อบจ")
    return [Agency(kind.full + place, kind.agency_type, place, match.start(), end, abbreviated, doubt)]


def _known_name(text: str, start: int, level: str) -> tuple[str, int, tuple[str, ...]] | None:
    """Return the longest complete place name at an offset, with its end and its doubt."""
    levels = LEVELS if level == "any" else (level,)
    for name, end in sorted(
        (p for lv in levels for p in known_prefixes(text, start, lv)), key=lambda p: -p[1]
    ):
        if ends_name(text, end):
            return place_words(level).get(name) or name, end, ()
    return None


def _unknown_name(text: str, glued: int, start: int) -> tuple[str, int, tuple[str, ...]] | None:
    """Return the word after an agency's type if it is not a known place; None for a general mention.

    Only a word without white space before it is a name: "อบต. ควร..." refers to the agency in general.
    """
    word = re.match(r"[ก-๎]+", text[start : start + _LONGEST_NAME])
    if start != glued or word is None or not _starts_name(text, start):
        return None
    cut = _stop(word[0])
    if cut < 2:
        return None
    return word[0][:cut], start + cut, ("unknown_place",) if cut == len(word[0]) else ("unknown_place", "cut")


def _starts_name(text: str, at: int) -> bool:
    """Return whether a new word starts at `at` that is not one of the general words."""
    return not _MARK.match(text, at) and not any(text.startswith(word, at) for word in place_words("stop"))


def _stop(word: str) -> int:
    """Return the offset of the first word that ends a name in a run of letters, or the length of the run."""
    ends = [
        match.start()
        for stop in place_words("stop")
        if len(stop) > 2
        for match in re.finditer(re.escape(stop), word)
        if match.start() > 1
        and not _inside_place(word, match.start())
        and not _MARK.match(word, match.end())
        and word[match.start() - 1] not in "เแโใไ"
    ]
    return min(ends, default=len(word))


def _inside_place(word: str, at: int) -> bool:
    """Return whether `at` is inside a place name, such as ใหม่ in เชียงใหม่."""
    starts = [start for start in range(at) if not _MARK.match(word, start)]
    return any(end > at for start in starts for lv in LEVELS for _, end in known_prefixes(word, start, lv))


def _whole(text: str, match: re.Match[str]) -> Agency:
    name = re.sub(r"\s", "", match["whole"])
    before = text[max(0, match.start() - 60) : match.start()]
    is_place = bool(find_places(before + match["whole"])) or before.endswith("จังหวัด")
    doubt = ("place_or_agency",) if is_place else ()
    return Agency(name, name, "", match.start(), match.end(), abbreviated=False, doubt=doubt)


def _other(text: str, match: re.Match[str]) -> list[Agency]:
    if any(re.match(_loose(kind.written), text[match.start() :]) for kind in _types("generic")):
        return []
    word = re.match(r"[ก-๎]+", text[match.end() : match.end() + _LONGEST_NAME])
    if word is None or not _starts_name(text, match.end()):
        return []
    cut = _stop(word[0])
    end = match.end() + cut
    doubt = ("unlisted",) if cut == len(word[0]) else ("unlisted", "cut")
    kind = re.sub(r"\s", "", match["other"])
    return [
        Agency(kind + word[0][:cut], kind, word[0][:cut], match.start(), end, abbreviated=False, doubt=doubt)
    ]
