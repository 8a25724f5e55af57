"""The columns of a table of measures: which table is one, and which column is what in it."""

from __future__ import annotations

from dataclasses import replace

from thaita.extract.structure.column_heads import Head
from thaita.extract.structure.grid import Grid
from thaita.models.roles import DESCRIBE, NAMING, OF_MEASURES_ONLY, Role
from thaita.normalize.dates import parse_period
from thaita.normalize.list_items import split_items
from thaita.normalize.owners import is_unit

_PROPOSES = ("แนวทาง", "ข้อเสนอแนะ")


def measure_heads(grid: Grid) -> tuple[Head, ...]:
    """Return the heads as a table of measures means them, unchanged where it is none.

    Heads of unknown words are named by what their columns hold. Beside an owner or a period, a column
    of proposals (แนวทางการพัฒนา, ข้อเสนอแนะ) is no finding but what is to be done, and หน่วยงาน beside
    work is who does it.
    """
    if not grid.roles & DESCRIBE and not (Role.TITLE in grid.roles and len(grid.heads) > 2):
        return grid.heads
    heads = _infer(grid)
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


def _infer(grid: Grid) -> list[Head]:
    """Return the heads, those of unknown words named by what most cells of their columns are."""
    heads = list(grid.heads)
    if not {Role.TITLE, Role.INDICATOR} & grid.roles:
        return heads
    for c, head in enumerate(heads):
        cells = [row.cells[c].text.chars for row in grid.rows if row.cells[c].own_text()]
        if head.role == Role.AGENCY and Role.OWNER not in grid.roles:
            heads[c] = replace(head, role=Role.OWNER)
        elif head.role is None and head.text and cells:
            role = _held(cells)
            if role is not None and role not in {other.role for other in heads}:
                heads[c] = replace(head, role=role)
    return heads


def _held(cells: list[str]) -> Role | None:
    """Return the role of a column by its cells: numbered lists, units or periods in most of them."""
    most = 0.6 * len(cells)
    if sum(len(split_items(cell)) > 1 for cell in cells) >= most:
        return Role.STEPS
    if sum(is_unit(cell) for cell in cells) >= most:
        return Role.OWNER
    periods = [parse_period(cell) for cell in cells]
    return Role.PERIOD if sum(p.start is not None or p.end is not None for p in periods) >= most else None


def title_column(heads: tuple[Head, ...]) -> int | None:
    """Return the column whose cells name the measures, or None if the table is not one of measures.

    A table of measures has a column that names them and at least one that says how, who or when.
    """
    roles = [head.role for head in heads]
    doing = {role for role in roles if role in DESCRIBE}
    if Role.TITLE in roles:
        return roles.index(Role.TITLE) if doing else None
    if not doing & OF_MEASURES_ONLY or len(doing) < 2:
        return None
    for role in NAMING:
        if role in roles and doing - {role}:
            return roles.index(role)
    if Role.STEPS in roles and len(doing) >= 2:
        unknown = [i for i, role in enumerate(roles) if role is None]
        return unknown[0] if unknown else roles.index(Role.STEPS)
    return None
