"""Programs of the machine, which may not be installed."""

from __future__ import annotations

import shutil


class NoProgramError(RuntimeError):
    """A program that typesets is not installed."""


def program(*names: str) -> str:
    """Return the path of the first program that is installed, or raise NoProgramError."""
    for name in names:
        if path := shutil.which(name):
            return path
    raise NoProgramError(f"{names[0]} is not installed")
