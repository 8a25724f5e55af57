"""Comparison of the report's own fields with gold."""

from __future__ import annotations

from collections.abc import Iterator

from thaita.check.evaluation.fold import same
from thaita.check.evaluation.gold import REPORT_FIELDS, Gold, GoldPlace
from thaita.check.evaluation.grounding import grounded
from thaita.check.evaluation.outcomes import NOWHERE, Grounded, Outcome, kind_of
from thaita.check.evaluation.report_rows import ReportRows, text_of

_NO_PLACE = GoldPlace()


def report_outcomes(gold: Gold, rows: ReportRows) -> Iterator[Outcome | Grounded]:
    """Yield an outcome for each field that the gold states or lists as not stated.

    A field that is not stated is not judged where there is no report.
    """
    for name in REPORT_FIELDS:
        want = getattr(gold.report, name)
        if want is None and not (name in gold.not_stated and rows.report):
            continue
        got = text_of(rows.report, name)
        right = not got if want is None else bool(got) and same(got, want)
        flagged = bool(rows.report) and rows.flagged("reports", rows.report, name)
        place = rows.place("reports", rows.report, name) if rows.report else NOWHERE
        gold_place = gold.places.get(name, _NO_PLACE)
        outcome = Outcome(
            "reports",
            name,
            "report",
            kind_of(right=right, want=want, got=got, flagged=flagged),
            want=None if want is None else str(want),
            got=got,
            share=float(right),
            row_id=rows.row_id("reports", rows.report) if rows.report else None,
            flagged=flagged,
            confidence=rows.confidence("reports", rows.report, name) if rows.report else None,
            place=place,
            gold_page=gold_place.page,
            words=gold_place.words,
        )
        yield outcome
        if right and want is not None:
            yield from grounded(outcome)
