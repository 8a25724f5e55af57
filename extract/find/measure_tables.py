"""Measures from tables: rows that say what is done, how, by whom, when and with what result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from thaita.extract.find.measure_columns import measure_heads, title_column
from thaita.extract.find.month_columns import marked
from thaita.extract.structure.column_heads import Head
from thaita.extract.structure.context import Context, Placed
from thaita.extract.structure.grid import Grid, GridCell, GridRow
from thaita.extract.structure.row_subject import About, Section, about, section_of
from thaita.models.flags import Flag
from thaita.models.roles import DESCRIBE, TOTALS, Role
from thaita.models.source_text import SourceText
from thaita.normalize.headings import match_heading
from thaita.normalize.indicators import match_indicator
from thaita.normalize.match_key import fold
from thaita.normalize.statuses import is_empty_box

_TOTALS = re.compile(r"\s*(?:รวม|เฉลี่ย)(?:งบ|เงิน|จำนวน|ทั้ง|\s|$)")
_SEPARATE = frozenset({Role.INDICATOR, Role.TOPIC, Role.ITEM})


@dataclass(slots=True)
class MeasureDraft:
    """A measure as read: the text of each field, before the texts become values.

    `fields` maps a role to the lines of its cell or label.
    """

    fields: dict[Role, list[SourceText]] = field(default_factory=dict)
    about: About = field(default_factory=About)
    number: SourceText | None = None
    flags: list[str] = field(default_factory=list)
    support: list[SourceText] = field(default_factory=list)
    ticked: list[str] = field(default_factory=list)
    step_rows: list[list[SourceText]] = field(default_factory=list)
    heads: Sequence[Head] = ()
    months: list[tuple[Head, SourceText]] = field(default_factory=list)

    def add(self, role: Role, lines: Sequence[SourceText], *, rows: bool = False) -> None:
        """Add lines to a field, those that it has already left out; `rows`: as a table row's own cell."""
        have = self.fields.setdefault(role, [])
        new = [line for line in lines if not any(line is other for other in have)]
        have += new
        if role == Role.STEPS and rows and new:
            self.step_rows.append(new)

    def cells_of_steps(self) -> list[list[SourceText]]:
        """Return the lines of steps by the cells that they stand in; of prose, all in one."""
        return self.step_rows or [self.fields[Role.STEPS]] if self.fields.get(Role.STEPS) else []

    def text(self, role: Role, glue: str = "\n") -> SourceText | None:
        """Return a field's lines joined, or None where it has none."""
        lines = self.fields.get(role)
        return SourceText.join(lines, glue) if lines else None


def find_table_measures(placed: Sequence[Placed], year: int | None) -> Iterator[tuple[int, MeasureDraft]]:
    """Yield (position in the flow, measure) for each measure of each table of measures."""
    for i, item in enumerate(placed):
        if isinstance(item.item, Grid):
            for draft in _grid_measures(item.item, item.context, year):
                yield i, draft


def _grid_measures(grid: Grid, context: Context, year: int | None) -> list[MeasureDraft]:
    heads = measure_heads(grid)
    title = title_column(heads)
    drafts: list[MeasureDraft] = []
    section = Section(context.above, None, context.instrument_conflict)
    if title is None:
        return drafts
    for row in grid.rows:
        opened = section_of(row, section)
        if opened is not None and not _acts(row, heads, title):
            section = opened
            continue
        if _sums_up(row):
            continue
        if drafts and _same_measure(row, heads, title):
            _extend(drafts[-1], row, heads, title)
        elif _acts(row, heads, title):
            this = about(grid, row, section, context, year)
            draft = _start(grid, row, heads, title, this, context.year)
            if drafts and row.cells[title].empty:
                draft.add(Role.TITLE, drafts[-1].fields.get(Role.TITLE, []))
                draft.flags.append(Flag.INHERITED)
            drafts.append(draft)
    return drafts


def _sums_up(row: GridRow) -> bool:
    """Tell whether a row totals the rows above it: รวม, เฉลี่ย in one of its first cells."""
    for cell in row.own()[:2]:
        heading = match_heading(cell.text.chars)
        if heading is not None and heading.role in TOTALS:
            return True
    return bool(row.own()) and _TOTALS.match(row.own()[0].text.chars) is not None


def _acts(row: GridRow, heads: tuple[Head, ...], title: int) -> bool:
    """Tell whether a row says more than a name: some field of a measure has text."""
    doing = [c for c, head in enumerate(heads) if head.role in DESCRIBE and c != title]
    full = [c for c in doing if not row.cells[c].empty and not _is_dash(row.cells[c])]
    return bool(full) or row.cells[title].own_text()


def _same_measure(row: GridRow, heads: tuple[Head, ...], title: int) -> bool:
    """Tell whether a row goes on with the measure above: its title is merged, and so is what it is about.

    A row with an indicator, topic or item of its own under a merged title is a measure of its own.
    """
    cell = row.cells[title]
    if not (cell.empty or cell.inherited):
        return False
    return not any(row.cells[c].own_text() for c, head in enumerate(heads) if head.role in _SEPARATE)


def _start(
    grid: Grid, row: GridRow, heads: tuple[Head, ...], title: int, this: About, year: int | None
) -> MeasureDraft:
    draft = MeasureDraft(about=this, heads=heads)
    draft.add(Role.TITLE, row.cells[title].lines)
    if row.cells[title].inherited:
        draft.flags.append(Flag.INHERITED)
    for c in grid.columns(Role.NUMBER):
        if not row.cells[c].empty:
            draft.number = row.cells[c].text
    draft.support += list(this.texts)
    draft.flags += this.flags
    if not this.indicators and heads[title].role != Role.INDICATOR:
        named = match_indicator(row.cells[title].text.chars.replace("\n", " "), year)
        if named is not None:
            draft.about = About(
                (named.no,), this.topic, this.item, this.instrument, this.texts, (*this.flags,)
            )
            draft.flags += [Flag.AMBIGUOUS_NAME] if named.close else []
    _extend(draft, row, heads, title)
    return draft


def _extend(draft: MeasureDraft, row: GridRow, heads: tuple[Head, ...], title: int) -> None:
    for c, head in enumerate(heads):
        cell = row.cells[c]
        ticked = cell.own_text() and not _is_dash(cell) and not is_empty_box(cell.text.chars)
        if head.role is Role.STATUS_TICK and head.status is not None and ticked:
            draft.ticked.append(head.status)
            draft.support += cell.lines
        if c == title or head.role not in DESCRIBE or cell.empty or _is_dash(cell):
            continue
        if cell.inherited:
            draft.flags.append(Flag.INHERITED)
        draft.add(head.role, cell.lines, rows=True)
    marks = marked(row.cells, heads)
    draft.months += marks
    draft.support += [mark for _, mark in marks]
    draft.flags += row.flags


def _is_dash(cell: GridCell) -> bool:
    return fold(cell.text.chars).strip("-–—.") == ""
