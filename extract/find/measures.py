"""All measures of a document, each from the one place that states it most fully."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from thaita.extract.find.column_contents import is_period
from thaita.extract.find.measure_prose import find_prose_measures
from thaita.extract.find.measure_records import find_record_measures
from thaita.extract.find.measure_tables import MeasureCandidate, find_table_measures
from thaita.extract.structure.context import FlowEntry
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.flags import Flag
from thaita.models.roles import Role
from thaita.normalize.cue_words import any_cue
from thaita.normalize.numerals import to_arabic
from thaita.normalize.topics import match_topic

_NUMBERED_TOPIC = re.compile(rf"{any_cue('topic_number')}\s*[(]?\s*([1-9])\s*[)]?(?!\d)")
_LEAST_TOPICS = 2
"""Least headings that show how a document numbers its topics."""
_EVERY = re.compile(any_cue("every_measure"))


def find_measures(entries: Sequence[FlowEntry], year: int | None) -> list[tuple[int, MeasureCandidate]]:
    """Return (position in the flow, candidate) for each measure, in reading order.

    Records (groups of lines with keys, cards) come first: what they use is read neither as prose nor as a table. If
    labels of usual words give at least as many fields in prose, records leave the document to them.
    `year` is the year of the plan (B.E.), which decides the meaning of item codes.
    """
    records = find_record_measures(entries, year)
    plain = list(find_prose_measures(entries))
    if records and sum(map(_filled, (one for _, one in plain))) >= sum(
        map(_filled, (one for *_, one in records))
    ):
        records = []
    ranges = [(first, last) for first, last, _ in records]
    taken = {at for first, last in ranges for at in range(first, last + 1)}
    found = [(first, candidate) for first, _, candidate in records]
    found += [(at, candidate) for at, candidate in find_table_measures(entries, year) if at not in taken]
    prose = list(find_prose_measures(entries, ranges))
    for way, candidates in (("record", [one for *_, one in records]), ("prose", [one for _, one in prose])):
        for candidate in candidates:
            candidate.way = way
    found += prose
    _share_period(entries, [candidate for _, candidate in found])
    _follow_references(entries, [candidate for _, candidate in found])
    return sorted(found, key=lambda pair: pair[0])


def _share_period(entries: Sequence[FlowEntry], candidates: Sequence[MeasureCandidate]) -> None:
    """Give measures without a period the one that a sentence states for all: "ให้ทุกมาตรการมีผลตั้งแต่ …"."""
    texts = [entry.item.text for entry in entries if isinstance(entry.item, FlowParagraph)]
    stated = [
        text[cue.end() :].strip()
        for text in texts
        for cue in _EVERY.finditer(text.chars)
        if is_period(text.chars[cue.end() :])
    ]
    if len(stated) != 1:
        return
    for candidate in candidates:
        if not candidate.fields.get(Role.PERIOD) and not candidate.months:
            candidate.add(Role.PERIOD, stated)
            candidate.support += stated
            candidate.flags.append(Flag.INHERITED)


def _follow_references(entries: Sequence[FlowEntry], candidates: Sequence[MeasureCandidate]) -> None:
    """Give measures the topic to which they refer by its number: "รองรับประเด็นที่ (1)".

    The document's own headings must number its topics as they are usually numbered. A topic that a heading above gives
    says less than such words.
    """
    headed = {
        (int(number[1]), topic.no)
        for entry in entries
        if isinstance(entry.item, FlowParagraph)
        and (number := _NUMBERED_TOPIC.search(to_arabic(entry.item.text.chars)))
        and (topic := match_topic(entry.item.text.chars[number.end() :]))
    }
    if len(headed) < _LEAST_TOPICS or any(number != no for number, no in headed):
        return
    known = {no for _, no in headed}
    for candidate in candidates:
        texts = [line.chars for lines in candidate.fields.values() for line in lines]
        said = {int(one[1]) for text in texts for one in _NUMBERED_TOPIC.finditer(to_arabic(text))}
        own = candidate.subject
        if len(said) == 1 and said <= known and not own.texts and not own.indicators:
            candidate.subject = replace(own, topic=said.pop())


def _filled(candidate: MeasureCandidate) -> int:
    """Return the number of fields of a measure that have text."""
    return sum(bool(lines) for lines in candidate.fields.values())
