"""What is wrong with a file, as a row of `problems`: for a person, and with nothing of the machine in it."""

from __future__ import annotations

import errno
import os

from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.records import Problem, Severity
from thaita.models.rows import Row
from thaita.models.tables import BY_NAME


class RunError(ValueError):
    """A run that cannot be done as a whole; the message says what to do."""


def say(severity: Severity, code: str, message: str) -> Problem:
    """Return a problem of a file that gave no report."""
    return Problem(severity=severity, code=code, message=message)


def problem_of(error: Exception) -> Problem:
    """Return the problem that an error means for the one file whose reading raised it."""
    if isinstance(error, UnreadableFileError):
        return say("error", error.code, str(error))
    if isinstance(error, OSError):
        return os_problem(error)
    return say(
        "error", "internal", f"the program failed on this file ({type(error).__name__}): please report it"
    )


def os_problem(error: OSError) -> Problem:
    """Return the problem that an error of the operating system means for one file."""
    if isinstance(error, FileNotFoundError):
        return say("error", "not_found", "a broken link, or a file that was removed meanwhile")
    if error.errno == errno.ELOOP:
        return say("error", "link_loop", "a link that leads to itself: nothing to read")
    if isinstance(error, PermissionError):
        return say("error", "no_permission", "no permission to read this file or folder")
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    return say("error", "io_error", f"cannot be read: {reason}")


def problem_row(problem: Problem) -> Row:
    """Return a problem of a file as a row of the table `problems`."""
    empty: Row = dict.fromkeys(BY_NAME["problems"].header)
    named = problem.model_dump(exclude={"provenance"})
    return empty | {name: value or None for name, value in named.items()}
