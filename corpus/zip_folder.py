"""ZIP files as folders of an archive, and which of them are not opened."""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipInfo

from thaita.corpus import remote_archive as remote
from thaita.corpus.problems import say
from thaita.corpus.run.task import file_ends
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.problem_codes import ProblemCode
from thaita.models.records import Problem

MAX_MEMBERS = 10_000
"""Most members of a ZIP file that is read as a folder."""
MAX_LIST = 16 * 1024**2
"""Most bytes of the list of its members."""
MAX_RATIO = 400
"""Most times that a member of more than `_RATIO_FROM` bytes may be larger than it is packed."""
_RATIO_FROM = 16 * 1024**2

_END, _END_BYTES = b"PK\x05\x06", 22
_LONG_END, _LONG_END_BYTES = b"PK\x06\x07", 20
_LONGEST_COMMENT = 65_535
_LOCKED = 0x1


def refused(path: Path) -> Problem | None:
    """Return why a ZIP file is not opened: it is damaged or its list is too long. Raises what `file_ends` does."""
    _, tail = file_ends(path, 0, _END_BYTES + _LONGEST_COMMENT + _LONG_END_BYTES)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_BYTES:
        return say(ProblemCode.DAMAGED, "a ZIP file that is damaged or cut off: download or copy it again")
    members, size = struct.unpack("<HI", tail[at + 10 : at + 16])
    if not members:
        return say(ProblemCode.EMPTY, "a ZIP file with nothing in it", "warning")
    long = tail[max(0, at - _LONG_END_BYTES) : at].startswith(_LONG_END)
    if long or members > MAX_MEMBERS or size > MAX_LIST:
        message = f"a ZIP file of more than {MAX_MEMBERS:,} members or 4 GiB: unpack it first"
        return say(ProblemCode.TOO_LARGE, message)
    return None


def refused_member(info: ZipInfo) -> Problem | None:
    """Return why a member of a ZIP file is not read."""
    if info.flag_bits & _LOCKED:
        return say(ProblemCode.ENCRYPTED, "locked by the password of the ZIP file: unpack it first")
    if info.file_size > _RATIO_FROM and info.file_size > MAX_RATIO * info.compress_size:
        message = "unpacks to more than a report can hold, as in a file made to do harm: not read"
        return say(ProblemCode.TOO_LARGE, message)
    return None


def as_folder(path: Path) -> Iterator[tuple[str, str, str | None, Problem | None]]:
    """Yield the members of a ZIP file: name, URL, stamp, and why it is not read.

    Raises OSError, also for what is no ZIP file, and UnreadableFileError where its path cannot be in a URL.
    """
    if "::" in str(path):
        message = "a ZIP file with :: in its path is not opened: rename it, or unpack it first"
        raise UnreadableFileError(ProblemCode.UNSUPPORTED_FORMAT, message)
    url = f"zip://::{path}"
    try:
        listed = remote.files(url)
        system, _ = remote.opened(url)
        members = system.zip.infolist()
    except OSError:
        raise
    except Exception as error:  # whatever a damaged file makes of its reader
        raise OSError(errno.EIO, type(error).__name__) from error
    infos = {info.filename: info for info in members}
    repeated = {info.filename for info in members if info is not infos[info.filename]}
    for name, place, stamp in listed:
        info = infos.get(place.removeprefix("zip://").partition("::")[0])
        problem = _LOST if info is None else refused_member(info)
        yield name, place, stamp, problem or (_REPEATED if info and info.filename in repeated else None)


_REPEATED = say(
    ProblemCode.DAMAGED,
    "several members of the ZIP file have this name, and which is meant cannot be told: unpack it first",
)
_LOST = say(ProblemCode.UNSUPPORTED_FORMAT, "a name that cannot be told in a ZIP file: unpack it first")
