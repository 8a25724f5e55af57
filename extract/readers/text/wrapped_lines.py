"""Lines that a tool wrapped: which ends of lines are the author's, and which come from the width of the page.

An export, a mail program or OCR ends its lines at a width. No single line shows this. The widths of all lines, the
words that a line end tears, and the indents are weighed together, once for the whole text and then for each end.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from thaita.extract.readers.page.first_word import first_word
from thaita.extract.readers.text.line_words import (
    TORN,
    gives_task,
    is_exact_heading,
    is_heading,
    is_period,
    joints,
    starts_with_label,
    words_go_on,
)
from thaita.extract.readers.text.tables import Line
from thaita.normalize.cue_words import any_cue
from thaita.normalize.headings import likely_heading
from thaita.normalize.numerals import strip_marker
from thaita.normalize.owners import is_office

_MARK = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
"""Letters above and below others, which take no width."""
_THAI = re.compile("[\u0e01-\u0e4e]+")
_FIGURE = re.compile(rf"(?:{any_cue('points', 'percent')})?\s*[0-9๐-๙.,]+\s*(?:{any_cue('points')})?$")
_OPENS_LIST = re.compile(rf"(?:{any_cue('announces')}|[:：])$")
_LABELLED = re.compile(r"\s*[^:]{2,40}:\s*\S")

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

_HEADING_COST = 6.0
"""Log odds against a join with a line that is a known heading."""

_LIKELY = 0.6
"""Least probability of a heading of unknown words."""

_LIKELY_COST = 2.5
"""Log odds against a join with a line that is likely a heading."""

_NEARLY_FULL = 0.85
"""Share of the column from which a line with the first word of the next one may have been wrapped."""

_BETWEEN = 3.5
"""Log odds for a join of a plain line between two items."""

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
        self._next_mark = self._following_marks()
        self._edge = min((self._indents[i] for i in prose), default=0)
        wraps = _NARROWEST <= self._column <= _WIDEST
        self._ends = {i: self._end(i) for i in self._open} if wraps else {}
        self._local = self._run_widths()
        self._prior = self._wrapped_at_all()
        self.joined, self.doubtful = self._decide()

    def _end(self, i: int) -> _LineEnd:
        before, after = self._lines[i - 1].chars.rstrip(), self._lines[i].chars.strip()
        reach = self._widths[i - 1] + _width(_first_unit(after))
        return _LineEnd(words_go_on(before, after), reach, reach / self._column)

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
            if end.fills < 1 and end.words < TORN and not (within and self._marked(i - 1)):
                continue
            exact = _EXACT <= self._widths[i - 1] / self._column <= 2 - _EXACT
            odds += 0.7 if within else 0.4 if exact else -0.25
        odds += any(end.words >= TORN for end in self._ends.values())
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
            between = self._by_next_item(start, i)
            if odds + between > -_CLOSE:
                cost = self._heading_cost(start, i)
                odds += (between if cost < _HEADING_COST else 0.0) - cost
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
            1.0
            if end.fills >= _NEARLY_FULL
            else -0.5
            if end.fills >= 0.7
            else -1.5
            if end.fills >= 0.5
            else -5.0
        )
        return max(shared, 0.5 if local >= 1 else -5.0)

    def _by_last_line(self, i: int) -> float:
        """Return the log odds from a line much shorter than the full one before it, with nothing below: a last line."""
        last = i + 1 == len(self._lines) or self._lines[i + 1].blank
        return 1.0 if last and self._ends[i].fills >= 1 and 2 * self._widths[i] < self._widths[i - 1] else 0.0

    def _by_next_item(self, start: int, i: int) -> float:
        """Return the log odds from a plain line between two items, or between two labels with their text.

        In such a list every paragraph has its marker or its label: what has none goes on with the one above.
        """
        before, own = self._lines[i - 1].chars.rstrip(), self._lines[i].chars
        if strip_marker(own)[0] or _OPENS_LIST.search(before):
            return 0.0
        if self._marked(start) and self._ends[i].fills < _NEARLY_FULL:
            return 0.0  # a numbered heading, and the text below it
        here = self._next_mark[i + 1]
        if here == len(self._lines) or self._lines[here].blank or not self._is_item(start):
            return 0.0
        alike = self._marked(start) == self._marked(here) and self._indents[start] == self._indents[here]
        return _BETWEEN if alike and self._is_item(here) else 0.0

    def _following_marks(self) -> list[int]:
        """Return, for each line, the first one from it on that is blank or an item; the number of lines if none is."""
        found = [len(self._lines)]
        for i in range(len(self._lines) - 1, -1, -1):
            found.append(i if self._lines[i].blank or self._is_item(i) else found[-1])
        return found[::-1]

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
            is_exact_heading(after)
            or starts_with_label(after)
            or is_period(after)
            or gives_task(after)
            or (is_office(after) and not before.endswith(joints("end")))
            or (not full and _FIGURE.match(after))
        ):
            return _HEADING_COST
        if is_heading(after) or likely_heading(after, _LIKELY) is not None:
            return _LIKELY_COST
        if i - 1 == start and is_heading(before[len(strip_marker(before)[0]) :].strip()):
            return _HEADING_COST
        if i - 1 > start or self._is_item(start):
            return 0.0
        if is_heading(before):
            return _HEADING_COST
        return _LIKELY_COST if not full and likely_heading(before, _LIKELY) is not None else 0.0

    def _is_item(self, i: int) -> bool:
        """Return whether a line begins with a list marker, or with a label and its text."""
        return self._marked(i) or _LABELLED.match(self._lines[i].chars) is not None


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
