"""The verdicts of a check: the result of a rule for a report, its evidence and its confidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from thaita.models.codes import Language as Language
from thaita.models.records import Provenance, Severity

VerdictStatus = Literal["present", "partly", "absent", "holds", "broken", "not_judged"]
"""`present`, `partly` and `absent` are verdicts on required content, `holds` and `broken` on consistency;
`not_judged` means that the rule cannot be applied to the report, for the reason in the message."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that reports are checked against.

    `year` is the fiscal year (B.E.), or None for a rule that applies to all years. `check` names the check that the
    program runs, with `argument`. `kinds` are the kinds of reports that the rule applies to; empty for all.
    `severity` is the severity of a failure, before the limit that `confidence` sets.
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
    """Evidence for a verdict: a row, and its source location in the report."""

    table: str
    row_id: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a rule for a report.

    `severity` is None if no action is needed. `message` names a text in messages.csv, which `values` fill in.
    `confidence` and `source` are those of the rule or of the year's figures that the rule used. `was` is the message
    that holds for what was read, if the verdict could not be given for the whole report.
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
    was: str = ""


Unseen = tuple[str, Mapping[str, str]]
"""What could not be read of a report: the name of a message in messages.csv, and its values."""
