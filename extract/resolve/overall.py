"""The choice of the overall score among its candidates, and the doubts about it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from thaita.extract.find.overall_candidates import STATED, OverallCandidate
from thaita.extract.resolve.total import agrees
from thaita.models.flags import Flag

_CLOSE = 1
"""A stated score this near to the computed one is preferred to others."""
_LEAD = 2
"""Lead in weight over another value below which both are possible."""


def choose_overall(
    candidates: Sequence[OverallCandidate], computed: Decimal | None
) -> OverallCandidate | None:
    """Return the most likely overall score; None if no candidate is likely enough.

    `computed` follows from the indicator scores. It confirms a weak candidate and decides between several.
    """
    valued = [candidate for candidate in candidates if candidate.value is not None]
    agreed = [candidate for candidate in valued if agrees(computed, candidate.value)]
    stated = [candidate for candidate in valued if candidate.weight >= STATED]
    near = [
        candidate
        for candidate in stated
        if computed is not None and candidate.value is not None and abs(candidate.value - computed) < _CLOSE
    ]
    votes = _votes(valued)
    return max(agreed or near or stated, key=lambda candidate: votes[candidate.value], default=None)


def doubt_overall(
    chosen: OverallCandidate, candidates: Sequence[OverallCandidate], computed: Decimal | None
) -> tuple[str, ...]:
    """Return the flags of the chosen overall score: other values are possible, or nothing confirms it."""
    if agrees(computed, chosen.value):
        return ()
    same = [candidate for candidate in candidates if candidate.value == chosen.value]
    rivals = [
        candidate
        for candidate in candidates
        if candidate.value not in (None, chosen.value)
        and candidate.weight >= max(STATED, chosen.weight - _LEAD)
    ]
    if rivals:
        return (Flag.AMBIGUOUS_OVERALL,)
    confirmed = any(candidate.clear for candidate in same) or len(same) > 1
    return () if confirmed else (Flag.UNCONFIRMED_OVERALL,)


def _votes(candidates: Sequence[OverallCandidate]) -> dict[Decimal | None, int]:
    votes: dict[Decimal | None, int] = {}
    for candidate in candidates:
        votes[candidate.value] = votes.get(candidate.value, 0) + candidate.weight
    return votes
