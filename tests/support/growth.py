"""Growth of processor time with the size of the work: a ratio, which does not depend on the machine."""

import time
from collections.abc import Callable

SIZE_RATIO = 4
"""Size ratio of the larger piece of work: linear work takes 4 times as long, quadratic work 16 times."""
MAX_RATIO = 10
NOISE_SECONDS = 0.01
"""Seconds of processor time below which a measurement is noise."""


def grows_linearly(work: Callable[[int], object], size: int) -> bool:
    """Return whether processor time grows linearly from a size to four times that size.

    If the larger piece takes less than a tenth of a second, it passes, whatever the smaller one takes. A pair of sizes
    that fails may be disturbed by other programs: it is measured again, and only a second, larger pair that fails
    too is a failure.
    """
    large = _seconds(work, SIZE_RATIO * size)
    if large < MAX_RATIO * max(NOISE_SECONDS, _seconds(work, size)):
        return True
    for small in (size, SIZE_RATIO * size):
        before = max(_seconds(work, small) for _ in range(2))
        after = min(_seconds(work, SIZE_RATIO * small) for _ in range(2))
        if after < MAX_RATIO * before:
            return True
    return False


def _seconds(work: Callable[[int], object], size: int) -> float:
    started = time.process_time()
    work(size)
    return time.process_time() - started
