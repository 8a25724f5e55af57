"""Finding: every file below an archive, in a fixed order, and what is to become of each."""

from __future__ import annotations

import csv
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from pathlib import Path

from thaita.corpus import remote
from thaita.corpus.dataset_mark import MARK, is_dataset, marked_files
from thaita.corpus.problems import RunError, os_problem, say
from thaita.models.records import Problem

_LARGEST_MARK = 16 * 1024**2
"""Bytes of a dataset's description that are read."""


class ArchiveError(RunError):
    """An archive that cannot be one."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file below an archive, by its path or URL. Where `problem` is set the file is not read, and that is why.

    `stamp` tells, of a file at a URL, this state of it from another.
    """

    source: str
    path: Path | str
    problem: Problem | None = None
    stamp: str | None = None


def find(archive: Path | str) -> list[Found]:
    """Return the files of an archive, a folder or a URL, by their path relative to it, in code point order.

    A single file is an archive of one. Links to files are followed, links to folders are not: each
    is a problem, as is every file of a type that is not read. Hidden files, lock files and the like
    (`normalize/data/file_types.csv`), and datasets are left out. Raises FileNotFoundError if there is
    no such archive, OSError if it cannot be listed, ArchiveError if it is a dataset or a URL that cannot be listed.
    """
    if isinstance(archive, str):
        return _remote(archive)
    if not stat.S_ISDIR(archive.stat().st_mode):
        return [_named(archive)]
    if is_dataset(archive):
        message = f"{source_name(str(archive))} is a dataset, not an archive of reports"
        raise ArchiveError(message)
    root = archive.resolve()
    entries = sorted(_children(archive, ""))
    return [found for _, found in sorted(_walk(entries, root), key=lambda pair: pair[0])]


def _remote(url: str) -> list[Found]:
    try:
        listed = remote.files(url)
    except Exception as error:  # each protocol has errors of its own, and may need a package
        raise ArchiveError(f"cannot list {url}: {error or type(error).__name__}") from error
    if len(listed) == 1 and listed[0][1] == url:  # named, as a file on this machine
        return [Found(source_name(name), place, None, stamp) for name, place, stamp in listed]
    datasets = [name.removesuffix(MARK) for name, place, _ in listed if _marks(name, place)]
    if "" in datasets:
        raise ArchiveError(f"{url} is a dataset, not an archive of reports")
    found = [_remote_file(*one) for one in sorted(listed) if not one[0].startswith(tuple(datasets))]
    return [one for one in found if one is not None]


def _marks(name: str, url: str) -> bool:
    return name.rpartition("/")[2] == MARK and marked_files(remote.read(url, _LARGEST_MARK)) is not None


def _remote_file(name: str, url: str, stamp: str | None) -> Found | None:
    """Return a file of a listing, None for one that is left out without a word."""
    *folders, last = name.split("/")
    treatment, note = _treatment(last)
    hidden = (_treatment(folder)[0] == "skip" for folder in folders if folder not in (".", ".."))
    if treatment == "skip" or any(hidden):
        return None
    source = source_name(name)
    problem = _by_name(treatment, note)
    return Found(source, url, problem and problem.model_copy(update={"source": source}), stamp)


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
            return say("error", "link_loop", "a link to a folder that holds it: nothing to read")
        return say(
            "warning", "linked_folder", "a link to a folder is not followed: give that folder as the archive"
        )
    if (irregular := _irregular(path)) is not None:
        return irregular
    return _by_name(treatment, note)


def _by_name(treatment: str, note: str) -> Problem | None:
    if treatment == "other":
        return say("info", "other_file", f"left out, not a format of reports ({note})")
    if treatment == "later":
        return say("warning", "unsupported_format", f"not read by this version ({note})")
    if treatment == "unknown":
        return say(
            "warning",
            "unsupported_format",
            "not read: the name's ending is not known; if it is a report, rename it to end in .txt or .docx",
        )
    return None


def _irregular(path: Path) -> Problem | None:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        return say(
            "error", "not_a_file", "a folder named like a report: nothing below it was read; rename it"
        )
    if not stat.S_ISREG(mode):
        return say("error", "not_a_file", "a pipe, socket or device, not a file: not opened")
    return None


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
