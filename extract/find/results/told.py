"""The scores that a sentence states: what part of a result each is, and of which year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thaita.extract.find.results.candidate import Stated
from thaita.extract.find.results.context import TextAround
from thaita.extract.find.score_candidates import looks_like_score
from thaita.models.source_text import SourceText
from thaita.normalize.cue_words import any_cue
from thaita.normalize.dates import find_years
from thaita.normalize.figure_cues import pattern
from thaita.normalize.figures import Figure, read_figures
from thaita.normalize.indicators import find_indicators, find_instrument
from thaita.normalize.match_key import fold

_IN_BRACKETS = re.compile(r"[(][^()]*$")
_THAN = re.compile(any_cue("than"))
_WHICH = re.compile(rf"\s*[)]?\s*{any_cue('which')}")
"""What after a year says that a figure is that year's, whatever is compared with it: "เพิ่มขึ้นจากปี 2566 ซึ่งได้ 90.19"."""
_MOST = 100
_NEAR = 16
"""Maximum characters between the name of an instrument and its figure."""


@dataclass(frozen=True, slots=True)
class Told:
    """A score that a sentence states: its figure, the part of a result that it is, and its year (B.E.), if stated."""

    figure: Figure
    part: str
    year: int | None
    stated: Stated
    aside: bool
    """It stands in brackets, which a line says to be of another year."""
    said: str
    """The words since the figure before it."""


def told_scores(text: SourceText, start: int, stop: int, around: TextAround) -> Iterator[Told]:
    """Yield the scores of a part of a paragraph, whatever their words and years make them."""
    segment = text.chars[start:stop]
    years = years_of_figures(text.chars)
    before = 0
    for figure in read_figures(segment):
        said, before = segment[before : figure.start], figure.end
        words = said[-_NEAR * 2 :]
        if not 0 <= figure.number.value <= _MOST:
            continue
        instrument, named = find_instrument(words[-_NEAR:]), find_indicators(words)
        if instrument is not None:
            part = instrument.code.lower()
        elif named:
            part = f"i{named[-1].no}"
        elif looks_like_score(figure.number, words[-12:], segment[figure.end :].lstrip()):
            part = "overall_score"
        else:
            continue
        year = figure.year or years.get(start + figure.start)
        aside = around.bracketed is not None and _IN_BRACKETS.search(segment[: figure.start]) is not None
        stated = Stated(figure.number.value, text[start + figure.start : start + figure.end])
        yield Told(figure, part, year or (around.bracketed if aside else None), stated, aside, said)


def years_of_figures(chars: str) -> dict[int, int]:
    """Return the years (B.E.) that a paragraph states for its figures, by the start of the figure."""
    return {figure.start: figure.year for figure in read_figures(chars) if figure.year is not None}


def is_change(said: str) -> bool:
    """Return whether the words before a figure make it the difference to a year, not the score of it."""
    change = pattern("before", "change").search(fold(said)) or _THAN.search(said)
    years = find_years(said)
    return change is not None and not (years and _WHICH.match(said, years[-1].end))
