"""The decision log, a file next to the dataset: read line by line, written in whole lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from thaita.corpus.regular_files import check_regular, read_regular
from thaita.corpus.review.decision import DamagedLineError, Decision, decision_of, merged

SUFFIX = ".corrections.jsonl"

Check = Callable[[tuple[Decision, ...]], Decision]
"""Creates the new decision from the decisions in the file, while the file is locked."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A line (counted from 1) that is not a decision, and the reason."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """The decisions in a file, sorted by time and without duplicates, and its damaged lines."""

    decisions: tuple[Decision, ...] = ()
    damaged: tuple[Damage, ...] = ()


def decisions_beside(dataset: Path) -> Path:
    """Return the path of the decision log of a dataset: next to its folder, with the same name."""
    folder = Path(os.path.realpath(dataset))
    return folder.with_name(folder.name + SUFFIX)


def read_decisions(path: Path) -> DecisionFile:
    """Return the content of a decision log, which is empty if the file does not exist. Raises OSError."""
    try:
        data = read_regular(path)
    except (FileNotFoundError, NotADirectoryError):
        return DecisionFile()
    return parse_decisions(data)


def parse_decisions(data: bytes) -> DecisionFile:
    """Return the decisions and the damaged lines in the bytes of a decision log."""
    found: list[Decision] = []
    damaged: list[Damage] = []
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            found.append(decision_of(raw.decode("utf-8")))
        except UnicodeDecodeError:
            damaged.append(Damage(number, "not UTF-8"))
        except DamagedLineError as error:
            damaged.append(Damage(number, str(error)))
    return DecisionFile(merged(found), tuple(damaged))


def append_decision(path: Path, decide: Check) -> Decision:
    """Append the decision that `decide` creates from the decisions in the file, and sync it to the disk.

    The file is locked against other threads and processes from reading to writing. Exceptions of `decide` are
    passed on, and nothing is written. Raises OSError if the file cannot be written; it is then left unchanged.
    """
    with _locked(path) as handle:
        before = _content(handle)
        try:
            decision = decide(parse_decisions(before).decisions)
        except BaseException:
            if not before:  # the file was created for this decision
                path.unlink(missing_ok=True)
            raise
        line = decision.line().encode("utf-8") + b"\n"
        if before and not before.endswith(b"\n"):  # an earlier write was cut off: keep its line separate
            line = b"\n" + line
        try:
            _write(handle, line)
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, len(before))
            raise
    return decision


def _content(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    parts: Sequence[bytes] = list(iter(lambda: os.read(handle, 1 << 20), b""))
    return b"".join(parts)


def _write(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """Open the file for appending and lock it against other processes."""
    handle = _opened(path)
    try:
        _lock(handle)
        while not _is_still_there(path, handle):  # the file was replaced before it was locked
            os.close(handle)
            handle = _opened(path)
            _lock(handle)
        yield handle
        _unlock(handle)
    finally:
        os.close(handle)


def _opened(path: Path) -> int:
    flags = sum(getattr(os, name, 0) for name in ("O_BINARY", "O_NONBLOCK"))
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | flags, 0o644)
    try:
        check_regular(os.fstat(handle), path)
    except OSError:
        os.close(handle)
        raise
    return handle


def _is_still_there(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, 1 << 40, os.SEEK_SET)  # lock a byte far past the end, so that others can still read
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)

    def _unlock(handle: int) -> None:
        os.lseek(handle, 1 << 40, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
