"""Checks across the reports of one agency: contradictory reports, and progress reports against their plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz.fuzz import ratio

from thaita.check.view import Result, View, of_report, places
from thaita.models.records import Reading, Report
from thaita.models.verdicts import VerdictStatus
from thaita.normalize.frameworks import framework
from thaita.normalize.match_key import fold

_ALIKE = 70.0
"""Minimum similarity (0-100) of two titles of the same measure."""


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """A measure reduced to what identifies it: the match key of its title, and what it acts on."""

    title: str
    about: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The part of a report that is compared with other reports."""

    report: Report
    scores: Mapping[int, Decimal]
    measures: tuple[PlannedMeasure, ...]


def summary_of(reading: Reading) -> Summary:
    """Return the summary of a report; evidence, findings and steps may be missing in `reading`."""
    planned = [
        PlannedMeasure(
            fold(measure.title or measure.guideline or "")[:200],
            (measure.indicator_no, measure.topic_no, measure.item_code),
        )
        for measure in reading.measures
    ]
    return Summary(reading.report, View(reading, None).figures, tuple(planned))


class Archive:
    """The reports of a dataset by agency and year."""

    def __init__(self, summaries: Iterable[Summary] = ()) -> None:
        self._assessed: dict[tuple[str, int], list[Summary]] = {}
        self._planned: dict[tuple[str, int], list[Summary]] = {}
        for one in summaries:
            agency, report = one.report.agency_id, one.report
            if agency is None or "summary" in report.kind:
                continue
            if report.fiscal_year is not None:
                self._assessed.setdefault((agency, report.fiscal_year), []).append(one)
            if report.plan_year is not None and "measures" in report.kind:
                self._planned.setdefault((agency, report.plan_year), []).append(one)

    def of_year(self, report: Report) -> list[Summary]:
        """Return the other reports on the same agency's results in the same year."""
        return self._others(self._assessed, report, report.fiscal_year)

    def plans(self, report: Report) -> list[Summary]:
        """Return the other reports with measures planned by the same agency for the same year."""
        return self._others(self._planned, report, report.plan_year)

    def _others(
        self, found: Mapping[tuple[str, int], list[Summary]], report: Report, year: int | None
    ) -> list[Summary]:
        agency = report.agency_id
        if agency is None or year is None:
            return []
        return [one for one in found.get((agency, year), ()) if one.report.report_id != report.report_id]


def reports_agree(view: View, archive: Archive) -> Result | None:
    """Check the figures of a report against those of other reports on the same results."""
    others = archive.of_year(view.reading.report)
    if not others:
        return None
    mine = summary_of(view.reading)
    which = [f"{one.report.source}: {', '.join(d)}" for one in others if (d := list(_differences(mine, one)))]
    values = {"which": "; ".join(which), "others": ", ".join(one.report.source for one in others)}
    where = view.field_place("overall_score") or places(*view.scores.values()) or of_report(view)
    return Result("broken" if which else "holds", "", values, where)


def _differences(mine: Summary, other: Summary) -> Iterable[str]:
    a, b = mine.report, other.report
    if None not in (a.overall_score, b.overall_score) and a.overall_score != b.overall_score:
        yield f"{a.overall_score} / {b.overall_score}"
    if a.grade and b.grade and fold(a.grade) != fold(b.grade):
        yield f"{a.grade} / {b.grade}"
    for no, one in framework(mine.report.fiscal_year).indicators.items():
        if no in mine.scores and no in other.scores and mine.scores[no] != other.scores[no]:
            yield f"{no} {one.name} {mine.scores[no]} / {other.scores[no]}"


def plan_answered(view: View, archive: Archive) -> Result | None:
    """Check that a progress report covers each measure in the agency's plan for the same year."""
    plans = [(one, measure) for one in archive.plans(view.reading.report) for measure in one.measures]
    if not plans:
        return None
    answers = summary_of(view.reading).measures
    open_ = [(one, measure) for one, measure in plans if not any(_answers(a, measure) for a in answers)]
    found = len(plans) - len(open_)
    status: VerdictStatus = "present" if not open_ else "partly" if found else "absent"
    which = "; ".join(f"{one.report.source}: «{measure.title[:60]}»" for one, measure in open_)
    values = {"count": len(plans), "open": len(open_), "which": which}
    return Result(status, "", values, places(*view.reading.measures))


def _answers(answer: PlannedMeasure, planned: PlannedMeasure) -> bool:
    same = any(answer.about) and answer.about == planned.about
    return same or ratio(answer.title, planned.title) >= _ALIKE
