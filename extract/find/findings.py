"""Findings from columns of findings, labeled paragraphs, and the lists below a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from thaita.extract.find.boxed_findings import LABELED, boxed_findings
from thaita.extract.find.finding_candidate import (
    EMPTY_TEXTS,
    MIN_LENGTH,
    FindingCandidate,
    column_reasons,
    from_label,
    label_reasons,
    states_score,
)
from thaita.extract.find.finding_columns import with_likely_kinds
from thaita.extract.find.item_lines import item_finding
from thaita.extract.find.keyed_findings import DASHES, cell_items, keyed_findings
from thaita.extract.find.measure_columns import measure_heads
from thaita.extract.structure.column_heads import Head
from thaita.extract.structure.context import Context, FlowEntry
from thaita.extract.structure.grid import Grid, GridRow
from thaita.extract.structure.item_subject import read_item_subject, told_indicator
from thaita.extract.structure.labels import Label, read_inline_label, read_label
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.extract.structure.row_subject import (
    RowSubject,
    Section,
    instrument_of,
    read_row_subject,
    read_section,
)
from thaita.models.finding_kinds import FindingKind
from thaita.models.flags import Flag
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.frameworks import indicator, is_assessed
from thaita.normalize.indicators import Found, find_indicators, find_instrument
from thaita.normalize.list_items import split_items
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import to_arabic

_BY_NUMBER = re.compile(r"ตัวชี้วัด(?:ที่)?\s*([1-9]\d?)(?!\d)")
_PARAGRAPH = 60
"""Least letters of a paragraph below a label; a shorter text is a line."""


def find_findings(
    entries: Sequence[FlowEntry], year: int | None, numbering: Mapping[int, int]
) -> list[FindingCandidate]:
    """Return all findings in reading order.

    `year` (B.E.) decides the meaning of item codes. `numbering` maps the numbers that the report gives to indicators
    to the official numbers.
    """
    candidates: list[FindingCandidate] = []
    for entry in entries:
        if isinstance(entry.item, Grid):
            candidates += _table_findings(entry.item, entry.context, year)
            candidates += keyed_findings(entry.item, entry.context, year)
            candidates += boxed_findings(entry.item, entry.context, year)
        elif not entry.item.running:
            placed = _with_numbered_indicator(entry, numbering)
            candidates += _paragraph_findings(placed, entry.item, year, numbering)
    return candidates


def _dashes_part_findings(grid: Grid, heads: Sequence[Head]) -> bool:
    """Return whether dashes mark the findings of a cell: then a cell with one finding needs none.

    Where each cell has several dashes they may part the sentences of one finding, as in a report with a table an
    indicator; a dash before the only sentence of a cell marks a finding.
    """
    texts = [
        cell.text.chars.lstrip()
        for row in grid.rows
        for cell, head in zip(row.cells, heads, strict=True)
        if head.role == Role.FINDING and cell.has_own_text()
    ]
    told = [text for text in texts if fold(text) not in EMPTY_TEXTS]
    counts = {sum(item.marker in DASHES for item in split_items(text)) for text in told}
    return any(text[0] not in DASHES for text in told) or (1 in counts and max(counts) > 1)


@dataclass(slots=True)
class _Group:
    """The cell of a finding and the rows that share it."""

    text: SourceText
    rows: list[RowSubject]
    section: Section
    flags: list[str]
    context: Context
    kind: FindingKind | None


def _table_findings(grid: Grid, context: Context, year: int | None) -> Iterator[FindingCandidate]:
    heads = with_likely_kinds(measure_heads(grid), grid.rows)
    dashes = _dashes_part_findings(grid, heads)
    for column, head in enumerate(heads):
        if head.role != Role.FINDING or head.kind is None:
            continue
        reasons = column_reasons(heads, head)
        for group in _groups(grid, column, head.kind, context, year):
            if group.kind is None:
                continue
            named = any(row.indicators or row.topic or row.item for row in group.rows)
            # a cell merged over several rows is about all of them: one finding, or those of its list
            items = cell_items(group.text, dashes=dashes)
            for text in items if len(group.rows) == 1 or len(items) > 1 else [group.text]:
                if fold(text.chars) not in EMPTY_TEXTS:
                    found = _group_candidate(group.kind, replace(group, text=text))
                    flags = (*found.flags, Flag.LIKELY_HEADING) if head.likely else found.flags
                    of_row = "row:named" if named else "row:unnamed"
                    yield replace(found, flags=flags, reasons=(*reasons, of_row), under=(grid.block, column))


def _groups(
    grid: Grid, column: int, kind: FindingKind | None, context: Context, year: int | None
) -> list[_Group]:
    """Return the cells of a column of findings; `kind` is that of its head."""
    groups: list[_Group] = []
    section = Section(context.above, None, context.instrument_conflict)
    open_: _Group | None = None
    sparse = _merges_undrawn(grid, column, context.year)
    for row in grid.rows:
        if (heads := _inner_heads(row)) is not None:
            kind, open_ = heads.get(column), None
            continue
        opened = read_section(grid, row, section, context.year)
        cell = row.cells[column]
        if opened is not None and not (opened.indicator and column == 0):  # a name alone may be a finding
            section, open_ = opened, None
            continue
        subject = read_row_subject(grid, row, section, context, year)
        if cell.has_own_text():
            open_ = _Group(cell.text, [subject], section, list(row.flags), context, kind)
            groups.append(open_)
        elif open_ is not None and (cell.inherited or (cell.empty and sparse)):
            open_.rows.append(subject)
    return groups


def _inner_heads(row: GridRow) -> dict[int, FindingKind | None] | None:
    """Return the kinds by column of a row of heads inside a table, as between the halves of SWOT; None otherwise."""
    labels = {}
    for column, cell in enumerate(row.cells):
        if cell.has_own_text():
            label = read_label(SourceText.join(cell.lines, " "))
            if label is None or label.rest or label.heading.role not in LABELED:
                return None
            labels[column] = label.heading.kind
    return labels if len(labels) > 1 else None


def _merges_undrawn(grid: Grid, column: int, year: int | None) -> bool:
    """Return whether empty cells of a column belong to a merged cell above them.

    That is assumed if the format cannot show merged cells and at most half of the rows have their own text.
    """
    rows = [row for row in grid.rows if read_section(grid, row, Section(), year) is None]
    own = sum(row.cells[column].has_own_text() for row in rows)
    return not grid.drawn and own <= 0.5 * len(rows) and bool(rows) and rows[0].cells[column].has_own_text()


def _group_candidate(kind: FindingKind, group: _Group) -> FindingCandidate:
    indicators = tuple(sorted({no for row in group.rows for no in row.indicators}))
    first = group.rows[0]
    if not indicators and first.item is None and first.topic is None:
        placed = replace(group.context, instrument=first.instrument or group.context.instrument)
        told = _with_told_indicator(placed, group.text.chars).indicator
        indicators = (told.no,) if told else ()
    written = first.instrument or group.section.instrument
    named, year = written or group.context.instrument, group.context.year
    flags = [*group.flags, *(flag for row in group.rows for flag in row.flags)]
    if written and any(indicator(no, year).instrument != written for no in indicators):
        flags.append(Flag.INSTRUMENT_CONFLICT)
    if len(group.rows) > 1:
        flags.append(Flag.MERGED)
    return FindingCandidate(
        kind,
        group.text,
        None if kind.general else instrument_of(indicators, first.item, named, year),
        indicators,
        first.topic,
        (first.item.code,) if first.item else (),
        tuple(dict.fromkeys(flags)),
        tuple(text for row in group.rows for text in row.texts),
        in_table=True,
    )


def _with_numbered_indicator(entry: FlowEntry, numbering: Mapping[int, int]) -> FlowEntry:
    """Return an entry with the indicator of a label that states only its number: "… (ตัวชี้วัดที่ ๘)"."""
    label = entry.context.opened or entry.label
    if label is None or entry.context.indicator is not None:
        return entry
    match = _BY_NUMBER.search(to_arabic(label.text.chars[: len(label.text) - len(label.rest)]))
    year = entry.context.year
    no = numbering.get(int(match[1])) if match and is_assessed(int(match[1]), year) else None
    if no is None:
        return entry
    found = Found(no, 0, 0, 100.0, indicator(no, year).name, "")
    return replace(entry, context=replace(entry.context, indicator=found))


def _paragraph_findings(
    entry: FlowEntry, para: FlowParagraph, year: int | None, numbering: Mapping[int, int]
) -> Iterator[FindingCandidate]:
    context, label = entry.context, entry.label
    opportunity = context.opened is not None and context.opened.heading.role == Role.OPPORTUNITY
    # below the opportunities of SWOT, O1 is no disclosure item
    of_item = None if opportunity else item_finding(para.text, context, year)
    if of_item is not None:
        yield of_item
    elif label is not None and label.heading.role == Role.FINDING and label.rest:
        if fold(label.rest.chars) not in EMPTY_TEXTS:
            context, rest = _without_subject(context, label.rest, numbering)
            yield from from_label(label, rest, para.text, context, year, way="rest")
    elif entry.list_item and context.opened is not None:
        text = para.text[entry.body :].strip()
        if not states_score(text.chars, context.year):
            context, text = _without_subject(context, text, numbering)
            way = _way(entry, text)
            yield from from_label(context.opened or label, text, para.text, context, year, way=way)
    elif label is None and (label := read_inline_label(para.text)) is not None:
        yield from _from_inline_label(label, para.text, context)


def _way(entry: FlowEntry, text: SourceText) -> str:
    """Return how a finding stands below its label: as a list item, a paragraph, or a short line."""
    if entry.body:
        return "item"
    return "paragraph" if len(fold(text.chars)) >= _PARAGRAPH else "line"


def _without_subject(
    context: Context, text: SourceText, numbering: Mapping[int, int]
) -> tuple[Context, SourceText]:
    """Return the context and text of a list item, with the subject that it states itself moved to the context."""
    subject = read_item_subject(text.chars, context.year, numbering)
    if subject is None:
        return _with_told_indicator(context, text.chars), text
    rest = text[subject.start : subject.stop].strip()
    return replace(context, indicator=subject.indicator, instrument=subject.instrument), rest


def _with_told_indicator(context: Context, chars: str) -> Context:
    """Return the context with the indicator that a sentence tells of, if no heading names another subject."""
    told = None if context.indicator or context.topic else told_indicator(chars, context.year)
    if told is None:
        return context
    instrument = indicator(told.no, context.year).instrument
    return replace(context, indicator=told) if context.instrument in (None, instrument) else context


def _from_inline_label(label: Label, whole: SourceText, context: Context) -> Iterator[FindingCandidate]:
    before = whole.chars[: len(whole) - len(label.rest)]
    names = find_indicators(before, context.year)
    instrument = find_instrument(before)
    if len(names) != 1 and instrument is None:
        return
    if len(fold(label.rest.chars)) < MIN_LENGTH or label.heading.kind is None:
        return
    indicators = (names[0].no,) if len(names) == 1 else ()
    written = instrument.code if instrument else context.instrument
    instrument_code = instrument_of(indicators, None, written, context.year)
    reasons = label_reasons("inline", label)
    yield FindingCandidate(
        label.heading.kind,
        label.rest,
        instrument_code,
        indicators,
        support=(whole,),
        reasons=reasons,
        under=whole.spans(),
    )
