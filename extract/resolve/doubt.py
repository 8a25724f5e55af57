"""The confidence of every value of a report, and the flags that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from thaita.extract.resolve.confidence import Judgement, judge, least
from thaita.models.flags import ABOUT, NOTES, Flag
from thaita.models.records import Finding, Measure, Provenance, Reading, Report, Result, Score
from thaita.normalize.names import read_table

FLAGGED = 0.9
"""Confidence below which a value has a flag."""

FLAGGED_FIELD = 0.8
"""The same for a field of the report, most of which have flags of their own for what makes them doubtful."""

Key = tuple[str, str, str]
"""A table, the id of a row, and a column; the column is empty for the row as a whole."""
Row = TypeVar("Row", Score, Result, Finding, Measure)


@dataclass(slots=True)
class Reasons:
    """The reasons for and against each value, by its place in the dataset and the part of it that they speak of."""

    of: dict[Key, list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)

    def add(self, key: Key, part: str, reasons: Iterable[str]) -> None:
        """Add the reasons that speak of a part of a value."""
        self.of.setdefault(key, []).append((part, tuple(reasons)))

    def judged(self) -> dict[Key, Judgement]:
        """Return how likely each value is right, by its least certain part."""
        return {
            key: least([judge(part, reasons) for part, reasons in parts]) for key, parts in self.of.items()
        }


def with_confidence(reading: Reading, reasons: Reasons) -> Reading:
    """Return the records with their confidence, flagged where it is low and no flag says so yet."""
    report = reading.report
    judged = reasons.judged()
    year = judged.get(("reports", report.report_id, "fiscal_year"))
    if year is not None:
        # a score is no surer than the year that it is said to be of
        of_year = Judgement(year.confidence, "other_year")
        for score in reading.scores:
            key = ("scores", score.score_id, "")
            if score.fiscal_year == report.fiscal_year and key in judged:
                judged[key] = least([judged[key], of_year])
    unsure = tuple(
        Flag.UNSURE.of(column)
        for (table, _, column), one in judged.items()
        if table == "reports" and one.confidence < FLAGGED_FIELD and not _is_doubted(report, column)
    )
    evidence = tuple(
        one.model_copy(update={"provenance": _sure(one.provenance, found)})
        if (found := judged.get((one.table, one.row_id, one.column)))
        else one
        for one in reading.evidence
    )
    return reading.model_copy(
        update={
            "report": report.model_copy(update={"flags": tuple(dict.fromkeys((*report.flags, *unsure)))}),
            "scores": _rows(reading.scores, "scores", "score_id", judged),
            "results": _rows(reading.results, "results", "result_id", judged),
            "findings": _rows(reading.findings, "findings", "finding_id", judged),
            "measures": _rows(reading.measures, "measures", "measure_id", judged),
            "evidence": evidence,
        }
    )


def _is_doubted(report: Report, column: str) -> bool:
    """Return whether a field has no value, or a flag already says what makes it doubtful: one fact is one doubt."""
    about = "overall_score" if column == "grade" else column
    flags = [known for flag in report.flags if (known := Flag.known(flag)) is not None]
    return getattr(report, column) is None or any(about in ABOUT.get(flag, ()) for flag in flags)


def _rows(rows: Sequence[Row], table: str, id_: str, judged: Mapping[Key, Judgement]) -> tuple[Row, ...]:
    return tuple(
        _doubted(row, found) if (found := judged.get((table, getattr(row, id_), ""))) else row for row in rows
    )


def _doubted(row: Row, found: Judgement) -> Row:
    doubted = any(Flag.known(flag) not in NOTES for flag in row.flags)
    flags = row.flags if found.confidence >= FLAGGED or doubted else (*row.flags, doubt_of(found.against))
    return row.model_copy(update={"flags": flags, "provenance": _sure(row.provenance, found)})


def _sure(provenance: Provenance, found: Judgement) -> Provenance:
    """Return a provenance with the confidence of its value, no higher than that of the words of a scan.

    The flag `ocr` says that a scan was not read with certainty.
    """
    recognized = 1.0 if provenance.confidence is None else provenance.confidence
    return provenance.model_copy(update={"confidence": min(found.confidence, recognized)})


def doubt_of(reason: str) -> str:
    """Return the flag that names a reason against a value.

    >>> doubt_of("figure"), doubt_of("a reason without a name")
    ('unsure_figure', 'unsure_evidence')
    """
    names = _doubts()
    start = max((one for one in names if reason.startswith(one)), key=len, default="")
    return Flag.UNSURE.of(names.get(start, "evidence"))


@cache
def _doubts() -> dict[str, str]:
    return {row["reason"]: row["doubt"] for row in read_table("confidence_reasons.csv")}
