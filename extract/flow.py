"""The document as a reader follows it: paragraphs and logical tables in order, page furniture known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from thaita.extract.grid import Grid, append, build_grid, continues
from thaita.extract.inherit import inherit
from thaita.models.document import Document, Paragraph, Table
from thaita.models.source_text import SourceText
from thaita.normalize.fold import fold
from thaita.normalize.headings import match_heading
from thaita.normalize.indicators import find_instrument, match_indicator
from thaita.normalize.numerals import strip_marker
from thaita.normalize.topics import match_topic

_PAGE_NUMBER = re.compile(
    r"[-–(~|]?(?:หน้า(?:ที่)?|page)?\d{1,4}(?:(?:/|จาก|of)\d{1,4})?[-–)~|]?", re.IGNORECASE
)
_ENDS_IN_PAGE = re.compile(r"(?:หน้า(?:ที่)?|page)\d{1,4}$")
_SIGNATURE = re.compile(
    r"\s*[(]?\s*(?:ลงชื่อ|ลงนาม|\(ลงชื่อ\)|ผู้จัดทำ\s*$|ผู้รายงาน\s*$|ผู้รับรอง\s*$"
    r"|(?:[(]\s*(?:นาย|นาง|นางสาว|น\.ส\.|ว่าที่|จ่า|พ\.จ\.อ|จ\.อ|ส\.อ|ร\.ต|ดร\.)[^)]{3,60}[)]\s*$))"
)
_OFFICE = re.compile(
    r"\s*(?:ตำแหน่ง|หัวหน้า|ปลัด|นายก|ผู้อำนวยการ|ผอ\.|รอง|นัก|เจ้าพนักงาน|ประธาน|ผู้ว่า|อธิบดี|เลขา|คณบดี|อธิการ|วันที่)"
)
_OFFICE_AT_MOST = 70
_FURNITURE = re.compile(r"(?:หน้า(?:ที่)?|page)\d{1,4}(?:(?:/|จาก|of)\d{1,4})?$|[|]\d{1,4}$")
_OPENS_PART = re.compile(
    r"ส่วนที่|บทที่|ตอนที่|หมวด|ตัวชี้วัด|ข้อ|ตาราง|ภาพ|แบบ(?:วัด|ตรวจ)|มาตรการที่|จึงเรียน|ทั้งนี้|นอกจากนี้|จาก"
)
_CUT_FROM = 60
_LETTER = re.compile(r"[\u0e01-\u0e4e]")
_SHORTEST = 20
"""Folded letters of the shortest line that can be known as a running head by coming again."""
_REPEATED = 3
"""How often a line must come, each time before a table or page, to count as a running head."""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph in the flow.

    `running`: a page number, running head or foot, or a line of the
    signature block.
    """

    text: SourceText
    block: int
    heading: bool = False
    running: bool = False
    signature: bool = False


Item = Para | Grid


def read_flow(document: Document) -> list[Item]:
    """Return paragraphs and logical tables in reading order.

    A table that follows another, with nothing but running heads between them, and has the same
    header or none, goes on with it. A table of one cell is a frame around paragraphs.
    """
    repeated = _repeated(document)
    flow: list[Item] = []
    for item in _items(document, repeated):
        before = _table_before(flow) if isinstance(item, Grid) else None
        if isinstance(item, Grid) and before is not None and continues(item, before):
            append(before, item)
        else:
            flow.append(item)
    for item in flow:
        if isinstance(item, Grid):
            inherit(item)
    return _join_over_furniture(_mark_signatures(flow))


def _join_over_furniture(flow: list[Item]) -> list[Item]:
    """Join a paragraph that a page's foot and head cut in mid-sentence.

    Only where nothing but running heads stands between, the first part is long and ends in a letter, and
    the second begins with one and is no heading, label or list item.
    """
    joined: list[Item] = []
    for item in flow:
        before = next((j for j in range(len(joined) - 1, -1, -1) if not _runs(joined[j])), None)
        cut = joined[before] if before is not None and before < len(joined) - 1 else None
        if isinstance(item, Para) and isinstance(cut, Para) and before is not None and _goes_on(cut, item):
            whole = replace(cut, text=SourceText.join((cut.text, item.text), " "))
            joined[before:] = [*joined[before + 1 :], whole]
        else:
            joined.append(item)
    return joined


def _runs(item: Item) -> bool:
    return isinstance(item, Para) and item.running


def _goes_on(cut: Para, rest: Para) -> bool:
    if cut.heading or rest.heading or rest.running or len(cut.text) < _CUT_FROM:
        return False
    if not (_LETTER.match(cut.text.chars[-1:]) and _LETTER.match(rest.text.chars)):
        return False
    if _OPENS_PART.match(rest.text.chars):
        return False
    colon = rest.text.chars.partition(":")[0]
    return not (strip_marker(rest.text.chars)[0] or _is_heading(rest.text.chars) or match_heading(colon))


def _mark_signatures(flow: list[Item]) -> list[Item]:
    """Mark signature lines, and the lines of office below them, as no text of the report."""
    marked: list[Item] = []
    signed = False
    for item in flow:
        if isinstance(item, Para) and not item.running:
            short = len(fold(item.text.chars)) <= _OFFICE_AT_MOST
            signs = short and bool(_SIGNATURE.match(item.text.chars))
            office = signed and short and bool(_OFFICE.match(item.text.chars))
            signed = signs or office
            if signs or office:
                item = replace(item, running=True, signature=True)
        elif isinstance(item, Grid):
            signed = False
        marked.append(item)
    return marked


def _table_before(flow: list[Item]) -> Grid | None:
    for item in reversed(flow):
        if isinstance(item, Grid):
            return item
        if not item.running:
            return None
    return None


def _items(document: Document, repeated: frozenset[str]) -> Iterator[Item]:
    for i, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            if block.text:
                yield _paragraph(block, i, repeated)
        else:
            yield from _tables(block, i, repeated)


def _paragraph(block: Paragraph, i: int, repeated: frozenset[str]) -> Para:
    folded = fold(block.text.chars)
    running = block.role == "running" or bool(_PAGE_NUMBER.fullmatch(folded))
    running = running or (len(folded) <= 100 and bool(_FURNITURE.search(folded)))
    running = running or _without_page(block.text.chars) in repeated
    return Para(block.text, i, heading=block.role == "heading", running=running)


def _tables(table: Table, i: int, repeated: frozenset[str]) -> Iterator[Item]:
    if table.rows * table.columns == 1 or len(table.cells) == 1:
        for cell in table.cells:
            for line in cell.lines:
                yield _paragraph(Paragraph(line), i, repeated)
    else:
        yield build_grid(table, i)
    for cell in table.cells:
        for inner in cell.tables:
            yield from _tables(inner, i, repeated)


def _repeated(document: Document) -> frozenset[str]:
    """Return the folded lines that come again and again, as running heads do, page numbers left out.

    A heading of the field (a label, an instrument, an indicator, a topic) may come again and again too
    and is none.
    """
    lines = [block.text.chars for block in document.blocks if isinstance(block, Paragraph)]
    counts = Counter(_without_page(line) for line in lines)
    numbered = {_without_page(line) for line in lines if _ENDS_IN_PAGE.search(fold(line))}
    shown = {_without_page(line): line for line in lines}
    return frozenset(
        line
        for line, count in counts.items()
        if _SHORTEST <= len(line) <= 160
        and count >= (2 if line in numbered else _REPEATED)
        and not _is_heading(shown[line])
    )


def _without_page(chars: str) -> str:
    return _ENDS_IN_PAGE.sub("", fold(chars))


def _is_heading(chars: str) -> bool:
    readers = (match_heading, match_indicator, match_topic, find_instrument)
    return any(read(chars) is not None for read in readers)
