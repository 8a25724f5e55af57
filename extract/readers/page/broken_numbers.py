"""Numbers that a narrow column breaks inside: "91." over "40" is 91.40 where the whole column says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from thaita.extract.readers.page.layout import CellDraft, TableDraft
from thaita.normalize.numerals import to_arabic

_PIECE = re.compile(r"[0-9.,]+%?")
_SCORE = re.compile(r"[0-9]{1,3}[.,][0-9]{1,2}%?")
_LEAST = 2
"""Cells of a column that must show a number of the same decimals, broken or whole."""

_ROOM = 0.5
"""Ems: a cell has at most this much more room than the number needs where a number is broken."""


def with_whole_numbers(table: TableDraft) -> TableDraft:
    """Return a table in which the pieces of numbers broken by the width of their column are tied.

    Pieces are tied where together they make a number with decimals, have no room on one line, and every other
    cell of figures in the column is such a number too, with as many decimals.
    """
    broken = {
        id(cell)
        for column in range(table.columns)
        for cell in _broken([c for c in table.cells if c.column == column and c.column_span == 1])
    }
    if not broken:
        return table
    cells = [_tied(cell) if id(cell) in broken else cell for cell in table.cells]
    return replace(table, cells=cells)


def _broken(cells: Sequence[CellDraft]) -> list[CellDraft]:
    """Return the cells of a column that hold a broken number, if the column leaves no doubt of it."""
    figures = [(cell, text) for cell in cells if (text := _figure(cell))]
    decimals = {len(re.split("[.,]", text.rstrip("%"))[-1]) for _, text in figures}
    alike = len(decimals) == 1 and all(_SCORE.fullmatch(text) for _, text in figures)
    if not alike or len(figures) < _LEAST:
        return []
    broken = [cell for cell, _ in figures if len(cell.lines) > 1]
    return broken if all(_is_narrow(cell) for cell in broken) else []


def _figure(cell: CellDraft) -> str:
    """Return the lines of a cell joined where they hold nothing but figures; empty for any other cell."""
    lines = [to_arabic(line.text) for line in cell.lines]
    return "".join(lines) if lines and all(_PIECE.fullmatch(line) for line in lines) else ""


def _is_narrow(cell: CellDraft) -> bool:
    """Tell whether the pieces of a cell have no room on one line."""
    left, right = cell.edges()
    needed = sum(line.box.x1 - line.box.x0 for line in cell.lines)
    return needed + _ROOM * cell.lines[0].size > right - left


def _tied(cell: CellDraft) -> CellDraft:
    *broken, last = cell.lines
    return replace(cell, lines=[*(replace(line, tied=True) for line in broken), last])
