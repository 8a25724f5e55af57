"""Indicator scores of a report: every candidate, in reading order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from thaita.extract.find.score_candidates import ScoreCandidate
from thaita.extract.find.score_cards import card_scores
from thaita.extract.find.score_lists import find_score_lists
from thaita.extract.find.score_passages import find_passages
from thaita.extract.find.score_sections import find_sections
from thaita.extract.find.score_sentences import next_line_score, text_scores
from thaita.extract.find.score_tables import table_scores
from thaita.extract.structure.context import FlowEntry
from thaita.extract.structure.grid import Grid
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.source_text import SourceText
from thaita.normalize.date_years import find_years
from thaita.normalize.figures import read_figures
from thaita.normalize.numerals import to_arabic

_MAX_CAPTION = 130
"""Maximum characters of a line that announces the scores below it."""


def find_scores(
    entries: Sequence[FlowEntry], year: int | None, published: Collection[Decimal] = ()
) -> list[ScoreCandidate]:
    """Return a candidate for every indicator score that a table or sentence states, in reading order.

    `year` is the assessed year (B.E.). If a table shows several years side by side, the column of that year is
    read, or the latest if that year is missing. Scores below a line that names an earlier year belong to the
    earlier year and are returned only if the report states no scores for its own year. `published` holds the
    overall scores that the report states; they identify the score column, whose scores add up to one of them.
    """
    candidates: list[ScoreCandidate] = []
    earlier: int | None = None
    sections = {run.lines.start: run for run in find_sections(entries, year, published)}
    lines = _Lines(entries, year, {i for run in sections.values() for i in run.lines})
    for i, entry in enumerate(entries):
        if i in sections:
            candidates += _with_year(sections[i].scores, earlier)
        if isinstance(entry.item, Grid):
            found = list(table_scores(entry.item, entry.context, year, published)) or card_scores(
                entry.item, year
            )
            caption = next((y for line in entry.item.header if (y := _earlier_year(line, year))), earlier)
            candidates += _with_year(found, caption)
        elif not entry.item.running:
            found = lines.scores(i, entry.item)
            earlier = earlier if found else _earlier_year(entry.item.text, year)
            candidates += _with_year(found, earlier)
    own = [
        candidate
        for candidate in candidates
        if year is None or candidate.year is None or candidate.year >= year
    ]
    return own or candidates


class _Lines:
    """The scores of the lines of a report: each alone, in a list, or in a passage of prose."""

    def __init__(self, entries: Sequence[FlowEntry], year: int | None, inside: set[int]) -> None:
        self.entries = entries
        self.year = year
        self.inside = inside
        """Lines that belong to a run of sections."""
        self.listed = find_score_lists(entries, year)
        taken = inside | self.listed.keys()
        self.passages = {i: one for i, one in find_passages(entries, year).items() if not one[0] & taken}
        self.starts = {i: start for start, (lines, _) in self.passages.items() for i in lines}

    def scores(self, i: int, item: FlowParagraph) -> list[ScoreCandidate]:
        """Return the scores of line `i`; those of a whole passage with its first line."""
        year = self.year
        alone = self.listed[i].scores(i) if i in self.listed else text_scores(item.text, year)
        found = [candidate for candidate in alone if candidate.year in (None, year) or year is None]
        if not found and i not in self.listed and i not in self.inside:
            found = next_line_score(item, self.entries[i + 1 : i + 5], year)
        start = self.starts.get(i)
        if start is None:
            return found
        joined = self.passages[start][1]
        told = {one.no for one in joined}
        return [*(joined if i == start else ()), *(one for one in found if one.no not in told)]


def _earlier_year(line: SourceText, year: int | None) -> int | None:
    """Return the earlier year (B.E.) whose scores a line announces; None if it announces none."""
    if year is None or len(line) > _MAX_CAPTION or "คะแนน" not in line.chars or _states_score(line.chars):
        return None
    named = {found.value_be for found in find_years(line.chars) if found.kind in ("plain", "fiscal", "bare")}
    said = named.pop() if len(named) == 1 else year
    return said if said < year else None


def _states_score(chars: str) -> bool:
    """Return whether a line states a score itself, so that its year is not that of the lines below."""
    return any("." in to_arabic(figure.number.as_written) for figure in read_figures(chars))


def _with_year(candidates: Sequence[ScoreCandidate], year: int | None) -> list[ScoreCandidate]:
    return [replace(d, year=year) if year is not None and d.year is None else d for d in candidates]
