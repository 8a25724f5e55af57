"""Progress of a run on standard error: a bar on a terminal, otherwise a line every half minute."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from thaita.corpus.run.outcomes import Progress, Watch

_LINE_INTERVAL = 30.0
"""Seconds between two lines if standard error is not a terminal, as in the log of a nightly run."""


@contextmanager
def progress() -> Iterator[Watch]:
    """Provide a callback that displays progress: files done and failed, files per second, time left."""
    if not sys.stderr.isatty():
        yield _LinePrinter()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TextColumn("{task.fields[failed]} failed"), TimeRemainingColumn(),
    )  # fmt: skip
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None, rate="", failed=0)
        rate = _ReadingRate()

        def watch(now: Progress) -> None:
            writing = "writing" if now.done == now.total else "reading"
            bar.update(
                task,
                completed=now.done,
                total=now.total,
                failed=now.failed,
                rate=rate.text(now),
                description=writing,
            )

        yield watch


class _ReadingRate:
    """Files read per second, excluding files known from an earlier run."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def text(self, now: Progress) -> str:
        return f"{self.number(now):.1f}/s"

    def number(self, now: Progress) -> float:
        return (now.done - now.known) / max(time.monotonic() - self._started, 1e-9)


class _LinePrinter:
    """Prints a line every half minute."""

    def __init__(self) -> None:
        self._rate = _ReadingRate()
        self._next = time.monotonic() + _LINE_INTERVAL

    def __call__(self, now: Progress) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _LINE_INTERVAL
        speed = self._rate.number(now)
        left = f", {_duration((now.total - now.done) / speed)} left" if speed > 0 else ""
        click.echo(f"{now.done} of {now.total} files, {now.failed} failed, {speed:.1f}/s{left}", err=True)


def _duration(seconds: float) -> str:
    """Return a duration in readable form.

    >>> _duration(42), _duration(3725)
    ('42 s', '1 h 2 min')
    """
    hours, minutes = divmod(round(seconds) // 60, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else f"{seconds:.0f} s"
