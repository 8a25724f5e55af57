"""Matching of names, headings and sentences to indicators and instruments.

The names are listed in `data/indicators.csv`, each with the fiscal years (B.E.) in which it is valid. If the
caller knows the report's year, only the names of that year count, otherwise the names of all years. Numbers
are ignored, because reports renumber and rank the indicators.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from thaita.normalize.frameworks import InstrumentCode, every_instrument, indicator, period, rows_of
from thaita.normalize.match_key import fold
from thaita.normalize.memo import per_document
from thaita.normalize.names import (
    Best,
    Spelling,
    best_match,
    spaced_pattern,
    spelling,
    strip_label,
)

SURE_SIMILARITY = 80.0
"""Minimum similarity of a match without a flag; a match below it is `close`."""
LEAST_SIMILARITY = 74.0
SURE_MARGIN = 14.0
LEAST_MARGIN = 8.0
"""Measured on the names of FY2562-2569 with a fifth of their letters wrong; see tests/normalize/test_indicators.py."""
MOST_ADDED, MOST_LOST, MOST_REPLACED, MOST_OUTSIDE = 2, 3, 3, 1
"""Maximum length of a differing stretch, in letters: a longer one is another word, not noise."""

_PARENTHESES = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_LETTER = r"\u0e01-\u0e3a\u0e40-\u0e4e"


@dataclass(frozen=True, slots=True)
class Match:
    """The indicator named by a text.

    `similarity` (0-100) is measured to the nearest spelling; `margin` is its lead over the next indicator.
    A `close` match is likely but not certain: flag it.
    """

    no: int
    name: str
    instrument: InstrumentCode
    similarity: float
    margin: float
    close: bool


@dataclass(frozen=True, slots=True)
class Found:
    """An indicator's name inside running text, at character offsets `start` to `end`.

    `doubt` is empty if the text shows that the indicator is meant (a label, a number or an instrument
    before it, or a separate line). Otherwise it states why the words may be ordinary ones.
    """

    no: int
    start: int
    end: int
    similarity: float
    as_written: str
    doubt: str

    @property
    def doubtful(self) -> bool:
        """Return whether the words may be ordinary words instead of an indicator's name."""
        return bool(self.doubt)


@dataclass(frozen=True, slots=True)
class Instrument:
    """The instrument named by a heading; `conflict`: its words and its abbreviation mean different instruments."""

    code: InstrumentCode
    conflict: bool
    by: Literal["abbreviation", "wording"]
    start: int
    end: int


@cache
def _spellings(year: int | None) -> tuple[Spelling[int], ...]:
    rows = (row for row in rows_of("indicators.csv", year) if row["kind"] != "instrument")
    return tuple(spelling(int(row["no"]) or None, row["spelling"]) for row in rows)


@per_document
def match_indicator(text: str, year: int | None = None) -> Match | None:
    """Return the indicator named by a cell or heading, None if it names none or two.

    `year` is the fiscal year (B.E.) whose indicators count, None for all years. A number, "ตัวชี้วัดที่", an
    instrument in parentheses and a score around the name are ignored.

    >>> match_indicator("๕.การแก้ ปัญหาการทุจริต (IIT)").no
    5
    >>> match_indicator("แผนปฏิบัติการป้องกันการทุจริต") is None
    True
    """
    parts = [_PARENTHESES.sub(" ", text), *_PARENTHESES.findall(text)]
    found = [match for part in parts if (match := _match(part, year)) is not None]
    sure = {match.no for match in found if not match.close} or {match.no for match in found}
    if len(sure) != 1:
        return None
    return max((match for match in found if match.no in sure), key=lambda match: match.similarity)


@per_document
def _match(part: str, year: int | None) -> Match | None:
    name = strip_label(_ABBREVIATION.sub(" ", part))
    best = _best(name, period(year))
    if best is None or best.key is None or not _is_noise(best):
        return None
    if best.similarity < LEAST_SIMILARITY or best.margin < LEAST_MARGIN:
        return None
    close = (
        best.similarity < SURE_SIMILARITY or best.margin < SURE_MARGIN or best.replaced >= MOST_REPLACED
    ) and best.similarity < 100
    named = indicator(best.key, year)
    return Match(best.key, named.name, named.instrument, best.similarity, best.margin, close)


@per_document
def _best(name: str, since: int | None) -> Best[int] | None:
    return best_match(name, _spellings(since))


def _is_noise(best: Best[int]) -> bool:
    return (
        best.added <= MOST_ADDED
        and best.lost <= MOST_LOST
        and best.replaced <= MOST_REPLACED
        and best.outside <= MOST_OUTSIDE
    )


# --- in running text -------------------------------------------------------------------------------


@cache
def _in_text(year: int | None) -> re.Pattern[str]:
    rows = [row for row in rows_of("indicators.csv", year) if row["kind"] in ("canonical", "variant")]
    return re.compile(spaced_pattern([row["spelling"] for row in rows]))


@cache
def _number_of(year: int | None) -> dict[str, int]:
    return {candidate.folded: candidate.key for candidate in _spellings(year) if candidate.key is not None}


_LABELLED = re.compile(r"ตัว\s*[ชข]ี้?\s*วัด(?:\s*ย่อย)?\s*(?:ที่)?\s*[\d.]{0,4}\s*(?:ด้าน|คือ|[:\-–])?[\s*_\"“(]*$")
_NUMBERED = re.compile(r"(?:^|[\n|(\s>])\(?\d{1,2}[.)]*[\s*_|]*$")
_INSTRUMENT_BEFORE = re.compile(rf"\(?(?<![A-Za-z])(?:{'|'.join(every_instrument())})\)?[\s:|*–-]*$")
_LINE_START = re.compile(r"(?:^|[\n|\t>])[\s*_#•\-–]*$")
_WORD_AFTER = re.compile(rf"[{_LETTER}A-Za-z]")
_WORD_BEFORE = re.compile(rf"[{_LETTER}A-Za-z]$")


def find_indicators(text: str, year: int | None = None) -> list[Found]:
    """Return every Thai indicator name in running text. Only white space may differ.

    `year` is the fiscal year (B.E.) whose indicators count, None for all years. Some names are also ordinary
    Thai, so a name is free of doubt only if a label, a number, an instrument or the start of a line introduces
    it and, without a label, no letters follow it directly.

    >>> [(f.no, f.doubt) for f in find_indicators("ตัวชี้วัดที่ ๓ การใช้อำนาจ โดยรวม")]
    [(3, '')]
    >>> [(f.no, f.doubt) for f in find_indicators("จัดทำแผนปฏิบัติการป้องกันการทุจริต")]
    [(10, 'inside a longer word')]
    """
    return list(_find_indicators(text, period(year)))


@per_document
def _find_indicators(text: str, since: int | None) -> tuple[Found, ...]:
    found = []
    for hit in _in_text(since).finditer(text):
        written = hit.group()
        doubt = _doubt(text[max(0, hit.start() - 60) : hit.start()], text[hit.end() : hit.end() + 1])
        found.append(Found(_number_of(since)[fold(written)], hit.start(), hit.end(), 100.0, written, doubt))
    return tuple(found)


def _doubt(before: str, after: str) -> str:
    before = before.translate(_DIGITS)
    if _LABELLED.search(before):
        return ""
    if _WORD_BEFORE.search(before):
        return "inside a longer word"
    if _WORD_AFTER.match(after):
        return "a word runs on after it"
    introduced = _NUMBERED.search(before) or _INSTRUMENT_BEFORE.search(before) or _LINE_START.search(before)
    return "" if introduced else "nothing introduces it"


_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

# --- instruments -----------------------------------------------------------------------------------

_MISREAD = {"I": "[Il1|]", "O": "[O0๐]"}
"""Characters that OCR may read instead of a letter."""


def _as_scanned(code: InstrumentCode) -> str:
    """Return a regular expression for an abbreviation, including misread letters."""
    return f"(?P<{code}>{''.join(_MISREAD.get(letter, letter) for letter in code)}|{code.lower()})"


_ABBREVIATION = re.compile(
    rf"(?<![A-Za-z0-9๐-๙])(?:{'|'.join(map(_as_scanned, every_instrument()))})(?![A-Za-z0-9๐-๙])"
)


@cache
def _wordings() -> tuple[tuple[InstrumentCode, re.Pattern[str]], ...]:
    spelled: dict[InstrumentCode, list[str]] = {}
    for row in rows_of("indicators.csv", None):
        if row["kind"] == "instrument":
            spelled.setdefault(row["instrument"], []).append(row["spelling"])
    return tuple((code, re.compile(spaced_pattern(names), re.IGNORECASE)) for code, names in spelled.items())


def spells_instrument(text: str) -> bool:
    """Return whether a heading has the words that name an instrument, besides its abbreviation."""
    return any(wording.search(text) for _, wording in _wordings())


@per_document
def find_instrument(text: str) -> Instrument | None:
    """Return the instrument named by a heading, None if it names none or several.

    Abbreviations misread by OCR (llT, E1T, 0IT) count. If the words mean another instrument than the
    abbreviation, the abbreviation is used and `conflict` is set.

    >>> find_instrument("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (EIT)").conflict
    True
    """
    short = {hit.lastgroup: hit.span() for hit in _ABBREVIATION.finditer(text) if hit.lastgroup}
    long = {code: hit.span() for code, wording in _wordings() if (hit := wording.search(text))}
    if len(short) == 1:
        code, (start, end) = next(iter(short.items()))
        return Instrument(code, bool(long) and set(long) != {code}, "abbreviation", start, end)
    if not short and len(long) == 1:
        code, (start, end) = next(iter(long.items()))
        return Instrument(code, False, "wording", start, end)
    return None
