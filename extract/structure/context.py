"""Context of each paragraph and table: the instrument, indicator, topic and label above it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from thaita.extract.structure.item_subject import is_about_subject, is_likely_finding
from thaita.extract.structure.labels import Label
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import MAX_HEADING
from thaita.models.records import Instrument
from thaita.models.source_text import SourceText
from thaita.normalize.frameworks import indicator
from thaita.normalize.heading_model import likely_labels
from thaita.normalize.indicators import Found, find_indicators, find_instrument, match_indicator
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import strip_marker, to_arabic
from thaita.normalize.topics import match_topic

_BEFORE_NAME = re.compile(
    r"[\s(]*(?:ตัวชี้วัด)?\s*(?:ที่|ด้าน|ย่อย)?\s*[(]?\d{0,2}(?:[.]\d)?[).:]?\s*(?:ชื่อ(?:ตัวชี้วัด)?|ด้าน|เรื่อง|:|-|–)?\s*"
)
_INDICATOR_NUMBER = re.compile(r"\s*[(]?\d{1,2}[.)]*\s*ตัวชี้วัดที่\s*\d")
_SENTENCE = 40
"""Least letters of a line with an instrument's name that may state what was found."""
_SHORT = 16
"""Most letters of a line that is only an instrument's name."""
_IN_BRACKETS = re.compile(r"[(][ieo]it[)]$")
_FIGURE = re.compile(r"\d[.]\d\d")
_SAME = 95
"""Least likeness (0-100) of a line to a topic's name that it repeats."""
_WORDS_AROUND = 36
"""Most letters beside an indicator's name in a heading that the layout marks or numbers."""
_FEW_WORDS_AROUND = 16
"""The same in any other short line."""


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


def subject_of(chars: str, context: Context, evidence: float) -> Context | None:
    """Return a context with the topic, indicator or instrument that a heading names; None if it names none.

    `evidence` is how much the layout says that the line is a heading, as a difference in log odds.
    """
    topic = match_topic(chars)
    named = starts_with_indicator(chars, context.year) or only_indicator(chars, context.year, evidence)
    instrument = find_instrument(chars) if len(fold(chars)) <= MAX_HEADING else None
    if _FIGURE.search(to_arabic(chars)):
        # "อันดับ 10 การป้องกันการทุจริต 85.00 (OIT)" and a line of several scores head nothing
        all_named = {name.no for name in find_indicators(chars, context.year)}
        named = None if len(all_named) > 1 else named
        instrument = None if all_named else instrument
    if topic is not None:
        return replace(context, topic=topic.no, indicator=None)
    if named is not None:
        return replace(context, indicator=named)
    if instrument is None:
        return None
    code = instrument.code
    return replace(
        context, instrument=code, instrument_conflict=instrument.conflict, above=code, indicator=None
    )


def without_subject(context: Context) -> Context:
    """Return a context without the subjects of the section before."""
    return replace(context, indicator=None, topic=None, instrument=None, instrument_conflict=False)


def names_instrument_only(chars: str) -> bool:
    """Return whether a short line names an instrument and says nothing about it, as a heading does."""
    folded = fold(chars)
    if len(folded) > MAX_HEADING or find_instrument(chars) is None:
        return False
    if len(folded) <= _SHORT or _IN_BRACKETS.search(folded):
        return True
    sentence = len(folded) >= _SENTENCE and is_likely_finding(chars)
    return likely_labels(chars)[0][0] == "section" and not sentence


def is_name(chars: str) -> bool:
    """Return whether a line only names an instrument or a topic."""
    topic = match_topic(chars)
    return names_instrument_only(chars) or (topic is not None and topic.similarity >= _SAME)


def is_instrument_of(chars: str, found: Found, year: int | None) -> bool:
    """Return whether a line only names the instrument that an indicator belongs to, as a mark beside its heading does."""
    instrument = find_instrument(chars) if names_instrument_only(chars) else None
    return instrument is not None and instrument.code == indicator(found.no, year).instrument


def names_subject(chars: str, year: int | None) -> bool:
    """Return whether a numbered line is the heading of an instrument, indicator or topic, not a list item."""
    if len(fold(chars)) > MAX_HEADING:
        return False
    named = find_instrument(chars) or match_topic(chars) or match_indicator(chars, year)
    return named is not None


def is_about_indicator(chars: str, marker: str, year: int | None) -> bool:
    """Return whether a paragraph speaks of an indicator that it names first, rather than listing a finding for it."""
    if starts_with_indicator(chars, year) is None or is_about_subject(chars, year):
        return False
    return not marker or bool(_INDICATOR_NUMBER.match(to_arabic(chars)) and ":" not in chars[:MAX_HEADING])


def only_indicator(chars: str, year: int | None, evidence: float) -> Found | None:
    """Return the only indicator that a heading names, wherever it stands; None if there is much else in the line."""
    names = find_indicators(chars, year)
    if len(names) != 1 or _FIGURE.search(to_arabic(chars)):
        return None
    others = len(fold(chars)) - len(fold(names[0].as_written))
    return names[0] if others <= (_WORDS_AROUND if evidence > 0 else _FEW_WORDS_AROUND) else None


def starts_with_indicator(chars: str, year: int | None) -> Found | None:
    """Return the indicator at the start of a paragraph, after an optional number; None without one."""
    _, start = strip_marker(chars)
    for found in find_indicators(chars[: start + 120], year):
        if _BEFORE_NAME.fullmatch(to_arabic(chars[start : found.start])):
            return found
        break
    return None
