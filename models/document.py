"""The document model: what every reader yields and every extractor reads, whatever the file's format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, Self

from thaita.models.codes import Severity
from thaita.models.problem_codes import ProblemCode
from thaita.models.source_text import SourceText, Span

ParagraphRole = Literal["body", "heading", "running", "note", "box", "aside"]
"""What the layout says a paragraph is: `running` is a running head, foot or page number, `note` a
foot- or endnote or comment, `box` a text box, `aside` what the page shows and the report does not state: crossed-out
text, a watermark, a reviewer's comment. Only `heading`, `running`, `note` and `aside` are certain."""


class Box(NamedTuple):
    """A rectangle on a page, in PDF points from the page's top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


def around(boxes: Sequence[Box]) -> Box:
    """Return the smallest rectangle that holds all of one or more boxes.

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
    """A page of a paged format: its number from 1 and its size in PDF points."""

    number: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where on a page a range of the extracted text stands."""

    span: Span
    page: int
    box: Box


class Mark(NamedTuple):
    """A range of the text that carries a flag: how it came onto the page, or what stands beside it."""

    span: Span
    flag: str


class Confidence(NamedTuple):
    """How sure a range of the text is that was read from a picture, 0 to 1, and another reading not taken."""

    span: Span
    sure: float
    other: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or line of running text; a list item has its marker in its text."""

    text: SourceText
    role: ParagraphRole = "body"


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its grid position from 0, its spans, its lines of text, tables nested in it.

    A line is a paragraph or a forced line break of the source. `covered` cells do not exist: a merged
    cell stands once, at its first row and column. An empty cell has no lines.
    """

    row: int
    column: int
    lines: tuple[SourceText, ...] = ()
    row_span: int = 1
    column_span: int = 1
    tables: tuple[Table, ...] = ()

    @property
    def text(self) -> SourceText:
        """The lines joined by line feeds."""
        return SourceText.join(self.lines, "\n")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the source draws it, before headers or continuations are understood.

    `drawn_spans` says that the format itself states merged cells (DOCX, HTML); where it is False
    an empty cell may be one that a cell above was merged over. `header_rows` is the number of rows
    that the format itself marks as header (0: the format does not say). `goes_on` are, where a
    format has pages, the columns whose first cell under the header goes on with the last cell of the
    table before, as the place of the lines on both pages shows it; None: it does not show it. `spaced`
    are those of them where a space stands at the break.
    """

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    drawn_spans: bool = False
    header_rows: int = 0
    goes_on: tuple[int, ...] | None = None
    spaced: tuple[int, ...] = ()

    def grid(self) -> list[list[Cell | None]]:
        """Return the cells by row and column, a merged cell at each place that it covers."""
        grid: list[list[Cell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, min(self.rows, cell.row + cell.row_span)):
                for column in range(cell.column, min(self.columns, cell.column + cell.column_span)):
                    grid[row][column] = cell
        return grid


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class ReaderProblem:
    """What a reader could not do, or did with doubt."""

    severity: Severity
    code: ProblemCode
    message: str
    span: Span | None = None

    @classmethod
    def of(cls, code: ProblemCode, message: str, span: Span | None = None) -> Self:
        """Return a problem that is as bad as its code usually is."""
        return cls(code.severity, code, message, span)


@dataclass(frozen=True, slots=True)
class Document:
    """A file read: its extracted text, and the blocks of that text in reading order.

    `text` is what offsets count in: for a text file the decoded file itself. `markup` are the ranges
    of `text` that are syntax, not words (pipes, tags, leaders, field residue). Every other character
    that is not white space is in exactly one line of one block. `doubtful` are the ranges whose letters
    the reader does not trust, `uncertain` those of which the layout does not show with what they go on;
    `confidences` are, of scans, ranges with the probability that they are read right; `marks` are ranges with the
    flag that values read from them carry.
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
        """Yield every table in reading order, nested ones after the table that holds them."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from _nested(block)

    def lines(self) -> Iterator[SourceText]:
        """Yield every line: paragraphs in reading order, then the cells of tables."""
        yield from (block.text for block in self.blocks if isinstance(block, Paragraph))
        yield from (line for table in self.tables() for cell in table.cells for line in cell.lines)

    def with_blocks(self, blocks: tuple[Block, ...]) -> Document:
        """Return the same document with other blocks."""
        return replace(self, blocks=blocks)


def _nested(table: Table) -> Iterator[Table]:
    yield table
    for cell in table.cells:
        for inner in cell.tables:
            yield from _nested(inner)
