"""File to document: the right reader for the bytes, whatever the file is called."""

from __future__ import annotations

from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.document import Document

_SIGNATURES = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "RAR"),
)


def read_document(data: bytes, source: str = "") -> Document:
    """Return the document of a file's bytes; the format is told by the bytes, not by the name.

    `source` only serves messages. Raises `UnreadableFileError` where no reader can make a document.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        from thaita.extract.readers.docx import read_docx

        return read_docx(data)
    if b"%PDF-" in data[:1024]:
        from thaita.extract.readers.pdf import read_pdf

        return read_pdf(data)
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableFileError(
                "unsupported_format", f"{source or 'The file'} is {name}, which this version does not read."
            )
    from thaita.extract.readers.text import read_text

    return read_text(data)
