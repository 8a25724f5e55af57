"""Names of indicators and figures of a part of a report, each with its place: row, column and offset in the cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from thaita.extract.find.score_candidates import has_other_maximum
from thaita.extract.find.score_figures import figures_of, label_key, rank_of, words_key
from thaita.extract.find.score_names import cell_names, line_names, numbered
from thaita.extract.find.score_places import MAX_LINE, Name, Plane, PlaneCell, Value
from thaita.extract.structure.grid import Grid
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.date_years import find_years
from thaita.normalize.indicators import find_indicators

_DECIMALS = re.compile(r"[0-9๐-๙][.][0-9๐-๙]")
_OTHER_ROLES = frozenset({Role.NUMBER, Role.GRADE, Role.OTHER, Role.PERIOD, Role.OWNER, Role.STATUS})
"""Roles of columns without scores."""
_MAX_LABEL = 60


def lines_plane(lines: Sequence[SourceText], year: int | None) -> Plane:
    """Return the names and figures of a run of lines; `year` (B.E.) is that of the indicators."""
    cells = [PlaneCell(r, 0, line) for r, line in enumerate(lines)]
    plane = Plane(list(line_names(cells, year)))
    plane.names += [] if _is_named(plane.names) else list(numbered(cells, year))
    lines_alike = Counter(words_key(line.chars) for line in lines)
    spoken: int | None = None
    scaled = False
    above = ""
    for cell in cells:
        names = [name for name in plane.names if name.row <= cell.row <= name.last]
        label = label_key(above)
        if lines_alike[label] == 1 and rank_of(label) is not None:
            label = ""  # a heading; a label stands above each figure of a list
        values = list(figures_of(cell, names, label))
        said = None if any(value.likely for value in values) else _only_year(cell.text.chars)
        if not names and not values and len(cell.text) <= MAX_LINE:
            scaled = has_other_maximum(cell.text.chars) or (scaled and said is None)
        spoken = spoken if said is None else said
        values = [replace(_of_year(one, one.year or spoken, year), rank=one.rank) for one in values]
        plane.values += [] if scaled else values
        above = "" if names or _DECIMALS.search(cell.text.chars) else cell.text.chars
    return plane


def grid_plane(grid: Grid, year: int | None) -> Plane:
    """Return the names and figures of a table, its heads included; `year` (B.E.) is that of the indicators."""
    cells = list(_grid_cells(grid))
    plane = Plane([name for cell in cells for name in cell_names(cell, year)])
    plane.names += [] if _is_named(plane.names) else list(numbered(cells, year))
    section: int | None = None
    for r in range(len(grid.rows) + 1):
        row = [cell for cell in cells if cell.row == r]
        named = {id(cell): _names_in(cell, plane.names) for cell in row}
        merged = any(cell.inherited or _goes_on(cell, cells) for cell in row if named[id(cell)])
        plain = [cell for cell in row if not named[id(cell)]]
        beside = _row_label(plain) if merged or len(plain) == len(row) else ""
        stated = [found for cell in row if not named[id(cell)] and (found := _only_year(cell.text.chars))]
        if len(row) == 1 and stated:
            section = stated[0]
        for cell in row if r else [cell for cell in row if not cell.role]:
            other = cell.role in _OTHER_ROLES and not named[id(cell)]
            if not cell.inherited and not other and len(cell.text) <= 4 * MAX_LINE:
                values = figures_of(cell, named[id(cell)], beside)
                own = cell.year or (stated[0] if len(stated) == 1 else section)
                plane.values += [_of_year(one, one.year or own, year) for one in values]
    return plane


def _grid_cells(grid: Grid) -> Iterator[PlaneCell]:
    unknown = not any(head.text for head in grid.heads)
    first = [cell.text.chars for cell in grid.rows[0].cells] if unknown and grid.rows else []
    named = first if _are_heads(first) else [head.text.chars for head in grid.heads]
    for c, head in enumerate(grid.heads):
        if head.text:
            yield PlaneCell(0, c, head.text, role=head.role, year=head.year)
    for r, row in enumerate(grid.rows, 1):
        for c, cell in enumerate(row.cells):
            if cell.lines:
                head = grid.heads[c]
                above = "" if r == 1 and unknown else named[c]
                yield PlaneCell(r, c, cell.text, above, head.role, head.year, cell.inherited)


def _are_heads(texts: Sequence[str]) -> bool:
    """Return whether the first row of a table without known heads labels its columns: words without scores or names."""
    filled = [text for text in texts if text]
    return len(filled) >= 2 and not any(_DECIMALS.search(text) or find_indicators(text) for text in filled)


def _names_in(cell: PlaneCell, names: Iterable[Name]) -> list[Name]:
    return [name for name in names if (name.row, name.column) == (cell.row, cell.column)]


def _is_named(names: Iterable[Name]) -> bool:
    return len({name.candidate.no for name in names}) > 1


def _goes_on(cell: PlaneCell, cells: Sequence[PlaneCell]) -> bool:
    """Return whether a cell is merged over the row below."""
    return any((one.row, one.column) == (cell.row + 1, cell.column) and one.inherited for one in cells)


def _row_label(row: Sequence[PlaneCell]) -> str:
    """Return the words that stand beside the figures of a row without an indicator."""
    return " ".join(
        cell.text.chars.replace("\n", " ")
        for cell in row
        if re.search(r"[^\W\d]", cell.text.chars) and not _DECIMALS.search(cell.text.chars)
    )[:_MAX_LABEL]


def _of_year(value: Value, stated: int | None, year: int | None) -> Value:
    """Return a figure with the year (B.E.) that is stated for it: None for the assessed one, which speaks for it."""
    if stated is None or year is None or stated > year:
        return replace(value, year=stated if year is None else None)
    return replace(value, year=None, rank=2) if stated == year else replace(value, year=stated)


def _only_year(chars: str) -> int | None:
    """Return the year (B.E.) of a short line or cell that names one year and no score: none of "+2.46 จากปี 2567"."""
    if len(chars) > MAX_LINE or _DECIMALS.search(chars):
        return None
    years = {found.value_be for found in find_years(chars)}
    return years.pop() if len(years) == 1 else None
