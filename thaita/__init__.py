"""Thai ITA reports in, a dataset of scores, findings and measures out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from thaita.version import __version__

if TYPE_CHECKING:
    from os import PathLike

    from pandas import DataFrame

    from thaita.models.records import Reading

__all__ = ["__version__", "load", "read", "read_archive"]


def read(path: str | PathLike[str]) -> Reading:
    """Return all that one report gives, as typed records.

    Raises OSError if the file cannot be opened, and
    `thaita.extract.readers.errors.UnreadableFileError` if no report can be read from it.
    """
    from thaita.corpus.archive import read_file
    from thaita.extract.reading import read_bytes

    return read_file(Path(path), read_bytes)


def read_archive(path: str | PathLike[str]) -> dict[str, DataFrame]:
    """Return the tables of all reports below a folder, by name; what cannot be read is in `problems`.

    Raises OSError if there is no such folder or file.
    """
    from thaita.corpus.archive import read_all
    from thaita.corpus.find import find
    from thaita.extract.reading import read_bytes
    from thaita.out.dataset import frames

    return frames(pair for outcome in read_all(find(Path(path)), read_bytes) for pair in outcome.rows)


def load(dataset: str | PathLike[str]) -> dict[str, DataFrame]:
    """Return the tables of a dataset that `thaita extract` wrote, by name.

    Raises `thaita.out.tables_csv.DatasetError` if a table is missing or damaged.
    """
    from thaita.out.dataset import load

    return load(Path(dataset))
