"""Reads the tables of a dataset from formats other than CSV, with the same rows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from thaita.corpus.regular_files import open_regular
from thaita.models.columns import Column
from thaita.models.rows import Row, Value
from thaita.models.tables import BY_NAME, TABLES, TableDefinition
from thaita.out.tables.checksums import known_sums, refuse_other, sum_of
from thaita.out.tables.csv_tables import DatasetError, read_table
from thaita.out.tables.csv_tables import value as of_text
from thaita.out.tables.formats import DATABASE, LINES, WORKBOOK, require_formats
from thaita.out.tables.jsonl_file import NESTED, NESTED_IN_MEASURE, ROW
from thaita.out.tables.parquet_by_year import FOLDER

Tables = dict[str, list[Row]]

_NAMES = {
    "parquet": [f"{table.name}.parquet" for table in TABLES],
    "xlsx": [WORKBOOK],
    "duckdb": [DATABASE],
    "jsonl": [LINES],
}
"""The files of each format."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_format(dataset: Path, format_: str, *, verify: bool = True) -> Tables:
    """Return the rows of every table of a dataset from its files of a format other than csv (see `FORMATS`).

    Raises DatasetError if the files are missing or damaged; with `verify`, also if they differ from their checksums.
    The DuckDB file has no checksum, because its bytes differ between runs; its rows are checked against the CSV
    tables.
    """
    read: dict[str, Callable[[Path], Tables]] = {
        "parquet": _parquet, "parquet-by-year": _by_year, "xlsx": _workbook, "duckdb": _database, "jsonl": _json_lines
    }  # fmt: skip
    if format_ not in read:
        message = f"unknown format {format_!r}: choose one of csv, {', '.join(read)}"
        raise ValueError(message)
    if format_ not in ("xlsx", "jsonl"):  # reading these needs no extra
        require_formats([format_])
    try:
        _check_files(dataset, format_, verify=verify)
        found = read[format_](dataset)
        if verify and format_ == "duckdb":
            _check_rows(dataset, found)
        return found
    except DatasetError:
        raise
    except Exception as error:  # each library raises different errors
        message = f"{dataset}: the {format_} files are missing or damaged ({error}); run `thaita extract --format {format_}` again"
        raise DatasetError(message) from error


def _check_files(dataset: Path, format_: str, *, verify: bool) -> None:
    """Raise OSError if a format's file is not a regular file, DatasetError if it differs from its checksum."""
    known = known_sums(dataset) if verify else {}
    if format_ == "parquet-by-year":
        names = [file.relative_to(dataset).as_posix() for file in (dataset / FOLDER).rglob("*.parquet")]
        listed = [name for name in known if name.startswith(f"{FOLDER}/")]
        if listed and (other := sorted({*names} ^ {*listed})):
            raise DatasetError(
                f"{dataset / other[0]}: a file is missing or was added; run `thaita extract` again"
            )
    else:
        names = _NAMES[format_]
    for name in names:
        if name in known:
            refuse_other(dataset, name, sum_of(dataset / name), known)
        else:
            open_regular(dataset / name).close()


def _check_rows(dataset: Path, found: Tables) -> None:
    for table in TABLES:
        if [*map(_plain, found[table.name])] != [*map(_plain, read_table(dataset, table))]:
            raise DatasetError(
                f"{dataset / DATABASE}: the rows of {table.name} differ from {table.name}.csv. Run `thaita extract` again; "
                "if it was edited on purpose, read it with verify=False (`thaita.load`)"
            )


def _plain(row: Row) -> list[object]:
    """Return the values of a row, with decimals as floats, as the database stores them."""
    return [float(value) if isinstance(value, Decimal) else value for value in row.values()]


def _value(value: Any, column: Column) -> Value:  # noqa: ANN401 - what a library gives
    """Return a library's value as a row's value: lists joined by `|`, dates as ISO 8601, numbers exact."""
    if value is None or value == [] or (value == "" and column.type != "string"):
        return None
    if column.type == "list":
        return "|".join(map(str, value)) if isinstance(value, list) else str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if column.type == "boolean":
        return of_text(str(value).lower(), column)
    if column.type == "string":
        return str(value)
    if column.type == "integer" and isinstance(value, float) and value.is_integer():
        value = int(value)  # a workbook has only floats
    if column.type == "number" and isinstance(value, float):
        value = format(Decimal(str(value)), "f")
    return of_text(str(value), column)


def _row(values: Any, table: TableDefinition) -> Row:  # noqa: ANN401
    return {column.name: _value(value, column) for column, value in zip(table.columns, values, strict=True)}


def _database(dataset: Path) -> Tables:
    from thaita.out.tables import duckdb_file as duck

    if not (dataset / DATABASE).exists():
        raise FileNotFoundError(DATABASE)
    with closing(duck.connect(dataset / DATABASE, read_only=True)) as connection:
        return {table.name: [_row(row, table) for row in duck.rows_of(connection, table)] for table in TABLES}


def _parquet(dataset: Path) -> Tables:
    from thaita.out.tables import duckdb_file as duck

    found: Tables = {}
    with closing(duck.connect()) as connection:
        for table in TABLES:
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            path = str(dataset / f"{table.name}.parquet")
            rows = connection.execute(f"SELECT {names} FROM read_parquet(?)", [path]).fetchall()  # noqa: S608 - names of our own definition
            found[table.name] = [_row(row, table) for row in rows]
    return found


def _by_year(dataset: Path) -> Tables:
    from thaita.out.tables import duckdb_file as duck
    from thaita.out.tables.parquet_by_year import read_by_year

    with closing(duck.connect()) as connection:
        return {
            table.name: [_row(row, table) for row in read_by_year(connection, dataset, table)]
            for table in TABLES
        }


def _json_lines(dataset: Path) -> Tables:
    found: Tables = {table.name: [] for table in TABLES}
    order: list[int] = []

    def add(name: str, one: dict[str, Any], **ids: Any) -> None:  # noqa: ANN401
        values = {**one, **ids}
        found[name].append(_row([values.get(column.name) for column in BY_NAME[name].columns], BY_NAME[name]))

    with (dataset / LINES).open(encoding="utf-8") as file:
        for line in file:
            report = json.loads(line)
            report_id = report["report_id"]
            if report_id is not None:
                add("reports", report)
            for name in NESTED:
                for one in report.get(name, ()):
                    add(name, one, report_id=report_id)
                    if name == "problems":
                        order.append(one[ROW])
                    for table, key in NESTED_IN_MEASURE.items():
                        for inner in one.get(key, ()) if name == "measures" else ():
                            add(table, inner, measure_id=one["measure_id"])
    found["problems"] = [
        row for _, row in sorted(zip(order, found["problems"], strict=True), key=lambda pair: pair[0])
    ]
    return found


def _workbook(dataset: Path) -> Tables:
    import openpyxl

    book = openpyxl.load_workbook(dataset / WORKBOOK, read_only=True)
    with closing(book):
        return {table.name: list(_sheets(book, table)) for table in TABLES}


def _sheets(book: Any, table: TableDefinition) -> Iterator[Row]:  # noqa: ANN401 - openpyxl's Workbook
    name, number = table.name, 1
    while name in book.sheetnames:
        rows = book[name].iter_rows(values_only=True)
        header = list(next(rows))
        places = [header.index(column.name) for column in table.columns]
        for cells in rows:
            padded = [*cells, *[None] * (len(header) - len(cells))]
            yield _row([_text(padded[place]) for place in places], table)
        number += 1
        name = f"{table.name} {number}"


def _text(value: Any) -> Any:  # noqa: ANN401 - what a cell holds
    """Return a cell's value, with escapes of characters that XML does not allow decoded."""
    return _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), value) if isinstance(value, str) else value
