"""Findings: cells of finding columns, labelled paragraphs, and the lists that a label opens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from thaita.extract.find.measure_columns import measure_heads
from thaita.extract.structure.context import Context, Placed
from thaita.extract.structure.grid import Grid
from thaita.extract.structure.labels import Label, read_lead
from thaita.extract.structure.paragraphs import Para
from thaita.extract.structure.row_subject import About, Section, about, instrument_of, section_of
from thaita.models.finding_kinds import FindingKind
from thaita.models.flags import Flag
from thaita.models.records import Instrument
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.frameworks import indicator, is_assessed
from thaita.normalize.indicators import Found, find_indicators, find_instrument
from thaita.normalize.items import LETTERS, decode_item, find_items
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import find_numbers, to_arabic

_NOTHING = frozenset({"", "-", "–", "—", "ไม่มี", "."})
_BY_NUMBER = re.compile(r"ตัวชี้วัด(?:ที่)?\s*([1-9]\d?)(?!\d)")
_ITEM_LINE = re.compile(
    rf"\s*(?:[-–•]\s*)?ข้อ(?:ที่)?\s*(?=[{LETTERS}{LETTERS.lower()}0๐lL]\s?-?\s?[0-9๐-๙])"
    rf"|\s*(?:[-–•]\s*)?(?=[{LETTERS}]\s?-?\s?[0-9๐-๙])"
)
_ITEM_LABEL_AT_MOST = 160
_LEAST = 4
"""Folded letters that a finding has at least: fewer are a mark and no words."""


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """A finding as read, before it gets an id."""

    kind: FindingKind
    text: SourceText
    instrument: Instrument | None = None
    indicators: tuple[int, ...] = ()
    topic: int | None = None
    items: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    support: tuple[SourceText, ...] = ()
    in_table: bool = False


def find_findings(
    placed: Sequence[Placed], year: int | None, numbering: Mapping[int, int]
) -> list[FindingDraft]:
    """Return all findings in reading order.

    `year` (B.E.) decides what item codes mean, `numbering` which indicator the report's own numbers do.
    """
    drafts: list[FindingDraft] = []
    for item in placed:
        if isinstance(item.item, Grid):
            drafts += _table_findings(item.item, item.context, year)
        elif not item.item.running:
            drafts += _paragraph_findings(_numbered(item, numbering), item.item, year)
    return drafts


@dataclass(slots=True)
class _Group:
    """A finding's cell and the rows that share it."""

    text: SourceText
    rows: list[About]
    section: Section
    flags: list[str]
    context: Context


def _table_findings(grid: Grid, context: Context, year: int | None) -> Iterator[FindingDraft]:
    heads = measure_heads(grid)
    for column, head in enumerate(heads):
        if head.role != Role.FINDING or head.kind is None:
            continue
        for group in _groups(grid, column, context, year):
            if fold(group.text.chars) not in _NOTHING:
                yield _draft(head.kind, group)


def _groups(grid: Grid, column: int, context: Context, year: int | None) -> list[_Group]:
    groups: list[_Group] = []
    section = Section(context.above, None, context.instrument_conflict)
    open_: _Group | None = None
    sparse = _is_sparse(grid, column)
    for row in grid.rows:
        opened = section_of(row, section)
        if opened is not None:
            section, open_ = opened, None
            continue
        cell = row.cells[column]
        this = about(grid, row, section, context, year)
        if cell.own_text():
            open_ = _Group(cell.text, [this], section, list(row.flags), context)
            groups.append(open_)
        elif open_ is not None and (cell.inherited or (cell.empty and sparse)):
            open_.rows.append(this)
    return groups


def _is_sparse(grid: Grid, column: int) -> bool:
    """Tell whether the empty cells of a column are ones that cells above were merged over.

    So it is where the format cannot draw merged cells and most rows have none of their own.
    """
    rows = [row for row in grid.rows if section_of(row, Section()) is None]
    own = sum(row.cells[column].own_text() for row in rows)
    return not grid.drawn and own <= 0.5 * len(rows) and bool(rows) and rows[0].cells[column].own_text()


def _draft(kind: FindingKind, group: _Group) -> FindingDraft:
    indicators = tuple(sorted({no for row in group.rows for no in row.indicators}))
    first = group.rows[0]
    written = first.instrument or group.section.instrument
    named, year = written or group.context.instrument, group.context.year
    flags = [*group.flags, *(flag for row in group.rows for flag in row.flags)]
    if written and any(indicator(no, year).instrument != written for no in indicators):
        flags.append(Flag.INSTRUMENT_CONFLICT)
    if len(group.rows) > 1:
        flags.append(Flag.MERGED)
    return FindingDraft(
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


def _numbered(placed: Placed, numbering: Mapping[int, int]) -> Placed:
    """Take the indicator from a label that only gives its number: "ประเด็นที่ควรพัฒนา (ตัวชี้วัดที่ ๘)"."""
    label = placed.context.opened or placed.label
    if label is None or placed.context.indicator is not None:
        return placed
    match = _BY_NUMBER.search(to_arabic(label.text.chars[: len(label.text) - len(label.rest)]))
    year = placed.context.year
    no = numbering.get(int(match[1])) if match and is_assessed(int(match[1]), year) else None
    if no is None:
        return placed
    found = Found(no, 0, 0, 100.0, indicator(no, year).name, "")
    return replace(placed, context=replace(placed.context, indicator=found))


def _paragraph_findings(placed: Placed, para: Para, year: int | None) -> Iterator[FindingDraft]:
    context, label = placed.context, placed.label
    of_item = _of_item(para.text, context, year)
    if of_item is not None:
        yield of_item
    elif label is not None and label.heading.role == Role.FINDING and label.rest:
        if fold(label.rest.chars) not in _NOTHING:
            yield from _from_label(label, label.rest, para.text, context, year)
    elif placed.list_item and context.opened is not None:
        text = para.text[placed.body :].strip()
        if not _states_score(text.chars, context.year):
            context, text = _named_item(context, text)
            yield from _from_label(context.opened or label, text, para.text, context, year)
    elif label is None and (lead := read_lead(para.text)) is not None:
        yield from _from_lead(lead, para.text, context)


def _of_item(text: SourceText, context: Context, year: int | None) -> FindingDraft | None:
    """Return the finding that a line gives of a disclosure item or question: "ข้อ O12 …: ไม่พบ …"."""
    colon = text.chars.find(":", 0, _ITEM_LABEL_AT_MOST)
    if colon < 0 or not _ITEM_LINE.match(text.chars):
        return None
    item, rest = decode_item(_code(text.chars[:colon]), year), text[colon + 1 :].strip()
    if item is None or len(fold(rest.chars)) < _LEAST:
        return None
    indicators = (context.indicator.no,) if context.indicator else ()
    flags = () if item.certain else (Flag.AMBIGUOUS_ITEM,)
    return FindingDraft(
        FindingKind.OBSERVATION,
        rest,
        item.instrument,
        indicators,
        context.topic,
        (item.code,),
        flags,
        (text,),
    )


def _code(chars: str) -> str:
    """Return a line from its code on, the hyphen of "O-38" left out."""
    return re.sub(
        rf"(?<=[{LETTERS}{LETTERS.lower()}])\s?-\s?(?=[0-9๐-๙])", "", _ITEM_LINE.sub("", chars, count=1)
    )


def _named_item(context: Context, text: SourceText) -> tuple[Context, SourceText]:
    """Take the indicator's name off an item that begins with it: "ตัวชี้วัดการใช้อำนาจ: …"."""
    colon = text.chars.find(":", 0, 90)
    names = find_indicators(text.chars[:colon], context.year) if colon > 0 else []
    rest = text[colon + 1 :].strip()
    instrument = find_instrument(text.chars[:colon]) if 0 < colon < 12 and not names else None
    if instrument is not None and rest:
        return replace(context, indicator=None, instrument=instrument.code), rest
    if len(names) != 1 or len(fold(text.chars[:colon])) > len(fold(names[0].as_written)) + 16 or not rest:
        return context, text
    return replace(context, indicator=names[0], instrument=None), rest


def _from_label(
    label: Label | None, text: SourceText, whole: SourceText, context: Context, year: int | None
) -> Iterator[FindingDraft]:
    if label is None or len(fold(text.chars)) < _LEAST or label.heading.kind is None:
        return
    kind = label.heading.kind
    indicators = (context.indicator.no,) if context.indicator else ()
    items = [item for item in find_items(text.chars, year) if item.certain]
    yield FindingDraft(
        kind,
        text,
        None if kind.general else instrument_of(indicators, None, context.instrument, context.year),
        () if kind.general else indicators,
        context.topic if not indicators else None,
        tuple(dict.fromkeys(item.code for item in items)),
        support=(whole,),
    )


def _from_lead(lead: Label, whole: SourceText, context: Context) -> Iterator[FindingDraft]:
    before = whole.chars[: len(whole) - len(lead.rest)]
    names = find_indicators(before, context.year)
    instrument = find_instrument(before)
    if len(names) != 1 and instrument is None:
        return
    if len(fold(lead.rest.chars)) < _LEAST or lead.heading.kind is None:
        return
    kind = lead.heading.kind
    indicators = (names[0].no,) if len(names) == 1 else ()
    written = instrument.code if instrument else context.instrument
    instrument_code = instrument_of(indicators, None, written, context.year)
    yield FindingDraft(kind, lead.rest, instrument_code, indicators, flags=(), support=(whole,))


def _states_score(chars: str, year: int | None) -> bool:
    """Tell whether a list item only names an indicator and its score."""
    names, numbers = find_indicators(chars, year), find_numbers(chars)
    return len(names) == 1 and bool(numbers) and len(fold(chars)) < len(fold(names[0].as_written)) + 40
