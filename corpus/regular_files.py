"""Reading of regular files only: a pipe would block the reader, and a device would never end."""

from __future__ import annotations

import errno
import os
import stat
from io import FileIO
from pathlib import Path

_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_BINARY", "O_CLOEXEC", "O_NOCTTY", "O_NONBLOCK")
)


def open_regular(path: Path) -> FileIO:
    """Return a file opened for reading its bytes; links are followed.

    Raises OSError, also for a folder, pipe, socket or device, without waiting for it.
    """
    check_regular(path.stat(), path)  # opening a device can already have effects
    handle = os.open(path, _FLAGS)
    try:
        check_regular(os.fstat(handle), path)
        return FileIO(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_regular(path: Path) -> bytes:
    """Return the bytes of a file. Raises OSError as `open_regular` does."""
    with open_regular(path) as file:
        return file.readall()


def check_regular(found: os.stat_result, path: Path) -> None:
    """Raise OSError if the path is not a regular file."""
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "a pipe, socket or device, not a file", str(path))
