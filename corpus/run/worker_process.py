"""A worker process that reads files, so that a malicious file ends that process and not the run.

PDFium is native code: a small file can keep it busy for hours, fill the memory or make it abort, and nothing
inside the process can stop that.
"""

from __future__ import annotations

import atexit
import faulthandler
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from threading import Lock, Timer
from typing import IO, Any, BinaryIO, TypeVar

from thaita.corpus.run.child_process import end_child, start_python
from thaita.corpus.run.limits import GIB, LIMITS, Limits
from thaita.extract.options import PdfOptions
from thaita.extract.pipeline import read_bytes
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.work_limits import WorkLimits, on_page_done, start_report
from thaita.models.problem_codes import ProblemCode
from thaita.models.records import Reading

T = TypeVar("T")

Extract = Callable[[bytes, str], Reading]
"""Turns a file's bytes and the source name of its records into records."""


class ProcessEndedError(UnreadableFileError):
    """Reading a file exceeded its limits or crashed its process (`too_complex`), or never ended (`timed_out`).

    `note` is the last note that the function sent; `final` is True if another try would end in the same way.
    """

    def __init__(self, code: ProblemCode, message: str, *, final: bool = False) -> None:
        super().__init__(code, message)
        self.final = final
        self.note: object = None


_START_TIMEOUT = 300.0
"""Seconds until a process must be ready; its start does not count as reading time."""

_GRACE_SECONDS = 10.0
"""Seconds beyond the patience of a run after which a process ends itself, because the run was killed."""

_ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
"""Environment that limits libraries to one thread: with more, a scanned page takes longer."""


def guarded_reader(options: PdfOptions) -> Extract:
    """Return a function that reads a file as `read_bytes` does, in a worker process that lives as long as this one."""

    def read(data: bytes, source: str) -> Reading:
        return call_in_worker(read_bytes, data, source, options)

    return read


def call_in_worker(function: Callable[..., T], *args: object) -> T:
    """Return the result of a module-level function called in the shared worker process.

    Raises the same errors as `Worker.call`.
    """
    with _LOCK:
        return _shared_worker(os.getpid()).call(function, *args)


_LOCK = Lock()


@cache
def _shared_worker(_pid: int) -> Worker:
    """Return this process's own worker: a forked process must not use its parent's."""
    worker = Worker(LIMITS)
    atexit.register(worker.close)
    return worker


@dataclass(frozen=True, slots=True)
class _Heartbeat:
    """A message of the working process that restarts its time limit, and may carry a note about its work."""

    note: object = None


class Worker:
    """A process that calls functions one at a time; it starts on demand and restarts after it has ended."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.process: subprocess.Popen[bytes] | None = None
        self._given_up = False

    def call(self, function: Callable[..., T], *args: object) -> T:
        """Return the result of a module-level function called with the arguments.

        Raises UnreadableFileError: the function's own, or ProcessEndedError if the process exceeded its time
        or memory; RuntimeError with the name of any other error.
        """
        note: object = None
        try:
            process = self.process or self._start()
            assert process.stdin is not None
            assert process.stdout is not None
            pickle.dump((function, args), process.stdin)
            process.stdin.flush()
            answer: T | Exception | _Heartbeat = _Heartbeat()
            while isinstance(answer, _Heartbeat):
                note = note if answer.note is None else answer.note
                answer = self._answer(process.stdout, process, self.limits.patience)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise self._ended(note) from error
        except BaseException:  # an unread answer would be taken for that of the next call
            self.close()
            raise
        if isinstance(answer, MemoryError):  # the remaining memory may be too little for the next call
            raise self._ended(note)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _ended(self, note: object) -> ProcessEndedError:
        """End the process if it is still running, and return why the file was not read."""
        error = self._why_ended()
        self.close()
        error.note = note
        return error

    def _why_ended(self) -> ProcessEndedError:
        if self._given_up:
            message = (
                f"Reading the file did not end within {self.limits.patience:g} s, though it used little processor time: "
                "the file's place does not answer, or the machine is overloaded. Run again."
            )
            return ProcessEndedError(ProblemCode.TIMED_OUT, message, final=True)
        bounds = f"{self.limits.seconds:g} s of processor time, {self.limits.memory / GIB:g} GiB"
        message = f"Reading the file ended its process (limits: {bounds}): not read."
        return ProcessEndedError(
            ProblemCode.TOO_COMPLEX, message, final=_TIMER_SIGNAL > 0 and self._status() == -_TIMER_SIGNAL
        )

    def _status(self) -> int | None:
        """Return the exit status of the process whose answers have ended, or None if it is still running."""
        try:
            return None if self.process is None else self.process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            return None

    def _answer(self, stdout: IO[bytes], process: subprocess.Popen[bytes], seconds: float) -> Any:  # noqa: ANN401 - what the process says
        """Return the next answer of the process; end the process if it exceeds its time."""

        def give_up() -> None:
            self._given_up = True
            process.kill()

        timer = Timer(seconds, give_up)
        timer.start()
        try:
            return pickle.load(stdout)  # noqa: S301 - our own process wrote it
        finally:
            timer.cancel()

    def _start(self) -> subprocess.Popen[bytes]:
        limits = self.limits
        bounds = (limits.seconds, limits.memory, limits.total, limits.pages, limits.pixels)
        self._given_up = False
        process = self.process = start_python(
            "thaita.corpus.run.worker_process",
            *map(repr, bounds),
            defaults=_ONE_THREAD,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdout is not None
        self._answer(process.stdout, process, _START_TIMEOUT)
        return process

    def close(self) -> None:
        """End the process in any state."""
        if self.process is not None:
            end_child(self.process)
            self.process = None


_listeners: list[Callable[[object], None]] = []


def send_note(what: object) -> None:
    """Send a note about a file to the run before reading it, in case this process ends; ignored without a run."""
    for listener in _listeners:
        listener(what)


def serve(requests: BinaryIO, answers: BinaryIO, limits: Limits) -> None:
    """Answer each pickled (function, arguments) with its pickled result or error.

    A function that exceeds its time ends the process: Python code cannot interrupt native code that hangs.
    """
    while True:
        try:
            function, args = pickle.load(requests)  # noqa: S301 - the run wrote it
        except EOFError:
            return
        start_report(WorkLimits(limits.pages, limits.pixels, limits.seconds, limits.total))
        _end_after(limits)
        try:
            answer: object = function(*args)
        except (MemoryError, UnreadableFileError) as error:
            answer = error.with_traceback(None)
        except Exception as error:  # some errors cannot be pickled
            answer = RuntimeError(type(error).__name__)
        _cancel_end()
        answers.write(pickle.dumps(answer))
        answers.flush()


_TIMER_SIGNAL = getattr(signal, "SIGPROF", 0)
"""The signal that ends a process with exhausted processor time; 0 if the system has none."""


def _end_after(limits: Limits) -> None:
    """End this process unless the next call arrives in time, by timers that native code cannot stop."""
    if _TIMER_SIGNAL:
        signal.setitimer(signal.ITIMER_PROF, limits.seconds)
    faulthandler.dump_traceback_later(limits.patience + _GRACE_SECONDS, exit=True)


def _cancel_end() -> None:
    if _TIMER_SIGNAL:
        signal.setitimer(signal.ITIMER_PROF, 0)
    faulthandler.cancel_dump_traceback_later()


def main(*bounds: str) -> None:
    """Serve a run over standard input and output, within `Limits`; output of libraries goes to standard error."""
    seconds, memory, total, pages, pixels = bounds
    limits = Limits(float(seconds), int(memory), float(total), int(pages), int(pixels))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run handles Ctrl-C and ends this process
    if _TIMER_SIGNAL:
        signal.signal(_TIMER_SIGNAL, signal.SIG_DFL)
    with suppress(ImportError):  # not available on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def send_heartbeat(what: object = None) -> None:
        answers.write(pickle.dumps(_Heartbeat(what)))
        answers.flush()

    def next_page() -> None:
        _end_after(limits)
        send_heartbeat()

    send_heartbeat()
    _listeners.append(send_heartbeat)
    on_page_done(next_page)
    serve(sys.stdin.buffer, answers, limits)
