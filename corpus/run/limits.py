"""Limits on reading one report, as a user sets them."""

from __future__ import annotations

from dataclasses import dataclass

from thaita.extract.readers.work_limits import PAGES, PIXELS

GIB = 1024**3


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on reading one report.

    `seconds` is the processor time, for a scan that of each page; `total` that of a whole scan; `memory` the
    address space in bytes; `pages` and `pixels` (of recognized pages) are maxima. A dense report of 200 pages
    takes a few seconds. Where the system cannot limit processor time or memory, only the wall clock does.
    """

    seconds: float = 120
    memory: int = 4 * GIB
    total: float = 1_800
    pages: int = PAGES
    pixels: int = PIXELS

    def within(self, other: Limits) -> bool:
        """Return whether no limit is wider than the other's."""
        return (
            self.seconds <= other.seconds
            and self.memory <= other.memory
            and self.total <= other.total
            and self.pages <= other.pages
            and self.pixels <= other.pixels
        )

    @property
    def patience(self) -> float:
        """Seconds of wall-clock time after which a process that neither answers nor uses processor time is given up.

        The value is generous, because a busy machine must not end a process; only a file that cannot be
        accessed keeps one waiting.
        """
        return max(60.0, 10 * self.seconds)


LIMITS = Limits()
"""The default limits."""
