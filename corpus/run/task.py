"""One file of an archive: its bytes, read, and what is kept of it. This is what worker processes do."""

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
from thaita.corpus.run.result_lookup import Known
from thaita.corpus.run.version_digest import recognizer
from thaita.corpus.run.worker_process import tell
from thaita.extract.documents import is_page, is_pdf, is_picture
from thaita.extract.options import PdfOptions
from thaita.extract.pipeline import read_bytes
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.work_limits import LIMIT_CODES
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
    what would read pictures of pages. `partial` says that a limit ended the reading before the file's end; `limits`
    are those that it reached or went beyond.
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
class Seen:
    """What is known of a file before it is read: its bytes, its state, and whether it is a picture."""

    sha256: str | None = None
    stamp: str | None = None
    picture: bool = False


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
    tell(Seen(sha256, stamp, is_picture(data)))
    pages = is_pdf(data) or is_picture(data)
    name = recognizer(job.options.ocr) if pages else None
    try:
        reading = job.extract(data, "", job.options)
        kept = job.keep(reading)
    except MemoryError:
        raise
    except Exception as error:  # one report, whatever it does, must not stop the others
        return _refused(_of_a_picture(problem_of(error), data), sha256, stamp, name)
    partial = any(problem.code in LIMIT_CODES for problem in reading.problems)
    failed = any(problem.severity == "error" and problem.table is None for problem in reading.problems)
    return Result(sha256, stamp, kept, signature(reading), failed=failed, recognizer=name, partial=partial)


def _refused(
    problem: Problem, sha256: str | None = None, stamp: str | None = None, name: str | None = None
) -> Result:
    failed = problem.severity == "error"
    return Result(sha256, stamp, problem=problem, failed=failed, recognizer=name)


def _of_a_picture(problem: Problem, data: bytes) -> Problem:
    """Let a picture that is no report, or that is not to be read, be no failure: archives hold photographs and logos.

    So they do web pages.
    """
    about = problem.code in ("not_ita", "unsupported_format")
    return no_failure(problem) if about and (is_picture(data) or is_page(data)) else problem


def no_failure(problem: Problem) -> Problem:
    """Return a problem as a warning."""
    return problem.model_copy(update={"severity": "warning"})


def contents(place: Path | str, stamp: str | None = None) -> tuple[bytes, str | None]:
    """Return the bytes of the file at a path or URL, and the stamp of the file that they were read from.

    Raises OSError, and UnreadableFileError for more than `MAX_BYTES` and for a file that is being written.
    """
    if isinstance(place, str):
        return _bounded(remote.read(place, MAX_BYTES + 1)), stamp
    for _ in range(2):
        with _opened(place, follow=False) as handle:
            before = os.fstat(handle)
            data = _read(handle)
            after = os.fstat(handle)
        if _state(before) == _state(after):
            return data, _stamp(after)
    raise _changed()


def file_bytes(path: Path) -> bytes:
    """Return the bytes of a file that the user names.

    Raises OSError, and UnreadableFileError for more than `MAX_BYTES` and for what is no file.
    """
    with _opened(path, follow=True) as handle:
        return _read(handle)


def opened_bytes(file: BinaryIO) -> bytes:
    """Return the bytes of a file that is open in binary mode, from where it stands to its end.

    Raises TypeError for text mode, UnreadableFileError for more than `MAX_BYTES`.
    """
    data = file.read(MAX_BYTES + 1)
    if not isinstance(data, bytes):
        raise TypeError("the file is open in text mode: open it with mode 'rb'")
    return _bounded(data)


def file_ends(path: Path, first: int, last: int) -> tuple[bytes, bytes]:
    """Return the first and the last bytes of a file. Raises what `file_bytes` does."""
    with _opened(path, follow=True) as handle:
        head = os.read(handle, first)
        os.lseek(handle, max(0, os.fstat(handle).st_size - last), os.SEEK_SET)
        return head, os.read(handle, last)


_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_BINARY", "O_CLOEXEC", "O_NOCTTY", "O_NONBLOCK")
)
"""How files are opened: without waiting for the writer of a pipe, or for the lines of a log of the kernel."""


@contextmanager
def _opened(path: Path, *, follow: bool) -> Iterator[int]:
    """Give the descriptor of a regular file, whatever stands in its place by now."""
    _check_regular(path.stat(follow_symlinks=follow))  # opening a device can already do something
    try:
        handle = os.open(path, _FLAGS | (0 if follow else getattr(os, "O_NOFOLLOW", 0)))
    except OSError as error:
        if error.errno == errno.ELOOP and not follow:
            raise _changed() from error
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
        raise UnreadableFileError("not_a_file", "a link, pipe, socket or device, not a file: not opened")
    if found.st_size > MAX_BYTES:
        raise _too_large()


def _read(handle: int) -> bytes:
    parts: list[bytes] = []
    left = MAX_BYTES + 1
    while left and (part := os.read(handle, min(left, _AT_ONCE))):
        parts.append(part)
        left -= len(part)
    return _bounded(b"".join(parts))


_AT_ONCE = 16 * 1024 * 1024


def _bounded(data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise _too_large()
    return data


def _too_large() -> UnreadableFileError:
    message = f"larger than {MAX_BYTES // 1024**2} MiB, so no report: not read"
    return UnreadableFileError("too_large", message)


def _changed() -> UnreadableFileError:
    message = "The file changed while it was read: run again when it is complete."
    return UnreadableFileError("changed", message)


def stamp_of(path: Path) -> str | None:
    """Return what tells this state of a file from later ones; None while it may change unseen. Raises OSError."""
    return _stamp(path.stat())


def _stamp(found: os.stat_result) -> str | None:
    return _state(found) if abs(time.time() - found.st_mtime) > _SETTLED else None


def _state(found: os.stat_result) -> str:
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"
