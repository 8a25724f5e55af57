"""What is wrong with a file, as a row of `problems`: for a person, and with nothing of the machine in it."""

from __future__ import annotations

import errno
import os

from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.problem_codes import ProblemCode
from thaita.models.records import Problem, Severity
from thaita.models.rows import Row
from thaita.models.tables import BY_NAME


class RunError(ValueError):
    """A run that cannot be done as a whole; the message says what to do."""


def say(code: ProblemCode, message: str, severity: Severity | None = None) -> Problem:
    """Return a problem of a file that gave no report, as bad as its code usually is unless a severity is given."""
    return Problem(severity=severity or code.severity, code=code, message=message)


def problem_of(error: Exception) -> Problem:
    """Return the problem that an error means for the one file whose reading raised it."""
    if isinstance(error, UnreadableFileError):
        return say(error.code, str(error), "error")
    if isinstance(error, OSError):
        return os_problem(error)
    return say(
        ProblemCode.INTERNAL, f"the program failed on this file ({type(error).__name__}): please report it"
    )


def os_problem(error: OSError) -> Problem:
    """Return the problem that an error of the operating system means for one file."""
    if isinstance(error, FileNotFoundError):
        return say(ProblemCode.NOT_FOUND, "a broken link, or a file that was removed meanwhile")
    if error.errno == errno.ELOOP:
        return say(ProblemCode.LINK_LOOP, "a link that leads to itself: nothing to read")
    if isinstance(error, PermissionError):
        return say(ProblemCode.NO_PERMISSION, "no permission to read this file or folder")
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    return say(ProblemCode.IO_ERROR, f"cannot be read: {reason}")


def problem_row(problem: Problem) -> Row:
    """Return a problem of a file as a row of the table `problems`."""
    empty: Row = dict.fromkeys(BY_NAME["problems"].header)
    named = problem.model_dump(exclude={"provenance"})
    return empty | {name: value or None for name, value in named.items()}
