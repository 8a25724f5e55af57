"""Checks a dataset against the rules: each report, and the reports of one agency against each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from thaita.check.archive import Archive, summary_of
from thaita.check.judge import Judged, judge
from thaita.check.rulebook import Rulebook
from thaita.models.measure_tables import MEASURE_TEXTS
from thaita.models.rows import Row
from thaita.out.tables.report_records import readings

_SUMMARY = ("reports", "scores", "measures")
_NEEDED = (*_SUMMARY, "findings", "measure_steps", "measure_owners", "evidence", "doubts", "problems")


def check_dataset(dataset: Path, rules: Rulebook | None = None, *, verify: bool = True) -> Iterator[Judged]:
    """Yield the verdicts of all applicable rules on each report of a dataset, in the dataset's order.

    The dataset is read twice and never held in memory as a whole. Raises DatasetError if a table is missing or
    damaged; with `verify`, also if it differs from its checksum.
    """
    archive = Archive(map(summary_of, readings(dataset, _SUMMARY, verify=verify)))
    for reading in readings(dataset, _NEEDED, _is_needed, verify=verify):
        yield judge(reading, rules, archive)


_COLUMNS = {
    "scores": frozenset({"claimed", "score"}),
    "measures": frozenset({*MEASURE_TEXTS, "period_as_written"}),
}


def _is_needed(row: Row) -> bool:
    """Return whether a rule needs a row of evidence."""
    return row["table"] == "reports" or row["column"] in _COLUMNS.get(str(row["table"]), ())
