"""Lists that give each indicator one figure a line: whether they state scores shows in the list as a whole.

A whole number beside a name is a page, a count or a score. One line does not tell; ten lines, what they
stand under and how their figures run do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from thaita.extract.find.score_candidates import ScoreDraft, looks_scored, other_total
from thaita.extract.find.score_sentences import is_other_figure, score_below
from thaita.extract.structure.context import Placed
from thaita.extract.structure.paragraphs import Para
from thaita.models.flags import Flag
from thaita.models.source_text import SourceText
from thaita.normalize.counts import says_count
from thaita.normalize.indicators import find_indicators, find_instrument, match_indicator
from thaita.normalize.numerals import find_numbers

_LEAST = 5
"""Indicators of the shortest list that is judged as a whole."""
_LINE_AT_MOST = 100
_CAPTION_AT_MOST = 200
_SAYS_SCORE = re.compile(r"ผลการประเมิน|คะแนน|ร้อยละ")
_FULL_MARKS = re.compile(r"(?:คะแนน)?\s*เต็ม\s*(?:คะแนน)?\s*(?:100|๑๐๐)(?![0-9๐-๙])")
_BETWEEN = re.compile(r"(?:[\s:=\-–.…()]|ได้|คะแนน|ร้อยละ|เท่ากับ)*$")
_BEHIND = re.compile(r"\s*(?:คะแนน|%|points?)?[\s.)]*", re.IGNORECASE)
_FULL = 100


@dataclass(frozen=True, slots=True)
class _Line:
    text: SourceText
    draft: ScoreDraft
    scored: bool
    """Whether the line alone shows that its figure is a score; a bare hundred does not."""


@dataclass(frozen=True, slots=True)
class ScoreList:
    """Lines of one list, by their place in the flow; `verdict` is `scores`, `doubt` or `none` (pages)."""

    lines: dict[int, _Line]
    verdict: str

    def scores(self, i: int) -> list[ScoreDraft]:
        """Return the score of line `i` where the list states scores."""
        return [self.lines[i].draft] if self.verdict == "scores" else []

    def doubted(self, i: int) -> list[tuple[SourceText, ScoreDraft]]:
        """Return line `i` and its figure where nothing tells whether the list states scores."""
        return [(self.lines[i].text, self.lines[i].draft)] if self.verdict == "doubt" else []


def find_lists(placed: Sequence[Placed], year: int | None) -> dict[int, ScoreList]:
    """Return the list that each line of one belongs to, by the line's place in the flow.

    `year` is the fiscal year (B.E.) whose indicators count. A list whose every figure is written as a score is is none: each of its lines tells enough.
    """
    found: dict[int, ScoreList] = {}
    i = 0
    while i < len(placed):
        lines = _run(placed, i, year)
        if len({line.draft.no for line in lines.values()}) >= _LEAST:
            verdict = _verdict(list(lines.values()), _caption(placed, i))
            if verdict != "scores" or not all(line.scored for line in lines.values()):
                found |= dict.fromkeys(lines, ScoreList(lines, verdict))
        i = max(lines, default=i) + 1
    return found


def _run(placed: Sequence[Placed], first: int, year: int | None) -> dict[int, _Line]:
    """Return the lines from `first` on that name an indicator and one figure; instruments may stand between."""
    lines: dict[int, _Line] = {}
    for i in range(first, len(placed)):
        item = placed[i].item
        line = _read(item.text, year) if isinstance(item, Para) and not item.running else None
        if line is not None:
            lines[i] = line
        elif not lines or not isinstance(item, Para) or not _between(item):
            break
    return lines


def _between(para: Para) -> bool:
    """Tell whether a line does not end a list: a page's foot, or the instrument of the lines below it."""
    return para.running or (len(para.text) < _LINE_AT_MOST and find_instrument(para.text.chars) is not None)


def _read(text: SourceText, year: int | None) -> _Line | None:
    """Return a line that is an indicator's name and one figure from 0 to 100, and no more."""
    if len(text) > _LINE_AT_MOST:
        return None
    chars = text.chars
    found = find_indicators(chars, year)
    begin = found[0].end if len(found) == 1 else 0
    numbers = find_numbers(chars[begin:])  # the name's last word would make the figure a page's: หน้าที่ 95
    if not numbers or not 0 <= numbers[-1].value <= _FULL or (begin and len(numbers) > 1):
        return None
    number = replace(numbers[-1], start=begin + numbers[-1].start, end=begin + numbers[-1].end)
    between = _BETWEEN.search(chars, begin, number.start)
    if between is None or (begin and between.start() > begin) or not _BEHIND.fullmatch(chars, number.end):
        return None
    name = text[: between.start()]
    drafts = score_below(name, (text[number.start : number.end], number), year)
    if len(drafts) != 1:
        return None
    match = match_indicator(name.chars, year)
    flags = (*drafts[0].flags, *((Flag.AMBIGUOUS_NAME,) if match and match.close else ()))
    # Any whole hundred looks like a score; the list must say so.
    scored = looks_scored(replace(number, value=Decimal(0)), between[0], chars[number.end :])
    return _Line(text, replace(drafts[0], flags=flags, support=(text,)), scored)


def _caption(placed: Sequence[Placed], first: int) -> str:
    """Return the line that a list stands under; nothing where that is a table."""
    for before in reversed(placed[:first]):
        if not isinstance(before.item, Para):
            return ""
        if not _between(before.item):
            return before.item.text.chars if len(before.item.text) <= _CAPTION_AT_MOST else ""
    return ""


def _verdict(lines: Sequence[_Line], caption: str) -> str:
    """Return what a list states: `scores`, `none` (the pages of a list of contents), or `doubt`."""
    if other_total(caption):
        return "doubt"
    if any(line.scored for line in lines):
        return "scores"
    announced = _announces(caption)
    if _counts_up(lines):
        return "doubt" if announced else "none"
    return "scores" if announced and not _ranks_or_weighs(lines) else "doubt"


def _announces(caption: str) -> bool:
    """Tell whether a caption says that scores follow, and not weights, targets or counts."""
    shown = _FULL_MARKS.sub(" ", caption)
    if not _SAYS_SCORE.search(caption) or is_other_figure(shown) or says_count(shown):
        return False
    numbers = find_numbers(shown)
    return not numbers or numbers[-1].end < len(shown.rstrip())  # a page's number ends a line of contents


def _ranks_or_weighs(lines: Sequence[_Line]) -> bool:
    """Tell whether the figures are places from the first on, or shares that make a hundred."""
    values = sorted(line.draft.value for line in lines)
    return values == list(range(1, len(lines) + 1)) or sum(values) == _FULL


def _counts_up(lines: Sequence[_Line]) -> bool:
    """Tell whether the figures rise as the indicators' numbers do, as pages of a list of contents."""
    in_order = all(a.draft.no < b.draft.no for a, b in pairwise(lines))
    rising = all(a.draft.value <= b.draft.value for a, b in pairwise(lines))
    return in_order and rising and lines[0].draft.value < lines[-1].draft.value
