"""Second readings: replace lines with impossible Thai spelling by another engine's reading.

The engines differ where a font names its letters wrongly: one may deliver possible Thai, the other impossible
Thai. A second reading takes ten times as long, so only pages that need it are read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from rapidfuzz.fuzz import ratio

from thaita.extract.readers.page.layout import PageDraft, all_lines
from thaita.extract.readers.page.lines import Line
from thaita.models.document import ReaderProblem
from thaita.models.problem_codes import ProblemCode
from thaita.models.source_text import SourceText
from thaita.normalize.thai.letters import CONSONANT, LETTER, is_garbled, is_thai_possible
from thaita.normalize.thai.repair import DocumentDamage, diagnose, repair_source

MAX_PAGES = 100
"""Maximum number of pages read a second time: a book with more needs OCR."""

MAX_LISTED = 5
"""Maximum number of lines that `problems` lists one by one."""

_MAX_GARBLED_SHARE = 0.05
"""Minimum share of impossible lines among a page's Thai lines from which its fonts count as naming letters
wrongly. With so many impossible lines, other lines are possible but wrong. In reports with correct fonts the
share is 0 to 2 %."""

_MIN_GARBLED = 3
"""Minimum number of such lines."""

_MIN_OVERLAP = 0.8
"""Minimum overlap of two readings of one line, as a share of the wider one."""

_MIN_SIMILARITY = 50.0
"""Minimum similarity (0 to 100) of the letters in two readings of one line."""

_FIXED = re.compile(rf"[{CONSONANT}\dA-Za-z!-/:-@]")
"""Characters that must be equal in both readings: figures with their points, codes, consonants."""

_THAI = re.compile(f"[{LETTER}]")

SecondPages = Callable[[frozenset[int]], Iterable[PageDraft]]
"""A function that reads and lays out the pages with these numbers by the other engine."""


def apply_second_readings(pages: Sequence[PageDraft], read_again: SecondPages) -> Iterator[ReaderProblem]:
    """Replace lines that repair cannot turn into possible Thai by the other engine's reading.

    Lines are changed in place and marked as doubtful, as are all lines of a page with many impossible ones.
    Digits, Latin letters and consonants must agree in both readings, so no figure changes. Replaced lines and
    doubtful pages are yielded as problems, the former with both readings.
    """
    damage = _diagnosis(pages)
    if damage is None:
        return
    wanted = {page.number: broken for page in pages if (broken := _garbled_lines(page, damage))}
    if not wanted:
        return
    for page in pages:
        yield from _mark_page_doubtful(page, len(wanted.get(page.number, ())))
    taken = _replaced_lines(wanted, damage, read_again(frozenset(islice(wanted, MAX_PAGES))))
    yield from islice(taken, MAX_LISTED)
    rest = sum(1 for _ in taken)
    if rest:
        message = f"{rest} more lines were replaced: see the problems with the code '{ProblemCode.SECOND_READING}' before this one."
        yield ReaderProblem.of(ProblemCode.SECOND_READING, message)


def _diagnosis(pages: Iterable[PageDraft]) -> DocumentDamage | None:
    """Return how the whole text was damaged, or None if it shows no damage."""
    text = "\n".join(line.text for page in pages for line in all_lines(page.items))
    return diagnose(text) if is_garbled(text, cut=True) else None


def _mark_page_doubtful(page: PageDraft, garbled: int) -> Iterator[ReaderProblem]:
    """Mark all lines of a page as doubtful if many of them are garbled, and yield the problem."""
    lines = (
        [line for line in all_lines(page.items) if is_thai_possible(line.text)]
        if garbled >= _MIN_GARBLED
        else []
    )
    if lines and garbled > _MAX_GARBLED_SHARE * len(lines):
        for line in all_lines(page.items):
            line.doubtful = True
        message = f"page {page.number}: {garbled} of {len(lines)} lines contain spellings that are impossible in Thai; fonts of the PDF name letters wrongly, so words that look right may be wrong: use OCR."
        yield ReaderProblem.of(ProblemCode.GARBLED_TEXT, message)


def _garbled_lines(page: PageDraft, damage: DocumentDamage) -> list[Line]:
    return [
        line
        for line in all_lines(page.items)
        if is_garbled(line.text, cut=True) and is_garbled(_repaired_text(line, damage), cut=True)
    ]


def _repaired_text(line: Line, damage: DocumentDamage) -> str:
    return repair_source(SourceText.at(line.text, 0), damage).chars


def _replaced_lines(
    wanted: dict[int, list[Line]], damage: DocumentDamage, again: Iterable[PageDraft]
) -> Iterator[ReaderProblem]:
    drafts = list(again)
    other_damage = _diagnosis(drafts) or DocumentDamage()
    for draft in drafts:
        others = [line for line in all_lines(draft.items) if line.upright]
        for line in wanted.get(draft.number, ()):
            other = _line_at_same_place(line, others)
            if other is None:
                continue
            first, second = _repaired_text(line, damage), _repaired_text(other, other_damage)
            if not is_garbled(second, cut=True) and is_thai_possible(second) and _agree(first, second):
                message = f"page {draft.number}: «{first}» is not possible Thai; it was replaced by another engine's reading, «{second}»."
                yield ReaderProblem.of(ProblemCode.SECOND_READING, message)
                line.segments, line.spaced, line.doubtful = other.segments, other.spaced, True


def _line_at_same_place(line: Line, others: Iterable[Line]) -> Line | None:
    """Return the line of the other reading at the same position."""
    a = line.box
    for other in others:
        b = other.box
        wider = max(a.x1 - a.x0, b.x1 - b.x0, 1.0)
        if (
            abs((a.top + a.bottom) - (b.top + b.bottom)) < line.size
            and min(a.x1, b.x1) - max(a.x0, b.x0) >= _MIN_OVERLAP * wider
        ):
            return other
    return None


def _agree(first: str, second: str) -> bool:
    """Return whether two readings agree in digits, Latin letters and consonants, and the second is similar and as long."""
    fewer = len(_THAI.findall(second)) < len(_THAI.findall(first))
    return (
        not fewer
        and _fixed_characters(first) == _fixed_characters(second)
        and ratio(first, second) >= _MIN_SIMILARITY
    )


def _fixed_characters(text: str) -> str:
    return "".join(_FIXED.findall(text))
