"""How far the name of an agency goes after the word for its type."""

from __future__ import annotations

import re
from dataclasses import dataclass

from thaita.normalize.agency_types import AgencyType, one_of
from thaita.normalize.place_names import LEVELS, codes_of, place_names, place_words
from thaita.normalize.places import ends_name, known_prefixes

_MARK = re.compile(r"[ะ-ฺๅ-๎]")
_LONGEST_NAME = 60
_GAP = re.compile(r"[ \t\u00a0]{0,3}\n?[ \t]{0,3}")
_WORD = re.compile(r"[ก-ฯะ-ฺเ-๎]+")
_PUBLIC = re.compile(r"\s*[(]\s?องค์การ\s?มหาชน\s?[)]")
_LIMITED = re.compile(r"\s?[ก-๎]{2,40}(?:\s[ก-๎]{1,20}){0,2}?\s?จำกัด(?:\s?[(]\s?มหาชน\s?[)])?")
_NUMBERED = re.compile(r"\s?[0-9๐-๙]{1,2}(?![0-9๐-๙.,/])")
_COUNTED = re.compile(r"\s?(?:ที่|เขต|ภาค)\s?[0-9๐-๙]{1,2}(?![0-9๐-๙.,/])")
_BRANCH = re.compile(r"[ก-๎]{2,40}?(?P<level>จังหวัด|อำเภอ)")
_BRANCH_LEVELS = {"จังหวัด": "province", "อำเภอ": "district"}
_AREA = re.compile(r"อำเภอ|จังหวัด|ตำบล")
_ADDRESS_PART = r"[ตอจ]\.|ตำบล|อำเภอ|จังหวัด|โทร"


@dataclass(frozen=True, slots=True)
class OwnName:
    """The part of an agency's name after the word for its type.

    `words` is that part as in the full name, `place` the place in it (empty if there is none), `agency_type` the type
    if the name decides it. `doubt`: see `Agency`.
    """

    words: str
    end: int
    place: str = ""
    agency_type: str = ""
    doubt: tuple[str, ...] = ()


def own_name(text: str, at: int, kind: AgencyType, alone: bool) -> OwnName | None:
    """Return the name that follows a type's word at `at`; None if the text speaks of the type in general.

    `alone`: the text is a line, cell or label that the name may fill; its end is then stronger than any word that
    can end a name in a sentence.
    """
    if kind.place == "company":
        limited = _LIMITED.match(text, at)
        return OwnName(" " + " ".join(limited[0].split()), limited.end()) if limited else None
    if kind.place in (*LEVELS, "any", "bangkok"):
        return _of_place(text, at, kind.place)
    if kind.place == "branch" and (branch := _branch(text, at, kind)):
        return branch
    return _free(text, at, kind, alone)


def _of_place(text: str, at: int, level: str) -> OwnName | None:
    gap = _GAP.match(text, at)
    start = gap.end() if gap else at
    if level == "bangkok":
        found = [(n, end) for n, end in known_prefixes(text, start, "district") if _in_bangkok(n)]
        return next((OwnName(n, end, n) for n, end in found if ends_name(text, end)), None)
    return known_name(text, start, level) or _unknown_name(text, at, start)


def _in_bangkok(district: str) -> bool:
    return any(code.startswith("10") for code in codes_of(district, "district")[0])


def known_name(text: str, start: int, level: str) -> OwnName | None:
    """Return the longest complete place name at an offset."""
    levels = LEVELS if level == "any" else (level,)
    found = (prefix for lv in levels for prefix in known_prefixes(text, start, lv))
    for name, end in sorted(found, key=lambda prefix: -prefix[1]):
        if ends_name(text, end):
            name = place_words(level).get(name) or name
            return OwnName(name, end, name)
    return None


def _unknown_name(text: str, glued: int, start: int) -> OwnName | None:
    """Return the word after an agency's type if it is not a known place; None for a general mention.

    Only a word without white space before it is a name: "อบต. ควร..." refers to the agency in general.
    """
    word = _WORD.match(text, start, start + _LONGEST_NAME)
    if start != glued or word is None or not _starts_name(text, start):
        return None
    cut = _stop(word[0])
    if cut < 2:
        return None
    doubt = ("unknown_place",) if cut == len(word[0]) else ("unknown_place", "cut")
    return OwnName(word[0][:cut], start + cut, word[0][:cut], doubt=doubt)


def _branch(text: str, at: int, kind: AgencyType) -> OwnName | None:
    """Return the name of an office of a province or district: สำนักงาน | เกษตรจังหวัด | ลำปาง."""
    office = _BRANCH.match(text, at)
    if office is None:
        return None
    gap = _GAP.match(text, office.end())
    start = gap.end() if gap else office.end()
    place = known_name(text, start, _BRANCH_LEVELS[office["level"]])
    if place is None:
        return None
    return OwnName(office[0] + place.words, place.end, place.words, kind.full + office[0])


def _free(text: str, at: int, kind: AgencyType, alone: bool) -> OwnName | None:
    start = at
    if alone and (gap := re.compile(r"\s(?=[ก-๎]{3})").match(text, at)):
        start = gap.end()
    word = _WORD.match(text, start, start + 3 * _LONGEST_NAME)
    if word is None or _MARK.match(text, start) or not (alone or _starts_name(text, start)):
        public = _PUBLIC.match(text, at)
        return OwnName(" " + public[0].strip(), public.end(), "", "องค์การมหาชน") if public else None
    cut = _end_in_line(word[0]) if alone else _stop(word[0])
    if cut < 2:
        return None
    end = start + cut
    cut_doubt = ("cut",) if cut < len(word[0]) else ()
    place = known_name(text, start, "any")
    if place is not None and not alone:
        return OwnName(place.words, place.end, place.place, doubt=("unlisted",))
    counted = _COUNTED.match(text, end) or (
        _NUMBERED.match(text, end) if re.search("(?:ที่|เขต|ภาค)$", text[start:end]) else None
    )
    agency_type = ""
    if counted is not None:
        if kind.place == "branch":
            agency_type = kind.full + re.sub(r"ที่$", "", text[start:end])
        end = counted.end()
    elif alone:
        end = _continued(text, start, end)
    public = _PUBLIC.match(text, end)
    if public is not None:
        end, agency_type = public.end(), "องค์การมหาชน"
    words = re.sub(r"\s*[(]\s*", " (", " ".join(text[start:end].split()))
    own = place.place if place is not None and place.end == end else ""
    return OwnName(words, end, own, agency_type, ("unlisted", *cut_doubt))


def _continued(text: str, start: int, end: int) -> int:
    """Return the end of a name that continues after spaces: with และ, เพื่อ …, or with the place of a campus."""
    while more := re.compile(rf"\s(?=[ก-๎])(?:{one_of('join')})[ก-๎]+").match(text, end):
        word = more[0].lstrip()
        stop = _end_in_line(word)
        end = more.end() - len(word) + stop
        if stop < len(word):
            return end
    place = re.compile(rf"\s([ก-๎]+)(?=\s*$|\s+(?:[^ก-๎\s]|{_ADDRESS_PART}))").match(text, end)
    named_after = known_name(text, start, "any")
    if place and place[1] in place_names("province") and (named_after is None or named_after.end < end):
        return place.end()
    return end


def _end_in_line(word: str) -> int:
    """Return where a name ends that fills a line: at a word that goes on about the agency, else nowhere."""
    ends = [match.start() for match in re.finditer(f"{one_of('end')}|{one_of('verb')}", word) if match.start() > 1]
    for area in _AREA.finditer(word):
        level = {"อำเภอ": "district", "จังหวัด": "province", "ตำบล": "subdistrict"}[area[0]]
        if area.start() > 2 and known_name(word, area.end(), level):
            ends.append(area.start())
    return min(ends, default=len(word))


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
