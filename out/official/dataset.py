"""Reads the two sides of a comparison: a dataset, and a dataset or a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from thaita.check.official.compare import Comparison, compare
from thaita.check.official.errors import NoListError
from thaita.check.official.measures import RESULT_MEASURES
from thaita.check.official.statement import is_points, official_side, own_side
from thaita.models.records import Reading
from thaita.models.rows import Row
from thaita.models.tables import BY_NAME
from thaita.out.remote_dataset import local_dataset
from thaita.out.tables.csv_tables import stream_table
from thaita.out.tables.report_records import readings

_TABLES = ("reports", "scores", "results", "evidence", "problems")


def compare_dataset(
    dataset: Path, official: Path | str, extract: Callable[[Path], Reading], *, verify: bool = True
) -> Comparison:
    """Return the comparison of the reports of a dataset with official results: a dataset, or a file with a list.

    `extract` reads a file. Raises NoListError if there is no list in `official`, DatasetError if a table is missing or
    damaged (with `verify`, also if it differs from its checksum), and the errors of `extract`.
    """
    own_ids = {str(row["report_id"]) for row in stream_table(dataset, BY_NAME["reports"], verify=verify)}
    where = "see its tables results and scores"
    if isinstance(official, Path) and not official.is_dir():
        where = "`thaita show` prints what was read"
        theirs = official_side([extract(official)], frozenset(own_ids))
    else:
        with local_dataset(official) as folder:
            theirs = official_side(_readings(folder, verify=verify), frozenset(own_ids))
    if not theirs.statements:
        raise NoListError(f"{official}: no list with results of agencies was found in it; {where}")
    mine = own_side(_readings(dataset, verify=verify), frozenset(theirs.listed))
    return compare(mine, theirs)


def _readings(dataset: Path, *, verify: bool) -> Iterator[Reading]:
    return readings(dataset, _TABLES, _is_needed, verify=verify)


def _is_needed(row: Row) -> bool:
    """Return whether a row of evidence shows where a value is, or what it was converted from."""
    return is_points(row) or (row["table"] == "reports" and row["column"] in RESULT_MEASURES)
