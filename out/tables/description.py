"""The description of a dataset: as a data package for programs, and as a page for the documentation."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence

from thaita.corpus.dataset_folder import FILES, NAME
from thaita.models.columns import Column
from thaita.models.flags import Flag
from thaita.models.problem_codes import FILE_CODES, REPORT_CODES, ProblemCode
from thaita.models.tables import TABLES, TableDefinition
from thaita.normalize.truncate import shortened
from thaita.normalize.vocabulary import meanings_of, values_of
from thaita.out.tables.checksums import CHECKSUMS, Sum
from thaita.out.tables.codebook import EXAMPLE, Examples
from thaita.version import __version__

_TYPES = {
    "string": "string",
    "list": "string",
    "integer": "integer",
    "number": "number",
    "date": "date",
    "boolean": "boolean",
}


CODEBOOK = "codebook.md"

_SPEC = "https://datapackage.org/profiles/2.0/"


def data_package(
    examples: Examples | None = None, files: Sequence[str] = (), sums: Mapping[str, Sum] | None = None
) -> str:
    """Return the description as JSON: a Data Package (version 2, datapackage.org) of the CSV tables.

    `files` are the other files in the dataset's folder; `sums` are the checksums by file name.
    """
    sums = sums or {}
    package = {
        "$schema": f"{_SPEC}datapackage.json",
        "name": NAME,
        "title": "ชุดข้อมูลรายงาน ITA · Dataset of ITA reports",
        "version": __version__,
        "description": "Scores, findings and measures of Thai ITA reports. A text cell that starts with an "
        "apostrophe and one of = + - @ ＝ ＋ － ＠ TAB CR LF ' has one apostrophe more than the text.",
        "keywords": ["ITA", "integrity", "transparency", "Thailand"],
        "licenses": [
            {
                "name": "notspecified",
                "title": "The reports are their agencies': ask them before you publish their texts again",
            }
        ],
        "sources": [
            {"title": "ITA reports that Thai public agencies publish; `source` and `sha256` name each"}
        ],
        "resources": [_resource(table, examples or {}, sums) for table in TABLES],
        FILES: [CODEBOOK, *files],
        CHECKSUMS: {name: sums[name].described() for name in files if name in sums},
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(table: TableDefinition, examples: Examples, sums: Mapping[str, Sum]) -> dict[str, object]:
    schema: dict[str, object] = {
        "$schema": f"{_SPEC}tableschema.json",
        "fields": [_field(column, table, examples) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": [column]}}
            for column, other in table.references
        ]
    path = f"{table.name}.csv"
    return {
        "$schema": f"{_SPEC}dataresource.json",
        "name": table.name,
        "type": "table",
        "path": path,
        "title": f"{table.row_th} · one row {table.row}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **(sums[path].described() if path in sums else {}),
        "dialect": {"$schema": f"{_SPEC}tabledialect.json", "lineTerminator": "\n"},
        "schema": schema,
    }


def _field(column: Column, table: TableDefinition, examples: Examples) -> dict[str, object]:
    meaning, meaning_th = meanings_of(column)
    described: dict[str, object] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": meaning_th,
        "description": meaning,
    }
    constraints: dict[str, object] = {}
    if (values := values_of(column)) and column.type == "string":
        constraints["enum"] = list(values)
    if column.name in table.key:
        constraints["required"] = True
    if (column.name,) == table.key:
        constraints["unique"] = True
    if constraints:
        described["constraints"] = constraints
    if example := examples.get((table.name, column.name)):
        described["example"] = shortened(example, EXAMPLE)
    return described


def tables_page() -> str:
    """Return the tables, columns and codes as Markdown: the generated part of `docs/dataset.md`."""
    problems = _problems("Problems of a report", "รหัสปัญหาของรายงาน", REPORT_CODES)
    files = _problems("Problems of files that give no report", "รหัสปัญหาของไฟล์ที่ไม่ได้เป็นรายงาน", FILE_CODES)
    return "\n".join([*map(_section, TABLES), _flags(), problems, files])


def _flags() -> str:
    rows = [
        f"| `{flag}` | {flag.meaning_in_tables('en')} | {flag.meaning_in_tables('th')} |" for flag in Flag
    ]
    head = ["### Flags · รหัสข้อสงสัย", "", "| code | meaning | ความหมาย |", "| --- | --- | --- |"]
    return "\n".join([*head, *rows, ""])


def _problems(title: str, title_th: str, codes: Sequence[ProblemCode]) -> str:
    rows = [f"| `{code}` | {code.severity} | {code.en} | {code.th} |" for code in codes]
    head = ["| code | severity | meaning | ความหมาย |", "| --- | --- | --- | --- |"]
    return "\n".join([f"### {title} · {title_th}", "", *head, *rows, ""])


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
    (meaning, meaning_th), values = meanings_of(column), values_of(column)
    listed = ": " + ", ".join(f"`{value}`" for value in values) if values else ""
    meaning = (meaning + listed).replace("|", "\\|")
    return f"| `{column.name}` | {column.type} | {meaning} | {meaning_th} |"


if __name__ == "__main__":
    sys.stdout.write(tables_page())
