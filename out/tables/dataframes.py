"""Tables as pandas DataFrames with typed columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thaita.models.extras import require
from thaita.models.rows import Row, Value, storable
from thaita.models.summary import html_table, tables_summary
from thaita.models.tables import TABLES, TableDefinition
from thaita.out.tables.csv_tables import read_table, stream_table

if TYPE_CHECKING:
    from pandas import DataFrame, Series


class Dataset(dict[str, "DataFrame"]):
    """The tables of a dataset as DataFrames, by name; its repr lists the tables with their numbers of rows."""

    def __repr__(self) -> str:
        return tables_summary(self._rows())

    def _repr_html_(self) -> str:
        return html_table(("table", "rows"), ((name, f"{rows:,}") for name, rows in self._rows().items()))

    def _rows(self) -> dict[str, int]:
        return {name: len(table) for name, table in self.items()}


def load(dataset: Path, format_: str = "csv", *, verify: bool = True) -> Dataset:
    """Return the tables of a dataset as DataFrames with typed columns, by name.

    `format_` is the format to read; all formats give the same tables. Raises DatasetError if a table is missing or
    damaged (with `verify`, also if it differs from its checksum), ValueError for an unknown format.
    """
    if format_ != "csv":
        from thaita.out.tables.read_formats import read_format

        found = read_format(dataset, format_, verify=verify)
        return Dataset((table.name, frame(table, found[table.name])) for table in TABLES)
    return Dataset((table.name, frame(table, read_table(dataset, table, verify=verify))) for table in TABLES)


def frames(rows: Iterable[tuple[str, Row]]) -> Dataset:
    """Return (table, row) pairs as the DataFrames that `load` returns after they are written."""
    collected: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for name, row in rows:
        collected[name].append(row)
    return Dataset((table.name, frame(table, collected[table.name])) for table in TABLES)


def frame(table: TableDefinition, rows: list[Row]) -> DataFrame:
    """Return rows as a DataFrame with string, Int64, Float64 and datetime64[s] columns; missing values are NA.

    A list is one string, joined by `|`.
    """
    require("pandas")
    from pandas import DataFrame

    return DataFrame(
        {column.name: _series([row[column.name] for row in rows], column.type) for column in table.columns}
    )


def plain_rows(frame: DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the rows of a DataFrame as plain values by column, None for a missing one."""
    plain = {
        str(name): frame[name].astype(object).where(frame[name].notna(), None).tolist()
        for name in frame.columns
    }
    for row in zip(*plain.values(), strict=True):
        yield dict(zip(plain, row, strict=True))


def read_columns(
    dataset: Path,
    table: TableDefinition,
    names: Collection[str],
    keep: Callable[[Row], bool] = lambda _: True,
    *,
    verify: bool = True,
) -> DataFrame:
    """Return some columns of a table of a dataset, as `load` has them, without holding all its rows in memory.

    `keep` decides which rows are returned.
    Raises DatasetError if the table is missing or damaged; with `verify`, also if it differs from its checksum.
    """
    require("pandas")
    from pandas import DataFrame

    columns = [column for column in table.columns if column.name in names]
    values: dict[str, list[Value]] = {column.name: [] for column in columns}
    for row in filter(keep, stream_table(dataset, table, verify=verify)):
        for name, some in values.items():
            some.append(row[name])
    return DataFrame({column.name: _series(values[column.name], column.type) for column in columns})


def _series(values: list[Value], type_: str) -> Series:
    from numpy import array
    from pandas import Series

    if type_ == "date":
        # seconds, because a misread year may be outside the range of nanoseconds
        return Series(array([str(value or "NaT") for value in values], dtype="datetime64[s]"))
    if type_ == "number":
        return Series([None if value is None else float(value) for value in values], dtype="Float64")
    if type_ == "boolean":
        return Series([None if value is None else value == "true" for value in values], dtype="boolean")
    if type_ == "integer":
        return Series(values, dtype="Int64")
    return Series([storable(str(value)) if value else None for value in values], dtype="string")
