"""Shares with confidence intervals, from values that stand in documents.

Values of one document are not independent: a table that is misread makes all its scores wrong. The interval is that
of Wilson (1927, J. Am. Stat. Assoc. 22:209-212), with the number of values divided by the design effect of documents
as clusters (Kish 1965, Survey Sampling, chapters 5 and 8; Korn and Graubard 1998, Survey Methodology 24:193-201).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution, for intervals of 95 %."""

Part = tuple[float, int]
"""What one document adds to a share: how much of it is right, and the number of values."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share, the number of values and of documents behind it, and its 95 % interval."""

    right: float
    of: int
    documents: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """The share, 0-1; None if there are no values."""
        return self.right / self.of if self.of else None


def share_of(parts: Iterable[Part]) -> Share:
    """Return the share over documents, with its interval. Documents without values add nothing."""
    counted = [part for part in parts if part[1]]
    right, of = sum(part[0] for part in counted), sum(part[1] for part in counted)
    if not of:
        return Share(0.0, 0, 0, 0.0, 1.0)
    low, high = wilson(right / of, effective_number(counted))
    return Share(right, of, len(counted), low, high)


def effective_number(parts: Sequence[Part]) -> float:
    """Return how many independent values the values of the documents are worth.

    That is n / deff, where deff is the variance of the share between documents over the variance that n independent
    values would have, at least 1. A share of exactly 0 or 1 has no variance, and one document says nothing of the
    variance between documents: there, the number of documents counts.

    >>> effective_number([(1, 2), (2, 2), (0, 2), (1, 2)]), effective_number([(9, 9), (8, 8)])
    (6.0, 2.0)
    """
    k, n = len(parts), sum(part[1] for part in parts)
    share = sum(part[0] for part in parts) / n
    if k < 2 or share <= 0 or share >= 1:
        return float(k)
    between = k / (k - 1) * sum((x - share * m) ** 2 for x, m in parts) / n**2
    effect = between / (share * (1 - share) / n)
    return max(1.0, n / max(1.0, effect))


def wilson(share: float, n: float) -> tuple[float, float]:
    """Return the 95 % interval of Wilson for a share of n independent values.

    >>> [round(edge, 4) for edge in wilson(0.8, 50)], [round(edge, 4) for edge in wilson(1.0, 10)]
    ([0.6696, 0.8876], [0.7225, 1.0])
    """
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)
