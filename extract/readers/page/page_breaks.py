"""Tables cut by page breaks: use line positions on both pages to see whether a row is cut in two."""

from __future__ import annotations

from dataclasses import dataclass

from thaita.extract.readers.page.layout import CellDraft, TableDraft
from thaita.extract.readers.page.paragraphs import reads_on_from, starts_list_item
from thaita.extract.readers.page.table_rows import is_figure
from thaita.normalize.match_key import fold

_MAX_SHIFT = 3.0
"""Maximum shift in points of a table's edges from page to page."""

_MAX_ROOM = 3.6
"""Maximum free room, in type sizes, at the foot of a cell that continues: browsers keep two lines together,
so that one line's room may stay empty in addition to the usual rest."""

_MAX_ROOM_PITCHES = 3.5
"""The same in baseline distances, used if the row after the break has too little text to be a separate row:
two lines kept together, the rest of a third, and the padding."""

_MIN_FILL = 0.4
"""Minimum share of a cell's width that its last line fills if the width broke that line."""


@dataclass(frozen=True, slots=True)
class TableBreak:
    """How a table continues after a page break.

    `columns` are the columns whose first cell continues the last one before the break, `spaced` those with a
    space at the break; `repeated` is the number of header rows that are repeated.
    """

    columns: tuple[int, ...]
    spaced: tuple[int, ...] = ()
    repeated: int = 0


def find_table_break(before: TableDraft, after: TableDraft) -> TableBreak | None:
    """Return how a table continues the one before it, or None if the positions of the lines do not show it."""
    columns = continued_columns(before, after)
    if columns is None:
        return None
    last = _cells_in_row(before, before.rows - 1)
    spaced = tuple(cell.column for cell in last if cell.lines and cell.lines[-1].spaced)
    return TableBreak(columns, spaced, _repeated_header_rows(before, after))


def continued_columns(before: TableDraft, after: TableDraft) -> tuple[int, ...] | None:
    """Return the columns whose first cell in `after`, below the repeated header, continues the last cell of `before`.

    The text of a cut row extends to the foot of each cell that continues, and a cell that ended higher is
    empty on the next page. So the row is new if a cell has room left and the next page has text for it; then
    only a cell merged over rows can continue. A row that continues must also show positive evidence: a cell
    that ended higher, or lines with no room for the next word. None if the positions show neither.
    """
    last, first = (
        _cells_in_row(before, before.rows - 1),
        _cells_in_row(after, _repeated_header_rows(before, after)),
    )
    alike = before.columns == after.columns and [c.column for c in last] == [c.column for c in first]
    if not alike or len(first) < 2 or not _aligned(before, after) or not any(cell.lines for cell in last):
        return None
    pairs = list(zip(last, first, strict=True))
    both = [(old, new) for old, new in pairs if old.lines and new.lines]
    spanning = {cell.column for cell in before.cells if cell.row_span > 1 and cell.row}
    merged = tuple(
        new.column
        for old, new in both
        if (max(old.row_span, new.row_span) > 1 or new.column in spanning) and _continues_text(old, new)
    )
    sparse = len(both) < 0.5 * len(pairs) and not first[0].lines
    if any(_has_room(old, sparse=sparse) for old, _ in both) or any(
        _both_figures(old, new) for old, new in both
    ):
        return merged
    if any(new.lines and not old.lines for old, new in pairs):
        return merged or None
    whole = tuple(new.column for _, new in both)
    if both and any(old.lines and not new.lines and _has_room(old) for old, new in pairs):
        return whole
    if both and starts_list_item(both[0][0].lines[0]) and starts_list_item(both[0][1].lines[0]):
        return merged or None
    running = sum(_continues_text(old, new) for old, new in both)
    plain = sum(not starts_list_item(new.lines[0]) for _, new in both)
    return whole if running > 1 and running >= 0.5 * plain else merged or None


def _both_figures(old: CellDraft, new: CellDraft) -> bool:
    """Return whether a cell and the one after the break each hold one complete number and nothing else."""
    lines = (*old.lines, *new.lines)
    return len(old.lines) == len(new.lines) and all(is_figure(line) for line in lines)


def _has_room(cell: CellDraft, *, sparse: bool = False) -> bool:
    """Return whether a cell's text ended before the page did; `sparse`: few cells have text after the break."""
    if not cell.lines:
        return False
    full = _MAX_ROOM * cell.lines[-1].size
    if sparse and len(cell.lines) > 1:
        full = max(full, _MAX_ROOM_PITCHES * (cell.lines[-1].box.bottom - cell.lines[-2].box.bottom))
    return _room_below(cell) > full


def _continues_text(old: CellDraft, new: CellDraft) -> bool:
    """Return whether the last line of a cell had no room for the first word on the next page."""
    line = old.lines[-1]
    filled = line.box.x1 - line.box.x0 >= _MIN_FILL * (old.box.x1 - old.box.x0)
    return filled and reads_on_from(old.lines, new.lines[0], *old.edges())


def _aligned(before: TableDraft, after: TableDraft) -> bool:
    return abs(before.box.x0 - after.box.x0) <= _MAX_SHIFT and abs(before.box.x1 - after.box.x1) <= _MAX_SHIFT


def _cells_in_row(table: TableDraft, row: int) -> list[CellDraft]:
    """Return the cells that start in a row or extend into it, from left to right."""
    cells = [cell for cell in table.cells if cell.row <= row < cell.row + cell.row_span]
    return sorted(cells, key=lambda cell: cell.column)


def _room_below(cell: CellDraft) -> float:
    """Return the free room below the last line of a cell, in points."""
    return cell.box.bottom - max(line.box.bottom for line in cell.lines)


def _repeated_header_rows(before: TableDraft, after: TableDraft) -> int:
    """Return how many rows at the head of a table repeat the head of the table before it."""
    count = 0
    while count < min(before.rows, after.rows) - 1 and _row_key(before, count) == _row_key(after, count):
        count += 1
    return count


def _row_key(table: TableDraft, row: int) -> list[str]:
    return [fold("".join(line.text for line in cell.lines))[:8] for cell in _cells_in_row(table, row)]
