"""Months and quarters of columns that only hold ticks, below a head that is merged over them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from thaita.extract.find.month_columns import is_mark
from thaita.extract.structure.column_heads import Head
from thaita.extract.structure.grid import Grid, GridCell, GridRow
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.date_forms import find_dates
from thaita.normalize.match_key import ARABIC

_QUARTER = re.compile(r"(?:ไตรมาส(?:ที่)?|Q|q|ที่)?\s*([1-4])\s*$")
_LEAST = 3


def read_tick_columns(grid: Grid) -> Grid:
    """Return a table in which columns that only hold ticks below a quarter or a month have the role of months.

    A head such as "กำหนดเวลา (ไตรมาส) ปีงบประมาณ 2566 1" ends in its own line, the quarter.
    """
    columns = [c for c, head in enumerate(grid.heads) if head.text and _holds_ticks(grid, c)]
    if len(columns) < _LEAST or sum(grid.heads[c].role == Role.MONTH for c in columns) == len(columns):
        return grid
    heads = list(grid.heads)
    for run in _runs(columns):
        made = [_read(heads[c]) for c in run]
        known = [head for head in made if head is not None]
        if len(run) >= _LEAST and len(known) == len(run):
            for c, head in zip(run, known, strict=True):
                heads[c] = head
    rows = [_without_filled(row, heads) if not grid.drawn else row for row in grid.rows]
    return replace(grid, heads=tuple(heads), rows=rows)


def _without_filled(row: GridRow, heads: Sequence[Head]) -> GridRow:
    """Return a row without marks taken from the row above, where nothing shows that cells are merged."""
    cells = [
        GridCell() if cell.inherited and cell.merged is None and head.role == Role.MONTH else cell
        for cell, head in zip(row.cells, heads, strict=True)
    ]
    return replace(row, cells=tuple(cells))


def _holds_ticks(grid: Grid, c: int) -> bool:
    """Return whether each cell of a column is empty or a mark; a mark that covers several columns counts."""
    cells = [row.cells[c] for row in grid.rows]
    return bool(cells) and all(cell.empty or is_mark(cell.text.chars) for cell in cells)


def _runs(columns: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for c in columns:
        if runs and runs[-1][-1] == c - 1:
            runs[-1].append(c)
        else:
            runs.append([c])
    return runs


def _read(head: Head) -> Head | None:
    """Return the head of a month or quarter from the last words of its text; None if they name neither."""
    if head.role == Role.MONTH:
        return head
    text = head.text
    quarter = _QUARTER.search(text.chars.translate(ARABIC))
    if quarter:
        number = int(quarter[1])
        months = (number * 3 + 6) % 12 + 1, (number * 3 + 8) % 12 + 1
        return _month_head(head, months, text[quarter.start() :].strip())
    dates = find_dates(text.chars)
    if dates and dates[-1].month and dates[-1].day is None and dates[-1].end == len(text.chars.rstrip()):
        return _month_head(head, (dates[-1].month,) * 2, text[dates[-1].start :].strip())
    return None


def _month_head(head: Head, months: tuple[int, int], label: SourceText) -> Head:
    return replace(head, role=Role.MONTH, months=months, label=label)
