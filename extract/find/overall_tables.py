"""Candidates for the overall score and grade in the rows of tables."""

from __future__ import annotations

from collections.abc import Iterator

from thaita.extract.find.overall_candidates import ROW, OverallCandidate, is_whole
from thaita.extract.find.score_candidates import read_score
from thaita.extract.find.score_tables import may_hold_scores
from thaita.extract.structure.grid import Grid, GridRow
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.figures import read_figures
from thaita.normalize.grades import Grade, find_grades, parse_grade
from thaita.normalize.headings import match_heading
from thaita.normalize.indicators import find_instrument
from thaita.normalize.match_key import fold

_MAX_SCORE = 100
_GRADE_ONLY = 3


def row_candidates(grid: Grid, year: int | None) -> Iterator[OverallCandidate]:
    """Yield the overall score or grade that each row of a table states: a total row, or a row with the head ระดับ.

    A column without a year belongs to the assessed year (B.E.).
    """
    totals = grid.columns(Role.TOTAL)
    for row in grid.rows:
        candidate = _total_row(grid, row, year) or _grade_row(grid, row)
        if candidate is not None:
            yield candidate
        elif totals and Role.INDICATOR_SCORE in grid.roles and len(grid.rows) == 1:
            value = read_score(row.cells[totals[0]].text)
            if value is not None:
                grade, grade_text = _row_grade(row)
                yield OverallCandidate(
                    value[1].value, value[0], grade, grade_text, ROW, (grid.heads[totals[0]].text,), own=True
                )


def _total_row(grid: Grid, row: GridRow, year: int | None) -> OverallCandidate | None:
    own = [(c, cell) for c, cell in enumerate(row.cells) if cell.has_own_text()]
    if not own or not _is_total(own[0][1].text.chars) or _has_no_scores(grid):
        return None
    columns = grid.columns(Role.SCORE) or [c for c, _ in own[1:]]
    latest = max((grid.heads[c].year or year or 0 for c in columns), default=0)
    rest = [c for c, _ in reversed(own[1:]) if c not in columns and grid.heads[c].role != Role.OTHER_SCORE]
    rest += [c for c, _ in reversed(own[1:]) if grid.heads[c].role == Role.OTHER_SCORE]
    if any(not row.cells[c].empty for c in columns):
        rest = []
    for c in (*columns, *rest):
        value = read_score(row.cells[c].text)
        if grid.heads[c].role == Role.OTHER or (
            value and is_whole(value[1]) and not may_hold_scores(grid, c)
        ):
            continue
        if (
            value is not None
            and (c in rest or (grid.heads[c].year or year or 0) == latest)
            and 0 <= value[1].value <= _MAX_SCORE
        ):
            grade, grade_text = _row_grade(row)
            return OverallCandidate(
                value[1].value, value[0], grade, grade_text, ROW, (own[0][1].text,), own=True
            )
    return None


def _has_no_scores(grid: Grid) -> bool:
    """Return whether a table lists measures without scores, so that its total row can only contain counts."""
    return not grid.columns(Role.SCORE) and bool(
        grid.roles & {Role.TITLE, Role.STEPS, Role.STATUS, Role.PERIOD}
    )


def _grade_row(grid: Grid, row: GridRow) -> OverallCandidate | None:
    """Return the grade in a row with the head ระดับ; of several grades, the one of the latest year."""
    own = [(c, cell) for c, cell in enumerate(row.cells) if cell.has_own_text()]
    heading = match_heading(own[0][1].text.chars) if own else None
    if heading is None or heading.role != Role.GRADE:
        return None
    graded = [(grid.heads[c].year or 0, cell.text) for c, cell in own[1:] if parse_grade(cell.text.chars)]
    if not graded:
        return None
    text = max(graded, key=lambda pair: pair[0])[1]
    grade = parse_grade(text.chars)
    return OverallCandidate(None, None, grade, text, _GRADE_ONLY, (own[0][1].text,))


def _is_total(chars: str) -> bool:
    """Return whether the first cell of a row names the overall score of the report's own agency."""
    heading = match_heading(chars)
    if find_instrument(chars) is not None or any(not figure.plain for figure in read_figures(f"{chars} 90.00")):
        return False
    return (heading is not None and heading.role == Role.TOTAL) or fold(chars).startswith(
        ("คะแนนรวม", "คะแนนภาพรวม")
    )


def _row_grade(row: GridRow) -> tuple[Grade | None, SourceText | None]:
    for cell in row.cells:
        text = cell.text
        for grade in find_grades(text.chars):
            if len(fold(text.chars)) <= len(fold(grade.as_written)) + 8:
                return grade, text[grade.start : grade.end]
    return None, None
