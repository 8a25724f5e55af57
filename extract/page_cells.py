"""The table cells of one PDF page as rectangles: what a document leaves out and a picture shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thaita.extract.options import DEFAULT, PdfOptions
from thaita.extract.readers.pdf import engine_of
from thaita.extract.readers.pdf_columns import with_column_tables
from thaita.extract.readers.pdf_layout import Item, TableDraft, lay_out_page
from thaita.models.document import Box


def cell_boxes(data: bytes, number: int, options: PdfOptions = DEFAULT) -> tuple[Box, ...]:
    """Return the cells of the tables on page `number` (from 1) of a PDF, in points as `Box` counts them.

    A table in a cell follows the cell. Nothing is returned for a page that there is not, or cannot be
    read. Raises UnreadableFileError as `read_pdf` does.
    """
    for content in engine_of(options.engine).pages(data, options.password):
        if content.number == number:
            page = lay_out_page(content)
            return tuple(_boxes(with_column_tables(page.items, content.rules)))
    return ()


def _boxes(items: Iterable[Item]) -> Iterator[Box]:
    for item in items:
        if isinstance(item, TableDraft) and not _is_box(item):
            yield from _cells(item)


def _cells(table: TableDraft) -> Iterator[Box]:
    for cell in table.cells:
        yield cell.box
        for inner in cell.tables:
            yield from _cells(inner)


def _is_box(table: TableDraft) -> bool:
    """Tell whether a document has the table as a paragraph in a box."""
    return len(table.cells) == 1 and not table.cells[0].tables
