"""The work on one file of an archive, done in worker processes: get its bytes, read them, serialize the result."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from thaita.corpus import remote_archive as remote
from thaita.corpus.duplicates import Signature, signature
from thaita.corpus.problems import problem_of
from thaita.corpus.run.limits import Limits
from thaita.corpus.run.result_lookup import ResultLookup
from thaita.corpus.run.version_digest import recognizer
from thaita.corpus.run.worker_process import send_note
from thaita.extract.documents import is_page, is_pdf, is_picture
from thaita.extract.options import PdfOptions
from thaita.extract.pipeline import read_bytes
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.work_limits import LIMIT_CODES
from thaita.models.problem_codes import ProblemCode
from thaita.models.records import Problem, Reading

Keep = Callable[[Reading], bytes]
"""Serializes a reading, whose source is empty, to the bytes that are stored."""

Extract = Callable[[bytes, str, PdfOptions], Reading]
"""Turns a file's bytes into records with the given source."""

MAX_BYTES = 256 * 1024 * 1024
"""Maximum size of a file in bytes: no report comes close, and a run must not exhaust the memory."""

_SETTLE_SECONDS = 2.0
"""Seconds after its last write until a file counts as finished: file systems store times coarsely."""


@dataclass(frozen=True, slots=True)
class Job:
    """The work to be done on every file of a run; it is sent to the workers.

    `known` looks up results of earlier runs, or is None if there is no store. `extract` and `keep` are
    module-level functions.
    """

    options: PdfOptions
    keep: Keep
    known: ResultLookup | None = None
    extract: Extract = read_bytes


@dataclass(frozen=True, slots=True)
class FileResult:
    """The result of reading one file; `kept` and `signature` are set if it gave a report.

    `sha256` is None if the bytes could not be read. `stamp` identifies this version of the file, or is None
    if nothing can. `problem` states why there is no report. `failed` is True if the user should look at the
    file. `known` is True if there is a stored result for the bytes; the other fields are then empty.
    `recognizer` identifies the recognizer of scanned pages. `partial` is True if a limit ended the reading
    early; `limits` are the limits that the file reached or exceeded.
    """

    sha256: str | None = None
    stamp: str | None = None
    kept: bytes | None = None
    signature: Signature | None = None
    problem: Problem | None = None
    failed: bool = False
    known: bool = False
    recognizer: str | None = None
    partial: bool = False
    limits: Limits | None = None


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """The bytes, version and kind of a file, known before it is read."""

    sha256: str | None = None
    stamp: str | None = None
    picture: bool = False


def read_archive_file(job: Job, place: Path | str, stamp: str | None = None) -> FileResult:
    """Return the result of reading the file at a path or URL. Raises nothing but MemoryError.

    `stamp` is that of a file at a URL, from its listing.
    """
    try:
        data, stamp = contents(place, stamp)
    except (OSError, UnreadableFileError) as error:
        return _problem_result(problem_of(error))
    sha256 = hashlib.sha256(data).hexdigest()
    if job.known is not None and job.known.has(sha256):
        return FileResult(sha256, stamp, known=True)
    send_note(FileIdentity(sha256, stamp, is_picture(data)))
    pages = is_pdf(data) or is_picture(data)
    name = recognizer(job.options.ocr) if pages else None
    try:
        reading = job.extract(data, "", job.options)
        kept = job.keep(reading)
    except MemoryError:
        raise
    except Exception as error:  # one failing report must not stop the others
        return _problem_result(_downgraded_if_picture(problem_of(error), data), sha256, stamp, name)
    partial = any(problem.code in LIMIT_CODES for problem in reading.problems)
    failed = any(problem.severity == "error" and problem.table is None for problem in reading.problems)
    return FileResult(
        sha256, stamp, kept, signature(reading), failed=failed, recognizer=name, partial=partial
    )


def _problem_result(
    problem: Problem, sha256: str | None = None, stamp: str | None = None, name: str | None = None
) -> FileResult:
    failed = problem.severity == "error"
    return FileResult(sha256, stamp, problem=problem, failed=failed, recognizer=name)


def _downgraded_if_picture(problem: Problem, data: bytes) -> Problem:
    """Downgrade the problem of an image or web page that is not a report: archives contain photographs and logos."""
    about = problem.code in (ProblemCode.NOT_ITA, ProblemCode.UNSUPPORTED_FORMAT)
    return as_warning(problem) if about and (is_picture(data) or is_page(data)) else problem


def as_warning(problem: Problem) -> Problem:
    """Return a problem as a warning."""
    return problem.model_copy(update={"severity": "warning"})


def contents(place: Path | str, stamp: str | None = None) -> tuple[bytes, str | None]:
    """Return the bytes of the file at a path or URL, and the stamp of the version they come from.

    Raises OSError, and UnreadableFileError for more than `MAX_BYTES` or for a file that is being written.
    """
    if isinstance(place, str):
        return _size_checked(remote.read_file(place, MAX_BYTES + 1)), stamp
    for _ in range(2):
        with _opened(place, follow=False) as handle:
            before = os.fstat(handle)
            data = _read(handle)
            after = os.fstat(handle)
        if _state(before) == _state(after):
            return data, _stamp(after)
    raise _changed_error()


def file_bytes(path: Path) -> bytes:
    """Return the bytes of a file that the user names.

    Raises OSError, and UnreadableFileError for more than `MAX_BYTES` or if it is not a regular file.
    """
    with _opened(path, follow=True) as handle:
        return _read(handle)


def opened_bytes(file: BinaryIO) -> bytes:
    """Return the bytes of a file open in binary mode, from its current position to its end.

    Raises TypeError for text mode, UnreadableFileError for more than `MAX_BYTES`.
    """
    data = file.read(MAX_BYTES + 1)
    if not isinstance(data, bytes):
        raise TypeError("the file is open in text mode: open it with mode 'rb'")
    return _size_checked(data)


def file_ends(path: Path, first: int, last: int) -> tuple[bytes, bytes]:
    """Return the first and the last bytes of a file. Raises the same errors as `file_bytes`."""
    with _opened(path, follow=True) as handle:
        head = os.read(handle, first)
        os.lseek(handle, max(0, os.fstat(handle).st_size - last), os.SEEK_SET)
        return head, os.read(handle, last)


_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_BINARY", "O_CLOEXEC", "O_NOCTTY", "O_NONBLOCK")
)
"""Flags for opening files without waiting for the writer of a pipe, or for lines of a kernel log."""


@contextmanager
def _opened(path: Path, *, follow: bool) -> Iterator[int]:
    """Provide the descriptor of a regular file, even if the path is replaced meanwhile."""
    _check_regular(path.stat(follow_symlinks=follow))  # opening a device can already have effects
    try:
        handle = os.open(path, _FLAGS | (0 if follow else getattr(os, "O_NOFOLLOW", 0)))
    except OSError as error:
        if error.errno == errno.ELOOP and not follow:
            raise _changed_error() from error
        raise
    try:
        _check_regular(os.fstat(handle))
        yield handle
    finally:
        os.close(handle)


def _check_regular(found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableFileError(
            ProblemCode.NOT_A_FILE, "a link, pipe, socket or device, not a file: not opened"
        )
    if found.st_size > MAX_BYTES:
        raise _too_large_error()


def _read(handle: int) -> bytes:
    parts: list[bytes] = []
    left = MAX_BYTES + 1
    while left and (part := os.read(handle, min(left, _CHUNK))):
        parts.append(part)
        left -= len(part)
    return _size_checked(b"".join(parts))


_CHUNK = 16 * 1024 * 1024


def _size_checked(data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise _too_large_error()
    return data


def _too_large_error() -> UnreadableFileError:
    message = f"larger than {MAX_BYTES // 1024**2} MiB: not read"
    return UnreadableFileError(ProblemCode.TOO_LARGE, message)


def _changed_error() -> UnreadableFileError:
    message = "The file changed while it was read: run again when it is complete."
    return UnreadableFileError(ProblemCode.CHANGED, message)


def stamp_of(path: Path) -> str | None:
    """Return a stamp that identifies this version of a file, or None while it may change unnoticed. Raises OSError."""
    return _stamp(path.stat())


def _stamp(found: os.stat_result) -> str | None:
    return _state(found) if abs(time.time() - found.st_mtime) > _SETTLE_SECONDS else None


def _state(found: os.stat_result) -> str:
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"
