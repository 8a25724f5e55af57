"""What follows from a report's records: one pure function, for what was extracted and for what was corrected.

The codes of places, the types and ids of agencies, the name and instrument of an indicator, the computed overall
score, the kinds of a report, and the flags of figures and dates that cannot be right follow from other values. The
words of the source (`*_as_written`, quotes) do not, and neither do doubts about how a value was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from thaita.extract.resolve.results import is_doubtful, lists_others, result_agency_id, with_own_result
from thaita.extract.resolve.total import agrees, is_summary, total_of
from thaita.extract.structure.row_subject import instrument_of
from thaita.models.flags import Flag
from thaita.models.records import (
    Finding,
    Instrument,
    Measure,
    Reading,
    Record,
    Report,
    ReportKind,
    Result,
    Scope,
    Score,
)
from thaita.normalize.agencies import agency_of_name
from thaita.normalize.agency_ids import agency_id
from thaita.normalize.frameworks import indicator
from thaita.normalize.items import INSTRUMENT_OF
from thaita.normalize.places import Address, resolve

Cell = tuple[str, int, str]
"""A table, the position of a row among the report's rows of that table, and a column."""

One = TypeVar("One", bound=Record)
Flagged = TypeVar("Flagged", Report, Score, Measure)


def derive(reading: Reading, decided: Collection[Cell] = (), void: Collection[int] = ()) -> Reading:
    """Return a report's records with every value that follows from others in line with them.

    A second call changes nothing. `decided` are the cells that a person decided on: they stay as they are.
    `void` are the positions of scores that are known to be wrong: they do not count in the total.
    """
    kept: dict[tuple[str, int], set[str]] = defaultdict(set)
    for table, at, column in decided:
        kept[table, at].add(column)
    of_report = kept["reports", 0]
    report = _located(reading.report, of_report)
    results = [_identified(result, report) for result in reading.results]
    ids: dict[str, list[str]] = defaultdict(list)
    for one in results:
        if one.scope == "agency" and one.agency and one.agency_id:
            ids[one.agency].append(one.agency_id)
    doubtful = lists_others(results) and is_doubtful(report.flags)
    scores = [_named(score, report, ids, doubtful) for score in reading.scores]
    total = total_of(report.agency, report.fiscal_year, scores, void)
    kinds = (*_kinds(scores, results, reading.findings, reading.measures), *_stated(report))
    report = _with(report, of_report, overall_computed=total.computed, kind=kinds)
    wrong = agrees(total.computed, report.overall_score) is False
    doubted = frozenset(total.own if wrong else ())
    for at in total.own:
        scores[at] = _flagged(scores[at], Flag.SUM_MISMATCH, on=at in doubted)
    for at in total.own:
        if at not in void and scores[at].indicator_no in total.clashing:
            scores[at] = _flagged(scores[at], Flag.SCORE_CONFLICT, on=True)
    return with_own_result(
        reading.model_copy(
            update={
                "report": _flagged(_confirmed(report), Flag.SUM_MISMATCH, on=wrong),
                "scores": tuple(scores),
                "results": tuple(results),
                "measures": tuple(_dated(measure) for measure in reading.measures),
            }
        )
    )


def _confirmed(report: Report) -> Report:
    """Return a report without doubts about an overall score that follows from the indicator scores."""
    if agrees(report.overall_computed, report.overall_score):
        for column in ("overall_score", "grade"):
            report = _flagged(report, Flag.UNSURE.of(column), on=False)
    return report


def _kinds(
    scores: Sequence[Score],
    results: Sequence[Result],
    findings: Sequence[Finding],
    measures: Sequence[Measure],
) -> tuple[ReportKind, ...]:
    """Return what a report is, by what it holds: scores or results of more than two agencies make a summary."""
    kinds: list[ReportKind] = []
    listed = lists_others(results)
    if is_summary(scores) or listed:
        kinds.append("summary")
    own = any(score.scope == "own" for score in scores)
    if (own or findings) if listed else (not kinds and (scores or findings)):
        kinds.append("analysis")
    done = [one for one in measures if one.status or one.result or one.outcome]
    if len(done) < len(measures):
        kinds.append("measures")
    if done:
        kinds.append("progress")
    return tuple(kinds)


def _stated(report: Report) -> Iterator[ReportKind]:
    """Yield the kinds that the document states: no row shows them, so they are kept as they are."""
    yield from (kind for kind in report.kind if kind in ("national", "news", "plan"))


def _located(report: Report, kept: Collection[str]) -> Report:
    """Return a report with the codes of its place, and the type and id of its agency."""
    agency = agency_of_name(report.agency) if report.agency else None
    address = _address(report.subdistrict, report.district, report.province)
    report = _with(
        report,
        kept,
        subdistrict_code=address.subdistrict_code if address and report.subdistrict else None,
        district_code=address.district_code if address and report.district else None,
        province_code=address.province_code if address and report.province else None,
        agency_type=agency.agency_type if agency else report.agency_type,
    )
    return _with(report, kept, agency_id=agency_id(report.agency, report.district_code, report.province_code))


@lru_cache(maxsize=4096)
def _address(subdistrict: str | None, district: str | None, province: str | None) -> Address | None:
    """Return the address of a place; where its subdistrict lies elsewhere, that of its district."""
    return resolve(subdistrict, district, province) or resolve(None, district, province)


def _identified(result: Result, report: Report) -> Result:
    """Return a result with the id of its agency; a level has none."""
    if result.scope == "own":
        return _with(result, (), agency_id=report.agency_id)
    if result.scope != "agency":
        return _with(result, (), agency_id=None)
    return _with(result, (), agency_id=result_agency_id(result))


def _named(score: Score, report: Report, ids: Mapping[str, Sequence[str]], doubtful: bool) -> Score:
    """Return a score with its agency's id, its indicator's name and instrument, and a doubt out of range.

    `ids` are those of the agencies with results, by name. An agency without one is taken to be in the report's province.
    `doubtful`: the document lists many agencies, and may not be that of the one that it names.
    """
    own_name = None if doubtful else report.agency
    scope: Scope | None = "own" if score.agency in (None, own_name) else "agency"
    if score.scope not in (None, "own", "agency"):
        scope = score.scope
    own = report.agency_id if scope == "own" else None
    listed = ids.get(score.agency or "", ())
    other = score.agency_id if score.agency_id in listed else next(iter(listed), None)
    if scope == "agency" and own is None and other is None:
        other = agency_id(score.agency, None, report.province_code)
    named = indicator(score.indicator_no, score.fiscal_year)
    score = _with(
        score,
        (),
        scope=scope,
        agency_id=own or other,
        indicator=named.name,
        instrument=named.instrument,
    )
    return _flagged(score, Flag.RANGE, on=not 0 <= score.score <= 100)


def instrument_of_finding(finding: Finding, year: int | None) -> Instrument | None:
    """Return the instrument of a finding whose indicators or item were corrected: its item's, else its indicators'.

    `year` is the fiscal year (B.E.) of the report's results. `derive` leaves instruments of findings alone:
    extraction also takes them from the headings around a finding, which its record does not hold.
    """
    letters = {code[0] for code in (finding.item_code or "").split("|") if code}
    of_items = INSTRUMENT_OF.get(letters.pop()) if len(letters) == 1 else None
    return of_items or instrument_of(finding.indicator_no, None, finding.instrument, year)


def _dated(measure: Measure) -> Measure:
    """Return a measure with a doubt where its period ends before it starts."""
    start, end = measure.period_start, measure.period_end
    return _flagged(
        measure,
        Flag.PERIOD_DOUBT.of("end_before_start"),
        on=start is not None and end is not None and end < start,
    )


def _with(record: One, kept: Collection[str], **values: object) -> One:
    """Return a record with other values in the fields that are not kept; itself where nothing changes."""
    changed = {
        name: value for name, value in values.items() if name not in kept and getattr(record, name) != value
    }
    return record.model_copy(update=changed) if changed else record


def _flagged(record: Flagged, flag: str, *, on: bool) -> Flagged:
    """Return a record with a flag or without it; itself where nothing changes."""
    if on == (flag in record.flags):
        return record
    flags = (*record.flags, flag) if on else tuple(one for one in record.flags if one != flag)
    return record.model_copy(update={"flags": flags})
