"""Indicator scores on cards: each cell of a table without column heads contains a name and its figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from thaita.extract.find.score_candidates import ScoreCandidate
from thaita.extract.find.score_sentences import score_on_last_line, text_scores
from thaita.extract.structure.grid import Grid
from thaita.models.source_text import SourceText

_MIN_CARDS = 2
"""Minimum number of cards with a name and a figure; a single cell may be a remark."""


def card_scores(grid: Grid, year: int | None) -> list[ScoreCandidate]:
    """Return the scores of a table whose cells are cards; an empty list if a column has a known role.

    `year` is the fiscal year (B.E.) whose indicators are matched.
    """
    candidates = [candidate for cell in card_cells(grid) for candidate in _card(cell, year)]
    return candidates if len({candidate.no for candidate in candidates}) >= _MIN_CARDS else []


def card_cells(grid: Grid) -> Iterator[tuple[SourceText, ...]]:
    """Yield the lines of each cell that may be a card, including header cells without a role."""
    if grid.roles:
        return
    for line in grid.header:
        yield (line,)
    for row in grid.rows:
        for cell in row.own_cells():
            yield cell.lines


def _card(lines: tuple[SourceText, ...], year: int | None) -> list[ScoreCandidate]:
    """Return the score of a card that contains only a name and a figure, on one line or below each other."""
    found = score_on_last_line(lines, year)
    if not found:
        joined = SourceText.join(lines, " ")
        found = [candidate for candidate in text_scores(joined, year) if candidate.support]
    return [replace(found[0], in_table=True)] if len(found) == 1 else []
