"""Finding: every file below an archive, in a fixed order, and what is to become of each."""

from __future__ import annotations

import csv
import os
import re
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


def find(archive: Path | str, *, follow_links: bool = False) -> list[Found]:
    """Return the files of an archive, a folder or a URL, by their path relative to it, in code point order.

    A single file is an archive of one. Links to files of the archive are followed, those to other files only where
    `follow_links` says so, links to folders never: each is a problem, as is every file of a type that is not read
    and every hidden file or folder. Lock files and the like (`normalize/data/file_types.csv`), and datasets are left
    out. Raises FileNotFoundError if there is
    no such archive, OSError if it cannot be listed, ArchiveError if it is a dataset or a URL that cannot be listed.
    """
    if isinstance(archive, str):
        return _remote(archive)
    if not stat.S_ISDIR(archive.stat().st_mode):
        return [_named(archive)]
    if is_dataset(archive):
        message = f"{source_name(str(archive))} is a dataset, not an archive of reports"
        raise ArchiveError(message)
    root = Path(os.path.realpath(archive))
    entries = sorted(_children(archive, ""))
    walked = _walk(entries, root, follow_links=follow_links)
    return [found for _, found in sorted(walked, key=lambda pair: pair[0])]


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
    return list({one.source: one for one in found if one is not None}.values())


def _marks(name: str, url: str) -> bool:
    return name.rpartition("/")[2] == MARK and marked_files(remote.read(url, _LARGEST_MARK)) is not None


def _remote_file(name: str, url: str, stamp: str | None) -> Found | None:
    """Return a file of a listing, None for one that is left out without a word."""
    parts = name.split("/")
    for i, part in enumerate(parts, 1):
        treatment, note = _treatment(part)
        if treatment == "skip" and part not in (".", ".."):
            return None
        if treatment == "hidden" and part not in (".", ".."):  # a row for the folder, not for each file in it
            name = "/".join(parts[:i])
            break
    source = source_name(name)
    problem = _by_name(treatment, note)
    return Found(source, url, problem and problem.model_copy(update={"source": source}), stamp)


def source_name(name: str) -> str:
    r"""Return a path as Unicode text, a different one for each path.

    Bytes of a name that are not UTF-8 are written `\xNN`; where a name has these very signs, its backslash is `\x5c`.

    >>> source_name("รายงาน\udcff.txt")
    'รายงาน\\xff.txt'
    >>> source_name(r"รายงาน\xff.txt")
    'รายงาน\\x5cxff.txt'
    """
    plain = _LOOKS_ESCAPED.sub(r"\\x5c", name)
    return plain.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


_LOOKS_ESCAPED = re.compile(r"\\(?=x[0-9a-f]{2})")


def _walk(entries: list[tuple[str, Path]], root: Path, *, follow_links: bool) -> Iterator[tuple[str, Found]]:
    """Yield (relative path, found) below the entries; a stack, so that depth has no limit."""
    stack = entries[::-1]
    while stack:
        relative, path = stack.pop()
        treatment, note = _treatment(path.name)
        if treatment == "skip":
            continue
        try:
            if not path.is_symlink() and path.is_dir() and treatment not in ("read", "hidden"):
                if not is_dataset(path):
                    stack += sorted(_children(path, relative + "/"), reverse=True)
                continue
            problem = _problem(path, root, treatment, note, follow_links=follow_links)
        except OSError as error:
            problem = os_problem(error)
        yield relative, _found(relative, path, problem)


def _children(folder: Path, prefix: str) -> list[tuple[str, Path]]:
    return [(prefix + entry.name, entry) for entry in folder.iterdir()]


def _named(path: Path) -> Found:
    """A file that the user names is handed to the readers whatever its name or place: they look at its bytes."""
    return _found(path.name, path, _irregular(path))


def _found(relative: str, path: Path, problem: Problem | None) -> Found:
    source = source_name(relative)
    if problem is None and path.is_symlink():
        path = Path(os.path.realpath(path))  # what was looked at is read, wherever the link leads by then
    return Found(source, path, problem and problem.model_copy(update={"source": source}))


def _problem(path: Path, root: Path, treatment: str, note: str, *, follow_links: bool) -> Problem | None:
    if treatment == "hidden":
        return _by_name(treatment, note)
    if path.is_symlink() and path.is_dir():
        if root.is_relative_to(target := path.resolve()) or path.parent.resolve().is_relative_to(target):
            return say("error", "link_loop", "a link to a folder that holds it: nothing to read")
        return say(
            "warning", "linked_folder", "a link to a folder is not followed: give that folder as the archive"
        )
    if (irregular := _irregular(path)) is not None:
        return irregular
    if path.is_symlink() and not follow_links and not Path(os.path.realpath(path)).is_relative_to(root):
        return say(
            "warning",
            "outside_link",
            "a link to a file outside the archive: not followed without --follow-links",
        )
    return _by_name(treatment, note)


def _by_name(treatment: str, note: str) -> Problem | None:
    if treatment == "other":
        return say("info", "other_file", f"left out, not a format of reports ({note})")
    if treatment == "hidden":
        return say(
            "info", "hidden", "a hidden file or folder: nothing in it was read; rename it if it holds reports"
        )
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
    """Return how a file or folder of this name is handled (read, later, other, hidden, skip, unknown), and why."""
    folded = name.lower()
    for pattern, treatment, note in _patterns():
        if fnmatchcase(folded, pattern):
            return treatment, note
    return "unknown", ""


@cache
def _patterns() -> tuple[tuple[str, str, str], ...]:
    text = files("thaita.normalize.data").joinpath("file_types.csv").read_text(encoding="utf-8")
    return tuple((row["pattern"], row["treatment"], row["note"]) for row in csv.DictReader(text.splitlines()))
