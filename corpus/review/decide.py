"""Creation of a decision from a reviewer's request, validated against the report and other decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from thaita.corpus.review.decision import Decision, Kind, Seen, moment_after, new_id
from thaita.corpus.review.match import mark_of, stand
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
class Wish:
    """A requested decision on a cell; `row_id` is that of the extracted row."""

    table: str
    row_id: str
    column: str
    kind: Kind
    value: str | None
    by: str
    why: str


def deciding(
    rows: Pairs, wish: Wish, agrees: Callable[[Decision | None], bool]
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
        at, row = _row(tables, wish)
        standing = stand(tables, own).cells.get((wish.table, at, wish.column))
        if not agrees(standing):
            raise StaleError(standing)
        if wish.kind == "withdraw" and standing is None:
            raise NewValueError("ยังไม่มีผลการตรวจให้ยกเลิก", "there is no decision to take back")
        return _decision(tables, wish, row, so_far, standing)

    return decide


def _decision(
    tables: Tables, wish: Wish, row: Row, so_far: Sequence[Decision], standing: Decision | None
) -> Decision:
    """Return the requested decision on an extracted row."""
    report, extracted = tables["reports"][0], written(row[wish.column])
    return Decision(
        id=new_id(),
        time=moment_after(so_far),
        by=_person(wish.by),
        kind=wish.kind,
        report_id=str(report["report_id"]),
        sha256=str(report["sha256"]),
        source=storable(str(report["source"])),
        table=wish.table,
        row_id=storable(wish.row_id),
        column=wish.column,
        extracted=extracted,
        value=_value(wish, extracted),
        why=_reason(wish),
        after=None if standing is None else standing.id,
        row=mark_of(row),
        seen=seen_of(places_of(tables), wish.table, row, wish.column),
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


def _row(tables: Tables, wish: Wish) -> tuple[int, Row]:
    column_of(wish.table, wish.column)
    for i, row in enumerate(tables.get(wish.table, ())):
        if row_id_of(wish.table, row) == wish.row_id:
            return i, row
    raise NewValueError(
        f"ไม่มีแถว {wish.row_id} ในตาราง {wish.table} ของรายงานนี้",
        f"the report has no row {wish.row_id} in {wish.table}",
    )


def _value(wish: Wish, extracted: str | None) -> str | None:
    if wish.kind != "correct":
        return extracted if wish.kind == "accept" else None
    value = written(new_value(wish.table, wish.column, wish.value or ""))
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


def _reason(wish: Wish) -> str:
    why = " ".join(storable(wish.why).split())[:_REASON]
    if not why and wish.kind in ("correct", "wrong"):
        raise NewValueError("บอกเหตุผล", "say why")
    return why
