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
from thaita.corpus.run.task import Job, Result, Seen, no_failure, perform
from thaita.corpus.run.worker_process import ProcessEndedError, Worker
from thaita.models.problem_codes import ProblemCode

Task = tuple[int, Path | str, str | None]
"""The number, place and stamp of a file."""

_AHEAD = 3
"""Tasks a worker that are handed out: enough that none waits."""

_TASKS = 500
"""Tasks after which a process is started anew, so that what libraries never give back does not add up."""


_PATIENCE = 0.2
"""Seconds between two attempts to end the processes."""


class Pool(Protocol):
    """Reads files, several at a time."""

    def results(self, job: Job, tasks: Iterable[Task]) -> Iterator[tuple[int, Result]]:
        """Yield the number and result of each file as it is done, in any order.

        Tasks are taken as they are needed, by the thread that asks for results.
        """


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class LocalPool:
    """Worker processes of this machine, as many as are named. Used in a `with` statement, which ends them."""

    def __init__(self, workers: int, limits: Limits) -> None:
        self.workers = workers
        self.limits = limits
        self._hands = threading.local()
        self._all: list[Hand] = []
        self._running: dict[Future[Result], int] = {}
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="thaita-reader")

    def __enter__(self) -> LocalPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        while True:  # a thread may be about to start its process
            for hand in self._all:
                hand.stop()
            if not wait([one for one in self._running if not one.done()], timeout=_PATIENCE).not_done:
                break
        self._threads.shutdown()
        for hand in self._all:
            hand.close()

    def results(self, job: Job, tasks: Iterable[Task]) -> Iterator[tuple[int, Result]]:
        """Yield the results as `Pool` says."""
        tasks = iter(tasks)
        while True:
            for number, place, stamp in islice(tasks, _AHEAD * self.workers - len(self._running)):
                self._running[self._threads.submit(self._read, job, place, stamp)] = number
            if not self._running:
                return
            done, _ = wait(self._running, return_when=FIRST_COMPLETED)
            for future in done:
                yield self._running.pop(future), future.result()

    def _read(self, job: Job, place: Path | str, stamp: str | None) -> Result:
        hand: Hand | None = getattr(self._hands, "own", None)
        if hand is None:
            hand = self._hands.own = Hand(self.limits)
            self._all.append(hand)
        return hand.read(job, place, stamp)


class Hand:
    """One worker process, and what is done when it dies: the report is tried once more, then it is a problem.

    What has used up its processor time is not tried again: the same bytes would use it up again.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._worker = Worker(limits)
        self._tasks = 0
        self._stopped = False

    def read(self, job: Job, place: Path | str, stamp: str | None) -> Result:
        """Return the result of a file; whatever happens to the process is a problem of that file."""
        self._tasks += 1
        if self._tasks % _TASKS == 0:
            self._worker.close()
        try:
            return self._once(job, place, stamp)
        except ProcessEndedError as error:
            if error.settled or self._stopped:
                return self._beyond(error)
        try:
            return self._once(job, place, stamp)
        except ProcessEndedError as error:
            return self._beyond(error)

    def _once(self, job: Job, place: Path | str, stamp: str | None) -> Result:
        try:
            result = self._worker.call(perform, job, place, stamp)
        except RuntimeError as error:  # `perform` itself failed
            return Result(problem=problem_of(error), failed=True)
        return replace(result, limits=self.limits) if result.partial else result

    def _beyond(self, error: ProcessEndedError) -> Result:
        """Return what is known of a file whose process ended; this process does not touch the file.

        What the clock on the wall ended is kept for no later run: it tells of the machine, not of the file.
        """
        seen = error.told if isinstance(error.told, Seen) else Seen()
        problem = problem_of(error)
        if seen.picture:
            problem = no_failure(problem)
        failed = problem.severity == "error"
        if error.code == ProblemCode.TIMED_OUT or self._stopped:
            return Result(problem=problem, failed=failed)
        return Result(seen.sha256, seen.stamp, problem=problem, failed=failed, limits=self.limits)

    def stop(self) -> None:
        """End the process from another thread; the file that it reads is not tried again."""
        self._stopped = True
        if (process := self._worker.process) is not None:
            process.kill()

    def close(self) -> None:
        """End the process."""
        self._worker.close()
