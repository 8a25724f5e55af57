"""Indicators named beside figures: if no score was read for one of them, a score may have been missed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from thaita.extract.find.score_candidates import looks_like_score
from thaita.extract.find.score_lists import find_score_lists
from thaita.extract.find.score_pairs import figures_beside
from thaita.extract.find.score_tables import named_indicator
from thaita.extract.structure.context import FlowEntry
from thaita.extract.structure.grid import Grid, GridRow
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.frameworks import is_assessed
from thaita.normalize.indicators import find_indicators

_FIGURE = re.compile(r"[\d\s.,%/()\[\]*+–-]*\d[\d\s.,%/()\[\]*+–-]*")
_MAX_SCORE_CELL = 60
"""Maximum characters of a cell in a score column; a longer cell is prose."""
_MAX_SCORE = 100
_MAX_GAP = 30
"""Maximum characters between a name and its score on a line."""


def indicators_beside_figures(entries: Sequence[FlowEntry], year: int | None) -> dict[int, SourceText]:
    """Return, by indicator number, the first text that names an indicator beside a figure that could be its score.

    `year` is the fiscal year (B.E.) whose indicators are matched.
    """
    found: dict[int, SourceText] = {}
    listed = find_score_lists(entries, year)
    for i, item in enumerate(entry.item for entry in entries):
        beside: Iterable[tuple[int, SourceText]]
        if i in listed:
            beside = ((candidate.no, line) for line, candidate in listed[i].ambiguous_line(i))
        else:
            beside = _in_table(item, year) if isinstance(item, Grid) else _in_line(item, year)
        for no, text in beside:
            found.setdefault(no, text)
    return found


def _in_table(grid: Grid, year: int | None) -> Iterator[tuple[int, SourceText]]:
    for c, head in enumerate(grid.heads):
        no = head.indicator_no
        if no is not None and is_assessed(no, year) and any(_is_figure(row, c) for row in grid.rows):
            yield no, head.text
    for row in grid.rows:
        named = named_indicator(grid, row, year)
        if named is not None and any(
            _may_be_score(grid, row, c) for c in range(len(row.cells)) if c != named[0]
        ):
            yield named[1].no, row.cells[named[0]].text
    for lines in _card_cells(grid):
        yield from _in_text(SourceText.join(lines, " "), year)


def _may_be_score(grid: Grid, row: GridRow, column: int) -> bool:
    role = grid.heads[column].role
    if role == Role.SCORE:
        text = row.cells[column].text.chars
        return len(text) <= _MAX_SCORE_CELL and any(char.isdecimal() for char in text)
    return role is None and (column > 0 or bool(grid.roles)) and _is_figure(row, column)


def _is_figure(row: GridRow, column: int) -> bool:
    return _FIGURE.fullmatch(row.cells[column].text.chars) is not None


def _in_line(para: FlowParagraph, year: int | None) -> Iterator[tuple[int, SourceText]]:
    return iter(()) if para.running else _in_text(para.text, year)


def _in_text(text: SourceText, year: int | None) -> Iterator[tuple[int, SourceText]]:
    chars = text.chars
    names = find_indicators(chars, year)
    figures = figures_beside(chars, names) if names else ()
    for found in names:
        for figure in [figure for figure in figures if figure.start >= found.end][:1]:
            between = chars[found.end : figure.start]
            near = len(between) <= _MAX_GAP and figure.plain and 0 <= figure.number.value <= _MAX_SCORE
            if near and not found.doubtful and looks_like_score(figure.number, between, chars[figure.end :]):
                yield found.no, text[found.start : figure.end]


def _card_cells(grid: Grid) -> Iterator[tuple[SourceText, ...]]:
    """Yield the lines of each cell of a table without known heads, the header included."""
    if grid.roles:
        return
    for line in grid.header:
        yield (line,)
    for row in grid.rows:
        for cell in row.own_cells():
            yield cell.lines
