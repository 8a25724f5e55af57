"""Names of ZIP members: older programs write them in the code page of their system."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from zipfile import ZipFile, ZipInfo

from thaita.normalize.thai.letters import is_garbled

_UTF8 = 0x800
_UNICODE_PATH = 0x7075
_THAI = re.compile(r"[\u0e01-\u0e5b]")
_SINGLE_THAI_LETTER = re.compile(
    r"[A-Za-z][\u0e01-\u0e5b](?![\u0e01-\u0e5b])|(?<![\u0e01-\u0e5b])[\u0e01-\u0e5b][A-Za-z]"
)
"""A single Thai letter in a Latin word: an accented letter decoded with the wrong code page."""


def member_names(archive: ZipFile) -> dict[str, str]:
    r"""Return the decoded names of the members of a ZIP file, by the names that `zipfile` has for them.

    "/" separates folders. A name without an encoding flag is UTF-8, or else cp874 if that gives possible
    Thai, or else cp437, the default of the format.
    """
    names: dict[str, str] = {}
    taken = {info.filename for info in archive.infolist()}
    for info in archive.infolist():
        name = _name(info).replace("\\", "/")
        if name != info.filename and name in taken:  # two members never share a name
            name = info.filename
        taken.add(name)
        names[info.filename] = name
    return names


def _name(info: ZipInfo) -> str:
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        data = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    return next(_possible_names(data, info.extra), info.filename)


def _possible_names(data: bytes, extra: bytes) -> Iterator[str]:
    """Yield the possible readings of a name's bytes, the most certain first (APPNOTE 4.6.9 for the extra field)."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack("<HH", extra[at : at + 4])
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and field[:5] == b"\x01" + struct.pack("<I", zlib.crc32(data)):
            yield from _try_decode(field[5:], "utf-8")
        at += 4 + size
    yield from _try_decode(data, "utf-8")
    yield from (name for name in _try_decode(data, "cp874") if _is_thai(name))


def _is_thai(name: str) -> bool:
    return _THAI.search(name) is not None and not _SINGLE_THAI_LETTER.search(name) and not is_garbled(name)


def _try_decode(data: bytes, encoding: str) -> Iterator[str]:
    try:
        yield data.decode(encoding)
    except UnicodeDecodeError:
        return
