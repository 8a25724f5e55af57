"""ZIP files as folders of an archive, with limits on what is opened."""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipInfo

from thaita.corpus import remote_archive as remote
from thaita.corpus.problems import file_problem
from thaita.corpus.run.task import file_ends
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.problem_codes import ProblemCode
from thaita.models.records import Problem

MAX_MEMBERS = 10_000
"""Maximum number of members in a ZIP file that is read as a folder."""
MAX_LIST = 16 * 1024**2
"""Maximum bytes of its directory."""
MAX_RATIO = 400
"""Maximum compression ratio of a member with more than `_RATIO_FROM` bytes."""
_RATIO_FROM = 16 * 1024**2

_END, _END_BYTES = b"PK\x05\x06", 22
_LONG_END, _LONG_END_BYTES = b"PK\x06\x07", 20
_LONGEST_COMMENT = 65_535
_LOCKED = 0x1


def zip_problem(path: Path) -> Problem | None:
    """Return the problem of a ZIP file that cannot be opened: damaged, or with too long a directory.

    Raises the same errors as `file_ends`.
    """
    _, tail = file_ends(path, 0, _END_BYTES + _LONGEST_COMMENT + _LONG_END_BYTES)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_BYTES:
        return file_problem(ProblemCode.DAMAGED, "a damaged or truncated ZIP file: download or copy it again")
    members, size = struct.unpack("<HI", tail[at + 10 : at + 16])
    if not members:
        return file_problem(ProblemCode.EMPTY, "an empty ZIP file", "warning")
    long = tail[max(0, at - _LONG_END_BYTES) : at].startswith(_LONG_END)
    if long or members > MAX_MEMBERS or size > MAX_LIST:
        message = f"a ZIP file of more than {MAX_MEMBERS:,} members or 4 GiB: unpack it first"
        return file_problem(ProblemCode.TOO_LARGE, message)
    return None


def member_problem(info: ZipInfo) -> Problem | None:
    """Return the problem of a ZIP member that cannot be read, or None."""
    if info.flag_bits & _LOCKED:
        return file_problem(
            ProblemCode.ENCRYPTED, "encrypted with the password of the ZIP file: unpack it first"
        )
    if info.file_size > _RATIO_FROM and info.file_size > MAX_RATIO * info.compress_size:
        message = "unpacks to more than a report can hold, like a ZIP bomb: not read"
        return file_problem(ProblemCode.TOO_LARGE, message)
    return None


def zip_members(path: Path) -> Iterator[tuple[str, str, str | None, Problem | None]]:
    """Yield the members of a ZIP file: name, URL, stamp, and the problem of a member that is not read.

    Raises OSError, also if it is not a ZIP file, and UnreadableFileError if its path cannot be part of a URL.
    """
    if "::" in str(path):
        message = "a ZIP file with :: in its path is not opened: rename it, or unpack it first"
        raise UnreadableFileError(ProblemCode.UNSUPPORTED_FORMAT, message)
    url = f"zip://::{path}"
    try:
        listed = remote.list_files(url)
        system, _ = remote.open_url(url)
        members = system.zip.infolist()
    except OSError:
        raise
    except Exception as error:  # a damaged file can raise any error in `zipfile`
        raise OSError(errno.EIO, type(error).__name__) from error
    infos = {info.filename: info for info in members}
    repeated = {info.filename for info in members if info is not infos[info.filename]}
    for name, place, stamp in listed:
        info = infos.get(place.removeprefix("zip://").partition("::")[0])
        problem = _UNREADABLE_NAME if info is None else member_problem(info)
        yield name, place, stamp, problem or (_REPEATED if info and info.filename in repeated else None)


_REPEATED = file_problem(
    ProblemCode.DAMAGED,
    "several members of the ZIP file have this name: unpack it first",
)
_UNREADABLE_NAME = file_problem(
    ProblemCode.UNSUPPORTED_FORMAT, "a name in a ZIP file that cannot be addressed: unpack it first"
)
