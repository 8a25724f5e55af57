"""Format detection: choose the reader for a file by its bytes, not its name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from thaita.extract.options import DEFAULT, PdfOptions
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.document import Document, ReaderProblem
from thaita.models.problem_codes import ProblemCode

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_RTF = b"{\\rtf"
_SIGNATURES = (
    (b"GIF8", "a GIF picture: save it as PNG"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
)
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_BOOK_PART = re.compile(rb"PK\x01\x02.{42}[/\\]?(?:xl[/\\]|content[.]xml)", re.DOTALL | re.IGNORECASE)
"""An entry of a ZIP directory that names a part of a workbook, or of another OpenDocument file."""
_WORD_PART = re.compile(rb"PK\x01\x02.{42}[/\\]?word[/\\]", re.DOTALL | re.IGNORECASE)
"""An entry of a ZIP directory (APPNOTE 4.3.12) that names a part of a Word file."""
ENDS = 4096, 65_536
"""How many bytes at the start and at the end of a file `format_of` needs."""

Format = Literal["word", "book", "pdf", "web", "office", "text"]

_PDF = re.compile(rb"%PDF-\d[.]\d")
_PDF_HEAD = 1024
"""Number of bytes within which the signature of a PDF must occur (ISO 32000-1, annex H)."""


def is_pdf(data: bytes) -> bool:
    """Return whether the bytes are a PDF file."""
    return _PDF.search(data, 0, _PDF_HEAD) is not None


def is_picture(data: bytes) -> bool:
    """Return whether the bytes are a PNG, JPEG or TIFF image."""
    return data.startswith(_PICTURES)


def is_page(data: bytes) -> bool:
    """Return whether the bytes are a web page or a web archive."""
    from thaita.extract.readers.text.html import is_html, is_web_archive

    return is_html(data) or is_web_archive(data)


def format_of(head: bytes, tail: bytes) -> Format | None:
    r"""Return the format of a file from its first and last bytes (`ENDS`), or None if they do not show it.

    >>> format_of(b"%PDF-1.7", b""), format_of("รายงาน".encode(), b""), format_of(b"PK\3\4", b"")
    ('pdf', 'text', None)
    """
    if head.startswith(_ZIP):
        directory = _zip_directory(tail)
        return "word" if _WORD_PART.search(directory) else "book" if _BOOK_PART.search(directory) else None
    if is_pdf(head):
        return "pdf"
    if head.startswith((_RTF, _OLE)):
        return "office"
    if is_page(head):
        return "web"
    known = is_picture(head) or any(head.startswith(one) for one, _ in _SIGNATURES)
    return None if known or b"\x00" in head or not head.strip() else "text"


def _zip_directory(tail: bytes) -> bytes:
    """Return the directory at the end of a ZIP file; a Word file nested in the ZIP may precede it."""
    at = tail.rfind(b"PK\x05\x06")
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    return tail if at < 0 else tail[max(0, at - size) : at]


def read_document(data: bytes, source: str = "", options: PdfOptions = DEFAULT) -> Document:
    """Return the document in a file's bytes; the bytes determine the format, the name does not.

    `source` is used only in messages; `options` apply to PDFs and images. Raises `UnreadableFileError` if no
    reader can make a document.
    """
    if data.startswith(_ZIP):
        from thaita.extract.readers.sheet.reader import is_workbook, read_workbook

        if is_workbook(data):
            return read_workbook(data)
    if data.startswith((_ZIP, _OLE, _RTF)) and (document := _read_converted(data)):
        return document
    if data.startswith((_ZIP, b"PK\x05\x06", _OLE)):
        from thaita.extract.readers.docx.reader import read_docx

        return read_docx(data)
    if is_pdf(data):
        from thaita.extract.readers.pdf.reader import read_pdf

        return read_pdf(data, options.password, options.engine, options.ocr)
    if is_picture(data):
        from thaita.extract.readers.ocr.recognizer import recognizer_of_pictures

        recognizer_of_pictures(options.ocr)  # without its packages, the next import would fail
        from thaita.extract.readers.ocr.image_files import read_image

        return read_image(data, options.ocr)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableFileError(ProblemCode.UNSUPPORTED_FORMAT, f"{source or 'The file'} is {what}.")
    if is_page(data):
        from thaita.extract.readers.text.html import is_html, read_html, read_web_archive

        return read_html(data) if is_html(data) else read_web_archive(data)
    from thaita.extract.readers.text.reader import read_text

    return _read_csv(data) or read_text(data)


def _read_converted(data: bytes) -> Document | None:
    """Return the document of a file that LibreOffice converts, None for any other; raises the errors of `converted`."""
    from thaita.extract.readers.docx.reader import read_docx
    from thaita.extract.readers.office import MEDIA_TYPES, converted, office_kind
    from thaita.extract.readers.sheet.container import checked_parts
    from thaita.extract.readers.sheet.reader import read_workbook

    kind = office_kind(data)
    if kind is None:
        return None
    if kind == "odt":
        checked_parts(data)
    file = converted(data, kind)
    document = read_workbook(file) if kind == "xls" else read_docx(file)
    message = "LibreOffice converted the file; what it does not convert is missing. Compare the figures with the file."
    problem = ReaderProblem.of(ProblemCode.CONVERTED, message)
    return replace(document, media_type=MEDIA_TYPES[kind], problems=(*document.problems, problem))


def _read_csv(data: bytes) -> Document | None:
    """Return the document of a CSV file, None if the bytes are other text. Raises the errors of `read_text`."""
    if b"," not in data and b";" not in data:
        return None
    from thaita.extract.readers.sheet.reader import read_csv
    from thaita.extract.readers.text.encoding import decode

    return read_csv(*decode(data))
