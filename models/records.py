"""The records extracted from a report, with source locations, quotes and flags."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, model_validator

from thaita.models.codes import Severity as Severity
from thaita.models.document import Box
from thaita.models.finding_kinds import FindingKind
from thaita.models.problem_codes import thai_message
from thaita.models.source_text import Span
from thaita.models.summary import reading_html, reading_summary

Instrument = str
"""The abbreviation of an instrument in a year's framework, such as IIT."""
Status = Literal["done", "in_progress", "not_started"]
UnreadKind = Literal["narrative", "heading", "boilerplate", "unclear"]
ReportKind = Literal["analysis", "measures", "progress", "summary", "national", "news", "plan"]
Scope = Literal["own", "agency", "national", "province", "ministry", "type"]
"""Whose score or result a row is: the report's own agency's, another agency's, or that of a level."""


class Record(BaseModel):
    """Base class of all records: immutable, without extra fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Provenance(Record):
    """The source location of a value.

    `spans` are its character ranges in the extracted text, in order; a row split by a page break has several.
    `page` (from 1) and `box` (PDF points from the top left corner of the page) locate the first span; they are None
    for formats without pages. `confidence` (0-1) is the calibrated probability that the value is right; of values
    that are not judged, for scans, the lowest probability that a word of the spans was read correctly.
    """

    spans: tuple[Span, ...] = ()
    quote: str = ""
    page: int | None = None
    box: Box | None = None
    confidence: float | None = None

    @property
    def start(self) -> int | None:
        """The first offset, or None if the value has no source location."""
        return self.spans[0][0] if self.spans else None

    @property
    def end(self) -> int | None:
        """The offset after the last character, or None if the value has no source location."""
        return self.spans[-1][1] if self.spans else None


class Report(Record):
    """A report: its file, agency, years (B.E.) and overall result.

    `same_as` is the `report_id` of an earlier file in the archive that contains the same report in another format.
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
    """The score of an indicator for an agency or level (`scope`) and year (B.E.)."""

    report_id: str
    score_id: str
    scope: Scope | None = None
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


class Result(Record):
    """The result of an agency or level (`scope`) in a year (B.E.): what one document states of it.

    Instruments and the parts of EIT are percentages. `agencies` is the number of agencies behind a mean. `agency` is
    the full name of the agency or the name of the level. `scope` is None if the document leaves it open.
    """

    report_id: str
    result_id: str
    scope: Scope | None = None
    agency: str | None = None
    agency_id: str | None = None
    agency_type: str | None = None
    district: str | None = None
    province: str | None = None
    fiscal_year: int | None = None
    overall_score: Decimal | None = None
    grade: str | None = None
    iit: Decimal | None = None
    eit: Decimal | None = None
    eit_part1: Decimal | None = None
    eit_part2: Decimal | None = None
    oit: Decimal | None = None
    rank: int | None = None
    agencies: int | None = None
    flags: tuple[str, ...] = ()
    provenance: Provenance = Provenance()


class Finding(Record):
    """A finding about the agency in the words of the report, such as a strength or a weakness (`kind`)."""

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
    """A step of a measure, without its number; `step_no` counts from 1 in the order of the report."""

    measure_id: str
    step_no: int
    no_as_written: str | None = None
    text: str
    provenance: Provenance


class Owner(Record):
    """A unit, role or person responsible for a measure."""

    measure_id: str
    owner: str
    provenance: Provenance


class Measure(Record):
    """A measure that the agency plans or has carried out. The dates of its period are C.E."""

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
    """The source location of one value: the cell or phrase from which a column of a row was read."""

    report_id: str
    table: str
    row_id: str
    column: str
    value: str
    provenance: Provenance


class Doubt(Record):
    """A value in doubt: its cell, the flag with the strongest reason, and what else the value could be.

    `detail` has the words or figures behind the doubt. `open` is false once a person has decided.
    """

    doubt_id: str
    report_id: str
    table: str
    row_id: str
    column: str
    flag: str
    detail: str | None = None
    alternative: tuple[str, ...] = ()
    open: bool = True


class Problem(Record):
    """A problem that a person should look at. `report_id` is None for a file that yielded no report.

    Without a Thai message of its own, a problem has the meaning of its code and what stands in the English message
    in any language.
    """

    report_id: str | None = None
    source: str = ""
    severity: Severity
    code: str
    message_th: str = ""
    message_en: str
    table: str | None = None
    row_id: str | None = None
    provenance: Provenance = Provenance()

    @model_validator(mode="before")
    @classmethod
    def _in_thai(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {"message_th": thai_message(values["code"], values["message_en"])} | values

    @property
    def message(self) -> str:
        """The message in English."""
        return self.message_en


class Unread(Record):
    """A block of the source that no other table contains."""

    report_id: str
    kind: UnreadKind
    text: str
    flags: tuple[str, ...] = ()
    provenance: Provenance


class Reading(Record):
    """All records extracted from one file."""

    report: Report
    scores: tuple[Score, ...] = ()
    results: tuple[Result, ...] = ()
    findings: tuple[Finding, ...] = ()
    measures: tuple[Measure, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[Unread, ...] = ()

    def __repr__(self) -> str:
        """Return a one-line summary; the full records would fill the screen."""
        return reading_summary(self)

    def _repr_html_(self) -> str:
        return reading_html(self)
