"""Labels in running text: "จุดแข็ง: …", "ผู้รับผิดชอบ …", a heading that opens a list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from thaita.extract.structure.item_subject import names_subject_only, states_finding
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.cue_words import any_cue
from thaita.normalize.headings import Heading, is_phrase, likely_heading, match_heading
from thaita.normalize.match_key import fold
from thaita.normalize.memo import per_document
from thaita.normalize.numerals import strip_marker

_COLON = re.compile(r"\s*[:：]\s*|\s+[-–=]\s+|\s+(?:คือ|ได้แก่)\s+")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]{0,160}[)\]]")
_LIST_OPENING = re.compile(r"\s*(?:มี|คือ)?\s*(?:ดังนี้|ดังต่อไปนี้|ได้แก่|ประกอบด้วย|คือ|ประกอบไปด้วย)?\s*[:：]?\s*$")
_LONGEST_OPENING = 20
"""More letters than the words of `_LIST_OPENING` have together."""
_LABEL_END = re.compile(r"(?:ดังนี้|ดังต่อไปนี้|ได้แก่|คือ|[:：])\s*")
_NUMBERED = re.compile(r"(มาตรการ|โครงการ|กิจกรรม)\s*(?:ที่|ข้อที่|ข้อ)?\s*([0-9๐-๙]{1,3})(?![0-9๐-๙])\s*[.:)]?\s*")
_CONTINUATION = re.compile(
    r"(?i:ITA)|ของ|ใน|ที่|และ|หรือ|จาก|ปี|ตาม|เพื่อ|ต่อ|ดัง|มี|ด้าน|ประจำ|การประเมิน|[(/]|[0-9๐-๙]"
)
_MIN_FINDING = 15
_NEUTRAL_WORDS = re.compile(
    r"จาก(?:การ|ผล|ผลการ)(?:ประเมิน|วิเคราะห์)|ในภาพรวม|โดยรวม|ภาพรวม|ของหน่วยงาน|เพิ่มเติม|อื่นๆ|ที่สำคัญ|ที่พบ|ในการประเมิน|(?:ประจำ)?ปี(?:งบประมาณ)?(?:พ\.?ศ\.?)?\d{4}"
)
_LETTERED = re.compile(r"\s*[SWOT]\s*[:=\-–.]\s*(?=[\u0e01-\u0e4eA-Z])")
_BOX = re.compile(r"[(\[]\s*\S?\s*[)\]]")
_MAX_LABEL = 80
STYLED = 2.5
"""Evidence of a heading that the format marks as one: log odds of e to the 2.5, about 12 to 1."""
SET_OFF = 1.5
"""Evidence of a short line in bold or larger type."""
NUMBERED = 1.0
"""Evidence of a short line with a section number."""
_OF_SECTIONS = frozenset({Role.FINDING, Role.OPPORTUNITY, Role.NARRATIVE, Role.TITLE, Role.RESULT})
"""Roles of the headings of sections; a line of unknown words is none of the heads of columns."""
_LIKELY = 0.55
"""Least probability of a heading of unknown words that the layout supports."""
_VERY_LIKELY = 0.8
"""The same without support."""
_MAX_INLINE = 200
_LEAD = re.compile(rf"(?:\s*{any_cue('announces')})?\s*[:：]\s*$|\s*{any_cue('announces')}\s*$")
"""The end of a sentence that announces a list."""
_LEAD_WORDS = re.compile(r"(?:พบว่า|เห็นว่า|พบ|สรุป|ปรากฏว่า)?(?:ยัง)?(?:มี|พบ)(?=จุด|ข้อ|ประเด็น|สิ่ง|ปัญหา|เรื่อง)|\s")


EMPTY_TEXT = SourceText("", ())


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the start of a paragraph.

    `rest` is the text after the label, empty for a heading on its own line. `exact` says that the label contains
    only known words, so that plain text below belongs to it. `number` is its number ("มาตรการที่ ๒").
    """

    heading: Heading
    rest: SourceText
    exact: bool
    number: str | None = None
    text: SourceText = EMPTY_TEXT


def read_label(text: SourceText, *, loose: bool = False, evidence: float | None = None) -> Label | None:
    """Return the label at the start of a paragraph; None without one.

    `evidence` is how much the layout says that the paragraph is a heading, as a difference in log odds. With it, a
    heading of unknown words is a label too, if the words make it likely.

    `loose` also accepts a label that only white space separates from the text after it. That is safe only where
    labels are expected.
    """
    styled = evidence is not None and evidence >= STYLED
    label = _read(text, loose=loose, styled=styled) or (
        _read_likely(text, evidence) if evidence is not None else None
    )
    if label is not None and not label.rest and styled:
        label = replace(label, exact=True)
    return replace(label, text=text) if label is not None else None


def _read_likely(text: SourceText, evidence: float) -> Label | None:
    """Return a label of unknown words: a whole line, or the words before a colon."""
    marker, start = strip_marker(text.chars)
    body = text[start:]
    least = _LIKELY if evidence > 0 else _VERY_LIKELY
    colon = _COLON.search(body.chars[:_MAX_LABEL])
    if colon and colon.start() and colon[0].strip() in (":", "："):
        heading = likely_heading(body.chars[: colon.start()], _VERY_LIKELY, evidence)
        rest = body[colon.end() :].strip()
        if heading is not None and rest:
            return Label(heading, rest, False, marker or None)
    shown = _without_opening(_without_brackets(body.chars))
    heading = likely_heading(shown, least, evidence)
    if heading is None or heading.role not in _OF_SECTIONS:
        return None
    return Label(heading, body[len(body) :], True, marker or None)


def _read(text: SourceText, *, loose: bool, styled: bool = False) -> Label | None:
    marker, start = strip_marker(text.chars)
    lettered = _LETTERED.match(text.chars)
    body = text[lettered.end() if lettered else start :]
    numbered = _NUMBERED.match(body.chars)
    if numbered and (heading := match_heading(numbered[1])):
        return Label(heading, body[numbered.end() :].strip(" :–-"), True, numbered[2])
    colon = _COLON.search(body.chars[: _MAX_LABEL + 40])
    dash = colon is not None and colon[0].strip() in ("-", "–", "=")
    if (
        colon
        and colon.start()
        and (heading := _heading(body.chars[: colon.start()]))
        and not (dash and not _is_exact(body.chars[: colon.start()], heading))
    ):
        rest = body[colon.end() :].strip()
        if dash and rest and (second := match_heading(rest.chars.split()[0])) and second.role == heading.role:
            # "จุดแข็ง – จุดอ่อน แยกตามแบบวัด" is the heading of both
            return Label(heading, body[len(body) :], False, marker or None)
        return Label(heading, rest, _is_exact(body.chars[: colon.start()], heading), marker or None)
    found = _read_loose(body, marker or None)
    whole = styled or (found is not None and names_subject_only(found.rest.chars))
    if found is not None and found.heading.role == Role.FINDING and whole:
        # a heading of the format is one from its first to its last word
        return replace(found, rest=body[len(body) :])
    if found is not None and (loose or _is_finding(found)):
        return found
    if len(fold(body.chars)) <= _MAX_LABEL + 60 and (heading := _heading(body.chars)):
        return Label(heading, body[len(body) :], _is_exact(body.chars, heading), marker or None)
    return None


def _is_finding(label: Label) -> bool:
    """Return whether the text after a label of findings is a finding if only a space separates them."""
    rest = label.rest.chars
    weak = fold(label.heading.phrase).startswith(("การวิเคราะห์", "วิเคราะห์"))
    if label.heading.role != Role.FINDING or weak:
        return False
    if _CONTINUATION.match(rest) and not (rest.startswith("มี") and states_finding(rest)):
        return False
    return len(fold(rest)) >= _MIN_FINDING and match_heading(rest.split()[0]) is None


def _without_brackets(chars: str) -> str:
    return _BRACKETS.sub("", chars) if "(" in chars or "[" in chars else chars


def _without_opening(chars: str) -> str:
    """Return the words of a heading without those that open its list; only the last letters can be these."""
    at, left = len(chars), _LONGEST_OPENING
    while at and left:
        at -= 1
        left -= not chars[at].isspace()
    return chars[:at] + _LIST_OPENING.sub("", chars[at:])


@per_document
def _heading(chars: str) -> Heading | None:
    for shown in (_without_brackets(chars), chars):
        heading = match_heading(_without_opening(shown))
        if heading is not None:
            return heading
    plain = _NEUTRAL_WORDS.sub("", fold(_without_opening(_without_brackets(chars))))
    return match_heading(plain) if is_phrase(plain) else None


def _is_exact(chars: str, heading: Heading) -> bool:
    shown = fold(_without_opening(_without_brackets(chars)))
    return _NEUTRAL_WORDS.sub("", shown.removeprefix(fold(heading.phrase))) == ""


def _read_loose(body: SourceText, marker: str | None) -> Label | None:
    words = re.finditer(r"\s+", body.chars[:_MAX_LABEL])
    for gap in reversed(list(words)):
        if _BOX.search(body.chars[: gap.start()]):
            continue
        heading = match_heading(body.chars[: gap.start()])
        if (
            heading is not None
            and heading.similarity == 100
            and _is_exact(body.chars[: gap.start()], heading)
        ):
            return Label(heading, body[gap.end() :].strip(), True, marker)
    return None


def read_inline_label(text: SourceText) -> Label | None:
    """Return a label of findings within the first words of a paragraph: "… (IIT) … มีข้อเสนอแนะดังนี้ …".

    The words before the label name the subject; the text after it is the finding.
    """
    for lead in _LABEL_END.finditer(text.chars[:_MAX_INLINE]):
        before = text.chars[: lead.start()]
        heading = _last_heading(before)
        if heading is not None and heading.role == Role.FINDING:
            return Label(heading, text[lead.end() :].strip(), False)
    return None


_COUNT = re.compile(
    rf"\s*(?:{any_cue('amounts')})?\s*(?:[0-9๐-๙]{{1,2}}|{any_cue('few')})\s*{any_cue('piece')}\s*$"
)
"""How many findings a sentence announces: "มี 3 ประเด็น"."""


def without_count(words: str) -> str:
    """Return words that announce findings without their number.

    >>> without_count("จุดอ่อนมี 3 ประเด็น")
    'จุดอ่อน'
    """
    return _COUNT.sub("", words)


def read_lead(text: SourceText) -> Label | None:
    """Return the label of a sentence that announces a list of findings: "… เห็นว่ามีประเด็นที่ควรปรับปรุง ดังนี้"."""
    lead = _LEAD.search(text.chars)
    if lead is None:
        return None
    before = without_count(text.chars[: lead.start()].rstrip())
    heading = _last_heading(before)
    if heading is None:
        words = [match.end() for match in _LEAD_WORDS.finditer(before[-_MAX_LABEL:])]
        tail = before[-_MAX_LABEL:][words[-1] if words else 0 :]
        heading = match_heading(tail) or likely_heading(tail, _VERY_LIKELY)
    if heading is None or heading.role != Role.FINDING:
        return None
    return Label(heading, text[len(text) :], False, text=text)


def _last_heading(before: str) -> Heading | None:
    words = before.split()
    for count in range(1, min(3, len(words)) + 1):
        candidate = "".join(words[-count:]).removeprefix("มี").removeprefix("โดยมี")
        heading = match_heading(candidate)
        if heading is not None and heading.similarity == 100:
            return heading
    return None
