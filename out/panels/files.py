"""Writes a table of the panel as CSV, a workbook, Parquet or JSON; the file's name ends in the format."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from thaita.models.extras import require
from thaita.out.atomic import write_whole_file
from thaita.out.tables.csv_tables import DatasetError, guard
from thaita.out.tables.dataframes import plain_rows
from thaita.out.tables.duckdb_file import connect, quoted
from thaita.out.tables.xlsx_file import ROWS, plain_workbook

if TYPE_CHECKING:
    from pandas import DataFrame

_CHUNK = 10_000
"""Number of rows of JSON in one piece."""


def write_frame(frame: DataFrame, path: Path) -> None:
    """Write a table, replacing the file, in the format of the file's extension (`FILES`).

    CSV is UTF-8 with a byte order mark, and text that a spreadsheet would take for a formula has an apostrophe in
    front, as in the tables of a dataset. JSON is a list with one object for each row; missing values are null.
    Raises OSError if the file cannot be written, DatasetError for a table that is too long for a sheet.
    """
    write_whole_file(path, FILES[path.suffix.lower()](frame))


def _csv(frame: DataFrame) -> Iterator[bytes]:
    guarded = frame.copy()
    for name in frame.columns:
        if frame[name].dtype == "string":
            guarded[name] = guarded[name].map(guard, na_action="ignore")
    yield b"\xef\xbb\xbf" + guarded.to_csv(index=False, lineterminator="\n").encode("utf-8")


def _xlsx(frame: DataFrame) -> Iterator[bytes]:
    if len(frame) > ROWS:
        message = f"{len(frame):,} rows are too many for a sheet: write .csv or .parquet"
        raise DatasetError(message)
    require("excel", "xlsxwriter")
    buffer = BytesIO()
    plain_workbook(buffer, "panel", list(frame.columns), (tuple(row.values()) for row in plain_rows(frame)))
    yield buffer.getvalue()


def _parquet(frame: DataFrame) -> Iterator[bytes]:
    require("parquet")
    with tempfile.TemporaryDirectory() as folder, connect() as connection:
        file = Path(folder) / "panel.parquet"
        connection.register("panel", frame)
        connection.execute(f"COPY panel TO '{quoted(file)}' (FORMAT parquet, COMPRESSION zstd)")
        yield file.read_bytes()


def _json(frame: DataFrame) -> Iterator[bytes]:
    piece = "["
    for number, row in enumerate(plain_rows(frame)):
        piece += ("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False)
        if number % _CHUNK == _CHUNK - 1:
            yield piece.encode("utf-8")
            piece = ""
    yield (piece + "\n]\n").encode("utf-8")


FILES: dict[str, Callable[[DataFrame], Iterator[bytes]]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".parquet": _parquet,
    ".json": _json,
}
"""The formats by file extension."""
