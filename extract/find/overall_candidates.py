"""Candidates for the published overall score and grade: a value, its place, and how strong its evidence is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from thaita.models.flags import Flag
from thaita.models.source_text import SourceText
from thaita.normalize.grades import Grade
from thaita.normalize.numerals import Number, to_arabic

STATED = 4
"""Minimum weight of a candidate that is given without other evidence."""
CLEAR = 6
"""Minimum weight of a candidate that needs no confirmation."""
ROW = 7
"""Weight of the total row of a table of scores."""


@dataclass(frozen=True, slots=True)
class OverallCandidate:
    """A candidate for the overall score, with the grade beside it; a candidate may have only one of them.

    `weight` sums up the evidence; `own` tells whether words, a label or a level tie the figure to the report's agency.
    """

    value: Decimal | None
    score: SourceText | None
    grade: Grade | None
    grade_text: SourceText | None
    weight: int
    support: tuple[SourceText, ...] = ()
    own: bool = False

    @property
    def clear(self) -> bool:
        """Whether the candidate needs no other evidence."""
        return self.own and self.weight >= CLEAR


def is_whole(number: Number) -> bool:
    """Return whether a number has no decimals, like counts of years, people and questions."""
    return "." not in to_arabic(number.as_written) and Flag.COMMA_DECIMAL not in number.doubt
