"""Limits on reading one report. Readers check them before each page and signal each slow page when it is done."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from thaita.models.document import ReaderProblem
from thaita.models.problem_codes import ProblemCode

PAGES = 2_000
"""Default maximum of pages: reports have up to 200, volumes of many agencies 300, plans 500."""

PIXELS = 10_000_000_000
"""Default maximum of pixels for OCR: a thousand A4 pages at 300 dots per inch."""

LIMIT_CODES = frozenset({ProblemCode.LIMIT_REACHED, ProblemCode.TOO_MANY_PAGES})
"""Problem codes of reports that were read only in part because they reached a limit."""


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """Limits on reading one report.

    At most `pages` are read, and at most `pixels` are recognized. `total` is the processor time in seconds
    for the whole report, `seconds` that for one recognized page, or for a report without recognized pages.
    """

    pages: int = PAGES
    pixels: int = PIXELS
    seconds: float = math.inf
    total: float = math.inf

    def text_stop_reason(self) -> str | None:
        """Return why no further page of drawn text may be read, or None.

        Half of the time is reserved for processing the pages read.
        """
        return _time_is_up(self.seconds, "--timeout") if _spent() > self.seconds / 2 else None

    def ocr_stop_reason(self, pixels: int) -> str | None:
        """Return why no further page may be recognized after so many pixels, or None."""
        if pixels > self.pixels:
            return f"a report may have {self.pixels / 1e6:,.0f} million pixels (--max-megapixels)"
        return _time_is_up(self.total, "--max-time") if _spent() > self.total else None


def _time_is_up(seconds: float, option: str) -> str:
    return f"a report may take {seconds:g} seconds of processor time ({option})"


_limits = WorkLimits()
_started = 0.0
_listeners: list[Callable[[], None]] = []


def start_report(limits: WorkLimits) -> None:
    """Set the limits of the report that this process reads next, and start its clock.

    A process reads one report at a time.
    """
    global _limits, _started
    _limits, _started = limits, time.process_time()


def current_limits() -> WorkLimits:
    """Return the limits of the report that this process reads."""
    return _limits


def _spent() -> float:
    return time.process_time() - _started


def on_page_done(listener: Callable[[], None]) -> None:
    """Call a function after each slow page that this process finishes."""
    _listeners.append(listener)


def page_done() -> None:
    """Signal that a slow page is done."""
    for listener in _listeners:
        listener()


def page_limit_problem(read: int) -> ReaderProblem | None:
    """Return the problem of a report whose pages beyond the first `read` were left out by the page limit, or None."""
    if read < current_limits().pages:
        return None
    message = f"Only the first {read:,} pages were read: allow more with --max-pages, or split the file."
    return ReaderProblem.of(ProblemCode.TOO_MANY_PAGES, message)


def limit_problem(read: int, why: str | None) -> ReaderProblem | None:
    """Return the problem of a report that stopped after `read` pages for the reason `why`, or None."""
    if why is None:
        return None
    return ReaderProblem.of(ProblemCode.LIMIT_REACHED, f"Only the first {read:,} pages were read: {why}.")
