"""What the reading of one report may take, as a user sets it."""

from __future__ import annotations

from dataclasses import dataclass

from thaita.extract.readers.work_limits import PAGES, PIXELS

GIB = 1024**3


@dataclass(frozen=True, slots=True)
class Limits:
    """What one report may take.

    `seconds` of processor time, for a scan those of each page; `total` those of a whole scan; `memory`, bytes of
    address space; `pages`; and `pixels` of pages that are recognized. A dense report of 200 pages takes a few
    seconds. Where the system cannot bound the processor time or the memory, only the clock on the wall does.
    """

    seconds: float = 120
    memory: int = 4 * GIB
    total: float = 1_800
    pages: int = PAGES
    pixels: int = PIXELS

    def within(self, other: Limits) -> bool:
        """Return whether none of these limits is wider than the other's."""
        return (
            self.seconds <= other.seconds
            and self.memory <= other.memory
            and self.total <= other.total
            and self.pages <= other.pages
            and self.pixels <= other.pixels
        )

    @property
    def patience(self) -> float:
        """Seconds on the clock after which a process is given up that neither answers nor uses its processor time.

        A busy machine must not end it, so there are many; only a file that cannot be had keeps a process waiting.
        """
        return max(60.0, 10 * self.seconds)


LIMITS = Limits()
"""The limits that hold unless a user names others."""
