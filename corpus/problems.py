"""Problems of files as rows of the table `problems`, with messages for users and without local paths."""

from __future__ import annotations

import errno
import os

from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.errors import ThaitaError
from thaita.models.problem_codes import ProblemCode
from thaita.models.records import Problem, Severity
from thaita.models.rows import Row
from thaita.models.tables import BY_NAME


class RunError(ThaitaError):
    """A run that cannot be carried out; the message states what to do."""


def file_problem(code: ProblemCode, message: str, severity: Severity | None = None) -> Problem:
    """Return a problem of a file that gave no report, as bad as its code usually is unless a severity is given."""
    return Problem(severity=severity or code.severity, code=code, message_en=message)


def problem_of(error: Exception) -> Problem:
    """Return the problem that reports an error raised while reading a file."""
    if isinstance(error, UnreadableFileError):
        return file_problem(error.code, str(error), "error")
    if isinstance(error, OSError):
        return os_problem(error)
    return file_problem(
        ProblemCode.INTERNAL, f"the program failed on this file ({type(error).__name__}): please report it"
    )


def os_problem(error: OSError) -> Problem:
    """Return the problem that reports an operating system error for a file."""
    if isinstance(error, FileNotFoundError):
        return file_problem(ProblemCode.NOT_FOUND, "a broken link, or a file removed during the run")
    if error.errno == errno.ELOOP:
        return file_problem(ProblemCode.LINK_LOOP, "a link that leads to itself: nothing to read")
    if isinstance(error, PermissionError):
        return file_problem(ProblemCode.NO_PERMISSION, "no permission to read this file or folder")
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    return file_problem(ProblemCode.IO_ERROR, f"cannot be read: {reason}")


def problem_row(problem: Problem) -> Row:
    """Return a problem of a file as a row of the table `problems`."""
    empty: Row = dict.fromkeys(BY_NAME["problems"].header)
    named = problem.model_dump(exclude={"provenance"})
    return empty | {name: value or None for name, value in named.items()}
