"""The file of decisions beside a dataset: read line by line, written one whole line at a time."""

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
"""What is told the decisions that stand in the file, while nobody else can write, and gives the new one."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A line, from 1, that is no decision, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """The decisions of a file by their time, each once, and its lines that are none."""

    decisions: tuple[Decision, ...] = ()
    damaged: tuple[Damage, ...] = ()


def decisions_beside(dataset: Path) -> Path:
    """Return where the decisions on a dataset are kept: beside its folder, under its name."""
    folder = Path(os.path.realpath(dataset))
    return folder.with_name(folder.name + SUFFIX)


def read_decisions(path: Path) -> DecisionFile:
    """Return what a file of decisions holds; one that does not exist holds none. Raises OSError."""
    try:
        data = read_regular(path)
    except (FileNotFoundError, NotADirectoryError):
        return DecisionFile()
    return parse_decisions(data)


def parse_decisions(data: bytes) -> DecisionFile:
    """Return what the bytes of a file of decisions hold; what is no decision is damage and stops nothing."""
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
    """Write the decision that `decide` makes of those in the file at its end, whole and onto the disk.

    Between its reading and writing nobody else writes, another process neither. What `decide` raises comes
    through, and nothing is written. Raises OSError where the file cannot be written; then it is as it was.
    """
    with _locked(path) as handle:
        before = _content(handle)
        try:
            decision = decide(parse_decisions(before).decisions)
        except BaseException:
            if not before:  # it was made for this decision only
                path.unlink(missing_ok=True)
            raise
        line = decision.line().encode("utf-8") + b"\n"
        if before and not before.endswith(b"\n"):  # what wrote before was cut off: its line stays alone
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
    """Give the file, opened for appending, while no other process holds it."""
    handle = _opened(path)
    try:
        _lock(handle)
        while not _is_still_there(path, handle):  # another version of it took its place meanwhile
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
        os.lseek(handle, 1 << 40, os.SEEK_SET)  # a byte far behind the end: it keeps nobody from reading
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
