"""Measures from records: groups of lines with keys, and cards (small tables of two columns, a key beside a value).

Records with the same keys are one table with a column for each key; so the roles of the keys are chosen as those of
the columns of a table, from their words and their values together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from thaita.extract.find.bold_titles import bold_title
from thaita.extract.find.column_contents import is_period
from thaita.extract.find.key_lines import KeyLine, read_key_lines
from thaita.extract.find.measure_columns import measure_grid, title_column
from thaita.extract.find.measure_groups import NAMED, Group, in_series, keys_of_measures, read_groups
from thaita.extract.find.measure_tables import MeasureCandidate, measures_of_row
from thaita.extract.find.record import Record
from thaita.extract.find.stacked_records import stacked_records
from thaita.extract.structure.column_heads import Head, read_head
from thaita.extract.structure.context import FlowEntry
from thaita.extract.structure.grid import Grid, GridCell, GridRow
from thaita.extract.structure.labels import read_label
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.roles import DESCRIBE, OF_MEASURES_ONLY, Role
from thaita.models.source_text import SourceText
from thaita.normalize.field_words import field_scores
from thaita.normalize.match_key import fold

_NO_TEXT = SourceText("", ())
_OPENING = re.compile(
    r"\s*(?:โดย)?(?:มี)?(?:ขั้นตอน|แนวทาง|รายละเอียด|วิธีการ|วิธี)?(?:การ)?(?:ดำเนินการ|ดำเนินงาน|ปฏิบัติ)?\s*(?:ดังนี้|ดังต่อไปนี้)\s*[:：]?\s*$"
)
_PARTED = re.compile(r"\s*([0-9๐-๙]{1,2}[.]\s+[0-9๐-๙]{1,2})[.)]?\s+(?=[\u0e01-\u0e4e])")
"""A number such as 4.1 with a space inside, as pages in mixed fonts show it."""
_LEAST_FIELDS = 2
_SURE_FIELDS = OF_MEASURES_ONLY | {Role.OUTCOME}
_TITLE, _GUIDELINE, _STEPS = "\ttitle", "\tguideline", "\tsteps"
"""Keys of the columns for text that stands without a key."""
_PERIOD = "\tperiod in title"
"""Key of the period that follows a bold title on its line."""
_ROLES = {
    _TITLE: Role.TITLE,
    _GUIDELINE: Role.GUIDELINE,
    _STEPS: Role.STEPS,
    _PERIOD: Role.PERIOD,
}


def find_record_measures(
    entries: Sequence[FlowEntry], year: int | None
) -> list[tuple[int, int, MeasureCandidate]]:
    """Return (first, last position in the flow, candidate) for each measure that a record states."""
    found: list[tuple[int, int, MeasureCandidate]] = []
    for records in (_groups(entries), _cards(entries), stacked_records(entries)):
        if records:
            found += _measures(records, year)
    return found


def _measures(records: Sequence[Record], year: int | None) -> Iterator[tuple[int, int, MeasureCandidate]]:
    keys = sorted({key for record in records for key in record.fields}, key=lambda key: _place(key, records))
    heads = tuple(_head(key, records) for key in keys)
    rows = [GridRow(tuple(GridCell(tuple(record.fields.get(key, ()))) for key in keys)) for record in records]
    grid = measure_grid(Grid(heads, rows, 0, drawn=True), certain=True)
    title = title_column(grid.heads)
    if (
        title is None
        or len(grid.rows) != len(rows)
        or (grid.heads == heads and not {head.role for head in heads} & DESCRIBE)
    ):
        return
    for record, row in zip(records, grid.rows, strict=True):
        told = {head.role for head, cell in zip(grid.heads, row.cells, strict=True) if not cell.empty}
        least = 1 if record.named else _LEAST_FIELDS
        if len(told & DESCRIBE) < least or not told & _SURE_FIELDS:
            continue
        candidate = measures_of_row(grid, row, title, record.context, year)
        if candidate is not None:
            candidate.support += record.support
            candidate.number = candidate.number or record.number
            yield record.at, record.end, candidate


def _place(key: str, records: Sequence[Record]) -> tuple[float, str]:
    places = [list(record.fields).index(key) for record in records if key in record.fields]
    return sum(places) / len(places), key


def _head(key: str, records: Sequence[Record]) -> Head:
    if key in _ROLES:
        return Head(_ROLES[key])
    label = next(record.labels[key] for record in records if key in record.labels)
    return read_head(label) or Head(None, text=label)


def _groups(entries: Sequence[FlowEntry]) -> list[Record]:
    """Return the records that groups of lines state."""
    lines: list[tuple[int, SourceText]] = []
    for i, entry in enumerate(entries):
        if isinstance(entry.item, FlowParagraph) and not entry.item.running:
            lines.append((i, entry.item.text))
    tables = [i for i, entry in enumerate(entries) if isinstance(entry.item, Grid)]
    keys = keys_of_measures(_with_ends(read_key_lines(lines), tables))
    if not keys:
        return []
    groups = read_groups(_with_ends(read_key_lines(lines, keys), tables))
    records = [_record(group, entries) for group in groups]
    for record, listed in zip(records, in_series(groups), strict=True):
        record.named = record.named or listed
    return records


def _with_ends(pieces: Sequence[KeyLine], tables: Sequence[int]) -> list[KeyLine | None]:
    """Return the pieces with None in the place of each table."""
    shown: list[KeyLine | None] = []
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if before is not None and any(before.at < table < piece.at for table in tables):
            shown.append(None)
        shown.append(piece)
    return shown


def _record(group: Group, entries: Sequence[FlowEntry]) -> Record:
    first = group.title or group.keys[0]
    record = Record(first.at, group.keys[-1].at, entries[first.at].context)
    if group.title is not None:
        text = group.title.value
        label = read_label(text)
        record.named = label is not None and label.heading.role == Role.TITLE and label.number is not None
        if numbered := NAMED.match(text.chars) or _PARTED.match(text.chars):
            record.number, text = text[numbered.start(1) : numbered.end(1)], text[numbered.end() :]
        text, rest = bold_title(text, entries[first.at])
        dated = is_period(rest.chars)
        if dated:
            record.add(_PERIOD, _NO_TEXT, [rest])
        record.add(_TITLE, _NO_TEXT, [_without_label(text)])
        # other words behind a bold title are in no field: they stay unread
        read = group.title.value if dated else group.title.value[: len(group.title.value) - len(rest)]
        record.support.append(read)
    if group.guideline is not None:
        record.add(_GUIDELINE, _NO_TEXT, [group.guideline.value])
    if group.steps or group.listed:
        record.add(_STEPS, _NO_TEXT, [line.value for line in (*group.steps, *group.listed)])
    for piece, lines in zip(group.keys, group.values, strict=True):
        record.add(piece.key, piece.label, lines)
    return record


def _without_label(text: SourceText) -> SourceText:
    """Return a title without a numbered label before it ("มาตรการที่ 2 : …") and words that open a list behind it."""
    label = read_label(text)
    if label is not None and label.heading.role == Role.TITLE and label.rest:
        text = label.rest
    opening = _OPENING.search(text.chars)
    return text[: opening.start()] if opening else text


def _cards(entries: Sequence[FlowEntry]) -> list[Record]:
    """Return the records that tables of two columns state, a key beside each value.

    A card begins where a key of the card before comes again, so a card that goes on behind a page break is one
    record. A card that was read as a table with one row adds a record with the same keys.
    """
    grids = [(i, entry.item) for i, entry in enumerate(entries) if isinstance(entry.item, Grid)]
    rows = [(i, *row) for i, grid in grids if len(grid.heads) == 2 for row in _card_rows(grid)]
    if len(rows) < 2:
        return []
    counts = Counter(fold(key.chars) for _, key, _ in rows)
    wide = [(i, grid) for i, grid in grids if len(grid.heads) > 2 and _has_keys(grid, counts)]
    for _, grid in wide:
        counts.update(fold(head.text.chars) for head in grid.heads for _ in grid.rows)
    keys = {key for key, count in counts.items() if count > 1}
    if sum(bool(field_scores(key)) for key in keys) < 2:
        return []
    records: list[Record] = []
    for i, key, lines in rows:
        folded = fold(key.chars)
        if folded in keys:
            if not records or folded in records[-1].fields:
                records.append(Record(i, i, entries[i].context))
            records[-1].add(folded, key, lines)
            records[-1].end = i
    for i, grid in wide:
        for row in grid.rows:
            records.append(Record(i, i, entries[i].context))
            for head, cell in zip(grid.heads, row.cells, strict=True):
                records[-1].add(fold(head.text.chars), head.text, cell.lines)
    return records


def _has_keys(grid: Grid, counts: Counter[str]) -> bool:
    return sum(fold(head.text.chars) in counts for head in grid.heads) >= 2


def _card_rows(grid: Grid) -> Iterator[tuple[SourceText, tuple[SourceText, ...]]]:
    """Yield (key, lines of the value) of a table of two columns; its heads are a row too if they are a field."""
    texts = [head.text for head in grid.heads]
    if all(texts) and field_scores(texts[0].chars):
        yield texts[0], (texts[1],)
    for row in grid.rows:
        key, value = row.cells
        if key.has_own_text():
            yield key.text, value.lines
