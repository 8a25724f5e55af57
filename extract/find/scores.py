"""Indicator scores of a report: every place that states one, in reading order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from thaita.extract.find.score_candidates import ScoreDraft, read_value
from thaita.extract.find.score_cards import card_scores
from thaita.extract.find.score_lists import find_lists
from thaita.extract.find.score_sentences import next_line_score, stacked_scores, text_scores
from thaita.extract.find.score_tables import table_scores
from thaita.extract.structure.context import Placed
from thaita.extract.structure.grid import Grid
from thaita.extract.structure.paragraphs import Para
from thaita.models.source_text import SourceText
from thaita.normalize.date_years import find_years
from thaita.normalize.indicators import match_indicator

_CAPTION_AT_MOST = 130
"""Characters of a line that announces whose scores follow."""
_LEAST_STACK = 4
"""Lines of figures and names in turn that make a stack: two pairs."""


def find_scores(
    placed: Sequence[Placed], year: int | None, published: Collection[Decimal] = ()
) -> list[ScoreDraft]:
    """Return every indicator score that a table or sentence states, in reading order.

    `year` is the assessed year (B.E.): where a table sets several years side by side, its column
    counts, or the latest where it is not among them; scores under a line that says an earlier year are
    that year's, and count only where the report states none of its own. `published` are the overall
    scores that the report states, which its right column adds up to.
    """
    drafts: list[ScoreDraft] = []
    after_stack = 0
    earlier: int | None = None
    listed = find_lists(placed, year)
    for i, item in enumerate(placed):
        if isinstance(item.item, Grid):
            found = list(table_scores(item.item, item.context, year, published)) or card_scores(
                item.item, year
            )
            caption = next((y for line in item.item.header if (y := _earlier_year(line, year))), earlier)
            drafts += _of_year(found, caption)
        elif i < after_stack or item.item.running:
            continue
        elif len(run := _stack(placed, i, year)) >= _LEAST_STACK:
            drafts += stacked_scores(run, year)
            after_stack = i + len(run)
        else:
            lines = listed[i].scores(i) if i in listed else text_scores(item.item.text, year)
            found = [draft for draft in lines if draft.year in (None, year) or year is None]
            if not found and i not in listed:
                found = next_line_score(item.item, placed[i + 1 : i + 5], year)
            earlier = earlier if found else _earlier_year(item.item.text, year)
            drafts += _of_year(found, earlier)
    own = [draft for draft in drafts if year is None or draft.year is None or draft.year >= year]
    return own or drafts


def _earlier_year(line: SourceText, year: int | None) -> int | None:
    """Return the year before the assessed one (B.E.) whose scores a line announces; None if it announces none."""
    if year is None or len(line) > _CAPTION_AT_MOST or "คะแนน" not in line.chars:
        return None
    named = {found.value_be for found in find_years(line.chars) if found.kind in ("plain", "fiscal", "bare")}
    said = named.pop() if len(named) == 1 else year
    return said if said < year else None


def _of_year(drafts: Sequence[ScoreDraft], year: int | None) -> list[ScoreDraft]:
    return [replace(d, year=year) if year is not None and d.year is None else d for d in drafts]


def _stack(placed: Sequence[Placed], i: int, year: int | None) -> list[SourceText]:
    """Return the lines from `i` on that are a figure and an indicator's name in turn."""
    run: list[SourceText] = []
    while i < len(placed):
        item = placed[i].item
        if not isinstance(item, Para) or item.running:
            break
        figure = read_value(item.text) is not None
        if figure != (len(run) % 2 == 0) or not (figure or match_indicator(item.text.chars, year)):
            break
        run.append(item.text)
        i += 1
    return run[: len(run) // 2 * 2]
