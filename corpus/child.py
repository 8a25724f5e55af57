"""Python processes of the program's own, which take no code from the folder that the user works in."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import thaita

_CALL = (
    "import sys; from importlib import import_module; sys.path.append(sys.argv[1]); "
    "import_module(sys.argv[2]).main(*sys.argv[3:])"
)
"""`-m` would look for the module in the current folder first, and that may be an archive with a `thaita` in it."""


def python_command(module: str, *arguments: str) -> list[str]:
    """Return the command line of a process that calls `main` of a module with these texts.

    It imports what this process could import, but never from the current folder.
    """
    root = Path(thaita.__file__).absolute().parents[1]  # an uninstalled checkout is found by nothing else
    return [sys.executable, "-I" if sys.flags.isolated else "-P", "-c", _CALL, str(root), module, *arguments]


def python_environment(**defaults: str) -> dict[str, str]:
    """Return the environment of such a process: this one's, with defaults for what it does not set.

    An empty entry of PYTHONPATH means the current folder, mostly by accident: it is dropped, and the others are made absolute.
    """
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    folders = os.pathsep.join(str(Path(name).absolute()) for name in named if name)
    environment = {**defaults, **os.environ, "PYTHONPATH": folders, "PYTHONSAFEPATH": "1"}
    return (
        environment
        if folders
        else {name: value for name, value in environment.items() if name != "PYTHONPATH"}
    )
