"""The content of one agency's page, collected from all its reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice, product
from typing import Generic, TypeVar

from thaita.models.finding_kinds import FindingKind
from thaita.models.measure_tables import MEASURE_TEXTS
from thaita.models.records import Evidence, Finding, Measure, Provenance, Report, Score
from thaita.models.verdicts import Language
from thaita.normalize.frameworks import framework, indicator
from thaita.out.site.figures import Figures
from thaita.out.site.peers import Peers
from thaita.out.site.peers import Place as PeerPlace
from thaita.out.site.survey import Result, Stated, Subject, Survey, Value
from thaita.out.site.timeline import Timeline, timeline

T = TypeVar("T", Finding, Measure)

_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Part:
    """The records of one report of a page's subject; what lists state of it is in `AgencyView.listed`."""

    report: Report
    scores: list[Score] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()
    measures: tuple[Measure, ...] = ()
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(slots=True)
class Place:
    """The source of a record: the number of the report on the page (from 1), its path, and the provenance."""

    number: int
    source: str
    provenance: Provenance


@dataclass(slots=True)
class Merged(Generic[T]):
    """A finding or measure with all its sources; records with the same words in several reports are merged."""

    one: T
    year: int | None
    places: list[Place]
    flags: dict[str, None]


@dataclass(frozen=True, slots=True)
class Cell:
    """A score in the grid of indicators and years; its bar and the dataset's mean are in percent of the width."""

    stated: Stated
    width: str
    mean: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The measures of one year, and their timeline."""

    year: int | None
    measures: list[Merged[Measure]]
    timeline: Timeline | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that the agency's own report and a list state differently."""

    listed: Value
    own: Value


@dataclass(frozen=True, slots=True)
class Listed:
    """What one document by someone else states about an agency in a year; the place is that of the first value."""

    year: int
    document: str
    page: int | None
    quote: str | None
    values: list[Value]


@dataclass(frozen=True, slots=True)
class AgencyView:
    """The content of an agency's page. `grid` has, by instrument, a row per indicator with a cell per year.

    `peers` has the agency's places of each year, `listed` what lists state of it, `differences` where they differ from
    its own reports.
    """

    subject: Subject
    results: list[Result]
    peers: list[tuple[int, list[PeerPlace]]]
    differences: list[Difference]
    listed: list[Listed]
    grid: list[tuple[str, list[tuple[int, list[Cell | None]]]]]
    findings: list[tuple[str, list[Merged[Finding]]]]
    plans: list[Plan]
    parts: list[Part]
    scores: list[tuple[int, Score]]
    doubts: list[str]


def agency_view(
    subject: Subject, parts: list[Part], survey: Survey, figures: Figures, peers: Peers, language: Language
) -> AgencyView:
    """Return the content of a subject's page."""
    results = subject.results_by_year()
    scored = [result for result in results if result.scores]
    values = survey.values.of(subject.key.rpartition("/")[2]) if subject.is_agency else ()
    places = (
        [(result.year or 0, peers.places(subject, result)) for result in results] if subject.is_agency else []
    )
    listed = [one for one in values if one.source != "own"]
    return AgencyView(
        subject=subject,
        results=results,
        peers=[(year, found) for year, found in places if found],
        differences=differences(values),
        listed=_listed(listed),
        grid=_grid(scored, figures) if scored else [],
        findings=_findings(parts),
        plans=_plans(parts, language),
        parts=parts,
        scores=[(i, score) for i, part in enumerate(parts, 1) for score in part.scores],
        doubts=_doubts(results, parts, listed),
    )


def _listed(values: Sequence[Value]) -> list[Listed]:
    """Return the values by year and document; a value of `results`, whose quote is a whole row, gives the place."""
    found: dict[tuple[int, str], list[Value]] = {}
    for one in values:
        found.setdefault((one.year, one.document), []).append(one)
    listed = []
    for (year, document), some in found.items():
        shown = next((one for one in some if not one.measure[1:].isdigit()), some[0])
        listed.append(Listed(year, document, shown.page, shown.quote, some))
    return listed


def differences(values: Sequence[Value]) -> list[Difference]:
    """Return the measures that own reports and lists state differently, given an agency's values."""
    found: list[Difference] = []
    for _, some in groupby(values, key=lambda one: (one.year, one.measure)):
        usable = [one for one in some if one.standing != "unusable"]
        listed, mine = ([one for one in usable if one.source == side] for side in ("list", "own"))
        apart = (Difference(*pair) for pair in product(listed, mine) if _differ(*pair))
        found += islice(apart, 1)
    return found


def _differ(one: Value, other: Value) -> bool:
    """Return whether two values of a measure differ, given for each whether it differs from the one that won."""
    if one.conflict and other.conflict:
        return (one.value, one.level) != (other.value, other.level)
    return one.conflict or other.conflict


def _grid(results: list[Result], figures: Figures) -> list[tuple[str, list[tuple[int, list[Cell | None]]]]]:
    """Return a row for each indicator of the years' frameworks, and for each other indicator with a score."""
    found = {no: one for result in results for no, one in framework(result.year).indicators.items()}
    stated = {no: indicator(no, result.year) for result in results for no in result.scores}
    grid: dict[str, list[tuple[int, list[Cell | None]]]] = {}
    for number, one in sorted((stated | found).items()):
        cells = [_cell(result, number, figures) for result in results]
        grid.setdefault(one.instrument, []).append((number, cells))
    return list(grid.items())


def _cell(result: Result, number: int, figures: Figures) -> Cell | None:
    stated = result.scores.get(number)
    if stated is None:
        return None
    mean = figures.means.get(result.year, {}).get(number)
    compared = mean is not None and result.year is not None and figures.counts[result.year] > 1
    width = min(max(float(stated.value), 0.0), 100.0) if stated.counts else 0.0
    return Cell(stated, f"{width:.2f}", f"{mean:.2f}" if compared else None)


def _findings(parts: list[Part]) -> list[tuple[str, list[Merged[Finding]]]]:
    pairs = [(i, part, finding) for i, part in enumerate(parts, 1) for finding in part.findings]
    merged = _merged(
        (_key(one.kind, part.report.fiscal_year, one.text), i, part, part.report.fiscal_year, one)
        for i, part, one in pairs
    )
    return [
        (kind, found) for kind in FindingKind if (found := [one for one in merged if one.one.kind == kind])
    ]


def _plans(parts: list[Part], language: Language) -> list[Plan]:
    pairs = [(i, part, one) for i, part in enumerate(parts, 1) for one in part.measures]
    merged = _merged(
        (_measure_key(part, one), i, part, part.report.plan_year or part.report.fiscal_year, one)
        for i, part, one in pairs
    )
    by_year: dict[int | None, list[Merged[Measure]]] = {}
    for one in merged:
        by_year.setdefault(one.year, []).append(one)
    return [
        Plan(year, found, timeline([one.one for one in found], year, language))
        for year, found in sorted(by_year.items(), key=lambda pair: (pair[0] is None, pair[0] or 0))
    ]


def _measure_key(part: Part, one: Measure) -> str:
    texts = [getattr(one, name) for name in (*MEASURE_TEXTS, "measure_no", "period_as_written", "status")]
    steps = [step.text for step in one.steps]
    return _key(
        part.report.plan_year or part.report.fiscal_year,
        *texts,
        *steps,
        *(owner.owner for owner in one.owners),
    )


def _key(*values: object) -> str:
    """Return a key that is equal for equal words; white space is ignored, because file formats differ in it."""
    return "\0".join(_SPACE.sub("", str(value or "")) for value in values)


def _merged(found: Iterable[tuple[str, int, Part, int | None, T]]) -> list[Merged[T]]:
    """Return the records with those of the same key merged, sorted by year."""
    merged: dict[str, Merged[T]] = {}
    for key, number, part, year, one in found:
        place = Place(number, part.report.source, one.provenance)
        known = merged.setdefault(key, Merged(one, year, [], {}))
        known.places.append(place)
        known.flags.update(dict.fromkeys(one.flags))
    return sorted(merged.values(), key=lambda one: (one.year is None, one.year or 0))


def _doubts(results: list[Result], parts: list[Part], listed: list[Value]) -> list[str]:
    """Return the flags of the scores and reports, each once; the page numbers and explains them."""
    flags = [flag for part in parts for flag in part.report.flags]
    flags += [flag for part in parts for score in part.scores for flag in score.flags]
    flags += [
        flag
        for result in results
        for one in (result.overall, *result.scores.values())
        if one
        for flag in one.flags
    ]
    flags += [flag for one in listed for flag in one.flags]
    return list(dict.fromkeys(flags))
