"""Conversion of the records of a report to rows of the dataset's tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from thaita.models.columns import PROVENANCE
from thaita.models.records import Measure, Provenance, Reading, Record
from thaita.models.tables import TABLES, TableDefinition

Value = str | int | Decimal | None
Row = dict[str, Value]
"""A row of a table: its values by column name."""

_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


def rows(reading: Reading) -> Iterator[tuple[str, Row]]:
    """Yield (table name, row) for all records of a file, in the order of `TABLES`.

    A row has every column of its table. None is an empty cell; lists are joined by `|`.
    """
    for table, records in _records(reading):
        for record in records:
            yield table.name, {column.name: value_of(record, column.name) for column in table.columns}


def _records(reading: Reading) -> Iterator[tuple[TableDefinition, Iterable[Record]]]:
    measures: tuple[Measure, ...] = reading.measures
    by_table: dict[str, Iterable[Record]] = {
        "reports": (reading.report,),
        "scores": reading.scores,
        "results": reading.results,
        "findings": reading.findings,
        "measures": measures,
        "measure_steps": [step for measure in measures for step in measure.steps],
        "measure_owners": [owner for measure in measures for owner in measure.owners],
        "evidence": reading.evidence,
        "doubts": reading.doubts,
        "problems": reading.problems,
        "unread": reading.unread,
    }
    for table in TABLES:
        yield table, by_table[table.name]


_PROVENANCE_COLUMNS = frozenset(column.name for column in PROVENANCE)


def value_of(record: Record, name: str) -> Value:
    """Return the value of a record for a column of its table."""
    if name in _PROVENANCE_COLUMNS:
        return _place(getattr(record, "provenance", Provenance()), name)
    value = getattr(record, name)
    if isinstance(value, tuple):
        return "|".join(map(str, value)) or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, str | int | Decimal):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else Decimal(str(round(value, 1)))


def _place(provenance: Provenance, name: str) -> Value:
    if name == "quote":
        return provenance.quote or None
    if name == "spans":
        return "|".join(f"{start}-{end}" for start, end in provenance.spans) or None
    if name in ("page", "start", "end"):
        value: int | None = getattr(provenance, name)
        return value
    if name == "confidence":
        return None if provenance.confidence is None else Decimal(str(provenance.confidence))
    if provenance.box is None:
        return None
    return Decimal(str(round(getattr(provenance.box, name), 2)))


def storable(text: str) -> str:
    r"""Return the text with characters that CSV cannot store replaced by U+FFFD.

    These are NUL, at which many CSV readers truncate the text, and lone surrogates, which UTF-8 cannot encode.

    >>> storable("ก\x00\ud800ข")
    'ก\ufffd\ufffdข'
    """
    return _NOT_STORABLE.sub("\ufffd", text)


def written(value: Value) -> str | None:
    """Return a value as the dataset files store it, or None for an empty cell.

    >>> written(Decimal("95.10")), written(""), written(3)
    ('95.10', None, '3')
    """
    if value is None:
        return None
    return storable(format(value, "f") if isinstance(value, Decimal) else str(value)) or None
