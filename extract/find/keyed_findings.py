"""Findings in tables with a key in the first column: "จุดแข็ง | …" below "ตัวชี้วัดที่ 1 | การปฏิบัติหน้าที่"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from thaita.extract.find.finding_candidate import EMPTY_TEXTS, FindingCandidate, from_label
from thaita.extract.structure.context import Context, subject_of
from thaita.extract.structure.grid import Grid, GridCell, GridRow
from thaita.extract.structure.labels import STYLED, Label, read_label
from thaita.models.roles import OF_MEASURES_ONLY, SUBJECTS, Role
from thaita.models.source_text import SourceText
from thaita.normalize.list_items import split_items
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import strip_marker, to_arabic

_LONGEST_KEY = 60
"""Most letters of a key; a longer cell is text."""
_LEAST_ROWS = 2
_MOST_ROWS = 0.6
"""Share of the rows of a table whose cells in one column name the kind of a finding."""
DASHES = "-–—"


def keyed_findings(grid: Grid, context: Context, year: int | None) -> Iterator[FindingCandidate]:
    """Yield the findings of rows whose first cell names their kind and whose other cells state them.

    A row that names an indicator or instrument sets the subject of the rows below it, as on a card. In a table of
    entries a column further right may name the kind of each. `year` (B.E.) decides the meaning of item codes.
    """
    column = _kind_column(grid)
    if column is not None:
        yield from _findings_by_kind(grid, column, context, year)
        return
    keys = [_key(row) for row in grid.rows]
    roles = {key.heading.role for key in keys if key is not None}
    if grid.columns(Role.FINDING) or Role.FINDING not in roles or (roles | grid.roles) & OF_MEASURES_ONLY:
        return
    placed = context
    for text in grid.header:
        placed = subject_of(text.chars, placed, STYLED) or placed
    for row, key in zip(grid.rows, keys, strict=True):
        if key is None or key.heading.role in SUBJECTS:
            placed = _subject(row, placed) or placed
        elif key.heading.role == Role.FINDING:
            for cell in row.own_cells()[1:]:
                for text in cell_items(cell.text):
                    if fold(text.chars) not in EMPTY_TEXTS:
                        yield from from_label(
                            key, text, text, replace(placed, opened=None), year, way="key", in_table=True
                        )


def _kind_column(grid: Grid) -> int | None:
    """Return the column, not the first, in whose cells most rows name a kind of finding and nothing else."""
    if grid.columns(Role.FINDING) or grid.roles & OF_MEASURES_ONLY or len(grid.rows) < _LEAST_ROWS:
        return None
    for column in range(1, len(grid.heads) - 1):
        kinds = sum(_kind_of(row, column) is not None for row in grid.rows)
        if kinds >= _MOST_ROWS * len(grid.rows):
            return column
    return None


def _kind_of(row: GridRow, column: int) -> Label | None:
    cell = row.cells[column]
    if not cell.has_own_text() or len(fold(cell.text.chars)) > _LONGEST_KEY:
        return None
    label = read_label(SourceText.join(cell.lines, " "))
    return label if label and not label.rest and label.heading.role == Role.FINDING else None


def _findings_by_kind(
    grid: Grid, column: int, context: Context, year: int | None
) -> Iterator[FindingCandidate]:
    """Yield the finding of each row: the first text right of its kind; other cells may name its subject."""
    for row in grid.rows:
        label = _kind_of(row, column)
        texts = [cell for cell in row.cells[column + 1 :] if cell.has_own_text()]
        if label is None or not texts:
            continue
        placed = context
        for cell in (one for one in row.own_cells() if one is not texts[0]):
            placed = subject_of(SourceText.join(cell.lines, " ").chars, placed, STYLED) or placed
        for text in cell_items(texts[0].text):
            if fold(text.chars) not in EMPTY_TEXTS:
                yield from from_label(
                    label, text, text, replace(placed, opened=None), year, way="key", in_table=True
                )


def cell_items(text: SourceText, *, dashes: bool = True) -> list[SourceText]:
    """Return the findings of a cell that is a list from its first character on.

    A cell that opens with words is one finding, also if its later lines have dashes. `dashes` says that a dash at
    the start of a line begins a finding.
    """
    items = split_items(text.chars)
    if len(items) < 2 or any(not item.marker or item.doubt for item in items):
        return [_without_bullet(text)]
    if not dashes and items[0].marker in DASHES:
        return [_without_bullet(text)]
    return [text[item.start : item.end].strip() for item in items]


def _without_bullet(text: SourceText) -> SourceText:
    """Return the text of a cell without the bullet before its only item."""
    marker, start = strip_marker(text.chars)
    bullet = marker and not any(sign.isdigit() for sign in to_arabic(marker))
    return text[start:].strip() if bullet else text


def _key(row: GridRow) -> Label | None:
    """Return the label that the first cell of a row is, if other cells have text too."""
    own = row.own_cells()
    first: GridCell | None = row.cells[0] if row.cells else None
    if len(own) < 2 or first is None or own[0] is not first or len(fold(first.text.chars)) > _LONGEST_KEY:
        return None
    label = read_label(SourceText.join(first.lines, " "), evidence=STYLED)
    boxed = len(first.lines) > 1 and read_label(first.lines[0]) is not None
    return label if label is not None and not label.rest and not boxed else None


def _subject(row: GridRow, context: Context) -> Context | None:
    """Return the context with the subject that the short cells of a row name."""
    chars = " ".join(cell.text.chars.replace("\n", " ") for cell in row.own_cells())
    return subject_of(chars, context, STYLED)
