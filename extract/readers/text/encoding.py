"""Encoding detection for Thai text files."""

from __future__ import annotations

import re

from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.document import ReaderProblem
from thaita.models.problem_codes import ProblemCode

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_THAI = re.compile(r"[\u0e01-\u0e5b]")
_LATIN1_THAI = re.compile(r"[\u00a1-\u00fb]{3,}")
_UTF8_AS_THAI = re.compile(r"(?:เ[ธน][^\n]){2,}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_NO_TEXT = re.compile(r"[\s\x00\u200b-\u200f\u2060\ufeff]+")
_BINARY_SHARE = 0.02
"""Minimum share of control characters in a binary file."""


def decode(data: bytes) -> tuple[str, tuple[ReaderProblem, ...]]:
    """Return the text of a file, and problems of its encoding.

    Tried in order: byte order mark, UTF-16 without one, UTF-8, then TIS-620 in Microsoft's version (cp874),
    which accepts nearly every byte string. Thai text that a program has already decoded wrongly (TIS-620 or
    UTF-8 as Latin-1, UTF-8 as TIS-620) is decoded again. Raises `UnreadableFileError` for an empty or binary
    file.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableFileError(
            ProblemCode.EMPTY, "The file contains no text: publish or download it again."
        )
    text, problems = _decode(data)
    if not _NO_TEXT.sub("", text):
        raise UnreadableFileError(
            ProblemCode.EMPTY, "The file contains no text: publish or download it again."
        )
    if len(_CONTROL.findall(text)) > _BINARY_SHARE * len(text):
        raise UnreadableFileError(
            ProblemCode.WRONG_FORMAT, "The file is not text: its name may have the wrong ending."
        )
    return text, problems


def _decode(data: bytes) -> tuple[str, tuple[ReaderProblem, ...]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_leniently(data[len(bom) :], encoding)
    if (wide := _utf16_without_bom(data)) is not None:
        return _decode_leniently(data, wide)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        if _mostly_utf8(data):
            return _decode_leniently(data, "utf-8")
        return _thai_code_page(data)
    return _undo_wrong_decoding(text)


def _decode_leniently(data: bytes, encoding: str) -> tuple[str, tuple[ReaderProblem, ...]]:
    text = data.decode(encoding, errors="replace")
    if text.count("\ufffd") == data.decode(encoding, errors="ignore").count("\ufffd"):
        return text, ()
    return text, (ReaderProblem.of(ProblemCode.ENCODING, f"Some bytes are not valid {encoding.upper()}."),)


def _utf16_without_bom(data: bytes) -> str | None:
    sample = data[:4096]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        plain = sum(byte in (0x00, 0x0E) for byte in high)
        if len(high) >= 8 and plain > 0.9 * len(high):
            return encoding
    return None


def _mostly_utf8(data: bytes) -> bool:
    """Return whether UTF-8 gives more Thai than invalid letters: TIS-620 decoded as UTF-8 gives hardly any Thai."""
    text = data.decode("utf-8", errors="replace")
    return len(_THAI.findall(text)) > text.count("\ufffd")


def _thai_code_page(data: bytes) -> tuple[str, tuple[ReaderProblem, ...]]:
    try:
        return data.decode("cp874"), ()
    except UnicodeDecodeError:
        text = data.decode("cp874", errors="replace")
        note = ReaderProblem.of(ProblemCode.ENCODING, "Some bytes are neither UTF-8 nor TIS-620 (cp874).")
        return text, (note,)


def _undo_wrong_decoding(text: str) -> tuple[str, tuple[ReaderProblem, ...]]:
    """Undo a wrong decoding by a program that then saved the text as UTF-8."""
    foreign = sum(c > "\x7f" for c in text)
    if len("".join(_UTF8_AS_THAI.findall(text))) > 0.6 * foreign:
        again, note = _decode_again(text, "cp874"), "UTF-8 read as TIS-620 was decoded again."
        if again is None:
            return text, (
                ReaderProblem.of(ProblemCode.ENCODING, "UTF-8 read as TIS-620: parts of it are lost."),
            )
    elif foreign == 0 or _THAI.search(text):
        return text, ()
    else:
        again, note = _decode_again(text, "cp1252"), "UTF-8 read as Latin-1 was decoded again."
    if again is None or not _THAI.search(again):
        if len("".join(_LATIN1_THAI.findall(text))) <= 0.5 * foreign:
            return text, ()
        again = "".join(c.encode("latin-1").decode("cp874", "replace") if c < "\u0100" else c for c in text)
        note = "Thai read as Latin-1 was decoded again as TIS-620."
    return again, (ReaderProblem("info", ProblemCode.ENCODING, note),)


def _decode_again(text: str, wrong: str) -> str | None:
    """Return the text whose UTF-8 bytes were decoded with the encoding `wrong`, or None if they were not."""
    try:
        return b"".join(_byte(c, wrong) for c in text).decode("utf-8")
    except UnicodeError:
        return None


def _byte(char: str, encoding: str) -> bytes:
    """Return the byte of a character; one that the encoding leaves undefined maps to its own code."""
    return char.encode("latin-1") if "\x80" <= char < "\xa0" else char.encode(encoding)
