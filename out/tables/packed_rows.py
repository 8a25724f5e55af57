"""The CSV records of one report, compressed for the result store.

Only the file's path and the report that it duplicates depend on the archive. Their cells contain NUL, which no other
cell can, until `unpack` fills them in.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO

from thaita.models.columns import Column
from thaita.models.records import Reading
from thaita.models.rows import Row, rows
from thaita.models.tables import BY_NAME, TABLES, TableDefinition
from thaita.out.tables.csv_tables import cell, quoted, records

_SOURCE = b"\0"
_SAME_AS = b"\0\0"
_LEFT_OPEN = {"source": _SOURCE.decode(), "same_as": _SAME_AS.decode()}
"""Placeholders in the cells that depend on the archive; the longer one is replaced first."""

_LEVEL = 3
"""The zlib level; higher levels take several times longer and save only a tenth."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The records of a report: by table, their number, the columns with values, and the bytes."""

    counts: Mapping[str, int]
    filled: Mapping[str, frozenset[str]]
    records: Mapping[str, bytes]


def pack(reading: Reading) -> bytes:
    """Return all rows of a report as compressed bytes, with placeholders for the source."""
    texts: dict[str, list[str]] = {table.name: [] for table in TABLES}
    filled: dict[str, set[str]] = {table.name: set() for table in TABLES}
    for name, row in rows(reading):
        columns = BY_NAME[name].columns
        texts[name].append(",".join(_cell(row, column) for column in columns) + "\n")
        filled[name].update(column for column, value in row.items() if value is not None)
    blocks = {name: "".join(lines).encode() for name, lines in texts.items()}
    head = [[len(texts[name]), sorted(filled[name]), len(block)] for name, block in blocks.items()]
    return zlib.compress(b"\n".join((json.dumps(head).encode(), b"".join(blocks.values()))), _LEVEL)


def _cell(row: Row, column: Column) -> str:
    return _LEFT_OPEN.get(column.name) or quoted(cell(row[column.name], column))


def unpack(packed: bytes, source: str, same_as: str | None = None) -> Packed:
    """Return the records that `pack` compressed, for a file at `source`. Raises ValueError for other bytes."""
    try:
        head, _, body = zlib.decompress(packed).partition(b"\n")
        parts = json.loads(head)
        sizes = [size for _, _, size in parts]
    except (zlib.error, TypeError) as error:
        raise ValueError("not a packed report") from error
    blocks, start = {}, 0
    for table, size in zip(TABLES, sizes, strict=True):
        blocks[table.name] = body[start : start + size]
        start += size
    names = {"source": _filled(source, "source"), "same_as": _filled(same_as, "same_as")}
    for name in ("reports", "problems"):
        blocks[name] = blocks[name].replace(_SAME_AS, names["same_as"]).replace(_SOURCE, names["source"])
    filled = {table.name: frozenset(columns) for table, (_, columns, _) in zip(TABLES, parts, strict=True)}
    if same_as is not None:
        filled["reports"] |= {"same_as"}
    return Packed(
        {table.name: count for table, (count, _, _) in zip(TABLES, parts, strict=True)}, filled, blocks
    )


def _filled(value: str | None, column: str) -> bytes:
    return quoted(cell(value, _REPORTS[column])).encode()


_REPORTS = {column.name: column for column in BY_NAME["reports"].columns}


def packed_rows(packed: Packed) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a report as (table, row), in the order of the tables."""
    for table in TABLES:
        for row in table_rows(packed, table):
            yield table.name, row


def table_rows(packed: Packed, table: TableDefinition) -> Iterator[Row]:
    """Yield the rows of a report in one table."""
    text = StringIO(packed.records[table.name].decode(), newline="")
    return records(text, table, table.header, table.name)
