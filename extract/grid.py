"""Logical tables: header, rows and continuations understood, for every format alike.

A `Table` of the document model is what a page shows; a `Grid` is what its author meant: two-line
headers are one head a column, a table that runs on over pages is one grid, a row that a page break
cut is one row, and a cell merged over rows stands in each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from thaita.extract.heads import NOTHING, Head, combine, is_column_numbers, read_head
from thaita.models.document import Cell, Table
from thaita.models.source_text import SourceText
from thaita.normalize.fold import fold

_FIRST = re.compile(r"\s*[(]?[1๑][.)]\s*(?![0-9๐-๙])")
_MOST_CAPTIONS = 4
_MOST_FIELDS = 40
"""Rows of the tallest table that describes one thing, a field a row."""
_SAME_HEADER = 90
"""Likeness (0-100) of two headers of the same roles that are one header read twice."""
KEYS = frozenset({"number", "indicator", "title", "topic", "item", "agency"})
"""Roles of the columns that say what a row is about."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a logical table. `inherited`: a cell merged over rows, seen from a later row."""

    lines: tuple[SourceText, ...] = ()
    inherited: bool = False
    merged: int | None = None

    @property
    def text(self) -> SourceText:
        """The lines joined by line feeds."""
        return SourceText.join(self.lines, "\n")

    def own_text(self) -> bool:
        """Whether the cell has text that no merged cell above lends it."""
        return bool(self.lines) and not self.inherited

    @property
    def empty(self) -> bool:
        """Whether the cell has no text."""
        return not self.lines


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a logical table: its cells by column, and doubts about how it was put together."""

    cells: tuple[GridCell, ...]
    flags: tuple[str, ...] = ()

    def own(self) -> list[GridCell]:
        """The cells that have text of this row's own."""
        return [cell for cell in self.cells if cell.own_text()]


@dataclass(slots=True)
class Grid:
    """A logical table. `block` is the index of the document's block that it begins in."""

    heads: tuple[Head, ...]
    rows: list[GridRow]
    block: int
    drawn: bool
    header: list[SourceText] = field(default_factory=list)
    repeated: list[SourceText] = field(default_factory=list)
    last_block: int = 0
    goes_on: tuple[int, ...] | None = None

    def columns(self, role: str) -> list[int]:
        """Return the columns with a role, from left to right."""
        return [i for i, head in enumerate(self.heads) if head.role == role]

    @property
    def roles(self) -> set[str]:
        """The roles of all columns."""
        return {head.role for head in self.heads if head.role}

    @property
    def signature(self) -> tuple[str, ...]:
        """The folded words of the header, which a repeated header shares."""
        return tuple(fold(head.text.chars) for head in self.heads)


def build_grid(table: Table, block: int) -> Grid:
    """Return the logical table of one table; a table without a header has heads without roles."""
    shown = table.grid()
    transposed = _transposed(shown)
    if transposed is not None:
        return replace_header(transposed, table, block)
    first, heads, header = _header(shown, table)
    rows = [_row(shown, r) for r in range(first, table.rows)]
    if rows and is_column_numbers([c.text.chars for c in rows[0].cells]):
        del rows[0]
    grid = Grid(heads, [], block, table.drawn_spans, header, last_block=block, goes_on=table.goes_on)
    for row in rows:
        if grid.roles and tuple(fold(cell.text.chars) for cell in row.cells) == grid.signature:
            grid.repeated += [line for cell in row.own() for line in cell.lines]
        elif row.own():
            grid.rows.append(row)
    return grid


def replace_header(columns: list[list[Cell | None]], table: Table, block: int) -> Grid:
    """Return the grid of a table whose first column holds the heads: one row of values."""
    heads: list[Head] = []
    cells: list[GridCell] = []
    header: list[SourceText] = []
    for head_cell, *values in columns:
        shown = [cell for cell in dict.fromkeys(values) if cell and cell is not head_cell]
        lines = tuple(line for cell in shown for line in cell.lines)
        if cells and not _text(head_cell):
            cells[-1] = GridCell(cells[-1].lines + lines)
            continue
        text = head_cell.text if head_cell else NOTHING
        heads.append(read_head(text) or Head(None, text=text))
        cells.append(GridCell(lines))
        header += head_cell.lines if head_cell else ()
    return Grid(tuple(heads), [GridRow(tuple(cells))], block, table.drawn_spans, header, last_block=block)


def _transposed(shown: list[list[Cell | None]]) -> list[list[Cell | None]] | None:
    if not 3 <= len(shown) <= _MOST_FIELDS or len(shown[0]) not in (2, 3):
        return None
    heads = [read_head(row[0].text) if row[0] and row[0].lines else None for row in shown]
    roles = {head.role for head in heads if head} & {
        "title",
        "steps",
        "owner",
        "period",
        "monitoring",
        "result",
    }
    cells = [row[1] for row in shown if row[1] and row[1] is not row[0] and row[1].lines]
    values = [head for cell in cells if (head := read_head(cell.text)) and head.role != "indicator_score"]
    if len(roles) < 3 or len(values) > 0.5 * len(roles):
        return None
    return shown


def _text(cell: Cell | None) -> str:
    return cell.text.chars if cell else ""


def _header(shown: list[list[Cell | None]], table: Table) -> tuple[int, tuple[Head, ...], list[SourceText]]:
    """Return the first data row, the heads, and the lines of the header."""
    width = table.columns
    first = 0
    while first < min(table.rows - 1, _MOST_CAPTIONS) and _is_caption(shown[first]):
        first += 1
    caption = [line for row in shown[:first] for line in _lines(row)]
    if not shown or not _is_header(shown[first]):
        return 0, (Head(None),) * width, []
    heads = [read_head(cell.text) if cell else None for cell in shown[first]]
    texts = [cell.text if cell else NOTHING for cell in shown[first]]
    header = caption + _lines(shown[first])
    first += 1
    while first < table.rows and _is_second_line(shown, first, texts):
        for c, cell in enumerate(shown[first]):
            if cell is not None and cell is not shown[first - 1][c] and cell.lines:
                upper = heads[c] or _left_head(heads, texts, c)
                heads[c] = combine(upper, read_head(cell.text) or Head(None, text=cell.text))
                texts[c] = cell.text
        header += [line for line in _lines(shown[first]) if line not in header]
        first += 1
    return first, tuple(h or Head(None, text=t) for h, t in zip(heads, texts, strict=True)), header


def _left_head(heads: list[Head | None], texts: list[SourceText], column: int) -> Head | None:
    """The head that a column without one shares with its left neighbour, merged over both."""
    return heads[column - 1] if column and not texts[column] and not heads[column] else None


def _is_caption(row: list[Cell | None]) -> bool:
    cells = [cell for cell in dict.fromkeys(row) if cell and cell.lines]
    return len(cells) == 1 and len(row) > 1 and read_head(cells[0].text) is None


def _is_header(row: list[Cell | None]) -> bool:
    cells = [cell for cell in dict.fromkeys(row) if cell and cell.lines]
    known = [head for head in (read_head(cell.text) for cell in cells) if head]
    roles = {head.role for head in known}
    if len(known) < 2 or roles <= {"indicator_score", "grade"} - {"indicator_score"}:
        return False
    plain = [head for head in known if head.role != "indicator_score"]
    return len(known) >= 0.5 * len(cells) and (bool(plain) or len(known) >= 4)


def _is_second_line(shown: list[list[Cell | None]], r: int, above: list[SourceText]) -> bool:
    """A second header line stands under a merged head, or holds heads only."""
    new = [
        (c, cell) for c, cell in enumerate(shown[r]) if cell and cell.lines and cell is not shown[r - 1][c]
    ]
    if not new:
        return all(
            cell is None or not cell.lines or cell is shown[r - 1][c] for c, cell in enumerate(shown[r])
        ) and any(cell is not None and cell.lines for cell in shown[r])
    if not all(read_head(cell.text) for _, cell in new):
        return False
    roles = {head.role for _, cell in new if (head := read_head(cell.text))}
    if roles == {"indicator_score"} and len(new) < 4:
        return False
    under_merged = any(not above[c] or _shares(shown[r - 1], c) for c, _ in new)
    return under_merged and len(new) < len(shown[r])


def _shares(row: list[Cell | None], column: int) -> bool:
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
            cells.append(GridCell())
            continue
        merged = id(cell) if cell.row_span > 1 else None
        cells.append(GridCell(cell.lines, inherited=cell.row < r and bool(cell.lines), merged=merged))
    return GridRow(tuple(cells))


def continues(grid: Grid, before: Grid) -> bool:
    """Tell whether a table that directly follows another goes on with it."""
    if len(grid.heads) != len(before.heads):
        return False
    if not grid.roles or _same_header(grid.signature, before.signature):
        return True
    said = [
        [(head.role, head.kind, head.year, head.indicator_no) for head in g.heads] for g in (grid, before)
    ]
    alike = fuzz.ratio("|".join(grid.signature), "|".join(before.signature))
    return said[0] == said[1] and alike >= _SAME_HEADER


def _same_header(again: tuple[str, ...], first: tuple[str, ...]) -> bool:
    """Tell whether a header comes again: the same words, or, where its rows are too low, their beginning."""
    if again == first:
        return True
    begins = all(a == b or (a and b.startswith(a)) for a, b in zip(again, first, strict=True))
    return begins and sum(map(len, again)) >= 0.6 * sum(map(len, first))


def append(before: Grid, grid: Grid) -> None:
    """Add the rows of a continuation to the grid before it, joining a row that the page break cut."""
    rows = list(grid.rows)
    if before.rows and rows and _goes_on(before, rows[0], grid):
        certain = all(rows[0].cells[c].empty for c in _key_columns(before))
        before.rows[-1] = _join(before.rows[-1], rows.pop(0), () if certain else ("joined",))
    elif before.rows and rows and grid.goes_on:
        _join_merged(before.rows, rows, grid.goes_on)
    if before.rows and rows:
        rows = _carry(before.rows[-1], rows)
    before.rows += rows
    before.repeated += grid.header
    before.last_block = grid.last_block


def _goes_on(before: Grid, row: GridRow, grid: Grid) -> bool:
    """Tell whether a page break cut the last row of a grid; what the pages show counts before the words."""
    if grid.goes_on is None:
        return _is_cut(before, row, own_header=bool(grid.roles))
    own = [c for c, cell in enumerate(row.cells) if cell.own_text()]
    return bool(own) and all(c in grid.goes_on for c in own)


def _join_merged(before: list[GridRow], rows: list[GridRow], columns: Iterable[int]) -> None:
    """Join, in place, cells merged over rows on both sides of a page break that cut their text."""
    for c in columns:
        old, new = before[-1].cells[c], rows[0].cells[c]
        lines = _run_on(old.lines, new.lines)
        for group, twin in ((before, old), (rows, new)):
            for r, row in enumerate(group):
                cell = row.cells[c]
                if cell is twin or (twin.merged is not None and cell.merged == twin.merged):
                    joined = GridCell(lines, inherited=cell.inherited or group is rows, merged=old.merged)
                    cells = (*row.cells[:c], joined, *row.cells[c + 1 :])
                    group[r] = GridRow(cells, tuple(dict.fromkeys((*row.flags, "joined"))))


def _key_columns(grid: Grid) -> list[int]:
    return [i for i, head in enumerate(grid.heads) if head.role in KEYS]


def _is_cut(grid: Grid, row: GridRow, *, own_header: bool) -> bool:
    keys = _key_columns(grid)
    if not keys:
        return False
    last = grid.rows[-1]
    if all(row.cells[c].empty for c in keys):
        return any(c not in keys and not cell.empty for c, cell in enumerate(row.cells))
    others = [c for c in range(len(row.cells)) if c not in keys and grid.heads[c].role not in ("steps", None)]
    if not others or any(not row.cells[c].empty for c in others) or all(last.cells[c].empty for c in others):
        return False
    if any(row.cells[c].merged is not None for c in others) or _begins_list(row, last, keys):
        return False
    numbered = [_numbered(r.cells[keys[0]].text.chars) for r in grid.rows]
    if own_header and not all(numbered):
        return False
    return not _numbered(row.cells[keys[0]].text.chars) and (all(numbered) or not own_header)


def _begins_list(row: GridRow, last: GridRow, keys: list[int]) -> bool:
    """Tell whether a cell begins a list anew that the cell above has begun already."""
    pairs = [(a.text.chars, b.text.chars) for a, b in zip(row.cells, last.cells, strict=True)]
    return any(c not in keys and _FIRST.match(a) and _FIRST.match(b) for c, (a, b) in enumerate(pairs))


def _numbered(text: str) -> bool:
    folded = fold(text).lstrip("(")
    return folded[:1].isdigit() or folded[:1] in "-•–"


def _join(row: GridRow, rest: GridRow, flags: tuple[str, ...]) -> GridRow:
    cells = []
    for cell, more in zip(row.cells, rest.cells, strict=True):
        cells.append(
            cell if more.empty or more.inherited else replace(cell, lines=_run_on(cell.lines, more.lines))
        )
    return GridRow(tuple(cells), tuple(dict.fromkeys((*row.flags, *rest.flags, *flags))))


def _run_on(lines: tuple[SourceText, ...], more: tuple[SourceText, ...]) -> tuple[SourceText, ...]:
    """Let the text go on where it was cut, unless it goes on with a list item of its own."""
    if not lines or _numbered(more[0].chars):
        return lines + more
    return (*lines[:-1], SourceText.join((lines[-1], more[0]), " "), *more[1:])


def _carry(last: GridRow, rows: list[GridRow]) -> list[GridRow]:
    """Carry a cell merged over the page break down to the rows whose merged cell is empty."""
    carried = []
    open_ = {c for c, cell in enumerate(rows[0].cells) if cell.empty and cell.merged is not None}
    merged = {c: rows[0].cells[c].merged for c in open_}
    for row in rows:
        cells = list(row.cells)
        for c in list(open_):
            if cells[c].empty and cells[c].merged == merged[c]:
                cells[c] = GridCell(last.cells[c].lines, inherited=True)
            else:
                open_.discard(c)
        carried.append(replace(row, cells=tuple(cells)))
    return carried
