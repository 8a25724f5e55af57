"""Score candidates: scores as stated at one location, and the choice between candidates for the same score."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from unicodedata import category, name

from thaita.models.flags import Flag
from thaita.models.source_text import SourceText
from thaita.normalize.counts import counts
from thaita.normalize.grades import only_grade
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import Number, find_numbers, to_arabic

_MAX_CELL_LENGTH = 60
_SCORE_WORDS = re.compile(r"(?:ได้|มี|ผล|เท่ากับ|คะแนน|ร้อยละ|เฉลี่ย|ค่า|[=:%\s()]|points?)", re.IGNORECASE)
_ONLY_SCORE_WORDS = re.compile(rf"{_SCORE_WORDS.pattern}*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ScoreCandidate:
    """A score as stated at one location, before candidates are compared.

    `no` is the indicator number, `year` the year of the score (B.E.), `similarity` the match of the name (0-100).
    """

    no: int
    name: SourceText
    score: SourceText
    value: Decimal
    similarity: float
    no_as_written: str | None = None
    instrument_as_written: str | None = None
    agency: SourceText | None = None
    year: int | None = None
    in_table: bool = False
    flags: tuple[str, ...] = ()
    support: tuple[SourceText, ...] = ()


def read_score(text: SourceText) -> tuple[SourceText, Number] | None:
    """Return the source text and number of a cell that contains only a score; None for any other cell.

    A grade, a symbol or the maximum of 100 may stand beside the score. An arrow may too, but adds the doubt
    `sign`, because the number may be a change. A cell with two different numbers has no single score.

    >>> [str(read_score(SourceText.at(cell, 0))[1].value) for cell in ("๙๑.๔๐ (A)", "๗๙.๓๓/๑๐๐", "🟢 ๙๓.๗๕")]
    ['91.40', '79.33', '93.75']
    >>> read_score(SourceText.at("๙๑.๔๐ (๘๗.๒๐)", 0)) is None
    True
    """
    if len(text) > _MAX_CELL_LENGTH:
        return None
    numbers = find_numbers(text.chars)
    if not numbers:
        return None
    number = numbers[0]
    full = _OUT_OF_100.match(text.chars, number.end)
    end = full.end() if full else number.end
    before, after = text.chars[: number.start], text.chars[end:]
    if any(other.start >= end for other in numbers[1:]) or not (
        _has_only_score_words(before) and _has_only_score_words(after)
    ):
        return None
    if any(_is_arrow(char) for char in before + after):
        number = replace(number, doubt=(*number.doubt, Flag.SIGN))
    return text[number.start : number.end], number


def looks_like_score(number: Number, before: str, after: str) -> bool:
    """Return whether a number is written like a score: with a decimal point, with a unit, or as 100.

    A plain whole number beside a name may equally be a page number, a count or a weight.
    """
    if "." in to_arabic(number.as_written) or Flag.COMMA_DECIMAL in number.doubt:
        return True
    if counts(after):
        return False
    said = _UNIT_BEFORE.search(before) is not None or _UNIT_AFTER.match(after) is not None
    return number.percent or number.value == _MAX_SCORE or said


def has_other_maximum(text: str) -> bool:
    """Return whether a column head or caption states a maximum other than 100.

    >>> [has_other_maximum(head) for head in ("คะแนน (เต็ม 5)", "คะแนน (เต็ม ๑๐๐)", "คะแนนจาก 3 เครื่องมือ")]
    [True, False, False]
    """
    totals = [match for match in _MAXIMUM.finditer(text) if not counts(text[match.end() :])]
    return bool(totals) and all(int(to_arabic(match[1])) != _MAX_SCORE for match in totals)


_MAXIMUM = re.compile(r"(?:เต็ม|จาก)\s*(?:คะแนน)?\s*(?:เต็ม)?\s*([0-9๐-๙]{1,3})(?![0-9๐-๙])")
_UNIT_BEFORE = re.compile(r"(?:คะแนน|ร้อยละ|เท่ากับ|=)")
_UNIT_AFTER = re.compile(r"\s*(?:คะแนน|%|points?)", re.IGNORECASE)
_MAX_SCORE = 100
_OUT_OF_100 = re.compile(
    r"\s*(?:คะแนน)?\s*[(]?\s*(?:จาก|/|เต็ม)\s*(?:คะแนน)?\s*(?:เต็ม)?\s*(?:100|๑๐๐)(?![0-9๐-๙.,])"
)


def _is_arrow(char: str) -> bool:
    """Return whether a character is an arrow or triangle, as printed beside a change."""
    return not char.isascii() and re.search(r"ARROW|TRIANGLE", name(char, "")) is not None


def _is_symbol(char: str) -> bool:
    """Return whether a character is a symbol or footnote mark, so not part of a number or word."""
    return category(char) == "So" or char in "*†" or "SUPERSCRIPT" in name(char, "")


def _has_only_score_words(chars: str) -> bool:
    """Return whether the text beside a number contains only scoring words, symbols or a grade."""
    shown = "".join(" " if _is_symbol(char) or _is_arrow(char) else char for char in chars)
    return _ONLY_SCORE_WORDS.fullmatch(shown) is not None or only_grade(_SCORE_WORDS.sub(" ", shown))


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """All candidates for the score of one indicator of one agency; `best` is the chosen one."""

    best: ScoreCandidate
    others: tuple[ScoreCandidate, ...]

    @property
    def conflict(self) -> bool:
        """Whether the candidates state different scores."""
        return any(other.value != self.best.value for other in self.others)


def group_scores(candidates: Iterable[ScoreCandidate]) -> list[ScoreGroup]:
    """Return one group per agency, year and indicator, with the best-supported candidate chosen.

    The value with the most candidates wins. Tables take precedence over sentences, and earlier candidates over
    later ones. The group keeps the other candidates, including those with different values.
    """
    groups: dict[tuple[str, int | None, int], list[ScoreCandidate]] = defaultdict(list)
    for candidate in candidates:
        agency = fold(candidate.agency.chars) if candidate.agency else ""
        groups[agency, candidate.year, candidate.no].append(candidate)
    return [_choose_best(places) for places in groups.values()]


def _choose_best(places: list[ScoreCandidate]) -> ScoreGroup:
    votes: dict[Decimal, int] = defaultdict(int)
    for candidate in places:
        votes[candidate.value] += 2 if candidate.in_table else 1
    best = max(places, key=lambda candidate: (votes[candidate.value], candidate.in_table))
    first = next(
        candidate
        for candidate in places
        if candidate.value == best.value and candidate.in_table == best.in_table
    )
    return ScoreGroup(first, tuple(candidate for candidate in places if candidate is not first))
