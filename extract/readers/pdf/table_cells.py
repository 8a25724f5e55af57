"""Table cells of one PDF page as rectangles, for marking them on a page image."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thaita.extract.options import DEFAULT, PdfOptions
from thaita.extract.readers.page.layout import PageItem, TableDraft
from thaita.extract.readers.page.whole_page import lay_out_whole_page
from thaita.extract.readers.pdf.reader import engine_of
from thaita.models.document import Box


def cell_boxes(data: bytes, number: int, options: PdfOptions = DEFAULT) -> tuple[Box, ...]:
    """Return the cells of the tables on page `number` (from 1) of a PDF, in points as `Box` defines them.

    A nested table follows its cell. The result is empty for a page that does not exist or cannot be read.
    Raises UnreadableFileError as `read_pdf` does.
    """
    for content in engine_of(options.engine).pages(data, options.password):
        if content.number == number:
            return tuple(_boxes(lay_out_whole_page(content).items))
    return ()


def _boxes(items: Iterable[PageItem]) -> Iterator[Box]:
    for item in items:
        if isinstance(item, TableDraft) and not item.is_box:
            yield from _cells(item)


def _cells(table: TableDraft) -> Iterator[Box]:
    for cell in table.cells:
        yield cell.box
        for inner in cell.tables:
            yield from _cells(inner)
