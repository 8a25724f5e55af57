"""One report for the review page: its rows with the decisions applied, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thaita.corpus.review.apply import as_extracted, corrected
from thaita.corpus.review.decide import Tables, places_of, seen_of
from thaita.corpus.review.decision import Decision, Seen
from thaita.corpus.review.decision_problems import OURS
from thaita.corpus.review.match import MatchedDecisions, match_decisions
from thaita.corpus.review.reviewable_fields import DECIDABLE, flags_of, row_id_of
from thaita.corpus.review.validate import column_of, may_be_empty
from thaita.models.columns import Column
from thaita.models.rows import Row, written

SHOWN = tuple(DECIDABLE)

Doubt = tuple[str, str, str, str]
"""A table, the id of a row, the column of the value in doubt, and the flag."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A cell: its current value, the extracted value, its place in the source, its doubts and its decision.

    `open` tells whether it needs review: it is in doubt, and no decision settles that.
    """

    column: Column
    value: str | None
    extracted: str | None
    seen: Seen
    doubts: tuple[str, ...]
    decision: Decision | None
    required: bool
    open: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """A row: its table, extracted id, flags after corrections, whether the next extract changes it, and its quote."""

    table: str
    row_id: str
    flags: tuple[str, ...]
    pending: bool
    quote: str | None
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report: its row, its rows by table, its problems, and the number of problems that are not shown."""

    report: Row
    rows: dict[str, list[RowView]]
    problems: list[Row]
    unseen: int

    def open_doubts(self) -> list[Doubt]:
        """Return the doubts that no decision settles, as the table `doubts` will have them."""
        return [
            (row.table, row.row_id, one.column.name, one.doubts[0])
            for rows in self.rows.values()
            for row in rows
            for one in row.fields
            if one.open
        ]


def view_of(rows: Sequence[tuple[str, Row]], decisions: Sequence[Decision]) -> ReportView:
    """Return the view of a report, given its rows in the dataset and all decisions on it."""
    extracted = as_extracted(rows)
    sha256 = next(row["sha256"] for table, row in rows if table == "reports")
    fitting = [one for one in decisions if one.sha256 == sha256]
    after = corrected(extracted, fitting)
    now, old, new = (_by_table(pairs) for pairs in (rows, extracted, after.rows))
    standing = match_decisions(old, fitting)
    doubts = {
        (str(row["table"]), str(row["row_id"]), str(row["column"])): row for row in new.get("doubts", ())
    }
    work = _Views(standing, old, places_of(old), doubts)
    found = {
        table: [
            work.row(table, i, row, pending=now[table][i] != new[table][i])
            for i, row in enumerate(new.get(table, ()))
        ]
        for table in SHOWN
    }
    _move_up(found)
    problems = [row for row in new.get("problems", ()) if row["severity"] != "info" or row["code"] in OURS]
    unseen = sum(row["severity"] == "info" for row in new.get("problems", ()))
    return ReportView(new["reports"][0], found, problems, unseen)


@dataclass(frozen=True, slots=True)
class _Views:
    """Builds row views from the valid decisions, the rows as extracted, the places of their values, and the doubts."""

    standing: MatchedDecisions
    old: Tables
    places: Mapping[tuple[str, str, str], Row]
    doubts: Mapping[tuple[str, str, str], Row]

    def row(self, table: str, at: int, row: Row, *, pending: bool) -> RowView:
        """Return the view of a row with the decisions applied."""
        was = self.old[table][at]
        fields = tuple(self._field(table, at, row, name) for name in DECIDABLE[table])
        return RowView(
            table, row_id_of(table, was), tuple(flags_of(row)), pending, written(was.get("quote")), fields
        )

    def _field(self, table: str, at: int, row: Row, name: str) -> FieldView:
        was = self.old[table][at]
        doubt = self.doubts.get((table, row_id_of(table, was), name))
        return FieldView(
            column=column_of(table, name),
            value=written(row[name]),
            extracted=written(was[name]),
            seen=seen_of(self.places, table, was, name),
            doubts=() if doubt is None else (str(doubt["flag"]),),
            decision=self.standing.cells.get((table, at, name)),
            required=not may_be_empty(table, name),
            open=doubt is not None and doubt["open"] == "true",
        )


def _move_up(found: dict[str, list[RowView]]) -> None:
    """Sort rows with open doubts first, in each table whose rows do not depend on each other."""
    for table in ("scores", "findings"):
        found[table].sort(key=lambda row: not any(one.open for one in row.fields))


def _by_table(pairs: Sequence[tuple[str, Row]]) -> Tables:
    tables: Tables = {}
    for table, row in pairs:
        tables.setdefault(table, []).append(row)
    return tables
