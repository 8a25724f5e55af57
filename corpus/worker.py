"""A process that reads PDFs, so that a file made to do harm ends that process and not the run.

PDFium is native code: a small file can keep it busy for hours, fill the memory or make it abort, and
nothing inside the process can stop that.
"""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from threading import Lock, Timer
from typing import IO, Any, BinaryIO, TypeVar

from thaita.corpus.archive import Extract
from thaita.extract.documents import is_pdf, is_picture
from thaita.extract.options import PdfOptions
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.steps import listen
from thaita.extract.reading import read_bytes
from thaita.models.records import Reading

Result = TypeVar("Result")

SECONDS = 120
"""How long one PDF may be read, or a page of a scan; a dense report of 200 pages takes a few seconds."""

MEMORY = 4 * 1024**3
"""Bytes of address space that the process may have, where the system can limit it."""


_ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
"""What keeps libraries from more threads than help: a page of a scan takes longer with them."""


@contextmanager
def guarded(options: PdfOptions, seconds: float = SECONDS) -> Iterator[Extract]:
    """Give what reads a file as `read_bytes` does, each PDF in a process that `seconds` and memory bound.

    What it raises for a PDF that goes beyond that is UnreadableFileError (`too_complex`). The process
    starts with the first PDF and serves all of them.
    """
    worker = Worker(seconds)
    try:
        yield _reader(worker.call, options)
    finally:
        worker.close()


def guarded_reader(options: PdfOptions) -> Extract:
    """Return what reads a file as `guarded` does, by a process that stays until this one ends."""
    return _reader(apart, options)


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
    worker = Worker(SECONDS)
    atexit.register(worker.close)
    return worker


def _reader(call: Callable[..., Reading], options: PdfOptions) -> Extract:
    def read(data: bytes, source: str) -> Reading:
        apart = is_pdf(data) or is_picture(data)
        return call(read_bytes, data, source, options) if apart else read_bytes(data, source, options)

    return read


class _Alive:
    """What the process says while it works on, so that the time starts anew: a page of a scan takes seconds."""


class Worker:
    """A process that calls functions one at a time, started when it is needed and again after it has ended."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.process: subprocess.Popen[bytes] | None = None

    def call(self, function: Callable[..., Result], *args: object) -> Result:
        """Return what the function, named in a module, gives for the arguments.

        Raises UnreadableFileError: the function's own, or `too_complex` where the process went beyond its
        time or memory; RuntimeError with the name of any other error.
        """
        process = self.process = self.process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump((function, args), process.stdin)
            process.stdin.flush()
            answer: Result | Exception | _Alive = _Alive()
            while isinstance(answer, _Alive):
                answer = self._answer(process.stdout, process)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self.close()
            message = f"Reading the file ended its process (limits: {self.seconds:g} s, {MEMORY // 1024**3} GiB): not read."
            raise UnreadableFileError("too_complex", message) from error
        except BaseException:  # an answer that nobody waits for would be taken for the next one's
            self.close()
            raise
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _answer(self, stdout: IO[bytes], process: subprocess.Popen[bytes]) -> Any:  # noqa: ANN401 - what the process says
        """Return what the process says next; it is ended if that takes longer than it may."""
        timer = Timer(self.seconds, process.kill)
        timer.start()
        try:
            return pickle.load(stdout)  # noqa: S301 - our own process wrote it
        finally:
            timer.cancel()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "thaita.corpus.worker"]
        return subprocess.Popen(  # noqa: S603 - no word of it comes from outside
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**_ONE_THREAD, **os.environ},
        )

    def close(self) -> None:
        """End the process, whatever it does."""
        if self.process is None:
            return
        self.process.kill()
        with suppress(BrokenPipeError):  # what was left to send to a process that is gone
            self.process.communicate()
        self.process = None


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer each pickled (function, arguments) with what it gives or the error that it raises, pickled."""
    while True:
        try:
            function, args = pickle.load(requests)  # noqa: S301 - the run wrote it
        except EOFError:
            return
        try:
            answer: object = function(*args)
        except MemoryError:
            answer = UnreadableFileError("too_complex", "Reading the file takes too much memory: not read.")
        except UnreadableFileError as error:
            answer = error
        except Exception as error:  # some cannot be pickled
            answer = RuntimeError(type(error).__name__)
        answers.write(pickle.dumps(answer))
        answers.flush()


def main() -> None:
    """Serve a run over standard input and output; what libraries print goes elsewhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which ends this process
    with suppress(ImportError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # under its own name: run as a program this module is another one, whose classes the run does not know
    from thaita.corpus.worker import _Alive as alive

    def say_so() -> None:
        answers.write(pickle.dumps(alive()))
        answers.flush()

    listen(say_so)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
