"""The reports of a dataset side by side with the gold files of a folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from thaita.check.evaluation.compare import compare
from thaita.check.evaluation.gold import Gold, GoldError, gold_of
from thaita.check.evaluation.outcomes import Judged
from thaita.check.evaluation.report_rows import NEEDED
from thaita.models.columns import TableDefinition, column
from thaita.models.errors import ThaitaError
from thaita.models.rows import Row
from thaita.models.tables import BY_NAME
from thaita.out.tables.csv_tables import stream_table, table_header

ENDING = ".gold.json"

_OPTIONAL = frozenset({"doubts"})
_LONGEST_GOLD = 50_000_000


class EvaluationError(ThaitaError):
    """Gold files that cannot be used; the message names the file and says why."""


@dataclass(frozen=True, slots=True)
class GoldFile:
    """A gold file: its path below the folder without its ending, such as `2567/a`, and its content."""

    name: str
    gold: Gold


def evaluate_dataset(dataset: Path, gold: Path, *, verify: bool = True) -> list[Judged]:
    """Return each gold file's document, compared with each report of the dataset that it belongs to.

    `gold` is a file or a folder, which is searched with its subfolders. A report is found by `source` of the gold,
    else by the stem of the file's name; where several folders have the same stem, by the folder too. Documents that
    are not in the dataset are there without values. Raises EvaluationError, and DatasetError as `stream_table` does.
    """
    files = gold_files(gold)
    reports = list(_stored(dataset, "reports", verify=verify))
    found = reports_of(files, reports)
    wanted = {str(report["report_id"]) for own in found for report in own}
    tables = _rows_by_report(dataset, wanted, verify=verify)
    return [
        judged
        for file, own in zip(files, found, strict=True)
        for judged in (
            [
                compare(file.name, file.gold, {**tables[str(row["report_id"])], "reports": [row]})
                for row in own
            ]
            or [compare(file.name, file.gold, None)]
        )
    ]


def gold_files(path: Path) -> list[GoldFile]:
    """Return the gold files at a path, in the order of their names. Raises EvaluationError."""
    paths = sorted(path.rglob(f"*{ENDING}")) if path.is_dir() else [path]
    if not paths:
        raise EvaluationError(f"{path}: no file that ends in {ENDING}")
    folder = path if path.is_dir() else path.parent
    return [GoldFile(_name(one, folder), _gold(one)) for one in paths]


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix().removesuffix(ENDING).removesuffix(".json")


def _gold(path: Path) -> Gold:
    try:
        if path.stat().st_size > _LONGEST_GOLD:
            raise EvaluationError(f"{path}: larger than {_LONGEST_GOLD // 1_000_000} MB")
        return gold_of(path.read_bytes())
    except GoldError as error:
        raise EvaluationError(f"{path}: {error}") from error
    except OSError as error:
        raise EvaluationError(f"{path}: cannot be read: {error.strerror or error}") from error


def reports_of(files: Iterable[GoldFile], reports: Iterable[Row]) -> list[list[Row]]:
    """Return for each gold file the rows of `reports` that it belongs to, in the dataset's order."""
    by_stem: dict[str, list[Row]] = defaultdict(list)
    for report in reports:
        by_stem[PurePosixPath(str(report["source"] or "")).stem].append(report)
    return [_own_reports(file, by_stem) for file in files]


def _own_reports(file: GoldFile, by_stem: dict[str, list[Row]]) -> list[Row]:
    path = PurePosixPath(file.gold.source or file.name)
    stem = path.stem if file.gold.source else path.name
    named = [(PurePosixPath(str(report["source"])), report) for report in by_stem.get(stem, [])]
    if file.gold.source:
        return [report for source, report in named if source.parts[-len(path.parts) :] == path.parts]
    here = [report for source, report in named if source.parent == path.parent]
    return here or [report for _, report in named]


def _rows_by_report(dataset: Path, wanted: set[str], *, verify: bool) -> dict[str, dict[str, list[Row]]]:
    """Return the rows of the wanted reports by report and table; others are never in memory."""
    found: dict[str, dict[str, list[Row]]] = {report_id: defaultdict(list) for report_id in wanted}
    of_measure: dict[str, str] = {}
    for table in NEEDED:
        if table == "reports":
            continue
        for row in _stored(dataset, table, verify=verify):
            if table == "measures":
                of_measure[str(row["measure_id"])] = str(row["report_id"])
            owner = row.get("report_id") or of_measure.get(str(row.get("measure_id")))
            if owner in found:
                found[str(owner)][table].append(row)
    return found


def _stored(dataset: Path, name: str, *, verify: bool) -> Iterator[Row]:
    """Yield the rows of a table with all columns that it has, also those that this version does not know."""
    if name in _OPTIONAL and not (dataset / f"{name}.csv").exists():
        return
    known = BY_NAME.get(name, TableDefinition(name, "", "", ()))
    header = table_header(dataset, name)
    unknown = (column(one, "string", "", "") for one in header if one not in known.header)
    yield from stream_table(dataset, replace(known, columns=(*known.columns, *unknown)), verify=verify)
