"""Decisions applied to a report's rows as they were extracted, and taken off again.

A decision changes the cell that it is about and what follows from it (`dependents`), and leaves everything
else. The row gets the flag `corrected`, `accepted` or `marked_wrong` beside the doubts that it had; each cell
that changed keeps what was extracted in a row of `evidence`, whose column is `extracted:` and the cell's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thaita.corpus.review.decision import Decision
from thaita.corpus.review.derive import Touched, follow
from thaita.corpus.review.match import Cell, stand
from thaita.corpus.review.reviewable_fields import DECIDED, concerns, flags_of, row_id_of
from thaita.corpus.review.validate import NewValueError, may_be_empty, new_value
from thaita.models.columns import PROVENANCE
from thaita.models.rows import Row, Value, written
from thaita.models.tables import BY_NAME

EXTRACTED = "extracted:"
"""What the column of a row of `evidence` begins with that holds a cell as it was extracted."""

NOT_APPLIED = "correction_not_applied"
CONFLICT = "correction_conflict"
DAMAGED = "correction_damaged"
OURS = (NOT_APPLIED, CONFLICT, DAMAGED)
"""The codes of the problems that decisions give rise to."""

_FLAG = {"correct": "corrected", "accept": "accepted", "wrong": "marked_wrong"}
_SAID = {"correct": "corrected", "accept": "accepted", "wrong": "marked as wrong"}
_DECIDED = re.compile(r" \[decided, was (error|warning|info): [^\[\]]*\]\Z")
_BRACKETS = str.maketrans("[]\n", "() ")


@dataclass(frozen=True, slots=True)
class Corrected:
    """A report's rows after correction: how many cells were decided on, and the decisions without effect."""

    rows: tuple[tuple[str, Row], ...]
    applied: int
    lost: tuple[tuple[Decision, str], ...]


def corrected(rows: Iterable[tuple[str, Row]], decisions: Sequence[Decision]) -> Corrected:
    """Return the rows of one report with the decisions on it applied, problems of theirs last.

    `rows` are as extracted, in any order of tables; they are not changed themselves.
    """
    pairs = list(rows)
    before = _by_table(pairs)
    standing = stand(before, decisions)
    after = _by_table((table, dict(row)) for table, row in pairs)
    applied, refused = _apply(after, standing.cells)
    wrong = {cell for cell, one in applied.items() if one.kind == "wrong"}
    changed = wrong | {cell for cell in applied if _differs(before, after, cell)}
    clashes = follow(before, after, Touched(applied.keys(), changed, wrong)) if changed else []
    evidence = list(_originals(before, after))
    _flag_rows(after, applied)
    for problem in after["problems"]:
        _note(problem, after, applied)
    lost = (*standing.lost, *refused)
    problems = [not_applied(one, reason, known=True) for one, reason in lost]
    problems += [_conflict(after["reports"][0], message) for message in clashes]
    places: dict[str, Iterator[Row]] = {table: iter(own) for table, own in after.items()}
    result = [(table, next(places[table])) for table, _ in pairs]
    result += [("evidence", row) for row in evidence] + [("problems", row) for row in problems]
    return Corrected(tuple(result), len(applied), lost)


def as_extracted(rows: Iterable[tuple[str, Row]]) -> list[tuple[str, Row]]:
    """Return the rows of one report of a dataset as they were before decisions were applied."""
    pairs = [(table, dict(row)) for table, row in rows]
    named = {(table, row_id_of(table, row)): row for table, row in pairs if _has_id(table)}
    kept: list[tuple[str, Row]] = []
    for table, row in pairs:
        if table == "evidence" and str(row["column"]).startswith(EXTRACTED):
            own = named.get((str(row["table"]), str(row["row_id"])))
            column = str(row["column"]).removeprefix(EXTRACTED)
            if own is not None and column in own:
                own[column] = _typed(str(row["table"]), column, row["value"])
        elif not (table == "problems" and row["code"] in OURS):
            kept.append((table, row))
    for table, row in kept:
        if table == "problems" and (found := _DECIDED.search(str(row["message"] or ""))):
            row["message"], row["severity"] = str(row["message"])[: found.start()], found[1]
        if "flags" in row:
            row["flags"] = "|".join(flag for flag in flags_of(row) if flag not in DECIDED) or None
    return kept


def not_applied(decision: Decision, reason: str, *, known: bool) -> Row:
    """Return the row of `problems` that says that a decision has no effect; `known`: its report was read."""
    what = {"correct": f"{decision.value or 'nothing'}", "accept": "accepted", "wrong": "wrong"}
    message = (
        f"A decision was not applied: {reason}. {decision.by} decided on {decision.time.date().isoformat()}"
        f" that {decision.table}.{decision.column} of {decision.row_id}, read as {decision.extracted or 'nothing'},"
        f" is {what.get(decision.kind, decision.kind)}. Please decide again."
    )
    row: Row = dict.fromkeys(BY_NAME["problems"].header)
    named = {"table": decision.table, "row_id": decision.row_id} if known else {}
    report = decision.report_id if known else None
    return row | {
        "report_id": report,
        "source": decision.source,
        "severity": "warning",
        "code": NOT_APPLIED,
        "message": message,
        **named,
    }


def _apply(
    after: Mapping[str, Sequence[Row]], cells: Mapping[Cell, Decision]
) -> tuple[dict[Cell, Decision], list[tuple[Decision, str]]]:
    """Put the decided values into their cells; returns the decisions that could be applied, and the others."""
    applied: dict[Cell, Decision] = {}
    refused: list[tuple[Decision, str]] = []
    for cell, decision in cells.items():
        table, i, column = cell
        try:
            value = _decided(decision, after[table][i][column])
        except NewValueError as error:
            refused.append((decision, f"the value cannot stand there ({error})"))
            continue
        if table == "measure_owners" and _twice(after[table], i, value):
            refused.append((decision, "the measure names that owner already"))
            continue
        after[table][i][column] = value
        applied[cell] = decision
    return applied, refused


def _decided(decision: Decision, value: Value) -> Value:
    if decision.kind == "correct":
        return new_value(decision.table, decision.column, decision.value or "")
    empties = decision.kind == "wrong" and may_be_empty(decision.table, decision.column)
    return None if empties else value


def _twice(owners: Sequence[Row], at: int, value: Value) -> bool:
    mine = owners[at]["measure_id"]
    return any(
        i != at and row["measure_id"] == mine and row["owner"] == value for i, row in enumerate(owners)
    )


def _flag_rows(after: Mapping[str, Sequence[Row]], applied: Mapping[Cell, Decision]) -> None:
    """Flag the rows that were decided on; a step or owner has no flags, its measure's say so."""
    measures = {row["measure_id"]: row for row in after["measures"]}
    wanted: dict[int, tuple[Row, set[str]]] = {}
    for (table, i, _), decision in applied.items():
        own = after[table][i]
        row = own if "flags" in own else measures.get(own["measure_id"])
        if row is not None:
            wanted.setdefault(id(row), (row, set()))[1].add(_FLAG[decision.kind])
    for row, flags in wanted.values():
        row["flags"] = "|".join([*flags_of(row), *(flag for flag in DECIDED if flag in flags)])


def _originals(before: Mapping[str, Sequence[Row]], after: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    """Yield a row of evidence for each cell that is another now: what the program had read there."""
    report = before["reports"][0]["report_id"] if before["reports"] else None
    for table in ("reports", "scores", "findings", "measures", "measure_steps", "measure_owners"):
        for old, new in zip(before[table], after[table], strict=True):
            for column in (name for name in old if written(old[name]) != written(new[name])):
                yield {
                    "report_id": report,
                    "table": table,
                    "row_id": row_id_of(table, new),
                    "column": EXTRACTED + column,
                    "value": written(old[column]),
                    **{one.name: old.get(one.name) for one in PROVENANCE},
                }


def _note(problem: Row, after: Mapping[str, Sequence[Row]], applied: Mapping[Cell, Decision]) -> None:
    """Let a problem that a decision answers say so; it is a note from then on, and its words stay."""
    table, row_id = str(problem["table"]), problem["row_id"]
    about = concerns(table, str(problem["code"]))
    for (its, i, column), one in applied.items():
        if its == table and column in about and row_id_of(table, after[table][i]) == row_id:
            said = f"{column} {_SAID[one.kind]} by {one.by}".translate(_BRACKETS)
            problem["message"] = f"{problem['message']} [decided, was {problem['severity']}: {said}]"
            problem["severity"] = "info"
            return
    solved = problem["code"] == "sum_mismatch" and applied and after["reports"]
    if solved and "sum_mismatch" not in flags_of(after["reports"][0]):
        said = "the corrected values agree"
        problem["message"] = f"{problem['message']} [decided, was {problem['severity']}: {said}]"
        problem["severity"] = "info"


def _conflict(report: Row, message: str) -> Row:
    row: Row = dict.fromkeys(BY_NAME["problems"].header)
    said = {"report_id": report["report_id"], "source": report["source"], "table": "scores"}
    return row | said | {"severity": "warning", "code": CONFLICT, "message": f"After correction {message}."}


def _differs(before: Mapping[str, Sequence[Row]], after: Mapping[str, Sequence[Row]], cell: Cell) -> bool:
    table, i, column = cell
    return written(before[table][i][column]) != written(after[table][i][column])


def _by_table(pairs: Iterable[tuple[str, Row]]) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = defaultdict(list)
    for name in BY_NAME:
        tables[name] = []
    for table, row in pairs:
        tables[table].append(row)
    return tables


def _has_id(table: str) -> bool:
    return table not in ("evidence", "problems", "unread")


def _typed(table: str, column: str, value: Value) -> Value:
    """Return a value of `evidence` as its own column holds it."""
    kind = next(one.type for one in BY_NAME[table].columns if one.name == column)
    text = written(value)
    if text is None:
        return None
    return int(text) if kind == "integer" else Decimal(text) if kind == "number" else text
