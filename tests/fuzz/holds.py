"""Invariants of every file that is read: places, quotes, ids, values, and the round trip through the dataset."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from math import isfinite

from thaita.extract.options import PdfOptions
from thaita.extract.pipeline import read_with_document
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.document import Document
from thaita.models.readings import reading_from_rows
from thaita.models.records import Provenance, Reading
from thaita.models.rows import Value, rows
from thaita.models.tables import BY_NAME
from thaita.normalize.frameworks import every_indicator
from thaita.out.tables.csv_tables import cell, record, storable, value

_CODE = re.compile(r"[a-z_]+")


class BrokenPromiseError(Exception):
    """An invariant that must hold for any input is broken."""


def hold(holds: object, promise: str) -> None:
    """Raise BrokenPromiseError with the message `promise` unless `holds` is true."""
    if not holds:
        raise BrokenPromiseError(promise)


def read_or_refused(data: bytes, options: PdfOptions) -> str:
    """Return `read`, or the code of the refusal; raises BrokenPromiseError if an invariant is broken."""
    try:
        reading, document = read_with_document(data, "report", options)
    except UnreadableFileError as error:
        hold(_CODE.fullmatch(error.code), f"a code is a short name: {error.code!r}")
        hold(len(str(error)) > 10, f"a refusal says why: {error}")
        return error.code
    hold_document(document)
    hold_reading(reading, document)
    hold_storable(reading)
    return "read"


def hold_document(document: Document) -> None:
    """Check that lines are within the text, and that cells are within their tables and do not overlap."""
    for line in document.lines():
        hold(
            all(0 <= start <= end <= len(document.text) for start, end in line.spans()),
            "a line stands in the text",
        )
    for table in document.tables():
        places: Counter[tuple[int, int]] = Counter()
        for one in table.cells:
            hold(
                one.row + one.row_span <= table.rows and one.column + one.column_span <= table.columns,
                "cells are in the table",
            )
            hold(
                min(one.row, one.column) >= 0 and min(one.row_span, one.column_span) > 0, "cells have a place"
            )
            places[one.row, one.column] += 1
        hold(max(places.values(), default=1) == 1, "no two cells begin at one place")


def hold_reading(reading: Reading, document: Document) -> None:
    """Check places, quotes, pages, confidences, ids and scores."""
    covered = bytearray(len(document.text))
    numbers = {page.number for page in document.pages}
    for place in provenances(reading):
        _hold_place(place, document.text, numbers)
        for start, end in place.spans:
            covered[start:end] = b"\x01" * (end - start)
    lost = "".join(
        c for c, is_in in zip(document.text, covered, strict=True) if not is_in and not c.isspace()
    )
    hold(not lost, f"every letter is in a table or in unread: {lost[:40]!r}")
    ids = [one.score_id for one in reading.scores] + [one.finding_id for one in reading.findings]
    ids += [*(one.measure_id for one in reading.measures), *(one.result_id for one in reading.results)]
    hold(len(set(ids)) == len(ids), "ids are unique")
    hold(
        {problem.row_id for problem in reading.problems} <= {None, reading.report.report_id, *ids},
        "problems name rows",
    )
    for measure in reading.measures:
        hold(
            all(part.measure_id == measure.measure_id for part in (*measure.steps, *measure.owners)),
            "parts belong to measures",
        )
    for score in reading.scores:
        hold(score.indicator_no in every_indicator(), "an indicator is one of a year's framework")
        hold(score.score.is_finite(), "a score is a number")
        hold(0 <= score.score <= 100 or score.flags, f"a score beyond 100 is flagged: {score.score}")
        hold(0 <= score.name_match <= 100, "a match is a percentage")
    for result in reading.results:
        values = (
            result.overall_score,
            result.iit,
            result.eit,
            result.eit_part1,
            result.eit_part2,
            result.oit,
        )
        hold(
            all(value is None or 0 <= value <= 100 or result.flags for value in values),
            f"a result beyond 100 is flagged: {values}",
        )
    overall = reading.report.overall_score
    hold(
        overall is None or (overall.is_finite() and (0 <= overall <= 100 or reading.report.flags)),
        f"the overall score: {overall}",
    )


def provenances(reading: Reading) -> Iterator[Provenance]:
    """Yield the place of every row."""
    tables = (
        reading.scores,
        reading.results,
        reading.findings,
        reading.measures,
        reading.evidence,
        reading.unread,
        reading.problems,
    )
    yield from (row.provenance for table in tables for row in table)
    yield from (part.provenance for measure in reading.measures for part in (*measure.steps, *measure.owners))


def _hold_place(place: Provenance, text: str, pages: set[int]) -> None:
    hold(
        all(0 <= start <= end <= len(text) for start, end in place.spans),
        f"spans are in the text: {place.spans}",
    )
    hold(list(place.spans) == sorted(place.spans), "spans are in order")
    hold(
        place.quote == "\n".join(text[start:end] for start, end in place.spans),
        "the quote is the text at its place",
    )
    hold(place.page is None or place.page in pages, f"the page is one of the document: {place.page}")
    hold(place.box is None or all(map(isfinite, place.box)), f"a box has finite edges: {place.box}")
    hold(
        place.confidence is None or 0 <= place.confidence <= 1, f"a confidence is a share: {place.confidence}"
    )


def hold_storable(reading: Reading) -> None:
    """Check that every row is the same after it was written as CSV, and that the records come back from the rows."""
    tables: dict[str, list[dict[str, Value]]] = {name: [] for name in BY_NAME}
    for name, row in rows(reading):
        columns = BY_NAME[name].columns
        line = record(cell(row[column.name], column) for column in columns)
        line.encode("utf-8")
        (fields,) = csv.reader(StringIO(line, newline=""), strict=True)
        back = {column.name: value(field, column) for field, column in zip(fields, columns, strict=True)}
        stored = {key: (storable(one) or None) if isinstance(one, str) else one for key, one in row.items()}
        hold(back == stored, f"a row of {name} is read back as it was written: {_different(back, stored)}")
        tables[name].append(back)
    again = reading_from_rows(tables)
    for name, row in rows(again):
        stored, row = tables[name].pop(0), {key: None if one == "" else one for key, one in row.items()}
        hold(row == stored, f"records of {name} come back from their rows: {_different(row, stored)}")


def _different(one: dict[str, Value], other: dict[str, Value]) -> str:
    return ", ".join(f"{key}: {one[key]!r:.60} {other[key]!r:.60}" for key in one if one[key] != other[key])


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of an input: `read`, a code, or `internal` with the exception; seconds and peak memory in MiB."""

    code: str
    said: str = ""
    seconds: float = 0.0
    peak: float = 0.0
