"""The verdicts of a check: what a rule found in one report, where, and how sure the rule is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from thaita.models.codes import Language as Language
from thaita.models.records import Provenance, Severity

VerdictStatus = Literal["present", "partly", "absent", "holds", "broken", "not_judged"]
"""`present`, `partly`, `absent`: of what a rule asks for; `holds`, `broken`: of what must agree;
`not_judged`: the rule cannot be applied to this report, and the message says why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that reports are held against; years are B.E.

    `year` is None for a rule of every year. `check` names what the program looks for and `argument` what
    exactly; `kinds` are the kinds of report that it is for, none for all. `severity` is that of a report
    that fails it, before what `confidence` allows.
    """

    rule: str
    year: int | None
    check: str
    argument: str
    kinds: tuple[str, ...]
    severity: Severity
    confidence: str
    source: str
    title: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Where:
    """A place that a verdict rests on: the row that was looked at, and where the report says it."""

    table: str
    row_id: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule found in one report.

    `severity` is None where nothing is to be done. `message` names a text of messages.csv and `values`
    fill it; `confidence` and `source` are the rule's, or those of the year's figures that it used.
    """

    report_id: str
    rule: Rule
    status: VerdictStatus
    severity: Severity | None
    message: str
    values: Mapping[str, str] = field(default_factory=dict)
    where: tuple[Where, ...] = ()
    confidence: str = ""
    source: str = ""
