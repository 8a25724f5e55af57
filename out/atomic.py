"""Atomic writes: a folder or file appears under its name only when all of it is on disk."""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def whole_folder(target: Path, check: Callable[[Path], None]) -> Iterator[Path]:
    """Yield an empty folder beside `target` that replaces it when the block ends without error.

    `check` raises if the existing target must not be replaced; it is called before and after the block. On any error
    the new folder is removed and the target is unchanged. The block must fsync the files that it writes. A process
    that is killed leaves hidden files `.thaita-*` beside the target; the next write there removes them and restores
    an old folder that was being replaced. Raises OSError if the target's parent cannot be created or written.
    """
    target = Path(os.path.realpath(target))  # Path.resolve fails on a link that leads to itself
    check(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    recover(target.parent)
    fresh = _beside(target, "new")
    fresh.mkdir()
    try:
        with _locked(fresh):
            yield fresh
            _sync(fresh)
            check(target)
            _swap(fresh, target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Lock a folder or file for the block; yield False if another process has it or locks are not supported."""
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


def recover(parent: Path) -> None:
    """Clean up after killed processes: restore an old folder that was being replaced, and remove other leftovers."""
    for note in parent.glob(".thaita-*.moved"):
        with suppress(OSError, ValueError), _locked(note) as free:
            if free:
                _put_back(note)
    for folder in parent.glob(".thaita-*.new"):
        with suppress(OSError), _locked(folder) as free:
            if free:
                shutil.rmtree(folder, ignore_errors=True)


def _put_back(note: Path) -> None:
    """Undo or complete the replacement of an old folder that a note records."""
    target, old = note.parent / os.fsdecode(note.read_bytes()), note.with_suffix(".old")
    if target.parent == note.parent and old.exists() and not os.path.lexists(target):
        old.rename(target)
        _sync(target.parent)
    shutil.rmtree(old, ignore_errors=True)
    note.unlink()


def write_whole_file(target: Path, data: bytes | Iterable[bytes]) -> None:
    """Write bytes, as a whole or in parts, to the file `target`, replacing an existing file.

    On any error the target is unchanged. Raises OSError if the target's folder is missing or cannot be written.
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
    """Move `fresh` to `target`, and remove the old folder."""
    if not target.exists():
        fresh.rename(target)
        _sync(target.parent)
    elif exchange(fresh, target):
        _sync(target.parent)
        shutil.rmtree(fresh, ignore_errors=True)
    else:
        _move_twice(fresh, target)


def _move_twice(fresh: Path, target: Path) -> None:
    """Move `fresh` to `target` on systems that cannot exchange folders; a note lets `recover` find the old one."""
    old = _beside(target, "old")
    note = old.with_suffix(".moved")
    with note.open("xb") as file, _locked(note):
        file.write(os.fsencode(target.name))
        file.flush()
        os.fsync(file.fileno())
        target.rename(old)
        try:
            fresh.rename(target)
        except BaseException:
            old.rename(target)
            note.unlink()
            raise
        _sync(target.parent)
        shutil.rmtree(old, ignore_errors=True)
        note.unlink()


def exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders in one step; return False if the system does not support it.

    Uses renameat2(2) on Linux and renamex_np(2) on macOS, which Python does not provide.
    """
    names = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None)
        if sys.platform == "darwin":
            return bool(library.renamex_np(*names, _RENAME_SWAP) == 0)
        return bool(library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)
    except (AttributeError, OSError, TypeError):  # an older system, or Windows
        return False


_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


def _beside(target: Path, role: str) -> Path:
    return target.parent / f".thaita-{secrets.token_hex(8)}.{role}"


def _sync(folder: Path) -> None:
    """Flush a folder's entries to disk; systems that cannot open a folder do this themselves."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
