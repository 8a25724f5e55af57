"""Finding: every file below an archive, in a fixed order, and what is to become of each."""

from __future__ import annotations

import csv
import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from pathlib import Path

from thaita.corpus.dataset_mark import is_dataset
from thaita.models.records import Problem, Severity


class ArchiveError(ValueError):
    """An archive that cannot be one, as a whole; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file below an archive. Where `problem` is set the file is not read, and that is why."""

    source: str
    path: Path
    problem: Problem | None = None


def find(archive: Path) -> list[Found]:
    """Return the files of an archive by their path relative to it, in code point order.

    A single file is an archive of one. Links to files are followed, links to folders are not: each
    is a problem, as is every file of a type that is not read. Hidden files, lock files and the like
    (`normalize/data/file_types.csv`), and datasets are left out. Raises FileNotFoundError if there is
    no such archive, OSError if it cannot be listed, ArchiveError if it is a dataset.
    """
    if not stat.S_ISDIR(archive.stat().st_mode):
        return [_named(archive)]
    if is_dataset(archive):
        message = f"{source_name(str(archive))} is a dataset, not an archive of reports"
        raise ArchiveError(message)
    root = archive.resolve()
    entries = sorted(_children(archive, ""))
    return [found for _, found in sorted(_walk(entries, root), key=lambda pair: pair[0])]


def source_name(name: str) -> str:
    r"""Return a path as Unicode text: bytes of a name that are not UTF-8 are written `\xNN`.

    >>> source_name("รายงาน\udcff.txt")
    'รายงาน\\xff.txt'
    """
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _walk(entries: list[tuple[str, Path]], root: Path) -> Iterator[tuple[str, Found]]:
    """Yield (relative path, found) below the entries; a stack, so that depth has no limit."""
    stack = entries[::-1]
    while stack:
        relative, path = stack.pop()
        treatment, note = _treatment(path.name)
        if treatment == "skip":
            continue
        try:
            if not path.is_symlink() and path.is_dir() and treatment != "read":
                if not is_dataset(path):
                    stack += sorted(_children(path, relative + "/"), reverse=True)
                continue
            problem = _problem(path, root, treatment, note)
        except OSError as error:
            problem = os_problem(error)
        yield relative, _found(relative, path, problem)


def _children(folder: Path, prefix: str) -> list[tuple[str, Path]]:
    return [(prefix + entry.name, entry) for entry in folder.iterdir()]


def _named(path: Path) -> Found:
    """A file that the user names is handed to the readers whatever its name: they look at its bytes."""
    return _found(path.name, path, _irregular(path))


def _found(relative: str, path: Path, problem: Problem | None) -> Found:
    source = source_name(relative)
    return Found(source, path, problem and problem.model_copy(update={"source": source}))


def _problem(path: Path, root: Path, treatment: str, note: str) -> Problem | None:
    if path.is_symlink() and path.is_dir():
        if root.is_relative_to(target := path.resolve()) or path.parent.resolve().is_relative_to(target):
            return _say("error", "link_loop", "a link to a folder that holds it: nothing to read")
        return _say(
            "warning", "linked_folder", "a link to a folder is not followed: give that folder as the archive"
        )
    if (irregular := _irregular(path)) is not None:
        return irregular
    if treatment == "other":
        return _say("info", "other_file", f"left out, not a format of reports ({note})")
    if treatment == "later":
        return _say("warning", "unsupported_format", f"not read by this version ({note})")
    if treatment == "unknown":
        return _say(
            "warning",
            "unsupported_format",
            "not read: the name's ending is not known; if it is a report, rename it to end in .txt or .docx",
        )
    return None


def _irregular(path: Path) -> Problem | None:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        return _say(
            "error", "not_a_file", "a folder named like a report: nothing below it was read; rename it"
        )
    if not stat.S_ISREG(mode):
        return _say("error", "not_a_file", "a pipe, socket or device, not a file: not opened")
    return None


def os_problem(error: OSError) -> Problem:
    """Return the problem that an error of the operating system means for one file."""
    if isinstance(error, FileNotFoundError):
        return _say("error", "not_found", "a broken link, or a file that was removed meanwhile")
    if error.errno == errno.ELOOP:
        return _say("error", "link_loop", "a link that leads to itself: nothing to read")
    if isinstance(error, PermissionError):
        return _say("error", "no_permission", "no permission to read this file or folder")
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    return _say("error", "io_error", f"cannot be read: {reason}")


def _say(severity: Severity, code: str, message: str) -> Problem:
    return Problem(severity=severity, code=code, message=message)


def _treatment(name: str) -> tuple[str, str]:
    """Return what becomes of a file or folder of this name (read, later, other, skip, unknown), and why."""
    folded = name.lower()
    for pattern, treatment, note in _patterns():
        if fnmatchcase(folded, pattern):
            return treatment, note
    return "unknown", ""


@cache
def _patterns() -> tuple[tuple[str, str, str], ...]:
    text = files("thaita.normalize.data").joinpath("file_types.csv").read_text(encoding="utf-8")
    return tuple((row["pattern"], row["treatment"], row["note"]) for row in csv.DictReader(text.splitlines()))
