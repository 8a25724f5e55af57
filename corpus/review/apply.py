"""Application of decisions to the extracted rows of a report, and restoration of the extracted rows.

A decision changes its value and the values derived from it (`derive`), and nothing else. The row gets the flag
`corrected`, `accepted` or `marked_wrong` in addition to its other flags. For each changed cell, a row of
`evidence` keeps the extracted value; its column is `extracted:` followed by the name of the cell's column.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thaita.corpus.review.correct_records import Choices, Records, clashes, correct, records_of
from thaita.corpus.review.decision import Decision
from thaita.corpus.review.decision_problems import (
    OURS,
    conflict,
    not_applied,
    note_answers,
    without_answers,
)
from thaita.corpus.review.doubt_rows import extracted_doubts, settled_doubts, with_doubts
from thaita.corpus.review.match import match_decisions
from thaita.corpus.review.reviewable_fields import DECIDABLE, flags_of, row_id_of
from thaita.corpus.review.validate import NewValueError, may_be_empty, new_value
from thaita.extract.resolve.derive import Cell
from thaita.models.columns import PROVENANCE
from thaita.models.flags import DECIDED, Flag
from thaita.models.records import Record
from thaita.models.rows import Row, Value, value_of, written
from thaita.models.tables import BY_NAME

EXTRACTED = "extracted:"
"""Prefix of the column name in a row of `evidence` that keeps an extracted value."""

_PLACE = [column.name for column in PROVENANCE]
_DECIDED = frozenset(DECIDED)
_FLAG = {"correct": Flag.CORRECTED, "accept": Flag.ACCEPTED, "wrong": Flag.MARKED_WRONG}


@dataclass(frozen=True, slots=True)
class Corrected:
    """The rows of a report after correction, the number of decided cells, and the decisions without effect."""

    rows: tuple[tuple[str, Row], ...]
    applied: int
    lost: tuple[tuple[Decision, str], ...]


def corrected(rows: Iterable[tuple[str, Row]], decisions: Sequence[Decision]) -> Corrected:
    """Return the rows of one report with its decisions applied; problems with decisions come last.

    `rows` are the extracted rows, with tables in any order; they are not modified. Raises ValueError for rows that
    do not form a valid report.
    """
    pairs = list(rows)
    before = _by_table(pairs)
    standing = match_decisions(before, decisions)
    applied, values, refused = _applied(before, standing.cells)
    after = _by_table((table, dict(row) if _may_change(table) else row) for table, row in pairs)
    added: list[tuple[str, Row]] = []
    clashing: list[str] = []
    if applied:
        choices = Choices(applied.keys(), values, _void(applied))
        old = records_of(before, applied)
        new = correct(old, choices)
        clashing = list(clashes(old, new, choices))
        added = [("evidence", row) for row in _changed(before, after, old, new)]
        _flag_rows(after, applied)
        note_answers(after, applied)
    lost = (*standing.lost, *refused)
    places: dict[str, Iterator[Row]] = {table: iter(own) for table, own in after.items()}
    result = [(table, next(places[table])) for table, _ in pairs]
    added += [("problems", not_applied(one, reason, known=True)) for one, reason in lost]
    added += [("problems", conflict(after["reports"][0], indicator)) for indicator in clashing]
    result += added
    if applied:
        result = with_doubts(result, settled_doubts(before, after, applied))
    return Corrected(tuple(result), len(applied), lost)


def as_extracted(rows: Iterable[tuple[str, Row]]) -> list[tuple[str, Row]]:
    """Return the rows of one report of a dataset as they were before decisions were applied.

    Raises ValueError for rows that do not form a valid report.
    """
    pairs = [(table, row) for table, row in rows if not (table == "problems" and row["code"] in OURS)]
    if not any(map(_is_decided, pairs)):
        return pairs
    pairs = [(table, dict(row) if _may_change(table) else row) for table, row in pairs]
    decided = [row for table, row in pairs if _is_decided((table, row))]
    named = {(table, row_id_of(table, row)): row for table, row in pairs if _has_id(table)}
    kept: list[tuple[str, Row]] = []
    for table, row in pairs:
        if table == "evidence" and str(row["column"]).startswith(EXTRACTED):
            own = named.get((str(row["table"]), str(row["row_id"])))
            column = str(row["column"]).removeprefix(EXTRACTED)
            if own is not None and column in own:
                own[column] = _typed(str(row["table"]), column, row["value"])
        else:
            kept.append((table, row))
    for row in decided:
        row["flags"] = "|".join(flag for flag in flags_of(row) if flag not in DECIDED) or None
    tables = _by_table(kept)
    without_answers(tables)
    return with_doubts(kept, extracted_doubts(tables))


def _is_decided(pair: tuple[str, Row]) -> bool:
    flags = pair[1].get("flags")
    return flags is not None and not _DECIDED.isdisjoint(str(flags).split("|"))


def _may_change(table: str) -> bool:
    return table in DECIDABLE or table == "problems"


def _applied(
    tables: Mapping[str, Sequence[Row]], cells: Mapping[Cell, Decision]
) -> tuple[dict[Cell, Decision], dict[Cell, Value], list[tuple[Decision, str]]]:
    """Return the applicable decisions, the new values of their cells, and the refused decisions."""
    applied: dict[Cell, Decision] = {}
    values: dict[Cell, Value] = {}
    refused: list[tuple[Decision, str]] = []
    for cell, decision in cells.items():
        table, i, column = cell
        try:
            value = _decided(decision, tables[table][i][column])
        except NewValueError as error:
            refused.append((decision, f"the value is not valid there ({error})"))
            continue
        if table == "measure_owners" and _twice(tables[table], values, i, value):
            refused.append((decision, "the measure names that owner already"))
            continue
        applied[cell] = decision
        values[cell] = value
    return applied, values, refused


def _decided(decision: Decision, value: Value) -> Value:
    if decision.kind == "correct":
        return new_value(decision.table, decision.column, decision.value or "")
    empties = decision.kind == "wrong" and may_be_empty(decision.table, decision.column)
    return None if empties else value


def _twice(owners: Sequence[Row], values: Mapping[Cell, Value], at: int, value: Value) -> bool:
    """Return whether another row of the measure names the same owner, after the decisions so far."""
    mine = owners[at]["measure_id"]
    return any(
        i != at
        and row["measure_id"] == mine
        and values.get(("measure_owners", i, "owner"), row["owner"]) == value
        for i, row in enumerate(owners)
    )


def _flag_rows(after: Mapping[str, Sequence[Row]], applied: Mapping[Cell, Decision]) -> None:
    """Flag the rows that were decided on; for a step or owner, which has no flags, flag its measure."""
    measures = {row["measure_id"]: row for row in after["measures"]}
    wanted: dict[int, tuple[Row, set[str]]] = {}
    for (table, i, _), decision in applied.items():
        own = after[table][i]
        row = own if "flags" in own else measures.get(own["measure_id"])
        if row is not None:
            wanted.setdefault(id(row), (row, set()))[1].add(_FLAG[decision.kind])
    for row, flags in wanted.values():
        row["flags"] = "|".join([*flags_of(row), *(flag for flag in DECIDED if flag in flags)])


def _void(applied: Mapping[Cell, Decision]) -> frozenset[int]:
    """Return the positions of the scores marked as wrong: they cannot be part of a total."""
    return frozenset(
        i
        for (table, i, column), one in applied.items()
        if one.kind == "wrong" and table == "scores" and column in ("score", "indicator_no")
    )


def _changed(
    before: Mapping[str, Sequence[Row]], after: Mapping[str, Sequence[Row]], old: Records, new: Records
) -> Iterator[Row]:
    """Write the changed records into the rows, and yield evidence with the previous value of each changed cell."""
    for (table, i), record in new.items():
        row, was = after[table][i], before[table][i]
        changed = [] if record is old[table, i] else list(_differing(table, old[table, i], record))
        row.update((column, value_of(record, column)) for column in changed)
        for column in changed:
            yield {
                "report_id": before["reports"][0]["report_id"],
                "table": table,
                "row_id": row_id_of(table, row),
                "column": EXTRACTED + column,
                "value": written(was[column]),
                **{name: was.get(name) for name in _PLACE},
            }


def _differing(table: str, old: Record, new: Record) -> Iterator[str]:
    """Yield the columns whose values differ, except those of the provenance."""
    for name in BY_NAME[table].header:
        if name in _PLACE or getattr(old, name) is getattr(new, name):
            continue
        if written(value_of(old, name)) != written(value_of(new, name)):
            yield name


def _by_table(pairs: Iterable[tuple[str, Row]]) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = defaultdict(list)
    for name in BY_NAME:
        tables[name] = []
    for table, row in pairs:
        tables[table].append(row)
    return tables


def _has_id(table: str) -> bool:
    return table not in ("evidence", "doubts", "problems", "unread")


def _typed(table: str, column: str, value: Value) -> Value:
    """Return a value from `evidence` in the type of its original column."""
    kind = next(one.type for one in BY_NAME[table].columns if one.name == column)
    text = written(value)
    if text is None:
        return None
    return int(text) if kind == "integer" else Decimal(text) if kind == "number" else text
