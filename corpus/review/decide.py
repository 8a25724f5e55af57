"""Creation of a decision from a reviewer's request, validated against the report and other decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from thaita.corpus.review.decision import Decision, Kind, Seen, moment_after, new_id
from thaita.corpus.review.match import mark_of, match_decisions
from thaita.corpus.review.reviewable_fields import row_id_of
from thaita.corpus.review.validate import NewValueError, column_of, new_value
from thaita.models.rows import Row, storable, written

Tables = dict[str, list[Row]]
Pairs = Iterable[tuple[str, Row]]

_NAME = 200
_REASON = 2_000
"""Maximum length of a reviewer's name and reason, in characters."""


class StaleError(ValueError):
    """The cell was decided on in the meantime; `standing` is the current decision, None if it was withdrawn."""

    def __init__(self, standing: Decision | None) -> None:
        super().__init__("decided in between")
        self.standing = standing


@dataclass(frozen=True, slots=True)
class DecisionRequest:
    """A requested decision on a cell; `row_id` is that of the extracted row."""

    table: str
    row_id: str
    column: str
    kind: Kind
    value: str | None
    by: str
    why: str


def decision_maker(
    rows: Pairs, request: DecisionRequest, agrees: Callable[[Decision | None], bool]
) -> Callable[[Sequence[Decision]], Decision]:
    """Return a function that creates the requested decision from the list of earlier decisions.

    `rows` are the extracted rows of the report. `agrees` returns whether the request may replace the current
    decision on the cell. The function raises StaleError if not, NewValueError if the request is invalid.
    """
    tables: Tables = {}
    for table, row in rows:
        tables.setdefault(table, []).append(row)

    def decide(so_far: Sequence[Decision]) -> Decision:
        report = tables["reports"][0]
        own = [one for one in so_far if one.report_id == report["report_id"]]
        at, row = _row(tables, request)
        standing = match_decisions(tables, own).cells.get((request.table, at, request.column))
        if not agrees(standing):
            raise StaleError(standing)
        if request.kind == "withdraw" and standing is None:
            raise NewValueError("ยังไม่มีผลการตรวจให้ยกเลิก", "there is no decision to take back")
        return _decision(tables, request, row, so_far, standing)

    return decide


def _decision(
    tables: Tables, request: DecisionRequest, row: Row, so_far: Sequence[Decision], standing: Decision | None
) -> Decision:
    """Return the requested decision on an extracted row."""
    report, extracted = tables["reports"][0], written(row[request.column])
    return Decision(
        id=new_id(),
        time=moment_after(so_far),
        by=_person(request.by),
        kind=request.kind,
        report_id=str(report["report_id"]),
        sha256=str(report["sha256"]),
        source=storable(str(report["source"])),
        table=request.table,
        row_id=storable(request.row_id),
        column=request.column,
        extracted=extracted,
        value=_value(request, extracted),
        why=_reason(request),
        after=None if standing is None else standing.id,
        row=mark_of(row),
        seen=seen_of(places_of(tables), request.table, row, request.column),
    )


def places_of(tables: Tables) -> Mapping[tuple[str, str, str], Row]:
    """Return, by table, row id and column, the first row of `evidence` for each cell."""
    rows = reversed(tables.get("evidence", []))
    return {(str(one["table"]), str(one["row_id"]), str(one["column"])): one for one in rows}


def seen_of(places: Mapping[tuple[str, str, str], Row], table: str, row: Row, column: str) -> Seen:
    """Return the position of a cell's value in the source: from `evidence` if possible, else that of its row."""
    return _seen(places.get((table, row_id_of(table, row), column), row))


def _seen(row: Row) -> Seen:
    edges = [row.get(name) for name in ("x0", "top", "x1", "bottom")]
    x0, top, x1, bottom = (float(edge or 0) for edge in edges)
    page, sure = row.get("page"), row.get("confidence")
    return Seen(
        page=None if page is None else int(page),
        box=None if None in edges else (x0, top, x1, bottom),
        spans=written(row.get("spans")),
        quote=written(row.get("quote")),
        confidence=None if sure is None else float(sure),
    )


def _row(tables: Tables, request: DecisionRequest) -> tuple[int, Row]:
    column_of(request.table, request.column)
    for i, row in enumerate(tables.get(request.table, ())):
        if row_id_of(request.table, row) == request.row_id:
            return i, row
    raise NewValueError(
        f"ไม่มีแถว {request.row_id} ในตาราง {request.table} ของรายงานนี้",
        f"the report has no row {request.row_id} in {request.table}",
    )


def _value(request: DecisionRequest, extracted: str | None) -> str | None:
    if request.kind != "correct":
        return extracted if request.kind == "accept" else None
    value = written(new_value(request.table, request.column, request.value or ""))
    if value == extracted:
        raise NewValueError(
            "เป็นค่าเดียวกับที่อ่านได้: ใช้ “ถูกต้อง” แทน", "this is the value that was read: accept it instead"
        )
    return value


def _person(name: str) -> str:
    name = " ".join(storable(name).split())[:_NAME]
    if not name:
        raise NewValueError("บอกชื่อผู้ตรวจ", "enter the name of the person who decides")
    return name


def _reason(request: DecisionRequest) -> str:
    why = " ".join(storable(request.why).split())[:_REASON]
    if not why and request.kind in ("correct", "wrong"):
        raise NewValueError("บอกเหตุผล", "say why")
    return why
