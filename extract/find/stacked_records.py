"""Measures of tables that text export or OCR wrote with each cell on lines of its own: the heads first, then row by row.

The order of the heads is that of the cells in each row. A number opens a row; owners, periods and statuses show by
their words where their cell begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from thaita.extract.find.column_contents import is_period, read_contents
from thaita.extract.find.measure_groups import style_of
from thaita.extract.find.record import Record
from thaita.extract.structure.column_heads import Head, read_head
from thaita.extract.structure.context import FlowEntry
from thaita.extract.structure.heading_evidence import is_closing
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.roles import DESCRIBE, Role
from thaita.models.source_text import SourceText
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import strip_marker
from thaita.normalize.owners import names_units

_HEADS = DESCRIBE | {Role.TITLE, Role.NUMBER}
_PLAIN = (Role.OWNER, Role.PERIOD, Role.STATUS)
_LEAST_HEADS = 3
_LONGEST_HEAD = 40


def stacked_records(entries: Sequence[FlowEntry]) -> list[Record]:
    """Return the measures of all tables whose cells are lines."""
    found: list[Record] = []
    i = 0
    while i < len(entries):
        heads = _heads(entries, i)
        if heads:
            rows = list(_rows(entries, i + len(heads), heads))
            if rows:
                found += rows
                i = rows[-1].end
        i += 1
    return found


def _heads(entries: Sequence[FlowEntry], first: int) -> list[Head]:
    """Return the heads that stand line by line from a position on; empty if they are not those of measures."""
    heads: list[Head] = []
    for entry in entries[first:]:
        item = entry.item
        if not isinstance(item, FlowParagraph) or len(item.text) > _LONGEST_HEAD:
            break
        head = read_head(item.text)
        if head is None or head.role not in _HEADS or head.role in [one.role for one in heads]:
            break
        heads.append(head)
    roles = {head.role for head in heads}
    told = Role.TITLE in roles and roles & set(_PLAIN)
    return heads if told and len(heads) >= _LEAST_HEADS else []


def _rows(entries: Sequence[FlowEntry], first: int, heads: Sequence[Head]) -> Iterator[Record]:
    """Yield the rows below the heads: each begins with the next number."""
    starts = _starts(entries, first)
    if len(starts) < 2:
        return
    columns = [head for head in heads if head.role is not Role.NUMBER]
    for start, end in pairwise([*starts, _end(entries, starts[-1], columns)]):
        record = Record(start, end - 1, entries[start].context, named=True)
        at = 0
        for i in range(start, end):
            text = _text(entries[i])
            if not text:
                continue
            at = _column(text, at, columns) if i > start else 0
            record.add(fold(columns[at].text.chars), columns[at].text, [text])
        yield record


def _starts(entries: Sequence[FlowEntry], first: int) -> list[int]:
    """Return the positions of the lines numbered 1, 2, 3, … in one style."""
    starts: list[int] = []
    style = ""
    for i in range(first, len(entries)):
        item = entries[i].item
        if not isinstance(item, FlowParagraph) or item.signature or (item.heading and starts):
            break
        found, number = style_of(item.text)
        if number == len(starts) + 1 and (not starts or found == style):
            starts.append(i)
            style = found
        elif i == first:
            break
    return starts


def _end(entries: Sequence[FlowEntry], last: int, columns: Sequence[Head]) -> int:
    """Return the position behind the last row: a heading, a closing, or a line that fits no column that is left."""
    at = 0
    for i in range(last, len(entries)):
        item = entries[i].item
        if not isinstance(item, FlowParagraph) or item.signature:
            return i
        text = _text(entries[i])
        if text and i > last:
            at = _column(text, at, columns)
            plain = columns[at].role in _PLAIN
            ends = entries[i].is_heading or entries[i].label is not None or is_closing(text.chars)
            if ends if not plain else not _fits(columns[at].role, text.chars):
                return i
    return len(entries)


def _text(entry: FlowEntry) -> SourceText | None:
    item = entry.item
    return item.text if isinstance(item, FlowParagraph) and not item.running else None


def _column(text: SourceText, at: int, columns: Sequence[Head]) -> int:
    """Return the column to which a line belongs, from the one of the line before it on."""
    chars = text.chars
    for i in range(at, len(columns)):
        if columns[i].role in _PLAIN and _fits(columns[i].role, chars):
            return i
    if columns[at].role in _PLAIN or (columns[at].role is Role.TITLE and strip_marker(chars)[0]):
        rest = [i for i in range(at + 1, len(columns)) if columns[i].role not in _PLAIN]
        return rest[0] if rest else at
    return at


def _fits(role: Role | None, chars: str) -> bool:
    """Return whether a line is a value of a plain role."""
    shown = chars[strip_marker(chars)[1] :].strip()
    if role is Role.OWNER:
        return names_units(shown)
    return is_period(shown) if role is Role.PERIOD else read_contents([shown]).plain() is role
