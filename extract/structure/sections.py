"""The sections of a report: which headings apply to each paragraph and table, and where lists begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Literal

from thaita.extract.structure.context import (
    Context,
    FlowEntry,
    is_about_indicator,
    is_instrument_of,
    is_name,
    names_instrument_only,
    names_subject,
    only_indicator,
    starts_with_indicator,
    subject_of,
    without_subject,
)
from thaita.extract.structure.grid import Grid
from thaita.extract.structure.heading_evidence import (
    heading_evidence,
    is_about_words,
    is_borne_out,
    is_closing,
    is_general,
    is_numbered_sentence,
    is_subheading,
    opens_section,
    section_number,
    starts_list,
    without_ending,
)
from thaita.extract.structure.item_subject import is_about_subject, is_likely_finding
from thaita.extract.structure.labels import STYLED, Label, read_label, read_lead
from thaita.extract.structure.list_markers import (
    ANSWER,
    QUESTION,
    SWOT,
    is_below,
    item_marker,
    marker_style,
    plain_number,
)
from thaita.extract.structure.list_numbers import ListNumbers
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import MAX_HEADING, FlowParagraph
from thaita.extract.structure.subject_run import SubjectRun
from thaita.models.roles import Role
from thaita.normalize.indicators import Found
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import strip_marker

_SURE_HEADING = 90
"""Likeness (0-100) from which words are a heading even if their number is one of an item below the open label."""


def add_context(flow: Sequence[FlowItem], year: int | None = None) -> list[FlowEntry]:
    """Return the items of the flow, each with its context.

    `year` is the fiscal year (B.E.) whose indicators the report uses, None if it is unknown.
    """
    walker = _ContextTracker(year)
    return [walker.enter(item, following) for item, following in zip_longest(flow, flow[1:])]


class _ContextTracker:
    """Tracks the context through the flow and decides when a heading changes it."""

    def __init__(self, year: int | None) -> None:
        self.context, self.numbers = Context(year=year), ListNumbers()
        self.taken = False
        self.last: Literal["", "kind", "subject", "item"] = ""
        self.outer: Literal["", "kind", "subject"] = ""
        self.run = SubjectRun()
        self.opened_by: FlowParagraph | None = None  # the heading that opened the list
        self.before_table = False
        self.headed: Found | None = None  # the indicator that the line directly above is the heading of
        self.listed_set_off = False
        """Whether the last item of the list stands out from the text."""

    def enter(self, item: FlowItem, following: FlowItem | None) -> FlowEntry:
        """Return an item with its context; `following` is the next item of the flow."""
        if isinstance(item, Grid):
            return self._enter_table(item)
        if item.running:
            if item.signature:
                self.context = replace(self.context, opened=None)
            return FlowEntry(item, self.context)
        self.context = replace(self.context, above=None)
        headed, self.headed = self.headed, None
        if headed is not None and is_instrument_of(item.text.chars, headed, self.context.year):
            return FlowEntry(item, self.context, is_heading=True)
        self.before_table = isinstance(following, Grid)
        marker, body = item_marker(item.text.chars, str(self.numbers.last), self._label_number)
        if (begin := self._in_section(item, following)) is not None:
            return FlowEntry(item, self.context, list_item=True, body=begin)
        label = self._label(item, following, marker)
        opened = label is None and self.context.opened is not None
        if opened and is_subheading(item, self.opened_by, following, marker):
            return self._enter_subheading(item)
        caption = isinstance(following, Grid) and not marker and not is_likely_finding(item.text.chars)
        heads = label is not None and label.heading.role == Role.FINDING and starts_list(following)
        if not caption and not heads and self._is_item(item, marker, label):
            self.taken = True
            self.listed_set_off = item.set_off
            self.last = "item"
            self.numbers.note(marker)
            return FlowEntry(item, self.context, list_item=True, body=body)
        if label is not None and label.heading.likely and is_name(item.text.chars):
            # the words of an instrument's or topic's name are likely a section's heading, but its subject says more
            label = None
        heading = self._enter_heading(item, label)
        self.headed = self.context.indicator if heading and self.last == "subject" else None
        if label is None and not heading and self._ends_list(item, marker):
            self.context = replace(self.context, opened=None)
        return FlowEntry(item, self.context, without_ending(label), is_heading=heading)

    def _enter_table(self, grid: Grid) -> FlowEntry:
        # a table without heads can be the list below the open label
        placed = FlowEntry(grid, self.context if not grid.roles else replace(self.context, opened=None))
        words = len(grid.rows) == 1 and not grid.roles
        self.context = replace(self.context, above=None, opened=self.context.opened if words else None)
        return placed

    def _in_section(self, item: FlowParagraph, following: FlowItem | None) -> int | None:
        """Return the offset of the text of an item whose number goes on with those of the section; None for others."""
        chars = item.text.chars
        plain = not item.heading and not item.set_off and not isinstance(following, Grid)
        if self.context.opened is None or not plain or not section_number(chars):
            return None
        if names_subject(chars, self.context.year) or read_label(item.text) is not None:
            return None
        first = not self.taken and not self._label_number and is_likely_finding(chars)
        if (begin := self.numbers.in_section(chars, first=first)) is not None:
            self.taken, self.last = True, "item"
        return begin

    def _enter_subheading(self, item: FlowParagraph) -> FlowEntry:
        if self._take_subject(item.text.chars, heading_evidence(item)):
            self.last = "subject"
        self.numbers.restart()
        self.context = replace(self.context, heading=item.text)
        return FlowEntry(item, self.context, is_heading=True)

    def _label(self, item: FlowParagraph, following: FlowItem | None, marker: str) -> Label | None:
        """Return the label that a paragraph is or starts with, if what surrounds it bears it out."""
        question = QUESTION.match(item.text.chars)
        if question:
            # a question ends the answer to the one before, and asks about what the answer states
            self.context = replace(self.context, opened=None)
            return read_label(item.text[question.end() :], evidence=STYLED)
        # the number of an item below the open label is no evidence of a heading
        below = bool(marker) and is_below(marker, self._label_number, self.numbers.last)
        label = read_label(item.text, evidence=0.0 if below and not item.heading else heading_evidence(item))
        if label is None and isinstance(following, FlowParagraph) and strip_marker(following.text.chars)[0]:
            return read_lead(item.text)
        if label is None or not is_borne_out(label, item, following):
            return None
        if self.context.opened is not None and is_about_words(label, item, marker, self.context.year):
            return None
        if isinstance(following, Grid) and self._is_below_kind() and is_general(label):
            # the caption of a table below a heading of findings says no more than the heading does
            return None
        if (
            label.heading.role == Role.FINDING
            and label.rest
            and only_indicator(label.rest.chars, self.context.year, 0.0)
        ):
            # "ผลการวิเคราะห์ตัวชี้วัด การใช้อำนาจ" is the heading of its indicator
            return None
        return label

    def _is_item(self, item: FlowParagraph, marker: str, label: Label | None) -> bool:
        """Return whether a paragraph belongs to the open list.

        A number that goes on in the list's own style says more than words that are likely a heading.
        """
        if self.context.opened is None:
            return False
        if label is None and is_about_indicator(item.text.chars, marker, self.context.year):
            return False
        if label is None:
            return self._continues_list(item, marker or None) and not self._ends_list(item, marker)
        if not label.heading.likely:
            return False
        if not marker:
            # "ตัวชี้วัดที่ยังต่ำกว่า 90 คะแนน ได้แก่ …" below a heading is a sentence unless the layout says more
            head = item.text.chars[: len(item.text) - len(label.rest)].rstrip() if label.rest else ":"
            plain = heading_evidence(item) <= 0 and self.context.opened.exact
            return plain and not self.numbers.marked and not head.endswith((":", "："))
        below = (
            is_below(marker, self._label_number, self.numbers.last)
            and label.heading.similarity < _SURE_HEADING
        )
        return (below or marker_style(marker) == self.numbers.style) and self._continues_list(item, marker)

    def _ends_list(self, item: FlowParagraph, marker: str) -> bool:
        """Return whether a line is a closing, a source or an address below the findings of a list.

        Only its words can tell, if it is not marked as the findings are.
        """
        if not self.taken or (marker and marker_style(marker) == self.numbers.style):
            return False
        if item.set_off and self.opened_by is not None and not self.listed_set_off and not marker:
            return True
        return is_closing(item.text.chars) and not is_about_subject(item.text.chars, self.context.year)

    @property
    def _label_number(self) -> str:
        return plain_number(self.context.opened.number if self.context.opened else None)

    def _continues_list(self, item: FlowParagraph, marker: str | None) -> bool:
        """Return whether a paragraph is an item of the list that a label opened."""
        if item.heading:
            return False
        if names_instrument_only(item.text.chars):
            return False
        opened = self.context.opened
        about = is_about_subject(item.text.chars, self.context.year)
        if marker is None:
            # what stands right below a subject is about it
            below = self.last == "subject" and self.outer == "kind"
            plain = opened is not None and (opened.exact or (below and not is_closing(item.text.chars)))
            return not self.numbers.marked and (plain or about or is_likely_finding(item.text.chars))
        self.numbers.marked = self.numbers.marked or not ANSWER.match(item.text.chars)
        if not about and only_indicator(item.text.chars, self.context.year, 0.0) is not None:
            return False
        if is_below(marker, self._label_number, self.numbers.last) or SWOT.match(item.text.chars):
            chars = item.text.chars
            sentence = not self.before_table and is_numbered_sentence(chars)
            return about or sentence or not names_subject(chars, self.context.year)
        return self.numbers.go_on(marker)

    def _enter_heading(self, item: FlowParagraph, label: Label | None) -> bool:
        chars = item.text.chars
        short = len(fold(chars)) <= MAX_HEADING
        if label is not None and label.heading.role in (Role.FINDING, Role.OPPORTUNITY):
            return self._enter_kind(item, label)
        if label is not None:
            self.context = replace(self.context, opened=None)
            if opens_section(label, item):
                self.outer, self.context = "", without_subject(self.context)
        changed = (
            self._take_subject(chars, heading_evidence(item))
            if short or starts_with_indicator(chars, self.context.year)
            else False
        )
        self.run.add(self.context if changed else None, chars)
        if changed:
            self.last = "subject"
        if changed:
            # the subjects below a kind of finding share its list: จุดแข็ง, then (1) IIT, then its items
            self.outer = self.outer or ("kind" if self._is_below_kind() else "subject")
            if self.outer == "kind":
                self.numbers.restart()
                self.context = replace(self.context, heading=item.text)
                return short
        numbered = section_number(chars)
        if changed or item.heading or (numbered and short):
            self.context = replace(self.context, opened=None, heading=item.text)
            return short
        if self.context.opened is not None and not short:
            self.context = replace(self.context, opened=None)
        return False

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
        self.context = self.run.end(self.context)
        self.numbers.restart()
        self.taken = False
        self._take_subject(item.text.chars, heading_evidence(item))
        self.context = replace(self.context, opened=label)
        self.opened_by = item
        self.last = "kind"
        return True

    def _take_subject(self, chars: str, evidence: float) -> bool:
        """Add the subject of a heading to the context; return whether it names one."""
        context = subject_of(chars, self.context, evidence)
        self.context = context or self.context
        return context is not None
