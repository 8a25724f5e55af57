"""Score drafts: scores as found at one place, and the choice among places that state the same one."""

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

_CELL_AT_MOST = 60
_BARE_WORDS = re.compile(r"(?:ได้|มี|ผล|เท่ากับ|คะแนน|ร้อยละ|เฉลี่ย|ค่า|[=:%\s()]|points?)", re.IGNORECASE)
_BARE = re.compile(rf"{_BARE_WORDS.pattern}*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ScoreDraft:
    """A score as found at one place, before places are compared."""

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


def read_value(text: SourceText) -> tuple[SourceText, Number] | None:
    """Return the number of a cell that holds a score and nothing else, with its place.

    A grade, a picture sign and the full marks of a hundred may stand beside it; an arrow may, too, and is a
    doubt (`sign`): the number may be a change. A cell of two different numbers holds no one score.

    >>> [str(read_value(SourceText.at(cell, 0))[1].value) for cell in ("๙๑.๔๐ (A)", "๗๙.๓๓/๑๐๐", "🟢 ๙๓.๗๕")]
    ['91.40', '79.33', '93.75']
    >>> read_value(SourceText.at("๙๑.๔๐ (๘๗.๒๐)", 0)) is None
    True
    """
    if len(text) > _CELL_AT_MOST:
        return None
    numbers = find_numbers(text.chars)
    if not numbers:
        return None
    number = numbers[0]
    full = _OF_A_HUNDRED.match(text.chars, number.end)
    end = full.end() if full else number.end
    before, after = text.chars[: number.start], text.chars[end:]
    if any(other.start >= end for other in numbers[1:]) or not (_is_bare(before) and _is_bare(after)):
        return None
    if any(_points(char) for char in before + after):
        number = replace(number, doubt=(*number.doubt, Flag.SIGN))
    return text[number.start : number.end], number


def looks_scored(number: Number, before: str, after: str) -> bool:
    """Tell whether a number is written as scores are: with a decimal, a unit, or as a full hundred.

    A bare whole number beside a name is a page, a count or a weight as likely.
    """
    if "." in to_arabic(number.as_written) or Flag.COMMA_DECIMAL in number.doubt:
        return True
    if counts(after):
        return False
    said = _SAYS_UNIT.search(before) is not None or _UNIT.match(after) is not None
    return number.percent or number.value == _FULL or said


def other_total(text: str) -> bool:
    """Tell whether a head or caption says that its figures are out of another total than a hundred.

    >>> [other_total(head) for head in ("คะแนน (เต็ม 5)", "คะแนน (เต็ม ๑๐๐)", "คะแนนจาก 3 เครื่องมือ")]
    [True, False, False]
    """
    totals = [match for match in _OUT_OF.finditer(text) if not counts(text[match.end() :])]
    return bool(totals) and all(int(to_arabic(match[1])) != _FULL for match in totals)


_OUT_OF = re.compile(r"(?:เต็ม|จาก)\s*(?:คะแนน)?\s*(?:เต็ม)?\s*([0-9๐-๙]{1,3})(?![0-9๐-๙])")
_SAYS_UNIT = re.compile(r"(?:คะแนน|ร้อยละ|เท่ากับ|=)")
_UNIT = re.compile(r"\s*(?:คะแนน|%|points?)", re.IGNORECASE)
_FULL = 100
_OF_A_HUNDRED = re.compile(
    r"\s*(?:คะแนน)?\s*[(]?\s*(?:จาก|/|เต็ม)\s*(?:คะแนน)?\s*(?:เต็ม)?\s*(?:100|๑๐๐)(?![0-9๐-๙.,])"
)


def _points(char: str) -> bool:
    """Tell whether a sign says up or down, as beside a change."""
    return not char.isascii() and re.search(r"ARROW|TRIANGLE", name(char, "")) is not None


def _is_picture(char: str) -> bool:
    """Tell whether a character is a picture or a footnote's mark, and so no part of a number or a word."""
    return category(char) == "So" or char in "*†" or "SUPERSCRIPT" in name(char, "")


def _is_bare(chars: str) -> bool:
    """Tell whether what stands beside a number leaves it a score: words of scoring, picture signs, a grade."""
    shown = "".join(" " if _is_picture(char) or _points(char) else char for char in chars)
    return _BARE.fullmatch(shown) is not None or only_grade(_BARE_WORDS.sub(" ", shown))


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """All places that state one indicator's score for one agency and year; the best one first."""

    best: ScoreDraft
    others: tuple[ScoreDraft, ...]

    @property
    def conflict(self) -> bool:
        """Whether places state different scores."""
        return any(other.value != self.best.value for other in self.others)


def group_scores(drafts: Iterable[ScoreDraft]) -> list[ScoreGroup]:
    """Return one group an agency, year and indicator, with the best-supported value chosen.

    The value that most places state is taken, a table before a sentence, the first place before
    later ones; the group keeps the places that say otherwise.
    """
    groups: dict[tuple[str, int], list[ScoreDraft]] = defaultdict(list)
    for draft in drafts:
        agency = fold(draft.agency.chars) if draft.agency else ""
        groups[agency, draft.no].append(draft)
    return [_best(places) for places in groups.values()]


def _best(places: list[ScoreDraft]) -> ScoreGroup:
    votes: dict[Decimal, int] = defaultdict(int)
    for draft in places:
        votes[draft.value] += 2 if draft.in_table else 1
    best = max(places, key=lambda draft: (votes[draft.value], draft.in_table))
    first = next(draft for draft in places if draft.value == best.value and draft.in_table == best.in_table)
    return ScoreGroup(first, tuple(draft for draft in places if draft is not first))
