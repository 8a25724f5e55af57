"""Figures that are none of the agency's own results of the year; each is the same wherever a report states it."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from facts import Results

TARGETS = (75, 80, 85, 87, 88, 90, 92, 95)
RANGES = {"d_national": (8000, 9400), "d_province": (7500, 9500), "d_other": (7000, 9800)}
"""Least and greatest means of others and scores of another agency, in hundredths."""


class Elsewhere:
    """The targets, expectations and scores of others that a report may mention, by the role of the sentence."""

    def __init__(self, random: Random, results: Results, last: Results) -> None:
        self._random = random
        self._overall = results.overall
        self._own = {*results.scores.values(), *last.scores.values(), results.overall, last.overall}
        self._known = {"d_other_year": last.overall}

    def score(self, role: str) -> Decimal:
        """Return the figure of a sentence of this role."""
        if role not in (*RANGES, *self._known, "d_target", "d_expect"):
            return self._new(role)
        if role not in self._known:
            self._known[role] = self._new(role)
        return self._known[role]

    def _new(self, role: str) -> Decimal:
        value = self._draw(role)
        while value in self._own:
            value = self._draw(role)
        return value

    def _draw(self, role: str) -> Decimal:
        if role == "d_target":
            return Decimal(self._random.choice(TARGETS))
        if role == "d_expect":
            rise = Decimal(self._random.randint(30, 700)) / 100
            return min(self._overall + rise, Decimal(self._random.randint(9950, 9999)) / 100)
        return Decimal(self._random.randint(*RANGES.get(role, (6000, 9989)))) / 100
