"""The other forms of a dataset, each made from its CSV tables and put beside them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from thaita.models.tables import TABLES
from thaita.out.codebook import Examples

Format = Literal["csv", "parquet", "xlsx", "duckdb", "jsonl"]
FORMATS: tuple[Format, ...] = ("csv", "parquet", "xlsx", "duckdb", "jsonl")

WORKBOOK = "dataset.xlsx"
DATABASE = "dataset.duckdb"
LINES = "reports.jsonl"


def files_of(formats: Collection[str]) -> tuple[str, ...]:
    """Return the names of the files that the formats other than CSV add to a dataset's folder."""
    parquet = tuple(f"{table.name}.parquet" for table in TABLES) if "parquet" in formats else ()
    others = (("xlsx", WORKBOOK), ("duckdb", DATABASE), ("jsonl", LINES))
    return (*parquet, *(name for form, name in others if form in formats))


def write_formats(folder: Path, formats: Collection[str], examples: Examples) -> None:
    """Write the forms named into a folder that has the CSV tables.

    The workbook is written by a process of its own, as it takes longer than all others together. Raises
    OSError where one cannot be written, duckdb.Error where a table is damaged.
    """
    if not files_of(formats):
        return
    from thaita.out import duck
    from thaita.out.json_lines import write_json_lines

    with TemporaryDirectory(dir=folder, prefix=".scratch-") as scratch:
        database = Path(scratch) / DATABASE
        with closing(duck.connect(database)) as connection:
            duck.fill(connection, folder)
        workbook = _start_workbook(database, folder / WORKBOOK, examples) if "xlsx" in formats else None
        with closing(duck.connect(database, read_only=True)) as connection:
            if "parquet" in formats:
                for table in TABLES:
                    duck.write_parquet(connection, table, folder / f"{table.name}.parquet")
            if "jsonl" in formats:
                write_json_lines(connection, folder / LINES)
        if workbook is not None:
            _finish_workbook(workbook)
        if "duckdb" in formats:
            database.replace(folder / DATABASE)


def _start_workbook(database: Path, target: Path, examples: Examples) -> subprocess.Popen[bytes]:
    import pickle

    command = [sys.executable, "-m", "thaita.out.formats"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603 - no word of it comes from outside
    assert process.stdin is not None
    process.stdin.write(pickle.dumps((database, target, dict(examples))))
    process.stdin.close()
    process.stdin = None
    return process


def _finish_workbook(process: subprocess.Popen[bytes]) -> None:
    _, said = process.communicate()
    if process.returncode:
        reason = said.decode("utf-8", "replace").strip().splitlines()[-1:] or ["its process ended"]
        raise OSError(f"the workbook cannot be written: {reason[0]}")


def main() -> None:
    """Write a workbook from a database, as standard input says."""
    import pickle

    from thaita.out import duck
    from thaita.out.workbook import write_workbook

    database, target, examples = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own process wrote it
    with closing(duck.connect(database, read_only=True)) as connection:
        tables = {table.name: duck.rows_of(connection, table) for table in TABLES}
        write_workbook(target, tables, examples)


if __name__ == "__main__":
    main()
