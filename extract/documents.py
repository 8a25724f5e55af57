"""File to document: the right reader for the bytes, whatever the file is called."""

from __future__ import annotations

import re
from typing import Literal

from thaita.extract.options import DEFAULT, PdfOptions
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.document import Document
from thaita.models.problem_codes import ProblemCode

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_RTF = b"{\\rtf"
_SIGNATURES = (
    (b"GIF8", "a GIF picture: save it as PNG"),
    (
        _RTF,
        "Rich Text Format (RTF), whatever its name says: open it in Word or LibreOffice and save it as .docx",
    ),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
)
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_WORD_PART = re.compile(rb"PK\x01\x02.{42}[/\\]?word[/\\]", re.DOTALL | re.IGNORECASE)
"""An entry of a ZIP's directory (APPNOTE 4.3.12) that names a part of a Word file."""
ENDS = 4096, 65_536
"""Bytes at the start and the end of a file by which `format_of` tells its format."""

Format = Literal["word", "pdf", "web", "rtf", "text"]

_PDF = re.compile(rb"%PDF-\d[.]\d")
_PDF_HEAD = 1024
"""Bytes in which the signature of a PDF may stand (ISO 32000-1, annex H)."""


def is_pdf(data: bytes) -> bool:
    """Return whether a file's bytes say that it is a PDF."""
    return _PDF.search(data, 0, _PDF_HEAD) is not None


def is_picture(data: bytes) -> bool:
    """Return whether a file's bytes say that it is a PNG, JPEG or TIFF."""
    return data.startswith(_PICTURES)


def is_page(data: bytes) -> bool:
    """Return whether a file's bytes say that it is a web page or a web archive."""
    from thaita.extract.readers.text.html import is_html, is_web_archive

    return is_html(data) or is_web_archive(data)


def format_of(head: bytes, tail: bytes) -> Format | None:
    r"""Return what a file's first and last bytes (`ENDS`) say that it is; None for what is not told here.

    >>> format_of(b"%PDF-1.7", b""), format_of("รายงาน".encode(), b""), format_of(b"PK\3\4", b"")
    ('pdf', 'text', None)
    """
    if head.startswith(_ZIP):
        return "word" if _WORD_PART.search(_members(tail)) else None
    if is_pdf(head):
        return "pdf"
    if head.startswith(_RTF):
        return "rtf"
    if is_page(head):
        return "web"
    known = head.startswith(_OLE) or is_picture(head) or any(head.startswith(one) for one, _ in _SIGNATURES)
    return None if known or b"\x00" in head or not head.strip() else "text"


def _members(tail: bytes) -> bytes:
    """Return the list of members at the end of a ZIP file: what stands before it may be a Word file in it."""
    at = tail.rfind(b"PK\x05\x06")
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    return tail if at < 0 else tail[max(0, at - size) : at]


def read_document(data: bytes, source: str = "", options: PdfOptions = DEFAULT) -> Document:
    """Return the document of a file's bytes; the format is told by the bytes, not by the name.

    `source` only serves messages; `options` are for PDFs and pictures. Raises `UnreadableFileError` where no reader can
    make a document.
    """
    if data.startswith((_ZIP, b"PK\x05\x06", _OLE)):
        from thaita.extract.readers.docx.reader import read_docx

        return read_docx(data)
    if is_pdf(data):
        from thaita.extract.readers.pdf.reader import read_pdf

        return read_pdf(data, options.password, options.engine, options.ocr)
    if is_picture(data):
        from thaita.extract.readers.ocr.image_files import read_image

        return read_image(data, options.ocr)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableFileError(ProblemCode.UNSUPPORTED_FORMAT, f"{source or 'The file'} is {what}.")
    if is_page(data):
        from thaita.extract.readers.text.html import is_html, read_html, read_web_archive

        return read_html(data) if is_html(data) else read_web_archive(data)
    from thaita.extract.readers.text.reader import read_text

    return read_text(data)
