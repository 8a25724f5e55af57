"""A process that reads files, so that one made to do harm ends that process and not the run.

PDFium is native code: a small file can keep it busy for hours, fill the memory or make it abort, and
nothing inside the process can stop that.
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
from thaita.models.records import Reading

Result = TypeVar("Result")

Extract = Callable[[bytes, str], Reading]
"""What makes a file's bytes, and the name that its records shall carry, into records."""


class ProcessEndedError(UnreadableFileError):
    """Reading a file went beyond its limits or made its process crash (`too_complex`), or never ended (`timed_out`).

    `told` is what the function told before; `settled` says that another try would end in the same way.
    """

    def __init__(self, code: str, message: str, *, settled: bool = False) -> None:
        super().__init__(code, message)
        self.settled = settled
        self.told: object = None


_START = 300.0
"""Seconds that a process may take until it can read: its start is no part of a report's time."""

_GRACE = 10.0
"""Seconds that a process has beyond the patience of a run before it ends itself: the run was killed."""

_ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
"""What keeps libraries from more threads than help: a page of a scan takes longer with them."""


def guarded_reader(options: PdfOptions) -> Extract:
    """Return what reads a file as `read_bytes` does, in a bounded process that stays until this one ends."""

    def read(data: bytes, source: str) -> Reading:
        return apart(read_bytes, data, source, options)

    return read


def apart(function: Callable[..., Result], *args: object) -> Result:
    """Return what a module's function gives, called in the bounded process that stays until this one ends.

    Raises what `Worker.call` raises.
    """
    with _LOCK:
        return _shared(os.getpid()).call(function, *args)


_LOCK = Lock()


@cache
def _shared(_pid: int) -> Worker:
    """Return this process's own worker: one that was forked must not talk into its parent's."""
    worker = Worker(LIMITS)
    atexit.register(worker.close)
    return worker


@dataclass(frozen=True, slots=True)
class _Alive:
    """What the process says while it works on, so that its time starts anew, or to tell something of its work."""

    told: object = None


class Worker:
    """A process that calls functions one at a time, started when it is needed and again after it has ended."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.process: subprocess.Popen[bytes] | None = None
        self._given_up = False

    def call(self, function: Callable[..., Result], *args: object) -> Result:
        """Return what the function, named in a module, gives for the arguments.

        Raises UnreadableFileError: the function's own, or ProcessEndedError where the process went beyond its
        time or memory; RuntimeError with the name of any other error.
        """
        told: object = None
        try:
            process = self.process or self._start()
            assert process.stdin is not None
            assert process.stdout is not None
            pickle.dump((function, args), process.stdin)
            process.stdin.flush()
            answer: Result | Exception | _Alive = _Alive()
            while isinstance(answer, _Alive):
                told = told if answer.told is None else answer.told
                answer = self._answer(process.stdout, process, self.limits.patience)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise self._ended(told) from error
        except BaseException:  # an answer that nobody waits for would be taken for the next one's
            self.close()
            raise
        if isinstance(answer, MemoryError):  # what is left of the process may be too little for the next
            raise self._ended(told)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _ended(self, told: object) -> ProcessEndedError:
        """End the process, if it has not ended by itself, and return why the file was not read."""
        error = self._why_ended()
        self.close()
        error.told = told
        return error

    def _why_ended(self) -> ProcessEndedError:
        if self._given_up:
            message = (
                f"Reading the file did not end within {self.limits.patience:g} s, though it used little processor time: "
                "the file's place does not answer, or the machine is overloaded. Run again."
            )
            return ProcessEndedError("timed_out", message, settled=True)
        bounds = f"{self.limits.seconds:g} s of processor time, {self.limits.memory / GIB:g} GiB"
        message = f"Reading the file ended its process (limits: {bounds}): not read."
        return ProcessEndedError("too_complex", message, settled=_BEYOND > 0 and self._status() == -_BEYOND)

    def _status(self) -> int | None:
        """Return the exit status of the process whose answers have ended, None if it goes on."""
        try:
            return None if self.process is None else self.process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            return None

    def _answer(self, stdout: IO[bytes], process: subprocess.Popen[bytes], seconds: float) -> Any:  # noqa: ANN401 - what the process says
        """Return what the process says next; it is given up if that takes longer than it may."""

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
        self._answer(process.stdout, process, _START)
        return process

    def close(self) -> None:
        """End the process, whatever it does."""
        if self.process is not None:
            end_child(self.process)
            self.process = None


_told: list[Callable[[object], None]] = []


def tell(what: object) -> None:
    """Tell the run something of a file before it is read, in case this process ends by it; nothing without a run."""
    for listener in _told:
        listener(what)


def serve(requests: BinaryIO, answers: BinaryIO, limits: Limits) -> None:
    """Answer each pickled (function, arguments) with what it gives or the error that it raises, pickled.

    A function that takes more than its time ends the process: no code of Python can stop native code that hangs.
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
        except Exception as error:  # some cannot be pickled
            answer = RuntimeError(type(error).__name__)
        _end_never()
        answers.write(pickle.dumps(answer))
        answers.flush()


_BEYOND = getattr(signal, "SIGPROF", 0)
"""The signal that ends a process whose processor time is used up; 0 where the system has none."""


def _end_after(limits: Limits) -> None:
    """End this process unless it is asked again in time, by clocks that native code cannot stop."""
    if _BEYOND:
        signal.setitimer(signal.ITIMER_PROF, limits.seconds)
    faulthandler.dump_traceback_later(limits.patience + _GRACE, exit=True)


def _end_never() -> None:
    if _BEYOND:
        signal.setitimer(signal.ITIMER_PROF, 0)
    faulthandler.cancel_dump_traceback_later()


def main(*bounds: str) -> None:
    """Serve a run over standard input and output, within `Limits`; what libraries print goes elsewhere."""
    seconds, memory, total, pages, pixels = bounds
    limits = Limits(float(seconds), int(memory), float(total), int(pages), int(pixels))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which ends this process
    if _BEYOND:
        signal.signal(_BEYOND, signal.SIG_DFL)
    with suppress(ImportError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def say(what: object = None) -> None:
        answers.write(pickle.dumps(_Alive(what)))
        answers.flush()

    def next_page() -> None:
        _end_after(limits)
        say()

    say()
    _told.append(say)
    on_page_done(next_page)
    serve(sys.stdin.buffer, answers, limits)
