"""Rows of `problems` about decisions: problems resolved by a decision, and decisions without effect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thaita.corpus.review.decision import Decision
from thaita.corpus.review.reviewable_fields import concerns, flags_of, row_id_of
from thaita.extract.resolve.consistency import VALUE_PROBLEMS, value_problems
from thaita.extract.resolve.derive import Cell
from thaita.models.flags import Flag
from thaita.models.problem_codes import ProblemCode
from thaita.models.readings import reading_from_rows
from thaita.models.rows import Row
from thaita.models.tables import BY_NAME

OURS = (
    ProblemCode.CORRECTION_NOT_APPLIED,
    ProblemCode.CORRECTION_CONFLICT,
    ProblemCode.CORRECTION_DAMAGED,
)
"""The codes of problems caused by decisions."""

_SAID = {"correct": "corrected", "accept": "accepted", "wrong": "marked as wrong"}
_BRACKETS = str.maketrans("[]\n", "() ")


def not_applied(decision: Decision, reason: str, *, known: bool) -> Row:
    """Return the row of `problems` for a decision without effect; `known`: its report was read."""
    what = {"correct": f"{decision.value or 'nothing'}", "accept": "accepted", "wrong": "wrong"}
    message = (
        f"A decision was not applied: {reason}. {decision.by} decided on {decision.time.date().isoformat()}"
        f" that {decision.table}.{decision.column} of {decision.row_id}, read as {decision.extracted or 'nothing'},"
        f" is {what.get(decision.kind, decision.kind)}. Please decide again."
    )
    named = {"table": decision.table, "row_id": decision.row_id} if known else {}
    report = decision.report_id if known else None
    thai = (
        f"ไม่ได้ใช้ผลการตรวจของ {decision.by} ({decision.time.date().isoformat()}) เกี่ยวกับ {decision.table}.{decision.column}"
        f" ของ {decision.row_id} ซึ่งอ่านได้ว่า {decision.extracted or '–'} กรุณาตรวจอีกครั้ง"
    )
    return _warning(ProblemCode.CORRECTION_NOT_APPLIED, message, thai) | {
        "report_id": report,
        "source": decision.source,
        **named,
    }


def conflict(report: Row, indicator: str) -> Row:
    """Return the row of `problems` for an indicator with several different scores of one agency."""
    message = f"After correction several scores of {indicator} differ for one agency."
    where = {"report_id": report["report_id"], "source": report["source"], "table": "scores"}
    thai = f"หลังการแก้ไข {indicator} ของหน่วยงานเดียวกันมีคะแนนต่างกัน"
    return _warning(ProblemCode.CORRECTION_CONFLICT, message, thai) | where


def damaged(line: int, reason: str) -> Row:
    """Return the row of `problems` for an unreadable line of the decision log."""
    message = f"Line {line} of the file of corrections is not a valid decision ({reason}) and was ignored."
    return _warning(ProblemCode.CORRECTION_DAMAGED, message, f"บรรทัดที่ {line} ของไฟล์การแก้ไขใช้ไม่ได้ จึงข้ามไป")


def _warning(code: ProblemCode, message: str, thai: str) -> Row:
    row: Row = dict.fromkeys(BY_NAME["problems"].header)
    return row | {"severity": code.severity, "code": code.value, "message_th": thai, "message_en": message}


def note_answers(tables: Mapping[str, Sequence[Row]], applied: Mapping[Cell, Decision]) -> None:
    """Turn each problem resolved by a decision into a note that names the reviewer; its message is kept.

    `tables` contains the rows of one report with the decisions applied.
    """
    for problem in tables["problems"]:
        if problem["code"] in VALUE_PROBLEMS and (answer := _answer(problem, tables, applied)):
            was = str(problem["severity"])
            problem["message_en"] = f"{problem['message_en']} [decided, was {was}: {answer}]"
            problem["message_th"] = f"{problem['message_th']} [มีผู้ตรวจแล้ว]"
            problem["severity"] = "info"


def _answer(
    problem: Row, tables: Mapping[str, Sequence[Row]], applied: Mapping[Cell, Decision]
) -> str | None:
    """Return what resolves a problem: a decision on one of its cells, or values that are now consistent."""
    table, row_id = str(problem["table"]), problem["row_id"]
    about = concerns(table, str(problem["code"]))
    for (its, i, column), one in applied.items():
        if its == table and column in about and row_id_of(table, tables[table][i]) == row_id:
            return f"{column} {_SAID[one.kind]} by {one.by}".translate(_BRACKETS)
    solved = problem["code"] == ProblemCode.SUM_MISMATCH and Flag.SUM_MISMATCH not in flags_of(
        tables["reports"][0]
    )
    return "the corrected values agree" if solved else None


def without_answers(tables: Mapping[str, Sequence[Row]]) -> None:
    """Restore the message and severity of problems resolved by decisions; both are derived from the records.

    `tables` contains the extracted rows of one report. Raises ValueError for rows that do not form a valid report.
    """
    about_values = [row for row in tables["problems"] if row["code"] in VALUE_PROBLEMS]
    if not about_values:
        return
    scores = [row for row in tables["evidence"] if (row["table"], row["column"]) == ("scores", "score")]
    scheme = [row for row in tables["problems"] if row["code"] == ProblemCode.OTHER_SCHEME]
    used = {"reports": tables["reports"], "scores": tables["scores"], "evidence": scores, "problems": scheme}
    found = {(one.code, one.row_id): one for one in value_problems(reading_from_rows(used))}
    for row in about_values:
        if one := found.get((str(row["code"]), str(row["row_id"]))):
            row["severity"] = one.severity
            row["message_en"], row["message_th"] = one.message_en, one.message_th
