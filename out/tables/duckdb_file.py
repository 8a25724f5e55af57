"""The dataset as a DuckDB database, with types, keys and views; Parquet files are written from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from thaita.models.columns import INTEGER_LISTS, Column
from thaita.models.tables import TABLES, TableDefinition
from thaita.out.tables.csv_tables import GUARDED_STARTS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "600MB"
"""Memory limit of the database; beyond it, DuckDB uses a temporary file."""

CHUNK = 20_000
"""Number of rows to read at a time."""

_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE", "boolean": "BOOLEAN"}
_LINE = 2_000_000
"""Maximum bytes of a record on the first attempt; a table with a longer record is read again."""


def connect(path: Path | str = ":memory:", *, read_only: bool = False) -> DuckDBPyConnection:
    """Return a connection to a database; unless it is read-only, it uses at most `MEMORY` and two threads."""
    import duckdb

    if read_only:
        return duckdb.connect(str(path), read_only=True)
    return duckdb.connect(
        str(path), config={"memory_limit": MEMORY, "threads": 2, "preserve_insertion_order": True}
    )


def fill(connection: DuckDBPyConnection, folder: Path) -> None:
    """Create the tables with their keys and rows from a folder of CSV files, then the views.

    Raises duckdb.Error if a table is damaged.
    """
    import duckdb

    for table in TABLES:
        connection.execute(_create(table))
        path = folder / f"{table.name}.csv"
        try:
            connection.execute(_insert(table, _LINE), [str(path)])
        except duckdb.InvalidInputException:  # a very long record, which needs a larger buffer
            connection.execute(_insert(table, path.stat().st_size), [str(path)])
    for view in VIEWS.values():
        connection.execute(view)


def sql_type(column: Column) -> str:
    """Return the SQL type of a column."""
    if column.type == "list":
        return "BIGINT[]" if column.name in INTEGER_LISTS else "VARCHAR[]"
    return _TYPES[column.type]


def _create(table: TableDefinition) -> str:
    columns = [f'"{column.name}" {sql_type(column)}' for column in table.columns]
    if table.key:
        columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
    columns += [f"FOREIGN KEY ({name}) REFERENCES {other} ({name})" for name, other in table.references]
    return f"CREATE TABLE {table.name} ({', '.join(columns)})"


def _insert(table: TableDefinition, longest: int) -> str:
    values = ", ".join(map(_value, table.columns))
    columns = ", ".join(f"'{column.name}': 'VARCHAR'" for column in table.columns)
    return (
        f"INSERT INTO {table.name} SELECT {values} FROM read_csv(?, header = true, delim = ',', quote = '\"', "  # noqa: S608 - names of our own definition
        f"escape = '\"', columns = {{{columns}}}, nullstr = '', auto_detect = false, parallel = false, "
        f"max_line_size = {longest})"
    )


def _value(column: Column) -> str:
    """Return the SQL expression that converts a CSV field to a value, without the formula guard."""
    name = f'"{column.name}"'
    if column.type not in ("string", "list"):
        return f"CAST({name} AS {_TYPES[column.type]})"
    starts = ", ".join(f"chr({ord(start)})" for start in GUARDED_STARTS)
    text = f"CASE WHEN {name}[1] = '''' AND {name}[2] IN ({starts}) THEN {name}[2:] ELSE {name} END"
    if column.type == "string":
        return text
    return f"CAST(string_split({text}, '|') AS {sql_type(column)})"


def write_parquet(connection: DuckDBPyConnection, table: TableDefinition, folder: Path) -> str:
    """Write a table as a Parquet file with list columns to a folder; return the file's name."""
    name = f"{table.name}.parquet"
    connection.execute(f"COPY {table.name} TO '{quoted(folder / name)}' (FORMAT parquet, COMPRESSION zstd)")
    return name


def rows_of(connection: DuckDBPyConnection, table: TableDefinition) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a table in order, with lists joined by `|` and dates as `datetime.date`."""
    columns = ", ".join(
        f"array_to_string(\"{c.name}\", '|')" if c.type == "list" else f'"{c.name}"' for c in table.columns
    )
    return chunks(connection, table.name, columns)


def chunks(connection: DuckDBPyConnection, table: str, columns: str) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a SELECT in order; it fetches `CHUNK` rows at a time to limit memory."""
    cursor = connection.cursor()
    for start in range(0, count(connection, table), CHUNK):
        where = f"rowid BETWEEN {start} AND {start + CHUNK - 1}"
        yield from cursor.execute(f"SELECT {columns} FROM {table} WHERE {where} ORDER BY rowid").fetchall()  # noqa: S608


def count(connection: DuckDBPyConnection, table: str) -> int:
    """Return the number of rows of a table."""
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return int(row[0]) if row else 0


def quoted(path: Path) -> str:
    """Return a path escaped for an SQL string literal."""
    return str(path).replace("'", "''")


VIEWS = {
    "panel": """CREATE VIEW panel AS
        SELECT s.agency_id, s.fiscal_year, s.indicator_no, any_value(s.agency) AS agency,
            any_value(s.instrument) AS instrument, any_value(s.indicator) AS indicator, min(s.score) AS lowest,
            max(s.score) AS highest, count(*) AS statements
        FROM scores s WHERE s.agency_id IS NOT NULL AND s.fiscal_year IS NOT NULL
        GROUP BY ALL ORDER BY ALL""",
    "measures_whole": """CREATE VIEW measures_whole AS
        SELECT m.*, (SELECT list(text ORDER BY step_no) FROM measure_steps t WHERE t.measure_id = m.measure_id) AS steps,
            (SELECT list(owner ORDER BY owner) FROM measure_owners o WHERE o.measure_id = m.measure_id) AS owners
        FROM measures m""",
}
"""Views of the database: scores by agency, year and indicator; measures with steps and owners."""
