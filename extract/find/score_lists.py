"""Lists with one indicator and one figure per line, judged as a whole.

A whole number beside a name may be a page number, a count or a score. A single line cannot decide that, but the
caption of the list and the order of its figures can.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from thaita.extract.find.score_candidates import ScoreCandidate, has_other_maximum, looks_like_score
from thaita.extract.find.score_sentences import score_for_name
from thaita.extract.structure.context import FlowEntry
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.flags import Flag
from thaita.models.source_text import SourceText
from thaita.normalize.counts import says_count
from thaita.normalize.figures import says_other_figures
from thaita.normalize.indicators import find_indicators, find_instrument, match_indicator
from thaita.normalize.numerals import find_numbers

_MIN_INDICATORS = 5
"""Minimum number of indicators in a list that is judged as a whole."""
_MAX_LINE = 100
_MAX_CAPTION = 200
_SCORE_WORDS = re.compile(r"ผลการประเมิน|คะแนน|ร้อยละ")
_FULL_MARKS = re.compile(r"(?:คะแนน)?\s*เต็ม\s*(?:คะแนน)?\s*(?:100|๑๐๐)(?![0-9๐-๙])")
_BETWEEN = re.compile(r"(?:[\s:=\-–.…()]|ได้|คะแนน|ร้อยละ|เท่ากับ)*$")
_AFTER_FIGURE = re.compile(r"\s*(?:คะแนน|%|points?)?[\s.)]*", re.IGNORECASE)
_MAX_SCORE = 100


@dataclass(frozen=True, slots=True)
class _Line:
    text: SourceText
    candidate: ScoreCandidate
    scored: bool
    """Whether the line alone shows that its figure is a score; a plain 100 does not."""


@dataclass(frozen=True, slots=True)
class ScoreList:
    """The lines of one list by position in the flow; `verdict` is `scores`, `doubt` or `none` (page numbers)."""

    lines: dict[int, _Line]
    verdict: str

    def scores(self, i: int) -> list[ScoreCandidate]:
        """Return the score on line `i`; an empty list if the list does not state scores."""
        return [self.lines[i].candidate] if self.verdict == "scores" else []

    def ambiguous_line(self, i: int) -> list[tuple[SourceText, ScoreCandidate]]:
        """Return line `i` and its figure if it is unclear whether the list states scores; else an empty list."""
        return [(self.lines[i].text, self.lines[i].candidate)] if self.verdict == "doubt" else []


def find_score_lists(entries: Sequence[FlowEntry], year: int | None) -> dict[int, ScoreList]:
    """Return the list of each line that belongs to one, by position in the flow.

    `year` is the fiscal year (B.E.) whose indicators are matched. Lists in which every figure is written like a
    score are left out: each line can be judged alone.
    """
    found: dict[int, ScoreList] = {}
    i = 0
    while i < len(entries):
        lines = _list_from(entries, i, year)
        if len({line.candidate.no for line in lines.values()}) >= _MIN_INDICATORS:
            verdict = _verdict(list(lines.values()), _caption(entries, i))
            if verdict != "scores" or not all(line.scored for line in lines.values()):
                found |= dict.fromkeys(lines, ScoreList(lines, verdict))
        i = max(lines, default=i) + 1
    return found


def _list_from(entries: Sequence[FlowEntry], first: int, year: int | None) -> dict[int, _Line]:
    """Return the lines from `first` on that state an indicator and one figure; instruments may separate them."""
    lines: dict[int, _Line] = {}
    for i in range(first, len(entries)):
        item = entries[i].item
        line = _read_line(item.text, year) if isinstance(item, FlowParagraph) and not item.running else None
        if line is not None:
            lines[i] = line
        elif not lines or not isinstance(item, FlowParagraph) or not _continues_list(item):
            break
    return lines


def _continues_list(para: FlowParagraph) -> bool:
    """Return whether a list continues after a line: a running foot, or the instrument of the lines below."""
    return para.running or (len(para.text) < _MAX_LINE and find_instrument(para.text.chars) is not None)


def _read_line(text: SourceText, year: int | None) -> _Line | None:
    """Return a line that consists of an indicator name and one figure from 0 to 100; None for any other line."""
    if len(text) > _MAX_LINE:
        return None
    chars = text.chars
    found = find_indicators(chars, year)
    begin = found[0].end if len(found) == 1 else 0
    numbers = find_numbers(
        chars[begin:]
    )  # with the last word of a name, the figure looks like a page: หน้าที่ 95
    if not numbers or not 0 <= numbers[-1].value <= _MAX_SCORE or (begin and len(numbers) > 1):
        return None
    number = replace(numbers[-1], start=begin + numbers[-1].start, end=begin + numbers[-1].end)
    between = _BETWEEN.search(chars, begin, number.start)
    if (
        between is None
        or (begin and between.start() > begin)
        or not _AFTER_FIGURE.fullmatch(chars, number.end)
    ):
        return None
    name = text[: between.start()]
    candidates = score_for_name(name, (text[number.start : number.end], number), year)
    if len(candidates) != 1:
        return None
    match = match_indicator(name.chars, year)
    flags = (*candidates[0].flags, *((Flag.AMBIGUOUS_NAME,) if match and match.close else ()))
    # A plain 100 always looks like a score, so it must not decide about the list.
    scored = looks_like_score(replace(number, value=Decimal(0)), between[0], chars[number.end :])
    return _Line(text, replace(candidates[0], flags=flags, support=(text,)), scored)


def _caption(entries: Sequence[FlowEntry], first: int) -> str:
    """Return the line above a list; an empty string if a table precedes it."""
    for before in reversed(entries[:first]):
        if not isinstance(before.item, FlowParagraph):
            return ""
        if not _continues_list(before.item):
            return before.item.text.chars if len(before.item.text) <= _MAX_CAPTION else ""
    return ""


def _verdict(lines: Sequence[_Line], caption: str) -> str:
    """Return what a list states: `scores`, `none` (page numbers in a table of contents), or `doubt`."""
    if has_other_maximum(caption):
        return "doubt"
    if any(line.scored for line in lines):
        return "scores"
    announced = _announces_scores(caption)
    if _are_page_numbers(lines):
        return "doubt" if announced else "none"
    return "scores" if announced and not _are_ranks_or_weights(lines) else "doubt"


def _announces_scores(caption: str) -> bool:
    """Return whether a caption announces scores rather than weights, targets or counts."""
    shown = _FULL_MARKS.sub(" ", caption)
    if not _SCORE_WORDS.search(caption) or says_other_figures(shown) or says_count(shown):
        return False
    numbers = find_numbers(shown)
    return not numbers or numbers[-1].end < len(shown.rstrip())  # a page number ends a line of contents


def _are_ranks_or_weights(lines: Sequence[_Line]) -> bool:
    """Return whether the figures are ranks from 1 on, or shares that add up to 100."""
    values = sorted(line.candidate.value for line in lines)
    return values == list(range(1, len(lines) + 1)) or sum(values) == _MAX_SCORE


def _are_page_numbers(lines: Sequence[_Line]) -> bool:
    """Return whether the figures rise with the indicator numbers, like the pages in a table of contents."""
    in_order = all(a.candidate.no < b.candidate.no for a, b in pairwise(lines))
    rising = all(a.candidate.value <= b.candidate.value for a, b in pairwise(lines))
    return in_order and rising and lines[0].candidate.value < lines[-1].candidate.value
