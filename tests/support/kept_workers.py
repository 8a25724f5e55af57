"""Worker processes that later tests use again: a new process takes seconds to load its words and models.

A process is lent for one call, so whoever ends its workers ends only those that are reading. It is lent again only
with the same limits, environment and current folder. A process that was killed or did not answer is not kept.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TypeVar

import pytest

from thaita.corpus.run import pool
from thaita.corpus.run.child_process import end_child
from thaita.corpus.run.worker_process import Worker
from thaita.out.review import desk

T = TypeVar("T")
Process = subprocess.Popen[bytes]

MOST_KEPT = 4
_OF_PYTEST = {"PYTEST_CURRENT_TEST"}
"""Variables that differ in each test and mean nothing to a worker."""

_kept: list[tuple[object, Process]] = []
_lock = Lock()


class KeptWorker(Worker):
    """A worker whose process outlives it."""

    def call(self, function: Callable[..., T], *args: object) -> T:
        """Return the result as a worker does, with a process that is lent for this call."""
        try:
            return super().call(function, *args)
        finally:
            process, self.process = self.process, None
            if process is not None:
                _keep(self._key(), process)

    def _start(self) -> Process:
        self._given_up = False
        self.process = _lent(self._key())
        return self.process or super()._start()

    def _key(self) -> object:
        own = {name: value for name, value in os.environ.items() if name not in _OF_PYTEST}
        return self.limits, own, Path.cwd()


def _lent(key: object) -> Process | None:
    with _lock:
        at = next((i for i, (its, _) in enumerate(_kept) if its == key), None)
        process = None if at is None else _kept.pop(at)[1]
    return process if process is None or process.poll() is None else None


def _keep(key: object, process: Process) -> None:
    with _lock:
        _kept.append((key, process))
        ended = [_kept.pop(0)[1] for _ in range(len(_kept) - MOST_KEPT)]
    for one in ended:
        end_child(one)


@contextmanager
def kept_workers() -> Iterator[None]:
    """Let pools and review desks of this process use kept workers."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (pool, desk):
            patch.setattr(module, "Worker", KeptWorker)
        yield
    while _kept:
        end_child(_kept.pop()[1])


@contextmanager
def own_workers() -> Iterator[None]:
    """Give each pool and review desk its own processes, as outside of tests."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (pool, desk):
            patch.setattr(module, "Worker", Worker)
        yield
