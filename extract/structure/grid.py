"""Logical tables: the header and rows of a table, the same for every format.

A `Table` of the document model is what a page shows. A `Grid` is what it means: a two-line header becomes one head
per column, and a cell merged over rows appears in each of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from thaita.extract.structure.column_heads import (
    EMPTY_TEXT,
    Head,
    borne_out,
    combine_heads,
    is_column_number_row,
    likely_head,
    read_head,
    surely_likely_head,
    without_repeated_roles,
)
from thaita.models.document import Cell, Table
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.match_key import fold

_MAX_CAPTIONS = 4
_MAX_FIELDS = 40
"""Maximum rows of a transposed table, which has one field per row."""
_KEY_AND_VALUE = re.compile(r"\s*[^:：]{2,40}[:：]\s*\S")
_SCORE = re.compile(r"[0-9๐-๙]{1,3}[.][0-9๐-๙]{1,2}")
_FIELD_ROLES = frozenset({Role.TITLE, Role.STEPS, Role.OWNER, Role.PERIOD, Role.MONITORING, Role.RESULT})
"""Roles of fields; the first column of a transposed table has at least three of them."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a logical table.

    `inherited`: the text comes from a cell above that is merged over this row. `covered`: the cell to the left is
    merged over this column.
    """

    lines: tuple[SourceText, ...] = ()
    inherited: bool = False
    merged: int | None = None
    covered: bool = False

    @property
    def text(self) -> SourceText:
        """The lines joined by line feeds."""
        return self.lines[0] if len(self.lines) == 1 else SourceText.join(self.lines, "\n")

    def has_own_text(self) -> bool:
        """Return whether the cell has text that is not inherited from a merged cell above."""
        return bool(self.lines) and not self.inherited

    @property
    def empty(self) -> bool:
        """Whether the cell has no text."""
        return not self.lines


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a logical table: its cells by column, and flags about how it was joined."""

    cells: tuple[GridCell, ...]
    flags: tuple[str, ...] = ()

    def own_cells(self) -> list[GridCell]:
        """Return the cells with text that is not inherited from a row above."""
        return [cell for cell in self.cells if cell.has_own_text()]


@dataclass(slots=True)
class Grid:
    """A logical table; `block` is the index of the document block in which it begins.

    `captions` are the lines of `header` that stand above all columns.
    """

    heads: tuple[Head, ...]
    rows: list[GridRow]
    block: int
    drawn: bool
    header: list[SourceText] = field(default_factory=list)
    captions: list[SourceText] = field(default_factory=list)
    repeated: list[SourceText] = field(default_factory=list)
    last_block: int = 0
    goes_on: tuple[int, ...] | None = None
    spaced: tuple[int, ...] = ()

    def columns(self, role: Role) -> list[int]:
        """Return the indexes of the columns with a role, from left to right."""
        return [i for i, head in enumerate(self.heads) if head.role == role]

    @property
    def roles(self) -> set[Role]:
        """The roles of all columns."""
        return {head.role for head in self.heads if head.role}

    @property
    def signature(self) -> tuple[str, ...]:
        """The folded texts of the column heads; a repeated header has the same signature."""
        return tuple(fold(head.text.chars) for head in self.heads)


def build_grid(table: Table, block: int) -> Grid:
    """Return the logical table for a table; without a header, its heads have no roles."""
    shown = table.grid()
    if _is_transposed(shown):
        return _transpose(shown, table, block)
    first, heads, header = _header(shown, table)
    captions = [line for row in shown[:first] if _is_caption(row) for line in _lines(row)]
    rows = [_row(shown, r) for r in range(first, table.rows)]
    while rows and is_column_number_row([c.text.chars for c in rows[0].cells]):
        del rows[0]
    grid = Grid(heads, [], block, table.drawn_spans, header, last_block=block, goes_on=table.goes_on)
    grid.spaced, grid.captions = table.spaced, captions
    for row in rows:
        if grid.roles and tuple(fold(cell.text.chars) for cell in row.cells) == grid.signature:
            grid.repeated += [line for cell in row.own_cells() for line in cell.lines]
        elif row.own_cells():
            grid.rows.append(row)
    grid.heads = tuple(
        borne_out(h, (row.cells[c].text.chars for row in grid.rows)) for c, h in enumerate(grid.heads)
    )
    return _join_halves(grid)


def _join_halves(grid: Grid) -> Grid:
    """Return a table printed as two halves side by side as one, with the right half below the left."""
    half = len(grid.heads) // 2
    if half < 2 or grid.signature[:half] != grid.signature[half:] or not grid.roles:
        return grid
    sides = [GridRow(row.cells[i : i + half], row.flags) for i in (0, half) for row in grid.rows]
    return replace(grid, heads=grid.heads[:half], rows=[row for row in sides if row.own_cells()])


def _transpose(columns: list[list[Cell | None]], table: Table, block: int) -> Grid:
    """Return the grid of a table whose first column contains the heads: one row of values."""
    heads: list[Head] = []
    cells: list[GridCell] = []
    header: list[SourceText] = []
    for head_cell, *values in columns:
        shown = [cell for cell in dict.fromkeys(values) if cell and cell is not head_cell]
        lines = tuple(line for cell in shown for line in cell.lines)
        if cells and not _text(head_cell):
            cells[-1] = GridCell(cells[-1].lines + lines)
            continue
        text = head_cell.text if head_cell else EMPTY_TEXT
        heads.append(read_head(text) or Head(None, text=text))
        cells.append(GridCell(lines))
        header += head_cell.lines if head_cell else ()
    return Grid(tuple(heads), [GridRow(tuple(cells))], block, table.drawn_spans, header, last_block=block)


def _is_transposed(shown: list[list[Cell | None]]) -> bool:
    if not 3 <= len(shown) <= _MAX_FIELDS or len(shown[0]) not in (2, 3):
        return False
    heads = [read_head(row[0].text) if row[0] and row[0].lines else None for row in shown]
    roles = {head.role for head in heads if head} & _FIELD_ROLES
    cells = [row[1] for row in shown if row[1] and row[1] is not row[0] and row[1].lines]
    values = [head for cell in cells if (head := read_head(cell.text)) and head.role != Role.INDICATOR_SCORE]
    return len(roles) >= 3 and len(values) <= 0.5 * len(roles)


def _text(cell: Cell | None) -> str:
    return cell.text.chars if cell else ""


def _header(shown: list[list[Cell | None]], table: Table) -> tuple[int, tuple[Head, ...], list[SourceText]]:
    """Return the first data row, the heads, and the lines of the header."""
    width = table.columns
    if _is_continuation(table):
        return 0, (Head(None),) * width, []
    first = 0
    while first < min(table.rows - 1, _MAX_CAPTIONS) and _is_caption(shown[first]):
        first += 1
    caption = [line for row in shown[:first] for line in _lines(row)]
    groups = bool(shown) and _names_groups(shown, first)
    if not shown or not (groups or _is_header(shown[first])):
        return 0, (Head(None),) * width, []
    heads = [read_head(cell.text) if cell else None for cell in shown[first]]
    texts = [cell.text if cell else EMPTY_TEXT for cell in shown[first]]
    header = caption + _lines(shown[first])
    first += 1
    lower = first + 1 if groups else 0
    while first < table.rows and (
        first < max(lower, table.header_rows) or _is_second_line(shown, first, texts)
    ):
        for c, cell in enumerate(shown[first]):
            if cell is not None and cell is not shown[first - 1][c] and cell.lines:
                upper = heads[c] or _merged_left_head(heads, texts, c)
                heads[c] = combine_heads(upper, read_head(cell.text) or Head(None, text=cell.text))
                texts[c] = cell.text
        header += [line for line in _lines(shown[first]) if line not in header]
        first += 1
    named = [h or likely_head(t) for h, t in zip(heads, texts, strict=True)]
    return first, without_repeated_roles(named), header


def _is_continuation(table: Table) -> bool:
    """Return whether the first row of a table continues a row split by a page break, whatever its words are."""
    if not table.goes_on or table.header_rows:
        return False
    return all(cell.column in table.goes_on for cell in table.cells if cell.row == 0 and cell.lines)


def _merged_left_head(heads: list[Head | None], texts: list[SourceText], column: int) -> Head | None:
    """Return the head of the left neighbor if it is merged over a column without a head."""
    return heads[column - 1] if column and not texts[column] and not heads[column] else None


def _is_caption(row: list[Cell | None]) -> bool:
    cells = [cell for cell in dict.fromkeys(row) if cell and cell.lines]
    if len(cells) != 1 or len(row) < 2:
        return False
    whole = cells[0].column_span == len(row)
    return read_head(cells[0].text) is None or (
        whole and _KEY_AND_VALUE.match(cells[0].text.chars) is not None
    )


def _is_header(row: list[Cell | None]) -> bool:
    cells = [cell for cell in dict.fromkeys(row) if cell and cell.lines]
    known = [
        head for head in (read_head(cell.text) or surely_likely_head(cell.text) for cell in cells) if head
    ]
    roles = {head.role for head in known}
    scored = sum(any(_SCORE.fullmatch(fold(line.chars)) for line in cell.lines) for cell in cells)
    if scored > 0.5 * len(cells):
        return False  # boxes of a name and its score
    if len(known) < 2 or roles <= {Role.GRADE} or all(head.likely for head in known[:-1]):
        return False
    plain = [head for head in known if head.role != Role.INDICATOR_SCORE]
    return len(known) >= 0.5 * len(cells) and (bool(plain) or len(known) >= 4)


def _names_groups(shown: list[list[Cell | None]], r: int) -> bool:
    """Return whether a row only names groups of columns, whose heads are the row below."""
    if r + 1 >= len(shown) or _is_header(shown[r]) or not _is_header(shown[r + 1]):
        return False
    cells = [cell for cell in dict.fromkeys(shown[r]) if cell and cell.lines]
    wide = [cell for cell in cells if cell.column_span > 1]
    below = [cell for cell in dict.fromkeys(shown[r + 1]) if cell and cell.row > r]
    return len(cells) > 1 and bool(wide) and all(cell.column_span == 1 for cell in below)


def _is_second_line(shown: list[list[Cell | None]], r: int, above: list[SourceText]) -> bool:
    """Return whether a row is a second header line: below a merged head, or with heads only."""
    new = [
        (c, cell) for c, cell in enumerate(shown[r]) if cell and cell.lines and cell is not shown[r - 1][c]
    ]
    if not new:
        return all(
            cell is None or not cell.lines or cell is shown[r - 1][c] for c, cell in enumerate(shown[r])
        ) and any(cell is not None and cell.lines for cell in shown[r])
    if _is_below_merged_heads(shown, r, [c for c, _ in new]):
        return True
    if not all(read_head(cell.text) for _, cell in new):
        return False
    roles = {head.role for _, cell in new if (head := read_head(cell.text))}
    if roles == {Role.INDICATOR_SCORE} and len(new) < 4:
        return False
    under_merged = any(not above[c] or _is_merged_right(shown[r - 1], c) for c, _ in new)
    return under_merged and len(new) < len(shown[r])


def _is_below_merged_heads(shown: list[list[Cell | None]], r: int, new: list[int]) -> bool:
    """Return whether a row only has text below heads that are merged over columns."""
    merged_down = [cell is shown[r - 1][c] for c, cell in enumerate(shown[r]) if c not in new and cell]
    under = [above for c in new if (above := shown[r - 1][c]) and above.column_span > 1]
    return bool(merged_down) and all(merged_down) and len(under) == len(new)


def _is_merged_right(row: list[Cell | None], column: int) -> bool:
    cell = row[column]
    return cell is not None and (
        cell.column_span > 1 or (column + 1 < len(row) and not _text(row[column + 1]))
    )


def _lines(row: list[Cell | None]) -> list[SourceText]:
    return [line for cell in dict.fromkeys(row) if cell for line in cell.lines]


def _row(shown: list[list[Cell | None]], r: int) -> GridRow:
    cells = []
    for c, cell in enumerate(shown[r]):
        if cell is None or (c and cell is shown[r][c - 1]):
            cells.append(GridCell(covered=cell is not None))
            continue
        merged = id(cell) if cell.row_span > 1 else None
        cells.append(GridCell(cell.lines, inherited=cell.row < r and bool(cell.lines), merged=merged))
    return GridRow(tuple(cells))
