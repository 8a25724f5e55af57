"""Where a report names agencies: each mention with the kind of place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from thaita.extract.find.agency_extent import longer_names, with_rest
from thaita.extract.find.titles import SHORT, key_values, title_length
from thaita.extract.structure.grid import Grid
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.source_text import SourceText
from thaita.normalize.agencies import Agency, find_agencies
from thaita.normalize.agency_types import agency_words, one_of
from thaita.normalize.cue_words import any_cue
from thaita.normalize.numerals import strip_marker
from thaita.normalize.place_names import level_word
from thaita.normalize.places import find_places

_LABELLED = re.compile(rf"[\s*•|-]*(?:{one_of('label')})(?:\s*[:：|]\s*|\s+)(?=\S)")
_LABEL_CELL = re.compile(rf"\s*(?:{one_of('label')})\s*[:：]?\s*")
_DECORATION = re.compile(r"[\s*#_•|>–—-]*")
_UNIT = re.compile(rf"(?:(?:{one_of('contact')})\s*[:：]?\s*)?(?:(?:{one_of('unit')})[ก-๎]*\s+)*")
_POST = re.compile(rf"(?:{one_of('post')})$")
_BYSTANDER = re.compile(rf"(?:{one_of('bystander')})[\s\"“]*$")
_OWNED = re.compile(rf"(?:{one_of('owned')})[\s:]*(?:[(][^()]*[)]\s*)?$")
_ADDRESS = re.compile(
    rf"\s*(?:[(].*|[/|–—-].*|[0-9๐-๙]+|(?:{one_of('address')}|{one_of('end')}|{one_of('end_line')}).*|[*_#|\s]*)",
    re.DOTALL,
)
_LINES = frozenset({"line", "later_line", "title", "label", "place_line", "place_label", "address_line"})
_PROVINCE = re.compile(rf"^\s*(?:{level_word('province')}|{level_word('province')[0]}[.])\s*[ก-๎]+(?=\s)")
_FULL_LINE = 40
"""Characters from which a line of prose may go on in the next one."""
_LONGEST_REST = 40
_SEPARATORS = ("·", "|", "•", ":", "–", "—")
"""Signs between the parts of a title."""
_LETTER = re.compile(r"[\u0e01-\u0e4e]")
_POINTS = re.compile(rf"[0-9๐-๙]{{2,3}}(?:[.][0-9๐-๙]{{1,2}})?\s*(?:{any_cue('points')})")
_FIGURE = re.compile(rf"[0-9๐-๙][.][0-9๐-๙]|{any_cue('points')}")
_OTHER_LABEL = re.compile(one_of("other_label"))
_VENUE = re.compile(rf"(?:{one_of('venue')})[^.]{{0,25}}$")
_SUBJECT = re.compile(rf"(?:{one_of('subject')})\s*$")
_ACTS = re.compile(rf"\s*.{{0,14}}?(?:{one_of('act')})")
_SCORES = re.compile(rf"\s*(?:{one_of('scored')})")
_AREA_POST = re.compile(rf"(?:{one_of('area_post')})$")


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """An agency named in a report; `evidence` is a row of `data/agency_evidence.csv`, `following` the text from it on."""

    agency: Agency
    text: SourceText
    evidence: str
    following: str


def find_mentions(flow: Sequence[FlowItem]) -> list[AgencyMention]:
    """Return every agency that a report names, in order; its mentions together show how far a name goes."""
    found = list(_mentions(flow, {}))
    longer = longer_names((one.agency, one.following) for one in found)
    return list(_mentions(flow, longer)) if longer else found


def _agencies(text: str, longer: Mapping[str, str], alone: bool = False) -> list[Agency]:
    return [with_rest(agency, text, longer) for agency in find_agencies(text, alone)]


def _mentions(flow: Sequence[FlowItem], longer: Mapping[str, str]) -> Iterator[AgencyMention]:
    titles = title_length(flow)
    line_before = False
    yield from _in_particulars(flow, longer)
    for i, item in enumerate(flow):
        if isinstance(item, Grid):
            yield from _in_table(item, longer)
            continue
        title = i < titles or (
            item.heading and len(item.text) < SHORT and not strip_marker(item.text.chars)[0]
        )
        found = list(_in_paragraph(item, title, line_before, longer))
        if not item.running:
            line_before = any(one.evidence in _LINES for one in found)
        below = flow[i + 1] if i + 1 < len(flow) else None
        broken = list(_over_two_lines(item, below, title, longer)) if isinstance(below, FlowParagraph) else []
        starts = {one.text.origin[0] for one in broken}
        yield from (one for one in found if one.text.origin[0] not in starts)
        yield from broken


def _in_particulars(flow: Sequence[FlowItem], longer: Mapping[str, str]) -> Iterator[AgencyMention]:
    """Yield the agencies that fill a value of the report's particulars, whatever the label before them says."""
    for label, value in key_values(flow):
        chars = value.chars
        if len(chars) >= SHORT or _OTHER_LABEL.search(label.chars) or _LABELLED.match(label.chars + ": x"):
            continue
        for agency in _agencies(chars, longer, alone=True)[:1]:
            if _fills(chars, agency.start, agency.end) and not find_agencies(label.chars):
                yield _mention(agency, value, "value")


def _in_table(grid: Grid, longer: Mapping[str, str]) -> Iterator[AgencyMention]:
    rows = [[cell for cell in row.cells if not (cell.covered or cell.inherited)] for row in grid.rows]
    heads = [head.text for head in grid.heads]
    for cells in (heads, *([cell.text for cell in row] for row in rows)):
        label = False
        for text in cells:
            if label:
                yield from _in_label(text, longer)
            else:
                for agency in _agencies(text.chars, longer, alone=len(text) < 60):
                    owned = text.chars[: agency.start].rstrip().endswith(agency_words("possessive"))
                    yield _mention(agency, text, "head" if cells is heads or owned else "cell")
            label = _LABEL_CELL.fullmatch(text.chars) is not None


def _in_label(text: SourceText, longer: Mapping[str, str]) -> Iterator[AgencyMention]:
    """Yield the agency in the cell after a label."""
    found = _agencies(text.chars, longer, alone=True)
    for agency in found[:1]:
        yield _mention(agency, text, "label")
    if not found:
        for agency, evidence in _areas(text.chars):
            if evidence == "line":
                yield _mention(agency, text, "place_label")


def _in_paragraph(
    para: FlowParagraph, title: bool, line_before: bool, longer: Mapping[str, str]
) -> Iterator[AgencyMention]:
    chars = para.text.chars
    labelled = _LABELLED.match(chars) if len(chars) < SHORT else None
    start = labelled.end() if labelled else 0
    slot = chars[start:]
    short = len(chars) < SHORT
    found = _agencies(slot, longer, alone=short)
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
    if short and _fills(slot, agency.start, agency.end):
        return "running" if para.running else "line" if title else "later_line"
    if para.running and ends:
        return "post" if _POST.search(before) else "running"
    if short and _POST.search(before) and ends and len(before) < 30:
        return "post"
    beside = _VENUE.search(before) or (_BYSTANDER.search(before) and not _is_subject(before, after))
    if title and ends and (_OWNED.search(before) or (_has_edge(before) and not beside)):
        return "bystander" if _VENUE.search(before) else "title"
    if title and short and not before.strip() and _POINTS.search(after):
        return "headline"
    if beside:
        return "bystander"
    return "subject" if _ACTS.match(after) else "sentence"


def _is_subject(before: str, after: str) -> bool:
    """Return whether an agency after ที่ or ว่า is the subject of the clause: ตามที่ …, ที่ … ได้รับ."""
    return bool(_SUBJECT.search(before)) or (
        before.rstrip().endswith(agency_words("that")) and bool(_SCORES.match(after))
    )


def _fills(slot: str, start: int, end: int) -> bool:
    """Return whether a name fills a line, but for a unit before it and an address or a date after it."""
    before = slot[(m.end() if (m := _DECORATION.match(slot[:start])) else 0) : start]
    filled = _UNIT.fullmatch(before) is not None or before.strip() in agency_words("filled")
    return filled and _ADDRESS.fullmatch(slot[end:]) is not None and not _FIGURE.search(slot, end)


def _has_edge(before: str) -> bool:
    return before[-1:].isspace() or not before


def _place_as_agency(
    para: FlowParagraph, slot: str, start: int, title: bool, line_before: bool, labelled: bool
) -> Iterator[AgencyMention]:
    """Yield a district or province as the agency itself, where a line names it and no other agency."""
    for area, place in _areas(slot):
        evidence = "place_" + place
        if place == "line":
            kind = "place_running" if para.running else "place_line" if title else "address_line"
            labelled = labelled or slot.lstrip().startswith(agency_words("notice"))
            evidence = "place_label" if labelled else "address_line" if line_before else kind
        elif place == "title" and not title:
            evidence = "place_sentence"
        doubt = ("place_or_agency",) if evidence in ("place_line", "address_line", "place_sentence") else ()
        yield _mention(replace(area, doubt=doubt), para.text, evidence, start)
        return


def _areas(slot: str) -> Iterator[tuple[Agency, str]]:
    """Yield each district or province that may be an agency, with the place where it stands."""
    for place in find_places(slot):
        word = level_word(place.level)
        at = slot.rfind(word, 0, place.start)
        if place.level == "subdistrict" or at < 0 or slot[at + len(word) : place.start].strip():
            continue
        before, after = slot[:at], slot[place.end :]
        if place.level == "district":
            after = _PROVINCE.sub("", after)
        ends = _ADDRESS.fullmatch(after) is not None
        if len(slot) < SHORT and _fills(slot, at, place.end):
            where = "line"
        elif ends and len(slot) < SHORT and (_OWNED.search(before) or before.rstrip().endswith(_SEPARATORS)):
            where = "title"
        elif len(slot) < SHORT and ends and _AREA_POST.search(before):
            where = "post"
        elif _ACTS.match(after) and not _VENUE.search(before):
            where = "subject"
        elif before.endswith(agency_words("possessive")) or _SCORES.match(after):
            where = "sentence"
        else:
            continue
        yield Agency(word + place.name, word, place.name, at, place.end, abbreviated=False), where


def _over_two_lines(
    first: FlowParagraph, second: FlowParagraph, title: bool, longer: Mapping[str, str]
) -> Iterator[AgencyMention]:
    """Yield an agency whose name goes on in the next line: after a word such as และ, or of a full line of prose."""
    above, below = first.text.chars, second.text.chars
    joins = title and re.match(one_of("join"), below) is not None
    wraps = not title and len(above) >= _FULL_LINE and bool(_LETTER.match(above[-1]) and _LETTER.match(below))
    if not (joins or wraps) or second.running or second.heading:
        return
    joined = SourceText.join((first.text[-SHORT:], second.text[:SHORT]), _glue(below))
    boundary = min(len(above), SHORT)
    for agency in _agencies(joined.chars, longer, alone=joins):
        if agency.start < boundary < agency.end <= boundary + _LONGEST_REST:
            evidence = _evidence(joined.chars, agency, title, first, joins)
            yield _mention(agency, joined, evidence)


def _glue(below: str) -> str:
    """Return what stands between two lines of a name: Thai words follow each other without a space."""
    return " " if below.startswith((*agency_words("limited"), "(")) else ""


def _mention(agency: Agency, text: SourceText, evidence: str, offset: int = 0) -> AgencyMention:
    start, end = agency.start + offset, agency.end + offset
    return AgencyMention(agency, text[start:end], evidence, text.chars[start : start + 150])
