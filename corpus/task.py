"""One file of an archive: its bytes, read, and what is kept of it. This is what worker processes do."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from thaita.corpus import remote
from thaita.corpus.known import Known
from thaita.corpus.problems import problem_of
from thaita.corpus.program import recognizer
from thaita.corpus.twins import Signature, signature
from thaita.extract.documents import is_pdf, is_picture
from thaita.extract.options import PdfOptions
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.reading import read_bytes
from thaita.models.records import Problem, Reading

Keep = Callable[[Reading], bytes]
"""What makes a reading, its source left empty, into the bytes that are kept of it."""

Extract = Callable[[bytes, str, PdfOptions], Reading]
"""What makes a file's bytes into records that carry the source given."""

MAX_BYTES = 256 * 1024 * 1024
"""Larger files are refused: no report comes near, and a run must not exhaust the memory."""

_SETTLED = 2.0
"""Seconds after which a file that was written is taken for finished: file systems count time coarsely."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done with every file of a run; it travels to the workers.

    `known` says which bytes were read before, None where nobody can be asked. `extract` and `keep` are
    functions of modules.
    """

    options: PdfOptions
    keep: Keep
    known: Known | None = None
    extract: Extract = read_bytes


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file. `kept` and `signature` are of a file that gave a report.

    `sha256` is None where the bytes could not be had. `stamp` tells this state of the file from another, and is
    None where none can. `problem` says why there is no report. `failed` says that the user should look at the
    file. `known` says that the bytes were read before, so that the rest is empty. `recognizer` names
    what would read pictures of pages. `limits` are those that the file went beyond, in seconds and bytes.
    """

    sha256: str | None = None
    stamp: str | None = None
    kept: bytes | None = None
    signature: Signature | None = None
    problem: Problem | None = None
    failed: bool = False
    known: bool = False
    recognizer: str | None = None
    limits: tuple[float, int] | None = None


def perform(job: Job, place: Path | str, stamp: str | None = None) -> Result:
    """Return what becomes of the file at a path or URL. Raises nothing but MemoryError.

    `stamp` is that of a file at a URL, as its listing gave it.
    """
    try:
        data, stamp = contents(place, stamp)
    except (OSError, UnreadableFileError) as error:
        return _refused(problem_of(error))
    sha256 = hashlib.sha256(data).hexdigest()
    if job.known is not None and job.known.has(sha256):
        return Result(sha256, stamp, known=True)
    pages = is_pdf(data) or is_picture(data)
    name = recognizer(job.options.ocr) if pages else None
    try:
        reading = job.extract(data, "", job.options)
        kept = job.keep(reading)
    except MemoryError:
        raise
    except Exception as error:  # one report, whatever it does, must not stop the others
        return _refused(_of_a_picture(problem_of(error), data), sha256, stamp, name)
    failed = any(problem.severity == "error" and problem.table is None for problem in reading.problems)
    return Result(sha256, stamp, kept, signature(reading), failed=failed, recognizer=name)


def _refused(
    problem: Problem, sha256: str | None = None, stamp: str | None = None, name: str | None = None
) -> Result:
    failed = problem.severity == "error"
    return Result(sha256, stamp, problem=problem, failed=failed, recognizer=name)


def _of_a_picture(problem: Problem, data: bytes) -> Problem:
    """Let a picture that is no report, or that is not to be read, be no failure: archives hold photographs and logos."""
    if problem.code in ("not_ita", "unsupported_format") and is_picture(data):
        return problem.model_copy(update={"severity": "warning"})
    return problem


def contents(place: Path | str, stamp: str | None = None) -> tuple[bytes, str | None]:
    """Return the bytes of the file at a path or URL, and the stamp of the file that they were read from.

    Raises OSError, and UnreadableFileError for more than `MAX_BYTES` and for a file that is being written.
    """
    if isinstance(place, str):
        return _bounded(remote.read(place, MAX_BYTES + 1)), stamp
    for _ in range(2):
        before = place.stat()
        data = file_bytes(place)
        after = place.stat()
        if _state(before) == _state(after):
            return data, _stamp(after)
    message = "The file changed while it was read: run again when it is complete."
    raise UnreadableFileError("changed", message)


def file_bytes(path: Path) -> bytes:
    """Return a file's bytes; raises OSError, and UnreadableFileError for more than `MAX_BYTES`."""
    if path.stat().st_size > MAX_BYTES:
        return _bounded(None)
    with path.open("rb") as file:
        return _bounded(file.read(MAX_BYTES + 1))


def _bounded(data: bytes | None) -> bytes:
    if data is None or len(data) > MAX_BYTES:
        message = f"larger than {MAX_BYTES // 1024**2} MiB, so no report: not read"
        raise UnreadableFileError("too_large", message)
    return data


def stamp_of(path: Path) -> str | None:
    """Return what tells this state of a file from later ones; None while it may change unseen. Raises OSError."""
    return _stamp(path.stat())


def _stamp(found: os.stat_result) -> str | None:
    return _state(found) if abs(time.time() - found.st_mtime) > _SETTLED else None


def _state(found: os.stat_result) -> str:
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"
