"""Measures in prose: a paragraph that names a measure, and labelled paragraphs that describe it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thaita.extract.find.measure_tables import MeasureDraft
from thaita.extract.structure.context import Context, Placed
from thaita.extract.structure.labels import NOTHING, Label, read_label
from thaita.extract.structure.paragraphs import Para
from thaita.extract.structure.row_subject import About
from thaita.models.flags import Flag
from thaita.models.roles import DESCRIBE, PLAN, SHORT, Role
from thaita.models.source_text import SourceText
from thaita.normalize.headings import Heading, match_heading
from thaita.normalize.indicators import find_indicators, match_indicator
from thaita.normalize.list_items import split_items
from thaita.normalize.numerals import strip_marker
from thaita.normalize.owners import is_unit, split_owners

_FIELDS = DESCRIBE | {Role.INDICATOR, Role.TOPIC}
_NAMES_MEASURE = re.compile(r"(?:มาตรการ|โครงการ|กิจกรรม)(?!ที่)\S{4,}")
_TITLE = Heading(Role.TITLE, None, "มาตรการ", 100.0)
_OWNER_AT_END = re.compile(r"\s*[(](?P<owner>[^()]{3,120})[)]\s*[.]?\s*$")
_LEAST_TITLE = 12
_INLINE = re.compile(
    r"\s(ผู้รับผิดชอบ|หน่วยงานที่รับผิดชอบ|หน่วยงานรับผิดชอบ|ระยะเวลาดำเนินการ|ระยะเวลา|กำหนดแล้วเสร็จภายใน|กำหนดแล้วเสร็จ|กำหนดเวลา|การกำกับติดตาม|การติดตาม)\s*:?\s*"
)
_NUMBERED = re.compile(r"\s*(?:มาตรการ|โครงการ|กิจกรรม)ที่\s*[0-9๐-๙]{1,3}(?![0-9๐-๙])\s*[.:]?\s*")
_TITLE_AT_MOST = 400
_ORDERS = re.compile(
    r"\s*(?:ข้อ\s*[0-9๐-๙]{1,3}\s*[.)]?|[(]?[0-9๐-๙]{1,3}[.)])?\s*(?P<title>(?:มาตรการ|โครงการ|กิจกรรม)[^\n]{5,160}?)\s+"
    r"(?:โดย)?(?:มอบหมาย)?ให้\s*(?P<owner>[^\n]{3,80}?)\s*(?:เป็นผู้)?(?:ดำเนินการ|รับผิดชอบ|ปฏิบัติ)"
    r"(?:ดังนี้|ดังต่อไปนี้)?\s*[:]?\s*(?P<steps>[^\n]+)"
)
"""A measure as an announcement orders it: มาตรการ… ให้กอง…ดำเนินการ (ก) … (ข) …"""


def find_prose_measures(placed: Sequence[Placed]) -> Iterator[tuple[int, MeasureDraft]]:
    """Yield (position in the flow, measure) for each measure that labelled paragraphs describe.

    A paragraph counts as a measure's name only if at least two labelled fields follow it before the next
    one, or one that says how or who or when where the name has a label ("มาตรการ:") or a number.
    """
    i = 0
    while i < len(placed):
        told = _sentence(placed[i]) or _inline(placed[i]) or _bullet(placed[i])
        if told is not None:
            yield i, told
        title = _title(placed[i]) if told is None else None
        if title is None:
            i += 1
            continue
        reader = _Reader(title, placed[i].context)
        j = i + 1
        while j < len(placed) and reader.takes(placed[j]):
            j += 1
        if reader.described():
            yield i, reader.draft
            i = j
        else:
            i += 1


def _sentence(placed: Placed) -> MeasureDraft | None:
    """Return the measure that one sentence gives: its name, who is told to act, and the steps."""
    if not isinstance(placed.item, Para) or placed.item.running:
        return None
    text = placed.item.text
    match = _ORDERS.fullmatch(text.chars)
    if match is None or len(split_items(match["steps"])) < 2:
        return None
    owner = text[match.start("owner") : match.end("owner")].strip()
    if not split_owners(owner.chars) or not is_unit(owner.chars):
        return None
    title = text[match.start("title") : match.end("title")].strip()
    draft = MeasureDraft(about=_about(title, placed.context))
    draft.add(Role.TITLE, [title])
    draft.add(Role.OWNER, [owner])
    draft.add(Role.STEPS, [text[match.start("steps") : match.end("steps")].strip()])
    draft.support.append(text)
    return draft


def _inline(placed: Placed) -> MeasureDraft | None:
    """Return the measure of one sentence with labels inside: "๗.๑ จัดทำ… ผู้รับผิดชอบ กองคลัง ระยะเวลา …"."""
    if not isinstance(placed.item, Para) or placed.item.running:
        return None
    text = placed.item.text
    marker, start = strip_marker(text.chars)
    named = _NUMBERED.match(text.chars, start)
    begin = named.end() if named else start
    labels = list(_INLINE.finditer(text.chars, begin))
    roles = [heading.role if (heading := match_heading(m[1])) else None for m in labels]
    if not (marker or named) or Role.OWNER not in roles or labels[0].start() - begin < _LEAST_TITLE:
        return None
    draft = MeasureDraft(about=_about(text[begin : labels[0].start()].strip(), placed.context))
    draft.add(Role.TITLE, [text[begin : labels[0].start()].strip(" :–-")])
    for i, (label, role) in enumerate(zip(labels, roles, strict=True)):
        value = text[label.end() : labels[i + 1].start() if i + 1 < len(labels) else len(text)]
        if role == Role.OWNER and not is_unit(value.chars.strip(" :")):
            return None
        if role is not None:
            draft.add(role, [value.strip(" :")])
    draft.support.append(text)
    return draft


def _bullet(placed: Placed) -> MeasureDraft | None:
    """Return the measure of a list item that ends with its responsible unit: "• … (กองคลัง)"."""
    if not isinstance(placed.item, Para) or placed.item.running or placed.list_item:
        return None
    text = placed.item.text
    marker, start = strip_marker(text.chars)
    end = _OWNER_AT_END.search(text.chars)
    if not marker or end is None or end.start() - start < _LEAST_TITLE or not is_unit(end["owner"]):
        return None
    title = text[start : end.start()].strip()
    draft = MeasureDraft(about=_about(NOTHING, placed.context))
    draft.add(Role.TITLE, [title])
    draft.add(Role.OWNER, [text[end.start("owner") : end.end("owner")]])
    draft.support.append(text)
    return draft


def _title(placed: Placed) -> Label | None:
    if not isinstance(placed.item, Para) or placed.item.running:
        return None
    label = placed.label
    text = placed.item.text
    if label is None or label.heading.role != Role.TITLE:
        marker, start = strip_marker(text.chars)
        named = marker and _NAMES_MEASURE.match(text.chars, start) and len(text) <= _TITLE_AT_MOST
        return Label(_TITLE, text[start:].strip(), False, marker, text) if named else None
    if len(label.rest) > _TITLE_AT_MOST:
        return None
    return label if label.rest or label.number else None


class _Reader:
    """Collects the labelled fields of one measure."""

    def __init__(self, title: Label, context: Context) -> None:
        self.draft = MeasureDraft(about=_about(title.rest, context))
        self.draft.add(Role.TITLE, [title.rest] if title.rest else [])
        self.draft.support.append(title.rest)
        self.named = bool(title.number or (title.heading is not _TITLE and title.exact and title.rest))
        self.context = context
        self.role: Role | None = None if title.rest else Role.TITLE
        self.roles: set[Role] = set()

    def described(self) -> bool:
        """Whether enough was said for the name to be a measure's."""
        told = self.roles & PLAN
        return bool(self.draft.fields.get(Role.TITLE)) and (len(told) >= 2 or (bool(told) and self.named))

    def _leaves(self, placed: Placed) -> bool:
        """Tell whether a heading of another indicator than the one that the measure stands under comes."""
        own, other = self.context.indicator, placed.context.indicator
        return own is not None and other is not None and placed.is_heading and other.no != own.no

    def takes(self, placed: Placed) -> bool:
        """Take a paragraph as a field or as what a field goes on with; False where the measure ends."""
        if not isinstance(placed.item, Para):
            return False
        if placed.item.running:
            return True
        text = placed.item.text
        if self.roles & PLAN and (_title(placed) is not None or self._leaves(placed)):
            return False
        label = read_label(text, loose=True)
        if label is not None and label.heading.role == Role.TITLE and not (label.rest or label.number):
            self.role = Role.STEPS
            self.roles.add(Role.STEPS)
            self.draft.support.append(text)
            return True
        if label is not None and label.heading.role is Role.OTHER:
            self.role = None
            return True
        if label is not None and label.heading.role in _FIELDS:
            self._field(label, text)
            return True
        if label is not None or placed.item.heading:
            return False
        if self.role is None and not strip_marker(text.chars)[0] and not placed.is_heading:
            return bool(self.roles)
        if self.role is None or (not strip_marker(text.chars)[0] and self._complete()):
            return False
        self.draft.add(self.role, [text])
        self.draft.support.append(text)
        return True

    def _field(self, label: Label, text: SourceText) -> None:
        self.role = label.heading.role
        self.draft.support.append(text)
        if self.role in (Role.INDICATOR, Role.TOPIC):
            self.draft.about = _about(label.rest, Context(year=self.context.year), self.draft.about)
            return
        self.roles.add(self.role)
        if label.rest:
            self.draft.add(self.role, [label.rest])

    def _complete(self) -> bool:
        """Plain text after a field that has its text starts something new."""
        return self.role in SHORT and bool(self.draft.fields.get(self.role))


def _about(text: SourceText, context: Context, before: About | None = None) -> About:
    match = match_indicator(text.chars, context.year) if text else None
    if match is not None:
        return About((match.no,), texts=(text,), flags=(Flag.AMBIGUOUS_NAME,) if match.close else ())
    found = [name for name in find_indicators(text.chars, context.year) if not name.doubtful] if text else []
    if before is not None and found:
        return About(tuple(sorted({name.no for name in found})))
    indicators = (context.indicator.no,) if context.indicator else ()
    return before or About(indicators, None if indicators else context.topic)
