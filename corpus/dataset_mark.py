"""The mark of a dataset: how a folder that this program wrote is told from any other."""

from __future__ import annotations

import json
from pathlib import Path

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
    names = (entry.name for entry in folder.iterdir())
    return sorted(name for name in names if name not in known and name.lower() not in _LITTER)


def _files(folder: Path) -> frozenset[str] | None:
    try:
        described = json.loads((folder / MARK).read_text(encoding="utf-8"))
        if described["name"] != NAME:
            return None
        others = described.get(FILES, [])
        return frozenset(
            {MARK, *map(str, others), *(str(resource["path"]) for resource in described["resources"])}
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
