"""The archive of a dataset, recorded in the user's cache because a dataset must not contain local paths."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from thaita.extract.cache import cache_root


class SourceError(ValueError):
    """A report file that cannot be displayed; `code` is `outside`, `missing` or `not_a_file`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def remember_archive(dataset: Path, archive: Path) -> None:
    """Record in the user's cache which archive a dataset was read from; a failure to record it is ignored."""
    note = {"dataset": os.path.realpath(dataset), "archive": os.path.realpath(archive)}
    path = cache_path(dataset)
    fresh = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError, ValueError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(note), encoding="utf-8")
        fresh.replace(path)


def archive_of(dataset: Path) -> Path | None:
    """Return the archive that the dataset was last read from on this machine, or None if it is unknown."""
    try:
        note = json.loads(cache_path(dataset).read_text(encoding="utf-8"))
        return Path(note["archive"]) if note["dataset"] == os.path.realpath(dataset) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def cache_path(dataset: Path, ending: str = ".json") -> Path:
    """Return the cache file for data about a dataset, named by the hash of its path."""
    name = hashlib.sha256(os.path.realpath(dataset).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return cache_root() / "datasets" / (name + ending)


def source_path(archive: Path, source: str) -> Path:
    """Return the path of a report's file: a regular file inside the archive, after links are followed.

    `archive` is a folder, or the single report that was read. Raises SourceError for any other file.
    """
    root = archive.resolve()
    inside = root if root.is_dir() else root.parent
    for name in (source, _unescaped(source)):
        try:
            path = (inside / name).resolve()
            known = path.lstat()
        except (OSError, ValueError, RuntimeError):  # missing file, NUL in the name, or a loop of links
            continue
        if path != root and (not path.is_relative_to(inside) or inside is not root):
            raise SourceError("outside")
        if not stat.S_ISREG(known.st_mode):
            raise SourceError("not_a_file")
        return path
    raise SourceError("outside" if ".." in Path(source).parts or Path(source).is_absolute() else "missing")


def _unescaped(source: str) -> str:
    r"""Return a name with its `\xNN` escapes turned back into the bytes of the file system."""
    return re.sub(r"\\x([89a-f][0-9a-f])", lambda hit: chr(0xDC00 + int(hit[1], 16)), source)
