"""Measures from tables: rows that state a measure and its steps, owners, period and result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from thaita.extract.find.column_contents import is_period
from thaita.extract.find.measure_columns import measure_grid, title_column
from thaita.extract.find.month_columns import marked_months
from thaita.extract.structure.column_heads import Head
from thaita.extract.structure.context import Context, FlowEntry
from thaita.extract.structure.grid import Grid, GridCell, GridRow
from thaita.extract.structure.labels import read_label
from thaita.extract.structure.row_subject import RowSubject, Section, read_row_subject, read_section
from thaita.models.flags import Flag
from thaita.models.roles import DESCRIBE, SHARED, TOTALS, Role
from thaita.models.source_text import SourceText
from thaita.normalize.headings import match_heading
from thaita.normalize.indicators import match_indicator
from thaita.normalize.match_key import fold
from thaita.normalize.owners import names_units
from thaita.normalize.statuses import is_empty_box, parse_progress

_TOTALS = re.compile(r"\s*(?:รวม|เฉลี่ย)(?:งบ|เงิน|จำนวน|ทั้ง|\s|$)")
_SEPARATE = frozenset({Role.INDICATOR, Role.TOPIC, Role.ITEM})


@dataclass(slots=True)
class MeasureCandidate:
    """A measure as read: the source text of each field, before conversion to values.

    `fields` maps a role to the lines of its cell or labeled paragraph; `way` is the layout: `table`, `record` or
    `prose`.
    """

    fields: dict[Role, list[SourceText]] = field(default_factory=dict)
    subject: RowSubject = field(default_factory=RowSubject)
    number: SourceText | None = None
    flags: list[str] = field(default_factory=list)
    support: list[SourceText] = field(default_factory=list)
    ticked: list[str] = field(default_factory=list)
    step_rows: list[list[SourceText]] = field(default_factory=list)
    heads: Sequence[Head] = ()
    months: list[tuple[Head, SourceText]] = field(default_factory=list)
    way: str = "table"

    def add(self, role: Role, lines: Sequence[SourceText], *, rows: bool = False) -> None:
        """Add lines to a field and skip lines that it already has; `rows` says that they are a table cell."""
        have = self.fields.setdefault(role, [])
        new = [line for line in lines if not any(line is other for other in have)]
        have += new
        if role == Role.STEPS and rows and new:
            self.step_rows.append(new)

    def step_cells(self) -> list[list[SourceText]]:
        """Return the lines of the steps grouped by cell; steps from prose form one group."""
        return self.step_rows or [self.fields[Role.STEPS]] if self.fields.get(Role.STEPS) else []

    def text(self, role: Role, glue: str = "\n") -> SourceText | None:
        """Return the joined lines of a field; None for an empty field."""
        lines = self.fields.get(role)
        return SourceText.join(lines, glue) if lines else None


def find_table_measures(
    entries: Sequence[FlowEntry], year: int | None
) -> Iterator[tuple[int, MeasureCandidate]]:
    """Yield (position in the flow, candidate) for each measure in each table of measures.

    `year` is the year of the plan (B.E.), which decides the meaning of item codes.
    """
    for i, entry in enumerate(entries):
        if isinstance(entry.item, Grid):
            for candidate in _grid_measures(entry.item, entry.context, year):
                yield i, candidate


def _grid_measures(grid: Grid, context: Context, year: int | None) -> list[MeasureCandidate]:
    grid = measure_grid(grid)
    heads = grid.heads
    title = title_column(heads)
    candidates: list[MeasureCandidate] = []
    section = Section(context.above, None, context.instrument_conflict)
    if title is None:
        return candidates
    bare = sum(not _has_own_fields(row, heads, title) for row in grid.rows) > 0.5 * len(grid.rows)
    for row in grid.rows:
        opened = read_section(grid, row, section, context.year)
        if opened is not None and not (_describes_measure if bare else _has_own_fields)(row, heads, title):
            section = opened
            continue
        if _is_summary_row(row):
            continue
        if candidates and _repeats_measure(row, heads, title):
            _add_subject(candidates[-1], read_row_subject(grid, row, section, context, year))
        elif candidates and _continues_measure(row, heads, title):
            _add_row(candidates[-1], row, heads, title)
        elif _describes_measure(row, heads, title):
            subject = read_row_subject(grid, row, section, context, year)
            candidate = _new_candidate(grid, row, heads, title, subject, context.year)
            if candidates and row.cells[title].empty:
                candidate.add(Role.TITLE, candidates[-1].fields.get(Role.TITLE, []))
                candidate.flags.append(Flag.INHERITED)
            candidates.append(candidate)
    _add_captions(candidates, grid)
    return candidates


def _add_captions(candidates: Sequence[MeasureCandidate], grid: Grid) -> None:
    """Add what a title over all columns states for every measure: "ผู้รับผิดชอบ: กองคลัง"."""
    for line in grid.captions:
        label = read_label(line)
        if label is None or not label.rest or label.heading.role not in DESCRIBE & SHARED:
            continue
        for candidate in candidates:
            if not candidate.fields.get(label.heading.role):
                candidate.add(label.heading.role, [label.rest])
                candidate.support.append(line)
                candidate.flags.append(Flag.INHERITED)


def measures_of_row(
    grid: Grid, row: GridRow, title: int, context: Context, year: int | None
) -> MeasureCandidate | None:
    """Return the measure that a row with all its fields states; None for a row without a title or a field."""
    if row.cells[title].empty or not _describes_measure(row, grid.heads, title):
        return None
    section = Section(context.above, None, context.instrument_conflict)
    subject = read_row_subject(grid, row, section, context, year)
    return _new_candidate(grid, row, grid.heads, title, subject, context.year)


def _is_summary_row(row: GridRow) -> bool:
    """Return whether a row totals the rows above it: one of its first cells says รวม or เฉลี่ย."""
    for cell in row.own_cells()[:2]:
        heading = match_heading(cell.text.chars)
        if heading is not None and heading.role in TOTALS:
            return True
    return bool(row.own_cells()) and _TOTALS.match(row.own_cells()[0].text.chars) is not None


def _describes_measure(row: GridRow, heads: tuple[Head, ...], title: int) -> bool:
    """Return whether a row has text of its own in at least one field of a measure."""
    return bool(_fields(row, heads, title)) or row.cells[title].has_own_text()


def _fields(row: GridRow, heads: tuple[Head, ...], title: int) -> list[GridCell]:
    """Return the cells of a row that describe a measure, beside its title."""
    cells = [row.cells[c] for c, head in enumerate(heads) if head.role in DESCRIBE and c != title]
    return [cell for cell in cells if not cell.empty and not _is_dash(cell)]


def _has_own_fields(row: GridRow, heads: tuple[Head, ...], title: int) -> bool:
    """Return whether a row has a field beside its title that no cell above is merged into."""
    return any(cell.has_own_text() for cell in _fields(row, heads, title))


def _repeats_measure(row: GridRow, heads: tuple[Head, ...], title: int) -> bool:
    """Return whether a measure is merged into a row as a whole: it is one measure for the subjects of all its rows."""
    cell = row.cells[title]
    return cell.inherited and not _has_own_fields(row, heads, title) and not marked_months(row.cells, heads)


def _add_subject(candidate: MeasureCandidate, subject: RowSubject) -> None:
    """Add the indicators of another row of a measure; a topic or an item that differs is none of the whole measure."""
    own = candidate.subject
    if not set(subject.indicators) <= set(own.indicators):
        candidate.support += list(subject.texts)
    candidate.subject = replace(
        own,
        indicators=tuple(sorted({*own.indicators, *subject.indicators})),
        topic=own.topic if subject.topic == own.topic else None,
        item=own.item if subject.item == own.item else None,
        instrument=own.instrument if subject.instrument == own.instrument else None,
    )


def _continues_measure(row: GridRow, heads: tuple[Head, ...], title: int) -> bool:
    """Return whether a row continues the measure above: its title cell is merged or empty.

    A row with its own indicator, topic or item under a merged title is a separate measure.
    """
    cell = row.cells[title]
    if not (cell.empty or cell.inherited):
        return False
    return not any(row.cells[c].has_own_text() for c, head in enumerate(heads) if head.role in _SEPARATE)


def _new_candidate(
    grid: Grid, row: GridRow, heads: tuple[Head, ...], title: int, subject: RowSubject, year: int | None
) -> MeasureCandidate:
    candidate = MeasureCandidate(subject=subject, heads=heads)
    candidate.add(Role.TITLE, row.cells[title].lines)
    if row.cells[title].inherited:
        candidate.flags.append(Flag.INHERITED)
    for c in grid.columns(Role.NUMBER):
        if not row.cells[c].empty:
            candidate.number = row.cells[c].text
    candidate.support += list(subject.texts)
    candidate.flags += subject.flags
    if not subject.indicators and heads[title].role != Role.INDICATOR:
        named = match_indicator(row.cells[title].text.chars.replace("\n", " "), year)
        if named is not None:
            candidate.subject = RowSubject(
                (named.no,), subject.topic, subject.item, subject.instrument, subject.texts, (*subject.flags,)
            )
            candidate.flags += [Flag.AMBIGUOUS_NAME] if named.close else []
    _add_row(candidate, row, heads, title)
    return candidate


def _is_ticked(cell: GridCell) -> bool:
    """Return whether a cell below the name of a status is marked; a percentage says how much is done, and marks nothing."""
    text = cell.text.chars
    return (
        cell.has_own_text() and not _is_dash(cell) and not is_empty_box(text) and parse_progress(text) is None
    )


def _add_row(candidate: MeasureCandidate, row: GridRow, heads: tuple[Head, ...], title: int) -> None:
    for c, head in enumerate(heads):
        cell = row.cells[c]
        if head.role is Role.STATUS_TICK and head.status is not None and _is_ticked(cell):
            candidate.ticked.append(head.status)
            candidate.support += cell.lines
        if c == title or head.role not in DESCRIBE or cell.empty or _is_dash(cell):
            continue
        if cell.inherited:
            candidate.flags.append(Flag.INHERITED)
        for role, lines in _by_contents(head.role, cell.lines, heads):
            candidate.add(role, lines, rows=True)
    marks = marked_months(row.cells, heads)
    candidate.months += marks
    candidate.support += [mark for _, mark in marks]
    candidate.flags += row.flags


def _by_contents(
    role: Role, lines: Sequence[SourceText], heads: tuple[Head, ...]
) -> list[tuple[Role, list[SourceText]]]:
    """Return the lines of a cell by role: a column of owners may hold the period too if no other column does."""
    if role is not Role.OWNER or any(head.role is Role.PERIOD for head in heads):
        return [(role, list(lines))]
    dated = [line for line in lines if not names_units(line.chars) and is_period(line.chars)]
    owners = [line for line in lines if not any(line is other for other in dated)]
    return [(one, found) for one, found in ((role, owners), (Role.PERIOD, dated)) if found]


def _is_dash(cell: GridCell) -> bool:
    return fold(cell.text.chars).strip("-–—.") == ""
