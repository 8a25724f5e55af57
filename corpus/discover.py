"""File discovery: every file below an archive, in a fixed order, and whether it is read."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from thaita.corpus import remote_archive as remote
from thaita.corpus.dataset_folder import MARK, is_dataset, marked_files
from thaita.corpus.file_types import treatment_of
from thaita.corpus.problems import RunError, file_problem, os_problem, problem_of
from thaita.corpus.run.task import file_ends
from thaita.corpus.zip_folder import zip_members, zip_problem
from thaita.extract.documents import ENDS, format_of
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.problem_codes import ProblemCode
from thaita.models.records import Problem

_MAX_MARK = 16 * 1024**2
"""Maximum bytes read from a dataset's description."""


class ArchiveError(RunError):
    """A path or URL that cannot be used as an archive."""


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A file below an archive, by its path or URL; if `problem` is set, the file is not read, and the problem states why.

    `stamp` identifies the current version of a file at a URL.
    """

    source: str
    path: Path | str
    problem: Problem | None = None
    stamp: str | None = None


def find_files(archive: Path | str, *, follow_links: bool = False) -> list[ArchiveFile]:
    """Return the files of an archive (a folder or a URL), with relative paths, in code point order.

    A single file is an archive of one. Links to files inside the archive are followed, and those to other
    files only with `follow_links`. Links to folders are never followed: each becomes a problem, as does every
    hidden file or folder and every file of an unsupported type. Lock files and similar files
    (`normalize/data/file_types.csv`) and datasets are skipped. Raises FileNotFoundError if there is no such
    archive, OSError if it cannot be listed, ArchiveError if it is a dataset or a URL that cannot be listed.
    """
    if isinstance(archive, str):
        return _remote(archive)
    if not stat.S_ISDIR(archive.stat().st_mode):
        named = _named_file(archive)
        if named.problem or treatment_of(archive.name)[0] != "zip" or _is_word(archive):
            return [named]
        members = [found for _, found in _zip(archive.name, Path(os.path.realpath(archive)))]
        return sorted(members, key=lambda found: found.source)
    if is_dataset(archive):
        message = f"{source_name(str(archive))} is a dataset, not an archive of reports"
        raise ArchiveError(message)
    root = Path(os.path.realpath(archive))
    entries = sorted(_children(archive, ""))
    walked = _walk(entries, root, follow_links=follow_links)
    return [found for _, found in sorted(walked, key=lambda pair: pair[0])]


def _remote(url: str) -> list[ArchiveFile]:
    try:
        listed = remote.list_files(url)
    except Exception as error:  # each protocol raises its own errors and may need another package
        raise ArchiveError(f"cannot list {url}: {error or type(error).__name__}") from error
    if len(listed) == 1 and listed[0][1] == url:  # handled like a named file on this machine
        return [ArchiveFile(source_name(name), place, None, stamp) for name, place, stamp in listed]
    datasets = _datasets(listed)
    if "" in datasets:
        raise ArchiveError(f"{url} is a dataset, not an archive of reports")
    found = [_remote_file(*one) for one in sorted(listed) if not one[0].startswith(datasets)]
    return list({one.source: one for one in found if one is not None}.values())


def _datasets(listed: list[tuple[str, str, str | None]]) -> tuple[str, ...]:
    return tuple(name.removesuffix(MARK) for name, place, _ in listed if _is_dataset_mark(name, place))


def _zip(relative: str, path: Path) -> Iterator[tuple[str, ArchiveFile]]:
    """Yield the members of a ZIP file like those of a folder with its name; nested ZIP files are not opened."""
    try:
        problem = zip_problem(path)
        members = [] if problem else list(zip_members(path))
    except (OSError, UnreadableFileError) as error:
        problem = problem_of(error)
    if problem is not None:
        yield relative, _archive_file(relative, path, problem)
        return
    datasets = _datasets([member[:3] for member in members if member[3] is None])
    seen: set[str] = set()
    for name, url, stamp, why in sorted(members, key=lambda member: member[0]):
        one = None if name.startswith(datasets) else _remote_file(name, url, stamp)
        if one is None or one.source in seen:
            continue
        seen.add(one.source)
        source = f"{source_name(relative)}/{one.source}"
        problem = one.problem or why
        yield (
            f"{relative}/{name}",
            replace(one, source=source, problem=problem and problem.model_copy(update={"source": source})),
        )


def _is_dataset_mark(name: str, url: str) -> bool:
    return name.rpartition("/")[2] == MARK and marked_files(remote.read_file(url, _MAX_MARK)) is not None


def _remote_file(name: str, url: str, stamp: str | None) -> ArchiveFile | None:
    """Return a file of a listing, or None if it is skipped without a problem."""
    parts = name.split("/")
    for i, part in enumerate(parts, 1):
        treatment, note = treatment_of(part)
        if treatment == "skip" and part not in (".", ".."):
            return None
        if treatment == "hidden" and part not in (
            ".",
            "..",
        ):  # one row for the folder, not one for each file in it
            name = "/".join(parts[:i])
            break
    source = source_name(name)
    problem = _problem_by_content(treatment, note, partial(remote.read_ends, url))
    return ArchiveFile(source, url, problem and problem.model_copy(update={"source": source}), stamp)


def source_name(name: str) -> str:
    r"""Return a path as Unicode text, unique for each path.

    Bytes that are not UTF-8 are written `\xNN`. Where a name already contains such an escape, its backslash
    becomes `\x5c`.

    >>> source_name("รายงาน\udcff.txt")
    'รายงาน\\xff.txt'
    >>> source_name(r"รายงาน\xff.txt")
    'รายงาน\\x5cxff.txt'
    """
    plain = _LOOKS_ESCAPED.sub(r"\\x5c", name)
    return plain.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


_LOOKS_ESCAPED = re.compile(r"\\(?=x[0-9a-f]{2})")


def _walk(
    entries: list[tuple[str, Path]], root: Path, *, follow_links: bool
) -> Iterator[tuple[str, ArchiveFile]]:
    """Yield (relative path, file) below the entries; iterative, so that depth has no limit."""
    stack = entries[::-1]
    while stack:
        relative, path = stack.pop()
        treatment, note = treatment_of(path.name)
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
        if problem is None and treatment == "zip" and not _is_word(path):
            yield from _zip(relative, Path(os.path.realpath(path)))
            continue
        yield relative, _archive_file(relative, path, problem)


def _is_word(path: Path) -> bool:
    try:
        return format_of(*file_ends(path, *ENDS)) == "word"
    except (OSError, UnreadableFileError):
        return False


def _children(folder: Path, prefix: str) -> list[tuple[str, Path]]:
    return [(prefix + entry.name, entry) for entry in folder.iterdir()]


def _named_file(path: Path) -> ArchiveFile:
    """Return a file that the user names: it is read whatever its name or place, because readers detect the format."""
    return _archive_file(path.name, path, _irregular_problem(path))


def _archive_file(relative: str, path: Path, problem: Problem | None) -> ArchiveFile:
    source = source_name(relative)
    if problem is None and path.is_symlink():
        path = Path(os.path.realpath(path))  # read the file that was checked, wherever the link leads by then
    return ArchiveFile(source, path, problem and problem.model_copy(update={"source": source}))


def _problem(path: Path, root: Path, treatment: str, note: str, *, follow_links: bool) -> Problem | None:
    if treatment == "hidden":
        return _problem_by_name(treatment, note)
    if path.is_symlink() and path.is_dir():
        if root.is_relative_to(target := path.resolve()) or path.parent.resolve().is_relative_to(target):
            return file_problem(ProblemCode.LINK_LOOP, "a link to a folder that contains it: nothing to read")
        return file_problem(
            ProblemCode.LINKED_FOLDER, "links to folders are not followed: extract that folder as an archive"
        )
    if (irregular := _irregular_problem(path)) is not None:
        return irregular
    if path.is_symlink() and not follow_links and not Path(os.path.realpath(path)).is_relative_to(root):
        return file_problem(
            ProblemCode.OUTSIDE_LINK,
            "a link to a file outside the archive: not followed without --follow-links",
        )
    if treatment == "zip":
        return None
    return _problem_by_content(treatment, note, partial(file_ends, path))


def _problem_by_content(
    treatment: str, note: str, ends: Callable[[int, int], tuple[bytes, bytes]]
) -> Problem | None:
    """Return why a file is not read, or None; if the name does not decide, the bytes do."""
    if treatment in ("look", "unknown"):
        try:
            form = format_of(*ends(*ENDS))
        except (OSError, UnreadableFileError):
            form = None
        if form in ("word", "pdf") or (treatment == "look" and form in ("web", "text", "book", "office")):
            return None
    return _problem_by_name(treatment, note)


def _problem_by_name(treatment: str, note: str) -> Problem | None:
    if treatment == "other":
        return file_problem(ProblemCode.OTHER_FILE, f"left out: not a report format ({note})")
    if treatment == "hidden":
        return file_problem(
            ProblemCode.HIDDEN,
            "a hidden file or folder: not read; rename it if it contains reports",
        )
    if treatment in ("later", "look", "zip"):
        return file_problem(ProblemCode.UNSUPPORTED_FORMAT, f"format not supported ({note})")
    if treatment == "unknown":
        return file_problem(
            ProblemCode.UNSUPPORTED_FORMAT,
            "not read: unknown file extension; if it is a report, rename it to .txt or .docx",
        )
    return None


def _irregular_problem(path: Path) -> Problem | None:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        return file_problem(
            ProblemCode.NOT_A_FILE, "a folder named like a report: nothing below it was read; rename it"
        )
    if not stat.S_ISREG(mode):
        return file_problem(ProblemCode.NOT_A_FILE, "a pipe, socket or device, not a file: not opened")
    return None
