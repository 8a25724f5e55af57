"""The rows of one report in a dataset: values, doubts and places of what is judged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from thaita.check.evaluation.fold import number
from thaita.check.evaluation.outcomes import NOWHERE, Place
from thaita.models.flags import NOTES, Flag
from thaita.models.rows import Value, written

Row = Mapping[str, Value]
Tables = Mapping[str, Sequence[Row]]

NEEDED = (
    "reports",
    "scores",
    "findings",
    "measures",
    "measure_steps",
    "measure_owners",
    "evidence",
    "doubts",
)
"""The tables that a comparison needs; a dataset may lack `doubts`."""

_IDS = {"reports": "report_id", "scores": "score_id", "findings": "finding_id", "measures": "measure_id"}
_PARTS = {"steps": "measure_steps", "owners": "measure_owners"}
_SPAN = re.compile(r"(\d{1,15})-(\d{1,15})", re.ASCII)
_CLOSED = ("false", "0", "no")


def text_of(row: Row, column: str) -> str | None:
    """Return a cell as text, None if it is empty."""
    return written(row.get(column))


def is_doubt(flag: str) -> bool:
    """Return whether a flag asks a person to look; an unknown one, of another version, does."""
    return Flag.known(flag) not in NOTES


class ReportRows:
    """The rows of one report by table. Without a report there are none, and every wanted value is missing."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.report: Row = next(iter(tables.get("reports", ())), {})

    def rows(self, table: str) -> Sequence[Row]:
        """Return the rows of a table."""
        return self.tables.get(table, ())

    def row_id(self, table: str, row: Row) -> str:
        """Return the id of a row."""
        return str(row.get(_IDS[table]) or "")

    def steps(self, measure: Row) -> list[str]:
        """Return the texts of a measure's steps, in their order."""
        own = self._parts["measure_steps"].get(str(measure.get("measure_id")), [])
        return [
            text_of(row, "text") or "" for row in sorted(own, key=lambda row: number(row.get("step_no")) or 0)
        ]

    def owners(self, measure: Row) -> list[str]:
        """Return the owners of a measure."""
        own = self._parts["measure_owners"].get(str(measure.get("measure_id")), [])
        return [text_of(row, "owner") or "" for row in own]

    def flagged(self, table: str, row: Row, column: str | None = None) -> bool:
        """Return whether a row has a doubt in its flags, or a column of it (None: any) has an open doubt."""
        if any(is_doubt(flag) for flag in (text_of(row, "flags") or "").split("|") if flag):
            return True
        row_id = self.row_id(table, row)
        if column is None:
            return any(key[:2] == (table, row_id) for key in self._open_doubts)
        if column in _PARTS:
            part = _PARTS[column]
            return any(key[0] == part and key[1].startswith(f"{row_id}/") for key in self._open_doubts)
        return (table, row_id, column) in self._open_doubts

    def place(self, table: str, row: Row, column: str | None = None) -> Place:
        """Return where a row, or the value in a column of it, stands in the document."""
        own = self._evidence.get((table, self.row_id(table, row), column or ""))
        if own is not None:
            return _place(own)
        return NOWHERE if table == "reports" else _place(row)

    def confidence(self, table: str, row: Row, column: str) -> float | None:
        """Return the confidence (0-1) of a row; that of a report's field stands in `evidence`."""
        if table == "reports":
            row = self._evidence.get((table, self.row_id(table, row), column), {})
        return number(row.get("confidence"))

    @cached_property
    def _parts(self) -> dict[str, dict[str, list[Row]]]:
        found: dict[str, dict[str, list[Row]]] = {}
        for table in _PARTS.values():
            by_measure = found.setdefault(table, defaultdict(list))
            for row in self.rows(table):
                by_measure[str(row.get("measure_id"))].append(row)
        return found

    @cached_property
    def _open_doubts(self) -> frozenset[tuple[str, str, str]]:
        return frozenset(
            (str(row.get("table")), str(row.get("row_id")), str(row.get("column")))
            for row in self.rows("doubts")
            if str(row.get("open") or "").lower() not in _CLOSED
        )

    @cached_property
    def _evidence(self) -> dict[tuple[str, str, str], Row]:
        rows = reversed(self.rows("evidence"))
        return {(str(row["table"]), str(row["row_id"]), str(row["column"])): row for row in rows}


def _place(row: Row) -> Place:
    edges = [number(row.get(name)) for name in ("x0", "top", "x1", "bottom")]
    x0, top, x1, bottom = (edge or 0.0 for edge in edges)
    page = number(row.get("page"))
    return Place(
        page=None if page is None else int(page),
        box=None if None in edges else (x0, top, x1, bottom),
        spans=tuple((int(start), int(end)) for start, end in _SPAN.findall(text_of(row, "spans") or "")),
        quote=text_of(row, "quote") or "",
    )
