"""Lines that a tool wrapped: which ends of lines are the author's, and which come from the width of the page.

An export, a mail program or OCR ends its lines at a width. No single line shows this. The widths of all lines, the
words that a line end tears, and the indents are weighed together, once for the whole text and then for each end.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from thaita.extract.readers.page.first_word import first_word
from thaita.extract.readers.text.tables import Line
from thaita.normalize.cue_words import any_cue
from thaita.normalize.date_forms import find_dates
from thaita.normalize.dates import parse_period
from thaita.normalize.headings import likely_heading, match_heading
from thaita.normalize.indicators import match_indicator
from thaita.normalize.thai.letters import csv_rows
from thaita.normalize.thai.lexicon import lexicon
from thaita.normalize.topics import match_topic

_MARK = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
"""Letters above and below others, which take no width."""
_NO_START = re.compile("[\u0e30-\u0e3a\u0e45-\u0e4e]")
"""Letters with which no Thai word begins."""
_THAI = re.compile("[\u0e01-\u0e4e]+")
_THAI_END = re.compile("[\u0e01-\u0e4e]{1,20}$")
_OPEN_END = re.compile(r"[(\[“,/–-]$")
_CLOSED_END = re.compile(r"[.:;)”]$")
_FIGURE = re.compile(rf"(?:{any_cue('points', 'percent')})?\s*[0-9๐-๙.,]+\s*(?:{any_cue('points')})?$")
_LABELLED = re.compile(r"\s*[^:]{2,40}:\s*\S")

_LONGEST_PERIOD = 40

_COLUMNS = re.compile(r"[\t|]|\S[ \u00a0]{2,}\S|[.…_]{4}")
"""Signs of a line that is a row of columns or ends in a leader."""

_DIVISIBLE = re.compile(r"\s*\S{4,}\s+\S[^\t|]*$")
"""A line with a space at which a tool could have wrapped it."""

_NARROWEST, _WIDEST = 28, 140
"""Columns between which a tool wraps: below stand lists of words, above whole paragraphs on one line."""

_SHARE_AT_COLUMN = 0.02
"""Share of the lines of a text that reach nearly as far as its widest."""

_EXACT = 0.97
"""Share of the column from which a line ends where a tool that tears words ends it."""

_TORN = 6.0
"""Least gain in word costs (natural logarithm) of reading over a line end that shows a torn word."""

_HEADING_COST = 6.0
"""Log odds against a join with a line that is a known heading."""

_LIKELY = 0.6
"""Least probability of a heading of unknown words."""

_LIKELY_COST = 2.5
"""Log odds against a join with a line that is likely a heading."""

_CLOSE = 1.0
"""Log odds below which the evidence on a line end leaves a doubt."""


@dataclass(frozen=True, slots=True)
class _LineEnd:
    """The evidence on the end of one line.

    `words`: log odds from the words before and after it that the sentence goes on. `reach`: how wide the line would
    be with the next word. `fills`: that width as a share of the width at which the text is wrapped.
    """

    words: float
    reach: int
    fills: float


class WrappedLines:
    """Decides for each line of a text whether it goes on with the line before it.

    `open_ends` are the lines that may do so: nothing on them, such as a list marker, begins a paragraph.
    """

    def __init__(
        self, lines: Sequence[Line], is_open: Callable[[int], bool], marked: Callable[[int], bool]
    ) -> None:
        self._lines, self._marked = lines, marked
        self._widths = [_width(line.chars.rstrip()) for line in lines]
        self._open = [i for i in range(1, len(lines)) if is_open(i)]
        prose = [
            i for i, line in enumerate(lines) if not line.blank and not _COLUMNS.search(line.chars.strip())
        ]
        self._column = _column_of([self._widths[i] for i in prose])
        self._indents = [_indent(line) for line in lines]
        self._edge = min((self._indents[i] for i in prose), default=0)
        wraps = _NARROWEST <= self._column <= _WIDEST
        self._ends = {i: self._end(i) for i in self._open} if wraps else {}
        self._local = self._run_widths()
        self._prior = self._wrapped_at_all()
        self.joined, self.doubtful = self._decide()

    def _end(self, i: int) -> _LineEnd:
        before, after = self._lines[i - 1].chars.rstrip(), self._lines[i].chars.strip()
        reach = self._widths[i - 1] + _width(_first_unit(after))
        return _LineEnd(_words_go_on(before, after), reach, reach / self._column)

    def _run_widths(self) -> dict[int, int]:
        """Return the greatest width of the lines between two blank lines around each line end."""
        widths: dict[int, int] = {}
        run: list[int] = []
        for i in range(len(self._lines) + 1):
            if i < len(self._lines) and not self._lines[i].blank:
                run.append(i)
                continue
            widest = max((self._widths[j] for j in run), default=0)
            widths.update((j, widest) for j in run)
            run = []
        return widths

    def _wrapped_at_all(self) -> float:
        """Return the log odds that a tool wrapped this text: of its full lines, how many end within a sentence."""
        odds = -1.0
        for i, end in self._ends.items():
            within = end.words >= 1.5 or self._shown_by_indent(i)
            if end.fills < 1 and end.words < _TORN and not (within and self._marked(i - 1)):
                continue
            exact = _EXACT <= self._widths[i - 1] / self._column <= 2 - _EXACT
            odds += 0.7 if within else 0.4 if exact else -0.25
        odds += any(end.words >= _TORN for end in self._ends.values())
        odds -= 0.7 * sum(
            (1.0 if _DIVISIBLE.match(line.chars) else 0.5) * (width > 1.15 * self._column)
            for line, width in zip(self._lines, self._widths, strict=True)
            if not _COLUMNS.search(line.chars.strip())
        )
        return max(-3.0, min(3.0, odds))

    def _shown_by_indent(self, i: int) -> bool:
        """Return whether a line stands as the second line of an indented paragraph or of a list item."""
        before, own = self._indents[i - 1], self._indents[i]
        return own > before if self._marked(i - 1) else own == self._edge <= before - 2

    def _decide(self) -> tuple[set[int], set[int]]:
        """Return the lines that go on with the line before them, and those for which that is doubtful."""
        joined: set[int] = set()
        doubtful: set[int] = set()
        start = 0
        chance = 1 / (1 + math.exp(-self._prior))
        for i in self._open:
            if i - 1 not in joined:
                start = i - 1
            if i not in self._ends:
                continue
            fullness = self._fullness(i)
            odds = self._prior - 1.5 + self._ends[i].words + self._by_indent(start, i)
            odds += fullness * chance if fullness > 0 else fullness
            odds += self._by_last_line(i)
            if odds > -_CLOSE:
                odds -= self._heading_cost(start, i)
            if odds > 0:
                joined.add(i)
            if abs(odds) < _CLOSE:
                doubtful.add(i)
        return joined, doubtful

    def _fullness(self, i: int) -> float:
        end = self._ends[i]
        if end.fills >= 1:
            return 2.5
        local = end.reach / max(self._local.get(i, 0), _NARROWEST)
        shared = (
            1.0 if end.fills >= 0.85 else -0.5 if end.fills >= 0.7 else -1.5 if end.fills >= 0.5 else -3.0
        )
        return max(shared, 0.5 if local >= 1 else -3.0)

    def _by_last_line(self, i: int) -> float:
        """Return the log odds from a line much shorter than the full one before it, with nothing below: a last line."""
        last = i + 1 == len(self._lines) or self._lines[i + 1].blank
        return 1.0 if last and self._ends[i].fills >= 1 and 2 * self._widths[i] < self._widths[i - 1] else 0.0

    def _by_indent(self, start: int, i: int) -> float:
        first, before, own = self._indents[start], self._indents[i - 1], self._indents[i]
        if i - 1 > start:  # the second line has shown the paragraph's edge
            return 0.0 if own == before else -2.5
        if self._is_item(start):
            return 2.5 if own > first else 1.5 if own == first else 0.5
        if own < first:
            return 2.0 if own == self._edge else 0.0
        return -3.0 if own > first else 0.0

    def _heading_cost(self, start: int, i: int) -> float:
        """Return the log odds against a join because one of the two lines is a heading by its words."""
        after, before = self._lines[i].chars.strip(), self._lines[i - 1].chars.strip()
        full = self._ends[i].fills >= 1
        if (
            _is_heading(after)
            or _starts_with_label(after)
            or _is_period(after)
            or (not full and _FIGURE.match(after))
        ):
            return _HEADING_COST
        if likely_heading(after, _LIKELY) is not None:
            return _LIKELY_COST
        if i - 1 > start or self._is_item(start):
            return 0.0
        if _is_heading(before):
            return _HEADING_COST
        return _LIKELY_COST if not full and likely_heading(before, _LIKELY) is not None else 0.0

    def _is_item(self, i: int) -> bool:
        """Return whether a line begins with a list marker, or with a label and its text."""
        return self._marked(i) or _LABELLED.match(self._lines[i].chars) is not None


def _is_heading(chars: str) -> bool:
    return any(read(chars) is not None for read in (match_heading, match_indicator, match_topic))


def _is_period(chars: str) -> bool:
    """Return whether a line is a period from its first letter on, which is a cell and no end of a sentence."""
    if len(chars) > _LONGEST_PERIOD:
        return False
    period, dates = parse_period(chars), find_dates(chars)
    return period.start is not None and period.end is not None and bool(dates) and dates[0].start == 0


def _starts_with_label(chars: str) -> bool:
    """Return whether a line is a label and its value, such as ผู้รับผิดชอบ กองคลัง."""
    label = chars.split(" ", 1)[0]
    return label != chars and match_heading(label) is not None


def _column_of(widths: Sequence[int]) -> int:
    """Return the width to which most of the widest lines reach, in columns: a single longer line is a title."""
    ordered = sorted(widths, reverse=True)
    least = max(1, round(_SHARE_AT_COLUMN * len(ordered)))
    for i, width in enumerate(ordered[:-least]):
        if ordered[i + least] >= 0.8 * width:
            return width
    return ordered[0] if ordered else 0


def _width(chars: str) -> int:
    """Return the width of a text in columns."""
    return len(_MARK.sub("", chars))


def _indent(line: Line) -> int:
    return len(line.chars) - len(line.chars.lstrip(" "))


def _first_unit(chars: str) -> str:
    """Return the part at the start of a line that a tool would have left on the line before it, had there been room."""
    chunk = chars.split(" ", 1)[0]
    thai = _THAI.match(chunk)
    return first_word(thai[0]) if thai else chunk


@cache
def _joints(side: str) -> tuple[str, ...]:
    """Return the words that end or start no sentence."""
    return tuple(row["word"] for row in csv_rows("line_joints.csv") if row["side"] == side)


def _words_go_on(before: str, after: str) -> float:
    """Return the log odds from the words on both sides of a line end that one sentence runs over it."""
    if _NO_START.match(after):
        return 2 * _TORN
    odds = 0.0
    left, right = _THAI_END.search(before), _THAI.match(after)
    if left and right:
        gain = _gain(left[0], right[0][:20])
        odds += _TORN if gain >= _TORN else 0.5 * max(0.0, gain - 2)
    if before.endswith(_joints("end")):
        odds += 2.0
    if after.startswith(_joints("start")):
        odds += 1.5
    if _OPEN_END.search(before):
        odds += 2.0
    if _CLOSED_END.search(before):
        odds -= 0.5
    return odds


def _gain(left: str, right: str) -> float:
    """Return how much likelier the letters around a line end are as words that run over it."""
    words = lexicon()
    return words.cost(left) + words.cost(right) - words.cost(left + right)
