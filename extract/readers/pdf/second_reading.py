"""A second engine's word on the lines whose letters no Thai spelling allows.

Engines part where a font names its letters wrongly: one gives a reading that Thai allows, the other one
that it does not. Reading twice takes ten times as long, so only pages that need it are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from rapidfuzz.fuzz import ratio

from thaita.extract.readers.page.layout import PageDraft, all_lines
from thaita.extract.readers.page.lines import Line
from thaita.models.document import ReaderProblem
from thaita.models.source_text import SourceText
from thaita.normalize.thai.letters import CONSONANT, LETTER, is_garbled, is_thai_possible
from thaita.normalize.thai.repair import Signs, diagnose, repair_source

PAGES = 100
"""Pages that are read a second time at most: a whole book of them is one for OCR."""

SHOWN = 5
"""Lines that `problems` names one by one at most."""

_SHARE = 0.05
"""Share of a page's Thai lines from which on its fonts are taken to name letters wrongly: where so many lines
are impossible, others are possible and wrong. Reports of real fonts show 0 to 2 %."""

_LEAST = 3
"""Lines that this takes at least."""

_OVERLAP = 0.8
"""Share of the wider line over which two readings of one line stand at least."""

_ALIKE = 50.0
"""Of 100: two readings of one line share at least so much of their letters."""

_SURE = re.compile(rf"[{CONSONANT}\dA-Za-z!-/:-@]")
"""Characters that a second reading never changes: a figure with its point, a code, the skeleton of the words."""

_THAI = re.compile(f"[{LETTER}]")

SecondPages = Callable[[frozenset[int]], Iterable[PageDraft]]
"""Reads the pages of these numbers by the other engine, laid out."""


def take_second_readings(pages: Sequence[PageDraft], read_again: SecondPages) -> Iterator[ReaderProblem]:
    """Give lines that repair cannot make possible Thai the other engine's letters, where those are.

    Lines are changed in place, and marked as doubtful: those taken, and all of a page with many that
    are not possible. Digits, Latin letters and consonants must be the same in both readings: no figure changes
    by this. Lines taken and doubtful pages are yielded as problems, the first with both readings.
    """
    signs = _signs(pages)
    if signs is None:
        return
    wanted = {page.number: broken for page in pages if (broken := _garbled(page, signs))}
    if not wanted:
        return
    for page in pages:
        yield from _distrust(page, len(wanted.get(page.number, ())))
    taken = _taken(wanted, signs, read_again(frozenset(islice(wanted, PAGES))))
    yield from islice(taken, SHOWN)
    rest = sum(1 for _ in taken)
    if rest:
        message = f"{rest} more lines were read so: see the lines named {SECOND!r} before this one."
        yield ReaderProblem("warning", SECOND, message)


SECOND = "second_reading"


def _signs(pages: Iterable[PageDraft]) -> Signs | None:
    """Return how the text as a whole was broken; nothing for one that shows no break at all."""
    text = "\n".join(line.text for page in pages for line in all_lines(page.items))
    return diagnose(text) if is_garbled(text, cut=True) else None


def _distrust(page: PageDraft, garbled: int) -> Iterator[ReaderProblem]:
    """Mark all lines of a page as doubtful if so many are garbled, and say so."""
    lines = (
        [line for line in all_lines(page.items) if is_thai_possible(line.text)] if garbled >= _LEAST else []
    )
    if lines and garbled > _SHARE * len(lines):
        for line in all_lines(page.items):
            line.doubtful = True
        message = f"page {page.number}: {garbled} of {len(lines)} lines hold letters that no Thai spelling allows; fonts of the PDF name letters wrongly, so words that look right may be wrong: read it by OCR."
        yield ReaderProblem("warning", "garbled_text", message)


def _garbled(page: PageDraft, signs: Signs) -> list[Line]:
    return [
        line
        for line in all_lines(page.items)
        if is_garbled(line.text, cut=True) and is_garbled(_said(line, signs), cut=True)
    ]


def _said(line: Line, signs: Signs) -> str:
    return repair_source(SourceText.at(line.text, 0), signs).chars


def _taken(
    wanted: dict[int, list[Line]], signs: Signs, again: Iterable[PageDraft]
) -> Iterator[ReaderProblem]:
    drafts = list(again)
    other_signs = _signs(drafts) or Signs()
    for draft in drafts:
        others = [line for line in all_lines(draft.items) if line.upright]
        for line in wanted.get(draft.number, ()):
            other = _same_place(line, others)
            if other is None:
                continue
            first, second = _said(line, signs), _said(other, other_signs)
            if not is_garbled(second, cut=True) and is_thai_possible(second) and _agree(first, second):
                message = f"page {draft.number}: «{first}» is no possible Thai; another engine reads «{second}», which was taken."
                yield ReaderProblem("warning", SECOND, message)
                line.segments, line.spaced, line.doubtful = other.segments, other.spaced, True


def _same_place(line: Line, others: Iterable[Line]) -> Line | None:
    """Return the line of the other reading that stands where this one does."""
    a = line.box
    for other in others:
        b = other.box
        wider = max(a.x1 - a.x0, b.x1 - b.x0, 1.0)
        if (
            abs((a.top + a.bottom) - (b.top + b.bottom)) < line.size
            and min(a.x1, b.x1) - max(a.x0, b.x0) >= _OVERLAP * wider
        ):
            return other
    return None


def _agree(first: str, second: str) -> bool:
    """Whether two readings say the same digits, Latin letters and consonants, much the same else, and none less."""
    fewer = len(_THAI.findall(second)) < len(_THAI.findall(first))
    return not fewer and _plain(first) == _plain(second) and ratio(first, second) >= _ALIKE


def _plain(text: str) -> str:
    return "".join(_SURE.findall(text))
