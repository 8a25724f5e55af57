"""The mark of a dataset: how a folder that this program wrote is told from any other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from thaita.corpus.regular_files import content

MARK = "datapackage.json"
NAME = "thaita-dataset"
FILES = "thaita:files"
"""The property of the description that lists the files which are no table of it."""
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


def is_dataset(folder: Path) -> bool:
    """Say whether the folder is a dataset: it holds the description that every dataset carries."""
    return _files(folder) is not None


def foreign_names(folder: Path) -> list[str]:
    """Return the names of what in the folder is no part of a dataset, sorted; all, if it is none.

    Files that operating systems leave behind do not count. Raises OSError where the folder
    cannot be listed.
    """
    known = _files(folder) or frozenset()
    return sorted(_foreign(folder, "", known))


def _foreign(folder: Path, prefix: str, known: frozenset[str]) -> Iterator[str]:
    for entry in folder.iterdir():
        name = prefix + entry.name
        if any(one.startswith(f"{name}/") for one in known) and entry.is_dir() and not entry.is_symlink():
            yield from _foreign(entry, f"{name}/", known)
        elif name not in known and entry.name.lower() not in _LITTER:
            yield name


def _files(folder: Path) -> frozenset[str] | None:
    try:
        return marked_files(content(folder / MARK))
    except OSError:
        return None


def marked_files(mark: bytes) -> frozenset[str] | None:
    """Return the paths of the files of the dataset that a description belongs to, None if it is no such description."""
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
