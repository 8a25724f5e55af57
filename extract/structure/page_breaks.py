"""Tables that continue on the next page, and rows split by the page break.

A repeated header is dropped. The halves of a split row are joined; the flag `joined` marks an uncertain join. A cell
merged over the break is copied to the rows after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from rapidfuzz import fuzz

from thaita.extract.structure.grid import Grid, GridCell, GridRow
from thaita.models.flags import Flag
from thaita.models.roles import SUBJECTS, Role
from thaita.models.source_text import SourceText
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import strip_marker

_FIRST_MARKER = re.compile(r"\s*[(]?[1๑][.)]\s*(?![0-9๐-๙])")
_THAI_END, _THAI_START = re.compile(r"[ก-ฺเ-ๅ็-๎]\s*$"), re.compile(r"\s*[ก-ฺเ-๎]")
_KEY_ROLES = SUBJECTS | {Role.AGENCY}
"""Roles of the columns that identify a row."""
_MIN_HEADER_SIMILARITY = 90
"""Likeness (0-100) of two headers of the same roles that are one header read twice."""


def continues_table(grid: Grid, before: Grid) -> bool:
    """Return whether a table continues the table directly before it."""
    if len(grid.heads) != len(before.heads):
        return False
    if grid.captions and [fold(line.chars) for line in grid.captions] != [
        fold(line.chars) for line in before.captions
    ]:
        return False  # another table of the same form
    if not grid.roles or _same_header(grid.signature, before.signature):
        return True
    said = [
        [(head.role, head.kind, head.status, head.year, head.indicator_no) for head in g.heads]
        for g in (grid, before)
    ]
    alike = fuzz.ratio("|".join(grid.signature), "|".join(before.signature))
    return said[0] == said[1] and alike >= _MIN_HEADER_SIMILARITY


def _same_header(again: tuple[str, ...], first: tuple[str, ...]) -> bool:
    """Return whether a header comes again: the same words, or, where its rows are too low, their beginning."""
    if again == first:
        return True
    begins = all(a == b or (a and b.startswith(a)) for a, b in zip(again, first, strict=True))
    return begins and sum(map(len, again)) >= 0.6 * sum(map(len, first))


def append_continuation(before: Grid, grid: Grid) -> None:
    """Append the rows of a continuation to the grid before it, in place; join a row split by the page break."""
    rows = list(grid.rows)
    if before.rows and rows and _continues_last_row(before, rows[0], grid):
        certain = all(rows[0].cells[c].empty for c in _key_columns(before))
        flags = () if certain else (Flag.JOINED,)
        before.rows[-1] = _join_rows(before.rows[-1], rows.pop(0), flags, _spacing(grid))
    elif before.rows and rows and grid.goes_on:
        _join_merged_cells(before.rows, rows, grid.goes_on, _spacing(grid))
    if before.rows and rows:
        rows = _fill_over_break(before.rows[-1], rows)
    before.rows += rows
    before.repeated += grid.header
    before.last_block = grid.last_block


def _continues_last_row(before: Grid, row: GridRow, grid: Grid) -> bool:
    """Return whether a page break cut the last row of a grid; what the pages show counts before the words."""
    if grid.goes_on is None:
        return _is_cut(before, row, own_header=bool(grid.roles))
    own = [c for c, cell in enumerate(row.cells) if cell.has_own_text()]
    return bool(own) and all(c in grid.goes_on for c in own)


def _spacing(grid: Grid) -> Callable[[int], bool]:
    """Return whether a space parts the halves of a cell of a column, where their letters do not tell."""
    return lambda column: grid.goes_on is None or column in grid.spaced


def _join_merged_cells(
    before: list[GridRow], rows: list[GridRow], columns: Iterable[int], spaced: Callable[[int], bool]
) -> None:
    """Join, in place, cells merged over rows on both sides of a page break that cut their text."""
    for c in columns:
        old, new = before[-1].cells[c], rows[0].cells[c]
        lines = _join_lines(old.lines, new.lines, spaced=spaced(c))
        for group, twin in ((before, old), (rows, new)):
            for r, row in enumerate(group):
                cell = row.cells[c]
                if cell is twin or (twin.merged is not None and cell.merged == twin.merged):
                    joined = GridCell(lines, inherited=cell.inherited or group is rows, merged=old.merged)
                    cells = (*row.cells[:c], joined, *row.cells[c + 1 :])
                    group[r] = GridRow(cells, tuple(dict.fromkeys((*row.flags, Flag.JOINED))))


def _key_columns(grid: Grid) -> list[int]:
    return [i for i, head in enumerate(grid.heads) if head.role in _KEY_ROLES]


def _is_cut(grid: Grid, row: GridRow, *, own_header: bool) -> bool:
    keys = _key_columns(grid)
    if not keys:
        return False
    last = grid.rows[-1]
    if all(row.cells[c].empty for c in keys):
        return any(c not in keys and not cell.empty for c, cell in enumerate(row.cells))
    others = [
        c for c in range(len(row.cells)) if c not in keys and grid.heads[c].role not in (Role.STEPS, None)
    ]
    if not others or any(not row.cells[c].empty for c in others) or all(last.cells[c].empty for c in others):
        return False
    if any(row.cells[c].merged is not None for c in others) or _restarts_list(row, last, keys):
        return False
    numbered = [_numbered(r.cells[keys[0]].text.chars) for r in grid.rows]
    if own_header and not all(numbered):
        return False
    return not _numbered(row.cells[keys[0]].text.chars) and (all(numbered) or not own_header)


def _restarts_list(row: GridRow, last: GridRow, keys: list[int]) -> bool:
    """Return whether a cell begins a list anew that the cell above has begun already."""
    pairs = [(a.text.chars, b.text.chars) for a, b in zip(row.cells, last.cells, strict=True)]
    return any(
        c not in keys and _FIRST_MARKER.match(a) and _FIRST_MARKER.match(b) for c, (a, b) in enumerate(pairs)
    )


def _numbered(text: str) -> bool:
    folded = fold(text).lstrip("(")
    return folded[:1].isdigit() or folded[:1] in "-•–"


def _join_rows(row: GridRow, rest: GridRow, flags: tuple[str, ...], spaced: Callable[[int], bool]) -> GridRow:
    cells = []
    for c, (cell, more) in enumerate(zip(row.cells, rest.cells, strict=True)):
        lines = _join_lines(cell.lines, more.lines, spaced=spaced(c))
        cells.append(cell if more.empty or more.inherited else replace(cell, lines=lines))
    return GridRow(tuple(cells), tuple(dict.fromkeys((*row.flags, *rest.flags, *flags))))


def _join_lines(
    lines: tuple[SourceText, ...], more: tuple[SourceText, ...], *, spaced: bool
) -> tuple[SourceText, ...]:
    """Return the lines of both halves with the split line joined, unless the second half begins a list item."""
    if not lines or not more or strip_marker(more[0].chars)[0]:
        return lines + more
    thai = _THAI_END.search(lines[-1].chars) and _THAI_START.match(more[0].chars)
    glue = "" if thai and not spaced else " "
    return (*lines[:-1], SourceText.join((lines[-1], more[0]), glue), *more[1:])


def _fill_over_break(last: GridRow, rows: list[GridRow]) -> list[GridRow]:
    """Return the rows with the text of a cell merged over the page break in their empty merged cells."""
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
