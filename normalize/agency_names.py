"""How far the name of an agency goes after the word for its type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from thaita.normalize.agency_types import AgencyType, agency_words, loose, one_of
from thaita.normalize.place_names import LEVELS, codes_of, level_word, place_names, place_words
from thaita.normalize.places import ends_name, known_prefixes

_MARK = re.compile(r"[ะ-ฺๅ-๎]")
_LONGEST_NAME = 60
_LONG_REST = 6
"""Letters after a known name that are a word and no rest of a longer name."""
_GAP = re.compile(r"[ \t\u00a0]{0,3}\n?[ \t]{0,3}")
_WORD = re.compile(r"[ก-ฯะ-ฺเ-๎]+")
_PUBLIC = re.compile(rf"\s*[(]\s?(?:{'|'.join(map(loose, agency_words('public_organization')))})\s?[)]")
_PUBLIC_TYPE = "".join(agency_words("public_organization")[0].split())
_LIMITED_END = rf"\s?(?:{one_of('limited')})(?:\s?[(]\s?(?:{one_of('public')})\s?[)])?"
_LIMITED = re.compile(rf"\s?[ก-๎]{{2,40}}(?:\s[ก-๎]{{1,20}}){{0,2}}?{_LIMITED_END}")
_NUMBERED = re.compile(r"\s?[0-9๐-๙]{1,2}(?![0-9๐-๙.,/])")
_LIMITED_TAIL = re.compile(rf"{_LIMITED_END}(?![ก-๎])")
_COUNTED = re.compile(rf"\s?(?:{one_of('counted')})\s?[0-9๐-๙]{{1,2}}(?![0-9๐-๙.,/])")
_COUNTED_WORD = re.compile(rf"(?:{one_of('counted')})$")
_ORDINAL = re.compile(rf"(?:{one_of('ordinal')})$")
_NATION = re.compile(rf"[ก-๎]{{2,40}}?(?:{one_of('nation')})")
_BRANCH = re.compile(rf"[ก-๎]{{2,40}}?(?P<level>{level_word('province')}|{level_word('district')})")
_AREA = re.compile("|".join(place_words("level")))


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
    if kind.place == "nation":
        nation = None if text.startswith(kind.written, at) else _NATION.match(text, at)
        known = nation is not None and _end_in_sentence(nation[0]) == len(nation[0])
        return OwnName(nation[0], nation.end(), doubt=("unlisted",)) if nation and known else None
    if kind.place in (*LEVELS, "any", "bangkok"):
        return _of_place(text, at, kind.place)
    if kind.place == "zone":
        return _of_zone(text, at)
    if kind.place == "branch" and (branch := _branch(text, at, kind)):
        return branch
    return _free(text, at, kind, alone)


def _of_place(text: str, at: int, level: str) -> OwnName | None:
    gap = _GAP.match(text, at)
    start = gap.end() if gap else at
    if level == "bangkok":
        found = [(n, end) for n, end in known_prefixes(text, start, "district") if _in_bangkok(n)]
        return next((OwnName(n, end, n) for n, end in found if _may_end(text, end)), None)
    known = known_name(text, start, level)
    if known is not None and level == "any":
        known = _of_two_places(text, known)
    return known or _begun_name(text, start, level) or _unknown_name(text, at, start)


_HYPHEN = re.compile(r"[-–](?=[ก-๎])")


def _of_two_places(text: str, known: OwnName) -> OwnName:
    """Return a name that goes on with a hyphen and another place: เทศบาลตำบลโนนสูง-น้ำคำ is not เทศบาลตำบลโนนสูง."""
    hyphen = _HYPHEN.match(text, known.end)
    second = known_name(text, hyphen.end(), "any") if hyphen else None
    if second is None:
        return known
    words = f"{known.words}-{second.words}"
    return OwnName(words, second.end, words)


def _of_zone(text: str, at: int) -> OwnName | None:
    """Return the province of one of its offices, with the number of the office: เชียงใหม่ เขต 2."""
    gap = _GAP.match(text, at)
    for province, end in known_prefixes(text, gap.end() if gap else at, "province"):
        if counted := _COUNTED.match(text, end):
            words = f"{province} {counted[0].strip()}"
            return OwnName(words, counted.end(), words)
    own = _of_place(text, at, "province")
    while own is not None and (more := known_name(text, own.end + 1, "province")) and text[own.end].isspace():
        if more.place in own.words.split():
            break
        own = OwnName(f"{own.words} {more.words}", more.end, own.place)  # an office of several provinces
    return own


def _in_bangkok(district: str) -> bool:
    return any(code.startswith("10") for code in codes_of(district, "district")[0])


def known_name(text: str, start: int, level: str) -> OwnName | None:
    """Return the longest complete place name at an offset."""
    levels = LEVELS if level == "any" else (level,)
    found = (prefix for lv in levels for prefix in known_prefixes(text, start, lv))
    for name, end in sorted(found, key=lambda prefix: -prefix[1]):
        if _may_end(text, end):
            name = place_words(level).get(name) or name
            return OwnName(name, end, name)
    return None


def _may_end(text: str, at: int) -> bool:
    """Return whether the name of a place in an agency's name can end at `at`."""
    verb = _verb().match(text, at)
    return ends_name(text, at) or (verb is not None and verb["verb"] is not None)


def _begun_name(text: str, start: int, level: str) -> OwnName | None:
    """Return the longest place name with which letters begin that go on at length: an unknown word follows it."""
    levels = LEVELS if level == "any" else (level,)
    word = _WORD.match(text, start, start + 2 * _LONGEST_NAME)
    found = [prefix for lv in levels for prefix in known_prefixes(text, start, lv)]
    if word is None or not found:
        return None
    name, end = max(found, key=lambda prefix: prefix[1])
    if len(name) <= 3 or word.end() - end < _LONG_REST:
        return None
    return OwnName(name, end, name, doubt=("cut",))


@cache
def _verb() -> re.Pattern[str]:
    """Return the pattern of words that end a name in a sentence, or of longer words that only contain one."""
    return re.compile(f"(?P<inside>{one_of('inside')})|(?P<verb>{one_of('verb')})")


def _unknown_name(text: str, glued: int, start: int) -> OwnName | None:
    """Return the word after an agency's type if it is not a known place; None for a general mention.

    Only a word without white space before it is a name: "อบต. ควร..." refers to the agency in general.
    """
    word = _WORD.match(text, start, start + _LONGEST_NAME)
    if start != glued or word is None or not _starts_name(text, start):
        return None
    cut = min(_stop(word[0]), _end_in_sentence(word[0]))
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
    level = place_words("level")[office["level"]]
    place = known_name(text, start, level) or _begun_name(text, start, level)
    if place is None:
        return None
    return OwnName(office[0] + place.words, place.end, place.words, kind.full + office[0], place.doubt)


def _free(text: str, at: int, kind: AgencyType, alone: bool) -> OwnName | None:
    start = at
    if alone and (gap := re.compile(r"\s(?=[ก-๎]{3})").match(text, at)):
        start = gap.end()
    word = _WORD.match(text, start, start + 3 * _LONGEST_NAME)
    inside = re.compile(one_of("inside")).match(text, start)
    if word is None and (counted := _count_after(text, start)):
        return OwnName(" " + counted[0].strip(), counted.end())
    if word is None or _MARK.match(text, start) or not (alone or inside or _starts_name(text, start)):
        public = _PUBLIC.match(text, at)
        return OwnName(" " + public[0].strip(), public.end(), "", _PUBLIC_TYPE) if public else None
    cut = _end_in_line(word[0]) if alone else _end_in_sentence(word[0])
    if cut < 2:
        return None
    doubt = ("unlisted", "cut") if cut < len(word[0]) else ("unlisted",)
    place = known_name(text, start, "any")
    end = max(start + cut, place.end) if place else start + cut
    counted = _count_after(text, end)
    agency_type = ""
    if counted is not None:
        if kind.place == "branch":
            agency_type = kind.full + _ORDINAL.sub("", text[start:end])
        end = counted.end()
    else:
        end = _continued(text, start, end, alone)
    if limited := _LIMITED_TAIL.match(text, end):
        end = limited.end()
    if public := _PUBLIC.match(text, end):
        end, agency_type = public.end(), _PUBLIC_TYPE
    if kind.place == "title" and not (alone or public):
        return None
    words = re.sub(r"\s*[(]\s*", " (", " ".join(text[start:end].split()))
    own = place.place if place is not None and place.end == end else ""
    return OwnName(words, end, own, agency_type, doubt)


def _count_after(text: str, end: int) -> re.Match[str] | None:
    """Return the number of a branch that is one of several: ที่ 7, เขต 1, ภาค 5."""
    counted = _COUNTED.match(text, end)
    return counted or (_NUMBERED.match(text, end) if _COUNTED_WORD.search(text[:end]) else None)


def _continued(text: str, start: int, end: int, alone: bool) -> int:
    """Return the end of a name that continues after spaces: with และ, เพื่อ …, or with the place of a campus.

    In a sentence, only words such as วิทยาเขต continue a name.
    """
    joins = one_of("join") if alone else one_of("tail")
    while more := re.compile(rf"\s(?=[ก-๎])(?:{joins})[ก-๎]+").match(text, end):
        word = more[0].lstrip()
        stop = _end_in_line(word)
        end = more.end() - len(word) + stop
        if stop < len(word):
            return end
    if re.search(f"(?:{one_of('before_place')})$", text[start:end]) and text[end : end + 1] == " ":
        place = known_name(text, end + 1, "any") or (_WORD.match(text, end + 1) if alone else None)
        return end if place is None else place.end if isinstance(place, OwnName) else place.end()
    province = re.compile(rf"\s([ก-๎]+)(?=\s*$|\s+(?:[^ก-๎\s]|{one_of('address_part')}))").match(text, end)
    named_after = known_name(text, start, "any")
    if alone and province and province[1] in place_names("province"):
        return end if named_after is not None and named_after.end >= end else province.end()
    return end


def _end_in_line(word: str) -> int:
    """Return where a name ends that fills a line: at a word that goes on about the agency, else nowhere."""
    ends = [match.start() for match in re.finditer(one_of("end"), word) if match.start() > 1]
    ends.append(_end_in_sentence(word))
    for area in _AREA.finditer(word):
        level = place_words("level")[area[0]]
        if area.start() > 2 and known_name(word, area.end(), level):
            ends.append(area.start())
    return min(ends, default=len(word))


def _end_in_sentence(word: str) -> int:
    """Return where free words end: at a word of the sentence, but not at one that names also contain (และ, เพื่อ)."""
    ends = [
        match.start()
        for match in _verb().finditer(word)
        if match["verb"]
        and match.start() > 1
        and not _MARK.match(word, match.end())
        and word[match.start() - 1] not in "เแโใไ"
        and not _inside_place(word, match.start())
        and not any(end > match.end() for lv in LEVELS for _, end in known_prefixes(word, match.start(), lv))
    ]
    end = min(ends, default=len(word))
    dangling = re.search(f"(?:{one_of('dangling')})+$", word[:end]) if ends else None
    return dangling.start() if dangling and dangling.start() > 1 else end


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
