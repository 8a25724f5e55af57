"""Indicator scores of a report: every place that states one, in reading order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from thaita.extract.grid import Grid
from thaita.extract.paragraphs import Para
from thaita.extract.score_drafts import ScoreDraft, read_value
from thaita.extract.score_sentences import next_line_score, stacked_scores, text_scores
from thaita.extract.score_tables import table_scores
from thaita.extract.sections import Placed
from thaita.models.source_text import SourceText
from thaita.normalize.indicators import match_indicator

_LEAST_STACK = 4
"""Lines of figures and names in turn that make a stack: two pairs."""


def find_scores(
    placed: Sequence[Placed], year: int | None, published: Collection[Decimal] = ()
) -> list[ScoreDraft]:
    """Return every indicator score that a table or sentence states, in reading order.

    `year` is the assessed year (B.E.): where a table sets several years side by side, its column
    counts, or the latest where it is not among them; `published` are the overall scores that the
    report states, which its right column adds up to.
    """
    drafts: list[ScoreDraft] = []
    after_stack = 0
    for i, item in enumerate(placed):
        if isinstance(item.item, Grid):
            drafts += table_scores(item.item, item.context, year, published)
        elif i < after_stack or item.item.running:
            continue
        elif len(run := _stack(placed, i)) >= _LEAST_STACK:
            drafts += stacked_scores(run)
            after_stack = i + len(run)
        else:
            found = [d for d in text_scores(item.item.text) if d.year in (None, year) or year is None]
            drafts += found or next_line_score(item.item, placed[i + 1 : i + 5])
    return drafts


def _stack(placed: Sequence[Placed], i: int) -> list[SourceText]:
    """Return the lines from `i` on that are a figure and an indicator's name in turn."""
    run: list[SourceText] = []
    while i < len(placed):
        item = placed[i].item
        if not isinstance(item, Para) or item.running:
            break
        figure = read_value(item.text) is not None
        if figure != (len(run) % 2 == 0) or not (figure or match_indicator(item.text.chars)):
            break
        run.append(item.text)
        i += 1
    return run[: len(run) // 2 * 2]
