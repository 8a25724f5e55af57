"""How the time of work grows with what it is given: a ratio on one machine, whatever the machine is."""

import time
from collections.abc import Callable

FACTOR = 4
"""How much more the larger piece of work is given: work in step takes 4 times longer, squares 16 times."""
MOST = 10
FLOOR = 0.05
"""Seconds of processor time below which nothing is told from what comes between."""


def grows_in_step(work: Callable[[int], object], size: int) -> bool:
    """Return whether work on a size and on four times it takes processor time about in step with the size.

    Work whose larger piece takes less than half a second is not measured twice: it passes whatever the smaller takes.
    """
    large = _seconds(work, FACTOR * size)
    if large < MOST * FLOOR:
        return True
    large = min(large, _seconds(work, FACTOR * size))
    small = max(_seconds(work, size) for _ in range(2))
    return large < MOST * small


def _seconds(work: Callable[[int], object], size: int) -> float:
    started = time.process_time()
    work(size)
    return time.process_time() - started
