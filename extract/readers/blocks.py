"""Block drafts and the extracted text that is assembled from them.

A reader first drafts the blocks of a story as plain strings. `assemble_blocks` then writes one text and gives
every line its offsets in it, so that each character belongs to at most one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from thaita.models.document import Block, Cell, Mark, Paragraph, ParagraphRole, Table
from thaita.models.flags import Flag
from thaita.models.source_text import SourceText

STRUCK = Flag.STRUCK
"""The flag of crossed-out text and of the rest of its cell: the replacement may stand in another
paragraph."""


@dataclass(slots=True)
class ParagraphDraft:
    """Draft of a paragraph: its lines (divided by forced line breaks), its role, its flags and its look.

    `bold`, `size` and `lead` are as in `Paragraph`; `lead` refers to the first line.
    """

    lines: list[str]
    role: ParagraphRole = "body"
    flags: tuple[str, ...] = ()
    bold: bool = False
    size: float = 0.0
    lead: int = 0


@dataclass(slots=True)
class CellDraft:
    """Draft of a cell at its position in the grid; `assemble_blocks` fills in lines and tables."""

    row: int
    column: int
    column_span: int = 1
    row_span: int = 1
    lines: list[SourceText] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


@dataclass(slots=True)
class TableDraft:
    """Draft of a table; for each row, `pieces` holds the source content and the cell it belongs to.

    A cell merged downwards may have text in each row that it covers.
    """

    columns: int
    pieces: list[list[tuple[CellDraft, list[Draft]]]]
    header_rows: int = 0


Draft = ParagraphDraft | TableDraft


def paragraphs_with_role(drafts: Iterable[Draft], role: ParagraphRole) -> Iterator[ParagraphDraft]:
    """Yield the paragraphs of the drafts, including those in tables, each with the given role."""
    for draft in drafts:
        if isinstance(draft, ParagraphDraft):
            yield ParagraphDraft(draft.lines, draft.role if draft.role == "aside" else role, draft.flags)
        else:
            for row in draft.pieces:
                for _, content in row:
                    yield from paragraphs_with_role(content, role)


def assemble_blocks(drafts: Iterable[Draft]) -> tuple[str, tuple[Block, ...], tuple[Mark, ...]]:
    r"""Return the extracted text of the drafts, its blocks and the flags of its parts; offsets refer to that text.

    Paragraphs and rows end with a line feed. A tab separates cells, and a line feed separates lines in a
    cell. Each line of a paragraph is a block; a line of white space is part of the text but not a block.
    Crossed-out text of a table follows the table as separate blocks.

    >>> text, blocks, _ = assemble_blocks([ParagraphDraft(["ผล", "ITA"])])
    >>> text, [block.text.spans() for block in blocks]
    ('ผล\nITA\n', [((0, 2),), ((3, 6),)])
    """
    text = _TextWriter()
    blocks: list[Block] = []
    for draft in drafts:
        if isinstance(draft, TableDraft):
            blocks.append(_write_table(draft, text))
            blocks += text.asides
            text.asides.clear()
            continue
        for i, line in enumerate(draft.lines):
            placed = text.write(line, draft.flags)
            text.write("\n")
            if line.strip():
                lead = draft.lead if i == 0 and draft.lead < len(line) else 0
                blocks.append(Paragraph(placed, draft.role, draft.bold, draft.size, lead))
    return text.joined(), tuple(blocks), tuple(text.marks)


class _TextWriter:
    """Writes the extracted text and records the offsets of each part.

    `marks` are the flags of its parts, `asides` the paragraphs in table cells that are not cell content.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.marks: list[Mark] = []
        self.asides: list[Paragraph] = []

    def write(self, part: str, flags: Iterable[str] = ()) -> SourceText:
        placed = SourceText.at(part, self._length)
        self._parts.append(part)
        self._length += len(part)
        if part.strip():
            self.marks += (Mark((self._length - len(part), self._length), flag) for flag in flags)
        return placed

    def joined(self) -> str:
        return "".join(self._parts)


def _write_table(draft: TableDraft, text: _TextWriter) -> Table:
    cells: list[CellDraft] = []
    for row_number, row in enumerate(draft.pieces):
        for number, (cell, content) in enumerate(row):
            if number:
                text.write("\t")
            if cell.row == row_number:
                cells.append(cell)
            _write_cell(cell, content, text)
        text.write("\n")
    return Table(
        rows=len(draft.pieces),
        columns=draft.columns,
        cells=tuple(
            Cell(c.row, c.column, tuple(c.lines), c.row_span, c.column_span, tuple(c.tables)) for c in cells
        ),
        drawn_spans=True,
        header_rows=draft.header_rows,
    )


def _write_cell(cell: CellDraft, content: list[Draft], text: _TextWriter) -> None:
    has_content = False
    struck = (
        [STRUCK] if any(isinstance(one, ParagraphDraft) and STRUCK in one.flags for one in content) else []
    )
    for draft in content:
        if isinstance(draft, TableDraft):
            if has_content:
                text.write("\n")
            cell.tables.append(_write_table(draft, text))
            has_content = False
            continue
        for line in draft.lines:
            if line.strip():
                if has_content:
                    text.write("\n")
                placed = text.write(line, dict.fromkeys([*draft.flags, *struck]))
                has_content = True
                if draft.role == "aside":
                    text.asides.append(Paragraph(placed, "aside"))
                else:
                    cell.lines.append(placed)
