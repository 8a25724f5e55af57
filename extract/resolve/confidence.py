"""The probability that a value is right, from the reasons for and against it.

`normalize/data/confidence_weights.csv` has the weights of a logistic regression for each part of the dataset, such as
the text of a finding. `benchmarks/train_confidence.py` fits them on generated reports and then calibrates them on
reports of other layouts, which the fit never sees.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from thaita.normalize.names import read_table

CONSTANT = "(constant)"
"""The reason that every value has."""
SLOPE = "(slope)"
SHIFT = "(shift)"
"""The calibration: probability = logistic(slope * log odds + shift)."""
MOST = 0.999
"""The highest probability that is stated; the reports used for calibration are too few for more."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely a value is right (0-1), and the reason that speaks most against it, empty without one."""

    confidence: float
    against: str = ""


SURELY = Judgement(MOST)


def judge(part: str, reasons: Iterable[str]) -> Judgement:
    """Return how likely a value of a part of the dataset is right, given the reasons for and against it.

    Reasons without a weight do not count. A part without weights is not judged: its values are taken as right.
    """
    weights = _weights().get(part)
    if weights is None:
        return SURELY
    known = {reason: weights[reason] for reason in reasons if reason in weights}
    odds = weights[SLOPE] * (weights[CONSTANT] + sum(known.values())) + weights[SHIFT]
    worst = min(known, key=lambda reason: known[reason], default="")
    confidence = min(MOST, 1 / (1 + math.exp(-odds)))
    return Judgement(round(confidence, 3), worst if known.get(worst, 0.0) < 0 else "")


def least(judgements: Collection[Judgement]) -> Judgement:
    """Return the judgement of the least certain value of a row."""
    return min(judgements, key=lambda one: one.confidence, default=SURELY)


def band(name: str, value: float, edges: Iterable[float]) -> str:
    """Return the reason that a value lies from the highest edge at or below it.

    >>> band("length", 30, (10, 20, 40)), band("length", 5, (10, 20))
    ('length>=20', 'length<10')
    """
    lower = [edge for edge in edges if value >= edge]
    return f"{name}>={max(lower):g}" if lower else f"{name}<{min(edges):g}"


@cache
def _weights() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for row in read_table("confidence_weights.csv"):
        part = found.setdefault(row["part"], {CONSTANT: 0.0, SLOPE: 1.0, SHIFT: 0.0})
        part[row["reason"]] = float(row["weight"])
    return found
