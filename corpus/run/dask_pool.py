"""A pool of remote workers: a Dask scheduler gets the tasks, and the results are stored on this machine."""

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

from thaita.corpus.problems import RunError, file_problem
from thaita.corpus.run.limits import Limits
from thaita.corpus.run.pool import RetryingWorker, Task
from thaita.corpus.run.task import FileResult, Job
from thaita.corpus.run.version_digest import program
from thaita.models.extras import require
from thaita.models.problem_codes import ProblemCode

_TASKS_PER_THREAD = 3
"""Tasks submitted per thread of the cluster, so that no thread waits."""

_TIMEOUT = 10
"""Timeout in seconds for an answer of the scheduler."""

_FIRST_WORKER_TIMEOUT = 60
"""Timeout in seconds for the scheduler's first worker."""

_TRIES = 2

_QUERY_INTERVAL = 5.0
"""Interval in seconds at which the number of threads is queried."""


class ClusterError(RunError):
    """A cluster that cannot be used; the message states what to do."""


class ClusterPool:
    """The workers of a Dask scheduler, each reading in a process with limits. Use it in a `with` statement."""

    def __init__(self, address: str, limits: Limits) -> None:
        self.address = address
        self.limits = limits
        self._client: Any = None
        self._threads = 0
        self._ask_again = 0.0

    def __enter__(self) -> ClusterPool:
        """Connect. Raises ClusterError if no scheduler answers or it has no worker, MissingPackageError without Dask."""
        require("cluster")
        from distributed import Client

        try:
            self._client = Client(self.address, timeout=_TIMEOUT, set_as_default=False)  # type: ignore[no-untyped-call]
            self._client.wait_for_workers(1, timeout=_FIRST_WORKER_TIMEOUT)
        except Exception as error:  # addresses, names, certificates and timeouts raise their own errors
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

    def results(self, job: Job, tasks: Iterable[Task]) -> Iterator[tuple[int, FileResult]]:
        """Yield the results as `Pool` does. Raises ClusterError if the cluster is lost or runs another version."""
        from distributed import as_completed

        tasks = iter(tasks)
        running: dict[Any, tuple[Task, int]] = {}
        done = as_completed(loop=self._client.loop)  # type: ignore[no-untyped-call]

        def submit(task: Task, tries: int) -> None:
            _, place, stamp = task
            future = self._client.submit(
                read_in_worker, program(), self.limits, job, place, stamp, pure=False, retries=0
            )
            running[future] = (task, tries)
            done.add(future)  # type: ignore[no-untyped-call]

        while True:
            for task in islice(tasks, self._target_count() - len(running)):
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

    def _target_count(self) -> int:
        """Return how many tasks to keep submitted; queries the scheduler from time to time, because workers join and leave."""
        if time.monotonic() > self._ask_again:
            self._threads = sum(self._client.nthreads().values())
            self._ask_again = time.monotonic() + _QUERY_INTERVAL
        return max(1, _TASKS_PER_THREAD * self._threads)

    def _result(self, future: Any, tries: int) -> FileResult | None:  # noqa: ANN401 - distributed.Future
        """Return the result of a task, or None if the task must be tried again."""
        if future.status == "finished":
            result: FileResult | None = future.result()
            if result is None:
                raise ClusterError(
                    "a worker of the cluster runs another version of thaita: install this one there"
                )
            return result
        if self._client.status != "running":
            raise ClusterError(
                f"the cluster at {self.address} is lost: results so far are kept, run this again"
            )
        if future.status == "error":
            error = future.exception()
            if isinstance(error, ImportError):
                raise ClusterError(f"a worker of the cluster cannot load thaita ({error}): install it there")
            if type(error).__name__ == "KilledWorker":
                return _failed(ProblemCode.TOO_COMPLEX, "Cluster workers crashed on this file: not read.")
            return _failed(
                ProblemCode.INTERNAL,
                f"the program failed on this file ({type(error).__name__}): please report it",
            )
        if tries < _TRIES:  # its worker was lost
            return None
        return _failed(
            ProblemCode.TOO_COMPLEX, "Cluster workers were lost while reading this file: not read."
        )


def _failed(code: ProblemCode, message: str) -> FileResult:
    return FileResult(problem=file_problem(code, message, "error"), failed=True)


def read_in_worker(
    wanted: str, limits: Limits, job: Job, place: Path | str, stamp: str | None
) -> FileResult | None:
    """Return the result of a file, read by this thread's worker process; None if the program version differs."""
    return (
        _thread_worker(threading.get_ident(), limits).read(job, place, stamp) if program() == wanted else None
    )


@cache
def _thread_worker(_thread: int, limits: Limits) -> RetryingWorker:
    hand = RetryingWorker(limits)
    atexit.register(hand.close)
    return hand
