"""A dataset's reports one by one: the rows of each, from all tables, as records again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from thaita.models.readings import reading_from_rows
from thaita.models.records import Reading
from thaita.models.rows import Row
from thaita.models.tables import BY_NAME, TABLES
from thaita.normalize.frameworks import refuse_unknown
from thaita.out.tables.csv_tables import DatasetError, stream_table
from thaita.out.tables.grouped_rows import Turns

_ALL = frozenset(BY_NAME)
_ANY_ORDER = "problems"
"""The table in which a report's rows need not stand together: a later file may be its duplicate."""

Keep = Callable[[Row], bool]


def readings(
    dataset: Path, tables: Collection[str] = _ALL, keep: Keep | None = None, *, verify: bool = True
) -> Iterator[Reading]:
    """Yield the reports of a dataset in their order, with the records of the tables named.

    `keep` may leave rows of `evidence` out. Of no table but `problems` more than one report is in memory.
    Raises DatasetError where a table is missing or damaged, or its rows are not in the order of the reports; and, to
    `verify`, where a table is not as it was written, after the last report at the latest.
    """
    problems = _problems(dataset, verify) if _ANY_ORDER in tables else {}
    streams = {
        table.name: Turns(_keyed(dataset, table.name, keep if table.name == "evidence" else None, verify))
        for table in TABLES
        if table.name in tables and table.name not in ("reports", _ANY_ORDER)
    }
    for row in stream_table(dataset, BY_NAME["reports"], verify=verify):
        report_id = str(row["report_id"])
        found = {name: stream.take(report_id) for name, stream in streams.items()}
        try:
            reading = reading_from_rows({**found, "reports": [row], _ANY_ORDER: problems.get(report_id, [])})
            refuse_unknown(reading)
        except ValueError as error:
            raise damaged_report(dataset, report_id, error) from error
        yield reading
    for name, stream in streams.items():
        if stream.left() is not None:
            message = f"{dataset / name}.csv: the rows of {stream.left()} are not in the order of reports.csv; run `thaita extract` again"
            raise DatasetError(message)


def damaged_report(dataset: Path, report_id: str, error: Exception) -> DatasetError:
    """Return the error for a report whose rows `extract` cannot have written."""
    reason = (str(error) or type(error).__name__).splitlines()[0]
    return DatasetError(
        f"{dataset}: the rows of report {report_id} are damaged ({reason}); run `thaita extract` again"
    )


def files_without_report(dataset: Path, *, verify: bool = True) -> int:
    """Return how many files gave no report, for an error or because their format is not read."""
    rows = stream_table(dataset, BY_NAME[_ANY_ORDER], verify=verify)
    return len({row["source"] for row in rows if not row["report_id"] and row["severity"] != "info"})


def _problems(dataset: Path, verify: bool) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in stream_table(dataset, BY_NAME[_ANY_ORDER], verify=verify):
        if row["report_id"]:
            found.setdefault(str(row["report_id"]), []).append(row)
    return found


def _keyed(dataset: Path, name: str, keep: Keep | None, verify: bool) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a table with the report that each belongs to."""
    for row in stream_table(dataset, BY_NAME[name], verify=verify):
        if keep is None or keep(row):
            yield _report_id(row), row


def _report_id(row: Row) -> str:
    """Return the report of a row; the ids of measures begin with it."""
    if "report_id" in row:
        return str(row["report_id"])
    return str(row["measure_id"]).rpartition("-m")[0]
