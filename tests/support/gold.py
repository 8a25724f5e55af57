"""Comparison of a reading with the gold of its report, as `thaita evaluate` compares a dataset."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from thaita.check.evaluation.compare import compare
from thaita.check.evaluation.gold import Gold, gold_of
from thaita.check.evaluation.outcomes import Judged
from thaita.models.records import Reading
from thaita.models.rows import rows
from thaita.out.evaluation.table import error_line


def load(path: Path) -> Gold:
    return gold_of(path.read_bytes())


def judged(reading: Reading, gold: Gold) -> Judged:
    tables = defaultdict(list)
    for table, row in rows(reading):
        tables[table].append(row)
    return compare(reading.report.source, gold, tables)


def differences(reading: Reading, gold: Gold) -> list[str]:
    """Return the values that are not right, one per line; an empty list if the report is read as its gold says."""
    return [error_line(outcome) for outcome in judged(reading, gold).errors]
