"""Spreadsheets as documents: each sheet's tables and lines of text, with values as displayed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from thaita.extract.readers.blocks import Draft, ParagraphDraft, assemble_blocks
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.sheet.cells import MAX_COLUMNS, Sheet, sheet_drafts
from thaita.extract.readers.sheet.container import checked_parts, formulas_without_value, workbook_kind
from thaita.extract.readers.sheet.delimited import csv_sheet, separator_of
from thaita.extract.readers.sheet.ods import ods_sheets
from thaita.extract.readers.sheet.xlsx import xlsx_sheets
from thaita.models.document import Document, ReaderProblem, Table
from thaita.models.problem_codes import ProblemCode

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
}
_DEFAULT_NAME = re.compile(r"\s*(?:sheet|แผ่น(?:งาน)?|ชีต)\s*[0-9๐-๙]*\s*(?:\(\d+\))?\s*", re.IGNORECASE)


def is_workbook(data: bytes) -> bool:
    """Return whether a ZIP file is a workbook."""
    return workbook_kind(data) is not None


def read_workbook(data: bytes) -> Document:
    """Return the document in the bytes of a workbook (XLSX, XLSM, ODS): its visible sheets in order.

    Formulas count with their stored values. Problems list hidden sheets, rows and columns, which are left out, and
    formulas without a value. Raises UnreadableFileError (`damaged`, `encrypted`, `too_large`).
    """
    kind = workbook_kind(data) or "xlsx"
    parts = checked_parts(data)
    sheets, hidden = ods_sheets(parts) if kind == "ods" else xlsx_sheets(data)
    problems = []
    if hidden:
        message = f"Hidden and left out: {', '.join(hidden)}. Unhide them if they belong to the results."
        problems.append(ReaderProblem.of(ProblemCode.HIDDEN_TEXT, message))
    if unstored := formulas_without_value(parts):
        message = f"{unstored} formulas have no stored value: open the workbook, save it and read it again."
        problems.append(ReaderProblem.of(ProblemCode.FORMULA, message))
    return _document(sheets, kind, problems)


def read_csv(text: str, problems: Iterable[ReaderProblem] = ()) -> Document | None:
    """Return the document in the decoded text of a CSV file; None if the text is no table with separators.

    Raises UnreadableFileError (`empty`, `too_large`).
    """
    try:
        separator = separator_of(text)
        sheet = csv_sheet(text, separator) if separator else None
    except csv.Error:
        return None
    return _document([sheet], "csv", list(problems)) if sheet else None


def _document(sheets: Sequence[Sheet], kind: str, problems: list[ReaderProblem]) -> Document:
    if left_out := sum(sheet.left_out for sheet in sheets):
        message = f"{left_out:,} cells were left out: they lie beyond column {MAX_COLUMNS} or repeat one row too often."
        problems.append(ReaderProblem.of(ProblemCode.LIMIT_REACHED, message))
    drafts: list[Draft] = []
    for sheet in sheets:
        if sheet.cells and sheet.name and not _DEFAULT_NAME.fullmatch(sheet.name):
            drafts.append(ParagraphDraft([sheet.name], "heading"))
        drafts += sheet_drafts(sheet)
    if not drafts:
        raise UnreadableFileError(ProblemCode.EMPTY, "The spreadsheet contains no visible values.")
    text, blocks, marks = assemble_blocks(drafts)
    if kind == "csv":  # the format has no merged cells: an empty cell may belong to the one above it
        blocks = tuple(replace(one, drawn_spans=False) if isinstance(one, Table) else one for one in blocks)
    return Document(text, MEDIA_TYPES[kind], blocks, problems=tuple(problems), marks=marks)
