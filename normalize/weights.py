"""The overall score computed from indicator scores and the weights of each fiscal year.

The score of an instrument is the unweighted mean of its indicators; the overall score is the weighted mean of
the instruments. `normalize/frameworks.py` reads the weights of each year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from thaita.normalize.frameworks import Weights, framework

Number = float | Decimal
TOLERANCE = Decimal("0.01")
"""Maximum difference of a computed total: published indicator scores are already rounded."""
_CENT = Decimal("0.01")
_TOP = Decimal(100)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one digit in one number that makes the sum correct. `indicator_no` is None for the published total.

    `overall` is the total computed from the indicator scores after the change.
    """

    indicator_no: int | None
    old: Decimal
    new: Decimal
    overall: Decimal


def weights(year: int) -> Weights | None:
    """Return the weights of the instruments in a fiscal year (B.E.), None if unknown.

    >>> weights(2568).shares["OIT"]
    Decimal('0.4')
    >>> weights(2561) is None
    True
    """
    return framework(year).weights


def overall(scores: Mapping[int, Number], year: int) -> Decimal | None:
    """Return the overall score (0-100, two decimals, rounded half up) for indicator scores by number.

    None if the year's weights are unknown or an indicator has no score.
    """
    exact = _exact(scores, year)
    return None if exact is None else exact.quantize(_CENT, ROUND_HALF_UP)


def _exact(scores: Mapping[int, Number], year: int) -> Decimal | None:
    shares = framework(year).shares()
    if not shares or not all(no in scores for no in shares):
        return None
    return sum((share * _decimal(scores[no]) for no, share in shares.items()), Decimal(0))


def reconcile(scores: Mapping[int, Number], published: Number, year: int) -> list[Change]:
    """Return every change of a single digit, in one score or in the total, that makes the sum correct.

    Empty if the sum is already correct (within 0.01), if it cannot be computed, or if no single digit explains
    the difference. Several changes mean that the sum does not determine which number is wrong.
    """
    exact, said = _exact(scores, year), _decimal(published).quantize(_CENT, ROUND_HALF_UP)
    total = overall(scores, year)
    if exact is None or total is None or abs(total - said) <= TOLERANCE:
        return []
    changes = []
    for no, share in framework(year).shares().items():
        old = _decimal(scores[no])
        for new in _one_digit_off(old):
            changed = (exact + share * (new - old)).quantize(_CENT, ROUND_HALF_UP)
            if abs(changed - said) <= TOLERANCE:
                changes.append(Change(no, old, new, changed))
    changes += [
        Change(None, said, new, total) for new in _one_digit_off(said) if abs(total - new) <= TOLERANCE
    ]
    return changes


def _one_digit_off(value: Decimal) -> Iterator[Decimal]:
    """Yield the scores from 0 to 100 that differ from a score in one of its digits (two decimals)."""
    written = f"{value:.2f}"
    for place, old in enumerate(written):
        for new in "0123456789" if old.isdigit() else "":
            digits = written[:place] + new + written[place + 1 :]
            leading_zero = digits.startswith("0") and not digits.startswith("0.")
            if new != old and not leading_zero and Decimal(digits) <= _TOP:
                yield Decimal(digits)


def _decimal(value: Number) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))
