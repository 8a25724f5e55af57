"""The dataset as JSON Lines: one line for each report, with its rows of all tables nested in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from thaita.models.tables import BY_NAME
from thaita.out.tables.duckdb_file import CHUNK, chunks
from thaita.out.tables.grouped_rows import Turns

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NESTED = ("scores", "results", "findings", "measures", "evidence", "doubts", "problems", "unread")
"""The tables nested in a report, in the order of their keys."""
NESTED_IN_MEASURE = {"measure_steps": "steps", "measure_owners": "owners"}
"""The tables nested in a measure, and their keys."""

ROW = "row"
"""The key of a problem's row number in its table, where problems of reports and of other files are mixed."""


def write_json_lines(connection: DuckDBPyConnection, path: Path) -> None:
    """Write one line for each report, then one line for each problem of a file without a report.

    Every column is written except the ids that nesting makes redundant; missing values are null.
    """
    with path.open("x", encoding="utf-8", newline="") as file:
        file.writelines(_lines(connection))


def _lines(connection: DuckDBPyConnection) -> Iterator[str]:
    streams = {name: Turns(_NESTED.get(name, _of_report)(connection, name)) for name in NESTED}
    for report_id, text in _objects(connection, "reports", "report_id", keep_key=True):
        parts = [f'"{name}":[{",".join(stream.take(report_id))}]' for name, stream in streams.items()]
        yield f"{text[:-1]},{','.join(parts)}}}\n"
    alone = streams["problems"].take(None)
    if any(stream.left() is not None for stream in streams.values()):
        message = "the rows of a table are not in the order of the reports"
        raise ValueError(message)
    for text in alone:
        yield f'{{"report_id":null,"problems":[{text}]}}\n'


_Pairs = Iterator[tuple[str | None, str]]
"""Rows as JSON objects, each with the id of its parent."""


def _of_report(connection: DuckDBPyConnection, name: str) -> _Pairs:
    return _objects(connection, name, "report_id")


def _problems(connection: DuckDBPyConnection, _: str) -> _Pairs:
    """Yield the problems in the order of the reports; those without a report come last."""
    fields = _object("problems", "report_id")[:-1] + f", '{ROW}': p.rowid + 1}}"
    found = connection.cursor().execute(
        f"SELECT p.report_id, CAST(to_json({fields}) AS VARCHAR) FROM problems p LEFT JOIN "  # noqa: S608 - names of our own definition
        "(SELECT report_id AS id, rowid AS turn FROM reports) r ON p.report_id = r.id "
        "ORDER BY r.turn NULLS LAST, p.rowid"
    )
    while part := found.fetchmany(CHUNK):
        yield from part


def _measures(connection: DuckDBPyConnection, _: str) -> _Pairs:
    """Yield the measures with their steps and owners nested in them."""
    streams = {
        key: Turns(_objects(connection, table, "measure_id")) for table, key in NESTED_IN_MEASURE.items()
    }
    ids = chunks(connection, "measures", "measure_id")
    for (report_id, text), (measure_id,) in zip(
        _objects(connection, "measures", "report_id"), ids, strict=True
    ):
        parts = [f'"{key}":[{",".join(stream.take(str(measure_id)))}]' for key, stream in streams.items()]
        yield report_id, f"{text[:-1]},{','.join(parts)}}}"


_NESTED = {"measures": _measures, "problems": _problems}
"""The tables that need more than their rows in order, and the functions that yield them."""


def _objects(connection: DuckDBPyConnection, name: str, key: str, *, keep_key: bool = False) -> _Pairs:
    return _rows(connection, name, key, _object(name, None if keep_key else key))


def _object(name: str, without: str | None) -> str:
    """Return the SQL structure of a table's columns."""
    columns = [column.name for column in BY_NAME[name].columns if column.name != without]
    return "{" + ", ".join(f"'{column}': \"{column}\"" for column in columns) + "}"


def _rows(connection: DuckDBPyConnection, table: str, key: str, fields: str) -> _Pairs:
    for owner, text in chunks(connection, table, f"{key}, CAST(to_json({fields}) AS VARCHAR)"):
        yield None if owner is None else str(owner), str(text)
