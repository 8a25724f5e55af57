"""The data of a report that checks need: its scores, its claims, and where it states them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from thaita.extract.find.claims import ClaimKind
from thaita.models.records import Evidence, Finding, Measure, Provenance, Reading, Score, Severity
from thaita.models.verdicts import VerdictStatus, Where
from thaita.normalize.frameworks import Framework, framework, indicator
from thaita.normalize.truncate import shortened

PLACES = 60
"""Maximum number of places in a verdict."""

_NAMED = 60
"""Maximum length of a title in a message, in characters."""


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """A claim in the prose about one indicator, and its evidence."""

    claimed: ClaimKind
    no: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a check. A check returns None instead if it does not apply to the report.

    `message` is the suffix of the message's name; `values` fill its placeholders. `confidence` and `source`
    replace those of the rule if they depend on the figures of the year. `severity` replaces that of the rule if
    only a person can judge the result.
    """

    status: VerdictStatus
    message: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    where: tuple[Where, ...] = ()
    confidence: str = ""
    source: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A report and the values that several checks need. `year` is the fiscal year (B.E.) of the rules."""

    reading: Reading
    year: int | None

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of the report, without `measures` if it reports progress on at least half of its measures."""
        kinds, found = frozenset(self.reading.report.kind), self.reading.measures
        answered = sum(map(is_answered, found))
        return kinds - {"measures"} if "progress" in kinds and 2 * answered >= len(found) else kinds

    @property
    def framework(self) -> Framework:
        """The framework of the year of the report's results."""
        return framework(self.reading.report.fiscal_year)

    def indicators(self, numbers: Iterable[int]) -> str:
        """Return indicators as shown in messages, such as "3 การใช้อำนาจ"."""
        year = self.reading.report.fiscal_year
        return ", ".join(f"{no} {indicator(no, year).name}" for no in numbers)

    @property
    def scores(self) -> Mapping[int, Score]:
        """The scores of the report's own agency in the year of its results, by indicator."""
        report = self.reading.report
        return {
            score.indicator_no: score
            for score in self.reading.scores
            if score.agency in (None, report.agency) and score.fiscal_year in (None, report.fiscal_year)
        }

    @property
    def figures(self) -> dict[int, Decimal]:
        """The values of `scores`, by indicator."""
        return {no: score.score for no, score in self.scores.items()}

    @property
    def claims(self) -> list[StatedClaim]:
        """The claims in the prose about single indicators."""
        no_of = {score.score_id: score.indicator_no for score in self.reading.scores}
        return [
            StatedClaim(_claimed(one.value), no_of[one.row_id], one)
            for one in self.reading.evidence
            if one.table == "scores" and one.column == "claimed" and one.row_id in no_of
        ]

    def field_place(self, column: str) -> tuple[Where, ...]:
        """Return the place where the report states a field of its `reports` row; empty if there is none."""
        report_id = self.reading.report.report_id
        return tuple(
            Where("reports", report_id, one.provenance)
            for one in self.reading.evidence
            if one.table == "reports" and one.column == column
        )[:1]

    def part_place(self, measure: Measure, columns: tuple[str, ...]) -> Where:
        """Return the place where the report states one of these columns of a measure, else that of the measure."""
        if "steps" in columns and measure.steps:
            return Where("measure_steps", measure.measure_id, measure.steps[0].provenance)
        if "owner" in columns and measure.owners:
            return Where("measure_owners", measure.measure_id, measure.owners[0].provenance)
        for one in self.reading.evidence:
            if one.row_id == measure.measure_id and one.column in columns and one.provenance.spans:
                return Where("measures", measure.measure_id, one.provenance)
        return Where("measures", measure.measure_id, measure.provenance)


def is_answered(measure: Measure) -> bool:
    """Return whether a measure has a status, a result or an outcome."""
    return bool(measure.status or measure.result or measure.outcome)


def _claimed(value: str) -> ClaimKind:
    for known in ("strength", "weakness", "highest"):
        if value == known:
            return known
    return "lowest"


def places(*records: Score | Finding | Measure) -> tuple[Where, ...]:
    """Return the places of records, at most `PLACES`."""
    return tuple(_place(record) for record in records[:PLACES])


def _place(record: Score | Finding | Measure) -> Where:
    if isinstance(record, Score):
        return Where("scores", record.score_id, record.provenance)
    if isinstance(record, Finding):
        return Where("findings", record.finding_id, record.provenance)
    return Where("measures", record.measure_id, record.provenance)


def of_report(view: View, provenance: Provenance | None = None) -> tuple[Where, ...]:
    """Return the report as a whole as the place."""
    return (Where("reports", view.reading.report.report_id, provenance or Provenance()),)


def measures(some: Iterable[Measure], among: Iterable[Measure]) -> str:
    """Return measures as shown in messages: their position in the report and the start of their title."""
    place = {measure.measure_id: i for i, measure in enumerate(among, 1)}
    return "; ".join(
        f"{place[m.measure_id]} «{shortened(m.title or m.guideline or '', _NAMED)}»" for m in some
    )
