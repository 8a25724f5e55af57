"""What was kept of the files that were read, by their content: a second run does what is new or changed.

The store is an SQLite database, so that a run may be killed at any moment.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thaita.corpus.known import ASK, Known
from thaita.corpus.problems import RunError
from thaita.corpus.task import Result
from thaita.corpus.twins import Signature
from thaita.models.records import Problem

_FORM = 1
"""Raised when the tables change: a store of another form is emptied."""

_TABLES = """
    CREATE TABLE results (
        sha256 TEXT NOT NULL, how TEXT NOT NULL, run TEXT NOT NULL, day INTEGER NOT NULL, failed INTEGER NOT NULL,
        problem TEXT, signature TEXT, kept BLOB, recognizer TEXT, seconds REAL, memory INTEGER);
    CREATE UNIQUE INDEX results_of_bytes ON results (sha256, how);
    CREATE INDEX results_by_day ON results (day);
    CREATE TABLE files (place BLOB PRIMARY KEY, stamp TEXT NOT NULL, sha256 TEXT NOT NULL) WITHOUT ROWID;
"""

_ADD = "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

_DAYS = 90
"""Days after which results that another program or other options gave are dropped."""


class StoreError(RunError):
    """The store cannot be written; the message says where it is and what to do."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the store has of a file's bytes; see `Result`."""

    failed: bool
    problem: Problem | None
    kept: bytes | None
    signature: Signature | None


class Store:
    """The results of earlier runs and of this one; used by one thread."""

    def __init__(self, known: Known, run: str) -> None:
        """Open the store at the path of `known`, a temporary one without a path; `run` names this run.

        A file that is no store is put aside. Raises StoreError where there can be none.
        """
        self.known = known
        self.run = run
        try:
            self._db = self._open()
        except sqlite3.DatabaseError as error:
            raise self._error(error) from error

    def _open(self) -> sqlite3.Connection:
        path = self.known.path
        if path is None:
            return _prepared(sqlite3.connect("", isolation_level=None))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._error(error) from error
        db = sqlite3.connect(path, timeout=60, isolation_level=None)
        try:
            return _prepared(db)
        except sqlite3.OperationalError:  # it cannot be written now: that is not damage
            db.close()
            raise
        except sqlite3.DatabaseError:
            db.close()
            for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
                with suppress(FileNotFoundError):
                    path.with_name(name).replace(path.with_name(f"{name}.damaged"))
            return _prepared(sqlite3.connect(path, timeout=60, isolation_level=None))

    def sha_of(self, place: Path | str, stamp: str | None) -> str | None:
        """Return the SHA-256 of the file at a place, if it is as it was when it was last read."""
        row = self._ask("SELECT stamp, sha256 FROM files WHERE place = ?", (_key(place),))
        return str(row[1]) if row is not None and stamp is not None and row[0] == stamp else None

    def has(self, sha256: str) -> bool:
        """Return whether there is a result for these bytes that may stand for a new reading."""
        return self.known.fits(self._ask(ASK, self.known.key(sha256)))

    def get(self, sha256: str) -> Kept:
        """Return what is kept of these bytes. Raises StoreError if nothing is."""
        row = self._ask(
            "SELECT failed, problem, kept, signature FROM results WHERE sha256 = ? AND how = ?",
            (sha256, self.known.how),
        )
        if row is None:
            raise self._error(LookupError("a result was removed during the run"))
        failed, problem, kept, text = row
        return Kept(
            bool(failed),
            None if problem is None else Problem.model_validate_json(problem),
            kept,
            None if text is None else Signature.load(text),
        )

    def add(self, place: Path | str, result: Result) -> None:
        """Keep the result of a file, whose bytes must be known, also if this process is killed afterwards.

        Raises StoreError if it cannot be written.
        """
        seconds, memory = result.limits or (None, None)
        values = (
            result.sha256, self.known.how, self.run, int(time.time() // 86400), int(result.failed),
            result.problem and result.problem.model_dump_json(exclude_defaults=True),
            result.signature and result.signature.dump(), result.kept, result.recognizer, seconds, memory,
        )  # fmt: skip
        try:
            if not result.known:
                self._db.execute(_ADD, values)
            if result.stamp is not None:
                self._db.execute(
                    "INSERT OR REPLACE INTO files VALUES (?, ?, ?)",
                    (_key(place), result.stamp, result.sha256),
                )
        except sqlite3.DatabaseError as error:
            raise self._error(error) from error

    def close(self) -> None:
        """Close the store, and drop from it what other programs left long ago."""
        with suppress(sqlite3.DatabaseError):
            self._db.execute(
                "DELETE FROM results WHERE day < ? AND how <> ?",
                (time.time() // 86400 - _DAYS, self.known.how),
            )
        self._db.close()

    def _ask(self, query: str, values: tuple[object, ...]) -> tuple[Any, ...] | None:
        try:
            row: tuple[Any, ...] | None = self._db.execute(query, values).fetchone()
        except sqlite3.DatabaseError as error:
            raise self._error(error) from error
        return row

    def _error(self, error: Exception) -> StoreError:
        place = "a temporary file" if self.known.path is None else str(self.known.path)
        return StoreError(
            f"results cannot be kept in {place} ({error}): make room there, or name another folder in THAITA_CACHE"
        )


def _key(place: Path | str) -> bytes:
    """Return what a path or URL is called here: a digest, as names of files need not be text."""
    name = place if isinstance(place, str) else str(place.absolute())
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()


def _prepared(db: sqlite3.Connection) -> sqlite3.Connection:
    """Return a database that has the tables of this version."""
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    if db.execute("PRAGMA user_version").fetchone()[0] != _FORM:
        db.executescript(
            f"BEGIN IMMEDIATE; DROP TABLE IF EXISTS results; DROP TABLE IF EXISTS files; {_TABLES}"
            f"PRAGMA user_version = {_FORM}; COMMIT;"
        )
    return db
