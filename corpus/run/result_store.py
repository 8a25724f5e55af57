"""Results of earlier runs by file content: a second run reads only new and changed files.

The store is an SQLite database, so that a run can be killed at any moment. No state of the store stops a run:
a damaged store is moved aside, and if nothing can be written, the results of the run go into a temporary
file.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from thaita.corpus.duplicates import Signature
from thaita.corpus.problems import RunError
from thaita.corpus.run.result_lookup import ASK, COLUMNS, ResultLookup, checksum, is_whole, limits_text
from thaita.corpus.run.task import FileResult
from thaita.models.records import Problem

_SCHEMA_VERSION = 2
"""Increased when the tables change: a store with another version is emptied."""

_TABLES = """
    CREATE TABLE results (
        sha256 TEXT NOT NULL, how TEXT NOT NULL, run TEXT NOT NULL, day INTEGER NOT NULL, failed INTEGER NOT NULL,
        problem TEXT, signature TEXT, kept BLOB, recognizer TEXT, limits TEXT, checksum INTEGER NOT NULL);
    CREATE UNIQUE INDEX results_of_bytes ON results (sha256, how);
    CREATE INDEX results_by_day ON results (day);
    CREATE TABLE files (place BLOB PRIMARY KEY, stamp TEXT NOT NULL, sha256 TEXT NOT NULL) WITHOUT ROWID;
"""

_ADD = f"INSERT OR REPLACE INTO results (sha256, how, run, day, {COLUMNS}, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - names of our own

_MAX_AGE_DAYS = 90
"""Days after which results of other programs or options are deleted."""


_TEMPORARY_ERRORS = (sqlite3.OperationalError,)
"""Errors of an intact database that is temporarily unavailable: locked, read-only, or on a full disk."""


class StoreError(RunError):
    """Results cannot be stored anywhere; the message states what to do."""


Warn = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class StoredResult:
    """The stored result for a file's bytes; see `FileResult`."""

    failed: bool
    problem: Problem | None
    kept: bytes | None
    signature: Signature | None


class Store:
    """The results of earlier runs and of this one; used by one thread."""

    def __init__(self, known: ResultLookup, run: str, warn: Warn = warnings.warn) -> None:
        """Open the store at the path of `known`, or a temporary one without a path; `run` names this run.

        `warn` is called once if a store is moved aside or cannot be used. Raises StoreError if not even a
        temporary one can be created.
        """
        self.known = known
        self.run = run
        self._warn = warn
        self._damaged = False
        self._db = self._open()
        self._spare: sqlite3.Connection | None = None

    def _open(self) -> sqlite3.Connection:
        path = self.known.path
        if path is None:
            return self._temporary()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return _opened(path)
            except _TEMPORARY_ERRORS:
                raise
            except sqlite3.DatabaseError as error:
                aside = _move_aside(path)
                self._warn(
                    f"the results of earlier runs were damaged and have been moved to {aside} ({error})"
                )
                return _opened(path)
        except (OSError, sqlite3.DatabaseError) as error:
            self._warn_not_stored(error)
            self.known = replace(self.known, path=None)  # workers must not query what this one has not
            return self._temporary()

    def _temporary(self) -> sqlite3.Connection:
        try:
            return _prepared(sqlite3.connect("", isolation_level=None))
        except sqlite3.DatabaseError as error:
            raise self._error(error) from error

    def _warn_not_stored(self, error: Exception) -> None:
        self._warn(
            f"results cannot be stored for later runs in {self.known.path} ({error}): "
            "the run goes on without; THAITA_CACHE names another folder"
        )

    def sha_of(self, place: Path | str, stamp: str | None) -> str | None:
        """Return the SHA-256 of the file at a place, if the file has not changed since it was last read."""
        row = self._query("SELECT stamp, sha256 FROM files WHERE place = ?", (_key(place),))
        return str(row[1]) if row is not None and stamp is not None and row[0] == stamp else None

    def has(self, sha256: str) -> bool:
        """Return whether there is a usable result for these bytes."""
        return self.known.fits(self._query(ASK, self.known.key(sha256)))

    def get(self, sha256: str) -> StoredResult:
        """Return the stored result for these bytes. Raises StoreError if there is none."""
        row = self._query(ASK, (sha256, self.known.digest, None, None))
        if row is None or not is_whole(row):
            raise self._error(LookupError("a result was lost during the run"))
        failed, problem, text, kept, *_ = row
        return StoredResult(
            bool(failed),
            None if problem is None else Problem.model_validate_json(problem),
            kept,
            None if text is None else Signature.load(text),
        )

    def add(self, place: Path | str, result: FileResult) -> None:
        """Store the result of a file with known bytes, so that it survives if this process is killed.

        Raises StoreError if it cannot be written anywhere.
        """
        values = (
            int(result.failed),
            result.problem and result.problem.model_dump_json(exclude_defaults=True),
            result.signature and result.signature.dump(), result.kept, result.recognizer, limits_text(result.limits),
        )  # fmt: skip
        day = int(time.time() // 86400)
        if not result.known:
            self._write(_ADD, (result.sha256, self.known.digest, self.run, day, *values, checksum(values)))
        if result.stamp is not None:
            file = (_key(place), result.stamp, result.sha256)
            self._write("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", file)

    def close(self) -> None:
        """Close the store, delete old results of other programs, and move the store aside if it is damaged."""
        with suppress(sqlite3.DatabaseError):
            self._db.execute(
                "DELETE FROM results WHERE day < ? AND how <> ?",
                (time.time() // 86400 - _MAX_AGE_DAYS, self.known.digest),
            )
        for db in filter(None, (self._db, self._spare)):
            with suppress(sqlite3.DatabaseError):
                db.close()
        if self._damaged and self.known.path is not None:
            with suppress(OSError):
                _move_aside(self.known.path)

    def _query(self, query: str, values: tuple[object, ...]) -> tuple[Any, ...] | None:
        """Return the row of a query, or None if it is on a damaged page."""
        for db in (self._spare, self._db):
            try:
                row: tuple[Any, ...] | None = None if db is None else db.execute(query, values).fetchone()
            except sqlite3.DatabaseError as error:
                self._failed(error)
                continue
            if row is not None:
                return row
        return None

    def _write(self, order: str, values: tuple[object, ...]) -> None:
        """Write to the store; after the first failure, to a temporary one."""
        if self._spare is None:
            try:
                self._db.execute(order, values)
            except sqlite3.DatabaseError as error:
                self._failed(error)
                self._warn_not_stored(error)
                self._spare = self._temporary()
            else:
                return
        try:
            self._spare.execute(order, values)
        except sqlite3.DatabaseError as error:
            raise self._error(error) from error

    def _failed(self, error: sqlite3.DatabaseError) -> None:
        self._damaged = self._damaged or not isinstance(error, _TEMPORARY_ERRORS)

    def _error(self, error: Exception) -> StoreError:
        return StoreError(
            f"results cannot be stored anywhere ({error}): free disk space, or set TMPDIR to another folder"
        )


def _opened(path: Path) -> sqlite3.Connection:
    """Return the database of a file, prepared for this version. Raises sqlite3.DatabaseError."""
    db = sqlite3.connect(path, timeout=60, isolation_level=None)
    try:
        return _prepared(db)
    except BaseException:
        db.close()
        raise


def _move_aside(path: Path) -> Path:
    """Rename a damaged store, replacing an earlier one moved aside. Raises OSError."""
    aside = path.with_name(f"{path.name}.damaged")
    for end in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).replace(aside.with_name(aside.name + end))
    return aside


def _key(place: Path | str) -> bytes:
    """Return the key of a path or URL: a digest, because file names are not always text."""
    name = place if isinstance(place, str) else str(place.absolute())
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()


def _prepared(db: sqlite3.Connection) -> sqlite3.Connection:
    """Return the database with the tables of this version. Raises sqlite3.DatabaseError, also if it is damaged."""
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    if db.execute("PRAGMA user_version").fetchone()[0] != _SCHEMA_VERSION:
        db.executescript(
            f"BEGIN IMMEDIATE; DROP TABLE IF EXISTS results; DROP TABLE IF EXISTS files; {_TABLES}"
            f"PRAGMA user_version = {_SCHEMA_VERSION}; COMMIT;"
        )
    for columns in (
        f"sha256, how, run, day, {COLUMNS}, checksum FROM results",
        "place, stamp, sha256 FROM files",
    ):
        try:
            db.execute(f"SELECT {columns} LIMIT 1").fetchone()
        except (
            sqlite3.OperationalError
        ) as error:  # another program uses this version number with other tables
            raise sqlite3.DatabaseError(str(error)) from error
    return db
