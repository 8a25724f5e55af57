"""A pool of worker processes, each of which reads one report at a time within its limits."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Protocol

from thaita.corpus.problems import problem_of
from thaita.corpus.run.limits import Limits
from thaita.corpus.run.task import FileIdentity, FileResult, Job, as_warning, read_archive_file
from thaita.corpus.run.worker_process import ProcessEndedError, Worker
from thaita.models.problem_codes import ProblemCode

Task = tuple[int, Path | str, str | None]
"""The number, place and stamp of a file."""

_TASKS_PER_WORKER = 3
"""Tasks submitted per worker, so that no worker waits."""

_TASKS_PER_PROCESS = 500
"""Number of tasks after which a process is restarted, so that memory leaks of libraries do not accumulate."""


_RETRY_INTERVAL = 0.2
"""Seconds between two attempts to end the processes."""


class Pool(Protocol):
    """Reads several files at a time."""

    def results(self, job: Job, tasks: Iterable[Task]) -> Iterator[tuple[int, FileResult]]:
        """Yield the number and result of each file as soon as it is done, in any order.

        Tasks are fetched when they are needed, by the thread that consumes the results.
        """


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class LocalPool:
    """A given number of worker processes on this machine. Use it in a `with` statement, which ends them."""

    def __init__(self, workers: int, limits: Limits) -> None:
        self.workers = workers
        self.limits = limits
        self._local = threading.local()
        self._all: list[RetryingWorker] = []
        self._running: dict[Future[FileResult], int] = {}
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="thaita-reader")

    def __enter__(self) -> LocalPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        while True:  # a thread may be about to start its process
            for reader in self._all:
                reader.stop()
            if not wait([one for one in self._running if not one.done()], timeout=_RETRY_INTERVAL).not_done:
                break
        self._threads.shutdown()
        for reader in self._all:
            reader.close()

    def results(self, job: Job, tasks: Iterable[Task]) -> Iterator[tuple[int, FileResult]]:
        """Yield the results as `Pool` does."""
        tasks = iter(tasks)
        while True:
            for number, place, stamp in islice(tasks, _TASKS_PER_WORKER * self.workers - len(self._running)):
                self._running[self._threads.submit(self._read, job, place, stamp)] = number
            if not self._running:
                return
            done, _ = wait(self._running, return_when=FIRST_COMPLETED)
            for future in done:
                yield self._running.pop(future), future.result()

    def _read(self, job: Job, place: Path | str, stamp: str | None) -> FileResult:
        reader: RetryingWorker | None = getattr(self._local, "own", None)
        if reader is None:
            reader = self._local.own = RetryingWorker(self.limits)
            self._all.append(reader)
        return reader.read(job, place, stamp)


class RetryingWorker:
    """A worker process that retries: if the process dies, the report is tried once more, then becomes a problem.

    A report that used up its processor time is not tried again, because it would do so again.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._worker = Worker(limits)
        self._tasks = 0
        self._stopped = False

    def read(self, job: Job, place: Path | str, stamp: str | None) -> FileResult:
        """Return the result of a file; a crash of the process becomes a problem of that file."""
        self._tasks += 1
        if self._tasks % _TASKS_PER_PROCESS == 0:
            self._worker.close()
        try:
            return self._try_once(job, place, stamp)
        except ProcessEndedError as error:
            if error.final or self._stopped:
                return self._ended_result(error)
        try:
            return self._try_once(job, place, stamp)
        except ProcessEndedError as error:
            return self._ended_result(error)

    def _try_once(self, job: Job, place: Path | str, stamp: str | None) -> FileResult:
        try:
            result = self._worker.call(read_archive_file, job, place, stamp)
        except RuntimeError as error:  # `read_archive_file` itself failed
            return FileResult(problem=problem_of(error), failed=True)
        return replace(result, limits=self.limits) if result.partial else result

    def _ended_result(self, error: ProcessEndedError) -> FileResult:
        """Return the result of a file whose process ended; this process does not open the file.

        If the wall clock ended it, the result is not stored, because it depends on the machine and not on the
        file.
        """
        seen = error.note if isinstance(error.note, FileIdentity) else FileIdentity()
        problem = problem_of(error)
        if seen.picture:
            problem = as_warning(problem)
        failed = problem.severity == "error"
        if error.code == ProblemCode.TIMED_OUT or self._stopped:
            return FileResult(problem=problem, failed=failed)
        return FileResult(seen.sha256, seen.stamp, problem=problem, failed=failed, limits=self.limits)

    def stop(self) -> None:
        """End the process from another thread; its file is not tried again."""
        self._stopped = True
        if (process := self._worker.process) is not None:
            process.kill()

    def close(self) -> None:
        """End the process."""
        self._worker.close()
