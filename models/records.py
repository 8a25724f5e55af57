"""The records: what is found in one report, each value with its place, its quote and its doubts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from thaita.models.codes import Severity as Severity
from thaita.models.document import Box
from thaita.models.finding_kinds import FindingKind
from thaita.models.source_text import Span
from thaita.models.summary import reading_html, reading_summary

Instrument = str
"""The abbreviation of an instrument, such as IIT: one that a year's framework has."""
Status = Literal["done", "in_progress", "not_started"]
UnreadKind = Literal["narrative", "heading", "boilerplate", "unclear"]
ReportKind = Literal["analysis", "measures", "progress", "summary"]


class Record(BaseModel):
    """The base of all records: immutable, and strict about names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Provenance(Record):
    """Where a value stands in its source.

    `spans` are the character ranges in the extracted text, in order; a row that a page break cut has
    several. `page` (from 1) and `box` (PDF points from the page's top left) are those of the first
    range, and None for formats without pages. `confidence` is, of a scan, the probability that the least
    sure word of the ranges is read right.
    """

    spans: tuple[Span, ...] = ()
    quote: str = ""
    page: int | None = None
    box: Box | None = None
    confidence: float | None = None

    @property
    def start(self) -> int | None:
        """The first offset, or None where the value has no place of its own."""
        return self.spans[0][0] if self.spans else None

    @property
    def end(self) -> int | None:
        """The offset after the last character."""
        return self.spans[-1][1] if self.spans else None


class Report(Record):
    """One report: which agency, which years, which overall result. Years are B.E.

    `same_as` is the `report_id` of an earlier file of the archive that is the same report, in another format.
    """

    report_id: str
    source: str
    sha256: str
    media_type: str
    page_count: int | None = None
    kind: tuple[ReportKind, ...] = ()
    agency: str | None = None
    agency_id: str | None = None
    agency_type: str | None = None
    subdistrict: str | None = None
    district: str | None = None
    province: str | None = None
    province_code: str | None = None
    district_code: str | None = None
    subdistrict_code: str | None = None
    fiscal_year: int | None = None
    plan_year: int | None = None
    overall_score: Decimal | None = None
    grade: str | None = None
    overall_computed: Decimal | None = None
    same_as: str | None = None
    flags: tuple[str, ...] = ()


class Score(Record):
    """The score of one indicator for one agency and year."""

    report_id: str
    score_id: str
    agency: str | None = None
    agency_id: str | None = None
    fiscal_year: int | None = None
    instrument: Instrument
    indicator_no: int
    indicator: str
    score: Decimal
    score_as_written: str
    name_as_written: str
    no_as_written: str | None = None
    name_match: float
    flags: tuple[str, ...] = ()
    provenance: Provenance


class Finding(Record):
    """What a report finds of its agency, in the report's own words; `kind` says whether it is a strength or what else."""

    report_id: str
    finding_id: str
    kind: FindingKind
    instrument: Instrument | None = None
    indicator_no: tuple[int, ...] = ()
    topic_no: int | None = None
    item_code: str | None = None
    text: str
    flags: tuple[str, ...] = ()
    provenance: Provenance


class Step(Record):
    """A step of a measure, without its number; `step_no` counts from 1 in the report's order."""

    measure_id: str
    step_no: int
    no_as_written: str | None = None
    text: str
    provenance: Provenance


class Owner(Record):
    """A unit responsible for a measure."""

    measure_id: str
    owner: str
    provenance: Provenance


class Measure(Record):
    """A measure that the agency plans or has carried out. Periods are dates of the Common Era."""

    report_id: str
    measure_id: str
    measure_no: str | None = None
    title: str | None = None
    indicator_no: tuple[int, ...] = ()
    topic_no: int | None = None
    item_code: str | None = None
    guideline: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    period_as_written: str | None = None
    monitoring: str | None = None
    status: Status | None = None
    result: str | None = None
    outcome: str | None = None
    steps: tuple[Step, ...] = ()
    owners: tuple[Owner, ...] = ()
    flags: tuple[str, ...] = ()
    provenance: Provenance


class Evidence(Record):
    """Where one value of a row stands: the cell or phrase that gave a single column its value."""

    report_id: str
    table: str
    row_id: str
    column: str
    value: str
    provenance: Provenance


class Problem(Record):
    """A thing that a person should look at. `report_id` is None for a file that gave no report."""

    report_id: str | None = None
    source: str = ""
    severity: Severity
    code: str
    message: str
    table: str | None = None
    row_id: str | None = None
    provenance: Provenance = Provenance()


class Unread(Record):
    """A block of the source that no table took."""

    report_id: str
    kind: UnreadKind
    text: str
    flags: tuple[str, ...] = ()
    provenance: Provenance


class Reading(Record):
    """All that one file gave."""

    report: Report
    scores: tuple[Score, ...] = ()
    findings: tuple[Finding, ...] = ()
    measures: tuple[Measure, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[Unread, ...] = ()

    def __repr__(self) -> str:
        """Return one line: all records would fill screens."""
        return reading_summary(self)

    def _repr_html_(self) -> str:
        return reading_html(self)
