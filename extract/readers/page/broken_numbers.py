"""Numbers that a narrow column breaks over two lines: "91." over "40" is 91.40 if the whole column agrees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from thaita.extract.readers.page.layout import CellDraft, TableDraft
from thaita.normalize.numerals import to_arabic

_PIECE = re.compile(r"[0-9.,]+%?")
_SCORE = re.compile(r"[0-9]{1,3}[.,][0-9]{1,2}%?")
_MIN_CELLS = 2
"""Minimum number of cells in a column with the same decimals, broken or whole."""

_MAX_ROOM = 0.5
"""Maximum spare room, in ems, of a cell in which a number was broken."""


def with_broken_numbers_tied(table: TableDraft) -> TableDraft:
    """Return a table in which the lines of numbers broken by the column width are tied together.

    Lines are tied if they form a number with decimals, do not fit on one line, and every other cell of
    figures in the column is also a number with as many decimals.
    """
    broken = {
        id(cell)
        for column in range(table.columns)
        for cell in _broken_number_cells(
            [c for c in table.cells if c.column == column and c.column_span == 1]
        )
    }
    if not broken:
        return table
    cells = [_with_tied_lines(cell) if id(cell) in broken else cell for cell in table.cells]
    return replace(table, cells=cells)


def _broken_number_cells(cells: Sequence[CellDraft]) -> list[CellDraft]:
    """Return the cells of a column that hold a broken number, if the column leaves no ambiguity."""
    figures = [(cell, text) for cell in cells if (text := _joined_figure(cell))]
    decimals = {len(re.split("[.,]", text.rstrip("%"))[-1]) for _, text in figures}
    alike = len(decimals) == 1 and all(_SCORE.fullmatch(text) for _, text in figures)
    if not alike or len(figures) < _MIN_CELLS:
        return []
    broken = [cell for cell, _ in figures if len(cell.lines) > 1]
    return broken if all(_is_narrow(cell) for cell in broken) else []


def _joined_figure(cell: CellDraft) -> str:
    """Return the joined lines of a cell that holds only figures; an empty string for any other cell."""
    lines = [to_arabic(line.text) for line in cell.lines]
    return "".join(lines) if lines and all(_PIECE.fullmatch(line) for line in lines) else ""


def _is_narrow(cell: CellDraft) -> bool:
    """Return whether the pieces of a cell do not fit on one line."""
    left, right = cell.edges()
    needed = sum(line.box.x1 - line.box.x0 for line in cell.lines)
    return needed + _MAX_ROOM * cell.lines[0].size > right - left


def _with_tied_lines(cell: CellDraft) -> CellDraft:
    *broken, last = cell.lines
    return replace(cell, lines=[*(replace(line, tied=True) for line in broken), last])
