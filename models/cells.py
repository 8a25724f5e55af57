"""The cells of the dataset: how rows are called, which cells a person may decide on, and which a code is about."""

from __future__ import annotations

from collections.abc import Mapping

from thaita.models.flags import ABOUT as ABOUT_FLAG
from thaita.models.flags import UNSURE_ABOUT, Flag
from thaita.models.problem_codes import ABOUT as ABOUT_PROBLEM
from thaita.models.rows import Value, written
from thaita.models.tables import BY_NAME, TABLES

DECIDABLE: dict[str, tuple[str, ...]] = {
    table.name: names
    for table in TABLES
    if (names := tuple(column.name for column in table.columns if column.label))
}
"""By table, the columns that a report states; ids, places and what is computed follow from them."""

_MAIN = {
    "reports": "agency",
    "scores": "score",
    "results": "overall_score",
    "findings": "text",
    "measures": "title",
}

IDS = {
    "reports": "report_id",
    "scores": "score_id",
    "results": "result_id",
    "findings": "finding_id",
    "measures": "measure_id",
}
"""The tables whose rows have flags, and the columns of their ids."""


def row_id_of(table: str, row: Mapping[str, Value]) -> str:
    """Return what a row is called: its id; of a step its measure's and its number, of an owner its name.

    >>> row_id_of("measure_steps", {"measure_id": "r1-m02", "step_no": 3})
    'r1-m02/3'
    """
    if table in IDS:
        return str(row[IDS[table]])
    return f"{row['measure_id']}/{row['step_no' if table == 'measure_steps' else 'owner']}"


def flags_of(row: Mapping[str, Value]) -> list[str]:
    """Return the flags of a row."""
    return [flag for flag in (written(row.get("flags")) or "").split("|") if flag]


def concerns(table: str, code: str) -> tuple[str, ...]:
    """Return the columns of a table that a doubt or problem is about.

    >>> concerns("scores", "ocr"), concerns("measures", "period_reversed")[:2], concerns("reports", "unsure_grade")
    (('score',), ('period_start', 'period_end'), ('grade',))
    """
    flag = Flag.known(code)
    columns = DECIDABLE.get(table) or (BY_NAME[table].header if table in BY_NAME else ())
    if flag == Flag.UNSURE:
        reason = code.removeprefix(Flag.UNSURE.of(""))
        field = (
            reason if table == "reports" else UNSURE_ABOUT.get(reason, "")
        )  # in reports, the column itself
        if field in columns:
            return (field,)
    about = (ABOUT_FLAG.get(flag, ()) if flag is not None else ()) or ABOUT_PROBLEM.get(code, ())
    own = tuple(column for column in about if column in columns)
    return own or ((_MAIN[table],) if table in _MAIN else ())
