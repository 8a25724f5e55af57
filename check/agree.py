"""Checks for consistency: statements in one part of a report against those in another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from thaita.check.view import PLACES, Result, View, measures, of_report, places
from thaita.extract.find.claims import contradictions
from thaita.models.flags import Flag
from thaita.models.problem_codes import ProblemCode
from thaita.models.records import Score
from thaita.models.verdicts import Where
from thaita.normalize.grades import grade_band, grades_of
from thaita.normalize.match_key import fold
from thaita.normalize.weights import TOLERANCE, overall, reconcile, weights

_CE = 543
"""Difference between a year of the Buddhist Era and the same year of the Common Era."""


def score_in_range(view: View, argument: str) -> Result | None:
    """Check that every score and the overall score are in the range given by the argument, such as 0-100."""
    low, high = map(Decimal, argument.split("-"))
    report, scores = view.reading.report, view.reading.scores
    out = [score for score in scores if not low <= score.score <= high]
    figures = [f"{score.indicator_no} {score.indicator} {score.score}" for score in out]
    where = places(*out)
    if report.overall_score is not None and not low <= report.overall_score <= high:
        figures.append(str(report.overall_score))
        where = (*where, *view.field_place("overall_score"))
    if not scores and report.overall_score is None:
        return None
    return Result(
        "broken" if figures else "holds", "", {"which": ", ".join(figures), "range": argument}, where
    )


def overall_adds_up(view: View, _: str) -> Result | None:
    """Check the published overall score against the one computed with the year's weights."""
    report, scores = view.reading.report, view.figures
    if report.overall_score is None:
        return Result("not_judged", ".no_overall") if scores else None
    place = view.field_place("overall_score") or of_report(view)
    missing = [no for no in view.framework.indicators if no not in scores]
    if missing:
        return Result("not_judged", ".missing", {"missing": view.indicators(missing)}, place)
    known = weights(report.fiscal_year) if report.fiscal_year else None
    computed = overall(scores, report.fiscal_year) if report.fiscal_year else None
    if known is None or computed is None:
        return Result("not_judged", ".no_weights", {"year": report.fiscal_year or "?"}, place)
    values = {"computed": computed, "published": report.overall_score, "year": report.fiscal_year}
    if abs(computed - report.overall_score) <= TOLERANCE:
        return Result("holds", "", values, place, known.confidence, known.source)
    changes = reconcile(scores, report.overall_score, known.year)
    hints = [
        f"{view.indicators([c.indicator_no]) if c.indicator_no else 'overall (ภาพรวม)'} {c.old}→{c.new}"
        for c in changes
    ]
    where = (*place, *places(*(view.scores[c.indicator_no] for c in changes if c.indicator_no)))
    message = ".digit" if hints else ""
    return Result(
        "broken", message, values | {"hints": "; ".join(hints)}, where, known.confidence, known.source
    )


def grade_fits(view: View, _: str) -> Result | None:
    """Check that the overall score is within the band of the grade on the year's scale."""
    report = view.reading.report
    if report.grade is None:
        return None
    place = (*view.field_place("grade"), *view.field_place("overall_score")) or of_report(view)
    year = report.fiscal_year
    scale = grades_of(year) if year else []
    if not scale:
        return Result("not_judged", ".no_scale", {"year": year or "?"}, place)
    values = {"grade": report.grade, "year": year, "overall": report.overall_score}
    band = grade_band(report.grade, year) if year else None
    if band is None:
        first = scale[0]
        others = values | {"scale": ", ".join(one.grade for one in scale)}
        return Result("broken", ".other_scale", others, place, first.confidence, first.source)
    values |= {"min": band.min, "max": band.max}
    if report.overall_score is None:
        return Result("not_judged", ".no_overall", values, place)
    fits = band.min <= report.overall_score <= band.max
    return Result("holds" if fits else "broken", "", values, place, band.confidence, band.source)


def scores_agree(view: View, _: str) -> Result | None:
    """Check that the report does not state different scores for the same indicator."""
    if not view.reading.scores:
        return None
    torn = [score for score in view.reading.scores if Flag.SCORE_CONFLICT in score.flags]
    stated: dict[str, list[Where]] = {score.score_id: [] for score in torn}
    values: dict[str, set[str]] = {score.score_id: {str(score.score)} for score in torn}
    for one in view.reading.evidence:
        if one.table == "scores" and one.column == "score" and one.row_id in stated:
            stated[one.row_id].append(Where("scores", one.row_id, one.provenance))
            values[one.row_id].add(fold(one.value))
    which = [f"{s.indicator_no} {s.indicator} ({' / '.join(sorted(values[s.score_id]))})" for s in torn]
    where = tuple(place for score in torn for place in stated[score.score_id] or places(score))[:PLACES]
    return Result("broken" if torn else "holds", "", {"which": ", ".join(which)}, where)


def _flagged(view: View, flag: str) -> tuple[Score, ...] | None:
    scores = view.reading.scores
    return tuple(score for score in scores if flag in score.flags) if scores else None


def instrument_headings(view: View, _: str) -> Result | None:
    """Check that no indicator is listed under the heading of another instrument."""
    found = _flagged(view, Flag.INSTRUMENT_CONFLICT)
    if found is None:
        return None
    which = ", ".join(f"{s.indicator_no} {s.indicator} ({s.instrument})" for s in found)
    return Result("broken" if found else "holds", "", {"which": which}, places(*found))


def own_numbering(view: View, _: str) -> Result | None:
    """Check that the report uses the official numbers of the indicators."""
    found = _flagged(view, Flag.NUMBER_CONFLICT)
    if found is None:
        return None
    which = ", ".join(f"{s.no_as_written} {s.indicator} = {s.indicator_no}" for s in found)
    return Result("broken" if found else "holds", "", {"which": which}, places(*found))


def prose_agrees(view: View, _: str) -> Result | None:
    """Check claims in the prose (highest, lowest, strength, weakness) against the ranking of the scores."""
    claims = view.claims
    if not claims:
        return None
    wrong = list(contradictions(claims, view.figures))
    which = [
        f"«{' '.join(c.claim.evidence.provenance.quote.split())[-90:]}» {c.score} ({c.rank}/{c.count}); "
        f"{view.indicators([c.other])} {c.other_score}"
        for c in wrong
    ]
    shown = [c.claim for c in wrong] or claims
    where = tuple(Where("scores", one.evidence.row_id, one.evidence.provenance) for one in shown)[:PLACES]
    return Result("broken" if wrong else "holds", "", {"which": " · ".join(which)}, where)


def years_agree(view: View, _: str) -> Result | None:
    """Check that the plan is for the year of the results or the following year."""
    report = view.reading.report
    if report.fiscal_year is None:
        return None
    place = (*view.field_place("fiscal_year"), *view.field_place("plan_year")) or of_report(view)
    values = {"fiscal_year": report.fiscal_year, "plan_year": report.plan_year or "?"}
    if Flag.AMBIGUOUS_FISCAL_YEAR in report.flags:
        return Result("broken", ".ambiguous", values, place)
    if report.plan_year is not None and report.plan_year - report.fiscal_year not in (0, 1):
        return Result("broken", "", values, place)
    if report.plan_year is None:
        return Result("not_judged", "", values, place)
    return Result("holds", "", values, place)


def periods_in_year(view: View, _: str) -> Result | None:
    """Check that the periods of the measures are within the fiscal year of the plan (1 October to 30 September)."""
    found = [m for m in view.reading.measures if m.period_start or m.period_end]
    year = view.reading.report.plan_year
    if not found:
        return None
    if year is None:
        return Result("not_judged", ".no_year", {}, places(*found))
    first, last = date(year - _CE - 1, 10, 1), date(year - _CE, 9, 30)
    out = [
        m
        for m in found
        if any(day is not None and not first <= day <= last for day in (m.period_start, m.period_end))
    ]
    values = {"year": year, "before": year - 1, "which": measures(out, view.reading.measures)}
    return Result("broken" if out else "holds", "", values, places(*(out or found)))


def file_once(view: View, _: str) -> Result | None:
    """Check that the archive does not contain an identical file under another name."""
    same = [problem.source for problem in view.reading.problems if problem.code == ProblemCode.DUPLICATE_FILE]
    return Result("broken", "", {"which": ", ".join(same)}, of_report(view)) if same else None
