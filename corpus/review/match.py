"""Matching of decisions to the cells of a new extraction: rows are identified by their source text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from thaita.corpus.review.decision import Decision, RowMark, merged
from thaita.corpus.review.reviewable_fields import DECIDABLE, row_id_of
from thaita.extract.resolve.derive import Cell
from thaita.models.rows import Row, written


@dataclass(frozen=True, slots=True)
class MatchedDecisions:
    """The valid decision for each cell, and the decisions that no longer match a cell, with the reason."""

    cells: Mapping[Cell, Decision]
    lost: tuple[tuple[Decision, str], ...]


def match_decisions(tables: Mapping[str, Sequence[Row]], decisions: Iterable[Decision]) -> MatchedDecisions:
    """Match the decisions on one report to its extracted rows, given by table.

    Of two decisions on the same cell the later one is valid; a withdrawn decision has no effect.
    """
    latest: dict[Cell, Decision] = {}
    lost: list[tuple[Decision, str]] = []
    for decision in merged(decisions):
        found = _find(tables, decision)
        if isinstance(found, int):
            latest[decision.table, found, decision.column] = decision
        else:
            lost.append((decision, found))
    cells = {cell: one for cell, one in latest.items() if one.kind != "withdraw"}
    return MatchedDecisions(cells, tuple(_unanswered(lost, tables, latest)))


def mark_of(row: Row) -> RowMark:
    """Return the mark that identifies a row even if its id changes."""
    return RowMark(spans=written(row.get("spans")), quote=written(row.get("quote")))


def _find(tables: Mapping[str, Sequence[Row]], decision: Decision) -> int | str:
    """Return the position of the row that a decision applies to, or the reason why there is none."""
    if decision.column not in DECIDABLE.get(decision.table, ()):
        return f"{decision.table}.{decision.column} is not a cell that reviewers can decide on"
    rows = tables.get(decision.table, ())
    same = [i for i, row in enumerate(rows) if written(row.get("quote")) == decision.row.quote]
    fits = [i for i in same if written(rows[i][decision.column]) == decision.extracted]
    named = [i for i in fits if row_id_of(decision.table, rows[i]) == decision.row_id]
    placed = [i for i in fits if written(rows[i].get("spans")) == decision.row.spans]
    if len(placed) == 1:
        return placed[0]
    if named and (named[0] in placed or (not placed and len(fits) == 1)):
        return named[0]
    if not same:
        return "no row has this source text any longer"
    if not fits:
        now = sorted({written(rows[i][decision.column]) or "nothing" for i in same})
        return f"the program now reads {' or '.join(now)}, not {decision.extracted or 'nothing'}"
    return "several rows have this source text and value, and none of them the same place"


def _unanswered(
    lost: Sequence[tuple[Decision, str]], tables: Mapping[str, Sequence[Row]], latest: Mapping[Cell, Decision]
) -> Iterable[tuple[Decision, str]]:
    """Yield, for each value, the last decision without a match, unless there is a newer decision on the value."""
    last: dict[tuple[object, ...], tuple[Decision, str]] = {}
    for decision, reason in lost:
        key = decision.table, decision.column, decision.extracted, decision.row, decision.row_id
        last[key] = (decision, reason)
    anew: dict[tuple[str, str, str | None], list[Decision]] = defaultdict(list)
    for (table, i, column), decision in latest.items():
        for name in (row_id_of(table, tables[table][i]), decision.row.spans):
            anew[table, column, name].append(decision)
    for decision, reason in last.values():
        names = {decision.row_id, decision.row.spans or decision.row_id}
        later = [one for name in names for one in anew[decision.table, decision.column, name]]
        if decision.kind != "withdraw" and not any(one.order > decision.order for one in later):
            yield decision, reason
