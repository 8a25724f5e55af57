"""Indicator scores in tables: one row per indicator, or one column per indicator."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from thaita.extract.find.score_candidates import (
    ScoreCandidate,
    has_other_maximum,
    looks_like_score,
    read_score,
)
from thaita.extract.find.score_sentences import text_scores
from thaita.extract.structure.context import Context
from thaita.extract.structure.grid import Grid, GridRow
from thaita.extract.structure.merged_cells import is_section_row
from thaita.models.flags import Flag
from thaita.models.roles import TOTALS, Role
from thaita.models.source_text import SourceText
from thaita.normalize.frameworks import is_assessed
from thaita.normalize.headings import match_heading
from thaita.normalize.indicators import Match, find_instrument, match_indicator
from thaita.normalize.numerals import strip_marker
from thaita.normalize.weights import overall

_SCORE_ROLES = frozenset({None, Role.INDICATOR, Role.SCORE, Role.TOTAL})
"""Roles of columns that may contain scores if no column has the role `SCORE`; a merged head passes on its role."""
TOLERANCE = Decimal("0.015")
"""Maximum difference of equal overall scores: twice the rounding error of two decimals, with a margin."""


def table_scores(
    grid: Grid, context: Context, year: int | None, published: Collection[Decimal] = ()
) -> Iterator[ScoreCandidate]:
    """Yield the scores of a table.

    `year` (B.E.) and the published overall scores decide between several score columns.
    """
    if Role.INDICATOR_SCORE in grid.roles:
        yield from _wide_scores(grid, year)
        return
    columns = _score_columns(grid, year, published)
    instrument: str | None = context.above
    for row in grid.rows:
        section = find_instrument(row.own_cells()[0].text.chars) if is_section_row(row) else None
        if section is not None:
            instrument = section.code
            continue
        candidate = _row_score(grid, row, columns, instrument, year)
        if candidate is not None:
            yield candidate


def _row_score(
    grid: Grid, row: GridRow, columns: Sequence[int], instrument: str | None, year: int | None
) -> ScoreCandidate | None:
    named = named_indicator(grid, row, year)
    if named is None:
        return None
    column, match, name = named
    doubtful = _ambiguity_flags(row, columns, column, grid)
    beside = [c for c in range(column + 1, len(row.cells)) if may_hold_scores(grid, c)]
    for c in columns or beside:
        value = read_score(row.cells[c].text) if not row.cells[c].inherited and c != column else None
        if value is None:
            continue
        written = _cell_instrument(grid, row) or instrument
        marker, start = strip_marker(name.chars)
        flags = (*value[1].doubt, *((Flag.AMBIGUOUS_NAME,) if match.close else ()), *doubtful)
        return ScoreCandidate(
            match.no,
            name[start:].strip(),
            value[0],
            value[1].value,
            match.similarity,
            no_as_written=_marker_digits(marker) or _written_number(grid, row),
            instrument_as_written=written,
            year=grid.heads[c].year,
            in_table=True,
            flags=flags,
            support=(row.cells[column].text, *_number_cells(grid, row)),
        )
    return (
        _name_cell_score(grid, row, name, instrument, year)
        if Role.SCORE not in grid.roles or not columns
        else None
    )


def _ambiguity_flags(row: GridRow, columns: Sequence[int], named: int, grid: Grid) -> tuple[str, ...]:
    """Return the flags of a row in which several columns could contain the score but state different figures."""
    shown = columns or [c for c in range(named + 1, len(row.cells)) if may_hold_scores(grid, c)]
    values = {
        v[1].value for c in shown if row.cells[c].has_own_text() and (v := read_score(row.cells[c].text))
    }
    full = [v[1].value for c in grid.columns(Role.OTHER_SCORE) if (v := read_score(row.cells[c].text))]
    flags = (Flag.AMBIGUOUS_COLUMN,) if len([v for v in values if 0 <= v <= 100]) > 1 else ()
    marked_months = any("เต็ม" in grid.heads[c].text.chars for c in grid.columns(Role.OTHER_SCORE))
    return (*flags, *((Flag.SCALE,) if marked_months and any(0 < v < 100 for v in full) else ()))


def _name_cell_score(
    grid: Grid, row: GridRow, name: SourceText, instrument: str | None, year: int | None
) -> ScoreCandidate | None:
    """Return the score in the cell that contains the name: "การใช้อำนาจ (๘๗.๕๐)"."""
    found = text_scores(name, year)
    if len(found) != 1:
        return None
    written = _cell_instrument(grid, row) or instrument
    marker = strip_marker(name.chars)[0]
    return replace(
        found[0],
        in_table=True,
        instrument_as_written=written,
        no_as_written=found[0].no_as_written or _marker_digits(marker),
        support=(name,),
    )


def named_indicator(grid: Grid, row: GridRow, year: int | None) -> tuple[int, Match, SourceText] | None:
    """Return the column in which a row names an indicator, the indicator, and the text of the cell."""
    columns = grid.columns(Role.INDICATOR) or grid.columns(Role.TOPIC) or range(len(row.cells))
    for c in columns:
        text = row.cells[c].text
        if (
            text
            and not row.cells[c].inherited
            and (match := match_indicator(text.chars.replace("\n", " "), year))
        ):
            return c, match, text
    for c in grid.columns(Role.INDICATOR):
        scored = text_scores(row.cells[c].text, year) if row.cells[c].has_own_text() else []
        if len(scored) == 1 and (match := match_indicator(scored[0].name.chars, year)):
            return c, match, row.cells[c].text
    if grid.columns(Role.INDICATOR):
        for c, cell in enumerate(row.cells):
            if cell.has_own_text() and (match := match_indicator(cell.text.chars.replace("\n", " "), year)):
                return c, match, cell.text
    return None


def _score_columns(grid: Grid, year: int | None, published: Collection[Decimal]) -> list[int]:
    """Return the columns with scores of the assessed year, the most likely first.

    If exactly one column gives a published overall score, it is chosen regardless of its head.
    """
    numeric = [c for c in _numeric_columns(grid) if not has_other_maximum(grid.heads[c].text.chars)]
    if len(numeric) > 1:
        adding = [c for c in numeric if _gives_published_total(grid, c, year, published)]
        if len(adding) == 1:
            return adding
    heads = list(enumerate(grid.heads))
    scores = [i for i, head in heads if head.role == Role.SCORE and may_hold_scores(grid, i)]
    if not scores:
        scores = (
            [
                i
                for i, head in heads
                if head.role is None and may_hold_scores(grid, i) and _holds_scores(grid, i)
            ]
            if grid.roles
            else []
        )
    years = {grid.heads[i].year for i in scores} - {None}
    if years:
        wanted = year if year in years else max(y for y in years if y is not None)
        return [i for i in scores if grid.heads[i].year == wanted]
    return scores


def may_hold_scores(grid: Grid, column: int) -> bool:
    """Return whether a column may contain scores: by its head, or by a decimal, a unit or 100 in its cells.

    Whole numbers without a head for scores may equally be counts or page numbers.
    """
    if grid.heads[column].role not in _SCORE_ROLES or has_other_maximum(grid.heads[column].text.chars):
        return False
    if grid.heads[column].role == Role.SCORE:
        return True
    cells = [row.cells[column].text for row in grid.rows]
    values = [(text.chars, value[1]) for text in cells if (value := read_score(text))]
    return any(looks_like_score(number, chars, chars[number.end :]) for chars, number in values)


def _numeric_columns(grid: Grid) -> list[int]:
    return [c for c in range(len(grid.heads)) if _holds_scores(grid, c)]


def _gives_published_total(grid: Grid, column: int, year: int | None, published: Collection[Decimal]) -> bool:
    scores: dict[int, Decimal] = {}
    for row in grid.rows:
        named, value = named_indicator(grid, row, year), read_score(row.cells[column].text)
        if named is not None and value is not None and named[0] != column:
            scores[named[1].no] = value[1].value
    computed = overall(scores, year) if year is not None else None
    return computed is not None and any(abs(computed - total) <= TOLERANCE for total in published)


def _holds_scores(grid: Grid, column: int) -> bool:
    cells = [row.cells[column] for row in grid.rows if not row.cells[column].empty]
    values = [value for cell in cells if (value := read_score(cell.text))]
    possible = [value for _, value in values if 0 <= value.value <= 100]
    return bool(possible) and len(possible) >= 0.6 * len(cells)


def _cell_instrument(grid: Grid, row: GridRow) -> str | None:
    for c in grid.columns(Role.INSTRUMENT):
        found = find_instrument(row.cells[c].text.chars)
        if found is not None:
            return found.code
    return None


def _marker_digits(marker: str) -> str | None:
    digits = re.sub(r"[^0-9๐-๙]", "", marker)
    return digits or None


def _written_number(grid: Grid, row: GridRow) -> str | None:
    for cell in _number_cells(grid, row):
        return _marker_digits(cell.chars)
    return None


def _number_cells(grid: Grid, row: GridRow) -> tuple[SourceText, ...]:
    return tuple(row.cells[c].text for c in grid.columns(Role.NUMBER) if not row.cells[c].empty)


def _wide_scores(grid: Grid, year: int | None) -> Iterator[ScoreCandidate]:
    """Yield the scores of a table with one column per indicator and one row per agency."""
    agencies = grid.columns(Role.AGENCY)
    for row in grid.rows:
        if _is_summary_row(grid, row):
            continue
        values = [
            (head, read_score(cell.text))
            for head, cell in zip(grid.heads, row.cells, strict=True)
            if head.role == Role.INDICATOR_SCORE
            and not cell.inherited
            and not has_other_maximum(head.text.chars)
        ]
        for head, value in values:
            no, of_year = head.indicator_no, head.year or year
            if value is None or no is None or not is_assessed(no, of_year):
                continue
            match = match_indicator(head.text.chars.replace("\n", " "), of_year)
            marker, start = strip_marker(head.text.chars)
            yield ScoreCandidate(
                no,
                head.text[start:].strip(),
                value[0],
                value[1].value,
                match.similarity if match else 0.0,
                no_as_written=_marker_digits(marker),
                agency=next((row.cells[c].text for c in agencies if not row.cells[c].empty), None),
                year=of_year,
                in_table=True,
                flags=(*value[1].doubt, *((Flag.NUMBER_ONLY,) if head.by_number else ())),
            )


def _is_summary_row(grid: Grid, row: GridRow) -> bool:
    """Return whether a row summarizes the agencies above it."""
    agencies = grid.columns(Role.AGENCY)
    if agencies and all(row.cells[c].empty for c in agencies):
        return True
    headings = [match_heading(cell.text.chars) for cell in row.own_cells()[:2]]
    return any(heading is not None and heading.role in TOTALS for heading in headings)
