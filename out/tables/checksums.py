"""Checksums of a dataset's files: written to its description, and checked when the files are read."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from thaita.corpus.dataset_folder import MARK, NAME
from thaita.corpus.regular_files import open_regular, read_regular
from thaita.models.errors import ThaitaError

CHECKSUMS = "thaita:checksums"
"""The description's property with the checksums of files other than the CSV tables."""

_PREFIX = "sha256:"


class DatasetError(ThaitaError):
    """A dataset that cannot be loaded or written; the message names the file and what to do."""


class Sum(NamedTuple):
    """The size of a file in bytes, and the SHA-256 of its content in hexadecimal."""

    bytes: int
    sha256: str

    def described(self) -> dict[str, object]:
        """Return the checksum in the notation of a data package's description."""
        return {"bytes": self.bytes, "hash": _PREFIX + self.sha256}


class RunningChecksum:
    """A checksum that is updated part by part."""

    def __init__(self) -> None:
        self._size, self._digest = 0, hashlib.sha256()

    def add(self, part: bytes | memoryview) -> None:
        """Update the checksum with the next part."""
        self._size += len(part)
        self._digest.update(part)

    def sum(self) -> Sum:
        """Return the checksum of the parts so far."""
        return Sum(self._size, self._digest.hexdigest())


class ChecksummedFile(io.RawIOBase):
    """A readable file that computes the checksum of the bytes read. Raises OSError for anything but a regular file."""

    def __init__(self, path: Path) -> None:
        self._file, self.summing = open_regular(path), RunningChecksum()

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any buffer
        """Read into a buffer, and return the number of bytes."""
        count = self._file.readinto(buffer) or 0
        self.summing.add(memoryview(buffer)[:count])
        return count

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


def sum_of(path: Path) -> Sum:
    """Return the checksum of a file. Raises OSError."""
    summing = RunningChecksum()
    with open_regular(path) as file:
        while part := file.read(1 << 20):
            summing.add(part)
    return summing.sum()


def known_sums(dataset: Path) -> Mapping[str, Sum]:
    """Return the checksums in a dataset's description, by file; empty if an older version wrote it.

    Raises DatasetError if the description cannot be read.
    """
    path = dataset / MARK
    try:
        described = json.loads(read_regular(path))
        if described["name"] != NAME:
            return {}
        parts = {one["path"]: one for one in described["resources"] if "hash" in one} | described.get(
            CHECKSUMS, {}
        )
        return {
            name: Sum(int(one["bytes"]), str(one["hash"]).removeprefix(_PREFIX))
            for name, one in parts.items()
        }
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise DatasetError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError) as error:
        raise DatasetError(f"{path}: damaged; run `thaita extract` again") from error


def refuse_other(dataset: Path, name: str, found: Sum, known: Mapping[str, Sum]) -> None:
    """Raise DatasetError if a file's checksum differs from the one in the dataset's description."""
    if known.get(name, found) != found:
        raise DatasetError(
            f"{dataset / name}: not as `thaita extract` wrote it: edited, cut off or damaged. Run `thaita extract` again. "
            "If it was edited on purpose, read it with --edited (`thaita check`, `thaita report`) or verify=False (`thaita.load`)"
        )
