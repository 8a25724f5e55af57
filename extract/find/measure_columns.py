"""Columns of tables of measures: whether a table lists measures, and the role of each of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thaita.extract.find.column_contents import read_contents
from thaita.extract.find.measure_roles import choose_roles
from thaita.extract.find.tick_columns import read_tick_columns
from thaita.extract.structure.column_heads import Head, read_head
from thaita.extract.structure.grid import Grid, GridRow
from thaita.models.flags import Flag
from thaita.models.roles import DESCRIBE, NAMING, OF_MEASURES_ONLY, Role
from thaita.normalize.field_words import field_scores
from thaita.normalize.match_key import fold

_PROPOSES = ("แนวทาง", "ข้อเสนอแนะ")
_OF_SCORES = frozenset(
    {Role.SCORE, Role.INDICATOR_SCORE, Role.INSTRUMENT_SCORE, Role.GRADE, Role.OTHER_SCORE, Role.TOTAL}
)
_PLAIN = (Role.OWNER, Role.PERIOD, Role.STATUS)
_LONGEST_HEAD = 60
_LEAST_COLUMNS = 3


def measure_grid(grid: Grid, *, certain: bool = False) -> Grid:
    """Return a table with the roles that its columns have in a table of measures; other tables unchanged.

    If no head of a table is known, its first row is taken as the heads where the words of that row and the cells
    below it agree that the table lists measures; `certain` says that the caller knows it. Rows get a flag where the head of a column and its cells disagree.
    """
    shown = read_tick_columns(grid)
    if not any(head.role or head.text for head in shown.heads):
        shown = _with_first_row_as_heads(shown) or shown
    if not certain and not shown.roles & DESCRIBE and not _may_list_measures(shown):
        return grid
    known = {head.role for head in shown.heads if not head.likely}
    if not certain and Role.FINDING in known and not known & (DESCRIBE | {Role.TITLE}):
        return grid  # findings beside the units that they concern
    heads, doubtful = choose_roles(shown.heads, shown.rows, certain=certain)
    if not certain and not _lists_measures(heads, shown):
        return grid
    rows = [_flagged(row, doubtful) for row in shown.rows if not _repeats_heads(row, heads)]
    return replace(shown, heads=_proposals(heads), rows=rows)


def measure_heads(grid: Grid) -> tuple[Head, ...]:
    """Return the column heads with the roles that they have in a table of measures."""
    return measure_grid(grid).heads


def _may_list_measures(grid: Grid) -> bool:
    """Return whether heads without known roles have words for fields of measures, or the cells below them show two."""
    if len(grid.heads) < _LEAST_COLUMNS or grid.roles & _OF_SCORES:
        return False
    return _names_fields(grid.heads) or len(set(_plain_columns(grid.rows).values())) > 1


def _with_first_row_as_heads(grid: Grid) -> Grid | None:
    """Return the table with its first row as heads; None if that row does not read as heads of measures."""
    if len(grid.rows) < 2 or len(grid.heads) < _LEAST_COLUMNS:
        return None
    first, *rows = grid.rows
    texts = [cell.text for cell in first.cells]
    filled = [text for text in texts if text]
    if len(filled) < _LEAST_COLUMNS or any(len(fold(text.chars)) > _LONGEST_HEAD for text in filled):
        return None
    known = sum(bool(field_scores(text.chars)) for text in filled)
    plain = _plain_columns(rows)
    if any(cell.inherited for cell in first.cells):
        return None
    if known < 0.6 * len(filled) and (
        len(set(plain.values())) < 2
        or any(read_contents([texts[c].chars]).plain() == role for c, role in plain.items())
    ):
        return None
    heads = tuple(read_head(text) or Head(None, text=text) for text in texts)
    return replace(grid, heads=heads, rows=rows, header=[*grid.header, *filled])


def _plain_columns(rows: Sequence[GridRow]) -> dict[int, Role]:
    """Return the columns whose cells are owners, periods or statuses, whatever their heads are."""
    found: dict[int, Role] = {}
    for c in range(len(rows[0].cells) if rows else 0):
        role = read_contents([row.cells[c].text.chars for row in rows if row.cells[c].has_own_text()]).plain()
        if role in _PLAIN and role is not None:
            found[c] = role
    return found


def _names_fields(heads: Sequence[Head]) -> bool:
    """Return whether at least two heads have words for fields of measures."""
    return sum(bool(set(field_scores(head.text.chars)) & (DESCRIBE | {Role.TITLE})) for head in heads) >= 2


def _lists_measures(heads: Sequence[Head], grid: Grid) -> bool:
    """Return whether the roles make sense together: a table with newly found roles has a plain column."""
    if grid.roles & DESCRIBE and not any(
        new.role != old.role for new, old in zip(heads, grid.heads, strict=True)
    ):
        return True
    roles = {head.role for head in heads}
    if roles & _OF_SCORES and not grid.roles & OF_MEASURES_ONLY:
        return False
    if Role.MONTH in roles or Role.STATUS_TICK in roles:
        return True
    for c, head in enumerate(heads):
        if head.role in _PLAIN:
            cells = [row.cells[c].text.chars for row in grid.rows if row.cells[c].has_own_text()]
            if read_contents(cells).plain() == head.role or grid.heads[c].role == head.role:
                return True
    return bool(grid.roles & OF_MEASURES_ONLY)


def _repeats_heads(row: GridRow, heads: Sequence[Head]) -> bool:
    """Return whether the own cells of a row only repeat the heads, as at the top of a page."""
    own = [(cell, head) for cell, head in zip(row.cells, heads, strict=True) if cell.has_own_text()]
    return len(own) >= 2 and all(fold(cell.text.chars) == fold(head.text.chars) for cell, head in own)


def _flagged(row: GridRow, doubtful: set[int]) -> GridRow:
    if not any(row.cells[c].has_own_text() for c in doubtful):
        return row
    return replace(row, flags=(*row.flags, Flag.AMBIGUOUS_COLUMN))


def _proposals(heads: Sequence[Head]) -> tuple[Head, ...]:
    """Return the heads; beside an owner or a period, a column of proposals contains measures, not findings."""
    roles = {head.role for head in heads}
    if not roles & {Role.OWNER, Role.PERIOD}:
        return tuple(heads)
    shown = []
    for head in heads:
        proposes = head.role == Role.FINDING and head.text.chars.replace(" ", "").startswith(_PROPOSES)
        if proposes:
            role = Role.TITLE if not roles & {Role.TITLE, Role.GUIDELINE} else Role.GUIDELINE
            head = replace(
                head, role=role if role == Role.TITLE or Role.GUIDELINE not in roles else Role.FINDING
            )
        shown.append(head)
    return tuple(shown)


def title_column(heads: tuple[Head, ...]) -> int | None:
    """Return the index of the column that names the measures; None if the table does not list measures.

    A table of measures has a column of names and at least one column of steps, owners or periods.
    """
    roles = [head.role for head in heads]
    doing = {role for role in roles if role in DESCRIBE}
    if Role.TITLE in roles:
        return roles.index(Role.TITLE) if doing or Role.MONTH in roles else None
    if not doing & OF_MEASURES_ONLY or len(doing) < 2:
        return None
    for role in NAMING:
        if role in roles and doing - {role}:
            return roles.index(role)
    if Role.STEPS in roles and len(doing) >= 2:
        unknown = [i for i, role in enumerate(roles) if role is None]
        return unknown[0] if unknown else roles.index(Role.STEPS)
    return None
