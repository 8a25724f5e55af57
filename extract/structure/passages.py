"""Passages about the assessment in long documents of another matter, such as a development plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from thaita.extract.structure.context import FlowEntry, subject_of
from thaita.extract.structure.grid import Grid
from thaita.extract.structure.page_furniture import FlowItem
from thaita.models.roles import Role
from thaita.normalize.cue_words import any_cue, folded_cue
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import heading_number

ABOUT_ITA = folded_cue("assessment")
"""The assessment's own name, in folded text."""
_ABOUT = folded_cue("assessment", "matter")
"""Words of the assessment's matter, in folded text."""
_NAME = re.compile(rf"\b{any_cue('assessment')}\b")
_WORD = re.compile(rf"\b{any_cue('assessment', 'matter')}\b")
"""The same as words of their own: a match key has no white space between ITA and the next Latin word."""
_SUBJECT_LABEL = re.compile(rf"\s*{any_cue('subject_label')}(?:[\s:：]+|$)")
_ASSESSOR = folded_cue("assessor")
_OPENING = 12
"""Number of paragraphs that the head of a letter can have."""
_MIN_PARAGRAPHS = 12
"""Least number of paragraphs of a document that can hold a passage."""
_BEFORE = 0.3
"""Least share of a document's paragraphs before its first words about the assessment, if it is of another matter."""
_BEFORE_LETTERS = 0.1
"""The same share of its letters: short lines before a table are no document of another matter."""


def is_about(item: FlowItem) -> bool:
    """Return whether the words of a paragraph or table are about the assessment."""
    if isinstance(item, Grid):
        return any(_speaks(cell.text.chars) for row in item.rows for cell in row.own_cells())
    return _speaks(item.text.chars)


def names_assessment(chars: str) -> bool:
    """Return whether a text has the assessment's own name.

    >>> names_assessment("ITA Dashboard"), names_assessment("capital")
    (True, False)
    """
    return bool(ABOUT_ITA.search(fold(chars)) or _NAME.search(chars))


def _speaks(chars: str) -> bool:
    return bool(_ABOUT.search(fold(chars)) or _WORD.search(chars))


def is_letter_about(opening: Sequence[FlowItem]) -> bool:
    """Return whether the first paragraphs are those of a letter or memo whose subject is the assessment."""
    lines = [item for item in opening if not isinstance(item, Grid)]
    for line, following in zip_longest(lines, lines[1:]):
        label = _SUBJECT_LABEL.match(line.text.chars)
        subject = line if label is None or line.text.chars[label.end() :].strip() else following
        if label is not None and subject is not None and (is_about(subject) or _names_assessor(subject)):
            return True
    return False


def _names_assessor(item: FlowItem) -> bool:
    return not isinstance(item, Grid) and bool(_ASSESSOR.search(fold(item.text.chars)))


def passages(entries: Sequence[FlowEntry]) -> list[FlowEntry]:
    """Return the entries that are about the assessment: all of them, unless the document is of another matter.

    A document is of another matter if its first part does not speak of the assessment at all, nor its subject line. A passage runs from the
    heading above the first words about the assessment to the next heading of the same form about something else.
    """
    shown = [entry for entry in entries if isinstance(entry.item, Grid) or not entry.item.running]
    first = next((at for at, entry in enumerate(shown) if is_about(entry.item)), 0)
    letter = is_letter_about([entry.item for entry in shown[:_OPENING]])
    sizes = [_letters(entry.item) for entry in shown]
    early = first < _BEFORE * len(shown) or sum(sizes[:first]) < _BEFORE_LETTERS * sum(sizes)
    if letter or len(shown) < _MIN_PARAGRAPHS or early:
        return list(entries)
    found: list[FlowEntry] = []
    form = last = ""
    inside = False
    for entry in entries:
        own = _heading_form(entry)
        if is_about(entry.item):
            form = form if inside else own or last
            inside = True
        elif inside and own == form and _names_nothing(entry):
            inside = False
        last = own or last
        if inside:
            found.append(entry)
    return found


def _letters(item: FlowItem) -> int:
    if isinstance(item, Grid):
        return sum(len(cell.text) for row in item.rows for cell in row.own_cells())
    return len(item.text)


def _heading_form(entry: FlowEntry) -> str:
    """Return how a heading looks: whether the format marks it, and the form of its number; empty for other entries."""
    if isinstance(entry.item, Grid) or entry.list_item or not (entry.is_heading or entry.item.heading):
        return ""
    number = heading_number(entry.item.text.chars)
    return f"{entry.item.heading} {number.form if number else ''}"


def _names_nothing(entry: FlowEntry) -> bool:
    """Return whether a heading names no subject and no kind of content of the assessment."""
    if entry.label is not None:
        return entry.label.heading.likely or entry.label.heading.role in (Role.NARRATIVE, Role.RESULT)
    return isinstance(entry.item, Grid) or subject_of(entry.item.text.chars, entry.context, 0.0) is None
