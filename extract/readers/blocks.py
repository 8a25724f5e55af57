"""Drafts of blocks, and the extracted text that they are laid out in.

A reader of a story first drafts its blocks with plain strings; laying them out then writes one text
and gives every line its offsets in it, so that no character can be in two lines or in none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from thaita.models.document import Block, Cell, Mark, Paragraph, ParagraphRole, Table
from thaita.models.flags import Flag
from thaita.models.source_text import SourceText

STRUCK = Flag.STRUCK
"""The flag of crossed-out text, and of what else its cell says: it may stand in another paragraph."""


@dataclass(slots=True)
class ParagraphDraft:
    """A paragraph to be: its lines (forced line breaks part them), its role, and the flags of what it says."""

    lines: list[str]
    role: ParagraphRole = "body"
    flags: tuple[str, ...] = ()


@dataclass(slots=True)
class CellDraft:
    """A cell to be, at its place in the grid; the laying out fills in lines and tables."""

    row: int
    column: int
    column_span: int = 1
    row_span: int = 1
    lines: list[SourceText] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


@dataclass(slots=True)
class TableDraft:
    """A table to be; `pieces` are, row by row, what the source states and the cell that it goes to.

    A cell merged downwards may have text of its own in each row that it covers.
    """

    columns: int
    pieces: list[list[tuple[CellDraft, list[Draft]]]]
    header_rows: int = 0


Draft = ParagraphDraft | TableDraft


def in_role(drafts: Iterable[Draft], role: ParagraphRole) -> Iterator[ParagraphDraft]:
    """Yield the paragraphs of the drafts, those in tables too, each with the given role."""
    for draft in drafts:
        if isinstance(draft, ParagraphDraft):
            yield ParagraphDraft(draft.lines, draft.role if draft.role == "aside" else role, draft.flags)
        else:
            for row in draft.pieces:
                for _, content in row:
                    yield from in_role(content, role)


def lay_out(drafts: Iterable[Draft]) -> tuple[str, tuple[Block, ...], tuple[Mark, ...]]:
    r"""Return the extracted text of the drafts, their blocks, and the flags of parts of it; offsets count in that text.

    Paragraphs and rows end with a line feed, cells are parted by a tab, lines in a cell by a line
    feed. Each line of a paragraph is a block; a line of white space only is in the text and in none. What is
    crossed out in a table follows it as blocks.

    >>> text, blocks, _ = lay_out([ParagraphDraft(["ผล", "ITA"])])
    >>> text, [block.text.spans() for block in blocks]
    ('ผล\nITA\n', [((0, 2),), ((3, 6),)])
    """
    text = _Text()
    blocks: list[Block] = []
    for draft in drafts:
        if isinstance(draft, TableDraft):
            blocks.append(_table(draft, text))
            blocks += text.asides
            text.asides.clear()
            continue
        for line in draft.lines:
            placed = text.write(line, draft.flags)
            text.write("\n")
            if line.strip():
                blocks.append(Paragraph(placed, draft.role))
    return text.all(), tuple(blocks), tuple(text.marks)


class _Text:
    """A text that grows at its end and says where each part of it stands.

    `marks` are the flags of its parts, `asides` what stands in the cells of a table and is no part of them.
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

    def all(self) -> str:
        return "".join(self._parts)


def _table(draft: TableDraft, text: _Text) -> Table:
    cells: list[CellDraft] = []
    for row_number, row in enumerate(draft.pieces):
        for number, (cell, content) in enumerate(row):
            if number:
                text.write("\t")
            if cell.row == row_number:
                cells.append(cell)
            _fill(cell, content, text)
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


def _fill(cell: CellDraft, content: list[Draft], text: _Text) -> None:
    begun = False
    struck = (
        [STRUCK] if any(isinstance(one, ParagraphDraft) and STRUCK in one.flags for one in content) else []
    )
    for draft in content:
        if isinstance(draft, TableDraft):
            if begun:
                text.write("\n")
            cell.tables.append(_table(draft, text))
            begun = False
            continue
        for line in draft.lines:
            if line.strip():
                if begun:
                    text.write("\n")
                placed = text.write(line, dict.fromkeys([*draft.flags, *struck]))
                begun = True
                if draft.role == "aside":
                    text.asides.append(Paragraph(placed, "aside"))
                else:
                    cell.lines.append(placed)
