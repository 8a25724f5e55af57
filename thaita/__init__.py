"""Read Thai ITA reports into a dataset of scores, findings and measures."""

from __future__ import annotations

from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thaita.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import BinaryIO

    from pandas import DataFrame

    from thaita.check.judge import Judged
    from thaita.check.rulebook import Rulebook
    from thaita.corpus.run.outcomes import Progress
    from thaita.extract.options import EngineName
    from thaita.models.records import Reading
    from thaita.out.tables.dataframes import Dataset
    from thaita.out.tables.panel_values import Prefer

__all__ = [
    "__version__",
    "check_dataset",
    "check_report",
    "compare",
    "load",
    "panel",
    "read",
    "read_archive",
    "readings",
]

_MODULES = ("check", "errors", "ocr")
"""Modules that `import thaita` makes available and that are loaded when they are first used."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module
    if name in _MODULES:
        return import_module(f"thaita.{name}")
    raise AttributeError(f"module 'thaita' has no attribute {name!r}")


def read(
    report: str | PathLike[str] | bytes | BinaryIO,
    *,
    source: str | None = None,
    password: str | None = None,
    engine: EngineName = "pdfium",
    ocr: str = "tesseract",
) -> Reading:
    """Return everything found in one report, as typed records.

    `report` is a path, the bytes of a file, or a file opened in binary mode, which is read to its end. `source` names
    it in the records; without it, that is the file's name, or "report" for bytes. `password` opens a locked PDF.
    `engine` parses PDFs: `pdfium` is faster, `pdfplumber` gives an independent second opinion. `ocr` reads pages
    that are pictures: `tesseract`, `off`, or `package.module:name` of your own recognizer (see `thaita.ocr`).

    Raises OSError if the file cannot be opened, TypeError for a file opened in text mode, ValueError for an unknown
    engine, and `thaita.errors.UnreadableFileError` if the file holds no report that can be read. Files are parsed in
    a separate process, so that a malicious file cannot harm this one.
    """
    from thaita.corpus.run.outcomes import read_file, read_opened
    from thaita.corpus.run.worker_process import guarded_reader
    from thaita.extract.options import PdfOptions

    extract = guarded_reader(PdfOptions(password, engine, ocr))
    if isinstance(report, bytes):
        return extract(report, source or "report")
    if isinstance(report, (str, PathLike)):
        return read_file(Path(report), extract, source)
    return read_opened(report, extract, source)


def read_archive(
    path: str | PathLike[str],
    *,
    password: str | None = None,
    engine: EngineName = "pdfium",
    ocr: str = "tesseract",
    fresh: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Dataset:
    """Return the tables of all reports below a folder or an fsspec URL, by name.

    `password`, `engine` and `ocr` are as in `read`; the password is tried on every locked file. Files that cannot be
    read are listed in the table `problems`. Results of earlier runs are reused unless `fresh` is set. `progress` is
    called after each file with a `Progress`: files `done`, `total`, `failed`, and `known` from earlier runs. An
    exception that it raises stops the run; results so far are kept. Raises OSError if the folder or file does not
    exist, ValueError for an unknown engine.
    """
    from thaita.corpus.discover import find_files
    from thaita.corpus.remote_archive import is_url
    from thaita.corpus.run.run import Plan, outcomes
    from thaita.extract.options import PdfOptions
    from thaita.out.export import outcome_rows
    from thaita.out.tables.dataframes import frames
    from thaita.out.tables.packed_rows import pack

    place = path if isinstance(path, str) and is_url(path) else Path(path)
    with outcomes(
        find_files(place), Plan(PdfOptions(password, engine, ocr), fresh=fresh), pack, progress
    ) as found:
        return frames(pair for outcome in found for pair in outcome_rows(outcome))


def load(
    dataset: str | PathLike[str],
    format: str = "csv",  # noqa: A002 - the option's name
    *,
    verify: bool = True,
) -> Dataset:
    """Return the tables of a dataset that `thaita extract` wrote, at a path or an fsspec URL, by name.

    `format` is one of the formats that were written: csv, parquet, parquet-by-year, xlsx, duckdb, jsonl. All give the
    same tables. Raises `thaita.errors.DatasetError` if a table is missing or damaged, ValueError for an unknown
    format. A table that differs from its checksum counts as damaged, because rows may be missing; set `verify` to
    False to load one that was edited on purpose.
    """
    from thaita.out.remote_dataset import local_dataset
    from thaita.out.tables.dataframes import load

    with local_dataset(dataset) as folder:
        return load(folder, format, verify=verify)


def readings(dataset: str | PathLike[str], *, verify: bool = True) -> Iterator[Reading]:
    """Yield the reports of a dataset as typed, validated records, one by one, as `read` returns them.

    Raises `thaita.errors.DatasetError` if a table is missing or damaged. A wrong checksum is known only when its
    table was read to the end, so the error may come after the last report. `verify` is as in `load`.
    """
    from thaita.out.remote_dataset import local_dataset
    from thaita.out.tables.report_records import readings

    with local_dataset(dataset) as folder:
        yield from readings(folder, verify=verify)


def panel(tables: Mapping[str, DataFrame], *, prefer: Prefer = "official", long: bool = False) -> DataFrame:
    """Return the results of a loaded dataset as a panel: one row for each agency and year, from all its documents.

    If documents disagree, a value that is sure wins over one in doubt, then the preferred source: `official` are lists
    of many agencies, `own` agencies' own reports. With `long`, return one row for each value that any document states
    instead, with its source, and whether it won. `thaita.out.tables.panel.panel` and `panel_values` document the
    columns.
    """
    from thaita.out.tables.panel import panel
    from thaita.out.tables.panel_agencies import with_canonical_ids
    from thaita.out.tables.panel_values import panel_values

    return panel_values(with_canonical_ids(tables), prefer) if long else panel(tables, prefer)


def check_report(reading: Reading, rules: Rulebook | None = None) -> Judged:
    """Return the verdict of each rule on one report: whether it is complete and whether it adds up.

    `reading` is what `read` or `readings` returned. `rules` are those of `thaita.check.own_rules()` unless others are
    given (`thaita.check.read_rules`).
    """
    from thaita.check.judge import judge

    return judge(reading, rules)


def check_dataset(
    dataset: str | PathLike[str], rules: Rulebook | None = None, *, verify: bool = True
) -> Iterator[Judged]:
    """Yield the verdicts on each report of a dataset; the reports of one agency are also compared with each other.

    The dataset is read twice and never held in memory as a whole. Raises `thaita.errors.DatasetError` if a table is
    missing or damaged. `verify` is as in `load`.
    """
    from thaita.out.remote_dataset import local_dataset
    from thaita.out.verdicts.dataset import check_dataset

    with local_dataset(dataset) as folder:
        yield from check_dataset(folder, rules, verify=verify)


def compare(dataset: str | PathLike[str], official: str | PathLike[str], *, verify: bool = True) -> DataFrame:
    """Return the comparison of agencies' own reports with official results as a DataFrame, one row a value.

    `dataset` is a dataset that `thaita extract` wrote, with the agencies' reports; `official` is another with lists of
    results, or a file with a list. `thaita.out.official.values.COLUMNS` are the columns; `status` is `agree`, `differ`,
    `only_own`, `only_official`, or for an agency as a whole `not_published` (in a list, without a result of its own),
    `not_in_list`, `unresolved` (a name that could be several agencies, which `candidates` lists).

    Raises `thaita.errors.DatasetError` if a table is missing or damaged, `thaita.errors.NoListError` if `official` states
    no results of agencies, and the errors of `read` for a file. `verify` is as in `load`.
    """
    from thaita.corpus.remote_archive import is_url
    from thaita.out.official.dataset import compare_dataset
    from thaita.out.official.values import as_frame
    from thaita.out.remote_dataset import local_dataset

    place = official if isinstance(official, str) and is_url(official) else Path(official)
    with local_dataset(dataset) as folder:
        return as_frame(compare_dataset(folder, place, read, verify=verify))
