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
    `package.module:name` of a recogniser of your own. Raises OSError if the file cannot be opened, ValueError for an
    unknown engine, and `thaita.extract.readers.errors.UnreadableFileError` if no report can be read
    from the file. PDFs are read in a process of their own, which a harmful one can end.
    """
    from thaita.corpus.archive import read_file
    from thaita.corpus.worker import guarded_reader
    from thaita.extract.options import PdfOptions

    return read_file(Path(path), guarded_reader(PdfOptions(password, engine, ocr)))


def read_archive(
    path: str | PathLike[str],
    *,
    password: str | None = None,
    engine: EngineName = "pdfium",
    ocr: str = "tesseract",
) -> dict[str, DataFrame]:
    """Return the tables of all reports below a folder, by name; what cannot be read is in `problems`.

    `password`, `engine` and `ocr` are as in `read`; one password is tried on all that are
    locked. Raises OSError if there is no such folder or file, ValueError for an unknown engine.
    """
    from thaita.corpus.archive import read_all
    from thaita.corpus.find import find
    from thaita.corpus.worker import guarded
    from thaita.extract.options import PdfOptions
    from thaita.out.dataset import frames

    with guarded(PdfOptions(password, engine, ocr)) as extract:
        return frames(pair for outcome in read_all(find(Path(path)), extract) for pair in outcome.rows)


def load(dataset: str | PathLike[str], format: str = "csv") -> dict[str, DataFrame]:  # noqa: A002 - the option's name
    """Return the tables of a dataset that `thaita extract` wrote, by name.

    `format` is the form to read, of those that were written: csv, parquet, xlsx, duckdb, jsonl; all give the
    same tables. Raises `thaita.out.tables_csv.DatasetError` if a table is missing or damaged, ValueError for
    an unknown form.
    """
    from thaita.out.dataset import load

    return load(Path(dataset), format)


def readings(dataset: str | PathLike[str]) -> Iterator[Reading]:
    """Yield the reports of a dataset as typed, validated records, one by one, as `read` gives them.

    Raises `thaita.out.tables_csv.DatasetError` if a table is missing or damaged.
    """
    from thaita.out.readings import readings

    return readings(Path(dataset))


def panel(tables: Mapping[str, DataFrame]) -> DataFrame:
    """Return the scores of a loaded dataset as a wide panel: a row an agency and year, a column an indicator.

    See `thaita.out.panel.panel` for its columns.
    """
    from thaita.out.panel import panel

    return panel(tables)
