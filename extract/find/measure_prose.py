"""Measures from prose: a paragraph that names a measure, and labeled paragraphs that describe it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from thaita.extract.find.bold_titles import bold_title
from thaita.extract.find.column_contents import is_period
from thaita.extract.find.measure_tables import MeasureCandidate
from thaita.extract.structure.context import Context, FlowEntry
from thaita.extract.structure.labels import EMPTY_TEXT, Label, read_label
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.extract.structure.row_subject import RowSubject
from thaita.models.flags import Flag
from thaita.models.roles import DESCRIBE, PLAN, SHORT, Role
from thaita.models.source_text import SourceText
from thaita.normalize.headings import Heading, match_heading
from thaita.normalize.indicators import find_indicators, match_indicator
from thaita.normalize.list_items import split_items
from thaita.normalize.numerals import strip_marker
from thaita.normalize.owners import is_unit, split_owners

_FIELDS = DESCRIBE | {Role.INDICATOR, Role.TOPIC}
_MEASURE_NAME = re.compile(r"(?:มาตรการ|โครงการ|กิจกรรม)(?!ที่)\S{4,}")
_TITLE = Heading(Role.TITLE, None, "มาตรการ", 100.0)
_OWNER_AT_END = re.compile(r"\s*[(](?P<owner>[^()]{3,120})[)]\s*[.]?\s*$")
_PART = re.compile(r"\s*[,;|/]\s*")
_MIN_TITLE = 12
_INLINE = re.compile(
    r"[\s(](ผู้รับผิดชอบ|หน่วยงานที่รับผิดชอบ|หน่วยงานรับผิดชอบ|ระยะเวลาดำเนินการ|ระยะเวลา|กำหนดแล้วเสร็จภายใน|กำหนดแล้วเสร็จ|กำหนดเวลา|การกำกับติดตาม|การติดตาม)\s*:?\s*"
)
_NUMBERED = re.compile(r"\s*(?:มาตรการ|โครงการ|กิจกรรม)ที่\s*[0-9๐-๙]{1,3}(?![0-9๐-๙])\s*[.:]?\s*")
_MAX_TITLE = 400
_ORDER = re.compile(
    r"\s*(?:ข้อ\s*[0-9๐-๙]{1,3}\s*[.)]?|[(]?[0-9๐-๙]{1,3}[.)])?\s*(?P<title>(?:มาตรการ|โครงการ|กิจกรรม)[^\n]{5,160}?)\s+"
    r"(?:โดย)?(?:มอบหมาย)?ให้\s*(?P<owner>[^\n]{3,80}?)\s*(?:เป็นผู้)?(?:ดำเนินการ|รับผิดชอบ|ปฏิบัติ)"
    r"(?:ดังนี้|ดังต่อไปนี้)?\s*[:]?\s*(?P<steps>[^\n]+)"
)
"""A measure ordered by an announcement: มาตรการ… ให้กอง…ดำเนินการ (ก) … (ข) …"""


def find_prose_measures(
    entries: Sequence[FlowEntry], taken_ranges: Sequence[tuple[int, int]] = ()
) -> Iterator[tuple[int, MeasureCandidate]]:
    """Yield (position in the flow, candidate) for each measure that sentences or labeled paragraphs describe.

    `taken_ranges` are the first and last positions of measures that records state.

    A paragraph is the name of a measure only if at least two labeled fields follow it before the next name. One
    field for steps, owner or period is enough if the name has a label ("มาตรการ:") or a number.
    """
    i = 0
    taken = {at for first, last in taken_ranges for at in range(first, last + 1)}
    while i < len(entries):
        if i in taken:
            i += 1
            continue
        told = _sentence_measure(entries[i]) or _inline_measure(entries[i]) or _bullet_measure(entries[i])
        if told is not None:
            yield i, told
        title = _read_title(entries[i]) if told is None else None
        if title is None:
            i += 1
            continue
        reader = _FieldReader(title, entries[i].context)
        reader.add_period(entries[i])
        j = i + 1
        while j < len(entries) and reader.accept(entries[j]):
            j += 1
        if reader.is_described():
            yield i, reader.candidate
            i = j
        else:
            i += 1


def _sentence_measure(entry: FlowEntry) -> MeasureCandidate | None:
    """Return the measure that one sentence states: its name, the unit told to act, and the steps."""
    if not isinstance(entry.item, FlowParagraph) or entry.item.running:
        return None
    text = entry.item.text
    match = _ORDER.fullmatch(text.chars)
    if match is None or len(split_items(match["steps"])) < 2:
        return None
    owner = text[match.start("owner") : match.end("owner")].strip()
    if not split_owners(owner.chars) or not is_unit(owner.chars):
        return None
    title = text[match.start("title") : match.end("title")].strip()
    candidate = MeasureCandidate(subject=_read_subject(title, entry.context))
    candidate.add(Role.TITLE, [title])
    candidate.add(Role.OWNER, [owner])
    candidate.add(Role.STEPS, [text[match.start("steps") : match.end("steps")].strip()])
    candidate.support.append(text)
    return candidate


def _inline_measure(entry: FlowEntry) -> MeasureCandidate | None:
    """Return the measure of one sentence that contains labels: "๗.๑ จัดทำ… ผู้รับผิดชอบ กองคลัง ระยะเวลา …"."""
    if not isinstance(entry.item, FlowParagraph) or entry.item.running:
        return None
    text = entry.item.text
    marker, start = strip_marker(text.chars)
    named = _NUMBERED.match(text.chars, start)
    begin = named.end() if named else start
    labels = list(_INLINE.finditer(text.chars, begin))
    roles = [heading.role if (heading := match_heading(m[1])) else None for m in labels]
    if not (marker or named) or Role.OWNER not in roles or labels[0].start() - begin < _MIN_TITLE:
        return None
    if text.chars[labels[0].start()] == "(":  # brackets behind the title hold the fields
        end = len(text.chars.rstrip(" ."))
        if text.chars[end - 1] != ")":
            return None
        text = text[: end - 1]
    title, rest = bold_title(text[begin : labels[0].start()].strip(" :–-"), entry)
    candidate = MeasureCandidate(subject=_read_subject(title, entry.context))
    candidate.add(Role.TITLE, [title])
    # a list behind a bold title is one of steps; other words there are in no field and stay unread
    marks = [one.marker for one in split_items(rest.chars) if one.marker]
    steps = rest[rest.chars.find(marks[0].strip()) :] if marks else rest[len(rest) :]
    candidate.add(Role.STEPS, [steps] if steps else [])
    candidate.support += [text[:begin], title, steps, text[labels[0].start() :]]
    for i, (label, role) in enumerate(zip(labels, roles, strict=True)):
        value = text[label.end() : labels[i + 1].start() if i + 1 < len(labels) else len(text)]
        if role == Role.OWNER and not is_unit(value.chars.strip(" :")):
            return None
        if role is not None:
            candidate.add(role, [value.strip(" :")])
    return candidate


def _bullet_measure(entry: FlowEntry) -> MeasureCandidate | None:
    """Return the measure of a list item that ends with the unit, and perhaps the period: "• … (กองคลัง, ม.ค. 2568)"."""
    if not isinstance(entry.item, FlowParagraph) or entry.item.running or entry.list_item:
        return None
    text = entry.item.text
    marker, start = strip_marker(text.chars)
    end = _OWNER_AT_END.search(text.chars)
    if not marker or end is None or end.start() - start < _MIN_TITLE:
        return None
    owners, periods = _unit_and_period(text[end.start("owner") : end.end("owner")])
    if not owners or not all(is_unit(owner.chars) for owner in owners):
        return None
    title = text[start : end.start()].strip()
    candidate = MeasureCandidate(subject=_read_subject(EMPTY_TEXT, entry.context))
    candidate.add(Role.TITLE, [title])
    candidate.add(Role.OWNER, owners)
    candidate.add(Role.PERIOD, periods)
    candidate.support.append(text)
    return candidate


def _unit_and_period(text: SourceText) -> tuple[list[SourceText], list[SourceText]]:
    """Return the parts of a bracket, between commas, that name units, and those that are a period."""
    ends = [(m.start(), m.end()) for m in _PART.finditer(text.chars)]
    starts = [0, *(end for _, end in ends)]
    parts = [
        text[a:b].strip() for a, b in zip(starts, [*(start for start, _ in ends), len(text)], strict=True)
    ]
    dated = [is_period(part.chars) and not is_unit(part.chars) for part in parts]
    if not any(dated):
        return [text], []
    owners = [part for part, is_date in zip(parts, dated, strict=True) if part and not is_date]
    return owners, [part for part, is_date in zip(parts, dated, strict=True) if is_date]


def _read_title(entry: FlowEntry) -> Label | None:
    if not isinstance(entry.item, FlowParagraph) or entry.item.running:
        return None
    label = entry.label
    text = entry.item.text
    if label is None or label.heading.role != Role.TITLE:
        marker, start = strip_marker(text.chars)
        named = marker and _MEASURE_NAME.match(text.chars, start) and len(text) <= _MAX_TITLE
        return Label(_TITLE, text[start:].strip(), False, marker, text) if named else None
    if len(label.rest) > _MAX_TITLE:
        return None
    return replace(label, rest=bold_title(label.rest, entry)[0]) if label.rest or label.number else None


class _FieldReader:
    """Collects the labeled fields of one measure."""

    def __init__(self, title: Label, context: Context) -> None:
        self.candidate = MeasureCandidate(subject=_read_subject(title.rest, context))
        self.candidate.add(Role.TITLE, [title.rest] if title.rest else [])
        self.candidate.support.append(title.rest)
        self.named = bool(title.number or (title.heading is not _TITLE and title.exact and title.rest))
        self.context = context
        self.role: Role | None = None if title.rest else Role.TITLE
        self.roles: set[Role] = set()

    def add_period(self, entry: FlowEntry) -> None:
        """Add the period behind a bold title on its line."""
        behind = (
            bold_title(entry.item.text, entry)[1] if isinstance(entry.item, FlowParagraph) else EMPTY_TEXT
        )
        if is_period(behind.chars):
            self.candidate.add(Role.PERIOD, [behind])
            self.roles.add(Role.PERIOD)

    def is_described(self) -> bool:
        """Return whether enough fields were found for the name to be that of a measure."""
        told = self.roles & PLAN
        return bool(self.candidate.fields.get(Role.TITLE)) and (len(told) >= 2 or (bool(told) and self.named))

    def _enters_other_indicator(self, entry: FlowEntry) -> bool:
        """Return whether a paragraph is the heading of another indicator than that of the measure."""
        own, other = self.context.indicator, entry.context.indicator
        return own is not None and other is not None and entry.is_heading and other.no != own.no

    def accept(self, entry: FlowEntry) -> bool:
        """Add a paragraph as a field or to the current field; return False if the measure ends before it."""
        if not isinstance(entry.item, FlowParagraph):
            return False
        if entry.item.running:
            return True
        text = entry.item.text
        if self.roles & PLAN and (_read_title(entry) is not None or self._enters_other_indicator(entry)):
            return False
        label = read_label(text, loose=True)
        if label is not None and label.heading.role == Role.TITLE and not (label.rest or label.number):
            self.role = Role.STEPS
            self.roles.add(Role.STEPS)
            self.candidate.support.append(text)
            return True
        if label is not None and label.heading.role is Role.OTHER:
            self.role = None
            return True
        if label is not None and label.heading.role in _FIELDS:
            self._start_field(label, text)
            return True
        if label is not None or entry.item.heading:
            return False
        if self.role is None and not strip_marker(text.chars)[0] and not entry.is_heading:
            return bool(self.roles)
        if self.role is None or (not strip_marker(text.chars)[0] and self._has_short_field()):
            return False
        self.candidate.add(self.role, [text])
        self.candidate.support.append(text)
        return True

    def _start_field(self, label: Label, text: SourceText) -> None:
        self.role = label.heading.role
        self.candidate.support.append(text)
        if self.role in (Role.INDICATOR, Role.TOPIC):
            self.candidate.subject = _read_subject(
                label.rest, Context(year=self.context.year), self.candidate.subject
            )
            return
        self.roles.add(self.role)
        if label.rest:
            self.candidate.add(self.role, [label.rest])

    def _has_short_field(self) -> bool:
        """Return whether the current field is short and has its text, so that plain text does not continue it."""
        return self.role in SHORT and bool(self.candidate.fields.get(self.role))


def _read_subject(text: SourceText, context: Context, before: RowSubject | None = None) -> RowSubject:
    match = match_indicator(text.chars, context.year) if text else None
    if match is not None:
        return RowSubject((match.no,), texts=(text,), flags=(Flag.AMBIGUOUS_NAME,) if match.close else ())
    found = [name for name in find_indicators(text.chars, context.year) if not name.doubtful] if text else []
    if before is not None and found:
        return RowSubject(tuple(sorted({name.no for name in found})))
    indicators = (context.indicator.no,) if context.indicator else ()
    return before or RowSubject(indicators, None if indicators else context.topic)
