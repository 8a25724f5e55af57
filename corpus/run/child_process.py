"""Child Python processes that import no code from the user's current folder."""

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
"""`-m` would search the current folder first, which may be an archive that contains a `thaita`."""

_RUNNING: set[subprocess.Popen[bytes]] = set()


def start_python(
    module: str,
    *arguments: str,
    defaults: Mapping[str, str] | None = None,
    **streams: Any,  # noqa: ANN401 - as subprocess.Popen takes them
) -> subprocess.Popen[bytes]:
    """Start a process that calls `main` of a module with these arguments; end it with `end_child`.

    The process can import whatever this one can, but never from the current folder. `defaults` are
    environment variables that apply if they are not set.
    """
    root = (
        Path(sys.modules["thaita"].__file__ or "").absolute().parents[1]
    )  # the only way to find an uninstalled checkout
    safe = "-I" if sys.flags.isolated else "-P"
    command = [sys.executable, safe, "-c", _CALL, str(root), module, *arguments]
    process = subprocess.Popen(command, env=_environment(defaults or {}), **streams)  # noqa: S603 - no word of it comes from outside
    _RUNNING.add(process)
    return process


def end_child(process: subprocess.Popen[bytes]) -> None:
    """End a process in any state, and close its streams."""
    process.kill()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with suppress(BrokenPipeError):  # unsent data for a process that has ended
                stream.close()
    process.wait()
    _RUNNING.discard(process)


def kill_children() -> None:
    """Kill all processes that were started and not ended, from any thread, without waiting."""
    for process in tuple(_RUNNING):
        process.kill()


def _environment(defaults: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a child process.

    An empty entry of PYTHONPATH means the current folder, usually by accident. It is dropped, and the other
    entries become absolute.
    """
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    folders = os.pathsep.join(str(Path(name).absolute()) for name in named if name)
    own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    found = {**defaults, **own, "PYTHONSAFEPATH": "1"}
    return {**found, "PYTHONPATH": folders} if folders else found
