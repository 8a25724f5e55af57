"""Writes the CSV files of a dataset, row by row or one report at a time."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from thaita.models.rows import Row
from thaita.models.tables import BY_NAME, TABLES, TableDefinition
from thaita.out.tables.checksums import RunningChecksum, Sum
from thaita.out.tables.csv_tables import cell, record
from thaita.out.tables.packed_rows import Packed, table_rows

_BUFFER = 1024**2


class TableFiles:
    """A CSV file for every table, even an empty one; a context manager that flushes all files to disk at its end.

    `counts` has the number of rows by table, `examples` the first value of each column by (table, column).
    """

    def __init__(self, folder: Path) -> None:
        """Create the files. Like every method, raises OSError if a file cannot be written completely."""
        self.counts = dict.fromkeys(BY_NAME, 0)
        self.examples: dict[tuple[str, str], str] = {}
        self._missing = {table.name: set(table.header) for table in TABLES}
        self._summing = {name: RunningChecksum() for name in BY_NAME}
        self._stack = ExitStack()
        with ExitStack() as opening:
            self._files = {table.name: opening.enter_context(_create(folder, table)) for table in TABLES}
            self._stack = opening.pop_all()
        for table in TABLES:
            self._write(table.name, ("\ufeff" + record(table.header)).encode())

    def __enter__(self) -> TableFiles:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            if kind is None:
                for file in self._files.values():
                    file.flush()
                    os.fsync(file.fileno())

    def add(self, name: str, row: Row) -> None:
        """Write a row of a table."""
        columns = BY_NAME[name].columns
        self._write(name, record(cell(row[column.name], column) for column in columns).encode())
        self.counts[name] += 1
        if self._missing[name]:
            self._note(name, row)

    def add_packed(self, packed: Packed) -> None:
        """Write all rows of a packed report."""
        for table in TABLES:
            name = table.name
            self._write(name, packed.records[name])
            self.counts[name] += packed.counts[name]
            if not self._missing[name].isdisjoint(packed.filled[name]):
                for row in table_rows(packed, table):
                    self._note(name, row)

    def sums(self) -> dict[str, Sum]:
        """Return the checksums of the bytes written so far, by file name."""
        return {f"{name}.csv": summing.sum() for name, summing in self._summing.items()}

    def _write(self, name: str, data: bytes) -> None:
        self._files[name].write(data)
        self._summing[name].add(data)

    def _note(self, name: str, row: Row) -> None:
        for column in [one for one in self._missing[name] if row[one] is not None]:
            self.examples[name, column] = str(row[column])
            self._missing[name].remove(column)


def _create(folder: Path, table: TableDefinition) -> BinaryIO:
    return (folder / f"{table.name}.csv").open("xb", buffering=_BUFFER)
