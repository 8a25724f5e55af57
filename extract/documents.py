"""File to document: the right reader for the bytes, whatever the file is called."""

from __future__ import annotations

import re

from thaita.extract.options import DEFAULT, PdfOptions
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.document import Document

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_SIGNATURES = (
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "RAR"),
)

_PDF = re.compile(rb"%PDF-\d[.]\d")
_PDF_HEAD = 1024
"""Bytes in which the signature of a PDF may stand (ISO 32000-1, annex H)."""


def is_pdf(data: bytes) -> bool:
    """Return whether a file's bytes say that it is a PDF."""
    return _PDF.search(data, 0, _PDF_HEAD) is not None


def is_picture(data: bytes) -> bool:
    """Return whether a file's bytes say that it is a PNG, JPEG or TIFF."""
    return data.startswith(_PICTURES)


def read_document(data: bytes, source: str = "", options: PdfOptions = DEFAULT) -> Document:
    """Return the document of a file's bytes; the format is told by the bytes, not by the name.

    `source` only serves messages; `options` are for PDFs and pictures. Raises `UnreadableFileError` where no reader can
    make a document.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        from thaita.extract.readers.docx import read_docx

        return read_docx(data)
    if is_pdf(data):
        from thaita.extract.readers.pdf import read_pdf

        return read_pdf(data, options.password, options.engine, options.ocr)
    if is_picture(data):
        from thaita.extract.readers.images import read_image

        return read_image(data, options.ocr)
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableFileError(
                "unsupported_format", f"{source or 'The file'} is {name}, which this version does not read."
            )
    from thaita.extract.readers.text import read_text

    return read_text(data)
