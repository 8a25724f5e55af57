"""Remote datasets: written locally and uploaded, or downloaded and read locally, by fsspec URL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from thaita.corpus.dataset_folder import MARK, marked_files
from thaita.corpus.remote_archive import is_url, open_url
from thaita.out.tables.csv_tables import DatasetError

Made = TypeVar("Made")

_NAME = "dataset"


def write_to(target: Path | str, write: Callable[[Path], Made]) -> Made:
    """Write a dataset to a path, or to a temporary folder that is then uploaded to a URL; return what `write` returned.

    At a URL the old description is deleted first and the new one uploaded last, because a dataset without a
    description is incomplete. Raises DatasetError as `write` does, and also if the URL has something other than a
    dataset or the upload fails.
    """
    if not isinstance(target, str):
        return write(target)
    with TemporaryDirectory(prefix="thaita-") as folder:
        here = Path(folder) / _NAME
        with _as_dataset_error(target):
            system, path = open_url(target)
            older = _replaceable(system, path.rstrip("/"), target)
        made = write(here)
        with _as_dataset_error(target):
            _send(system, here, path.rstrip("/"), older)
    return made


def _replaceable(system: Any, path: str, target: str) -> frozenset[str]:  # noqa: ANN401 - fsspec's file system
    """Return the files of the older dataset at the URL, empty if there is none."""
    if not system.exists(path):
        return frozenset()
    if system.isfile(path):
        raise DatasetError(f"{target} is a file: name a folder for the dataset")
    there = {name.removeprefix(f"{path.lstrip('/')}/").removeprefix(f"{path}/") for name in system.find(path)}
    known = marked_files(system.cat_file(f"{path}/{MARK}")) if MARK in there else frozenset()
    if foreign := sorted(there - (known or frozenset())):
        raise DatasetError(
            f"{target} holds a file that is no part of a dataset ({foreign[0]}): name another folder"
        )
    return frozenset(there)


def _send(system: Any, here: Path, path: str, older: frozenset[str]) -> None:  # noqa: ANN401
    if MARK in older:
        system.rm_file(f"{path}/{MARK}")
    names = [file.relative_to(here).as_posix() for file in sorted(here.rglob("*")) if file.is_file()]
    for name in older - set(names) - {MARK}:
        system.rm_file(f"{path}/{name}")
    for name in [*(one for one in names if one != MARK), MARK]:
        system.makedirs(f"{path}/{name}".rpartition("/")[0], exist_ok=True)
        system.put_file(str(here / name), f"{path}/{name}")


@contextmanager
def local_dataset(dataset: str | PathLike[str]) -> Iterator[Path]:
    """Yield the folder of a dataset; one at a URL is downloaded, and the copy deleted after the block.

    Raises DatasetError if there is no dataset at the URL.
    """
    if not isinstance(dataset, str) or not is_url(dataset):
        yield Path(dataset)
        return
    with TemporaryDirectory(prefix="thaita-") as folder:
        here = Path(folder) / _NAME
        with _as_dataset_error(dataset):
            system, path = open_url(dataset)
            path = path.rstrip("/")
            known = marked_files(system.cat_file(f"{path}/{MARK}"))
            for name in sorted(known or ()):
                target = here / name
                if not target.resolve().is_relative_to(here.resolve()):
                    raise DatasetError(f"{dataset}: its description names a file outside it ({name})")
                target.parent.mkdir(parents=True, exist_ok=True)
                system.get_file(f"{path}/{name}", str(target))
        if known is None:
            raise DatasetError(f"{dataset} is no dataset that `thaita extract` wrote")
        yield here


@contextmanager
def _as_dataset_error(target: str) -> Iterator[None]:
    """Convert the errors of a protocol's library to DatasetError."""
    try:
        yield
    except DatasetError:
        raise
    except Exception as error:
        raise DatasetError(f"{target}: {error or type(error).__name__}") from error
