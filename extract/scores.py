"""Indicator scores of a report: every place that states one, in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from thaita.extract.grid import Grid
from thaita.extract.score_drafts import ScoreDraft
from thaita.extract.score_sentences import next_line_score, text_scores
from thaita.extract.score_tables import table_scores
from thaita.extract.sections import Placed


def find_scores(placed: Sequence[Placed], year: int | None) -> list[ScoreDraft]:
    """Return every indicator score that a table or sentence states, in reading order.

    `year` is the assessed year (B.E.): where a table sets several years side by side, its column
    counts, or the latest where it is not among them.
    """
    drafts: list[ScoreDraft] = []
    for i, item in enumerate(placed):
        if isinstance(item.item, Grid):
            drafts += table_scores(item.item, item.context, year)
        elif not item.item.running:
            found = text_scores(item.item.text)
            drafts += found or next_line_score(item.item, placed[i + 1 : i + 5])
    return drafts
