"""Context of each paragraph and table: the instrument, indicator, topic and label above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from thaita.extract.structure.grid import Grid
from thaita.extract.structure.labels import NUMBERED, STYLED, Label, read_label
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.records import Instrument
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.heading_model import likely_labels
from thaita.normalize.indicators import Found, find_indicators, find_instrument, match_indicator
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import strip_marker, to_arabic
from thaita.normalize.topics import match_topic

_MAX_HEADING = 160
_SECTION_NUMBER = re.compile(
    r"\s*(?:ส่วนที่|บทที่|ตอนที่|หมวดที่)?\s*[(]?[0-9๐-๙]{1,2}(?:\s?[.]\s?[0-9๐-๙]{1,2})*\s?[.)]?"
)
_BEFORE_NAME = re.compile(
    r"[\s(]*(?:ตัวชี้วัด)?\s*(?:ที่|ด้าน|ย่อย)?\s*[(]?\d{0,2}(?:[.]\d)?[).:]?\s*(?:ชื่อ(?:ตัวชี้วัด)?|ด้าน|เรื่อง|:|-|–)?\s*"
)
_LONG = 60
"""Least letters of a paragraph that is no line of a title."""
_INDICATOR_NUMBER = re.compile(r"\s*[(]?\d{1,2}[.)]*\s*ตัวชี้วัดที่\s*\d")
_SHORT = 16
"""Most letters of a line that is only an instrument's name."""
_IN_BRACKETS = re.compile(r"[(][ieo]it[)]$")
_FIGURE = re.compile(r"\d[.]\d\d")
_WORDS_AROUND = 36
"""Most letters beside an indicator's name in a heading that the layout marks or numbers."""
_FEW_WORDS_AROUND = 16
"""The same in any other short line."""
_SURE_HEADING = 90
"""Likeness (0-100) from which words are a heading even if their number is one of an item below the open label."""
_SECTION_ROLES = frozenset({Role.NARRATIVE, Role.TITLE, Role.RESULT, Role.SCORE, Role.TOTAL})
"""Roles of headings that open another section of the report."""
_SWOT = re.compile(r"\s*[SWOT][0-9๐-๙]{1,2}[.):]?\s+")
_ITEM_NUMBER = re.compile(r"[(]?(\d{1,3})[.)]*")


@dataclass(frozen=True, slots=True)
class Context:
    """The headings that apply at a position in the report.

    `above` is the instrument named on the line directly above; `opened` is the label of the current list;
    `year` is the fiscal year (B.E.) whose indicators the report uses.
    """

    instrument: Instrument | None = None
    instrument_conflict: bool = False
    above: Instrument | None = None
    indicator: Found | None = None
    topic: int | None = None
    opened: Label | None = None
    heading: SourceText | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class FlowEntry:
    """An item of the flow with its context.

    `label` is the label at the start of a paragraph; `body` is the offset of a list item's text after its marker.
    """

    item: FlowItem
    context: Context
    label: Label | None = None
    is_heading: bool = False
    list_item: bool = False
    body: int = 0


def add_context(flow: Sequence[FlowItem], year: int | None = None) -> list[FlowEntry]:
    """Return the items of the flow, each with its context.

    `year` is the fiscal year (B.E.) whose indicators the report uses, None if it is unknown.
    """
    walker = _ContextTracker(year)
    return [walker.enter(item, following) for item, following in zip_longest(flow, flow[1:])]


class _ContextTracker:
    """Tracks the context through the flow and decides when a heading changes it."""

    def __init__(self, year: int | None) -> None:
        self.context = Context(year=year)
        self.next_number = 1
        self.marked = False
        self.taken = False
        self.style = ""
        self.last: Literal["", "kind", "subject", "item"] = ""
        self.outer: Literal["", "kind", "subject"] = ""

    def enter(self, item: FlowItem, following: FlowItem | None) -> FlowEntry:
        """Return an item with its context; `following` is the next item of the flow."""
        if isinstance(item, Grid):
            # a table without heads can be the list below the open label
            placed = FlowEntry(item, self.context if not item.roles else replace(self.context, opened=None))
            words = len(item.rows) == 1 and not item.roles
            self.context = replace(self.context, above=None, opened=self.context.opened if words else None)
            return placed
        if item.running:
            if item.signature:
                self.context = replace(self.context, opened=None)
            return FlowEntry(item, self.context)
        self.context = replace(self.context, above=None)
        marker, body = self._marker(item.text.chars)
        # the number of an item below the open label is no evidence of a heading
        below = bool(marker) and self._is_below_label(marker)
        label = read_label(item.text, evidence=0.0 if below and not item.heading else _evidence(item))
        if label is not None and not _is_borne_out(label, item, following):
            label = None
        if label is not None and label.rest and _only_indicator(label.rest.chars, self.context.year, 0.0):
            # "ผลการวิเคราะห์ตัวชี้วัด การใช้อำนาจ" is the heading of its indicator
            label = None
        caption = isinstance(following, Grid) and not marker
        if not caption and self._is_item(item, marker, label):
            self.taken = True
            self.last = "item"
            self.style = self.style or _style(marker)
            return FlowEntry(item, self.context, list_item=True, body=body)
        heading = self._enter_heading(item, label)
        if label is not None and _only_ends_lists(label):
            label = None
        return FlowEntry(item, self.context, label, is_heading=heading)

    def _is_item(self, item: FlowParagraph, marker: str, label: Label | None) -> bool:
        """Return whether a paragraph belongs to the open list.

        A number that goes on in the list's own style says more than words that are likely a heading.
        """
        if self.context.opened is None:
            return False
        if label is None and self._is_about_indicator(item, marker):
            return False
        if label is None:
            return self._continues_list(item, marker or None)
        if not label.heading.likely or not marker:
            return False
        below = self._is_below_label(marker) and label.heading.similarity < _SURE_HEADING
        return (below or _style(marker) == self.style) and self._continues_list(item, marker)

    def _is_about_indicator(self, item: FlowParagraph, marker: str) -> bool:
        """Return whether a paragraph speaks of an indicator that it names first, rather than listing a finding for it."""
        chars = item.text.chars
        if _starts_with_indicator(chars, self.context.year) is None:
            return False
        return not marker or bool(
            _INDICATOR_NUMBER.match(to_arabic(chars)) and ":" not in chars[:_MAX_HEADING]
        )

    def _marker(self, chars: str) -> tuple[str, int]:
        """Return the marker of a list item (a SWOT code, number or bullet) and the offset of its text."""
        swot = _SWOT.match(chars)
        if swot:
            return swot[0].strip(), swot.end()
        for above in (str(self.next_number - 1), self._label_number()):
            found = strip_marker(chars, below=above)
            if found[0]:
                return found
        return "", 0

    def _label_number(self) -> str:
        """Return the number of the open label, 4.1 for (๔.๑); an empty string without one."""
        own = self.context.opened.number if self.context.opened else None
        return ".".join(re.findall(r"\d+", to_arabic(own or "")))

    def _continues_list(self, item: FlowParagraph, marker: str | None) -> bool:
        """Return whether a paragraph is an item of the list that a label opened."""
        if item.heading:
            return False
        if _names_instrument_only(item.text.chars):
            return False
        if marker is None:
            return not self.marked and self.context.opened is not None and self.context.opened.exact
        self.marked = True
        if _only_indicator(item.text.chars, self.context.year, 0.0) is not None:
            return False
        number = _ITEM_NUMBER.fullmatch(to_arabic(marker).strip())
        if self._is_below_label(marker) or _SWOT.match(item.text.chars):
            return not _names_subject(item.text.chars, self.context.year)
        if number is None:
            return not re.search(r"\d", to_arabic(marker))
        if int(number[1]) not in (self.next_number, self.next_number - 1):
            return False
        self.next_number = int(number[1]) + 1
        return True

    def _is_below_label(self, marker: str) -> bool:
        """Return whether a marker such as 1.2 belongs to the number 1 of the open label or of the last item."""
        *above, _ = re.findall(r"\d+", to_arabic(marker)) or [""]
        path, label = ".".join(above), self._label_number()
        below_label = bool(label) and f"{path}.".startswith(f"{label}.")
        return bool(above) and (below_label or path == str(self.next_number - 1))

    def _enter_heading(self, item: FlowParagraph, label: Label | None) -> bool:
        chars = item.text.chars
        short = len(fold(chars)) <= _MAX_HEADING
        if label is not None and label.heading.role == Role.FINDING:
            return self._enter_kind(item, label)
        if label is not None:
            self.context = replace(self.context, opened=None)
            if _opens_section(label, item):
                self._leave_section()
        changed = (
            self._take_subject(chars, _evidence(item))
            if short or _starts_with_indicator(chars, self.context.year)
            else False
        )
        if changed:
            self.last = "subject"
        if changed and self.outer == "kind":
            # the subjects below a kind of finding share its list: จุดแข็ง, then (1) IIT, then its items
            self._restart()
            self.context = replace(self.context, heading=item.text)
            return short
        if changed:
            self.outer = self.outer or ("kind" if self._is_below_kind() else "subject")
            if self.outer == "kind":
                self._restart()
                self.context = replace(self.context, heading=item.text)
                return short
        numbered = _SECTION_NUMBER.match(chars)
        if changed or item.heading or (numbered and numbered.end() > 1 and short):
            self.context = replace(self.context, opened=None, heading=item.text)
            return short
        if self.context.opened is not None and not short:
            self.context = replace(self.context, opened=None)
        return False

    def _restart(self) -> None:
        """Expect a list that starts at 1, in any style."""
        self.next_number, self.marked, self.style = 1, False, ""

    def _is_below_kind(self) -> bool:
        """Return whether the last heading opened a kind of finding and nothing has been listed below it yet."""
        return self.context.opened is not None and not self.taken

    def _enter_kind(self, item: FlowParagraph, label: Label) -> bool:
        """Open the list below a heading of findings, or take a label before its text."""
        if label.rest:
            self.context = replace(self.context, opened=None)
            return False
        if self.outer == "kind" and self.last == "subject":
            # a kind right below a subject: the kind above both was the section's title
            self.outer = "subject"
        elif self.outer == "kind":
            self.context = replace(self.context, indicator=None, topic=None, instrument=None)
        self._restart()
        self.taken = False
        self._take_subject(item.text.chars, _evidence(item))
        self.context = replace(self.context, opened=label)
        self.last = "kind"
        return True

    def _leave_section(self) -> None:
        """Forget the subjects of the section before."""
        self.outer = ""
        self.context = replace(
            self.context, indicator=None, topic=None, instrument=None, instrument_conflict=False
        )

    def _take_subject(self, chars: str, evidence: float) -> bool:
        """Add the subject of a heading to the context; return whether it names one."""
        context = subject_of(chars, self.context, evidence)
        self.context = context or self.context
        return context is not None


def subject_of(chars: str, context: Context, evidence: float) -> Context | None:
    """Return a context with the topic, indicator or instrument that a heading names; None if it names none.

    `evidence` is how much the layout says that the line is a heading, as a difference in log odds.
    """
    topic = match_topic(chars)
    indicator = _starts_with_indicator(chars, context.year) or _only_indicator(chars, context.year, evidence)
    instrument = find_instrument(chars) if len(fold(chars)) <= _MAX_HEADING else None
    if topic is not None:
        return replace(context, topic=topic.no, indicator=None)
    if indicator is not None:
        return replace(context, indicator=indicator)
    if instrument is None:
        return None
    code = instrument.code
    return replace(
        context, instrument=code, instrument_conflict=instrument.conflict, above=code, indicator=None
    )


def _names_instrument_only(chars: str) -> bool:
    """Return whether a short line names an instrument and says nothing about it, as a heading does."""
    folded = fold(chars)
    if len(folded) > _MAX_HEADING or find_instrument(chars) is None:
        return False
    return (
        len(folded) <= _SHORT or bool(_IN_BRACKETS.search(folded)) or likely_labels(chars)[0][0] == "section"
    )


def _style(marker: str) -> str:
    """Return the form of a marker, with # for its numbers: "(#)" for (12)."""
    return re.sub(r"\d+", "#", to_arabic(marker).strip())


def _evidence(item: FlowParagraph) -> float:
    """Return how much the layout says that a paragraph is a heading, as a difference in log odds."""
    if item.heading:
        return STYLED
    numbered = _SECTION_NUMBER.match(item.text.chars)
    return NUMBERED if numbered and numbered.end() > 1 else 0.0


def _only_ends_lists(label: Label) -> bool:
    """Return whether a label is likely the heading of a section, whose words say too little about the lines below."""
    return label.heading.likely and label.heading.role in _SECTION_ROLES


def _is_borne_out(label: Label, item: FlowParagraph, following: FlowItem | None) -> bool:
    """Return whether what follows bears out a heading of findings that nothing but its words makes likely.

    A list, a table or a long paragraph does; the next line of a title does not.
    """
    if not label.heading.likely or label.rest or label.heading.role != Role.FINDING or _evidence(item) > 0:
        return True
    if following is None or isinstance(following, Grid):
        return following is not None
    return bool(strip_marker(following.text.chars)[0]) or len(fold(following.text.chars)) >= _LONG


def _opens_section(label: Label, item: FlowParagraph) -> bool:
    """Return whether a label is the heading of a section of other content, whose words name no subject."""
    return not label.rest and label.heading.role in _SECTION_ROLES and (item.heading or label.heading.likely)


def _names_subject(chars: str, year: int | None) -> bool:
    """Return whether a numbered line is the heading of an instrument, indicator or topic, not a list item."""
    if len(fold(chars)) > _MAX_HEADING:
        return False
    named = find_instrument(chars) or match_topic(chars) or match_indicator(chars, year)
    return named is not None


def _only_indicator(chars: str, year: int | None, evidence: float) -> Found | None:
    """Return the only indicator that a heading names, wherever it stands; None if there is much else in the line."""
    names = find_indicators(chars, year)
    if len(names) != 1 or _FIGURE.search(to_arabic(chars)):
        return None
    others = len(fold(chars)) - len(fold(names[0].as_written))
    return names[0] if others <= (_WORDS_AROUND if evidence > 0 else _FEW_WORDS_AROUND) else None


def _starts_with_indicator(chars: str, year: int | None) -> Found | None:
    """Return the indicator at the start of a paragraph, after an optional number; None without one."""
    _, start = strip_marker(chars)
    for found in find_indicators(chars[: start + 120], year):
        if _BEFORE_NAME.fullmatch(to_arabic(chars[start : found.start])):
            return found
        break
    return None
