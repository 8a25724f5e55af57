"""Tables of text with separators (CSV): the separator and the quotes are detected."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO
from itertools import islice

from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.sheet.cells import MAX_CELLS, MAX_COLUMNS, Sheet
from thaita.models.problem_codes import ProblemCode

_SEPARATORS = (",", ";")
"""Separators of CSV files; lines with tabs or pipes are read as text, which may also have prose between tables."""
_SAMPLE = 200
"""Number of rows by which the separator is detected."""
_SHARE = 0.6
"""Least share of the filled rows of the sample with a usual number of fields."""
_LEAST_ROWS, _LEAST_FIELDS, _WIDE = 3, 2, 3


def separator_of(text: str) -> str | None:
    r"""Return the character that separates the fields of a table of text; None if the text is no such table.

    >>> separator_of("ลำดับ,หน่วยงาน,คะแนน\n1,ก,90.00\n2,ข,91.00\n")
    ','
    >>> separator_of("ผลการประเมิน ITA, ปี 2568\nหน่วยงานได้ 1,234 คะแนน\n") is None
    True
    """
    found: list[tuple[int, str]] = []
    for separator in _SEPARATORS:
        rows = [row for row in islice(_rows(text, separator), _SAMPLE) if any(map(str.strip, row))]
        widths = Counter(len(row) for row in rows if len(row) >= _LEAST_FIELDS)
        usual = {width for width, count in widths.items() if count >= _LEAST_ROWS}
        full = [
            row for row in rows if len(row) in usual
        ]  # tables of different widths may stand below each other
        regular = bool(full) and len(full) >= _SHARE * sum(len(row) > 1 for row in rows)
        narrow = max(usual, default=0) < _WIDE  # a line of prose may have one comma
        least = _SHARE * len(rows) / (1 if narrow else 2)
        if regular and len(full) >= least and _has_figures(full) and not _is_prose(rows):
            found.append((len(full), separator))
    return max(found, default=(0, None))[1]


def _has_figures(rows: list[list[str]]) -> bool:
    """Return whether most rows hold a field that is a number, as prose with commas does not.

    Rows of a single field name a group of rows below.
    """
    rows = [row for row in rows if sum(bool(field.strip()) for field in row) > 1]
    return 2 * sum(any(_is_number(field) for field in row) for row in rows) > len(rows)


def _is_number(field: str) -> bool:
    return field.strip().replace(".", "", 1).isdecimal()


def _is_prose(rows: list[list[str]]) -> bool:
    fields = [field for row in rows for field in row if field.strip()]
    return sum(map(len, fields)) > 60 * len(fields)


def _rows(text: str, separator: str) -> csv._reader:  # type: ignore[name-defined]
    return csv.reader(StringIO(text, newline=""), delimiter=separator)


def csv_sheet(text: str, separator: str) -> Sheet:
    """Return the cells of a table of text.

    Raises UnreadableFileError (`too_large`), and csv.Error if a field is longer than the library takes, as after a
    quotation mark that is never closed.
    """
    sheet = Sheet("")
    for number, row in enumerate(_rows(text, separator)):
        sheet.left_out += sum(bool(field.strip()) for field in row[MAX_COLUMNS:])
        for column, field in enumerate(row[:MAX_COLUMNS]):
            shown = field.strip()
            if shown:
                sheet.cells[number, column] = shown.replace("\r\n", "\n")
                if _is_number(shown):
                    sheet.numbers.add((number, column))
        if len(sheet.cells) > MAX_CELLS:
            message = f"The table has more than {MAX_CELLS:,} cells: split it."
            raise UnreadableFileError(ProblemCode.TOO_LARGE, message)
    return sheet
