"""The archive run: every report below a folder is read, and none can stop the others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from thaita.corpus.find import Found, os_problem, source_name
from thaita.extract.documents import is_picture
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.identity import report_id
from thaita.models.records import Problem, Reading
from thaita.models.rows import Value, rows
from thaita.models.tables import BY_NAME

Row = dict[str, Value]
Extract = Callable[[bytes, str], Reading]
"""What makes a file's bytes, and the name that its records shall carry, into records."""

MAX_BYTES = 256 * 1024 * 1024
"""Larger files are refused: no report comes near, and a run must not exhaust the memory."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its rows as (table, row), and whether it was read, failed or left out."""

    source: str
    rows: tuple[tuple[str, Row], ...]
    was_read: bool = False
    failed: bool = False
    left_out: bool = False


def read_file(path: Path, extract: Extract) -> Reading:
    """Return all that one report gives; its source is the file's name.

    Raises OSError if the file cannot be opened and UnreadableFileError if no report can be read from it.
    """
    return extract(file_bytes(path), source_name(path.name))


def read_all(found: Iterable[Found], extract: Extract) -> Iterator[Outcome]:
    """Yield the outcome of each file in turn; whatever is wrong with a file is a row of `problems`.

    A file with the bytes of an earlier one is not read again. Raises nothing for any single file.
    """
    sources: dict[str, str] = {}
    for one in found:
        yield _outcome(one, sources, extract)


def _outcome(found: Found, sources: dict[str, str], extract: Extract) -> Outcome:
    """Return the outcome of a file; `sources` holds the first file of each content that gave a report."""
    if found.problem is not None:
        return _unread(found, found.problem)
    data = b""
    try:
        data = file_bytes(found.path)
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 in sources:
            return _unread(found, _duplicate(sha256, sources[sha256]))
        outcome = _read(extract(data, found.source), found.source)
    except Exception as error:  # one report, whatever it does, must not stop the others
        return _unread(found, _of_a_picture(problem_of(error), data))
    sources[sha256] = found.source
    return outcome


def _of_a_picture(problem: Problem, data: bytes) -> Problem:
    """Let a picture that is no report, or that is not to be read, be no failure: archives hold photographs and logos."""
    if problem.code in ("not_ita", "unsupported_format") and is_picture(data):
        return problem.model_copy(update={"severity": "warning"})
    return problem


def file_bytes(path: Path) -> bytes:
    """Return a file's bytes; raises OSError, and UnreadableFileError for more than `MAX_BYTES`."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        message = f"larger than {MAX_BYTES // 1024**2} MiB, so no report: not read"
        raise UnreadableFileError("too_large", message)
    return data


def _read(reading: Reading, source: str) -> Outcome:
    problems = tuple(
        problem if problem.source else problem.model_copy(update={"source": source})
        for problem in reading.problems
    )
    reading = reading.model_copy(update={"problems": problems})
    failed = any(problem.severity == "error" and problem.table is None for problem in problems)
    return Outcome(source, tuple(rows(reading)), was_read=True, failed=failed)


def _unread(found: Found, problem: Problem) -> Outcome:
    problem = problem.model_copy(update={"source": found.source})
    return Outcome(
        found.source,
        (("problems", problem_row(problem)),),
        failed=problem.severity == "error",
        left_out=problem.severity == "warning",
    )


def problem_row(problem: Problem) -> Row:
    """Return a problem of a file that gave no report as a row of the table `problems`."""
    empty: Row = dict.fromkeys(BY_NAME["problems"].header)
    named = problem.model_dump(exclude={"provenance"})
    return empty | {name: value or None for name, value in named.items()}


def _duplicate(sha256: str, first: str) -> Problem:
    return Problem(
        report_id=report_id(sha256),
        severity="info",
        code="duplicate_file",
        message=f"the same bytes as {first}: read once",
    )


def problem_of(error: Exception) -> Problem:
    """Return the problem that an error means for the one file whose reading raised it."""
    if isinstance(error, UnreadableFileError):
        return Problem(severity="error", code=error.code, message=str(error))
    if isinstance(error, OSError):
        return os_problem(error)
    message = f"the program failed on this file ({type(error).__name__}): please report it"
    return Problem(severity="error", code="internal", message=message)
