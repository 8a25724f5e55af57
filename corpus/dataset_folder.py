"""Recognition of datasets: the description file that marks a folder written by this program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from thaita.corpus.regular_files import read_regular

MARK = "datapackage.json"
NAME = "thaita-dataset"
FILES = "thaita:files"
"""Property of the description that lists the files that are not tables."""
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


def is_dataset(folder: Path) -> bool:
    """Return whether the folder is a dataset, that is, contains the description that every dataset has."""
    return _files(folder) is not None


def foreign_names(folder: Path) -> list[str]:
    """Return the sorted names of files in the folder that do not belong to a dataset; all, if it is not one.

    Files that operating systems leave behind do not count. Raises OSError if the folder cannot be listed.
    """
    known = _files(folder) or frozenset()
    return sorted(_foreign_names(folder, "", known))


def _foreign_names(folder: Path, prefix: str, known: frozenset[str]) -> Iterator[str]:
    for entry in folder.iterdir():
        name = prefix + entry.name
        if any(one.startswith(f"{name}/") for one in known) and entry.is_dir() and not entry.is_symlink():
            yield from _foreign_names(entry, f"{name}/", known)
        elif name not in known and entry.name.lower() not in _LITTER:
            yield name


def _files(folder: Path) -> frozenset[str] | None:
    try:
        return marked_files(read_regular(folder / MARK))
    except OSError:
        return None


def marked_files(mark: bytes) -> frozenset[str] | None:
    """Return the paths of the dataset files listed in a description, or None if it is not a dataset description."""
    try:
        described = json.loads(mark)
        if described["name"] != NAME:
            return None
        others = described.get(FILES, [])
        return frozenset(
            {MARK, *map(str, others), *(str(resource["path"]) for resource in described["resources"])}
        )
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError):
        return None
