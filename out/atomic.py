"""Whole or not at all: a folder or file appears under its name only when all of it is on the disk."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def whole_folder(target: Path, check: Callable[[Path], None]) -> Iterator[Path]:
    """Give an empty folder beside `target` that takes its place when the block ends without error.

    `check` raises if what stands at the target must not be replaced; it is asked before and after the
    block. On any error the new folder vanishes and the target is as it was. Files written in the block
    must be fsynced there. A process that is killed leaves a hidden folder `.thaita-*` beside the target, which the
    next one to write there removes. Raises OSError where the target's folder cannot be made or written.
    """
    target = Path(os.path.realpath(target))  # Path.resolve fails on a link that leads to itself
    check(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    _remove_left_over(target.parent)
    fresh = _beside(target, "new")
    fresh.mkdir()
    try:
        with _held(fresh):
            yield fresh
            _sync(fresh)
            check(target)
            _swap(fresh, target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


@contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Hold a folder, so that others see that it is worked on; False where another process does, or none can."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield False
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def _remove_left_over(parent: Path) -> None:
    """Remove the folders of processes that were killed."""
    for folder in parent.glob(".thaita-*.new"):
        with suppress(OSError), _held(folder) as free:
            if free:
                shutil.rmtree(folder, ignore_errors=True)


def write_whole_file(target: Path, data: bytes | Iterable[bytes]) -> None:
    """Put a file with these bytes, whole or in parts, at `target`, in place of a file there.

    On any error the target is as it was. Raises OSError where the target's folder is missing or cannot
    be written.
    """
    target = Path(os.path.realpath(target))
    fresh = _beside(target, "new")
    try:
        with fresh.open("xb") as file:
            file.writelines([data] if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _sync(target.parent)


def _swap(fresh: Path, target: Path) -> None:
    """Put `fresh` at `target`; two renames, as no portable call exchanges folders."""
    if not target.exists():
        fresh.rename(target)
        _sync(target.parent)
        return
    old = _beside(target, "old")
    target.rename(old)
    try:
        fresh.rename(target)
    except BaseException:
        old.rename(target)
        raise
    _sync(target.parent)
    shutil.rmtree(old, ignore_errors=True)


def _beside(target: Path, role: str) -> Path:
    return target.parent / f".thaita-{secrets.token_hex(8)}.{role}"


def _sync(folder: Path) -> None:
    """Write the folder's list of names to the disk; systems that cannot open a folder do it unasked."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
