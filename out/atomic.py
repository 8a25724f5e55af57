"""Whole or not at all: a folder or file appears under its name only when all of it is on the disk."""

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
    """Give an empty folder beside `target` that takes its place when the block ends without error.

    `check` raises if what stands at the target must not be replaced; it is asked before and after the
    block. On any error the new folder vanishes and the target is as it was. Files written in the block
    must be fsynced there. A process that is killed leaves hidden files `.thaita-*` beside the target; the next one to
    write there removes them, and puts an old folder back that was on its way out. Raises OSError where the target's folder cannot be made or written.
    """
    target = Path(os.path.realpath(target))  # Path.resolve fails on a link that leads to itself
    check(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    recover(target.parent)
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


def recover(parent: Path) -> None:
    """Put right what processes that were killed left in a folder: an old folder goes back, the rest is removed."""
    for note in parent.glob(".thaita-*.moved"):
        with suppress(OSError, ValueError), _held(note) as free:
            if free:
                _put_back(note)
    for folder in parent.glob(".thaita-*.new"):
        with suppress(OSError), _held(folder) as free:
            if free:
                shutil.rmtree(folder, ignore_errors=True)


def _put_back(note: Path) -> None:
    """Undo, or finish, the move of an old folder that a note tells of."""
    target, old = note.parent / os.fsdecode(note.read_bytes()), note.with_suffix(".old")
    if target.parent == note.parent and old.exists() and not os.path.lexists(target):
        old.rename(target)
        _sync(target.parent)
    shutil.rmtree(old, ignore_errors=True)
    note.unlink()


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
    """Put `fresh` at `target`, and remove what was there."""
    if not target.exists():
        fresh.rename(target)
        _sync(target.parent)
    elif exchange(fresh, target):
        _sync(target.parent)
        shutil.rmtree(fresh, ignore_errors=True)
    else:
        _move_twice(fresh, target)


def _move_twice(fresh: Path, target: Path) -> None:
    """Put `fresh` at `target` where the system exchanges no folders; a note lets `recover` find the old one."""
    old = _beside(target, "old")
    note = old.with_suffix(".moved")
    with note.open("xb") as file, _held(note):
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
    """Let two folders of a file system change their names in one step; False where the system cannot.

    The calls are renameat2(2) of Linux and renamex_np(2) of macOS, which Python does not offer.
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
    """Write the folder's list of names to the disk; systems that cannot open a folder do it unasked."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
