"""The ZIP container of a workbook, checked before a library unpacks it."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import Literal

from thaita.extract.readers.docx.package import MAX_RATIO, MAX_TOTAL
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.problem_codes import ProblemCode

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
_RATIO_FROM = 4 * 2**20
_MAX_MERGED = 1_000_000
"""Maximum number of positions that the merged cells of a sheet cover."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_UNSTORED = re.compile(rb"<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"

Kind = Literal["xlsx", "ods"]


def workbook_kind(data: bytes) -> Kind | None:
    """Return the kind of workbook in a ZIP file; None for any other file."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()}
            if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
                return "xlsx"
            if "mimetype" in names and "content.xml" in names and archive.getinfo("mimetype").file_size < 200:
                return "ods" if archive.read("mimetype").startswith(_ODS) else None
    except (*_BROKEN, KeyError):
        return None
    return None


def checked_parts(data: bytes) -> dict[str, bytes]:
    """Return the XML parts of a workbook by name.

    Raises UnreadableFileError if it is damaged (`damaged`), has a password (`encrypted`), unpacks to more than a list
    of results can hold (`too_large`) or declares entities, which no spreadsheet program writes (`damaged`).
    """
    parts: dict[str, bytes] = {}
    total = 0
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for info in archive.infolist():
                if info.flag_bits & 1:
                    message = "The file is locked with a password: save it without one."
                    raise UnreadableFileError(ProblemCode.ENCRYPTED, message)
                with archive.open(info) as file:
                    part = file.read(MAX_TOTAL + 1 - total)
                total += len(part)
                if total > MAX_TOTAL or (
                    len(part) > _RATIO_FROM and len(part) / max(1, info.compress_size) > MAX_RATIO
                ):
                    raise _too_large()
                if info.filename.endswith((".xml", ".rels")):
                    parts[info.filename] = _checked(part)
    except UnreadableFileError:
        raise
    except _BROKEN as error:
        raise damaged(str(error)) from error
    return parts


def _checked(part: bytes) -> bytes:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise damaged("it declares a document type, which no spreadsheet program writes")
    covered = sum(
        (int(bottom) - int(top) + 1) * (_column(right) - _column(left) + 1)
        for left, top, right, bottom in _MERGED.findall(part)
    )
    if covered > _MAX_MERGED:
        raise _too_large()
    return part


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def formulas_without_value(parts: dict[str, bytes]) -> int:
    """Return how many formulas of a workbook have no stored value: a program wrote them and nobody opened the file."""
    return sum(len(_UNSTORED.findall(part)) for name, part in parts.items() if "worksheets/" in name)


def damaged(why: str) -> UnreadableFileError:
    """Return the error for a workbook that cannot be read."""
    message = f"The file is damaged or cut off ({why}): download or copy it again."
    return UnreadableFileError(ProblemCode.DAMAGED, message)


def _too_large() -> UnreadableFileError:
    message = "The file unpacks to more than a list of results can hold. If it is real, split it."
    return UnreadableFileError(ProblemCode.TOO_LARGE, message)
