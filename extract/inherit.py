"""Merged cells that a text format cannot draw: which empty cells a cell above was merged over."""

from __future__ import annotations

from dataclasses import replace

from thaita.extract.grid import Grid, GridCell, GridRow
from thaita.normalize.indicators import find_instrument
from thaita.normalize.topics import match_topic

_DOWN = frozenset({"owner", "period", "monitoring", "topic", "indicator", "instrument", "item"})
"""Roles of columns whose cells authors merge over the rows that share them."""


def inherit(grid: Grid) -> None:
    """Fill, in place, the empty cells that a merged cell covers, marked `inherited`.

    Where the format draws merged cells, it has said so already. Where it does not, an empty cell
    under a full one in a column of `_DOWN` takes that one's text; empty cells above the first full
    one take it too, since a merged cell's text may stand in the middle of its rows. A row that is a
    heading inside the table ends what is inherited for the columns that say what a row is about.
    """
    if grid.drawn or not grid.roles:
        return
    for column, head in enumerate(grid.heads):
        if head.role in _DOWN:
            _fill(grid.rows, column, about=head.role in ("topic", "indicator", "instrument", "item"))


def is_section(row: GridRow) -> bool:
    """Tell whether a row is a heading inside the table: one text alone, naming instrument or topic."""
    own = row.own()
    if len({id(cell) for cell in own}) != 1:
        return False
    text = own[0].text.chars
    return find_instrument(text) is not None or match_topic(text) is not None


def _fill(rows: list[GridRow], column: int, *, about: bool) -> None:
    above: GridCell | None = None
    waiting: list[int] = []
    for r, row in enumerate(rows):
        if is_section(row):
            above = None if about else above
            continue
        cell = row.cells[column]
        if cell.lines:
            if above is None and not about:
                for i in waiting:
                    _put(rows, i, column, cell)
            waiting = []
            above = cell
        elif above is not None:
            _put(rows, r, column, above)
        else:
            waiting.append(r)


def _put(rows: list[GridRow], r: int, column: int, cell: GridCell) -> None:
    cells = list(rows[r].cells)
    cells[column] = replace(cell, inherited=True)
    rows[r] = replace(rows[r], cells=tuple(cells))
