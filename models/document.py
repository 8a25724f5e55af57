"""The document model: the output of every reader and the input of extraction, for all file formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, Self

from thaita.models.codes import Severity
from thaita.models.problem_codes import ProblemCode
from thaita.models.source_text import SourceText, Span

ParagraphRole = Literal["body", "heading", "running", "note", "box", "aside"]
"""The role of a paragraph according to its layout: `running` is a running head, running foot or page number, `note`
a footnote, endnote or comment, `box` a text box, and `aside` text outside the report's content: crossed-out text, a
watermark or a reviewer's comment. `body` and `box` are defaults; the other roles are certain."""


class Box(NamedTuple):
    """A rectangle on a page, in PDF points from the top left corner of the page."""

    x0: float
    top: float
    x1: float
    bottom: float


def around(boxes: Sequence[Box]) -> Box:
    """Return the bounding box of one or more boxes.

    >>> around([Box(1, 5, 2, 6), Box(0, 7, 1, 9)])
    Box(x0=0, top=5, x1=2, bottom=9)
    """
    return Box(
        min([box.x0 for box in boxes]),
        min([box.top for box in boxes]),
        max([box.x1 for box in boxes]),
        max([box.bottom for box in boxes]),
    )


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a paged format: its number, from 1, and its size in PDF points."""

    number: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Place:
    """The location on a page of a span of the extracted text."""

    span: Span
    page: int
    box: Box


class Mark(NamedTuple):
    """A span of the text with a flag about its origin or about the text next to it."""

    span: Span
    flag: str


class Confidence(NamedTuple):
    """The confidence of a span read by OCR, 0 to 1, and an alternative reading that was rejected."""

    span: Span
    sure: float
    other: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or line of running text. The text of a list item includes its marker.

    `bold`: all its letters are bold. `size` is its type size in points, 0 if the format does not state it. `lead` is
    the offset in its text behind the bold words that it begins with, 0 if all or none of its first words are bold.
    """

    text: SourceText
    role: ParagraphRole = "body"
    bold: bool = False
    size: float = 0.0
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its grid position, from 0, its row and column spans, its lines of text and its nested tables.

    A line ends at the end of a paragraph or at a forced line break of the source. A merged cell appears once, at
    its first row and column. An empty cell has no lines.
    """

    row: int
    column: int
    lines: tuple[SourceText, ...] = ()
    row_span: int = 1
    column_span: int = 1
    tables: tuple[Table, ...] = ()

    @property
    def text(self) -> SourceText:
        """The lines, joined by line feeds."""
        return self.lines[0] if len(self.lines) == 1 else SourceText.join(self.lines, "\n")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as drawn in the source, before headers and continuations are resolved.

    `drawn_spans` is True if the format declares merged cells (DOCX, HTML). If it is False, an empty cell may belong
    to a merged cell above it. `header_rows` is the number of rows that the format marks as headers; 0 if it marks
    none. `goes_on` are the columns whose first cell below the header continues the last cell of the previous
    table, judged by the positions of the lines on both pages; None if the pages do not show it or the format has
    none. `spaced` are the columns of `goes_on` with a space at the break.
    """

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    drawn_spans: bool = False
    header_rows: int = 0
    goes_on: tuple[int, ...] | None = None
    spaced: tuple[int, ...] = ()

    def grid(self) -> list[list[Cell | None]]:
        """Return the cells by row and column, with a merged cell at every position that it covers."""
        grid: list[list[Cell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, min(self.rows, cell.row + cell.row_span)):
                for column in range(cell.column, min(self.columns, cell.column + cell.column_span)):
                    grid[row][column] = cell
        return grid


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class ReaderProblem:
    """A problem that a reader met: content that it could not read, or read with doubt."""

    severity: Severity
    code: ProblemCode
    message: str
    span: Span | None = None

    @classmethod
    def of(cls, code: ProblemCode, message: str, span: Span | None = None) -> Self:
        """Return a problem with the default severity of its code."""
        return cls(code.severity, code, message, span)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as a reader returns it: its extracted text, and the blocks of that text in reading order.

    All offsets refer to `text`, which for a text file is the decoded file. `markup` are the spans of `text` that
    are syntax rather than words (pipes, tags, leaders, field residue). Every other non-space character belongs to
    exactly one line of one block. `doubtful` are the spans with unreliable letters, `uncertain` those whose
    continuation the layout does not show. `confidences` are the OCR confidences of spans of a scan. `marks` are
    spans whose flag is passed on to the values read from them.
    """

    text: str
    media_type: str
    blocks: tuple[Block, ...]
    markup: tuple[Span, ...] = ()
    pages: tuple[Page, ...] = ()
    places: tuple[Place, ...] = ()
    problems: tuple[ReaderProblem, ...] = ()
    doubtful: tuple[Span, ...] = ()
    uncertain: tuple[Span, ...] = ()
    confidences: tuple[Confidence, ...] = ()
    marks: tuple[Mark, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)

    def tables(self) -> Iterator[Table]:
        """Yield all tables in reading order, each followed by the tables nested in it."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from _nested(block)

    def lines(self) -> Iterator[SourceText]:
        """Yield all lines: the paragraphs in reading order, then the lines of table cells."""
        yield from (block.text for block in self.blocks if isinstance(block, Paragraph))
        yield from (line for table in self.tables() for cell in table.cells for line in cell.lines)

    def with_blocks(self, blocks: tuple[Block, ...]) -> Document:
        """Return a copy of the document with other blocks."""
        return replace(self, blocks=blocks)


def _nested(table: Table) -> Iterator[Table]:
    yield table
    for cell in table.cells:
        for inner in cell.tables:
            yield from _nested(inner)
