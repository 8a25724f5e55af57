"""Cells that repeat the cell above: merged cells in formats that cannot show them, and ditto marks."""

from __future__ import annotations

from dataclasses import replace

from thaita.extract.structure.grid import Grid, GridCell, GridRow
from thaita.models.flags import Flag
from thaita.models.roles import DISTINGUISHING, MERGE_DOWN, SUBJECTS, Role
from thaita.normalize.dittos import is_ditto
from thaita.normalize.indicators import find_instrument
from thaita.normalize.topics import match_topic


def fill_merged_cells(grid: Grid) -> None:
    """Fill, in place, the empty cells that a merged cell covers, and mark them `inherited`.

    Grids from formats that show merged cells are left unchanged. In other formats, an empty cell in a column with a
    role in `MERGE_DOWN` gets the text of the cell above. Empty cells above the first text get it too, because the
    text of a merged cell may be centered. A section row ends inheritance in the columns that name the subject.
    """
    if grid.drawn or not grid.roles:
        return
    for column, head in enumerate(grid.heads):
        if head.role in MERGE_DOWN:
            _fill_column(grid.rows, column, of_subject=head.role in SUBJECTS or head.role is Role.INSTRUMENT)


def resolve_dittos(grid: Grid) -> None:
    """Replace, in place, each ditto mark by the text of the cell above, and mark the cell `inherited`.

    A mark without text above it is removed, and its row gets the flag `ditto`.
    """
    for column, head in enumerate(grid.heads):
        if head.role is None or head.role in DISTINGUISHING:
            continue
        above: GridCell | None = None
        for r, row in enumerate(grid.rows):
            if is_section_row(row):
                above = None
            elif not is_ditto(row.cells[column].text.chars):
                above = row.cells[column]
            elif above is not None and above.lines:
                _set_inherited(grid.rows, r, column, above)
            else:
                _set_inherited(grid.rows, r, column, GridCell())
                grid.rows[r] = replace(grid.rows[r], flags=(*grid.rows[r].flags, Flag.DITTO))


def is_section_row(row: GridRow) -> bool:
    """Return whether a row is a heading inside the table: a single text that names an instrument or topic."""
    cell = only_cell(row)
    if cell is None:
        return False
    text = cell.text.chars
    return find_instrument(text) is not None or match_topic(text) is not None


def only_cell(row: GridRow) -> GridCell | None:
    """Return the only cell of a row with text of its own; None if there are none or several."""
    own = row.own_cells()
    return own[0] if len({id(cell) for cell in own}) == 1 else None


def _fill_column(rows: list[GridRow], column: int, *, of_subject: bool) -> None:
    above: GridCell | None = None
    waiting: list[int] = []
    for r, row in enumerate(rows):
        if is_section_row(row):
            above = None if of_subject else above
            continue
        cell = row.cells[column]
        if cell.lines:
            if above is None and not of_subject:
                for i in waiting:
                    _set_inherited(rows, i, column, cell)
            waiting = []
            above = cell
        elif above is not None:
            _set_inherited(rows, r, column, above)
        else:
            waiting.append(r)


def _set_inherited(rows: list[GridRow], r: int, column: int, cell: GridCell) -> None:
    cells = list(rows[r].cells)
    cells[column] = replace(cell, inherited=True)
    rows[r] = replace(rows[r], cells=tuple(cells))
