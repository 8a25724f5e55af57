"""Reasons for and against scores, measures and the fields of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from thaita.extract.find.agency import Identity
from thaita.extract.find.overall_candidates import OverallCandidate
from thaita.extract.find.years import Years
from thaita.extract.resolve.confidence import band
from thaita.extract.resolve.doubt import Reasons
from thaita.extract.resolve.measure_reasons import MEASURE_PART, measure_reasons
from thaita.extract.resolve.report import Facts
from thaita.extract.resolve.total import agrees
from thaita.models.records import Evidence, Reading, Report, Score
from thaita.normalize.numerals import to_arabic

SCORE_PART = "scores"
_COUNTS = (2, 5, 9, 10, 11)
_YEARS = (("fiscal_year", "assessed"), ("plan_year", "planned"))


def add_reasons(reasons: Reasons, reading: Reading, facts: Facts) -> None:
    """Add the reasons for the scores and measures of a report and for its own fields."""
    report, own = reading.report, facts.total().own
    of_scores = score_reasons(reading.scores, reading.evidence, report, own)
    for score, found in zip(reading.scores, of_scores, strict=True):
        reasons.add(("scores", score.score_id, ""), SCORE_PART, found)
    of_measures = measure_reasons(reading.measures, [one.way for one in facts.built])
    for measure, found in zip(reading.measures, of_measures, strict=True):
        reasons.add(("measures", measure.measure_id, ""), MEASURE_PART, found)
    of_overall = tuple(overall_reasons(report, facts.overall(), facts.overalls))
    fields: dict[str, tuple[str, ...]] = {
        "agency": tuple(agency_reasons(facts.identity)),
        "overall_score": of_overall,
        "grade": of_overall,
        **{
            column: tuple(year_reasons(facts.years, role, getattr(report, column))) for column, role in _YEARS
        },
    }
    for column, found in fields.items():
        if getattr(report, column) is not None:
            # a grade is read with the overall score, and is wrong where that is
            part = "overall_score" if column == "grade" else column
            reasons.add(("reports", report.report_id, column), f"reports.{part}", found)


def agency_reasons(identity: Identity) -> Iterator[str]:
    """Yield the reasons for the agency of a report."""
    yield from (f"flag:{flag}" for flag in identity.flags)
    yield band("support", identity.support, (2, 4, 8, 16, 32))
    yield band("lead", identity.support - identity.next_support, (0, 2, 4, 8, 16))
    yield "rival" if identity.runner_up else "no_rival"
    yield "placed" if identity.province else "unplaced"


def score_reasons(
    scores: Sequence[Score], evidence: Sequence[Evidence], report: Report, own: Sequence[int]
) -> list[tuple[str, ...]]:
    """Return the reasons for each score; `own` are the positions of the scores of the report's own agency."""
    votes = _votes(evidence)
    lists = Counter((score.agency, score.fiscal_year) for score in scores)
    decimals = [_decimals(score) for score in scores]
    usual = Counter(decimals).most_common(1)[0][0] if scores else 0
    total = agrees(report.overall_computed, report.overall_score)
    found = []
    for at, score in enumerate(scores):
        reasons = [f"flag:{flag}" for flag in score.flags]
        reasons.append(band("name", score.name_match, (70, 90, 100)))
        reasons.append(band("list", lists[score.agency, score.fiscal_year], _COUNTS))
        reasons.append(band("decimals", decimals[at], (1, 2, 3)))
        reasons += ["unusual_decimals"] * (decimals[at] != usual)
        reasons.append(band("value", float(score.score), (20, 50, 70, 100)))
        same, other = votes[score.score_id, score.score], votes[score.score_id, None]
        reasons.append(band("same", same, (2, 3)))
        reasons += ["other_values"] * (other > same)
        if at in own:
            reasons.append({True: "sum_agrees", False: "sum_differs", None: "no_sum"}[total])
        else:
            reasons.append("of_another")
        reasons += ["other_year"] * (score.fiscal_year != report.fiscal_year)
        found.append(tuple(reasons))
    return found


def _votes(evidence: Sequence[Evidence]) -> Counter[tuple[str, Decimal | None]]:
    """Return how often each score is stated with each value, and in all (None)."""
    votes: Counter[tuple[str, Decimal | None]] = Counter()
    for one in evidence:
        if one.table == "scores" and one.column == "score":
            votes[one.row_id, None] += 1
            try:
                votes[one.row_id, Decimal(to_arabic(one.value).replace(",", "."))] += 1
            except ArithmeticError:
                continue
    return votes


def _decimals(score: Score) -> int:
    return len(to_arabic(score.score_as_written).strip().partition(".")[2])


def overall_reasons(
    report: Report, chosen: OverallCandidate | None, candidates: Sequence[OverallCandidate]
) -> Iterator[str]:
    """Yield the reasons for the overall score and the grade of a report."""
    if chosen is None:
        return
    same = [one for one in candidates if one.value == chosen.value]
    rivals = [one.weight for one in candidates if one.value not in (None, chosen.value)]
    agreed = agrees(report.overall_computed, chosen.value)
    yield {True: "sum_agrees", False: "sum_differs", None: "no_sum"}[agreed]
    yield band("weight", chosen.weight, (4, 5, 6, 7, 8, 10))
    yield band("places", len(same), (2, 3))
    yield "own" if chosen.own else "not_own"
    yield "with_grade" if chosen.grade else "without_grade"
    yield band("lead", chosen.weight - max(rivals, default=0), (-2, 0, 2, 4))
    yield "rivals" if rivals else "no_rivals"
    yield from (f"flag:{flag}" for flag in report.flags)


def year_reasons(years: Years, role: str, year: int | None) -> Iterator[str]:
    """Yield the reasons for a year (B.E.) in a role, `assessed` or `planned`."""
    support = years.support(role)
    own = support.get(year or 0, 0.0)
    others = max((value for other, value in support.items() if other != year), default=0.0)
    yield band("support", own, (1, 3, 6, 12, 20))
    yield band("lead", own - others, (0, 1, 3, 6, 12))
    yield band("years", len(support), (2, 3, 4))
