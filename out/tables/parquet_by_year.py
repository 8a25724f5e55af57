"""The dataset as Parquet files by fiscal year, in Hive partitions that DuckDB, Spark, Arrow and Polars can read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from thaita.models.tables import BY_NAME, TABLES, TableDefinition
from thaita.out.tables.duckdb_file import quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FOLDER = "parquet"
YEAR = "fiscal_year"
"""The partition column (B.E.): the table's column of this name, else the one of the row's report."""

ROW = "row_no"
"""The column with the row's number in the table, from 1, which restores the order."""

_NONE = "__HIVE_DEFAULT_PARTITION__"
"""The name of the partition without a year, as readers of Hive partitions expect it."""


def write_by_year(connection: DuckDBPyConnection, folder: Path) -> Iterator[str]:
    """Write one file for each table and year, and yield its path relative to the dataset's folder."""
    for table in TABLES:
        year, joined = _year_of(table)
        columns = ", ".join(f't."{column.name}"' for column in table.columns if column.name != YEAR)
        found = connection.execute(
            f"SELECT DISTINCT {year} AS y FROM {joined} ORDER BY y NULLS LAST"  # noqa: S608 - names of our own definition
        ).fetchall()
        for (value,) in found:
            path = f"{FOLDER}/{table.name}/{YEAR}={_NONE if value is None else value}/part-0.parquet"
            (folder / path).parent.mkdir(parents=True)
            where = f"{year} IS NULL" if value is None else f"{year} = {int(value)}"
            connection.execute(
                f"COPY (SELECT {columns}, t.rowid + 1 AS {ROW} FROM {joined} WHERE {where} ORDER BY t.rowid) "  # noqa: S608
                f"TO '{quoted(folder / path)}' (FORMAT parquet, COMPRESSION zstd)"
            )
            yield path


def _year_of(table: TableDefinition) -> tuple[str, str]:
    """Return the SQL expression of a row's year, and the FROM clause with the table as `t`."""
    if YEAR in table.header:
        return f"t.{YEAR}", f"{table.name} t"
    reports = f"LEFT JOIN (SELECT report_id AS id, {YEAR} AS year FROM reports) r"  # noqa: S608
    if "report_id" in table.header:
        return "r.year", f"{table.name} t {reports} ON t.report_id = r.id"
    measures = (
        "LEFT JOIN (SELECT measure_id AS mid, report_id AS rid FROM measures) m ON t.measure_id = m.mid"
    )
    return "r.year", f"{table.name} t {measures} {reports} ON m.rid = r.id"


def read_by_year(
    connection: DuckDBPyConnection, folder: Path, table: TableDefinition
) -> list[tuple[object, ...]]:
    """Return the rows of a table in order. Raises duckdb.Error if there are no files to read."""
    if not (folder / FOLDER / table.name).is_dir() and (folder / FOLDER).is_dir():
        return []  # a table without rows has no year
    columns = ", ".join(f'"{column.name}"' for column in BY_NAME[table.name].columns)
    types = f"hive_types = {{'{YEAR}': BIGINT}}"
    where = quoted(folder / FOLDER / table.name / "*" / "*.parquet")
    return connection.execute(
        f"SELECT {columns} FROM read_parquet('{where}', hive_partitioning = true, {types}) ORDER BY {ROW}"  # noqa: S608
    ).fetchall()
