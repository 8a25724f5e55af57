"""Python processes of the program's own, which take no code from the folder that the user works in."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_CALL = (
    "import sys; from importlib import import_module; sys.path.append(sys.argv[1]); "
    "import_module(sys.argv[2]).main(*sys.argv[3:])"
)
"""`-m` would look for the module in the current folder first, and that may be an archive with a `thaita` in it."""

_RUNNING: set[subprocess.Popen[bytes]] = set()


def start_python(
    module: str,
    *arguments: str,
    defaults: Mapping[str, str] | None = None,
    **streams: Any,  # noqa: ANN401 - as subprocess.Popen takes them
) -> subprocess.Popen[bytes]:
    """Start a process that calls `main` of a module with these texts; `end_child` ends it.

    It imports what this process could import, but never from the current folder. `defaults` are variables of the
    environment that hold where it does not set them.
    """
    root = (
        Path(sys.modules["thaita"].__file__ or "").absolute().parents[1]
    )  # an uninstalled checkout is found by nothing else
    safe = "-I" if sys.flags.isolated else "-P"
    command = [sys.executable, safe, "-c", _CALL, str(root), module, *arguments]
    process = subprocess.Popen(command, env=_environment(defaults or {}), **streams)  # noqa: S603 - no word of it comes from outside
    _RUNNING.add(process)
    return process


def end_child(process: subprocess.Popen[bytes]) -> None:
    """End a process, whatever it does, and close its streams."""
    process.kill()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with suppress(BrokenPipeError):  # what was left to send to a process that is gone
                stream.close()
    process.wait()
    _RUNNING.discard(process)


def kill_children() -> None:
    """Kill every process that was started and has not been ended, from any thread, and wait for none."""
    for process in tuple(_RUNNING):
        process.kill()


def _environment(defaults: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a process.

    An empty entry of PYTHONPATH means the current folder, mostly by accident: it is dropped; the others are made absolute.
    """
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    folders = os.pathsep.join(str(Path(name).absolute()) for name in named if name)
    own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    found = {**defaults, **own, "PYTHONSAFEPATH": "1"}
    return {**found, "PYTHONPATH": folders} if folders else found
