"""Lookup of stored results, which workers query before they read a file."""

from __future__ import annotations

import json
import sqlite3
import zlib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from thaita.corpus.run.limits import LIMITS, Limits
from thaita.corpus.run.version_digest import recognizer

ResultRow = tuple[object, ...]

COLUMNS = "failed, problem, signature, kept, recognizer, limits"
"""The columns of a stored result, besides its checksum."""

ASK = f"SELECT {COLUMNS}, checksum FROM results WHERE sha256 = ? AND how = ? AND (? IS NULL OR run = ?)"  # noqa: S608 - names of our own


@dataclass(frozen=True, slots=True)
class ResultLookup:
    """Selects which stored results can replace reading a file again; it is sent to the workers.

    `digest` identifies the program and its options, `ocr` is the recognizer option, `limits` are the limits
    of this run, and `run` is the run that results must come from, or None for any.
    """

    path: Path | None
    digest: str
    ocr: str
    limits: Limits = LIMITS
    run: str | None = None

    def has(self, sha256: str) -> bool:
        """Return whether the store at `path` has a usable result for these bytes; False if it cannot be queried."""
        if self.path is None:
            return False
        try:
            return self.fits(_connection(self.path).execute(ASK, self.key(sha256)).fetchone())
        except sqlite3.Error:
            return False

    def key(self, sha256: str) -> ResultRow:
        """Return the parameters of `ASK`."""
        return (sha256, self.digest, self.run, self.run)

    def fits(self, row: ResultRow | None) -> bool:
        """Return whether a row returned by `ASK` can replace reading the file.

        Scanned pages must have been read by the same recognizer, and a report that reached its limits is read
        again if the limits are now wider.
        """
        if row is None or not is_whole(row):
            return False
        *_, name, reached, _ = row
        if name is not None and name != recognizer(self.ocr):
            return False
        return reached is None or self.limits.within(limits_of(str(reached)))


def checksum(values: ResultRow) -> int:
    """Return a checksum of the values of `COLUMNS`: SQLite does not detect bytes changed on disk."""
    found = 0
    for value in values:
        found = zlib.crc32(value if isinstance(value, bytes) else repr(value).encode(), found)
    return found


def is_whole(row: ResultRow) -> bool:
    """Return whether a row returned by `ASK` is intact."""
    return checksum(row[:-1]) == row[-1]


def limits_text(limits: Limits | None) -> str | None:
    """Return limits in the format of the store."""
    return None if limits is None else json.dumps(asdict(limits))


def limits_of(text: str) -> Limits:
    """Return the limits in a text of the store. Raises ValueError or TypeError for any other text."""
    return Limits(**json.loads(text))


@cache
def _connection(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=60, check_same_thread=False)
