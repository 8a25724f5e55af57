"""Which bytes were read before: the question that a worker asks the store before it reads a file."""

from __future__ import annotations

import json
import sqlite3
import zlib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from thaita.corpus.run.limits import LIMITS, Limits
from thaita.corpus.run.version_digest import recognizer

Row = tuple[object, ...]

COLUMNS = "failed, problem, signature, kept, recognizer, limits"
"""What a result is, as the store has it, beside a checksum of it."""

ASK = f"SELECT {COLUMNS}, checksum FROM results WHERE sha256 = ? AND how = ? AND (? IS NULL OR run = ?)"  # noqa: S608 - names of our own


@dataclass(frozen=True, slots=True)
class Known:
    """What results of a store may stand for a reading; it travels to the workers.

    `how` is the digest of the program and its options, `ocr` the recognizer's option, `limits` what a report
    may take, `run` the run that they must be of, None for any.
    """

    path: Path | None
    how: str
    ocr: str
    limits: Limits = LIMITS
    run: str | None = None

    def has(self, sha256: str) -> bool:
        """Return whether the store at `path` has a result for these bytes; one that cannot be asked has none."""
        if self.path is None:
            return False
        try:
            return self.fits(_connection(self.path).execute(ASK, self.key(sha256)).fetchone())
        except sqlite3.Error:
            return False

    def key(self, sha256: str) -> Row:
        """Return the parameters of `ASK`."""
        return (sha256, self.how, self.run, self.run)

    def fits(self, row: Row | None) -> bool:
        """Return whether a row that `ASK` gave may stand for a new reading.

        Pages that are pictures must be read by the same recognizer, and what reached its limits
        is read again with wider ones.
        """
        if row is None or not is_whole(row):
            return False
        *_, name, reached, _ = row
        if name is not None and name != recognizer(self.ocr):
            return False
        return reached is None or self.limits.within(limits_of(str(reached)))


def checksum(values: Row) -> int:
    """Return a checksum of the values of `COLUMNS`: SQLite does not notice bytes that a disk has changed."""
    found = 0
    for value in values:
        found = zlib.crc32(value if isinstance(value, bytes) else repr(value).encode(), found)
    return found


def is_whole(row: Row) -> bool:
    """Return whether a row that `ASK` gave is as it was written."""
    return checksum(row[:-1]) == row[-1]


def limits_text(limits: Limits | None) -> str | None:
    """Return limits as the store keeps them."""
    return None if limits is None else json.dumps(asdict(limits))


def limits_of(text: str) -> Limits:
    """Return the limits that a text of the store holds. Raises ValueError or TypeError for another text."""
    return Limits(**json.loads(text))


@cache
def _connection(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=60, check_same_thread=False)
