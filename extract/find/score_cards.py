"""Indicator scores on cards: each cell of a table without heads holds a name and its figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from thaita.extract.find.score_candidates import ScoreDraft
from thaita.extract.find.score_sentences import below_name, text_scores
from thaita.extract.structure.grid import Grid
from thaita.models.source_text import SourceText

_LEAST = 2
"""Cards that hold a name and a figure, at least; one cell alone may be a remark."""


def card_scores(grid: Grid, year: int | None) -> list[ScoreDraft]:
    """Return the scores of a table whose cells are cards; none where a head says what a column holds.

    `year` is the fiscal year (B.E.) whose indicators count.
    """
    drafts = [draft for cell in card_cells(grid) for draft in _card(cell, year)]
    return drafts if len({draft.no for draft in drafts}) >= _LEAST else []


def card_cells(grid: Grid) -> Iterator[tuple[SourceText, ...]]:
    """Yield the lines of each cell that may be a card, those of a head without a role too."""
    if grid.roles:
        return
    for line in grid.header:
        yield (line,)
    for row in grid.rows:
        for cell in row.own():
            yield cell.lines


def _card(lines: tuple[SourceText, ...], year: int | None) -> list[ScoreDraft]:
    """Return the score that a card states: nothing but a name and a figure, in one line or below it."""
    found = below_name(lines, year)
    if not found:
        joined = SourceText.join(lines, " ")
        found = [draft for draft in text_scores(joined, year) if draft.support]
    return [replace(found[0], in_table=True)] if len(found) == 1 else []
