"""Levels awarded by an assessment: AA to F until FY2565, ผ่านดีเยี่ยม to ต้องปรับปรุงโดยด่วน since.

Levels, bands and their sources are listed in `data/grades.csv`. FY2561 used another model whose words
(สูงมาก, สูง) are too common to search for in a text, so only its bands are included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple, cast

from thaita.normalize.cue_words import cue_words
from thaita.normalize.match_key import fold
from thaita.normalize.memo import per_document
from thaita.normalize.names import read_table, spaced_pattern
from thaita.normalize.statuses import answer_boxes

Scheme = Literal["letter", "pass"]


@dataclass(frozen=True, slots=True)
class Grade:
    """A level found in a text at character offsets `start` to `end`.

    `level` is its usual spelling, `rank` its position in its scheme; 1 is the best.
    """

    as_written: str
    level: str
    rank: int
    scheme: Scheme
    start: int
    end: int


class Band(NamedTuple):
    """The range of overall scores (0-100) for a level, both ends included."""

    min: Decimal
    max: Decimal
    confidence: str
    source: str


_MARK = r"""[\s"'“”‘’„«»()\[\]*_:=]"""
_INTRODUCED = re.compile(
    rf"(?:ระดับ|เกรด|อยู่ในเกณฑ์|(?:ผลการประเมิน|ผลประเมิน|ผลสรุป|สรุปผล|สถานะ(?:การประเมิน)?)(?=[\s*]*[:=])|(?i:grade|level|rating\s*score|rating))(?:[ก-๎]{{0,24}}(?:คือ|เป็น|ได้แก่|ว่า|ที่ได้|ได้รับ)|ผลการประเมิน|ผลประเมิน|คะแนน)?{_MARK}*$"
)
_OPENED = re.compile(r"""(?:^|["'“‘„«(\[])[\s*_]*$""")
_CLOSED = re.compile(r"""[\s*_]*(?:$|["'”’“»)\]|.,;])""")
_OTHER = re.compile(r"\s*[/|]\s*(?=[\u0e01-\u0e4e])")
_RUNS_ON = re.compile(r"[A-Za-z0-9๐-๙+\u0e01-\u0e4e]|\s*[-–—/]\s*[A-F]")


@cache
def _levels() -> dict[str, tuple[str, int, Scheme]]:
    rows = (row for row in read_table("grades.csv") if row["scheme"] in ("letter", "pass"))
    return {
        fold(row["grade"]): (row["grade"], int(row["rank"]), cast("Scheme", row["scheme"])) for row in rows
    }


@cache
def _pattern() -> re.Pattern[str]:
    levels = [level for level, _, _ in _levels().values()]
    words = spaced_pattern([level for level in levels if not level.isascii()])
    letters = "|".join(sorted((level for level in levels if level.isascii()), key=len, reverse=True))
    return re.compile(rf"{words}|(?<![A-Za-z0-9]){letters.join(('(?:', ')'))}(?![A-Za-z0-9])")


@cache
def _not_grades() -> tuple[str, ...]:
    return tuple(fold(row["grade"]) for row in read_table("grades.csv") if row["scheme"] == "not_a_grade")


def find_grades(text: str) -> list[Grade]:
    """Return every level in a text, in order.

    The words and letters for levels also occur in ordinary text, so they count only after ระดับ, เกรด or
    Grade, or if quotes, parentheses or the ends of the text surround them. Of the answers of a form, only the ticked
    one counts.
    """
    found = []
    hits = [hit for hit in _pattern().finditer(text) if not _in_other_words(text, hit)]
    boxes = answer_boxes([hit.span() for hit in hits], text) if hits else {}
    for hit in hits:
        if not boxes.get(hit.start(), True):
            continue
        before, after = text[: hit.start()], text[hit.end() :]
        introduced = hit.start() in boxes or _INTRODUCED.search(before[-40:])
        enclosed = _OPENED.search(before[-10:]) and _CLOSED.match(after)
        if (introduced or enclosed) and not _runs_on(after):
            level, rank, scheme = _levels()[fold(hit.group())]
            found.append(Grade(hit.group(), level, rank, scheme, *hit.span()))
    return found


def _runs_on(after: str) -> bool:
    """Return whether letters go on after a level, apart from a new clause that lost its space at a line end.

    "ผ่านดีเยี่ยม/ผ่านดี/ผ่าน" are the levels that there are, of which none is stated.
    """
    other = _OTHER.match(after)
    level = _pattern().match(after, other.end()) if other else None
    if level is not None and not _in_other_words(after, level):
        return True
    return _RUNS_ON.match(after) is not None and not after.startswith(cue_words("clause"))


def _in_other_words(text: str, hit: re.Match[str]) -> bool:
    """Return whether a hit is part of another expression, such as ผ่าน in ผ่าน เกณฑ์."""
    before, level = fold(text[max(0, hit.start() - 20) : hit.start()]), fold(hit.group())
    around = before + level + fold(text[hit.end() : hit.end() + 20])
    for words in _not_grades():
        start = around.find(words, max(0, len(before) - len(words) + 1))
        if 0 <= start < len(before) + len(level):
            return True
    return False


@per_document
def parse_grade(text: str) -> Grade | None:
    """Return the level in a text, None if it contains no level or several different ones.

    >>> parse_grade('ได้ระดับ "ผ่าน" ในปีนี้').level
    'ผ่าน'
    >>> parse_grade("เผยแพร่ผ่านช่องทางต่าง ๆ") is None
    True
    """
    found = find_grades(text)
    return found[0] if len({grade.level for grade in found}) == 1 else None


_BESIDE = re.compile(
    r"\s*(?:คะแนน|%)?(?:\s*[(/|–—:,-])?\s*(?:ผล(?:การ)?(?:ประเมิน)?|ระดับ|เกรด|(?i:level|grade))?\s*[:“\"(]?\s*"
)


def grade_after(text: str, start: int) -> Grade | None:
    """Return the level directly after a score that ends at an offset: "92.15 / ผ่านดี"; None without one.

    >>> grade_after("คะแนน 92.15 ผล ผ่านดี", 11).level
    'ผ่านดี'
    """
    beside = _BESIDE.match(text, start)
    hit = _pattern().match(text, beside.end()) if beside else None
    if hit is None or _runs_on(text[hit.end() :]) or _in_other_words(text, hit):
        return None
    level, rank, scheme = _levels()[fold(hit.group())]
    return Grade(hit.group(), level, rank, scheme, *hit.span())


_SEPARATES = r"""[\s"'“”‘’„«»()\[\]*_:=/|–—-]*"""
_INTRODUCES = re.compile(rf"{_SEPARATES}(?:(?:ระดับ|เกรด|(?i:grade|level)){_SEPARATES}(?=.))?")
_FOLLOWS = re.compile(_SEPARATES)


@per_document
def only_grade(text: str) -> bool:
    """Return whether a text consists of a level only, apart from introductory words and separators.

    >>> [only_grade(text) for text in (" – ผ่านดี", "/ ระดับ B", "ต้องปรับปรุงด่วน", "ผ่านเกณฑ์")]
    [True, True, True, False]
    """
    named = _bare(text)
    return "\n" not in named and fold(named) in {**_levels(), **_other_spellings()}


def _bare(text: str) -> str:
    """Return a text without introductory words and separators around it."""
    introduced, follows = _INTRODUCES.match(text), _FOLLOWS.match(text[::-1])
    return text[introduced.end() if introduced else 0 : len(text) - (follows.end() if follows else 0)]


class Level(NamedTuple):
    """A level of a year's scale, with its source and confidence."""

    grade: str
    confidence: str
    source: str


def grades_of(year: int) -> list[Level]:
    """Return the levels of a fiscal year (B.E.), best first; empty if they are unknown.

    >>> [level.grade for level in grades_of(2565)][:3]
    ['AA', 'A', 'B']
    """
    rows = [row for row in read_table("grades.csv") if row["year"] == str(year)]
    return [Level(row["grade"], row["confidence"], row["source"]) for row in rows]


def grade_band(grade: str, year: int) -> Band | None:
    """Return the range of overall scores for a level in a fiscal year (B.E.), None if unknown.

    Since FY2566 the upper levels also require a minimum score in each instrument, so the bands overlap: a
    score outside the band contradicts the level, but a score inside it does not prove the level.

    >>> grade_band("A", 2565)[:2]
    (Decimal('85'), Decimal('94.99'))
    """
    for row in read_table("grades.csv"):
        if row["year"] == str(year) and fold(row["grade"]) == fold(grade):
            low, high = Decimal(row["overall_min"]), Decimal(row["overall_max"])
            return Band(low, high, row["confidence"], row["source"])
    return None


@cache
def _other_spellings() -> dict[str, str]:
    return {fold(row["written"]): row["grade"] for row in read_table("grade_variants.csv")}


def level_of(written: str) -> tuple[Scheme, int] | str:
    """Return the meaning of a level as written: its scheme and rank, else the folded words.

    Words around it, such as ระดับ, and signs do not matter; some levels have several spellings.

    >>> level_of("ระดับ AA") == level_of("aa"), level_of("ต้องปรับปรุงด่วน")
    (True, ('pass', 5))
    """
    named = _bare(written)
    known = _levels().get(fold(_other_spellings().get(fold(named), named)))
    if known is None and len(found := find_grades(written)) == 1:
        known = _levels()[fold(found[0].level)]
    return (known[2], known[1]) if known else fold(named)


def level_name(written: str) -> str:
    """Return the usual spelling of a level as written; the words as they are if they are no known level.

    >>> level_name("ผ่าน ดี"), level_name("ต้องปรับปรุงด่วน"), level_name("ดีมาก")
    ('ผ่านดี', 'ต้องปรับปรุงโดยด่วน', 'ดีมาก')
    """
    known = level_of(written)
    return written if isinstance(known, str) else _level_names()[known]


@cache
def _level_names() -> dict[tuple[Scheme, int], str]:
    return {(scheme, rank): level for level, rank, scheme in _levels().values()}
