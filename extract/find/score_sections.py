"""Scores that stand on lines below or above the names of their indicators: cards, slides, forms, one section each.

A run of such lines is read as a whole. The line that states the score has the same label in all sections
("คะแนนที่ได้ : 86.59"), and names and figures alternate in one order. A single section cannot show which of its
figures is the score, nor whether a figure belongs to the name above or below it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from thaita.extract.find.score_candidates import ScoreCandidate, looks_like_score
from thaita.extract.find.score_pairs import figures_beside
from thaita.extract.find.score_sentences import score_for_name
from thaita.extract.structure.context import FlowEntry
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.flags import Flag
from thaita.models.source_text import SourceText
from thaita.normalize.figure_cues import pattern
from thaita.normalize.figures import Figure, read_figures
from thaita.normalize.indicators import find_indicators
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import strip_marker
from thaita.normalize.weights import overall

_MIN_SECTIONS = 2
"""Minimum indicators of a run: one name and one figure are read by `score_sentences`."""
_MAX_LINES = 12
"""Maximum lines between two names of a run."""
_MAX_NAME = 120
_MAX_ROWS, _COLUMNS = 8, 2
_BETWEEN = re.compile(r"\s*[|;•]\s*|\t|\s{3,}|,\s")
_MAX_KEY = 40
_MAX_SCORE = 100
_MAX_NUMBER = 20
"""Maximum number of a section, such as 3.10, before the name of an indicator."""
_TOLERANCE = Decimal("0.015")
_AFTER = re.compile(
    r"\s*(?:คะแนน|%|points?)?\s*[.)]*\s*(?:(?:จาก|เต็ม|/)\s*(?:คะแนน)?(?:เต็ม)?\s*(?:100|๑๐๐)\s*(?:คะแนน)?)?\s*[)]?"
)


@dataclass(frozen=True, slots=True)
class _Name:
    line: float
    text: SourceText
    candidate: ScoreCandidate
    """The indicator; its score is not known yet."""


@dataclass(frozen=True, slots=True)
class _Value:
    line: float
    key: str
    text: SourceText
    figure: Figure
    rank: int
    """How well the label fits a score: 2 has words for one, 1 has no label, 0 has other words."""


@dataclass(frozen=True, slots=True)
class Sections:
    """The scores of a run of lines; `lines` are the positions in the flow that it covers."""

    lines: range
    scores: list[ScoreCandidate]


def find_sections(
    entries: Sequence[FlowEntry], year: int | None, published: Collection[Decimal] = ()
) -> list[Sections]:
    """Return the runs of lines that state scores, in reading order.

    `year` is the fiscal year (B.E.) whose indicators are matched; `published` holds the overall scores that the report
    states, which decide between labels that fit equally well.
    """
    found = []
    i = 0
    while i < len(entries):
        names, values, stop = _run_from(entries, i, year)
        scores = (
            _read(names, values, year, published)
            if len({n.candidate.no for n in names}) >= _MIN_SECTIONS
            else []
        )
        if scores:
            found.append(Sections(range(i, stop), scores))
        i = max(stop, i + 1)
    return found


def section_figures(entries: Sequence[FlowEntry], year: int | None) -> frozenset[int]:
    """Return the offsets in the document of the figures that are an indicator's score in a run of lines."""
    return frozenset(
        score.score.origin[0]
        for run in find_sections(entries, year)
        for score in run.scores
        if len(run.scores) > 1
    )


def _run_from(
    entries: Sequence[FlowEntry], first: int, year: int | None
) -> tuple[list[_Name], list[_Value], int]:
    """Return the names and labelled figures of the lines from `first` on, and the line where they end."""
    names: list[_Name] = []
    values: list[_Value] = []
    last = first
    label: SourceText | None = None
    for i in range(first, len(entries)):
        item = entries[i].item
        lines = _pieces(item)
        if not lines or i - last > _MAX_LINES:
            break
        if isinstance(item, FlowParagraph) and item.running:
            continue
        for k, text in enumerate(lines):
            place = i + k / 100
            name = _name(text, place, year)
            value = None if name else _value(text, place, year, label)
            if label is not None and not name and not value:
                # a name that is broken over two lines
                name = _name(SourceText.join((label, text), " "), place, year)
            label = None if name or value else text
            names += [name] if name else []
            values += [value] if value else []
            if name or value:
                last = i
        if (not names and last < i) or not (names or values):
            return [], [], first
    return names, values, last + 1


def _pieces(item: FlowItem) -> list[SourceText]:
    """Return the parts of a line that each state a label and a figure, or the rows of a table with two columns."""
    if isinstance(item, FlowParagraph):
        edges = [match.span() for match in _BETWEEN.finditer(item.text.chars)]
        starts, stops = [0, *(end for _, end in edges)], [*(start for start, _ in edges), len(item.text)]
        parts = [item.text[a:b].strip() for a, b in zip(starts, stops, strict=True)]
        split = len(parts) > 1 and all(any(char.isdecimal() for char in part.chars) for part in parts)
        return parts if split else [item.text]
    rows = [[head.text for head in item.heads], *([cell.text for cell in row.cells] for row in item.rows)]
    small = len(rows) <= _MAX_ROWS and all(sum(bool(cell) for cell in row) <= _COLUMNS for row in rows)
    return [SourceText.join([cell for cell in row if cell], " ") for row in rows if any(row)] if small else []


def _name(text: SourceText, line: float, year: int | None) -> _Name | None:
    if len(text) > _MAX_NAME or _states_figure(text.chars, year):
        return None
    plain = (text[:0], read_figures("0.00")[0].number)
    found = score_for_name(text, plain, year)
    return _Name(line, text, found[0]) if len(found) == 1 else None


def _states_figure(chars: str, year: int | None) -> bool:
    """Return whether a line states a figure that could be a score, apart from its number: 3.10."""
    names = find_indicators(chars, year)
    first = strip_marker(chars)[1]
    return any(
        figure.plain and figure.start >= first and looks_like_score(figure.number, "", chars[figure.end :])
        for figure in figures_beside(chars, names)
        if not names or figure.start > names[0].start or figure.number.value > _MAX_NUMBER
    )


def _value(text: SourceText, line: float, year: int | None, label: SourceText | None) -> _Value | None:
    """Return the figure at the end of a line with the words before it as its label; None without one.

    The label of a line with only a figure may stand on the line above it.
    """
    figure = _last_figure(text.chars, year)
    if figure is None:
        return None
    before = text.chars[: figure.start]
    words = re.sub(r"[\s:：=\-–—.•*()\[\]]+$|^[\s•\-–—*]+", "", fold(before))
    scoring = list(pattern("before", "score", "result").finditer(words))
    if any(m.end() == len(words) for m in scoring):
        begin = min(m.start() for m in scoring if _only_scoring(words[m.start() :]))
        return _Value(line, words[begin:], text, figure, 2)
    if words:
        key = re.sub(r"[0-9]+", "#", words)
        return _Value(line, key, text, figure, 0) if len(words) <= _MAX_KEY else None
    above = _meaning_of(label.chars) if label is not None and len(label) <= _MAX_KEY else None
    if above is not None and (not above.is_own(year) or above.overall):
        return None
    if label is not None and above is not None and above.result:
        return _Value(line, fold(label.chars), text, figure, 2)
    return _Value(line, "", text, figure, 1)


def _last_figure(chars: str, year: int | None) -> Figure | None:
    """Return the figure at the end of a line, if it may be a score and the line names no indicator."""
    if not any(char.isdecimal() for char in chars):
        return None
    figures = [f for f in read_figures(chars) if f.meaning != "scale" or f.number.value != _MAX_SCORE]
    if not figures:
        return None
    figure = figures[-1]
    before, after = chars[: figure.start], chars[figure.end :]
    ends = _AFTER.fullmatch(after) is not None and 0 <= figure.number.value <= _MAX_SCORE
    if (
        not ends
        or not figure.is_own(year)
        or not looks_like_score(figure.number, before[-24:], after.lstrip())
    ):
        return None
    named = find_indicators(before, year)
    return None if named and not named[0].doubtful else figure


def _meaning_of(label: str) -> Figure | None:
    """Return what a figure below a label is; None for a label that says nothing."""
    figures = read_figures(f"{label} 90.00")
    return figures[-1] if figures else None


def _only_scoring(words: str) -> bool:
    return re.fullmatch(rf"(?:{pattern('before', 'score', 'result').pattern}|ที่|การ|ของ)*", words) is not None


def _read(
    names: Sequence[_Name], values: Sequence[_Value], year: int | None, published: Collection[Decimal]
) -> list[ScoreCandidate]:
    """Return the scores of a run, under the label that fits best; flagged if another label fits as well."""
    readings = []
    for key in dict.fromkeys(value.key for value in values):
        rank = max(value.rank for value in values if value.key == key)
        readings += [
            (_proven(scores, year, published), len(scores), rank, scores)
            for scores in _under(key, names, values)
            if len(scores) >= _MIN_SECTIONS and any("." in score.score.chars for score in scores)
        ]
    if not readings:
        return []
    readings.sort(key=lambda reading: reading[:3], reverse=True)
    best = readings[0]
    rivals = [reading for reading in readings[1:] if reading[:3] == best[:3]]
    if rivals and not best[0]:
        return [replace(score, flags=(*score.flags, Flag.AMBIGUOUS_SCORE)) for score in best[3]]
    return best[3]


def _proven(scores: Sequence[ScoreCandidate], year: int | None, published: Collection[Decimal]) -> bool:
    figures = {score.no: score.value for score in scores}
    total = overall(figures, year) if year is not None and len(figures) == len(scores) else None
    return total is not None and any(abs(total - value) <= _TOLERANCE for value in published)


def _under(key: str, names: Sequence[_Name], values: Sequence[_Value]) -> list[list[ScoreCandidate]]:
    """Return the possible scores under a label: names and figures alternate, or one list follows the other.

    Names before or after their figures are both possible only if as many pairs result.
    """
    chosen = [value for value in values if value.key == key]
    both: list[_Name | _Value] = [*names, *chosen]
    tokens = sorted(both, key=lambda token: token.line)
    kinds = [isinstance(token, _Name) for token in tokens]
    if len(names) == len(chosen) and kinds in (sorted(kinds, reverse=True), sorted(kinds)) and len(names) > 1:
        return [
            [_score(name, value, (Flag.AMBIGUOUS_SCORE,)) for name, value in zip(names, chosen, strict=True)]
        ]
    below = [_score(a, b) for a, b in pairwise(tokens) if isinstance(a, _Name) and isinstance(b, _Value)]
    above = [_score(b, a) for a, b in pairwise(tokens) if isinstance(b, _Name) and isinstance(a, _Value)]
    most = max(len(below), len(above))
    return [scores for scores in (below, above) if scores and len(scores) == most]


def _score(name: _Name, value: _Value, flags: tuple[str, ...] = ()) -> ScoreCandidate:
    number = value.figure.number
    return replace(
        name.candidate,
        score=value.text[number.start : number.end],
        value=number.value,
        year=None,
        flags=(*number.doubt, *flags),
        support=(name.text, value.text),
    )
