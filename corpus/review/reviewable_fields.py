"""Which cells of the dataset a person may decide on, what a row is called, and which cells a doubt is about."""

from __future__ import annotations

from collections.abc import Mapping

from thaita.models.flags import ABOUT as ABOUT_FLAG
from thaita.models.flags import DECIDED as DECIDED
from thaita.models.flags import NOTES, Flag
from thaita.models.problem_codes import ABOUT as ABOUT_PROBLEM
from thaita.models.rows import Value, written

DECIDABLE: dict[str, tuple[str, ...]] = {
    "reports": (
        "kind",
        "agency",
        "agency_type",
        "subdistrict",
        "district",
        "province",
        "fiscal_year",
        "plan_year",
        "overall_score",
        "grade",
    ),
    "scores": (
        "agency",
        "fiscal_year",
        "indicator_no",
        "score",
        "score_as_written",
        "name_as_written",
        "no_as_written",
    ),
    "findings": ("kind", "instrument", "indicator_no", "topic_no", "item_code", "text"),
    "measures": (
        "measure_no",
        "title",
        "indicator_no",
        "topic_no",
        "item_code",
        "guideline",
        "period_start",
        "period_end",
        "period_as_written",
        "monitoring",
        "status",
        "result",
        "outcome",
    ),
    "measure_steps": ("no_as_written", "text"),
    "measure_owners": ("owner",),
}
"""By table, the columns that a report states; ids, places and what is computed follow from them."""

REQUIRED: dict[str, frozenset[str]] = {
    "scores": frozenset({"indicator_no", "score", "score_as_written", "name_as_written"}),
    "findings": frozenset({"kind", "text"}),
    "measure_steps": frozenset({"text"}),
    "measure_owners": frozenset({"owner"}),
}
"""Columns that a row of a table cannot be without."""

_MAIN = {"reports": "agency", "scores": "score", "findings": "text", "measures": "title"}
_IDS = {"reports": "report_id", "scores": "score_id", "findings": "finding_id", "measures": "measure_id"}


def row_id_of(table: str, row: Mapping[str, Value]) -> str:
    """Return what a row is called: its id; of a step its measure's and its number, of an owner its name.

    >>> row_id_of("measure_steps", {"measure_id": "r1-m02", "step_no": 3})
    'r1-m02/3'
    """
    if table in _IDS:
        return str(row[_IDS[table]])
    return f"{row['measure_id']}/{row['step_no' if table == 'measure_steps' else 'owner']}"


def flags_of(row: Mapping[str, Value]) -> list[str]:
    """Return the flags of a row."""
    return [flag for flag in (written(row.get("flags")) or "").split("|") if flag]


def doubts_of(row: Mapping[str, Value]) -> list[str]:
    """Return the flags of a row that ask somebody to look."""
    return [flag for flag in flags_of(row) if flag not in NOTES]


def concerns(table: str, code: str) -> tuple[str, ...]:
    """Return the columns of a table that a doubt or problem is about.

    >>> concerns("scores", "ocr"), concerns("measures", "period_reversed")[:2]
    (('score',), ('period_start', 'period_end'))
    """
    flag = Flag.known(code)
    about = (ABOUT_FLAG.get(flag, ()) if flag is not None else ()) or ABOUT_PROBLEM.get(code, ())
    own = tuple(column for column in about if column in DECIDABLE.get(table, ()))
    return own or ((_MAIN[table],) if table in _MAIN else ())
