"""All measures of a document, each from the one place that states it most fully."""

from __future__ import annotations

from collections.abc import Sequence

from thaita.extract.find.measure_prose import find_prose_measures
from thaita.extract.find.measure_records import find_record_measures
from thaita.extract.find.measure_tables import MeasureCandidate, find_table_measures
from thaita.extract.structure.context import FlowEntry


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
    return sorted(found, key=lambda pair: pair[0])


def _filled(candidate: MeasureCandidate) -> int:
    """Return the number of fields of a measure that have text."""
    return sum(bool(lines) for lines in candidate.fields.values())
