"""Writes the reviewed reports of a dataset as gold files."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from thaita.check.evaluation.gold_of_rows import gold_of_rows
from thaita.corpus.review.apply import corrected
from thaita.corpus.review.decision import Decision
from thaita.corpus.review.reviewable_fields import flags_of
from thaita.models.flags import Flag
from thaita.models.rows import Row
from thaita.out.atomic import write_whole_file
from thaita.out.evaluation.dataset import ENDING, EvaluationError
from thaita.out.review.index import Index
from thaita.out.review.view import view_of


@dataclass(frozen=True, slots=True)
class GoldWritten:
    """How many gold files were written, and how many reports were left out: unreviewed, or with unknown values."""

    written: int
    unreviewed: int
    unknown: int


def write_gold(
    index: Index, decisions: Sequence[Decision], folder: Path, *, unreviewed: bool = False
) -> GoldWritten:
    """Write the reports of a dataset as gold files below a folder, with the decisions on them applied.

    A report is reviewed if there is a decision on it and every doubt is decided. One with a value that a person
    marked as wrong is left out: nobody knows the right one. With `unreviewed`, all others are written too, as
    drafts. Raises EvaluationError if a file exists already, and DatasetError; then nothing is written.
    """
    counts: Counter[str] = Counter()
    files: dict[PurePosixPath, str] = {}
    by_report: dict[str, list[Decision]] = defaultdict(list)
    for one in decisions:
        by_report[one.report_id].append(one)
    names = _names(index)
    for entry in index.entries:
        fitting = [one for one in by_report[entry.report_id] if one.sha256 == entry.sha256]
        if not unreviewed and not _is_reviewed(index, entry.report_id, fitting):
            counts["unreviewed"] += 1
            continue
        tables = _tables(index, entry.report_id, fitting)
        if any(Flag.MARKED_WRONG in flags_of(row) for rows in tables.values() for row in rows):
            counts["unknown"] += 1
            continue
        files[names[entry.report_id]] = json.dumps(gold_of_rows(tables), ensure_ascii=False, indent=1) + "\n"
    _write(folder, files)
    return GoldWritten(len(files), counts["unreviewed"], counts["unknown"])


def _is_reviewed(index: Index, report_id: str, decisions: Sequence[Decision]) -> bool:
    return bool(decisions) and not view_of(index.rows(report_id), decisions).open_doubts()


def _tables(index: Index, report_id: str, decisions: Sequence[Decision]) -> dict[str, list[Row]]:
    rows = index.extracted(report_id)
    tables: dict[str, list[Row]] = defaultdict(list)
    for table, row in corrected(rows, decisions).rows if decisions else rows:
        tables[table].append(row)
    return tables


def _names(index: Index) -> dict[str, PurePosixPath]:
    """Return the file of each report: its stem, with the format where reports share a stem, below its folder."""
    sources = {
        entry.report_id: PurePosixPath(*_parts(PurePosixPath(entry.source))) for entry in index.entries
    }
    shared = Counter(source.with_suffix("") for source in sources.values())
    return {
        report_id: source.parent / (_stem(source, shared[source.with_suffix("")]) + ENDING)
        for report_id, source in sources.items()
    }


def _parts(source: PurePosixPath) -> Iterator[str]:
    yield from (part for part in source.parts if part not in ("..", "/"))


def _stem(source: PurePosixPath, reports: int) -> str:
    return source.stem if reports == 1 else source.name


def _write(folder: Path, files: dict[PurePosixPath, str]) -> None:
    for name in files:
        if (folder / name).exists():
            raise EvaluationError(f"{folder / name} exists: name another folder")
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole_file(folder / name, text.encode("utf-8"))
