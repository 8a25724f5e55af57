"""Rows to records: the way back from the dataset's tables to what one file gave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from thaita.models.columns import NUMBER_LISTS, PROVENANCE
from thaita.models.document import Box
from thaita.models.records import (
    Evidence,
    Finding,
    Measure,
    Owner,
    Problem,
    Provenance,
    Reading,
    Record,
    Report,
    Score,
    Step,
    Unread,
)
from thaita.models.rows import Value
from thaita.models.source_text import Span
from thaita.models.tables import BY_NAME

Row = Mapping[str, Value]

_PLACED = frozenset(column.name for column in PROVENANCE)


def reading_of(tables: Mapping[str, Iterable[Row]]) -> Reading:
    """Return one report's records from its rows by table, those of `rows` and of a dataset alike.

    A table that is not given is taken as empty. A box is rounded to hundredths of a point, as rows are.
    Raises pydantic.ValidationError for rows that no report gives, ValueError unless there is one row of
    `reports`, and for a year or score that no report can have.
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
        findings=tuple(_records(Finding, "findings", tables)),
        measures=tuple(measures),
        evidence=tuple(_records(Evidence, "evidence", tables)),
        problems=tuple(_records(Problem, "problems", tables)),
        unread=tuple(_records(Unread, "unread", tables)),
    )
    _refuse_impossible(reading)
    return reading


_YEARS = range(1000, 10_000)
_GREATEST = Decimal(10) ** 15
"""What every number of a report is below: longer rows of digits are read as none."""


def _refuse_impossible(reading: Reading) -> None:
    """Raise ValueError for numbers that no report gives, with which nothing could be counted."""
    report = reading.report
    for year in (report.fiscal_year, report.plan_year, *(score.fiscal_year for score in reading.scores)):
        if year is not None and year not in _YEARS:
            raise ValueError(f"{year} is no year")
    overall = (report.overall_score, report.overall_computed)
    for number in (*overall, *(score.score for score in reading.scores)):
        if number is not None and abs(number) >= _GREATEST:
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
    """Return the fields of a record that are always a text: an empty cell is an empty one."""
    return tuple(
        name for name, one in kind.model_fields.items() if one.is_required() and one.annotation is str
    )


def _fields(kind: type[Record], name: str, row: Row) -> dict[str, Any]:
    """Return a row's cells as the fields of its record; empty ones are left to the record's default."""
    fields: dict[str, Any] = dict.fromkeys(_texts(kind), "")
    for column, value in row.items():
        if value is None or column in _PLACED:
            continue
        if column in _LISTS[name]:
            parts = str(value).split("|")
            fields[column] = tuple(map(int, parts)) if column in NUMBER_LISTS else tuple(parts)
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
