"""Rows of `doubts` of a report with decisions: closed by a decision, and as they were before it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from thaita.extract.resolve.derive import Cell
from thaita.extract.resolve.values_in_doubt import doubts_of, settled
from thaita.models.cells import row_id_of
from thaita.models.readings import reading_from_rows
from thaita.models.records import Doubt, Reading
from thaita.models.rows import Row, value_of
from thaita.models.tables import DOUBTS, TABLES

Tables = Mapping[str, Sequence[Row]]

_USED = ("reports", "scores", "results", "findings", "measures", "evidence", "doubts")
_BEFORE = frozenset(table.name for table in TABLES[: TABLES.index(DOUBTS)])


def settled_doubts(before: Tables, after: Tables, applied: Collection[Cell]) -> list[Row]:
    """Return the doubts of a report after decisions on cells; `before` and `after` are its rows by table.

    Raises ValueError for rows that do not form a valid report.
    """
    decided = {(table, row_id_of(table, before[table][i]), column) for table, i, column in applied}
    return _rows(settled(_reading(before).doubts, _reading(after), decided))


def extracted_doubts(tables: Tables) -> list[Row]:
    """Return the doubts of a report as extracted: all of them open, without those that corrections raised."""
    found = {one.doubt_id for one in doubts_of(_reading(tables))}
    return [row | {"open": "true"} for row in tables[DOUBTS.name] if row["doubt_id"] in found]


def with_doubts(pairs: Iterable[tuple[str, Row]], doubts: Sequence[Row]) -> list[tuple[str, Row]]:
    """Return the rows of one report with other doubts, which stand after the values that they are about."""
    kept = [pair for pair in pairs if pair[0] != DOUBTS.name]
    first = [pair for pair in kept if pair[0] in _BEFORE]
    rest = [pair for pair in kept if pair[0] not in _BEFORE]
    return [*first, *((DOUBTS.name, row) for row in doubts), *rest]


def _reading(tables: Tables) -> Reading:
    return reading_from_rows({name: tables[name] for name in _USED})


def _rows(doubts: Iterable[Doubt]) -> list[Row]:
    return [{column.name: value_of(one, column.name) for column in DOUBTS.columns} for one in doubts]
