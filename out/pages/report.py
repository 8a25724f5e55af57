"""Draws a page of a report with its extracted values, from the report's bytes."""

from __future__ import annotations

from dataclasses import dataclass

from thaita.extract.documents import is_pdf
from thaita.extract.options import PdfOptions
from thaita.extract.pipeline import read_with_document
from thaita.extract.readers.pdf.table_cells import cell_boxes
from thaita.models.document import Document
from thaita.out.pages.drawing import PictureError, draw_page
from thaita.out.pages.marks import page_marks


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn page: the image as PNG, and the number of pages of the report."""

    png: bytes
    pages: int


def draw_report_page(data: bytes, source: str, number: int, options: PdfOptions) -> Drawn | str:
    """Return page `number` (from 1) with the extracted values drawn over it, or the reason why it cannot be drawn.

    Raises UnreadableFileError as `read_bytes` does.
    """
    if not is_pdf(data):
        return "the report has no pages to draw: --draw is for PDF files"
    reading, document = read_with_document(data, source, options)
    missing = _missing(document, number)
    if missing:
        return missing
    marks = page_marks(document, reading, number, cell_boxes(data, number, options))
    try:
        return Drawn(
            draw_page(data, options.password, document.pages[number - 1], marks), len(document.pages)
        )
    except PictureError as error:
        return str(error)


def _missing(document: Document, number: int) -> str:
    count = len(document.pages)
    if number > count:
        return f"there is no page {number}: the report has {count} page{'s' if count > 1 else ''}"
    return ""
