"""Provinces, districts and subdistricts named in a text, with their official codes.

Names and codes are those of the Department of Provincial Administration, from the package geothai (TIS 1099:
two digits for a province, four for a district, six for a subdistrict); abolished areas are included and flagged.
Short forms, common misspellings and the words that end a name are listed in `data/place_variants.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from thaita.normalize.place_names import (
    LEVELS,
    codes_of,
    names_of,
    official_names,
    openings,
    place_names,
    place_words,
)

_LENGTH = {"subdistrict": 6, "district": 4, "province": 2}
_LABELS = {"ตำบล": 0, "แขวง": 0, "ต.": 0, "กิ่งอำเภอ": 1, "อำเภอ": 1, "เขต": 1, "อ.": 1, "จังหวัด": 2, "จ.": 2}
_LABEL = re.compile(
    r"(?<!ส่วน)(?<!เทศบาล)(?:กิ่งอำเภอ|อำเภอ|ตำบล|จังหวัด|แขวง|เขต)|(?<![ก-๎.])[ตอจ]\.(?!\s?[ก-ฮ]\.)"
)
_LETTERS = re.compile(r"[ก-๎]{1,80}")
"""Letters searched for a misspelt name; every name is less than half as long."""
_LONGEST = 30
"""Maximum length of a name in characters."""
_NEXT_WORD = re.compile(r"\s+([ก-๎]+)(?![ก-๎.])")
_NEAR_LABEL = re.compile(r"[ตอจ]\.(?!\s?[ก-ฮ]\.)|ตำบล|อำเภอ|จังหวัด")
_CANNOT_START = re.compile(r"[ะ-ฺๅ-๎]")


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a text, and the position of its name.

    `name` is the official name, with "เมือง" expanded by its province; `code` is None if several areas have
    the name and the text does not decide. `doubt`: `ambiguous`, `inconsistent` (the names next to it belong to
    another area), `label_missing`, `fuzzy`, `variant`, `spacing`, `abolished`, `cut` (unknown letters follow).
    """

    level: str
    name: str
    code: str | None
    start: int
    end: int
    doubt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Address:
    """A place and its parent areas: official names and TIS 1099 codes, None for parts not given or unknown.

    `doubt`: the doubts of `Place`, and `unknown_subdistrict`, `unknown_district`.
    """

    subdistrict: str | None
    district: str | None
    province: str | None
    subdistrict_code: str | None
    district_code: str | None
    province_code: str | None
    doubt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Option:
    name: str
    codes: tuple[str, ...]
    end: int
    doubt: tuple[str, ...] = ()


def ends_name(text: str, at: int) -> bool:
    """Return whether a name can end at `at`: the end, a space, a mark, a label or a stop word follows."""
    following = text[at : at + 12]
    letter = re.match(r"[ก-๎]", following) and not _NEAR_LABEL.match(following)
    return not letter or any(map(following.startswith, place_words("stop")))


def known_prefixes(text: str, at: int, level: str) -> list[tuple[str, int]]:
    """Return the names of one level that can start at `at`, and their ends, longest first.

    A name that is also a stop word (there is a subdistrict ควร) counts only directly after its label and
    before another label.
    """
    found: list[tuple[str, int]] = []
    if not {text[at : at + 2], text[at : at + 3]} & openings(level):
        return found
    for end in range(min(len(text), at + _LONGEST), at + 1, -1):
        name = text[at:end]
        if codes_of(name, level)[0] and not (end < len(text) and _CANNOT_START.match(text, end)):
            glued = at > 0 and not text[at - 1].isspace()
            labelled = glued and re.match(rf"\s+(?:{_NEAR_LABEL.pattern})", text[end:])
            if name not in place_words("stop") or labelled:
                found.append((name, end))
    return found


def _options(text: str, at: int, level: str) -> list[_Option]:
    """Return the possible readings of a name that starts at `at`, best first."""
    sure, cut = [], []
    for name, end in known_prefixes(text, at, level):
        codes, doubt = codes_of(name, level)
        if ends_name(text, end):
            sure.append(_Option(name, codes, end, doubt))
        elif len(name) > 3:
            cut.append(_Option(name, codes, end, (*doubt, "cut")))
    word = _LETTERS.match(text, at)
    near = _near(word[0], at, level) if word and not sure else []
    if sure or cut:
        return sure + near + cut
    rest = text[at : at + 30].split("\n\n")[0]
    letters = [i for i, char in enumerate(rest) if not char.isspace()]
    closed = "".join(rest[i] for i in letters)
    for name, end in known_prefixes(closed, 0, level):
        stop = letters[end - 1] + 1
        if ends_name(rest, stop):
            return [_Option(name, codes_of(name, level)[0], at + stop, ("spacing",))]
    return near


def _near(word: str, at: int, level: str) -> list[_Option]:
    """Return the names nearest to a misspelt one; empty for a short name, which resembles too many."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    ends = [m.start() for m in re.finditer("|".join(place_words("stop")), word) if m.start() > 5]
    name = word[: min([*ends, len(word)])]
    limit = 0 if len(name) < 6 else 1 if len(name) < 9 else 2
    known = names_of(level)
    near = process.extract(name, known, scorer=Levenshtein.distance, score_cutoff=limit, limit=None)
    best = min((distance for _, distance, _ in near), default=limit + 1)
    names = [known[i] for i in sorted(i for _, distance, i in near if distance == best)]
    return [_Option(n, place_names(level)[n], at + len(name), ("fuzzy",)) for n in names]


@dataclass(frozen=True, slots=True)
class _Mention:
    level: str
    start: int
    options: tuple[_Option, ...]


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _mentions(text: str) -> Iterator[_Mention]:
    """Yield every labelled place in the text, and an unlabelled place that follows it."""
    at = 0
    while label := (_NEAR_LABEL.match(text, at) if at else None) or _LABEL.search(text, at):
        level = LEVELS[_LABELS[label[0]]]
        start = _after_space(text, label.end())
        options = _options(text, start, level)
        if label[0] in ("แขวง", "เขต"):
            options = [o for o in options if o.codes[0].startswith("10")]
        at = max(options[0].end, at + 1) if options else label.end()
        if options:
            yield _Mention(level, start, tuple(options))
            for above in LEVELS[LEVELS.index(level) + 1 :]:
                word = _NEXT_WORD.match(text, at)
                codes = codes_of(word[1], above)[0] if word else ()
                under = tuple(c for c in codes if any(k.startswith(c) for o in options for k in o.codes))
                if word and under:
                    option = _Option(word[1], under, word.end(), ("label_missing",))
                    yield _Mention(above, word.start(1), (option,))
                    at = word.end()


def _agree(options: tuple[_Option, ...]) -> list[tuple[str, ...]]:
    """Return the combinations of codes, one for each option, in which each area lies inside the next larger one."""
    chains: list[tuple[str, ...]] = [(code,) for code in options[-1].codes]
    for option in reversed(options[:-1]):
        chains = [(code, *chain) for chain in chains for code in option.codes if code.startswith(chain[0])]
    return chains


def _settle(group: list[_Mention]) -> list[Place]:
    """Choose for each mention in one address the option that is consistent with the others."""
    fits = [
        (options, chains) for options in product(*(m.options for m in group)) if (chains := _agree(options))
    ]
    sure = [m for m in group if not {"fuzzy", "cut"} & {*m.options[0].doubt}]
    if not fits and 0 < len(sure) < len(group):
        return _settle(sure)  # a guess that contradicts the names next to it casts no doubt on them
    if not fits:
        return [_place(m, m.options[0], m.options[0].codes, "inconsistent") for m in group]
    options, chains = fits[0]
    guessed = {o.name for other, _ in fits for o in other if "fuzzy" in o.doubt}
    if len(guessed) > sum("fuzzy" in o.doubt for o in options):
        group = [m for m in group if "fuzzy" not in m.options[0].doubt]
        return _settle(group) if group else []
    return [_place(m, options[i], tuple({chain[i] for chain in chains})) for i, m in enumerate(group)]


def _place(mention: _Mention, option: _Option, codes: tuple[str, ...], *doubt: str) -> Place:
    code = codes[0] if len(codes) == 1 else None
    name = option.name
    if code and "abolished" not in option.doubt:
        name = official_names(mention.level)[code]
    more = () if code else ("ambiguous",)
    return Place(mention.level, name, code, mention.start, option.end, (*option.doubt, *doubt, *more))


def find_places(text: str) -> list[Place]:
    """Return the places named in the text with a label (ตำบล, ต., อำเภอ, อ., จังหวัด, จ. …), in order.

    >>> [(p.name, p.code) for p in find_places("ต.ในเมืองอำเภอเมืองจังหวัดขอนแก่น")]
    [('ในเมือง', '400101'), ('เมืองขอนแก่น', '4001'), ('ขอนแก่น', '40')]
    """
    groups: list[list[_Mention]] = []
    for mention in _mentions(text):
        if groups:
            last = groups[-1][-1]
            between = text[last.options[0].end : mention.start]
            labels = "|".join(map(re.escape, _LABELS))
            rises = LEVELS.index(mention.level) > LEVELS.index(last.level)
            if rises and re.fullmatch(rf"[\s,()]*(?:{labels})?\s*", between):
                groups[-1].append(mention)
                continue
        groups.append([mention])
    return [place for group in groups for place in _settle(group)]


def _whole(name: str, level: str) -> tuple[_Option, ...]:
    """Return the possible readings of a complete name; an official name has only one."""
    codes, doubt = codes_of(name, level)
    if codes and name not in place_words("stop") and len(name) <= _LONGEST:
        return (_Option(name, codes, len(name), doubt),)
    return tuple(option for option in _options(name, 0, level) if option.end == len(name))


def resolve(subdistrict: str | None, district: str | None, province: str | None) -> Address | None:
    """Return the official names and codes for the parts of an address; None if they are contradictory or ambiguous.

    An unknown subdistrict or district is kept and flagged, because a municipality need not be named after an area.

    >>> resolve("ในเมือง", "เมือง", "ขอนแก่น").subdistrict_code
    '400101'
    >>> resolve("ในเมือง", None, None) is None
    True
    """
    group: list[_Mention] = []
    given: dict[str, str] = {}
    for level, written in zip(LEVELS, (subdistrict, district, province), strict=True):
        if name := re.sub(rf"^(?:{_LABEL.pattern})", "", (written or "").strip()).strip():
            given[level] = name
            if options := _whole(name, level):
                group.append(_Mention(level, 0, options))
    places = _settle(group) if group else []
    lowest = places[0] if places else None
    unknown = {level: name for level, name in given.items() if level not in [p.level for p in places]}
    if lowest is None or lowest.code is None or "province" in unknown or "inconsistent" in lowest.doubt:
        return None
    code, names, codes = lowest.code, dict(unknown), dict.fromkeys(LEVELS, "")
    for level in LEVELS:
        if len(code) >= _LENGTH[level] and level not in unknown:
            codes[level] = code[: _LENGTH[level]]
            unlisted = lowest.name if level == lowest.level else ""
            names[level] = official_names(level).get(codes[level], unlisted)
    doubt = [held for place in places for held in place.doubt] + [f"unknown_{level}" for level in unknown]
    named = [names.get(level) or None for level in LEVELS]
    held = [codes[level] or None for level in LEVELS]
    return Address(named[0], named[1], named[2], held[0], held[1], held[2], tuple(doubt))
