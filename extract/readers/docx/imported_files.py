"""Files that a Word file imports (`w:altChunk`) and that Word displays as part of its text."""

from __future__ import annotations

from collections.abc import Iterator

from thaita.extract.readers.blocks import CellDraft, Draft, ParagraphDraft, TableDraft
from thaita.extract.readers.docx.package import Package
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.document import Block, Document, Paragraph, ReaderProblem, Table
from thaita.models.problem_codes import ProblemCode
from thaita.models.source_text import SourceText

_FLAT_PACKAGE = b"http://schemas.microsoft.com/office/2006/xmlPackage"


def read_imported(package: Package, name: str) -> tuple[list[Draft], tuple[ReaderProblem, ...]] | None:
    """Return the drafts of an imported web page, web archive, text file or Word file, and its problems.

    None if the part is missing, damaged, of another format, or itself inside an imported part. Raises
    UnreadableFileError (`too_large`) if it exceeds the unpacking limit of the Word file.
    """
    try:
        data = package.raw(name)
        document = None if data is None else _document(data, name, package)
    except UnreadableFileError as error:
        if error.code == ProblemCode.TOO_LARGE:
            raise
        return None
    if document is None:
        return None
    return list(_drafts(document.blocks, document)), document.problems


def _document(data: bytes, name: str, package: Package) -> Document | None:
    from thaita.extract.readers.text.html import is_web_archive, read_html, read_web_archive
    from thaita.extract.readers.text.reader import read_text

    if data.startswith(b"PK"):
        from thaita.extract.readers.docx.reader import read_package

        return None if package.nested else read_package(package.open_nested(data))
    if data.startswith(b"{\\rtf") or _FLAT_PACKAGE in data[:4096]:
        return None
    if is_web_archive(data):
        return read_web_archive(data)
    if name.lower().endswith(".txt"):
        return read_text(data)
    marked_up = b"<" in data[:512].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1]
    return read_html(data) if marked_up else None


def _drafts(blocks: tuple[Block, ...], document: Document) -> Iterator[Draft]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield ParagraphDraft([block.text.chars], block.role, _flags(block.text, document))
        else:
            yield _table(block, document)


def _table(table: Table, document: Document) -> TableDraft:
    pieces: list[list[tuple[CellDraft, list[Draft]]]] = [[] for _ in range(table.rows)]
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        content: list[Draft] = [
            ParagraphDraft([line.chars], flags=_flags(line, document)) for line in cell.lines
        ]
        content += _drafts(cell.tables, document)
        draft = CellDraft(cell.row, cell.column, cell.column_span, cell.row_span)
        pieces[cell.row].append((draft, content))
    return TableDraft(table.columns, pieces, table.header_rows)


def _flags(text: SourceText, document: Document) -> tuple[str, ...]:
    spans = text.spans()
    found = (
        mark.flag
        for mark in document.marks
        if any(start < mark.span[1] and mark.span[0] < end for start, end in spans)
    )
    return tuple(dict.fromkeys(found))
