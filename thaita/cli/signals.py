"""Ctrl-C and SIGTERM end every command: by its own clean-up, or, where native code holds it, without."""

from __future__ import annotations

import os
import signal
import sys
import time
from threading import Thread
from typing import NoReturn

_CLEAN_UP = 1.5
"""Seconds that a command has to end by itself."""

STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143}
"""The exit statuses, as shells give them: 128 and the number of the signal."""


def end_on_signals() -> None:
    """Let Ctrl-C and SIGTERM end this process within two seconds, with the exit status that `STATUS` names.

    Python runs a handler only between two of its own instructions, and a query of a database is one of them. So a
    thread, which the system wakes by itself, ends the process and its children where the handler comes too late.
    """
    signal.signal(signal.SIGTERM, _stop)
    if sys.platform == "win32":  # a console ends its processes itself
        return
    awake, signals = os.pipe()
    os.set_blocking(signals, False)
    signal.set_wakeup_fd(signals, warn_on_full_buffer=False)
    Thread(target=_end_if_held, args=(awake,), daemon=True, name="thaita-signals").start()


def _stop(*_: object) -> NoReturn:
    """Leave on SIGTERM as on an error, so that no unfinished folder stays."""
    sys.exit(STATUS[signal.SIGTERM])


def _end_if_held(awake: int) -> None:
    while True:
        for number in os.read(awake, 1):
            if number in STATUS:
                time.sleep(_CLEAN_UP)
                _end_at_once(STATUS[signal.Signals(number)])


def _end_at_once(status: int) -> NoReturn:
    from thaita.corpus.run.child_process import kill_children

    kill_children()
    os.write(sys.stderr.fileno(), b"stopped\n")
    os._exit(status)
