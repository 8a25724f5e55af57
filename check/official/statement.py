"""What a document states of an agency in a year: one value of one measure, with its source location."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from thaita.check.agencies.mention import Mention
from thaita.check.official.equal import width_of
from thaita.check.official.measures import RESULT_MEASURES
from thaita.check.official.standing import STANDINGS, Standing, doubts, standing
from thaita.extract.resolve.results import lists_others
from thaita.extract.resolve.total import is_summary
from thaita.models.records import Provenance, Reading, Report, Result, Score


@dataclass(frozen=True, slots=True)
class Statement:
    """A value that a document states.

    `value` is a percentage, or the grade as written. `width` is half the range of percentages that points of a
    weight can stand for, 0 for a value that is not converted. `flags` are those that concern the value, and
    `standing` how much it can be relied on.
    """

    mention: Mention
    year: int | None
    measure: str
    value: Decimal | str
    table: str
    row_id: str
    source: str
    provenance: Provenance
    flags: tuple[str, ...] = ()
    standing: Standing = "sure"
    width: Decimal = Decimal(0)

    @property
    def document(self) -> str:
        """The id of the document."""
        return self.mention.document

    @property
    def doubtful(self) -> bool:
        """Whether a flag says that the value may be misread, and no person has decided that it is right."""
        return self.standing in ("doubted", "unusable")

    @property
    def usable(self) -> bool:
        """Whether the value is on the scale of 0-100 and not marked as wrong."""
        return self.standing != "unusable"

    @property
    def certainty(self) -> tuple[int, float]:
        """A key that sorts the surest statement first."""
        return STANDINGS.index(self.standing), -(self.provenance.confidence or 0.0)


@dataclass(slots=True)
class Side:
    """What the documents of one side state; `reported` are the agencies and years of the reports themselves."""

    statements: list[Statement] = field(default_factory=list)
    reported: list[Mention] = field(default_factory=list)
    documents: int = 0
    copies: int = 0
    """Copies of reports, which are left out."""
    listed: set[str] = field(default_factory=set)
    """The ids of the documents that are lists."""
    problems: int = 0
    """Problems of the documents that a person should look at."""


AS_WRITTEN = "_as_written"
"""The end of a column's name in `evidence` whose value is the points that a percentage of `results` was converted from."""


def is_points(row: Mapping[str, object]) -> bool:
    """Return whether a row of `evidence` has the points that a percentage of `results` was converted from."""
    return row["table"] == "results" and str(row["column"]).endswith(AS_WRITTEN)


OF_ONE = frozenset({"analysis", "measures", "progress"})
"""The kinds of an agency's own report; what it says of its neighbours is no list."""


def is_list(reading: Reading) -> bool:
    """Return whether a document lists the results of several agencies, and is no agency's report on itself."""
    report = reading.report
    if report.agency is not None and OF_ONE & {*report.kind}:
        return False
    return lists_others(reading.results) or is_summary(
        [one for one in reading.scores if one.scope == "agency"]
    )


def own_side(readings: Iterable[Reading], listed: frozenset[str] = frozenset()) -> Side:
    """Return what agencies' own reports state of themselves.

    `listed` are the ids of documents that are lists on the other side: a list is not compared with itself.
    Copies of a report count once.
    """
    side = Side()
    for reading in readings:
        report = reading.report
        side.copies += report.same_as is not None
        if report.same_as is None and report.report_id not in listed:
            side.documents += 1
            side.statements += _statements(reading, ("own",))
            if report.agency is not None and not is_list(reading):
                side.reported.append(of_report(report))
    return side


def official_side(readings: Iterable[Reading], own: frozenset[str] = frozenset()) -> Side:
    """Return what lists state of agencies; `own` are the ids of documents that count as reports of the other side."""
    side = Side()
    for reading in readings:
        report_id, listing = reading.report.report_id, is_list(reading)
        side.copies += reading.report.same_as is not None
        if reading.report.same_as is None and (listing or report_id not in own):
            # in a list, the row of the agency that published it is a row like the others
            found = list(_statements(reading, ("agency", "own") if listing else ("agency",)))
            side.documents += bool(found)
            side.statements += found
            side.listed |= {report_id} if listing else set()
            side.problems += sum(one.severity != "info" for one in reading.problems) if found else 0
    return side


def of_report(report: Report, year: int | None = None) -> Mention:
    """Return the mention of a report's own agency."""
    return Mention(
        report.agency,
        report.agency_id,
        report.agency_type,
        report.district,
        report.province,
        report.report_id,
        year or report.fiscal_year,
    )


def _statements(reading: Reading, scopes: Sequence[str]) -> Iterator[Statement]:
    report = reading.report
    places = {(one.table, one.row_id, one.column): one for one in reading.evidence}
    mentions: dict[tuple[str | None, str | None], Mention] = {}
    for result in reading.results:
        if result.scope in scopes:
            mention = _of_result(result, report)
            mentions.setdefault((result.agency, result.agency_id), mention)
            for measure in RESULT_MEASURES:
                value = getattr(result, measure)
                if value is None:
                    continue
                written = places.get(("results", result.result_id, f"{measure}{AS_WRITTEN}"))
                place = (
                    places.get(("reports", report.report_id, measure))
                    if _is_reports(result, report)
                    else None
                )
                yield Statement(
                    mention,
                    result.fiscal_year,
                    measure,
                    value,
                    "results",
                    result.result_id,
                    report.source,
                    place.provenance if place and place.value == str(value) else result.provenance,
                    doubts(result.flags, measure),
                    standing(result.flags, measure),
                    width_of(value, written.value if written else ""),
                )
    for score in reading.scores:
        if score.scope in scopes:
            yield _of_score(score, report, mentions)


def _is_reports(result: Result, report: Report) -> bool:
    return result.scope == "own" and result.fiscal_year == report.fiscal_year


def _of_score(
    score: Score, report: Report, mentions: dict[tuple[str | None, str | None], Mention]
) -> Statement:
    if score.scope == "own" and (score.agency is None or score.agency == report.agency):
        mention = of_report(report, score.fiscal_year)
    else:
        named = Mention(
            score.agency,
            score.agency_id,
            document=report.report_id,
            year=score.fiscal_year,
            row=score.score_id,
        )
        mention = mentions.get((score.agency, score.agency_id), named)
    measure = f"i{score.indicator_no}"
    return Statement(
        mention,
        score.fiscal_year,
        measure,
        score.score,
        "scores",
        score.score_id,
        report.source,
        score.provenance,
        doubts(score.flags, measure),
        standing(score.flags, measure),
    )


def _of_result(result: Result, report: Report) -> Mention:
    if result.scope == "own" and (result.agency is None or result.agency == report.agency):
        return of_report(report, result.fiscal_year)
    return Mention(
        result.agency,
        result.agency_id,
        result.agency_type,
        result.district,
        result.province,
        result.report_id,
        result.fiscal_year,
        result.result_id,
        str(result.overall_score or ""),
    )
