r"""Reads and writes tables as CSV without loss: one record for each row.

The format is RFC 4180 with line feeds: UTF-8 with a byte order mark, commas, a header, and quotes around a field
that contains a comma, a quote or a line break. An empty field means no value.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import TextIO

from thaita.corpus.regular_files import open_regular
from thaita.models.columns import Column
from thaita.models.rows import Row, Value, storable
from thaita.models.tables import TableDefinition
from thaita.out.tables.checksums import ChecksummedFile, known_sums, refuse_other
from thaita.out.tables.checksums import DatasetError as DatasetError

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Spreadsheets drop leading white space, and some treat the fullwidth signs of East Asian keyboards as ASCII."""
GUARDED_STARTS = ("'", *_FORMULA_STARTS)
"""First characters that make `guard` prefix a text with an apostrophe."""
_QUOTED = frozenset(',"\r\n')
_LONGEST_FIELD = 2**31 - 1
_BUFFER = 256 * 1024


def guard(text: str) -> str:
    """Return the text with an apostrophe in front if a spreadsheet would take it for a formula.

    A text that starts with an apostrophe gets another one, so that `unguard` is exact.

    >>> guard("=1+1"), guard("'quoted'"), guard("1-1")
    ("'=1+1", "''quoted'", '1-1')
    """
    return "'" + text if text.startswith(GUARDED_STARTS) else text


def unguard(text: str) -> str:
    """Return the text without the apostrophe that `guard` added.

    >>> unguard("'=1+1"), unguard("''quoted'"), unguard("'เดิม'")
    ('=1+1', "'quoted'", "'เดิม'")
    """
    return text[1:] if text[:1] == "'" and text[1:].startswith(GUARDED_STARTS) else text


def cell(value: Value, column: Column) -> str:
    """Return a value as the text of a CSV field, before quoting.

    >>> from thaita.models.tables import BY_NAME
    >>> cell(Decimal("-1.50"), BY_NAME["scores"].columns[9])
    '-1.50'
    """
    if value is None:
        return ""
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return guard(storable(text)) if column.type in ("string", "list") else text


def record(fields: Iterable[str]) -> str:
    r"""Return the fields as one record of a CSV file, including the line feed.

    >>> record(["ก", 'ข "ค" ง', "", "จ\r\nฉ"])
    'ก,"ข ""ค"" ง",,"จ\r\nฉ"\n'
    """
    return ",".join(map(quoted, fields)) + "\n"


def quoted(field: str) -> str:
    """Return a field as written in a record, with quotes if it needs them."""
    return field if _QUOTED.isdisjoint(field) else '"' + field.replace('"', '""') + '"'


def read_table(folder: Path, table: TableDefinition, *, verify: bool = True) -> list[Row]:
    """Return the rows of a table of a dataset, with values of the columns' types and dates as ISO 8601 text.

    Columns that this version does not know are left out. Raises DatasetError, with file and line, if the file is
    missing, lacks a column or has a value of another type; with `verify`, also if it differs from its checksum.
    """
    return list(stream_table(folder, table, verify=verify))


def stream_table(folder: Path, table: TableDefinition, *, verify: bool = True) -> Iterator[Row]:
    """Yield the rows that `read_table` returns one by one, so that a table need not fit in memory.

    Raises the same errors when it reaches the damaged row; a wrong checksum is reported after the last row.
    """
    name = f"{table.name}.csv"
    path = folder / name
    known = known_sums(folder) if verify else {}
    try:
        raw = ChecksummedFile(path)
        with TextIOWrapper(BufferedReader(raw, _BUFFER), encoding="utf-8-sig", newline="") as file:
            yield from _rows(file, table, str(path))
        refuse_other(folder, name, raw.summing.sum(), known)
    except FileNotFoundError as error:
        message = f"{path}: no such table; is {folder} a dataset that `thaita extract` wrote?"
        raise DatasetError(message) from error
    except (UnicodeDecodeError, csv.Error) as error:
        message = f"{path}: not a CSV file in UTF-8 ({error}); run `thaita extract` again"
        raise DatasetError(message) from error
    except OSError as error:
        raise DatasetError(f"{path}: cannot be read: {error.strerror or error}") from error


def table_header(folder: Path, name: str) -> tuple[str, ...]:
    """Return the names of the columns that a table of a dataset has; empty if there is no such table."""
    try:
        raw = BufferedReader(open_regular(folder / f"{name}.csv"))
        with TextIOWrapper(raw, encoding="utf-8-sig", newline="") as file:
            return tuple(next(csv.reader(file, strict=True), []))
    except (OSError, UnicodeDecodeError, csv.Error):
        return ()  # `stream_table` reports it


def _rows(file: TextIO, table: TableDefinition, path: str) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_FIELD)
    header = next(csv.reader(file, strict=True), [])
    if missing := [name for name in table.header if name not in header]:
        message = f"{path}: no column {missing[0]}: written by another version; run `thaita extract` again"
        raise DatasetError(message)
    yield from records(file, table, header, path, read=1)


def records(
    file: TextIO, table: TableDefinition, header: Sequence[str], name: str, read: int = 0
) -> Iterator[Row]:
    """Yield the records of a file as rows of a table; `read` lines of the file were read before.

    Raises DatasetError, with `name` and the line, for an invalid record, and csv.Error.
    """
    reader = csv.reader(file, strict=True)
    places = [(header.index(column.name), column) for column in table.columns]
    for fields in reader:
        line = reader.line_num + read
        if len(fields) != len(header):
            message = f"{name}, line {line}: {len(fields)} fields, not {len(header)}"
            raise DatasetError(message)
        row: Row = {}
        for place, column in places:
            try:
                row[column.name] = value(fields[place], column)
            except (ValueError, InvalidOperation) as error:
                message = f"{name}, line {line}, {column.name}: {fields[place][:40]!r} is no {column.type}"
                raise DatasetError(message) from error
        yield row


def value(field: str, column: Column) -> Value:
    """Return the value of a CSV field: text, integer, decimal, ISO 8601 date, or None.

    Raises ValueError or decimal.InvalidOperation if the field does not have the column's type.
    """
    return _READ[column.type](field) if field else None


def _iso_date(field: str) -> Value:
    return date.fromisoformat(field).isoformat()


_PLAIN = re.compile(r"[+-]?\d{1,320}(?:\.\d{1,320})?", re.ASCII)
"""Numbers as `cell` writes them, with room for the largest box; an exponent could stand for a billion digits."""


def _number(field: str) -> Value:
    if _PLAIN.fullmatch(field) is None:
        message = "not a plain number"
        raise ValueError(message)
    return Decimal(field)


_WHOLE = re.compile(r"[+-]?\d{1,19}", re.ASCII)
_INT64 = range(-(2**63), 2**63)
"""Integers that every format of a dataset can store."""


def whole_number(field: str) -> int:
    """Return the integer in a field. Raises ValueError for anything else and for more than 64 bits."""
    if _WHOLE.fullmatch(field) is None or int(field) not in _INT64:
        message = "not a whole number of 64 bits"
        raise ValueError(message)
    return int(field)


def _truth(field: str) -> Value:
    if field not in ("true", "false"):
        message = "neither true nor false"
        raise ValueError(message)
    return field


_READ: dict[str, Callable[[str], Value]] = {
    "string": unguard,
    "list": unguard,
    "integer": whole_number,
    "number": _number,
    "date": _iso_date,
    "boolean": _truth,
}
