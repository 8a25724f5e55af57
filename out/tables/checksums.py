"""Checksums of a dataset's files: written into its description, and held against the files where they are read."""

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

SUMS = "thaita:checksums"
"""The property of the description that has the checksums of the files which are no CSV table."""

_PREFIX = "sha256:"


class DatasetError(ThaitaError):
    """A dataset that cannot be loaded or written; the message says where and what to do."""


class Sum(NamedTuple):
    """The size of a file in bytes, and the SHA-256 of them in hexadecimal digits."""

    bytes: int
    sha256: str

    def described(self) -> dict[str, object]:
        """Return it as the description of a data package has it."""
        return {"bytes": self.bytes, "hash": _PREFIX + self.sha256}


class Summing:
    """The checksum of bytes that come in parts."""

    def __init__(self) -> None:
        self._size, self._digest = 0, hashlib.sha256()

    def add(self, part: bytes | memoryview) -> None:
        """Take the next part."""
        self._size += len(part)
        self._digest.update(part)

    def sum(self) -> Sum:
        """Return the checksum of the parts so far."""
        return Sum(self._size, self._digest.hexdigest())


class SummedFile(io.RawIOBase):
    """A file to read, and the checksum of what was read. Raises OSError for what is no file."""

    def __init__(self, path: Path) -> None:
        self._file, self.summing = open_regular(path), Summing()

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any buffer
        """Read into a buffer."""
        count = self._file.readinto(buffer) or 0
        self.summing.add(memoryview(buffer)[:count])
        return count

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


def sum_of(path: Path) -> Sum:
    """Return the checksum of a file. Raises OSError."""
    summing = Summing()
    with open_regular(path) as file:
        while part := file.read(1 << 20):
            summing.add(part)
    return summing.sum()


def known_sums(dataset: Path) -> Mapping[str, Sum]:
    """Return the checksums that a dataset's description has, by file; none where an older version wrote it.

    Raises DatasetError for a description that cannot be read.
    """
    path = dataset / MARK
    try:
        described = json.loads(read_regular(path))
        if described["name"] != NAME:
            return {}
        parts = {one["path"]: one for one in described["resources"] if "hash" in one} | described.get(
            SUMS, {}
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
    """Raise DatasetError for a file of a dataset that is not the one that was written."""
    if known.get(name, found) != found:
        raise DatasetError(
            f"{dataset / name}: not as `thaita extract` wrote it: edited, cut off or damaged. Run `thaita extract` again. "
            "If it was edited on purpose: `thaita check`, `thaita report` (--edited) and `thaita.load` (verify=False) read it"
        )
