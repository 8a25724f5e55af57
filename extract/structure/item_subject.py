"""The subject that an item of a list states itself, before or after its text.

Examples: "การใช้อำนาจ: …", "[การใช้อำนาจ] …", "ตัวชี้วัดที่ 3 – …", "ด้านการใช้อำนาจ …", "… (ตัวชี้วัดที่ 3 การใช้อำนาจ)".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from thaita.models.finding_kinds import FindingKind
from thaita.models.records import Instrument
from thaita.normalize.cue_words import any_cue
from thaita.normalize.frameworks import indicator, is_assessed
from thaita.normalize.indicators import Found, find_indicators, find_instrument, match_indicator
from thaita.normalize.match_key import fold
from thaita.normalize.memo import per_document
from thaita.normalize.numerals import find_numbers, strip_marker, to_arabic
from thaita.normalize.passage_model import OTHER, likely_passages

LEAST_TEXT = 12
"""Least letters beside a subject that are a text about it, and no part of a heading."""
_LONGEST = 140
"""Characters at the start or end of an item that can state its subject."""
_WORDS_AROUND = 16
"""Most letters beside the name of an indicator or instrument in a stated subject."""
_WORDS_BEFORE = 16
"""Most letters before the name: "ตัวชี้วัดที่ 10 ด้านการป้องกันการทุจริต", but no "รายงานผลแผนปฏิบัติการป้องกันการทุจริต"."""
_SEPARATOR = re.compile(r"\s*[:：]\s*|\s+[-–—=|]+\s*|\s*[–—]\s*|(?<=[)\]])\s*")
_BRACKETED = re.compile(r"\s*[(\[<“\"«【]\s*([^()\[\]<>“”\"«»【】]{2,120})[)\]>”\"»】]\s*[:：\-–—]?\s*")
_LAST_DASH = re.compile(r"\s+[-–—]\s+(?=[^-–—]{2,120}$)")
_AT_END = re.compile(r"\s*[(\[]((?:[^()\[\]]|[(\[][^()\[\]]{0,40}[)\]]){2,120})[)\]]\s*[.]?\s*$")
_LEAD = re.compile(rf"(?:{any_cue('indicator')}(?:ที่)?\s*\d{{0,2}}\s*[.:]?\s*)?(?:{any_cue('about')}\s*)?")
_BEFORE_TOLD = re.compile(rf"(?:^|[\s(\[“\"]|{any_cue('indicator', 'about', 'telling')})$")
_BY_NUMBER = re.compile(rf"{any_cue('indicator')}\s*(?:ที่)?\s*([1-9]\d?)(?!\d)", re.IGNORECASE)
_NUMBER_FIRST = re.compile(
    rf"(?P<no>{any_cue('indicator')}\s*(?:ที่)?\s*[1-9]\d?)\s+(?=[\u0e01-\u0e2e\u0e40-\u0e44])"
)
_SPACE = re.compile(r"\s+(?=[\u0e01-\u0e2e\u0e40-\u0e44“\"])")
_AT_START = 60
"""Characters after a subject that state its score: "การใช้อำนาจ โดยรวมได้คะแนนเท่ากับ 100 …"."""
_LEAST_SENTENCE = 24
"""Least letters after the name of a subject that make a line a sentence about it."""
_OTHER = 0.5
"""Probability (0-1) that a text is neither a finding nor a measure, from which its subject is a heading."""

_LIKELY = 0.4
"""Least probability (0-1) of all kinds of findings together that makes a text one without other evidence."""


@dataclass(frozen=True, slots=True)
class ItemSubject:
    """The subject of an item and the place of its text, `chars[start:end]`.

    `stop` is where the item ends with brackets around its subject, which are words of it, unlike a lead before it.
    `explicit`: a sign or bracket sets the subject apart from the text, not only a space.
    """

    start: int
    end: int
    indicator: Found | None = None
    instrument: Instrument | None = None
    explicit: bool = True
    stop: int = 0


def read_item_subject(
    chars: str, year: int | None, numbering: Mapping[int, int] | None = None
) -> ItemSubject | None:
    """Return the indicator or instrument that an item names beside its text; None if it names none.

    `year` is the fiscal year (B.E.) of the indicators. `numbering` maps the numbers that the report gives to
    indicators to the official ones; without it a number alone is taken as the official one.
    """
    _, start = strip_marker(chars)
    for begin, end, at, explicit in _places(chars, start, year):
        lo, hi = at
        if len(fold(chars[lo:hi])) < LEAST_TEXT or match_indicator(chars[lo:hi], year) is not None:
            continue
        named = _named(chars[begin:end], year, numbering)
        if named is not None:
            found, instrument = named
            if begin > lo and found is None and find_instrument(chars[lo:hi]) is not None:
                # "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)": the bracket is a part of the name
                continue
            bracketed = begin > hi and chars[hi:begin].strip() in ("(", "[")
            stop = len(chars.rstrip()) if bracketed else hi
            return ItemSubject(lo, hi, found, instrument, explicit, stop)
    return None


def without_subject_behind(chars: str, year: int | None) -> str:
    """Return the words of an item without brackets behind them that name its subject."""
    subject = read_item_subject(chars, year)
    return chars[: subject.end] if subject is not None and subject.stop > subject.end else chars


def states_finding(chars: str) -> bool:
    """Return whether a text more likely states what was found, or what is to be done, than anything else."""
    return dict(likely_passages(chars)).get(OTHER, 0.0) < _OTHER


def is_likely_finding(chars: str) -> bool:
    """Return whether the words of a text alone make it likely that it states a finding."""
    chances = dict(likely_passages(chars))
    return sum(chances.get(kind, 0.0) for kind in FindingKind) >= _LIKELY


@per_document
def is_about_subject(chars: str, year: int | None) -> bool:
    """Return whether a line is a finding that names its own subject, and no heading or sentence about a score."""
    subject = read_item_subject(chars, year)
    if subject is None:
        return tells_of_subject(chars, year)
    text = chars[subject.start : subject.end]
    figures = find_numbers(text)
    scored = any("." in one.as_written for one in figures)
    scored = scored or (not subject.explicit and any(one.start < _AT_START for one in figures))
    return not scored and states_finding(text)


def told_indicator(chars: str, year: int | None) -> Found | None:
    """Return the only indicator that a sentence tells of; None if it names none or several.

    A name inside another, as in แผนปฏิบัติการป้องกันการทุจริต, is none.
    """
    names = [name for name in find_indicators(chars, year) if _BEFORE_TOLD.search(chars[: name.start])]
    return names[0] if names and len({name.no for name in names}) == 1 else None


def names_subject_only(chars: str) -> bool:
    """Return whether a few words are the name of an indicator or instrument."""
    return _named(chars, None, None) is not None


@per_document
def tells_of_subject(chars: str, year: int | None) -> bool:
    """Return whether a line is a sentence that begins with an indicator or instrument and tells what was found.

    "การใช้งบประมาณได้คะแนนน้อยที่สุดเพราะ …" does; a heading, a definition or a sentence of scores alone does not.
    """
    _, start = strip_marker(chars)
    lead = _LEAD.match(to_arabic(chars), start)
    begin = lead.end() if lead else start
    name = next(iter(find_indicators(chars[: start + _LONGEST], year)), None)
    if name is not None and name.start <= begin:
        end = name.end
    else:
        instrument = find_instrument(chars[: start + _WORDS_BEFORE + 8])
        end = instrument.end if instrument is not None else len(chars)
    return len(fold(chars[end:])) >= _LEAST_SENTENCE and is_likely_finding(chars)


def _places(chars: str, start: int, year: int | None) -> list[tuple[int, int, tuple[int, int], bool]]:
    """Return where a subject and its text can be: the subject's offsets, the text's, and whether a sign parts them."""
    whole = len(chars.rstrip())
    places: list[tuple[int, int, tuple[int, int], bool]] = []
    bracket = _BRACKETED.match(chars, start)
    if bracket:
        places.append((*bracket.span(1), (bracket.end(), whole), True))
    for sign in _SEPARATOR.finditer(chars, start + 1, start + _LONGEST):
        places.append((start, sign.start(), (sign.end(), whole), True))
        if sign[0].strip() in (":", "："):
            break
    lead = _LEAD.match(to_arabic(chars), start)
    if lead and lead.end() > start:
        for name in find_indicators(chars[: start + _LONGEST], year)[:1]:
            space = _SPACE.match(chars, name.end)
            if name.start == lead.end() and space:
                places.append((start, name.end, (space.end(), whole), False))
    number = _NUMBER_FIRST.match(to_arabic(chars), start)
    if number and not find_indicators(chars[number.start() : number.end() + _WORDS_BEFORE]):
        places.append((start, number.end("no"), (number.end(), whole), False))
    after = _AT_END.search(chars)
    if after:
        places.append((*after.span(1), (start, after.start()), True))
    dash = _LAST_DASH.search(chars)
    if dash:
        places.append((dash.end(), whole, (start, dash.start()), True))
    return places


def _named(
    chars: str, year: int | None, numbering: Mapping[int, int] | None
) -> tuple[Found | None, Instrument | None] | None:
    """Return the indicator or instrument that a few words name and say nothing more about."""
    names = find_indicators(chars, year)
    if len(names) == 1:
        if len(fold(chars[: names[0].start])) > _WORDS_BEFORE:
            return None
        others = len(fold(chars)) - len(fold(names[0].as_written))
        return (names[0], None) if others <= _WORDS_AROUND + 8 else None
    if names:
        return None
    number = _BY_NUMBER.fullmatch(to_arabic(chars).strip())
    if number:
        no = int(number[1])
        no = numbering.get(no, no) if numbering else no
        return (Found(no, 0, 0, 100.0, indicator(no, year).name, ""), None) if is_assessed(no, year) else None
    instrument = find_instrument(chars)
    if instrument is None or instrument.conflict:
        return None
    others = len(fold(chars)) - len(fold(chars[instrument.start : instrument.end]))
    return (None, instrument.code) if others <= _WORDS_AROUND else None
