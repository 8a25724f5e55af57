"""Thai ITA reports in, a dataset of scores, findings and measures out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from thaita.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from os import PathLike

    from pandas import DataFrame

    from thaita.extract.options import EngineName
    from thaita.models.records import Reading

__all__ = ["__version__", "load", "panel", "read", "read_archive", "readings"]


def read(
    path: str | PathLike[str],
    *,
    password: str | None = None,
    engine: EngineName = "pdfium",
    ocr: str = "tesseract",
) -> Reading:
    """Return all that one report gives, as typed records.

    `password` opens a locked PDF. `engine` takes PDFs apart: `pdfium` is the faster one, `pdfplumber`
    an independent second opinion. `ocr` reads pages that are pictures: `tesseract`, `off`, or
    `package.module:name` of a recognizer of your own. Raises OSError if the file cannot be opened, ValueError for an
    unknown engine, and `thaita.extract.readers.errors.UnreadableFileError` if no report can be read
    from the file. PDFs are read in a process of their own, which a harmful one can end.
    """
    from thaita.corpus.run.outcomes import read_file
    from thaita.corpus.run.worker_process import guarded_reader
    from thaita.extract.options import PdfOptions

    return read_file(Path(path), guarded_reader(PdfOptions(password, engine, ocr)))


def read_archive(
    path: str | PathLike[str],
    *,
    password: str | None = None,
    engine: EngineName = "pdfium",
    ocr: str = "tesseract",
    fresh: bool = False,
) -> dict[str, DataFrame]:
    """Return the tables of all reports below a folder or an fsspec URL, by name; what cannot be read is in `problems`.

    `password`, `engine` and `ocr` are as in `read`; one password is tried on all that are locked. Files that an
    earlier run has read are not read again, unless the run is to be `fresh`. Raises OSError if there is no such
    folder or file, ValueError for an unknown engine.
    """
    from thaita.corpus.discover import find
    from thaita.corpus.remote_archive import is_url
    from thaita.corpus.run.run import Plan, outcomes
    from thaita.extract.options import PdfOptions
    from thaita.out.export import outcome_rows
    from thaita.out.tables.dataframes import frames
    from thaita.out.tables.packed_rows import pack

    place = path if isinstance(path, str) and is_url(path) else Path(path)
    with outcomes(find(place), Plan(PdfOptions(password, engine, ocr), fresh=fresh), pack) as found:
        return frames(pair for outcome in found for pair in outcome_rows(outcome))


def load(
    dataset: str | PathLike[str],
    format: str = "csv",  # noqa: A002 - the option's name
    *,
    verify: bool = True,
) -> dict[str, DataFrame]:
    """Return the tables of a dataset that `thaita extract` wrote, at a path or an fsspec URL, by name.

    `format` is the form to read, of those that were written: csv, parquet, parquet-by-year, xlsx, duckdb, jsonl; all
    give the same tables. Raises `thaita.out.tables.csv_tables.DatasetError` if a table is missing or damaged, ValueError for
    an unknown form. A table that is not as it was written is damaged too, for rows may be missing: for one that was
    edited on purpose set `verify` to False.
    """
    from thaita.out.remote_dataset import dataset_here
    from thaita.out.tables.dataframes import load

    with dataset_here(dataset) as folder:
        return load(folder, format, verify=verify)


def readings(dataset: str | PathLike[str], *, verify: bool = True) -> Iterator[Reading]:
    """Yield the reports of a dataset as typed, validated records, one by one, as `read` gives them.

    Raises `thaita.out.tables.csv_tables.DatasetError` if a table is missing or damaged. That one is not as it was written is
    known when it was read, after the last report at the latest; `verify` is as in `load`.
    """
    from thaita.out.remote_dataset import dataset_here
    from thaita.out.tables.report_records import readings

    with dataset_here(dataset) as folder:
        yield from readings(folder, verify=verify)


def panel(tables: Mapping[str, DataFrame]) -> DataFrame:
    """Return the scores of a loaded dataset as a wide panel: a row an agency and year, a column an indicator.

    See `thaita.out.tables.panel.panel` for its columns.
    """
    from thaita.out.tables.panel import panel

    return panel(tables)
