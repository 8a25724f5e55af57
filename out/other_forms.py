"""The way back from a dataset's other forms: the rows of each table, as its CSV holds them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from thaita.models.columns import Column
from thaita.models.rows import Row, Value
from thaita.models.tables import BY_NAME, TABLES, TableDefinition
from thaita.out.formats import DATABASE, LINES, WORKBOOK
from thaita.out.json_lines import NESTED, OF_MEASURE, ROW
from thaita.out.tables_csv import DatasetError

Tables = dict[str, list[Row]]

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_form(dataset: Path, form: str) -> Tables:
    """Return the rows of every table of a dataset from its files of a form other than csv (`FORMATS`).

    Raises DatasetError where there is none, or it is damaged.
    """
    read: dict[str, Callable[[Path], Tables]] = {
        "parquet": _parquet, "parquet-by-year": _by_year, "xlsx": _workbook, "duckdb": _database, "jsonl": _json_lines
    }  # fmt: skip
    if form not in read:
        message = f"no form of a dataset is called {form!r}: choose one of csv, {', '.join(read)}"
        raise ValueError(message)
    try:
        return read[form](dataset)
    except DatasetError:
        raise
    except Exception as error:  # each library has errors of its own
        message = f"{dataset}: the {form} files are missing or damaged ({error}); run `thaita extract --format {form}` again"
        raise DatasetError(message) from error


def _value(value: Any, column: Column) -> Value:  # noqa: ANN401 - what a library gives
    """Return a value as a row has it: lists joined, dates ISO 8601, numbers exact."""
    if value is None or value == [] or (value == "" and column.type != "string"):
        return None
    if column.type == "list":
        return "|".join(map(str, value)) if isinstance(value, list) else str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if column.type == "number":
        return Decimal(str(value))
    return int(value) if column.type == "integer" else str(value)


def _row(values: Any, table: TableDefinition) -> Row:  # noqa: ANN401
    return {column.name: _value(value, column) for column, value in zip(table.columns, values, strict=True)}


def _database(dataset: Path) -> Tables:
    from thaita.out import duck

    if not (dataset / DATABASE).exists():
        raise FileNotFoundError(DATABASE)
    with closing(duck.connect(dataset / DATABASE, read_only=True)) as connection:
        return {table.name: [_row(row, table) for row in duck.rows_of(connection, table)] for table in TABLES}


def _parquet(dataset: Path) -> Tables:
    from thaita.out import duck

    found: Tables = {}
    with closing(duck.connect()) as connection:
        for table in TABLES:
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            path = str(dataset / f"{table.name}.parquet")
            rows = connection.execute(f"SELECT {names} FROM read_parquet(?)", [path]).fetchall()  # noqa: S608 - names of our own definition
            found[table.name] = [_row(row, table) for row in rows]
    return found


def _by_year(dataset: Path) -> Tables:
    from thaita.out import duck
    from thaita.out.by_year import read_by_year

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
                    for table, key in OF_MEASURE.items():
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
    """Return a cell's value, with the characters that XML cannot hold as they were."""
    return _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), value) if isinstance(value, str) else value
