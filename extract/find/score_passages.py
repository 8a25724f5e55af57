"""Scores in prose that fills several lines: names and figures of the whole passage are paired at once.

PDF pages break sentences inside names and between a name and its figure. A line alone would then pair each name with
the figure of its neighbour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from thaita.extract.find.score_candidates import ScoreCandidate
from thaita.extract.find.score_pairs import figures_beside, likely_scores, pair_tokens
from thaita.extract.find.score_sentences import indicator_names, named_score
from thaita.extract.structure.context import FlowEntry
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.source_text import SourceText
from thaita.normalize.figures import Figure
from thaita.normalize.numerals import strip_marker

_MIN_BROKEN = 40
"""Minimum characters of a line that may break off inside a sentence."""
_MAX_LINES = 40


def find_passages(
    entries: Sequence[FlowEntry], year: int | None
) -> dict[int, tuple[set[int], list[ScoreCandidate]]]:
    """Return the passages of several lines by the position of their first line: their lines and their scores.

    `year` is the fiscal year (B.E.) whose indicators are matched.
    """
    found = {}
    i = 0
    while i < len(entries):
        lines = _lines_from(entries, i)
        if len(lines) > 1:
            items = [entries[at].item for at in lines]
            scores = _passage_scores([item.text for item in items if isinstance(item, FlowParagraph)], year)
            if scores:
                found[i] = (set(lines), scores)
        i = max(lines, default=i) + 1
    return found


def _lines_from(entries: Sequence[FlowEntry], first: int) -> list[int]:
    """Return the positions of the lines of a passage; page furniture may stand between them."""
    lines: list[int] = []
    for i in range(first, min(len(entries), first + _MAX_LINES)):
        item = entries[i].item
        if not isinstance(item, FlowParagraph) or item.heading:
            break
        if item.running:
            if not lines:
                break
            continue
        if lines and strip_marker(item.text.chars)[0]:
            break
        lines.append(i)
        if len(item.text) < _MIN_BROKEN:
            break
    return lines


def _passage_scores(lines: Sequence[SourceText], year: int | None) -> list[ScoreCandidate]:
    text = SourceText.join(lines, " ")
    names = indicator_names(text.chars, year)
    if not names:
        return []
    figures = list(_figures(lines, year))
    edges = list(_starts(lines))[1:]
    pairs = pair_tokens(text.chars, names, figures, edges)
    crossing = [
        _crosses(edges, pair.name.start, pair.name.end, pair.figure.start, pair.figure.end) for pair in pairs
    ]
    return [
        replace(named_score(text, pair), support=()) if crosses else named_score(text, pair)
        for pair, crosses in zip(pairs, crossing, strict=True)
    ]


def _starts(lines: Sequence[SourceText]) -> Iterator[int]:
    at = 0
    for line in lines:
        yield at
        at += len(line) + 1


def _figures(lines: Sequence[SourceText], year: int | None) -> Iterator[Figure]:
    """Yield the figures that may be scores; the words of a line say nothing about the figures of other lines."""
    for start, line in zip(_starts(lines), lines, strict=True):
        names = indicator_names(line.chars, year)
        for figure in likely_scores(line.chars, figures_beside(line.chars, names), year):
            number = replace(figure.number, start=figure.start + start, end=figure.end + start)
            yield replace(figure, number=number)


def _crosses(edges: Sequence[int], *offsets: int) -> bool:
    return any(min(offsets) < edge < max(offsets) for edge in edges)
