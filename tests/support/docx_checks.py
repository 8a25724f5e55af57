"""Extraction and invariant checks of Word documents in tests."""

from __future__ import annotations

from collections import Counter

from support.make_docx import (
    docx,
    r,
)
from thaita.extract.readers.docx.reader import read_docx
from thaita.models.document import Document, Paragraph, Table
from thaita.models.source_text import SourceText

WINGDINGS = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
FIELD = (
    r('<w:fldChar w:fldCharType="begin"/>')
    + r("<w:instrText> PAGE </w:instrText>")
    + r('<w:fldChar w:fldCharType="separate"/>')
    + r("7")
    + r('<w:fldChar w:fldCharType="end"/>')
)


def lines_of(blocks: tuple[Paragraph | Table, ...]) -> list[SourceText]:
    found = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        else:
            for cell in block.cells:
                found += cell.lines
                found += lines_of(cell.tables)
    return found


def check_every_character_once(doc: Document) -> None:
    offsets: Counter[int] = Counter()
    for line in lines_of(doc.blocks):
        assert "\n" not in line.chars
        assert "".join(doc.text[i] for i in line.origin) == line.chars
        offsets.update(line.origin)
    assert {i for i, n in offsets.items() if n > 1} == set()
    assert {i for i, c in enumerate(doc.text) if not c.isspace()} <= set(offsets)


def check_grids(doc: Document) -> None:
    for table in doc.tables():
        places: Counter[tuple[int, int]] = Counter()
        for cell in table.cells:
            assert cell.row + cell.row_span <= table.rows
            assert cell.column + cell.column_span <= table.columns
            places.update(
                (row, column)
                for row in range(cell.row, cell.row + cell.row_span)
                for column in range(cell.column, cell.column + cell.column_span)
            )
        assert max(places.values(), default=1) == 1


def read(*body: str, **parts: str) -> Document:
    doc = read_docx(docx(*body, **parts))
    check_every_character_once(doc)
    check_grids(doc)
    return doc


def texts(doc: Document, role: str | None = None) -> list[str]:
    return [b.text.chars for b in doc.blocks if isinstance(b, Paragraph) and (role is None or b.role == role)]


def codes(doc: Document) -> list[str]:
    return [problem.code for problem in doc.problems]


def table(doc: Document) -> Table:
    return next(doc.tables())


def cells(found: Table) -> dict[tuple[int, int], str]:
    return {(c.row, c.column): c.text.chars for c in found.cells if c.lines}


def control(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"
