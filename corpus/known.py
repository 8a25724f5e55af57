"""Which bytes were read before: the question that a worker asks the store before it reads a file."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from thaita.corpus.program import recognizer

Row = tuple[object, ...]

ASK = """SELECT recognizer, seconds, memory FROM results
    WHERE sha256 = ? AND how = ? AND (? IS NULL OR run = ?)"""


@dataclass(frozen=True, slots=True)
class Known:
    """What results of a store may stand for a reading; it travels to the workers.

    `how` is the digest of the program and its options, `ocr` the recogniser's option, `limits` the seconds
    and bytes that a report may take, `run` the run that they must be of, None for any.
    """

    path: Path | None
    how: str
    ocr: str
    limits: tuple[float, int]
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

        Pages that are pictures must be read by the same recogniser, and what went beyond its limits
        is read again with wider ones.
        """
        if row is None:
            return False
        name, seconds, memory = row
        if name is not None and name != recognizer(self.ocr):
            return False
        return not isinstance(seconds, float) or not isinstance(memory, int) or (
            self.limits[0] <= seconds and self.limits[1] <= memory
        )  # fmt: skip


@cache
def _connection(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=60, check_same_thread=False)
