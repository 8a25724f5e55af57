"""Which cells of the dataset a person may decide on, what a row is called, and which cells a doubt is about."""

from __future__ import annotations

from collections.abc import Mapping

from thaita.models.flags import ABOUT as ABOUT_FLAG
from thaita.models.flags import NOTES, Flag
from thaita.models.problem_codes import ABOUT as ABOUT_PROBLEM
from thaita.models.readings import RECORDS
from thaita.models.rows import Value, written
from thaita.models.tables import TABLES

DECIDABLE: dict[str, tuple[str, ...]] = {
    table.name: names
    for table in TABLES
    if (names := tuple(column.name for column in table.columns if column.label))
}
"""By table, the columns that a report states; ids, places and what is computed follow from them."""

REQUIRED = {
    table: frozenset(name for name in names if RECORDS[table].model_fields[name].is_required())
    for table, names in DECIDABLE.items()
}
"""Columns that a row of a table cannot be without."""

_MAIN = {
    "reports": "agency",
    "scores": "score",
    "results": "overall_score",
    "findings": "text",
    "measures": "title",
}
_IDS = {
    "reports": "report_id",
    "scores": "score_id",
    "results": "result_id",
    "findings": "finding_id",
    "measures": "measure_id",
}


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

    >>> concerns("scores", "ocr"), concerns("measures", "period_reversed")[:2], concerns("reports", "unsure_grade")
    (('score',), ('period_start', 'period_end'), ('grade',))
    """
    flag = Flag.known(code)
    field = code.removeprefix(Flag.UNSURE.of(""))
    if flag == Flag.UNSURE and field in DECIDABLE.get(table, ()):
        return (field,)  # in reports, the flag names the column
    about = (ABOUT_FLAG.get(flag, ()) if flag is not None else ()) or ABOUT_PROBLEM.get(code, ())
    own = tuple(column for column in about if column in DECIDABLE.get(table, ()))
    return own or ((_MAIN[table],) if table in _MAIN else ())
