"""How much a value can be relied on, by the flags of its row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from thaita.check.official.measures import RESULT_MEASURES
from thaita.models.flags import ABOUT, EXCLUDED_FROM_MEANS, NOTES, SURE, Flag

Standing = Literal["decided", "sure", "doubted", "unusable"]
"""A person confirmed or corrected the value; no flag casts doubt on it; a flag does; it is off the scale or wrong."""

STANDINGS: tuple[Standing, ...] = get_args(Standing)
"""From best to worst."""

_COLUMNS = frozenset({*RESULT_MEASURES, "rank"})
_WHOLE_ROW = (Flag.SUM_MISMATCH, Flag.AMBIGUOUS_SCOPE, Flag.AMBIGUOUS_FISCAL_YEAR)
"""Flags that concern every number of a row, though they are listed under one column."""


def standing(flags: Iterable[str], measure: str) -> Standing:
    """Return how much the value of a measure can be relied on, given the flags of its row.

    >>> standing(["unsure_grade"], "iit"), standing(["sum_mismatch"], "iit"), standing(["accepted", "ocr"], "iit")
    ('sure', 'doubted', 'decided')
    """
    stated = tuple(flags)
    if not EXCLUDED_FROM_MEANS.isdisjoint(stated):
        return "unusable"
    if not SURE.isdisjoint(stated):
        return "decided"
    return "doubted" if doubts(stated, measure) else "sure"


def doubts(flags: Iterable[str], measure: str) -> tuple[str, ...]:
    """Return the flags of a row that cast doubt on a measure; a flag about another column of the row does not.

    >>> doubts(["grade_band", "repaired"], "grade"), doubts(["grade_band", "marked_wrong"], "iit")
    (('grade_band',), ('marked_wrong',))
    """
    return tuple(flag for flag in flags if _casts_doubt(flag, measure))


def _casts_doubt(code: str, measure: str) -> bool:
    flag = Flag.known(code)
    if flag in EXCLUDED_FROM_MEANS:
        return True
    if flag in NOTES:
        return False
    if flag is None or flag in _WHOLE_ROW or measure not in _COLUMNS:
        return True
    column = code.removeprefix(Flag.UNSURE.of(""))
    if flag == Flag.UNSURE and column in _COLUMNS:
        return column == measure
    about = [column for column in ABOUT.get(flag, ()) if column in _COLUMNS]
    return not about or measure in about
