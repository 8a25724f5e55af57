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

from thaita.corpus.child import python_command, python_environment
from thaita.extract.options import PdfOptions
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.steps import listen
from thaita.extract.reading import read_bytes
from thaita.models.records import Reading

Result = TypeVar("Result")

Extract = Callable[[bytes, str], Reading]
"""What makes a file's bytes, and the name that its records shall carry, into records."""

GIB = 1024**3


@dataclass(frozen=True, slots=True)
class Limits:
    """What one report may take: `seconds`, for a scan those of each page, and `memory`, bytes of address space.

    A dense report of 200 pages takes a few seconds. Memory is bounded where the system can do it.
    """

    seconds: float = 120
    memory: int = 4 * GIB


LIMITS = Limits()
"""The limits that hold unless a user names others."""


class ProcessEndedError(UnreadableFileError):
    """Reading a file went beyond its limits, or made its process crash (`too_complex`)."""


_START = 60.0
"""Seconds that a process may take until it can read: its start is no part of a report's time."""

_GRACE = 10.0
"""Seconds that a process has beyond its limit before it ends itself."""

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


class _Alive:
    """What the process says while it works on, so that the time starts anew: a page of a scan takes seconds."""


class Worker:
    """A process that calls functions one at a time, started when it is needed and again after it has ended."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.process: subprocess.Popen[bytes] | None = None

    def call(self, function: Callable[..., Result], *args: object) -> Result:
        """Return what the function, named in a module, gives for the arguments.

        Raises UnreadableFileError: the function's own, or ProcessEndedError where the process went beyond its
        time or memory; RuntimeError with the name of any other error.
        """
        try:
            process = self.process or self._start()
            assert process.stdin is not None
            assert process.stdout is not None
            pickle.dump((function, args), process.stdin)
            process.stdin.flush()
            answer: Result | Exception | _Alive = _Alive()
            while isinstance(answer, _Alive):
                answer = self._answer(process.stdout, process, self.limits.seconds)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self.close()
            raise self._ended() from error
        except BaseException:  # an answer that nobody waits for would be taken for the next one's
            self.close()
            raise
        if isinstance(answer, MemoryError):  # what is left of the process may be too little for the next
            self.close()
            raise self._ended()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _ended(self) -> ProcessEndedError:
        bounds = f"{self.limits.seconds:g} s, {self.limits.memory / GIB:g} GiB"
        return ProcessEndedError(
            "too_complex", f"Reading the file ended its process (limits: {bounds}): not read."
        )

    def _answer(self, stdout: IO[bytes], process: subprocess.Popen[bytes], seconds: float) -> Any:  # noqa: ANN401 - what the process says
        """Return what the process says next; it is ended if that takes longer than it may."""
        timer = Timer(seconds, process.kill)
        timer.start()
        try:
            return pickle.load(stdout)  # noqa: S301 - our own process wrote it
        finally:
            timer.cancel()

    def _start(self) -> subprocess.Popen[bytes]:
        bounds = [f"{self.limits.seconds:g}", str(self.limits.memory)]
        process = self.process = subprocess.Popen(  # noqa: S603 - no word of it comes from outside
            python_command("thaita.corpus.worker", *bounds),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=python_environment(**_ONE_THREAD),
        )
        assert process.stdout is not None
        self._answer(process.stdout, process, _START)
        return process

    def close(self) -> None:
        """End the process, whatever it does."""
        if self.process is None:
            return
        self.process.kill()
        with suppress(BrokenPipeError):  # what was left to send to a process that is gone
            self.process.communicate()
        self.process = None


def serve(requests: BinaryIO, answers: BinaryIO, seconds: float) -> None:
    """Answer each pickled (function, arguments) with what it gives or the error that it raises, pickled.

    A function that takes much longer than `seconds` ends the process: a run that was killed cannot do it, and
    native code that hangs would stay for ever.
    """
    while True:
        try:
            function, args = pickle.load(requests)  # noqa: S301 - the run wrote it
        except EOFError:
            return
        _end_after(seconds)
        try:
            answer: object = function(*args)
        except (MemoryError, UnreadableFileError) as error:
            answer = error.with_traceback(None)
        except Exception as error:  # some cannot be pickled
            answer = RuntimeError(type(error).__name__)
        faulthandler.cancel_dump_traceback_later()
        answers.write(pickle.dumps(answer))
        answers.flush()


def _end_after(seconds: float) -> None:
    """End this process unless it is asked again in time: a clock that native code cannot stop."""
    faulthandler.dump_traceback_later(seconds + _GRACE, exit=True)


def main(seconds_as_text: str, memory_as_text: str) -> None:
    """Serve a run over standard input and output; what libraries print goes elsewhere."""
    seconds, memory = float(seconds_as_text), int(memory_as_text)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which ends this process
    with suppress(ImportError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def say_so() -> None:
        answers.write(pickle.dumps(_Alive()))
        answers.flush()

    def next_page() -> None:
        _end_after(seconds)
        say_so()

    say_so()
    listen(next_page)
    serve(sys.stdin.buffer, answers, seconds)
