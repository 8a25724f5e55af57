"""Bytes to text: which of the encodings that Thai text files come in a file is written in."""

from __future__ import annotations

import re

from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.document import ReaderProblem

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_THAI = re.compile(r"[\u0e01-\u0e5b]")
_LATIN1_THAI = re.compile(r"[\u00a1-\u00fb]{3,}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BINARY_SHARE = 0.02
"""Share of control characters from which a file is no text."""


def decode(data: bytes) -> tuple[str, tuple[ReaderProblem, ...]]:
    """Return the text of a file, and what was doubtful about its encoding.

    Tried in order: byte order mark, UTF-16 without one, UTF-8, then TIS-620 in Microsoft's form
    (cp874), which every byte string nearly is. TIS-620 that some program has already read as Latin-1
    is decoded again. Raises `UnreadableFileError` for an empty or binary file.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableFileError("empty", "The file holds no text: publish or download it again.")
    text, problems = _decode(data)
    if len(_CONTROL.findall(text)) > _BINARY_SHARE * len(text):
        raise UnreadableFileError("wrong_format", "The file is not text: its name may have the wrong ending.")
    return text, problems


def _decode(data: bytes) -> tuple[str, tuple[ReaderProblem, ...]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _lenient(data[len(bom) :], encoding)
    if (wide := _utf16_without_bom(data)) is not None:
        return _lenient(data, wide)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > 0 and _mostly_utf8(data):
            return _lenient(data, "utf-8")
        return _thai_code_page(data)
    return _once_more(text)


def _lenient(data: bytes, encoding: str) -> tuple[str, tuple[ReaderProblem, ...]]:
    text = data.decode(encoding, errors="replace")
    if "\ufffd" not in text or "\ufffd" in data.decode(encoding, errors="ignore"):
        return text, ()
    return text, (ReaderProblem("warning", "encoding", f"Some bytes are no valid {encoding.upper()}."),)


def _utf16_without_bom(data: bytes) -> str | None:
    sample = data[:4096]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        plain = sum(byte in (0x00, 0x0E, 0x20) for byte in high)
        if len(high) >= 8 and plain > 0.9 * len(high) and any(high):
            return encoding
    return None


def _mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    return len(_THAI.findall(text)) > 10 * text.count("\ufffd")


def _thai_code_page(data: bytes) -> tuple[str, tuple[ReaderProblem, ...]]:
    try:
        return data.decode("cp874"), ()
    except UnicodeDecodeError:
        text = data.decode("cp874", errors="replace")
        note = ReaderProblem("warning", "encoding", "Some bytes are neither UTF-8 nor TIS-620 (cp874).")
        return text, (note,)


def _once_more(text: str) -> tuple[str, tuple[ReaderProblem, ...]]:
    if _THAI.search(text) or len("".join(_LATIN1_THAI.findall(text))) < 0.3 * len(text.strip()):
        return text, ()
    again = "".join(c.encode("latin-1").decode("cp874", "replace") if c < "\u0100" else c for c in text)
    return again, (ReaderProblem("info", "encoding", "Thai read as Latin-1 was decoded again as TIS-620."),)
