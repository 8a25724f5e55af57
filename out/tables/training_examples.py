"""Decisions as training examples: the extracted value, its source text, and the reviewer's decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from thaita.corpus.review.decision import Decision
from thaita.corpus.review.match import match_decisions
from thaita.models.rows import Row, storable
from thaita.out.atomic import write_whole_file
from thaita.out.review.index import Index
from thaita.out.tables.csv_tables import guard, record

State = Literal["stands", "replaced", "taken_back", "lost"]
"""Valid; replaced by a later decision; withdrawn; its value or source no longer exists."""

HEADER = (
    "id",
    "state",
    "report_id",
    "source",
    "sha256",
    "table",
    "row_id",
    "column",
    "extracted",
    "decision",
    "decided",
    "quote",
    "context",
    "page",
    "x0",
    "top",
    "x1",
    "bottom",
    "spans",
    "confidence",
    "by",
    "time",
    "why",
)


@dataclass(frozen=True, slots=True)
class DecisionState:
    """A decision, its state in a dataset, and the reason if it is lost."""

    decision: Decision
    state: State
    reason: str = ""


def decision_states(index: Index, decisions: Sequence[Decision]) -> Iterator[DecisionState]:
    """Yield each decision with its state in a dataset, by report and time."""
    by_report: dict[str, list[Decision]] = defaultdict(list)
    for one in decisions:
        by_report[one.report_id].append(one)
    for report_id, own in by_report.items():
        entry = index.by_id.get(report_id)
        fitting = [one for one in own if entry is not None and one.sha256 == entry.sha256]
        tables: dict[str, list[Row]] = defaultdict(list)
        for table, row in index.extracted(report_id) if fitting else ():
            tables[table].append(row)
        found = match_decisions(tables, fitting)
        standing = {one.id for one in found.cells.values()}
        lost = {one.id: reason for one, reason in found.lost}
        for one in own:
            if one not in fitting:
                yield DecisionState(one, "lost", "the dataset has no report of this content")
            elif one.id in lost:
                yield DecisionState(one, "lost", lost[one.id])
            elif one.kind == "withdraw":
                yield DecisionState(one, "taken_back")
            else:
                yield DecisionState(one, "stands" if one.id in standing else "replaced")


def write_examples(target: Path, found: Iterable[DecisionState]) -> int:
    """Write the examples as a CSV file atomically, and return their number. Raises OSError.

    Texts are guarded against formulas in the same way as the dataset's.
    """
    rows = list(found)
    lines = ["\ufeff" + record(HEADER), *(record(_fields(one)) for one in rows)]
    write_whole_file(target, (line.encode("utf-8") for line in lines))
    return len(rows)


def _fields(one: DecisionState) -> Iterator[str]:
    decision, seen = one.decision, one.decision.seen
    decided = decision.value if decision.kind in ("correct", "accept") else None
    texts = (
        decision.id,
        one.state,
        decision.report_id,
        decision.source,
        decision.sha256,
        decision.table,
        decision.row_id,
        decision.column,
        decision.extracted,
        decision.kind,
        decided,
        seen.quote,
        decision.row.quote,
    )
    yield from (guard(storable(text or "")) for text in texts)
    yield from ("" if number is None else str(number) for number in (seen.page, *(seen.box or (None,) * 4)))
    yield seen.spans or ""
    yield "" if seen.confidence is None else str(seen.confidence)
    yield guard(storable(decision.by))
    yield decision.time.isoformat()
    yield guard(storable(decision.why))
