"""One report as the rules look at it: its own scores, its claims, and the places of what was found."""

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
"""Places that a verdict names at most."""

_NAMED = 60
"""Characters of a title that a message shows."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the prose calls one indicator, and where."""

    claimed: ClaimKind
    no: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Result:
    """What a check found; None instead of it: the check does not concern the report.

    `message` is the ending of the message's name; `values` fill it. `confidence` and `source` stand
    where the year's figures decide how sure the rule is. `severity` stands in place of the
    rule's: for what only a person can judge.
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
    """A report with what several checks ask of it. `year` is the fiscal year (B.E.) whose rules hold."""

    reading: Reading
    year: int | None

    @property
    def kinds(self) -> frozenset[str]:
        """What the report is; one that answers at least half of its measures is no plan of the others."""
        kinds, found = frozenset(self.reading.report.kind), self.reading.measures
        answered = sum(map(is_answered, found))
        return kinds - {"measures"} if "progress" in kinds and 2 * answered >= len(found) else kinds

    @property
    def framework(self) -> Framework:
        """What the year of the report's results assesses."""
        return framework(self.reading.report.fiscal_year)

    def indicators(self, numbers: Iterable[int]) -> str:
        """Return indicators as a message names them, such as "3 การใช้อำนาจ"."""
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
        """The same as numbers."""
        return {no: score.score for no, score in self.scores.items()}

    @property
    def said(self) -> list[Said]:
        """What the prose calls single indicators."""
        no_of = {score.score_id: score.indicator_no for score in self.reading.scores}
        return [
            Said(_claimed(one.value), no_of[one.row_id], one)
            for one in self.reading.evidence
            if one.table == "scores" and one.column == "claimed" and one.row_id in no_of
        ]

    def field_place(self, column: str) -> tuple[Where, ...]:
        """Return where the report states one of its own fields."""
        report_id = self.reading.report.report_id
        return tuple(
            Where("reports", report_id, one.provenance)
            for one in self.reading.evidence
            if one.table == "reports" and one.column == column
        )[:1]

    def part_place(self, measure: Measure, columns: tuple[str, ...]) -> Where:
        """Return where the report states one of these columns of a measure, else the measure itself."""
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
    """Return where records stand, the first `PLACES` of them."""
    return tuple(_place(record) for record in records[:PLACES])


def _place(record: Score | Finding | Measure) -> Where:
    if isinstance(record, Score):
        return Where("scores", record.score_id, record.provenance)
    if isinstance(record, Finding):
        return Where("findings", record.finding_id, record.provenance)
    return Where("measures", record.measure_id, record.provenance)


def of_report(view: View, provenance: Provenance | None = None) -> tuple[Where, ...]:
    """Return the report itself as the place."""
    return (Where("reports", view.reading.report.report_id, provenance or Provenance()),)


def measures(some: Iterable[Measure], among: Iterable[Measure]) -> str:
    """Return measures as a message names them: their place in the report and the start of their title."""
    place = {measure.measure_id: i for i, measure in enumerate(among, 1)}
    return "; ".join(
        f"{place[m.measure_id]} «{shortened(m.title or m.guideline or '', _NAMED)}»" for m in some
    )
