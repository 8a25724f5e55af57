"""What a page adds to the text: signatures, running heads between two pages, sentences that they cut."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from thaita.extract.structure.grid import Grid
from thaita.extract.structure.labels import read_label
from thaita.extract.structure.paragraphs import Para, is_heading, without_page
from thaita.models.document import Document
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.headings import match_heading
from thaita.normalize.indicators import find_indicators
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import find_numbers, strip_marker

Item = Para | Grid

_SIGNATURE = re.compile(
    r"\s*[(]?\s*(?:ลงชื่อ|ลงนาม|\(ลงชื่อ\)|ผู้จัดทำ\s*$|ผู้รายงาน\s*$|ผู้รับรอง\s*$"
    r"|(?:[(]\s*(?:นาย|นาง|นางสาว|น\.ส\.|ว่าที่|จ่า|พ\.จ\.อ|จ\.อ|ส\.อ|ร\.ต|ดร\.)[^)]{3,60}[)]\s*$))"
)
_OFFICE = re.compile(
    r"\s*(?:ตำแหน่ง|หัวหน้า|ปลัด|นายก|ผู้อำนวยการ|ผอ\.|รอง|นัก|เจ้าพนักงาน|ประธาน|ผู้ว่า|อธิบดี|เลขา|คณบดี|อธิการ|วันที่)"
)
_OFFICE_AT_MOST = 70
_OPENS_PART = re.compile(
    r"ส่วนที่|บทที่|ตอนที่|หมวด|ตัวชี้วัด|ข้อ|ตาราง|ภาพ|แบบ(?:วัด|ตรวจ)|มาตรการที่|จึงเรียน|ทั้งนี้|นอกจากนี้|จาก"
)
_CUT_FROM = 60
"""Letters from which a paragraph is long enough to have been cut."""
_WRAPPED_FROM = 45
"""Letters from which a list item or labelled sentence may run on in the next line."""
_LETTER = re.compile(r"[\u0e01-\u0e4e]")


def mark_signatures(flow: list[Item]) -> list[Item]:
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


def mark_heads(flow: list[Item]) -> list[Item]:
    """Mark a line that comes twice and stands right below a page's foot as a running head."""
    counts = Counter(without_page(item.text.chars) for item in flow if isinstance(item, Para))
    marked: list[Item] = []
    for item in flow:
        if isinstance(item, Para) and marked and _runs(marked[-1]) and not is_heading(item.text.chars):
            folded = without_page(item.text.chars)
            item = replace(item, running=item.running or (counts[folded] > 1 and len(folded) >= 15))
        marked.append(item)
    return marked


def join_cut(flow: list[Item], document: Document) -> list[Item]:
    """Join paragraphs that a page's foot and head, or in a text file the end of a line, cut in two.

    Over page furniture: the first part is long and ends in a letter, and the second begins with one and
    is no heading, label or list item. At a line's end: the first part is a list item or a labelled
    finding besides, and the second stands on the very next line.
    """
    joined: list[Item] = []
    before: int | None = None  # the last that is no page furniture
    for item in flow:
        cut = joined[before] if before is not None else None
        if not (isinstance(item, Para) and isinstance(cut, Para) and before is not None):
            before = before if _runs(item) else len(joined)
            joined.append(item)
        elif before < len(joined) - 1 and _goes_on(cut, item, _CUT_FROM):
            joined[before:] = [*joined[before + 1 :], _join(cut, item)]
            before = len(joined) - 1
        elif before == len(joined) - 1 and _is_next_line(cut, item, document) and _runs_on(cut, item):
            joined[before] = _join(cut, item)
        else:
            before = before if _runs(item) else len(joined)
            joined.append(item)
    return joined


def _join(cut: Para, rest: Para) -> Para:
    return replace(cut, text=SourceText.join((cut.text, rest.text), " "))


def _runs(item: Item) -> bool:
    return isinstance(item, Para) and item.running


def _goes_on(cut: Para, rest: Para, least: int) -> bool:
    if cut.heading or rest.heading or rest.running or len(cut.text) < least:
        return False
    if not (_LETTER.match(cut.text.chars[-1:]) and _LETTER.match(rest.text.chars)):
        return False
    if _OPENS_PART.match(rest.text.chars):
        return False
    colon = rest.text.chars.partition(":")[0]
    return not (strip_marker(rest.text.chars)[0] or is_heading(rest.text.chars) or match_heading(colon))


def _is_next_line(cut: Para, rest: Para, document: Document) -> bool:
    if document.media_type != "text/plain":
        return False
    between = document.text[cut.text.origin[-1] + 1 : rest.text.origin[0]]
    return between.count("\n") == 1


def _runs_on(cut: Para, rest: Para) -> bool:
    """Tell whether a list item or labelled finding runs on in the line below it."""
    if (
        not _goes_on(cut, rest, _WRAPPED_FROM)
        or find_indicators(rest.text.chars)
        or find_numbers(rest.text.chars)
    ):
        return False
    label = read_label(cut.text)
    labelled = label is not None and label.heading.role == Role.FINDING and bool(label.rest)
    return (labelled or bool(strip_marker(cut.text.chars)[0])) and read_label(rest.text) is None
