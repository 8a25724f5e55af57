"""Calibration: whether values with a confidence are right as often as it says."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from thaita.check.evaluation.intervals import Part, Share, share_of
from thaita.check.evaluation.outcomes import Judged

EDGES = (0.5, 0.8, 0.9, 0.95, 0.99)
"""The lower edges of the bands above the first."""

BANDS = ("< 0.5", "0.5-0.8", "0.8-0.9", "0.9-0.95", "0.95-0.99", "≥ 0.99")
ALL = "all"


@dataclass(frozen=True, slots=True)
class Band:
    """The share of right values with a confidence in a band; `stated` is the mean of their confidence."""

    name: str
    stated: float
    share: Share


def calibration(documents: Iterable[Judged]) -> dict[str, tuple[Band, ...]]:
    """Return the bands that have values, for all tables together and for each.

    A row of scores, findings or measures counts once, as right if every judged value of it is right; report fields
    count each, with the confidence of their evidence. Rows that are extra are wrong.
    """
    parts: dict[tuple[str, int], list[Part]] = defaultdict(list)
    stated: dict[tuple[str, int], float] = defaultdict(float)
    for one in documents:
        own: dict[tuple[str, int], list[bool]] = defaultdict(list)
        for table, confidence, right in _judged_rows(one):
            for name in (ALL, table):
                key = name, bisect_right(EDGES, confidence)
                own[key].append(right)
                stated[key] += confidence
        for key, rights in own.items():
            parts[key].append((sum(rights), len(rights)))
    found: dict[str, list[Band]] = {}
    for table, band in sorted(parts, key=lambda key: (key[0] != ALL, key)):
        share = share_of(parts[table, band])
        found.setdefault(table, []).append(Band(BANDS[band], stated[table, band] / share.of, share))
    return {table: tuple(bands) for table, bands in found.items()}


def _judged_rows(one: Judged) -> Iterator[tuple[str, float, bool]]:
    """Yield table, confidence and whether all is right, for each row (of reports: field) with a confidence."""
    right: dict[tuple[str, str, str], bool] = {}
    confidence: dict[tuple[str, str, str], float] = {}
    for outcome in one.outcomes:
        if outcome.row_id is None or outcome.confidence is None:
            continue
        key = outcome.table, outcome.row_id, outcome.field if outcome.table == "reports" else ""
        right[key] = right.get(key, True) and outcome.is_right
        confidence[key] = outcome.confidence
    for key, is_right in right.items():
        yield key[0], confidence[key], is_right
