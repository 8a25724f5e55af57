"""When two documents state the same value."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from thaita.check.official.statement import Statement
from thaita.normalize.grades import level_of


class Precision:
    """The number of decimals that documents give their values, by document and column.

    A spreadsheet drops zeros at the end: 92.5 in a column with two decimals is 92.50.
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._of: dict[tuple[str, str], int] = {}
        for one in statements:
            if isinstance(one.value, Decimal):
                key = _column(one)
                self._of[key] = max(self._of.get(key, 0), _decimals(one.value))

    def of(self, one: Statement) -> int:
        """Return the number of decimals of a value."""
        return self._of.get(_column(one), 0)


def _column(one: Statement) -> tuple[str, str]:
    return one.mention.document, "i" if one.table == "scores" else one.measure


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def is_equal(one: Statement, other: Statement, precision: Precision) -> bool:
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
