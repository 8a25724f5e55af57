"""Whether a page break cuts a table's row in two, told from where the lines stand on both pages."""

from __future__ import annotations

from dataclasses import dataclass

from thaita.extract.readers.page.layout import CellDraft, TableDraft
from thaita.extract.readers.page.paragraphs import begins_item, follows
from thaita.extract.readers.page.table_rows import is_figure
from thaita.normalize.match_key import fold

_ALIGNED = 3.0
"""Points by which the edges of a table move from page to page at most."""

_FULL = 3.6
"""Type sizes of room that a page break may leave at the foot of a cell that goes on: browsers keep two
lines together, so that one line's room may stay empty besides the rest."""

_PITCHES = 3.5
"""The same in distances of baselines, where the row after the break says too little to be a row of its own:
two lines kept together, the rest of a third, and the padding."""

_FILLED = 0.4
"""Share of a cell's width from which its last line may have been broken by the width."""


@dataclass(frozen=True, slots=True)
class Break:
    """How a table goes on after a page break.

    `columns` are those whose first cell goes on with the last one before the break, `spaced` those where a
    space stands at the break; `repeated` is the number of header rows that come again.
    """

    columns: tuple[int, ...]
    spaced: tuple[int, ...] = ()
    repeated: int = 0


def page_break(before: TableDraft, after: TableDraft) -> Break | None:
    """Return how a table goes on with the one before it; None where the places of the lines do not show it."""
    columns = columns_that_go_on(before, after)
    if columns is None:
        return None
    last = _row(before, before.rows - 1)
    spaced = tuple(cell.column for cell in last if cell.lines and cell.lines[-1].spaced)
    return Break(columns, spaced, _repeated(before, after))


def columns_that_go_on(before: TableDraft, after: TableDraft) -> tuple[int, ...] | None:
    """Return the columns whose first cell in `after`, under the repeated header, goes on with `before`'s last.

    A cut row's text stands down to the foot of each cell that goes on, and a cell that ended higher is
    empty on the next page: where a cell has room left and the next page has text for it, the row is
    new, and only a cell merged over rows may go on. A row that goes on shows more than that: a cell
    that ended higher, or lines that had no room for the next word. None where the places show neither.
    """
    last, first = _row(before, before.rows - 1), _row(after, _repeated(before, after))
    alike = before.columns == after.columns and [c.column for c in last] == [c.column for c in first]
    if not alike or len(first) < 2 or not _aligned(before, after) or not any(cell.lines for cell in last):
        return None
    pairs = list(zip(last, first, strict=True))
    both = [(old, new) for old, new in pairs if old.lines and new.lines]
    spanning = {cell.column for cell in before.cells if cell.row_span > 1 and cell.row}
    merged = tuple(
        new.column
        for old, new in both
        if (max(old.row_span, new.row_span) > 1 or new.column in spanning) and _runs_on(old, new)
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
    if both and begins_item(both[0][0].lines[0]) and begins_item(both[0][1].lines[0]):
        return merged or None
    running = sum(_runs_on(old, new) for old, new in both)
    plain = sum(not begins_item(new.lines[0]) for _, new in both)
    return whole if running > 1 and running >= 0.5 * plain else merged or None


def _both_figures(old: CellDraft, new: CellDraft) -> bool:
    """Tell whether a cell and the one after the break each hold a number of their own, and nothing else."""
    lines = (*old.lines, *new.lines)
    return len(old.lines) == len(new.lines) and all(is_figure(line) for line in lines)


def _has_room(cell: CellDraft, *, sparse: bool = False) -> bool:
    """Tell whether a cell's text ended before the page did; `sparse`: few cells have text after the break."""
    if not cell.lines:
        return False
    full = _FULL * cell.lines[-1].size
    if sparse and len(cell.lines) > 1:
        full = max(full, _PITCHES * (cell.lines[-1].box.bottom - cell.lines[-2].box.bottom))
    return _room(cell) > full


def _runs_on(old: CellDraft, new: CellDraft) -> bool:
    """Tell whether the last line of a cell had no room for what the next page begins with."""
    line = old.lines[-1]
    filled = line.box.x1 - line.box.x0 >= _FILLED * (old.box.x1 - old.box.x0)
    return filled and follows(old.lines, new.lines[0], *old.edges())


def _aligned(before: TableDraft, after: TableDraft) -> bool:
    return abs(before.box.x0 - after.box.x0) <= _ALIGNED and abs(before.box.x1 - after.box.x1) <= _ALIGNED


def _row(table: TableDraft, row: int) -> list[CellDraft]:
    """Return the cells that stand in a row or reach into it, from left to right."""
    cells = [cell for cell in table.cells if cell.row <= row < cell.row + cell.row_span]
    return sorted(cells, key=lambda cell: cell.column)


def _room(cell: CellDraft) -> float:
    """Return how much room a cell has under its last line, in points."""
    return cell.box.bottom - max(line.box.bottom for line in cell.lines)


def _repeated(before: TableDraft, after: TableDraft) -> int:
    """Return how many rows at the head of a table repeat the head of the table before it."""
    count = 0
    while count < min(before.rows, after.rows) - 1 and _words(before, count) == _words(after, count):
        count += 1
    return count


def _words(table: TableDraft, row: int) -> list[str]:
    return [fold("".join(line.text for line in cell.lines))[:8] for cell in _row(table, row)]
