"""Sheets of Excel workbooks (ECMA-376), by openpyxl."""

from __future__ import annotations

import warnings
from bisect import bisect_left
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.sheet.cells import MAX_CELLS, MAX_COLUMNS, Sheet
from thaita.extract.readers.sheet.container import damaged
from thaita.extract.readers.sheet.number_formats import CellValue, displayed
from thaita.models.problem_codes import ProblemCode

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def xlsx_sheets(data: bytes) -> tuple[list[Sheet], list[str]]:
    """Return the visible sheets of a checked workbook with the stored values of formulas, and what is hidden.

    Raises UnreadableFileError (`damaged`, `too_large`).
    """
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(data), data_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises errors of many kinds for parts that it does not expect
        raise damaged(f"{type(error).__name__}: {error}") from error
    sheets: list[Sheet] = []
    hidden: list[str] = []
    left = MAX_CELLS
    for one in book.worksheets:
        if one.sheet_state != "visible":
            hidden.append(f"the sheet «{one.title}»")
            continue
        sheet = _sheet(one, hidden, left)
        left -= len(sheet.cells)
        sheets.append(sheet)
    return sheets, hidden


def _sheet(source: Worksheet, hidden: list[str], left: int) -> Sheet:
    """Return the visible cells of a sheet; `left` is how many the file may still have."""
    sheet = Sheet(source.title)
    rows = {number for number, one in source.row_dimensions.items() if one.hidden}
    columns: set[int] = set()
    for one in source.column_dimensions.values():
        if one.hidden and one.min is not None and one.max is not None:
            columns.update(range(one.min, min(one.max, MAX_COLUMNS) + 1))
    out: dict[str, set[int]] = {"rows": set(), "columns": set()}
    row_of, column_of = _shown(rows), _shown(columns)
    for (row, column), cell in source._cells.items():
        value: CellValue = cell.value  # type: ignore[assignment]
        text = displayed(value, cell.number_format or "General").strip() if value is not None else ""
        if not text:
            continue
        if row in rows or column in columns:
            out["rows" if row in rows else "columns"].add(row if row in rows else column)
            continue
        if column > MAX_COLUMNS:
            sheet.left_out += 1
            continue
        if len(sheet.cells) >= left:
            message = f"The workbook has more than {MAX_CELLS:,} cells: split it."
            raise UnreadableFileError(ProblemCode.TOO_LARGE, message)
        place = (row_of(row), column_of(column))
        sheet.cells[place] = text
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            sheet.numbers.add(place)
    for merged in source.merged_cells.ranges:
        at = (row_of(merged.min_row), column_of(merged.min_col))
        if at in sheet.cells:
            height = row_of(merged.max_row + 1) - at[0]
            sheet.merged[at] = (height, min(column_of(merged.max_col + 1) - at[1], MAX_COLUMNS))
    hidden += [f"{len(found)} {what} of «{source.title}»" for what, found in out.items() if found]
    return _within(sheet)


def _shown(hidden: set[int]) -> Callable[[int], int]:
    """Return the function that gives a row or column (from 1) its position (from 0) among those shown."""
    ordered = sorted(hidden)
    return lambda number: number - 1 - bisect_left(ordered, number)


def _within(sheet: Sheet) -> Sheet:
    """Return a sheet whose merged cells end at its last filled row."""
    last = max((row for row, _ in sheet.cells), default=0)
    for at, (height, width) in sheet.merged.items():
        sheet.merged[at] = (min(height, max(1, last - at[0] + 1)), width)
    return sheet
