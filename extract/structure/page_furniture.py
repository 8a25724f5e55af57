"""Page furniture: signatures, running heads between pages, and the paragraphs that they split."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from thaita.extract.structure.grid import Grid
from thaita.extract.structure.labels import read_label
from thaita.extract.structure.paragraphs import FlowParagraph, fold_without_page_number, is_heading
from thaita.models.document import Document
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.headings import match_heading
from thaita.normalize.indicators import find_indicators
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import find_numbers, strip_marker

FlowItem = FlowParagraph | Grid

_SIGNATURE = re.compile(
    r"\s*[(]?\s*(?:ลงชื่อ|ลงนาม|\(ลงชื่อ\)|ผู้จัดทำ\s*$|ผู้รายงาน\s*$|ผู้รับรอง\s*$"
    r"|(?:[(]\s*(?:นาย|นาง|นางสาว|น\.ส\.|ว่าที่|จ่า|พ\.จ\.อ|จ\.อ|ส\.อ|ร\.ต|ดร\.)[^)]{3,60}[)]\s*$))"
)
_OFFICE = re.compile(
    r"\s*(?:ตำแหน่ง|หัวหน้า|ปลัด|นายก|ผู้อำนวยการ|ผอ\.|รอง|นัก|เจ้าพนักงาน|ประธาน|ผู้ว่า|อธิบดี|เลขา|คณบดี|อธิการ|วันที่)"
)
_MAX_OFFICE = 70
_PART_OPENING = re.compile(
    r"ส่วนที่|บทที่|ตอนที่|หมวด|ตัวชี้วัด|ข้อ|ตาราง|ภาพ|แบบ(?:วัด|ตรวจ)|มาตรการที่|จึงเรียน|ทั้งนี้|นอกจากนี้|จาก"
)
_MIN_SPLIT = 60
"""Letters from which a paragraph is long enough to have been cut."""
_MIN_WRAPPED = 45
"""Letters from which a list item or labelled sentence may run on in the next line."""
_LETTER = re.compile(r"[\u0e01-\u0e4e]")


def mark_signatures(flow: list[FlowItem]) -> list[FlowItem]:
    """Return the flow with signature lines, and the office lines below them, marked as page furniture."""
    marked: list[FlowItem] = []
    signed = False
    for item in flow:
        if isinstance(item, FlowParagraph) and not item.running:
            short = len(fold(item.text.chars)) <= _MAX_OFFICE
            signs = short and bool(_SIGNATURE.match(item.text.chars))
            office = signed and short and bool(_OFFICE.match(item.text.chars))
            signed = signs or office
            if signs or office:
                item = replace(item, running=True, signature=True)
        elif isinstance(item, Grid):
            signed = False
        marked.append(item)
    return marked


def mark_running_heads(flow: list[FlowItem]) -> list[FlowItem]:
    """Return the flow with repeated lines directly below other page furniture marked as running heads."""
    counts = Counter(
        fold_without_page_number(item.text.chars) for item in flow if isinstance(item, FlowParagraph)
    )
    marked: list[FlowItem] = []
    for item in flow:
        if (
            isinstance(item, FlowParagraph)
            and marked
            and _is_running(marked[-1])
            and not is_heading(item.text.chars)
        ):
            folded = fold_without_page_number(item.text.chars)
            item = replace(item, running=item.running or (counts[folded] > 1 and len(folded) >= 15))
        marked.append(item)
    return marked


def join_split_paragraphs(flow: list[FlowItem], document: Document) -> list[FlowItem]:
    """Join paragraphs that a page's foot and head, or in a text file the end of a line, cut in two.

    Over page furniture: the first part is long and ends in a letter, and the second begins with one and
    is no heading, label or list item. At a line's end: the first part is a list item or a labelled
    finding besides, and the second stands on the very next line.
    """
    joined: list[FlowItem] = []
    before: int | None = None  # the last that is no page furniture
    for item in flow:
        cut = joined[before] if before is not None else None
        if not (isinstance(item, FlowParagraph) and isinstance(cut, FlowParagraph) and before is not None):
            before = before if _is_running(item) else len(joined)
            joined.append(item)
        elif before < len(joined) - 1 and _continues(cut, item, _MIN_SPLIT):
            joined[before:] = [*joined[before + 1 :], _join(cut, item)]
            before = len(joined) - 1
        elif (
            before == len(joined) - 1
            and _is_next_line(cut, item, document)
            and _continues_on_next_line(cut, item)
        ):
            joined[before] = _join(cut, item)
        else:
            before = before if _is_running(item) else len(joined)
            joined.append(item)
    return joined


def _join(cut: FlowParagraph, rest: FlowParagraph) -> FlowParagraph:
    return replace(cut, text=SourceText.join((cut.text, rest.text), " "))


def _is_running(item: FlowItem) -> bool:
    return isinstance(item, FlowParagraph) and item.running


def _continues(cut: FlowParagraph, rest: FlowParagraph, least: int) -> bool:
    if cut.heading or rest.heading or rest.running or len(cut.text) < least:
        return False
    if not (_LETTER.match(cut.text.chars[-1:]) and _LETTER.match(rest.text.chars)):
        return False
    if _PART_OPENING.match(rest.text.chars):
        return False
    colon = rest.text.chars.partition(":")[0]
    return not (strip_marker(rest.text.chars)[0] or is_heading(rest.text.chars) or match_heading(colon))


def _is_next_line(cut: FlowParagraph, rest: FlowParagraph, document: Document) -> bool:
    if document.media_type != "text/plain":
        return False
    between = document.text[cut.text.origin[-1] + 1 : rest.text.origin[0]]
    return between.count("\n") == 1


def _continues_on_next_line(cut: FlowParagraph, rest: FlowParagraph) -> bool:
    """Return whether a list item or labelled finding runs on in the line below it."""
    if (
        not _continues(cut, rest, _MIN_WRAPPED)
        or find_indicators(rest.text.chars)
        or find_numbers(rest.text.chars)
    ):
        return False
    label = read_label(cut.text)
    labelled = label is not None and label.heading.role == Role.FINDING and bool(label.rest)
    return (labelled or bool(strip_marker(cut.text.chars)[0])) and read_label(rest.text) is None
