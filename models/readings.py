"""Conversion of table rows back to the records of a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from thaita.models.columns import INTEGER_LISTS, PROVENANCE
from thaita.models.document import Box
from thaita.models.records import (
    Doubt,
    Evidence,
    Finding,
    Measure,
    Owner,
    Problem,
    Provenance,
    Reading,
    Record,
    Report,
    Result,
    Score,
    Step,
    Unread,
)
from thaita.models.rows import Value
from thaita.models.source_text import Span
from thaita.models.tables import BY_NAME

Row = Mapping[str, Value]

RecordT = TypeVar("RecordT", bound=Record)

RECORDS: dict[str, type[Record]] = {
    "reports": Report,
    "scores": Score,
    "results": Result,
    "findings": Finding,
    "measures": Measure,
    "measure_steps": Step,
    "measure_owners": Owner,
    "evidence": Evidence,
    "doubts": Doubt,
    "problems": Problem,
    "unread": Unread,
}
"""The record of each table that holds records."""

_PROVENANCE_COLUMNS = frozenset(column.name for column in PROVENANCE)


def reading_from_rows(tables: Mapping[str, Iterable[Row]]) -> Reading:
    """Return the records of one report from its rows by table, as `rows` yields them or as a dataset has them.

    A missing table counts as empty. Boxes are rounded to hundredths of a point, as in the rows. Raises
    pydantic.ValidationError for invalid rows, and ValueError if `reports` does not have exactly one row or a year
    or score is impossible.
    """
    (report,) = tables["reports"]
    steps = _by_measure(Step, "measure_steps", tables)
    owners = _by_measure(Owner, "measure_owners", tables)
    measures = [
        Measure(
            **_fields(Measure, "measures", row),
            steps=tuple(steps.get(str(row["measure_id"]), ())),
            owners=tuple(owners.get(str(row["measure_id"]), ())),
        )
        for row in tables.get("measures", ())
    ]
    reading = Reading(
        report=Report(**_fields(Report, "reports", report)),
        scores=tuple(_records(Score, "scores", tables)),
        results=tuple(_records(Result, "results", tables)),
        findings=tuple(_records(Finding, "findings", tables)),
        measures=tuple(measures),
        evidence=tuple(_records(Evidence, "evidence", tables)),
        doubts=tuple(_records(Doubt, "doubts", tables)),
        problems=tuple(_records(Problem, "problems", tables)),
        unread=tuple(_records(Unread, "unread", tables)),
    )
    _reject_impossible(reading)
    return reading


def record_from_row(table: str, row: Row) -> Record:
    """Return the record of a row; a measure has no steps and no owners.

    Raises pydantic.ValidationError for an invalid row.
    """
    kind = RECORDS[table]
    return kind(**_fields(kind, table, row))


def with_cells(record: RecordT, table: str, cells: Row) -> RecordT:
    """Return a copy of a record with new values in some cells, given in the form of a row; None empties a cell.

    Raises pydantic.ValidationError for an invalid value.
    """
    kind = type(record)
    kept = {name: getattr(record, name) for name in kind.model_fields if name not in cells}
    return kind(**(_fields(kind, table, cells) | kept))


_YEARS = range(1000, 10_000)
_MAX_NUMBER = Decimal(10) ** 15
"""Upper bound of the numbers in a report; the readers ignore longer runs of digits."""


def _reject_impossible(reading: Reading) -> None:
    """Raise ValueError for impossible years and scores, which would break computations."""
    report = reading.report
    years = [score.fiscal_year for score in reading.scores]
    years += [result.fiscal_year for result in reading.results]
    for year in (report.fiscal_year, report.plan_year, *years):
        if year is not None and year not in _YEARS:
            raise ValueError(f"{year} is no year")
    overall = (report.overall_score, report.overall_computed)
    results = (one.overall_score for one in reading.results)
    for number in (*overall, *results, *(score.score for score in reading.scores)):
        if number is not None and abs(number) >= _MAX_NUMBER:
            raise ValueError(f"{number} is no score")


def _records(kind: type[Any], name: str, tables: Mapping[str, Iterable[Row]]) -> list[Any]:
    return [kind(**_fields(kind, name, row)) for row in tables.get(name, ())]


def _by_measure(kind: type[Record], name: str, tables: Mapping[str, Iterable[Row]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in tables.get(name, ()):
        found.setdefault(str(row["measure_id"]), []).append(kind(**_fields(kind, name, row)))
    return found


_LISTS = {
    name: frozenset(column.name for column in table.columns if column.type == "list")
    for name, table in BY_NAME.items()
}


@cache
def _texts(kind: type[Record]) -> tuple[str, ...]:
    """Return the required string fields of a record; for them an empty cell is an empty string."""
    return tuple(
        name for name, one in kind.model_fields.items() if one.is_required() and one.annotation is str
    )


def _fields(kind: type[Record], name: str, row: Row) -> dict[str, Any]:
    """Return the cells of a row as the fields of its record; empty cells take the default of the field."""
    fields: dict[str, Any] = dict.fromkeys(_texts(kind), "")
    for column, value in row.items():
        if value is None or column in _PROVENANCE_COLUMNS:
            continue
        if column in _LISTS[name]:
            parts = str(value).split("|")
            fields[column] = tuple(map(int, parts)) if column in INTEGER_LISTS else tuple(parts)
        else:
            fields[column] = value
    if "spans" in row:
        fields["provenance"] = _provenance(row)
    return fields


def _provenance(row: Row) -> Provenance:
    spans: list[Span] = []
    for part in str(row["spans"] or "").split("|"):
        start, found, end = part.partition("-")
        if found:
            spans.append((int(start), int(end)))
    edges = [row["x0"], row["top"], row["x1"], row["bottom"]]
    box = None if None in edges else Box(*(float(edge) for edge in edges if edge is not None))
    page = row["page"]
    return Provenance(
        spans=tuple(spans),
        quote=str(row["quote"] or ""),
        page=None if page is None else int(page),
        box=box,
        confidence=None if row["confidence"] is None else float(row["confidence"]),
    )
