"""The dataset's description of itself: for programs as a data package, for people as a page."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

from thaita.corpus.dataset_mark import NAME
from thaita.models.codes import FLAGS, PROBLEMS
from thaita.models.tables import TABLES, Column, TableDefinition
from thaita.version import __version__

_TYPES = {"string": "string", "list": "string", "integer": "integer", "number": "number", "date": "date"}


def data_package() -> str:
    """Return the description as JSON in the form of a Tabular Data Package (specs.frictionlessdata.io)."""
    package = {
        "profile": "tabular-data-package",
        "name": NAME,
        "version": __version__,
        "description": "Scores, findings and measures of Thai ITA reports. A text cell that starts with an "
        "apostrophe and one of = + - @ TAB CR ' has one apostrophe more than the text.",
        "resources": [_resource(table) for table in TABLES],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(table: TableDefinition) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": f"One row {table.row}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\n"},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, object]:
    described: dict[str, object] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": column.meaning_th,
        "description": column.meaning,
    }
    if column.values and column.type == "string":
        described["constraints"] = {"enum": list(column.values)}
    return described


def tables_page() -> str:
    """Return the tables, columns and codes as Markdown: what stands in `docs/dataset.md` below its mark."""
    codes = (_codes("Flags", "รหัสข้อสงสัย", FLAGS), _codes("Problems of a report", "รหัสปัญหา", PROBLEMS))
    return "\n".join([*map(_section, TABLES), *codes])


def _codes(title: str, title_th: str, codes: Mapping[str, tuple[str, str]]) -> str:
    rows = [f"| `{code}` | {meaning} | {meaning_th} |" for code, (meaning, meaning_th) in codes.items()]
    return "\n".join(
        [f"### {title} · {title_th}", "", "| code | meaning | ความหมาย |", "| --- | --- | --- |", *rows, ""]
    )


def _section(table: TableDefinition) -> str:
    key = f" Key: {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    lines = [
        f"### {table.name}",
        "",
        f"One row {table.row} · หนึ่งแถวคือ{table.row_th}.{key}",
        "",
        "| column | type | meaning | ความหมาย |",
        "| --- | --- | --- | --- |",
        *map(_line, table.columns),
        "",
    ]
    return "\n".join(lines)


def _line(column: Column) -> str:
    values = ": " + ", ".join(f"`{value}`" for value in column.values) if column.values else ""
    meaning = (column.meaning + values).replace("|", "\\|")
    return f"| `{column.name}` | {column.type} | {meaning} | {column.meaning_th} |"


if __name__ == "__main__":
    sys.stdout.write(tables_page())
