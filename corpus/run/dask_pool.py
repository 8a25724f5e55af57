"""A pool on other machines: the tasks go to a Dask scheduler, and the results come back to the store here."""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

from thaita.corpus.problems import RunError, say
from thaita.corpus.run.limits import Limits
from thaita.corpus.run.pool import Hand, Task
from thaita.corpus.run.task import Job, Result
from thaita.corpus.run.version_digest import program
from thaita.models.problem_codes import ProblemCode

_AHEAD = 3
"""Tasks a thread of the cluster that are handed out: enough that none waits."""

_SECONDS = 10
"""How long a scheduler may take to answer."""

_FIRST = 60
"""Seconds that its first worker may take to come."""

_TRIES = 2

_ASKED_EVERY = 5.0
"""Seconds between two questions how many threads there are."""


class ClusterError(RunError):
    """A cluster that cannot do the work; the message says what to do."""


class ClusterPool:
    """The workers of a Dask scheduler, each of which reads in a bounded process. Used in a `with` statement."""

    def __init__(self, address: str, limits: Limits) -> None:
        self.address = address
        self.limits = limits
        self._client: Any = None
        self._threads = 0
        self._ask_again = 0.0

    def __enter__(self) -> ClusterPool:
        """Raises ClusterError where nobody answers, or no worker is there."""
        try:
            from distributed import Client
        except ImportError as error:
            raise ClusterError("a cluster takes the package distributed: pip install distributed") from error
        try:
            self._client = Client(self.address, timeout=_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
            self._client.wait_for_workers(1, timeout=_FIRST)
        except Exception as error:  # addresses, names, certificates and times have errors of their own
            self.__exit__(None, None, None)
            raise ClusterError(
                f"no cluster at {self.address}: is it running, with a worker? ({error})"
            ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            self._client.close()

    def results(self, job: Job, tasks: Iterable[Task]) -> Iterator[tuple[int, Result]]:
        """Yield the results as `Pool` says. Raises ClusterError where the cluster is lost or has another program."""
        from distributed import as_completed

        tasks = iter(tasks)
        running: dict[Any, tuple[Task, int]] = {}
        done = as_completed(loop=self._client.loop)  # type: ignore[no-untyped-call]

        def submit(task: Task, tries: int) -> None:
            _, place, stamp = task
            future = self._client.submit(
                read_apart, program(), self.limits, job, place, stamp, pure=False, retries=0
            )
            running[future] = (task, tries)
            done.add(future)  # type: ignore[no-untyped-call]

        while True:
            for task in islice(tasks, self._wanted() - len(running)):
                submit(task, 1)
            if not running:
                return
            future = next(done)
            task, tries = running.pop(future)
            result = self._result(future, tries)
            if result is None:
                submit(task, tries + 1)
            else:
                yield task[0], result

    def _wanted(self) -> int:
        """Return how many tasks are to be out; the scheduler is asked now and then, as workers come and go."""
        if time.monotonic() > self._ask_again:
            self._threads = sum(self._client.nthreads().values())
            self._ask_again = time.monotonic() + _ASKED_EVERY
        return max(1, _AHEAD * self._threads)

    def _result(self, future: Any, tries: int) -> Result | None:  # noqa: ANN401 - distributed.Future
        """Return the result of a task, None for one that is to be tried again."""
        if future.status == "finished":
            result: Result | None = future.result()
            if result is None:
                raise ClusterError(
                    "a worker of the cluster runs another version of thaita: install this one there"
                )
            return result
        if self._client.status != "running":
            raise ClusterError(
                f"the cluster at {self.address} is gone: what was read is kept, run this again"
            )
        if future.status == "error":
            error = future.exception()
            if isinstance(error, ImportError):
                raise ClusterError(f"a worker of the cluster cannot load thaita ({error}): install it there")
            if type(error).__name__ == "KilledWorker":
                return _failed(
                    ProblemCode.TOO_COMPLEX, "Workers of the cluster died with this file: not read."
                )
            return _failed(
                ProblemCode.INTERNAL,
                f"the program failed on this file ({type(error).__name__}): please report it",
            )
        if tries < _TRIES:  # its worker is gone
            return None
        return _failed(ProblemCode.TOO_COMPLEX, "Workers of the cluster were lost with this file: not read.")


def _failed(code: ProblemCode, message: str) -> Result:
    return Result(problem=say(code, message, "error"), failed=True)


def read_apart(wanted: str, limits: Limits, job: Job, place: Path | str, stamp: str | None) -> Result | None:
    """Return the result of a file, read by this thread's bounded process; None if the program is not the one wanted."""
    return _hand(threading.get_ident(), limits).read(job, place, stamp) if program() == wanted else None


@cache
def _hand(_thread: int, limits: Limits) -> Hand:
    hand = Hand(limits)
    atexit.register(hand.close)
    return hand
