"""A dataset held against the rules: each report, and the reports of one agency against each other."""

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
_NEEDED = (*_SUMMARY, "findings", "measure_steps", "measure_owners", "evidence", "problems")


def check_dataset(dataset: Path, rules: Rulebook | None = None, *, verify: bool = True) -> Iterator[Judged]:
    """Yield the verdicts on each report of a dataset, in its order, every rule's that concerns it.

    The dataset is read twice, and never whole into the memory. Raises DatasetError where a table is
    missing or damaged, or, to `verify`, not as it was written.
    """
    archive = Archive(map(summary_of, readings(dataset, _SUMMARY, verify=verify)))
    for reading in readings(dataset, _NEEDED, _tells, verify=verify):
        yield judge(reading, rules, archive)


_COLUMNS = {
    "scores": frozenset({"claimed", "score"}),
    "measures": frozenset({*MEASURE_TEXTS, "period_as_written"}),
}


def _tells(row: Row) -> bool:
    """Whether a row of evidence is one that a rule asks for."""
    return row["table"] == "reports" or row["column"] in _COLUMNS.get(str(row["table"]), ())
