"""What the members of a ZIP file are called: older programs write names in the code page of their system."""

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
_LONE = re.compile(r"[A-Za-z][\u0e01-\u0e5b](?![\u0e01-\u0e5b])|(?<![\u0e01-\u0e5b])[\u0e01-\u0e5b][A-Za-z]")
"""A Thai letter in a word of Latin ones: a letter with an accent, read in a wrong code page."""


def member_names(archive: ZipFile) -> dict[str, str]:
    r"""Return what the members of a ZIP file are called, by the names that `zipfile` has for them.

    Folders are parted by "/". A name without a sign of its encoding is UTF-8, else cp874 where that makes possible
    Thai, else cp437, as the format says.
    """
    names: dict[str, str] = {}
    taken = {info.filename for info in archive.infolist()}
    for info in archive.infolist():
        name = _name(info).replace("\\", "/")
        if name != info.filename and name in taken:  # two members are never one
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
    return next(_readings(data, info.extra), info.filename)


def _readings(data: bytes, extra: bytes) -> Iterator[str]:
    """Yield what the bytes of a name may say (APPNOTE 4.6.9 for the extra field), the surest first."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack("<HH", extra[at : at + 4])
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and field[:5] == b"\x01" + struct.pack("<I", zlib.crc32(data)):
            yield from _decoded(field[5:], "utf-8")
        at += 4 + size
    yield from _decoded(data, "utf-8")
    yield from (name for name in _decoded(data, "cp874") if _is_thai(name))


def _is_thai(name: str) -> bool:
    return _THAI.search(name) is not None and not _LONE.search(name) and not is_garbled(name)


def _decoded(data: bytes, encoding: str) -> Iterator[str]:
    try:
        yield data.decode(encoding)
    except UnicodeDecodeError:
        return
