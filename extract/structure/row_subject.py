"""The subject of a table row: its indicator, topic and item."""

from __future__ import annotations

import re
from dataclasses import dataclass

from thaita.extract.structure.context import Context, only_indicator
from thaita.extract.structure.grid import Grid, GridRow
from thaita.extract.structure.merged_cells import only_cell
from thaita.models.flags import Flag
from thaita.models.records import Instrument
from thaita.models.roles import SUBJECTS, Role
from thaita.models.source_text import SourceText
from thaita.normalize.frameworks import indicator
from thaita.normalize.indicators import find_instrument, match_indicator
from thaita.normalize.items import LETTERS, Item, decode_item
from thaita.normalize.topics import match_topic

_SUBJECT_ROLES = SUBJECTS | {Role.INSTRUMENT}
"""Roles of the columns that state the subject or instrument of a row."""
_ITEM_CODE = re.compile(rf"\s*[{LETTERS}{LETTERS.lower()}]\s?-?\s?[0-9๐-๙]{{1,2}}\s*")


@dataclass(frozen=True, slots=True)
class RowSubject:
    """The subject of a row, with the cells that state it and the flags about them."""

    indicators: tuple[int, ...] = ()
    topic: int | None = None
    item: Item | None = None
    instrument: Instrument | None = None
    texts: tuple[SourceText, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The instrument, indicator and topic that a heading row inside a table sets for the rows below it."""

    instrument: Instrument | None = None
    topic: int | None = None
    conflict: bool = False
    indicator: int | None = None


def read_section(grid: Grid, row: GridRow, before: Section, year: int | None) -> Section | None:
    """Return the section that a heading row opens; None for a data row. `year` (B.E.) is that of the indicators.

    An indicator alone in the column of indicators opens none, unless its cell goes over all columns: its row may
    share the cells of the row above.
    """
    cell = only_cell(row)
    if cell is None:
        return None
    text = cell.text.chars.replace("\n", " ")
    topic = match_topic(text)
    if topic is not None:
        return Section(before.instrument, topic.no)
    named = only_indicator(text, year, 0.0)
    column = next(c for c, one in enumerate(row.cells) if one is cell)
    found = find_instrument(text)
    # แบบวัดการเปิดเผยข้อมูลสาธารณะ (OIT) over all columns is an instrument and no indicator
    spans = found is None and all(one is cell or (one.covered and not one.inherited) for one in row.cells)
    if named is not None and (spans or grid.heads[column].role not in _SUBJECT_ROLES - {Role.TITLE}):
        return Section(before.instrument, None, before.conflict, named.no)
    return Section(found.code, before.topic, found.conflict) if found else None


def read_row_subject(
    grid: Grid, row: GridRow, section: Section, context: Context, year: int | None
) -> RowSubject:
    """Return the subject of a row: from its columns, else from the section, else from the context.

    `year` (B.E.) decides the meaning of item codes.
    """
    indicators: list[int] = []
    topic, item = section.topic, None
    instrument = section.instrument
    texts: list[SourceText] = []
    flags: list[str] = []
    for c, head in enumerate(grid.heads):
        text = row.cells[c].text
        if not text or head.role not in _SUBJECT_ROLES:
            continue
        chars = text.chars.replace("\n", " ")
        if head.role == Role.INSTRUMENT:
            found = find_instrument(chars)
            instrument = found.code if found else instrument
            continue
        if item is None and (head.role == Role.ITEM or _ITEM_CODE.fullmatch(chars)):
            item = decode_item(chars, year)
        elif (match := match_indicator(chars, context.year)) is not None and not indicators:
            indicators.append(match.no)
            flags += [Flag.AMBIGUOUS_NAME] if match.close else []
        elif head.role == Role.TOPIC and (found_topic := match_topic(chars)):
            topic = found_topic.no
            flags += [Flag.NUMBER_CONFLICT] if found_topic.conflict else []
        if not row.cells[c].inherited and head.role != Role.TITLE:
            texts.append(text)
    if item is not None and not item.certain:
        flags.append(Flag.AMBIGUOUS_ITEM)
    if not indicators and topic is None:
        above = section.indicator or (context.indicator.no if context.indicator else None)
        indicators += [above] if above is not None and _holds(above, item, context.year) else []
    if topic is None and not indicators:
        topic = context.topic
    return RowSubject(tuple(indicators), topic, item, instrument, tuple(texts), tuple(dict.fromkeys(flags)))


def _holds(no: int, item: Item | None, year: int | None) -> bool:
    """Return whether an indicator of a year (B.E.) can hold an item: both belong to the same instrument."""
    return item is None or indicator(no, year).instrument == item.instrument


def instrument_of(
    indicators: tuple[int, ...], item: Item | None, written: Instrument | None, year: int | None
) -> Instrument | None:
    """Return the instrument of a finding: that of its item, of its only indicator, or the one written above it.

    `year` is the fiscal year (B.E.) of the indicators.
    """
    if item is not None:
        return item.instrument
    if len(indicators) == 1:
        return indicator(indicators[0], year).instrument
    if written is not None:
        return written
    codes = {indicator(no, year).instrument for no in indicators}
    return codes.pop() if len(codes) == 1 else None
