"""Checks on what was read: what does not add up or contradicts itself becomes a problem row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from thaita.extract.find.score_candidates import ScoreGroup
from thaita.extract.find.score_tables import TOLERANCE
from thaita.models.flags import Flag
from thaita.models.problem_codes import ProblemCode
from thaita.models.records import Problem, Provenance, Report, Score
from thaita.normalize.frameworks import framework
from thaita.normalize.grades import grade_band
from thaita.normalize.weights import reconcile, weights


def check_scores(report: Report, scores: Mapping[str, tuple[Score, ScoreGroup]]) -> Iterator[Problem]:
    """Yield what is wrong with single scores: their range, their number, places that disagree."""
    for score, group in scores.values():
        if Flag.RANGE in score.flags:
            yield _problem(
                report, ProblemCode.RANGE, f"The score {score.score} is not between 0 and 100.", score
            )
        if Flag.INSTRUMENT_CONFLICT in score.flags:
            message = (
                f"{score.indicator} stands under another instrument's heading; it is of {score.instrument}."
            )
            yield _problem(report, ProblemCode.INSTRUMENT_CONFLICT, message, score)
        if group.conflict:
            others = sorted({str(other.value) for other in group.others} - {str(score.score)})
            message = (
                f"{score.indicator} is {score.score} here and {', '.join(others)} elsewhere in the report."
            )
            yield _problem(report, ProblemCode.SCORE_CONFLICT, message, score)


def _problem(report: Report, code: ProblemCode, message: str, score: Score) -> Problem:
    return Problem(
        report_id=report.report_id,
        source=report.source,
        severity=code.severity,
        code=code,
        message=message,
        table="scores",
        row_id=score.score_id,
        provenance=score.provenance,
    )


def check_numbers(report: Report, scores: Mapping[str, tuple[Score, ScoreGroup]]) -> Iterator[Problem]:
    """Yield one note where a report numbers the indicators in an order of its own."""
    own = [score for score, _ in scores.values() if Flag.NUMBER_CONFLICT in score.flags]
    if own:
        listed = "; ".join(f"{s.no_as_written} {s.indicator} = {s.indicator_no}" for s in own)
        message = f"The report numbers indicators in its own order; the names decide: {listed}."
        yield _problem(report, ProblemCode.NUMBER_CONFLICT, message, own[0])


def check_sum(report: Report, scores: Mapping[int, Decimal]) -> Iterator[Problem]:
    """Yield a problem where the published overall score is not what its indicators give.

    The message names the single-digit changes that would reconcile them, as hints only.
    """
    computed, published = report.overall_computed, report.overall_score
    if computed is None or published is None or report.fiscal_year is None:
        return
    if abs(computed - published) <= TOLERANCE:
        return
    hints = [
        f"{'overall' if change.indicator_no is None else 'indicator ' + str(change.indicator_no)}"
        f" {change.old}→{change.new}"
        for change in reconcile(scores, published, report.fiscal_year)
    ]
    used = weights(report.fiscal_year)
    source = f" under the weights of FY{report.fiscal_year} ({used.confidence})" if used else ""
    message = f"The indicators give {computed}{source}; the report publishes {published}."
    if hints:
        message += f" One changed digit would reconcile them: {'; '.join(hints)}."
    yield Problem(
        report_id=report.report_id,
        source=report.source,
        severity=ProblemCode.SUM_MISMATCH.severity,
        code=ProblemCode.SUM_MISMATCH,
        message=message,
        table="reports",
        row_id=report.report_id,
    )


def check_missing(
    report: Report, scores: Mapping[int, Decimal], beside: Mapping[int, Provenance]
) -> Iterator[Problem]:
    """Yield a note where a report gives no score of some of the year's indicators, but of others or figures.

    `beside` are the indicators whose names stand beside figures of which none was taken, and where.
    """
    asked = framework(report.fiscal_year).indicators
    missing = {no: one.name for no, one in asked.items() if no not in scores}
    lost = [name for no, name in missing.items() if no in beside]
    said = [f"No score is stated for: {', '.join(missing.values())}."] if scores and missing else []
    if lost:
        said.append(f"Figures that were not read as scores stand beside: {', '.join(lost)}.")
    if said:
        yield Problem(
            report_id=report.report_id,
            source=report.source,
            severity=ProblemCode.SCORES_MISSING.severity,
            code=ProblemCode.SCORES_MISSING,
            message=" ".join(said),
            table="scores",
            provenance=beside[min(missing.keys() & beside.keys())] if lost else Provenance(),
        )


def check_grade(report: Report) -> Iterator[Problem]:
    """Yield a problem where the grade's own band excludes the overall score."""
    if report.grade is None or report.overall_score is None or report.fiscal_year is None:
        return
    band = grade_band(report.grade, report.fiscal_year)
    if band is None or band.min <= report.overall_score <= band.max:
        return
    certain = band.confidence.startswith("seen")
    yield Problem(
        report_id=report.report_id,
        source=report.source,
        severity="warning" if certain else "info",
        code=ProblemCode.GRADE_BAND,
        message=(
            f"{report.grade} goes with {band.min} to {band.max} in FY{report.fiscal_year}"
            f" ({band.confidence}); the report publishes {report.overall_score}."
        ),
        table="reports",
        row_id=report.report_id,
    )
