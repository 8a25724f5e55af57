"""Where a report names agencies: each mention with the kind of place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thaita.extract.structure.grid import Grid
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.source_text import SourceText
from thaita.normalize.agencies import Agency, find_agencies
from thaita.normalize.agency_types import one_of
from thaita.normalize.numerals import strip_marker
from thaita.normalize.places import find_places

_TITLE_LINES = 16
_SHORT = 140
_LABELLED = re.compile(rf"[\s*•|-]*(?:{one_of('label')})(?:\s*[:：|]\s*|\s+)(?=\S)")
_LABEL_CELL = re.compile(rf"\s*(?:{one_of('label')})\s*[:：]?\s*")
_DECORATION = re.compile(r"[\s*#_•|>–—-]*")
_UNIT = re.compile(rf"(?:ติดต่อ(?:สอบถาม)?\s*[:：]?\s*)?(?:(?:{one_of('unit')})[ก-๎]*\s+)*")
_POST = re.compile(rf"(?:{one_of('post')})$")
_BYSTANDER = re.compile(rf"(?:{one_of('bystander')})[\s\"“]*$")
_OWNED = re.compile(r"(?:ของ|หน่วยงาน|ประกาศ|ประเมิน|โปร่งใส|ITA)[\s:]*(?:[(][^()]*[)]\s*)?$")
_ADDRESS = re.compile(
    r"\s*(?:[(].*|[/|–—-].*|[0-9๐-๙]+|(?:[ตอจ]\.|ตำบล|อำเภอ|จังหวัด|แขวง|เขต|ถนน|เลขที่|โทร|สังกัด|กระทรวง|ที่ |วันที่|ครั้งที่|ส่วนที่).*"
    rf"|(?:{one_of('end')}|ปี).*|[*_#|\s]*)",
    re.DOTALL,
)
_LINES = frozenset({"line", "later_line", "label", "place_line", "place_label", "address_line"})
_ACTS = re.compile(r"\s*(?:ได้|มี(?:คะแนน|ผล)|เข้ารับ|ดำเนินการ|ขอประกาศ|จัดทำ|ทำคะแนน)")


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """An agency named in a report; `evidence` is a row of `data/agency_evidence.csv`, `following` the text from it on."""

    agency: Agency
    text: SourceText
    evidence: str
    following: str


def find_mentions(flow: Sequence[FlowItem]) -> Iterator[AgencyMention]:
    """Yield every agency that a report names, in order."""
    titles = _title_length(flow)
    line_before = False
    for i, item in enumerate(flow):
        if isinstance(item, Grid):
            yield from _in_table(item)
            continue
        title = i < titles or (item.heading and len(item.text) < _SHORT and not strip_marker(item.text.chars)[0])
        found = list(_in_paragraph(item, title, line_before))
        if not item.running:
            line_before = any(one.evidence in _LINES for one in found)
        yield from found
        if title and i + 1 < len(flow):
            yield from _over_two_lines(item, flow[i + 1])


def _title_length(flow: Sequence[FlowItem]) -> int:
    """Return how many items belong to the cover or title: those before the first table, list or long paragraph."""
    for i, item in enumerate(flow[:_TITLE_LINES]):
        if isinstance(item, Grid):
            return i
        long = len(item.text) >= _SHORT
        if i and not item.running and (long or strip_marker(item.text.chars)[0]):
            return i
    return min(len(flow), _TITLE_LINES)


def _in_table(grid: Grid) -> Iterator[AgencyMention]:
    heads = [head.text for head in grid.heads if head.text.chars]
    for text in heads:
        for agency in find_agencies(text.chars):
            yield _mention(agency, text, "sentence")
    for row in grid.rows:
        label = False
        for cell in row.cells:
            if cell.covered or cell.inherited or not cell.text.chars:
                continue
            for agency in find_agencies(cell.text.chars, alone=label or len(cell.text) < 80):
                yield _mention(agency, cell.text, "label" if label else "cell")
                label = False
            label = _LABEL_CELL.fullmatch(cell.text.chars) is not None


def _in_paragraph(para: FlowParagraph, title: bool, line_before: bool) -> Iterator[AgencyMention]:
    chars = para.text.chars
    labelled = _LABELLED.match(chars) if len(chars) < _SHORT else None
    start = labelled.end() if labelled else 0
    slot = chars[start:]
    short = len(chars) < _SHORT
    found = find_agencies(slot, alone=short)
    evidence = ""
    for agency in found:
        above = evidence
        evidence = _evidence(slot, agency, title, para, short)
        if labelled and evidence != "bystander":
            evidence = "label"
        if above in ("line", "later_line", "label", "running", "title"):
            evidence = "parent"
        yield _mention(agency, para.text, evidence, start)
        evidence = above if evidence == "parent" else evidence
    if not found:
        yield from _place_as_agency(para, slot, start, title, line_before, labelled is not None)


def _evidence(slot: str, agency: Agency, title: bool, para: FlowParagraph, short: bool) -> str:
    before, after = slot[: agency.start], slot[agency.end :]
    before = before[(m.end() if (m := _DECORATION.match(before)) else 0) :]
    ends = _ADDRESS.fullmatch(after) is not None
    filled = _UNIT.fullmatch(before) is not None or before.strip() in ("ประกาศ", "ของ")
    if short and filled and ends:
        return "running" if para.running else "line" if title else "later_line"
    if para.running and ends:
        return "post" if _POST.search(before) else "running"
    if short and _POST.search(before) and ends and len(before) < 30:
        return "post"
    if title and ends and (_OWNED.search(before) or (_has_edge(before) and not _BYSTANDER.search(before))):
        return "title"
    return "bystander" if _BYSTANDER.search(before) else "sentence"


def _has_edge(before: str) -> bool:
    return before[-1:].isspace() or not before


def _place_as_agency(
    para: FlowParagraph, slot: str, start: int, title: bool, line_before: bool, labelled: bool
) -> Iterator[AgencyMention]:
    """Yield a district or province as the agency itself, where a line names it and no other agency."""
    places = [place for place in find_places(slot) if place.level != "subdistrict"]
    for place in places:
        word = "อำเภอ" if place.level == "district" else "จังหวัด"
        at = slot.rfind(word, 0, place.start)
        if at < 0 or slot[at + len(word) : place.start].strip():
            continue
        before = slot[(m.end() if (m := _DECORATION.match(slot)) else 0) : at]
        after = slot[place.end :]
        filled = _UNIT.fullmatch(before) is not None or before.strip() in ("ประกาศ", "ของ")
        ends = _ADDRESS.fullmatch(after) is not None
        if len(slot) < _SHORT and filled and ends:
            kind = "place_running" if para.running else "place_line" if title else "address_line"
            evidence = "place_label" if labelled else "address_line" if line_before else kind
        elif title and ends and _OWNED.search(before):
            evidence = "place_title"
        elif before.endswith("ของ") or _ACTS.match(after):
            evidence = "place_sentence"
        else:
            continue
        doubt = ("place_or_agency",) if evidence in ("place_line", "address_line", "place_sentence") else ()
        agency = Agency(word + place.name, word, place.name, at, place.end, abbreviated=False, doubt=doubt)
        yield _mention(agency, para.text, evidence, start)
        return


def _over_two_lines(first: FlowParagraph, second: FlowItem) -> Iterator[AgencyMention]:
    """Yield an agency whose name goes on in the next line of a title."""
    if not isinstance(second, FlowParagraph) or not re.match(one_of("join"), second.text.chars):
        return
    joined = SourceText.join((first.text, second.text), " ")
    for agency in find_agencies(joined.chars, alone=True):
        if agency.start < len(first.text) < agency.end:
            yield _mention(agency, joined, _evidence(joined.chars, agency, True, first, True))


def _mention(agency: Agency, text: SourceText, evidence: str, offset: int = 0) -> AgencyMention:
    start, end = agency.start + offset, agency.end + offset
    return AgencyMention(agency, text[start:end], evidence, text.chars[start : start + 150])
