"""When two documents state the same value."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Protocol

from thaita.check.official.measures import indicator_of
from thaita.normalize.grades import level_of


class Stated(Protocol):
    """A value of a measure: a percentage, or the level as written, with the id of its document.

    `width` is half the range of percentages that points of a weight can stand for (`width_of`).
    """

    @property
    def document(self) -> str:
        """The id of the document."""

    @property
    def measure(self) -> str:
        """The name of the measure."""

    @property
    def value(self) -> Decimal | str:
        """The percentage or level."""

    @property
    def width(self) -> Decimal:
        """Half the range that it stands for."""


class Precision:
    """The number of decimals that documents give their values, by document and column.

    A spreadsheet drops zeros at the end: 92.5 in a column with two decimals is 92.50.
    """

    def __init__(self, values: Iterable[Stated]) -> None:
        self._of: dict[tuple[str, str], int] = {}
        for one in values:
            if isinstance(one.value, Decimal):
                key = _column(one)
                self._of[key] = max(self._of.get(key, 0), _decimals(one.value))

    def of(self, one: Stated) -> int:
        """Return the number of decimals of a value."""
        return self._of.get(_column(one), 0)


def _column(one: Stated) -> tuple[str, str]:
    """Return the document and the column of a value; the scores of all indicators are one column."""
    return one.document, one.measure if indicator_of(one.measure) is None else "score"


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def is_equal(one: Stated, other: Stated, precision: Precision) -> bool:
    """Return whether two statements of a measure mean the same.

    Numbers are compared with the fewer decimals of the two; a half may be rounded either way, and a percentage that
    was converted from points stands for a range. Grades are compared by their meaning.
    """
    mine, theirs = one.value, other.value
    if isinstance(mine, str) or isinstance(theirs, str):
        return _same_level(str(mine), str(theirs))
    difference = abs(mine - theirs)
    decimals = [precision.of(one), precision.of(other)]
    half = Decimal("0.5").scaleb(-min(decimals)) if decimals[0] != decimals[1] else Decimal(0)
    return difference <= max(half, one.width + other.width)


def _same_level(mine: str, theirs: str) -> bool:
    """Return whether two grades are the same level; the best level of both scales is the same."""
    first, second = level_of(mine), level_of(theirs)
    if isinstance(first, str) or isinstance(second, str):
        return first == second
    return first == second or (first[1] == second[1] == 1)


def width_of(value: Decimal | str, written: str) -> Decimal:
    """Return half the range of percentages that points as written can stand for, 0 if a value was not converted.

    >>> width_of(Decimal("93.33"), "28"), width_of(Decimal("93.33"), "")
    (Decimal('1.671607142857142857142857143'), Decimal('0'))
    """
    try:
        points = Decimal(written)
    except InvalidOperation:
        return Decimal(0)
    if isinstance(value, str) or points == 0:
        return Decimal(0)
    exponent = points.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return step / 2 * value / points + Decimal("0.005")
