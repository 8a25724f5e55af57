"""The dataset as an Excel workbook: a sheet for each table, and a sheet with the meaning of every column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from thaita.models.columns import Column
from thaita.models.tables import TABLES, TableDefinition
from thaita.normalize.vocabulary import meanings_of
from thaita.out.tables.codebook import HEADER, Examples, codebook_rows

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

Rows = Iterable[Sequence[object]]

ROWS = 1_048_576 - 1
"""Maximum number of rows of a sheet below its header; a longer table continues on another sheet."""

LONGEST = 32_767
"""Maximum number of characters of a cell."""

FIRST_YEAR = 1900
"""Excel does not support earlier dates; they are written as text."""

_CREATED = datetime(2000, 1, 1)

MEANINGS = "columns"
NOTES = "notes"
_CUT = " … [cut]"
_FONT = {"font_name": "TH Sarabun New", "font_size": 15, "valign": "top"}
"""The font of Thai government documents; if it is missing, Excel uses another Thai font."""
_HEIGHT = 23
"""Row height in points, with room for Thai marks above and below the letters."""
_WIDTHS = {"string": 22, "list": 20, "integer": 12, "number": 12, "date": 13, "boolean": 10}
"""Default column width in characters, by type."""


def write_workbook(path: Path, tables: Mapping[str, Rows], examples: Examples) -> None:
    """Write the rows of each table, in the order of its columns, as a workbook for Excel.

    Lists are joined by `|`, dates are `datetime.date`. Numbers and dates become typed cells, and no text becomes a
    formula. A text that is too long for a cell is cut, and the notes sheet lists it. Raises OSError.
    """
    import xlsxwriter

    options = {"constant_memory": True, "default_format_properties": _FONT}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": _CREATED, "title": "thaita"})
        formats = {
            "head": book.add_format({**_FONT, "bold": True, "bg_color": "#DCE6F1", "border": 1}),
            "date": book.add_format({**_FONT, "num_format": "yyyy-mm-dd", "align": "left"}),
            "integer": book.add_format({**_FONT, "align": "center"}),
            "score": book.add_format({**_FONT, "num_format": "0.00", "align": "center"}),
            "wrap": book.add_format({**_FONT, "text_wrap": True}),
        }
        cut: list[tuple[str, int, str]] = []
        for table in TABLES:
            _write_table(book, table, tables[table.name], formats, cut)
        _plain_sheet(book, MEANINGS, HEADER, codebook_rows(examples), formats, (16, 20, 10, 45, 60, 50, 40))
        _plain_sheet(book, NOTES, ("table", "row", "column", "note"), _notes(cut), formats, (16, 10, 20, 90))


def plain_workbook(file: BinaryIO, name: str, header: Sequence[str], rows: Rows) -> None:
    """Write one table as a workbook with a frozen header and filters; None is an empty cell, no text a formula."""
    import xlsxwriter

    options = {"constant_memory": True, "in_memory": False, "default_format_properties": _FONT}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": _CREATED, "title": "thaita"})
        head = book.add_format({**_FONT, "bold": True, "bg_color": "#DCE6F1", "border": 1})
        sheet = book.add_worksheet(name)
        sheet.set_default_row(_HEIGHT)
        sheet.freeze_panes(1, 0)
        for place, title in enumerate(header):
            sheet.set_column(place, place, max(_WIDTHS["number"], len(title) + 3))
        sheet.write_row(0, 0, header, head)
        at = 0
        for at, row in enumerate(rows, 1):
            for j, value in enumerate(row):
                if isinstance(value, bool):
                    sheet.write_boolean(at, j, value)
                elif isinstance(value, int | float):
                    sheet.write_number(at, j, value)
                elif value is not None:
                    sheet.write_string(at, j, str(value)[:LONGEST])
        sheet.autofilter(0, 0, at, len(header) - 1)


def _notes(cut: Iterable[tuple[str, int, str]]) -> Iterator[tuple[object, ...]]:
    yield "", "", "", "An empty cell means that the report does not say. เซลล์ว่างหมายความว่ารายงานไม่ได้ระบุ"
    yield "", "", "", "Years are of the Buddhist Era; dates of the Common Era. ปีเป็น พ.ศ. วันที่เป็น ค.ศ."
    for table, row, column in cut:
        yield (
            table,
            row,
            column,
            f"The text is longer than the {LONGEST:,} characters of a cell: see {table}.csv.",
        )


def _plain_sheet(
    book: Workbook, name: str, header: Sequence[str], rows: Iterable[Sequence[object]], formats: Mapping[str, Any],
    widths: Sequence[int],
) -> None:  # fmt: skip
    sheet = book.add_worksheet(name)
    sheet.set_default_row(_HEIGHT)
    sheet.freeze_panes(1, 0)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width, formats["wrap"])
    sheet.write_row(0, 0, header, formats["head"])
    for i, row in enumerate(rows, 1):
        for j, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(i, j, value)
            else:
                sheet.write_string(i, j, str(value), formats["wrap"])


def _write_table(
    book: Workbook, table: TableDefinition, rows: Rows, formats: Mapping[str, Any], cut: list[tuple[str, int, str]]
) -> None:  # fmt: skip
    sheet, at, sheets = _sheet(book, table, table.name, formats), 0, 1
    kinds = [
        (j, column.name, column.type, _format(column, formats)) for j, column in enumerate(table.columns)
    ]
    for row in rows:
        if at == ROWS:
            _finish(sheet, table, at)
            sheets += 1
            sheet, at = _sheet(book, table, f"{table.name} {sheets}", formats), 0
        at += 1
        for j, name, kind, form in kinds:
            value: Any = row[j]
            if value is None:
                continue
            if kind in ("integer", "number"):
                sheet.write_number(at, j, value, form)
            elif kind == "boolean":
                sheet.write_boolean(at, j, value)
            elif kind == "date" and value.year >= FIRST_YEAR:
                sheet.write_datetime(at, j, value, form)
            else:
                text = value.isoformat() if isinstance(value, date) else value
                if len(text) > LONGEST:
                    text = text[: LONGEST - len(_CUT)] + _CUT
                    cut.append((table.name, at + 1, name))
                sheet.write_string(at, j, text)
    _finish(sheet, table, at)


def _format(column: Column, formats: Mapping[str, Any]) -> Any:  # noqa: ANN401 - xlsxwriter's Format
    if column.type == "date":
        return formats["date"]
    if column.type == "integer":
        return formats["integer"]
    return formats["score"] if column.name in ("score", "overall_score", "overall_computed") else None


def _sheet(book: Workbook, table: TableDefinition, name: str, formats: Mapping[str, Any]) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.set_default_row(_HEIGHT)
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width or _WIDTHS[column.type])
        sheet.write_string(0, place, column.name, formats["head"])
        sheet.write_comment(
            0, place, "\n".join(reversed(meanings_of(column))), {"x_scale": 2, "font_size": 10}
        )
    return sheet


def _finish(sheet: Worksheet, table: TableDefinition, rows: int) -> None:
    sheet.autofilter(0, 0, rows, len(table.columns) - 1)
