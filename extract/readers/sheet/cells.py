"""The cells of a sheet as displayed, and their division into tables and lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from thaita.extract.readers.blocks import CellDraft, Draft, ParagraphDraft, TableDraft

Position = tuple[int, int]
"""Row and column, from 0."""
MAX_CELLS = 1_000_000
"""Maximum number of filled cells of a file; a national volume has about 110,000."""
_BESIDE = 4
"""Number of regions before one that it can go on with: tables may stand side by side."""
MAX_COLUMNS = 400
"""Columns from which a row is no table of results."""


@dataclass(slots=True)
class Sheet:
    """The visible filled cells of a sheet, and its merged cells: top left position to rows and columns covered.

    `numbers` are the positions of cells that hold numbers. `left_out` counts the filled cells that exceed a limit
    (`MAX_COLUMNS`, or rows of one content), which are not in `cells`.
    """

    name: str
    cells: dict[Position, str] = field(default_factory=dict)
    merged: dict[Position, tuple[int, int]] = field(default_factory=dict)
    numbers: set[Position] = field(default_factory=set)
    left_out: int = 0

    def span(self, at: Position) -> tuple[int, int]:
        """Return the rows and columns that a cell covers."""
        return self.merged.get(at, (1, 1))


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of a sheet: rows and columns, ends excluded, with the filled cells that begin in it."""

    top: int
    bottom: int
    left: int
    right: int
    cells: tuple[Position, ...]


def sheet_drafts(sheet: Sheet) -> Iterator[Draft]:
    """Yield the tables and lines of a sheet in reading order.

    Empty rows and columns divide tables. A row of numbers below an empty row goes on with the table above it if it
    has the same columns. Lines of a single cell above and below a table are paragraphs.
    """
    for region in _joined(sheet, list(_regions(sheet, tuple(sorted(sheet.cells))))):
        yield from _region_drafts(sheet, region)


def _regions(sheet: Sheet, cells: Sequence[Position]) -> Iterator[Region]:
    for rows in _parted(sheet, cells, 0):
        parts = list(_parted(sheet, rows, 1))
        if len(parts) == 1:
            yield _region(sheet, rows)
            continue
        for part in parts:  # what stands beside can be divided by empty rows of its own
            yield from _regions(sheet, part)


def _parted(sheet: Sheet, cells: Sequence[Position], axis: int) -> Iterator[tuple[Position, ...]]:
    """Yield the groups of cells between empty rows (`axis` 0) or empty columns (1)."""
    group: list[Position] = []
    end = -1
    for at in sorted(cells, key=lambda one: one[axis]):
        if group and at[axis] > end:
            yield tuple(sorted(group))
            group = []
        group.append(at)
        end = max(end, at[axis] + sheet.span(at)[axis])
    if group:
        yield tuple(sorted(group))


def _region(sheet: Sheet, cells: Sequence[Position]) -> Region:
    rows = [at[0] for at in cells]
    columns = [at[1] for at in cells]
    bottom = max(at[0] + sheet.span(at)[0] for at in cells)
    right = max(at[1] + sheet.span(at)[1] for at in cells)
    return Region(min(rows), bottom, min(columns), right, tuple(cells))


def _joined(sheet: Sheet, regions: list[Region]) -> list[Region]:
    found: list[Region] = []
    for region in regions:
        for at in range(len(found) - 1, max(-1, len(found) - 1 - _BESIDE), -1):
            above = found[at]
            if _goes_on(sheet, above, region):
                cells = (*above.cells, *region.cells)
                found[at] = Region(above.top, region.bottom, above.left, above.right, cells)
                break
        else:
            found.append(region)
    return found


def _goes_on(sheet: Sheet, above: Region, below: Region) -> bool:
    """Return whether a region is the rest of the table above an empty row: its first row holds figures in the same columns."""
    if below.top <= above.bottom - 1 or above.right - above.left < 3:
        return False
    last = {at[1] for at in above.cells if at[0] == above.bottom - 1 and at in sheet.numbers}
    for row in (below.top, below.top + 1):  # a line that names the group may stand above its first row
        first = {at[1] for at in below.cells if at[0] == row and at in sheet.numbers}
        if len(first & last) > 1:
            return below.left >= above.left and below.right <= above.right
        if sum(at[0] == row for at in below.cells) > 1:
            return False
    return False


def _region_drafts(sheet: Sheet, region: Region) -> Iterator[Draft]:
    rows: dict[int, list[Position]] = {}
    for at in region.cells:
        rows.setdefault(at[0], []).append(at)
    numbers = sorted(rows)
    full = [row for row in numbers if len(rows[row]) > 1]
    first = min(full, default=numbers[-1] + 1)
    last = max((row for row in full), default=-1)
    deepest = max(
        (at[0] + sheet.span(at)[0] - 1 for at in region.cells if first <= at[0] <= last), default=-1
    )
    for row in (row for row in numbers if row < first):
        yield ParagraphDraft(sheet.cells[rows[row][0]].split("\n"))
    if full:
        inside = tuple(at for at in region.cells if first <= at[0] <= max(last, deepest))
        yield _table(sheet, _region(sheet, inside))
    for row in (row for row in numbers if row > max(last, deepest) and row >= first):
        yield ParagraphDraft(sheet.cells[rows[row][0]].split("\n"))


def _table(sheet: Sheet, region: Region) -> TableDraft:
    """Return the table of a region; a merged cell is one cell, and each of its rows has a piece of it."""
    found: dict[Position, CellDraft] = {}
    rows = sorted({row for at in region.cells for row in range(at[0], at[0] + sheet.span(at)[0])})
    number = {row: i for i, row in enumerate(rows)}
    pieces: list[list[tuple[CellDraft, list[Draft]]]] = [[] for _ in rows]
    for at in region.cells:
        height, width = sheet.span(at)
        left = at[1] - region.left
        cell = CellDraft(number[at[0]], left, width, height)
        found[at] = cell
        for down in range(height):
            content: list[Draft] = [] if down else [ParagraphDraft(sheet.cells[at].split("\n"))]
            pieces[number[at[0]] + down].append((cell, content))
    for row in pieces:
        row.sort(key=lambda piece: piece[0].column)
    return TableDraft(region.right - region.left, pieces)
