"""The overall score that a report's own indicator scores give, and whether the published one is the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thaita.extract.find.score_tables import TOLERANCE
from thaita.models.records import Score
from thaita.normalize.weights import overall


@dataclass(frozen=True, slots=True)
class Total:
    """The scores of the report's own agency, and the overall score that they give under the year's weights.

    `own` are their positions among the report's scores; `figures` the scores by indicator. An indicator with
    several different scores is in `clashing` and has no figure. `computed` is None where a figure is missing or the
    weights are not known.
    """

    own: tuple[int, ...]
    figures: Mapping[int, Decimal]
    clashing: tuple[int, ...]
    computed: Decimal | None


def total_of(
    agency: str | None, fiscal_year: int | None, scores: Sequence[Score], void: Collection[int] = ()
) -> Total:
    """Return the total of a report of this agency and fiscal year (B.E.).

    `void` are the positions of scores that are known to be wrong, and so are no figures.
    """
    own = _own(agency, scores)
    values: dict[int, set[Decimal]] = {}
    for at in own:
        if at not in void:
            values.setdefault(scores[at].indicator_no, set()).add(scores[at].score)
    clashing = tuple(no for no, found in values.items() if len(found) > 1)
    figures = {no: found.pop() for no, found in values.items() if no not in clashing}
    computed = overall(figures, fiscal_year) if fiscal_year is not None else None
    return Total(own, figures, clashing, computed)


def _own(agency: str | None, scores: Sequence[Score]) -> tuple[int, ...]:
    """Return the positions of the agency's scores; those of another agency where a report has no others."""
    own = tuple(at for at, score in enumerate(scores) if score.agency == agency)
    return own if own or _agencies(scores) != 1 else tuple(range(len(scores)))


def _agencies(scores: Sequence[Score]) -> int:
    return len({score.agency for score in scores})


def is_summary(scores: Sequence[Score]) -> bool:
    """Return whether a report with these scores is a summary of several agencies."""
    return _agencies(scores) > 2


def agrees(computed: Decimal | None, published: Decimal | None) -> bool | None:
    """Return whether a published overall score is the computed one; None where either is not known."""
    if computed is None or published is None:
        return None
    return abs(computed - published) <= TOLERANCE
