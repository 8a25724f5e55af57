"""Writes the outcomes of an archive run as a dataset folder."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from thaita.corpus.dataset_folder import MARK, foreign_names, is_dataset
from thaita.corpus.discover import source_name
from thaita.corpus.review.apply_run import Corrections
from thaita.corpus.review.decision_log import DecisionFile
from thaita.corpus.run.outcomes import Outcome
from thaita.models.problem_codes import READ_IN_PART
from thaita.models.rows import Row
from thaita.models.tables import PROBLEMS, TABLES
from thaita.out.atomic import whole_folder
from thaita.out.tables.checksums import sum_of
from thaita.out.tables.codebook import codebook
from thaita.out.tables.csv_tables import DatasetError
from thaita.out.tables.csv_writer import TableFiles
from thaita.out.tables.description import CODEBOOK, data_package
from thaita.out.tables.formats import DATABASE, write_formats
from thaita.out.tables.packed_rows import packed_rows, table_rows, unpack


@dataclass(slots=True)
class Totals:
    """The number of files that were read, failed or were left out, and the number of rows of each table.

    `in_part` counts reports of which something was not read, `doubts` the values in open doubt, those of copies of a
    report once.
    """

    reports: int = 0
    failed: int = 0
    left_out: int = 0
    in_part: int = 0
    doubts: int = 0
    rows: dict[str, int] = field(default_factory=lambda: dict.fromkeys((table.name for table in TABLES), 0))


def write_dataset(
    target: Path,
    outcomes: Iterable[Outcome],
    formats: Collection[str] = (),
    corrections: Corrections | None = None,
) -> Totals:
    """Write the rows of all outcomes as a dataset folder, replacing an older dataset there.

    The CSV tables, their description and the codebook are always written; `formats` (of `FORMATS`) are written in
    addition. `corrections` are applied to the rows of each report as they are written.

    Raises DatasetError if the target is something other than a dataset, or if the dataset cannot be written
    completely. The target is then unchanged.
    """
    totals = Totals()
    try:
        with whole_folder(target, _check_replaceable) as folder:
            with TableFiles(folder) as files:
                _fill(files, outcomes, totals, corrections or Corrections(DecisionFile()))
            others = write_formats(folder, formats, files.examples)
            _write(folder / CODEBOOK, codebook(files.examples))
            sums = files.sums() | {name: sum_of(folder / name) for name in others if name != DATABASE}
            _write(folder / MARK, data_package(files.examples, others, sums))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"cannot write {source_name(str(target))}: {reason}; nothing was changed there"
        raise DatasetError(message) from error
    return totals


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _fill(files: TableFiles, outcomes: Iterable[Outcome], totals: Totals, corrections: Corrections) -> None:
    for outcome in outcomes:
        totals.reports += outcome.was_read
        totals.failed += outcome.failed
        totals.left_out += outcome.left_out
        if outcome.kept is not None and not corrections.waits_for(outcome.report_id):
            packed = unpack(outcome.kept, outcome.source, outcome.same_as)
            files.add_packed(packed)
            _count(totals, outcome, packed.counts["doubts"], table_rows(packed, PROBLEMS))
            rows: Iterable[tuple[str, Row]] = outcome.rows
        else:
            rows = tuple(corrections.of_report(outcome_rows(outcome)))
            is_open = sum(name == "doubts" and row["open"] == "true" for name, row in rows)
            _count(totals, outcome, is_open, (row for name, row in rows if name == "problems"))
        for name, row in rows:
            files.add(name, row)
    for name, row in corrections.rest():
        files.add(name, row)
    totals.rows = files.counts


def _count(totals: Totals, outcome: Outcome, is_open: int, problems: Iterable[Row]) -> None:
    """Count what is in doubt in a report, and whether it was read in part; `is_open` is its number of open doubts."""
    if outcome.was_read:
        totals.doubts += 0 if outcome.same_as else is_open
        totals.in_part += any(row["code"] in READ_IN_PART for row in problems)


def outcome_rows(outcome: Outcome) -> Iterator[tuple[str, Row]]:
    """Yield the rows of an outcome as (table, row), including those of its packed report."""
    if outcome.kept is not None:
        yield from packed_rows(unpack(outcome.kept, outcome.source, outcome.same_as))
    yield from outcome.rows


def _check_replaceable(target: Path) -> None:
    if not target.exists():
        return
    shown = source_name(str(target))
    if not target.is_dir():
        message = f"{shown} is a file: name a folder for the dataset"
        raise DatasetError(message)
    if foreign := foreign_names(target):
        what = "holds a file that is no part of the dataset" if is_dataset(target) else "is no dataset"
        message = f"{shown} {what} ({source_name(foreign[0])}): name a new or empty folder for the dataset"
        raise DatasetError(message)
