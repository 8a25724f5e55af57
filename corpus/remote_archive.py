"""Remote archives: any URL that fsspec opens (s3://, gs://, https://, zip://)."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Callable
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote
from zipfile import ZipFile

from thaita.corpus.zip_names import member_names
from thaita.models.extras import require

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

T = TypeVar("T")

_STATES = ("size", "file_size", "ETag", "etag", "LastModified", "last_modified", "mtime", "updated", "md5Hash",
    "CRC", "date_time", "created")  # fmt: skip
"""Fields of a listing that identify the version of a file."""

_PROTOCOL = re.compile(r"(\w+)://")
_EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gs", "gcs": "gs", "http": "https", "https": "https"}
"""The extra that a protocol needs; fsspec knows other protocols, and names the packages that they need itself."""

_SUFFICIENT = frozenset(
    {"ETag", "etag", "LastModified", "last_modified", "mtime", "updated", "md5Hash", "CRC"}
)
"""The fields that suffice for that; without them, a file of the same size may be another one."""


def is_url(place: str) -> bool:
    """Return whether a place is a URL rather than a path.

    >>> is_url("s3://bucket/reports"), is_url("reports/2568")
    (True, False)
    """
    return "://" in place


def list_files(url: str) -> list[tuple[str, str, str | None]]:
    """Return the files below a URL: for each the relative path, its own URL, and its stamp.

    A URL of one file gives that file. A stamp is None if the listing has too little information. Raises
    OSError, ImportError if fsspec needs another package for the protocol, ValueError for an unknown protocol.
    """
    _cached_system.cache_clear()
    system, root = open_url(url)
    system.invalidate_cache()  # the cached listing may be outdated
    if not root.endswith("/") and system.isfile(root):
        return [(_name(root.rpartition("/")[2], url), url, _stamp(system.info(root)))]
    found = system.find(root, detail=True)
    if not found and not system.exists(root):
        raise FileNotFoundError(f"nothing found at {url}")
    prefix = root.rstrip("/") + "/" if root.strip("/") else ""
    names = _names(system)
    return [
        (
            _name(names.get(path, path).removeprefix(prefix).lstrip("/"), url),
            _url_of(url, system, path),
            _stamp(info),
        )
        for path, info in found.items()
        if not names.get(path, "").endswith("/")
    ]


def _names(system: AbstractFileSystem) -> dict[str, str]:
    """Return the decoded names of the members of a ZIP file; empty for other file systems."""
    archive = getattr(system, "zip", None)
    return member_names(archive) if isinstance(archive, ZipFile) else {}


def read_file(url: str, most: int) -> bytes:
    """Return the bytes of the file at a URL, at most `most`. Raises OSError."""
    return _with_file(url, lambda file: file.read(most))


def read_ends(url: str, first: int, last: int) -> tuple[bytes, bytes]:
    """Return the first and the last bytes of the file at a URL. Raises OSError."""

    def both(file: IO[bytes]) -> tuple[bytes, bytes]:
        head = file.read(first)
        file.seek(max(0, file.seek(0, os.SEEK_END) - last))
        return head, file.read(last)

    return _with_file(url, both)


def _with_file(url: str, use: Callable[[IO[bytes]], T]) -> T:
    system, path = open_url(url)
    try:
        with system.open(path, "rb") as file:
            return use(file)
    except OSError:
        raise
    except Exception as error:  # each protocol raises its own errors
        raise OSError(errno.EIO, type(error).__name__) from error


def open_url(url: str) -> tuple[AbstractFileSystem, str]:
    """Return the file system of a URL and the path in it. Raises the same errors as `list_files`."""
    for protocol in _PROTOCOL.findall(url):
        if protocol in _EXTRAS:
            require(_EXTRAS[protocol])
    head, chained, rest = fsspec_url(url).partition("::")
    system, path = _system(head.partition("://")[0] + "://" + chained + rest if chained else head)
    return (system, head.partition("://")[2]) if chained else (system, path)


def fsspec_url(url: str) -> str:
    """Return a URL in fsspec's notation, in which the path of a ZIP file follows two colons.

    >>> fsspec_url("zip:///data/reports.zip"), fsspec_url("zip://2568::s3://bucket/reports.zip")
    ('zip://::/data/reports.zip', 'zip://2568::s3://bucket/reports.zip')
    """
    protocol, _, path = url.partition("://")
    return f"zip://::{path}" if protocol == "zip" and "::" not in url else url


@lru_cache(maxsize=8)
def _cached_system(url: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    system, path = url_to_fs(url)
    return system, path


def _system(url: str) -> tuple[AbstractFileSystem, str]:
    """Return a file system, cached if opening it reads the directory of a ZIP file."""
    if "::" in url:
        return _cached_system(url)
    from fsspec.core import url_to_fs

    system, path = url_to_fs(url)
    return system, path


def _url_of(url: str, system: AbstractFileSystem, path: str) -> str:
    """Return the URL of a file from a listing of `url`."""
    head, chained, rest = fsspec_url(url).partition("::")
    if chained:
        return f"{head.partition('://')[0]}://{path}::{rest}"
    return str(system.unstrip_protocol(path))


def _name(path: str, url: str) -> str:
    return unquote(path, errors="surrogateescape") if url.startswith(("http:", "https:")) else path


def _stamp(info: dict[str, Any]) -> str | None:
    if not any(info.get(key) for key in _SUFFICIENT):
        return None
    said = repr([(key, str(info[key])) for key in _STATES if info.get(key) is not None])
    return hashlib.sha256(said.encode()).hexdigest()
