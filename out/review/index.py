"""A dataset opened for review: its reports with their doubts, and the rows of any one of them at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import InvalidOperation
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from thaita.corpus.archive_location import cache_path
from thaita.corpus.dataset_folder import is_dataset
from thaita.corpus.regular_files import check_regular
from thaita.corpus.review.apply import as_extracted
from thaita.corpus.review.decision import Decision
from thaita.corpus.review.reviewable_fields import DECIDABLE, concerns
from thaita.models.columns import Column
from thaita.models.extras import require
from thaita.models.rows import Row, Value
from thaita.models.tables import BY_NAME, TABLES, TableDefinition
from thaita.out.review.view import Doubt
from thaita.out.tables.checksums import DatasetError, known_sums, refuse_other, sum_of
from thaita.out.tables.csv_tables import value
from thaita.out.tables.report_records import damaged_report
from thaita.version import __version__

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

VERSION = 3
"""Raised when the form of the index changes."""

_LONGEST_LINE = 2_000_000


@dataclass(slots=True)
class Entry:
    """A report in the list: what it is called, and what is in doubt in it.

    `settled` are the doubts that the dataset has as closed. A copy (`same_as`) has no doubts here: those of the
    report that it repeats are asked.
    """

    report_id: str
    source: str
    agency: str
    province: str
    fiscal_year: str
    media_type: str
    sha256: str
    same_as: str
    doubts: list[Doubt] = field(default_factory=list)
    settled: set[Doubt] = field(default_factory=set)
    problems: int = 0

    def undecided(self, decisions: Sequence[Decision]) -> list[Doubt]:
        """Return the doubts that no decision on a cell that they are about answers."""
        last = {(one.table, one.row_id, one.column): one.kind for one in decisions}
        standing = {cell for cell, kind in last.items() if kind != "withdraw"}
        if not standing:
            return self.doubts
        return [
            one
            for one in self.doubts
            if one not in self.settled
            and not any(
                (one[0], one[1], column) in standing for column in (one[2], *concerns(one[0], one[3]))
            )
        ]


class Index:
    """The reports of one state of a dataset; `entries` in the dataset's order, `without` files that gave none.

    The tables are read once into a database in the user's cache, which later starts use.
    Raises DatasetError for a folder that is no dataset.
    """

    def __init__(self, dataset: Path) -> None:
        self.dataset = dataset
        self.state = state_of(dataset)
        self._connection = _opened(dataset, self.state)
        self._lock = Lock()
        self.entries = self._entries()
        self.by_id = {entry.report_id: entry for entry in self.entries}
        sql = "SELECT count(DISTINCT source) FROM problems WHERE report_id IS NULL AND severity <> 'info' AND code NOT LIKE 'correction%'"
        self.without = int(self._all(sql)[0][0] or 0)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def rows(self, report_id: str) -> list[tuple[str, Row]]:
        """Return the rows of one report as the dataset has them, in the order of the tables."""
        found: list[tuple[str, Row]] = []
        for table in TABLES:
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            sql = f"SELECT {names} FROM {table.name} WHERE of_report = ? ORDER BY rowid"  # noqa: S608 - our own names
            found += [(table.name, _row(table, fields)) for fields in self._all(sql, [report_id])]
        return found

    def extracted(self, report_id: str) -> list[tuple[str, Row]]:
        """Return the rows of one report as they were before decisions were applied. Raises DatasetError."""
        rows = self.rows(report_id)
        try:
            return as_extracted(rows)
        except (ValueError, InvalidOperation) as error:
            raise damaged_report(self.dataset, report_id, error) from error

    def _entries(self) -> list[Entry]:
        columns = (
            "report_id",
            "source",
            "agency",
            "province",
            "fiscal_year",
            "media_type",
            "sha256",
            "same_as",
        )
        reports = BY_NAME["reports"]
        types = [next(one for one in reports.columns if one.name == name) for name in columns]
        sql = f"SELECT {', '.join(columns)} FROM reports ORDER BY rowid"  # noqa: S608
        entries = [Entry(*_texts(types, fields)) for fields in self._all(sql)]
        by_id = {entry.report_id: entry for entry in entries}
        sql = 'SELECT of_report, "table", row_id, "column", flag, open FROM doubts ORDER BY rowid'
        for report_id, table, row_id, name, flag, is_open in self._all(sql):
            entry = by_id.get(str(report_id))
            if entry is None or entry.same_as or name not in DECIDABLE.get(str(table), ()):
                continue
            doubt = (str(table), str(row_id), str(name), str(flag))
            entry.doubts.append(doubt)
            if is_open != "true":
                entry.settled.add(doubt)
        sql = "SELECT of_report, count(*) FROM problems WHERE severity <> 'info' GROUP BY of_report"
        for report_id, count in self._all(sql):
            if report_id in by_id:
                by_id[str(report_id)].problems = int(count or 0)
        return entries

    def _all(self, sql: str, values: Iterable[object] = ()) -> list[tuple[str | None, ...]]:
        with self._lock:
            return self._connection.execute(sql, list(values)).fetchall()


def state_of(dataset: Path) -> str:
    """Return what changes when the dataset is written anew; raises DatasetError where it is none."""
    known = [__version__, str(VERSION)]
    try:
        for table in TABLES:
            stat = (dataset / f"{table.name}.csv").stat()
            check_regular(stat, dataset / f"{table.name}.csv")
            known.append(f"{table.name} {stat.st_size} {stat.st_mtime_ns} {stat.st_ino}")
    except OSError as error:
        raise DatasetError(f"{dataset} is no dataset that `thaita extract` wrote") from error
    return hashlib.sha256("\n".join(known).encode()).hexdigest()


def _texts(
    columns: Sequence[Column], fields: Sequence[str | None]
) -> tuple[str, str, str, str, str, str, str, str]:
    a, b, c, d, e, f, g, h = (
        str(_value("reports", text, one) or "") for text, one in zip(fields, columns, strict=True)
    )
    return a, b, c, d, e, f, g, h


def _row(table: TableDefinition, fields: Sequence[str | None]) -> Row:
    return {one.name: _value(table.name, text, one) for one, text in zip(table.columns, fields, strict=True)}


def _value(table: str, text: str | None, column: Column) -> Value:
    try:
        return value(text or "", column)
    except (ValueError, InvalidOperation) as error:
        message = (
            f"{table}.csv, {column.name}: {str(text)[:40]!r} is no {column.type}; run `thaita extract` again"
        )
        raise DatasetError(message) from error


def _opened(dataset: Path, state: str) -> DuckDBPyConnection:
    """Return a connection to the index of a dataset, made anew where it is of another state."""
    require("review", "duckdb")
    import duckdb

    if not is_dataset(dataset):
        raise DatasetError(f"{dataset} is no dataset that `thaita extract` wrote")
    path = cache_path(dataset, f".{state[:16]}.duckdb")
    with suppress(duckdb.Error, OSError):
        if path.exists():
            return duckdb.connect(str(path), read_only=True)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.unlink(missing_ok=True)
        with duckdb.connect(str(fresh)) as connection:
            _fill(connection, dataset)
        for old in path.parent.glob(f"{path.name.split('.')[0]}.*.duckdb"):
            with suppress(OSError):
                old.unlink()
        fresh.replace(path)
        return duckdb.connect(str(path), read_only=True)
    except (OSError, duckdb.IOException):  # no cache can be written: the memory will do
        connection = duckdb.connect()
        _fill(connection, dataset)
        return connection


def _fill(connection: DuckDBPyConnection, dataset: Path) -> None:
    """Read the tables as they are written, each row with the report that it is of."""
    import duckdb

    known = known_sums(dataset)
    for table in TABLES:
        columns = ", ".join(f"'{column.name}': 'VARCHAR'" for column in table.columns)
        own = "report_id" if "report_id" in table.header else "regexp_replace(measure_id, '-m[^-]*$', '')"
        path = dataset / f"{table.name}.csv"
        refuse_other(dataset, path.name, sum_of(path), known)
        for longest in (_LONGEST_LINE, max(_LONGEST_LINE, path.stat().st_size)):
            sql = (
                f"CREATE OR REPLACE TABLE {table.name} AS SELECT *, {own} AS of_report FROM read_csv(?, "  # noqa: S608
                f"header = true, delim = ',', quote = '\"', escape = '\"', columns = {{{columns}}}, nullstr = '', "
                f"auto_detect = false, parallel = false, max_line_size = {longest})"
            )
            try:
                connection.execute(sql, [str(path)])
                break
            except duckdb.InvalidInputException as error:
                if longest > _LONGEST_LINE or path.stat().st_size <= _LONGEST_LINE:
                    raise DatasetError(
                        f"{path}: not a table of this version; run `thaita extract` again"
                    ) from error
