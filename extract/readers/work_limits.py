"""What the reading of one report may take: readers ask before each page, and say when a page that took long is done."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from thaita.models.document import ReaderProblem
from thaita.models.problem_codes import ProblemCode

PAGES = 2_000
"""Pages that are read at most: reports have up to 200, volumes of many agencies 300, plans 500."""

PIXELS = 10_000_000_000
"""Pixels that are recognised at most: those of a thousand pages of A4 at 300 dots an inch."""

LIMIT_CODES = frozenset({ProblemCode.LIMIT_REACHED, ProblemCode.TOO_MANY_PAGES})
"""Codes of problems that say that a report was read only in part, as a limit was reached."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What one report may take.

    `pages` are read at most, and `pixels` of pages that are recognised. `total` are seconds of processor time of
    the whole report, `seconds` those of one recognised page, or of a report without any.
    """

    pages: int = PAGES
    pixels: int = PIXELS
    seconds: float = math.inf
    total: float = math.inf

    def why_no_more_text(self) -> str | None:
        """Return why no further page of drawn text is to be read: half the time is left for what they give."""
        return _time_is_up(self.seconds, "--timeout") if _spent() > self.seconds / 2 else None

    def why_no_more_pictures(self, pixels: int) -> str | None:
        """Return why no further page is to be recognised, after so many pixels."""
        if pixels > self.pixels:
            return f"a report may have {self.pixels / 1e6:,.0f} million pixels (--max-megapixels)"
        return _time_is_up(self.total, "--max-time") if _spent() > self.total else None


def _time_is_up(seconds: float, option: str) -> str:
    return f"a report may take {seconds:g} seconds of processor time ({option})"


_budget = Budget()
_started = 0.0
_listeners: list[Callable[[], None]] = []


def begin(budget: Budget) -> None:
    """Let a report begin in this process, which reads one at a time, with its budget."""
    global _budget, _started
    _budget, _started = budget, time.process_time()


def budget() -> Budget:
    """Return the budget of the report that this process reads."""
    return _budget


def _spent() -> float:
    return time.process_time() - _started


def listen(listener: Callable[[], None]) -> None:
    """Have a function called after each page that took long, in this process from now on."""
    _listeners.append(listener)


def step() -> None:
    """Say that a page that took long is done."""
    for listener in _listeners:
        listener()


def pages_left_out(read: int) -> ReaderProblem | None:
    """Return the problem of a report of more pages than are read, of which so many were read."""
    if read < budget().pages:
        return None
    message = f"Only the first {read:,} pages were read: allow more with --max-pages, or split the file."
    return ReaderProblem.of(ProblemCode.TOO_MANY_PAGES, message)


def budget_reached(read: int, why: str | None) -> ReaderProblem | None:
    """Return the problem of a report whose budget was used up by so many pages, if there is a reason."""
    if why is None:
        return None
    return ReaderProblem.of(ProblemCode.LIMIT_REACHED, f"Only the first {read:,} pages were read: {why}.")
