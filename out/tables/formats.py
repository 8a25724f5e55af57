"""Writes the additional formats of a dataset, from its CSV tables into the same folder."""

from __future__ import annotations

import errno
import os
import pickle
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from thaita.corpus.run.child_process import end_child, start_python
from thaita.models.extras import require
from thaita.models.tables import TABLES
from thaita.out.tables.codebook import Examples

Format = Literal["csv", "parquet", "parquet-by-year", "xlsx", "duckdb", "jsonl"]
FORMATS: tuple[Format, ...] = ("csv", "parquet", "parquet-by-year", "xlsx", "duckdb", "jsonl")

WORKBOOK = "dataset.xlsx"
DATABASE = "dataset.duckdb"
LINES = "reports.jsonl"


_NEEDED = {
    "parquet": "parquet",
    "parquet-by-year": "parquet",
    "xlsx": "excel",
    "duckdb": "duckdb",
    "jsonl": "duckdb",
}
"""The extra that writes each format. All formats are made from a DuckDB database."""


def require_formats(formats: Collection[str]) -> None:
    """Raise MissingPackageError if the packages for one of the formats are not installed."""
    for name in formats:
        if name in _NEEDED:
            require(_NEEDED[name])


def write_formats(folder: Path, formats: Collection[str], examples: Examples) -> tuple[str, ...]:
    """Write the given formats to a folder with the CSV tables, flush the files to disk, and return their paths.

    A separate process writes the workbook, because it takes longer than all other formats together. Raises OSError
    if a file cannot be written, MissingPackageError if its packages are not installed.
    """
    if not set(formats) - {"csv"}:
        return ()
    require_formats(formats)
    import duckdb

    try:
        with TemporaryDirectory(dir=folder, prefix=".scratch-") as scratch:
            names = _write(folder, formats, examples, Path(scratch) / DATABASE)
    except duckdb.Error as error:
        raise OSError(errno.EIO, str(error).splitlines()[0]) from error
    for name in names:
        with (folder / name).open("rb") as file:
            os.fsync(file.fileno())
    return names


def _write(folder: Path, formats: Collection[str], examples: Examples, database: Path) -> tuple[str, ...]:
    from thaita.out.tables import duckdb_file as duck
    from thaita.out.tables.jsonl_file import write_json_lines
    from thaita.out.tables.parquet_by_year import write_by_year

    names: list[str] = []
    with closing(duck.connect(database)) as connection:
        duck.fill(connection, folder)
    with ExitStack() as stack:
        workbook = None
        if "xlsx" in formats:
            workbook = stack.enter_context(_workbook_process(database, folder / WORKBOOK, examples))
            names.append(WORKBOOK)
        connection = stack.enter_context(closing(duck.connect(database, read_only=True)))
        if "parquet" in formats:
            names += [duck.write_parquet(connection, table, folder) for table in TABLES]
        if "parquet-by-year" in formats:
            names += write_by_year(connection, folder)
        if "jsonl" in formats:
            write_json_lines(connection, folder / LINES)
            names.append(LINES)
        if workbook is not None:
            _finish(workbook)
    if "duckdb" in formats:
        database.replace(folder / DATABASE)
        names.append(DATABASE)
    return tuple(sorted(names))


@contextmanager
def _workbook_process(database: Path, target: Path, examples: Examples) -> Iterator[subprocess.Popen[bytes]]:
    """Yield the process that writes the workbook; it is ended with the block."""
    process = start_python("thaita.out.tables.formats", stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert process.stdin is not None
        pickle.dump((database, target, dict(examples)), process.stdin)
        process.stdin.close()
        process.stdin = None
        yield process
    finally:
        end_child(process)


def _finish(process: subprocess.Popen[bytes]) -> None:
    _, said = process.communicate()
    if process.returncode:
        reason = said.decode("utf-8", "replace").strip().splitlines()[-1:] or ["its process ended"]
        raise OSError(errno.EIO, f"the workbook cannot be written: {reason[0]}")


def main() -> None:
    """Write a workbook from a database; standard input has the pickled arguments."""
    from thaita.out.tables import duckdb_file as duck
    from thaita.out.tables.xlsx_file import write_workbook

    database, target, examples = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own process wrote it
    with closing(duck.connect(database, read_only=True)) as connection:
        tables = {table.name: duck.rows_of(connection, table) for table in TABLES}
        write_workbook(target, tables, examples)
