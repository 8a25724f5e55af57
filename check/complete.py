"""Checks for completeness: what a report must contain, by its kind and year."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from thaita.check.rulebook import says_so
from thaita.check.view import PLACES, Result, View, is_answered, measures, places
from thaita.models.flags import Flag
from thaita.models.records import Measure
from thaita.models.verdicts import VerdictStatus, Where
from thaita.normalize.item_indicators import indicator_of

Part = Callable[[Measure], object]

PARTS: dict[str, Part] = {
    "how": lambda measure: measure.steps or measure.guideline,
    "steps": lambda measure: measure.steps,
    "linked": lambda measure: measure.indicator_no or measure.topic_no or measure.item_code,
    "owner": lambda measure: measure.owners,
    "period": lambda measure: measure.period_as_written or measure.period_start or measure.period_end,
    "monitoring": lambda measure: measure.monitoring,
    "progress": lambda measure: is_answered(measure),
    "result": lambda measure: measure.result or measure.outcome or not is_answered(measure),
}
"""The parts that `measures_have` can require; `result` is required only if progress is reported."""

_COLUMNS = {
    "how": ("steps", "guideline"),
    "steps": ("steps",),
    "linked": ("indicator_no", "topic_no", "item_code"),
    "owner": ("owner",),
    "period": ("period_as_written",),
    "monitoring": ("monitoring",),
    "progress": ("status", "result", "outcome"),
    "result": ("result", "outcome"),
}
"""The columns that contain each part."""


def fields_stated(view: View, argument: str) -> Result:
    """Check that the report states the fields listed in the argument."""
    report = view.reading.report
    names = argument.split("|")
    missing = [name for name in names if getattr(report, name, None) is None]
    where = tuple(place for name in names for place in view.field_place(name))
    return Result(
        _share(len(names) - len(missing), len(names)),
        "",
        {"missing": ", ".join(f"@field.{n}" for n in missing)},
        where,
    )


def _share(found: int, of: int) -> VerdictStatus:
    if found == of:
        return "present"
    return "partly" if found else "absent"


def results_analysed(view: View, _: str) -> Result:
    """Check that the report states and analyzes scores."""
    report, findings = view.reading.report, view.reading.findings
    scores = tuple(view.scores.values())
    where = (*places(*scores[:3]), *places(*findings[:3]))
    if not scores and report.overall_score is None and not findings:
        return Result("absent")
    if not findings:
        return Result("partly", ".no_findings", {}, where)
    if not scores and report.overall_score is None:
        return Result("partly", ".no_scores", {}, where)
    return Result("present", "", {}, where)


def finding_named(view: View, argument: str) -> Result:
    """Check that the report has findings of the kinds before the slash in the argument.

    Findings of the kinds after the slash also count if their wording expresses the required kind; otherwise they
    count in part.
    """
    full, _, part = argument.partition("/")
    found = [one for one in view.reading.findings if one.kind in full.split("|")]
    asked = ", ".join(f"@kind.{kind}" for kind in full.split("|"))
    if found:
        return Result("present", "", {"count": len(found), "asked": asked}, places(*found))
    if "weakness" in full:
        claims = [one for one in view.claims if one.claimed in ("weakness", "lowest")]
        if claims:
            where = tuple(Where("scores", one.evidence.row_id, one.evidence.provenance) for one in claims)
            return Result("present", "", {"count": len(claims), "asked": asked}, where)
    near = [one for one in view.reading.findings if one.kind in part.split("|")]
    worded = [one for one in near if says_so(one.text, tuple(full.split("|")))]
    kinds = ", ".join(dict.fromkeys(f"@kind.{one.kind}" for one in worded or near))
    values = {"count": len(worded or near), "asked": asked, "near": kinds}
    if worded:
        return Result("present", ".worded", values, places(*worded))
    if near:
        return Result("partly", "", values, places(*near), severity="info")
    return Result("absent", "", values)


def topic_analysed(view: View, argument: str) -> Result:
    """Check that a topic has a finding; a measure without a finding counts in part."""
    found = [one for one in view.reading.findings if str(one.topic_no) == argument]
    if found:
        return Result("present", "", {"topic": argument}, places(*found))
    only = [one for one in view.reading.measures if str(one.topic_no) == argument]
    return Result("partly" if only else "absent", "", {"topic": argument}, places(*only))


def measures_planned(view: View, _: str) -> Result:
    """Check that the report has at least one measure."""
    found = view.reading.measures
    return Result("present" if found else "absent", "", {"count": len(found)}, places(*found))


def measures_have(view: View, argument: str) -> Result:
    """Check that each measure has all parts listed in the argument."""
    parts = [PARTS[name] for name in argument.split("|")]
    found = view.reading.measures
    if not found:
        return Result("not_judged", ".none")
    lacking = [measure for measure in found if not all(part(measure) for part in parts)]
    status = _share(len(found) - len(lacking), len(found))
    asked = ", ".join(f"@part.{name}" for name in argument.split("|"))
    values = {"count": len(found), "lacking": len(lacking), "asked": asked, "which": measures(lacking, found)}
    if lacking:
        return Result(status, "", values, places(*lacking))
    taken = sum(Flag.INHERITED in measure.flags for measure in found)
    columns = tuple(column for name in argument.split("|") for column in _COLUMNS[name])
    where = tuple(view.part_place(one, columns) for one in found[:PLACES])
    return Result(status, ".inherited" if taken else "", values | {"taken": taken}, where)


def indicators_scored(view: View, _: str) -> Result:
    """Check that all indicators of the year have scores."""
    names = view.framework.indicators
    if not view.scores:  # another rule reports that there are no results at all
        return Result("not_judged", ".none")
    missing = [no for no in names if no not in view.scores]
    values = {"count": len(names) - len(missing), "all": len(names), "missing": view.indicators(missing)}
    where = places(*view.scores.values())
    return Result(_share(len(names) - len(missing), len(names)), "", values, where)


def weak_have_measures(view: View, argument: str) -> Result:
    """Check that each weak indicator has a measure: one with a score below the argument, or called a weakness.

    Measures without an indicator may cover the missing ones: then a person must judge.
    """
    weak = _weak(view, Decimal(argument))
    found = view.reading.measures
    if not weak:
        return Result("present" if view.scores else "not_judged", ".none", {"line": argument})
    if not found:  # another rule reports that there are no measures at all
        values = {"missing": view.indicators(sorted(weak)), "line": argument}
        return Result("not_judged", ".no_measures", values, tuple(weak[no] for no in sorted(weak)))
    named = {measure.measure_id: _indicators_of(measure, view) for measure in found}
    covered = {no for numbers in named.values() for no in numbers}
    missing = [no for no in sorted(weak) if no not in covered]
    unnamed = [measure for measure in found if not named[measure.measure_id]]
    values = {"missing": view.indicators(missing), "line": argument, "unnamed": str(len(unnamed))}
    where = tuple(weak[no] for no in missing)
    if not missing:
        mine = [m for m in found if named[m.measure_id] & weak.keys()]
        return Result("present", "", values | {"missing": view.indicators(sorted(weak))}, places(*mine))
    if unnamed:
        return Result("not_judged", ".unnamed", values, (*where, *places(*unnamed)), severity="info")
    return Result("partly" if len(missing) < len(weak) else "absent", "", values, where)


def _weak(view: View, line: Decimal) -> dict[int, Where]:
    """Return the indicators with a score below `line` or called a weakness, each with the place that shows it."""
    weak = {no: places(score)[0] for no, score in view.scores.items() if score.score < line}
    for claim in view.claims:
        if claim.claimed == "weakness":
            weak.setdefault(claim.no, Where("scores", claim.evidence.row_id, claim.evidence.provenance))
    for finding in view.reading.findings:
        if finding.kind == "weakness":
            for no in finding.indicator_no:
                weak.setdefault(no, places(finding)[0])
    return weak


def _indicators_of(measure: Measure, view: View) -> set[int]:
    """Return the indicators that a measure names or that its items count for."""
    years = (view.reading.report.fiscal_year, view.year)
    codes = (measure.item_code or "").split("|")
    of_items = {indicator_of(code, year) for code in codes for year in years}
    return {*measure.indicator_no, *(no for no in of_items if no is not None)}
