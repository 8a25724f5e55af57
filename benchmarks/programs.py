"""External programs, which may not be installed."""

from __future__ import annotations

import shutil


class NoProgramError(RuntimeError):
    """A typesetting program is not installed."""


def program(*names: str) -> str:
    """Return the path of the first installed program. Raises NoProgramError if there is none."""
    for name in names:
        if path := shutil.which(name):
            return path
    raise NoProgramError(f"{names[0]} is not installed")
