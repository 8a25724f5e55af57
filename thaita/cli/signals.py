"""Signal handling: Ctrl-C and SIGTERM end every command, with clean-up if possible."""

from __future__ import annotations

import os
import signal
import sys
import time
from threading import Thread
from typing import NoReturn

_CLEAN_UP_SECONDS = 1.5
"""Seconds that a command has to end on its own."""

STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143}
"""Exit statuses in the convention of shells: 128 plus the number of the signal."""


def end_on_signals() -> None:
    """Make Ctrl-C and SIGTERM end this process within two seconds, with the exit status in `STATUS`.

    Python runs a signal handler only between two bytecode instructions, and a database query is a single one.
    So a thread, woken by the system, ends the process and its children if the handler runs too late.
    """
    signal.signal(signal.SIGTERM, _stop)
    if sys.platform == "win32":  # a console ends its processes on its own
        return
    awake, signals = os.pipe()
    os.set_blocking(signals, False)
    signal.set_wakeup_fd(signals, warn_on_full_buffer=False)
    Thread(target=_end_if_held, args=(awake,), daemon=True, name="thaita-signals").start()


def _stop(*_: object) -> NoReturn:
    """Exit on SIGTERM as on an error, so that no unfinished folder remains."""
    sys.exit(STATUS[signal.SIGTERM])


def _end_if_held(awake: int) -> None:
    while True:
        for number in os.read(awake, 1):
            if number in STATUS:
                time.sleep(_CLEAN_UP_SECONDS)
                _end_at_once(STATUS[signal.Signals(number)])


def _end_at_once(status: int) -> NoReturn:
    from thaita.corpus.run.child_process import kill_children

    kill_children()
    os.write(sys.stderr.fileno(), b"stopped\n")
    os._exit(status)
