"""The overall score computed from a report's indicator scores, and its comparison with the published one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thaita.extract.find.score_tables import TOLERANCE
from thaita.models.records import Score
from thaita.normalize.weights import overall


@dataclass(frozen=True, slots=True)
class Total:
    """The scores of the report's own agency, and the overall score computed with the year's weights.

    `own` contains their positions among the report's scores, `figures` the scores by indicator. An indicator
    with several different scores is in `clashing`, not in `figures`. `computed` is None if a score is missing or
    the weights are unknown.
    """

    own: tuple[int, ...]
    figures: Mapping[int, Decimal]
    clashing: tuple[int, ...]
    computed: Decimal | None


def total_of(
    agency: str | None, fiscal_year: int | None, scores: Sequence[Score], void: Collection[int] = ()
) -> Total:
    """Return the total for a report of this agency and fiscal year (B.E.).

    `void` contains the positions of scores that are known to be wrong; they are not in `figures`.
    """
    own = _of_year(_own(agency, scores), scores, fiscal_year)
    values: dict[int, set[Decimal]] = {}
    for at in own:
        if at not in void:
            values.setdefault(scores[at].indicator_no, set()).add(scores[at].score)
    clashing = tuple(no for no, found in values.items() if len(found) > 1)
    figures = {no: found.pop() for no, found in values.items() if no not in clashing}
    computed = overall(figures, fiscal_year) if fiscal_year is not None else None
    return Total(own, figures, clashing, computed)


def _own(agency: str | None, scores: Sequence[Score]) -> tuple[int, ...]:
    """Return the positions of the agency's scores, or those of the only other agency in the report."""
    own = tuple(at for at, score in enumerate(scores) if score.agency == agency)
    return own if own or _agencies(scores) != 1 else tuple(range(len(scores)))


def _of_year(own: Sequence[int], scores: Sequence[Score], fiscal_year: int | None) -> tuple[int, ...]:
    """Return the positions of the scores of the fiscal year (B.E.), which need not be stated; else of the latest year."""
    of_year = tuple(at for at in own if scores[at].fiscal_year in (None, fiscal_year))
    latest = max((scores[at].fiscal_year or 0 for at in own), default=0)
    return of_year or tuple(at for at in own if scores[at].fiscal_year == latest)


def _agencies(scores: Sequence[Score]) -> int:
    return len({score.agency for score in scores})


def is_summary(scores: Sequence[Score]) -> bool:
    """Return whether a report with these scores is a summary of several agencies."""
    return _agencies(scores) > 2


def agrees(computed: Decimal | None, published: Decimal | None) -> bool | None:
    """Return whether a published overall score equals the computed one; None if either is unknown."""
    if computed is None or published is None:
        return None
    return abs(computed - published) <= TOLERANCE
