"""The dataset as JSON lines: a report a line, all that it gave nested in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from thaita.models.tables import BY_NAME
from thaita.out.duck import chunks
from thaita.out.turns import Turns

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NESTED = ("scores", "findings", "measures", "evidence", "problems", "unread")
"""The tables that hang on a report, in their order in its line."""
OF_MEASURE = {"measure_steps": "steps", "measure_owners": "owners"}
"""The tables that hang on a measure, and what they are called in it."""

ROW = "row"
"""The key of a problem's row in its table: problems of files without a report stand among those of reports."""


def write_json_lines(connection: DuckDBPyConnection, path: Path) -> None:
    """Write a line a report, then a line a file that gave none, with its problem.

    Every column of the tables is there but the ids that nesting makes needless; what is not stated is null.
    """
    with path.open("x", encoding="utf-8", newline="") as file:
        file.writelines(_lines(connection))


def _lines(connection: DuckDBPyConnection) -> Iterator[str]:
    problems: dict[str | None, list[str]] = {}
    for i, (key, text) in enumerate(_objects(connection, "problems", "report_id"), 1):
        problems.setdefault(key, []).append(f'{text[:-1]},"{ROW}":{i}}}')
    streams = {
        name: Turns(_objects(connection, name, "report_id") if name != "measures" else _measures(connection))
        for name in NESTED
        if name != "problems"
    }
    for report_id, text in _objects(connection, "reports", "report_id", keep_key=True):
        parts = [
            f'"{name}":[{",".join(problems.get(report_id, []) if name == "problems" else streams[name].take(report_id))}]'
            for name in NESTED
        ]
        yield f"{text[:-1]},{','.join(parts)}}}\n"
    if any(stream.left() is not None for stream in streams.values()):
        message = "the rows of a table are not in the order of the reports"
        raise ValueError(message)
    for text in problems.get(None, []):
        yield f'{{"report_id":null,"problems":[{text}]}}\n'


def _measures(connection: DuckDBPyConnection) -> Iterator[tuple[str | None, str]]:
    """Yield the measures with their steps and owners in them."""
    streams = {key: Turns(_objects(connection, table, "measure_id")) for table, key in OF_MEASURE.items()}
    ids = chunks(connection, "measures", "measure_id")
    for (report_id, text), (measure_id,) in zip(
        _objects(connection, "measures", "report_id"), ids, strict=True
    ):
        parts = [f'"{key}":[{",".join(stream.take(str(measure_id)))}]' for key, stream in streams.items()]
        yield report_id, f"{text[:-1]},{','.join(parts)}}}"


def _objects(
    connection: DuckDBPyConnection, name: str, key: str, *, keep_key: bool = False
) -> Iterator[tuple[str | None, str]]:
    """Yield each row of a table as a JSON object, with the id of what it belongs to."""
    columns = [column.name for column in BY_NAME[name].columns if keep_key or column.name != key]
    fields = ", ".join(f"'{column}': \"{column}\"" for column in columns)
    for owner, text in chunks(connection, name, f"{key}, CAST(to_json({{{fields}}}) AS VARCHAR)"):
        yield None if owner is None else str(owner), str(text)
