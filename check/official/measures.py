"""The measures of an agency's result: what is compared, combined and shown."""

from __future__ import annotations

from functools import cache

from thaita.normalize.frameworks import every_indicator

RESULT_MEASURES = ("overall_score", "grade", "iit", "eit", "eit_part1", "eit_part2", "oit")
"""The measures of the table `results`; those of `scores` are `i1`, `i2`, …"""


@cache
def indicator_measures() -> tuple[str, ...]:
    """Return the names of the indicators' measures: `i1`, `i2` and so on."""
    return tuple(f"i{no}" for no in every_indicator())


@cache
def measures() -> tuple[str, ...]:
    """Return all measures that are compared, in the order in which they are shown."""
    return (*RESULT_MEASURES, *indicator_measures())


def indicator_of(measure: str) -> int | None:
    """Return the number of the indicator that a measure is the score of, None for another measure.

    >>> indicator_of("i10"), indicator_of("iit")
    (10, None)
    """
    return int(measure[1:]) if measure[:1] == "i" and measure[1:].isdigit() else None
