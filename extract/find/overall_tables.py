"""Candidates for the overall score and grade in the rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from thaita.extract.find.overall_candidates import ROW, OverallCandidate, is_whole
from thaita.extract.find.overall_evidence import LEVEL, Judge
from thaita.extract.find.score_candidates import has_other_maximum, read_score
from thaita.extract.find.score_tables import may_hold_scores
from thaita.extract.structure.grid import Grid, GridRow
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.figures import read_figures
from thaita.normalize.grades import Grade, find_grades, only_grade, parse_grade
from thaita.normalize.headings import match_heading
from thaita.normalize.indicators import find_indicators, find_instrument
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import Number

_MAX_SCORE = 100
_GRADE_ONLY = 3
_MAX_ROWS, _MAX_COLUMNS = 9, 6
_NO_RESULTS = frozenset({Role.TITLE, Role.STEPS, Role.OWNER, Role.STATUS, Role.INDICATOR_SCORE})
_YEAR = re.compile(r"25[0-9]{2}")


def row_candidates(grid: Grid, year: int | None) -> list[OverallCandidate]:
    """Return the overall score or grade that each row of a table states: a total row, or a row with the head ระดับ.

    A column without a year belongs to the assessed year (B.E.).
    """
    return list(_rows(grid, year))


def _rows(grid: Grid, year: int | None) -> Iterator[OverallCandidate]:
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
    own = own[:1] + [(c, cell) for c, cell in own[1:] if not has_other_maximum(grid.heads[c].text.chars)]
    scored = [c for c in grid.columns(Role.SCORE) if not has_other_maximum(grid.heads[c].text.chars)]
    columns = scored or [c for c, _ in own[1:]]
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
    if find_instrument(chars) is not None or any(
        not figure.plain for figure in read_figures(f"{chars} 90.00")
    ):
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


# --- small tables that state the result in words: label and figure, or one row a year ------------------------


def small_table_candidates(grid: Grid, judge: Judge) -> Iterator[OverallCandidate]:
    """Yield the overall scores of a small table without indicators; each figure is read with its labels as a line."""
    heads = [head.text for head in grid.heads]
    rows = [heads, *([cell.text for cell in row.cells] for row in grid.rows)]
    if len(rows) > _MAX_ROWS or len(heads) > _MAX_COLUMNS or grid.roles & _NO_RESULTS:
        return
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            value = read_score(text)
            if value is None or is_whole(value[1]) or not 0 <= value[1].value <= _MAX_SCORE:
                continue
            labels = [
                *_labels(row[:c]),
                *_labels(rows[at][c] for at in range(r) if c < len(rows[at]))[-1:],
            ]
            line = f"{' '.join(_as_label(label) for label in labels)} : "
            candidate = _labelled(line + text.chars, value, judge)
            if candidate is not None:
                yield _with_level(candidate, rows, r, c, labels)


def _labelled(line: str, value: tuple[SourceText, Number], judge: Judge) -> OverallCandidate | None:
    """Return the candidate that a label with its figure makes; None for an indicator's, instrument's or other figure."""
    figures = read_figures(line, judge.agency)
    if not figures or find_indicators(line) or find_instrument(line) or not figures[-1].is_own(judge.year):
        return None
    evidence = judge.weigh(line, figures[-1], figures, labelled=True)
    if not evidence.weight:
        return None
    return OverallCandidate(value[1].value, value[0], None, None, evidence.weight, (), own=evidence.own)


def _labels(cells: Iterable[SourceText]) -> list[SourceText]:
    """Return the cells that label others: those with letters or a year, but no score."""
    return [
        cell
        for cell in cells
        if (cell and read_score(cell) is None and (not only_grade(cell.chars)))
        or _YEAR.fullmatch(fold(cell.chars))
    ]


def _as_label(label: SourceText) -> str:
    return f"ปี {label.chars}" if _YEAR.fullmatch(fold(label.chars)) else label.chars


def _with_level(
    candidate: OverallCandidate,
    rows: Sequence[Sequence[SourceText]],
    r: int,
    c: int,
    labels: Sequence[SourceText],
) -> OverallCandidate:
    """Return a candidate with the level in its row, or else in its column."""
    cells = [*rows[r], *(row[c] for row in rows if c < len(row))]
    for cell in cells:
        if only_grade(cell.chars):
            grade = next(iter(find_grades(cell.chars)), None) or parse_grade(f"ระดับ {cell.chars}")
            level = cell.strip()
            return replace(
                candidate,
                grade=grade,
                grade_text=level,
                weight=candidate.weight + LEVEL,
                support=tuple(labels),
                own=True,
            )
    return replace(candidate, support=tuple(labels))
