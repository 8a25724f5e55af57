"""A document before it has a format: headings, paragraphs, list items, tables and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "center", "right", "justify"]
Look = Literal["style", "bold", "plain", "underline", "boxed"]


@dataclass
class Heading:
    """A heading. `look` "style" marks it for the format (Word style, h1–h6); all others only look like one."""

    text: str
    level: int = 1
    look: Look = "style"
    align: Align = "left"


@dataclass
class Paragraph:
    """A paragraph. A tab in the text is a tab stop; a line end is a break inside it; `link` is an address at its end."""

    text: str
    align: Align = "left"
    bold: bool = False
    indent: bool = False
    leaders: bool = False
    link: str = ""


@dataclass
class Item:
    """An item of a list. `automatic` lists leave the marker to the format, as a word processor numbers.

    `first` starts a new automatic list at 1.
    """

    text: str
    marker: str
    depth: int = 0
    automatic: bool = False
    first: bool = False


@dataclass
class Cell:
    """A cell of a table; line ends part its paragraphs."""

    text: str = ""
    columns: int = 1
    rows: int = 1
    bold: bool = False
    align: Align = "left"
    fill: str = ""
    turned: bool = False


@dataclass
class Table:
    """A table: its rows of cells. A cell that spans rows stands in its first row only."""

    rows: list[list[Cell]]
    header_rows: int = 1
    borders: Literal["all", "rows", "none", "outer"] = "all"
    widths: tuple[float, ...] = ()

    @property
    def columns(self) -> int:
        """The number of columns of the grid."""
        return sum(cell.columns for cell in self.rows[0])

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """Yield the row and column of each cell in the grid, and the cell."""
        taken: set[tuple[int, int]] = set()
        for at, row in enumerate(self.rows):
            column = 0
            for cell in row:
                while (at, column) in taken:
                    column += 1
                taken |= {(at + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
                yield at, column, cell
                column += cell.columns


@dataclass
class Bars:
    """A chart of bars with the figures printed beside each bar, as spreadsheets draw it."""

    labels: list[str]
    values: list[str]


@dataclass
class PageBreak:
    """The start of a new page."""


@dataclass
class Cards:
    """Boxes side by side, as on a slide or dashboard: a few lines of text each."""

    boxes: list[list[str]]
    per_row: int = 2


Block = Heading | Paragraph | Item | Table | Bars | PageBreak | Cards


@dataclass
class Document:
    """The blocks of a document in reading order, and its page furniture."""

    blocks: list[Block] = field(default_factory=list)
    running_head: str = ""
    footer: str = ""
    page_numbers: Literal["", "top", "bottom"] = ""
    watermark: str = ""
    landscape: bool = False
    two_columns: bool = False
    comment: str = ""
    control: str = ""
    font: str = "Laksaman"
    size: int = 15


WIDE_COLUMNS = 5
"""From how many columns on a table is set in smaller letters."""
MARKS = re.compile(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
"""Vowels and tone marks that take no room of their own in a line."""
LONGEST_WORD = 9
"""How many letters of a piece of text without spaces are kept in one line."""


def table_size(document: Document, table: Table) -> int:
    """Return the size in points of the letters of a table: smaller, the more columns it has."""
    more = table.columns - WIDE_COLUMNS - (2 if document.landscape else 0)
    return max(8, document.size - (0 if more < 0 else min(4, 1 + more)))


def column_widths(table: Table, size: int, total: float) -> list[float]:
    """Return the widths of a table's columns in cm: as its shares say, but wide enough for a word or a score."""
    shares = table.widths or (1.0,) * table.columns
    floors = [0.45 + 0.021 * size * letters for letters in _longest(table)]
    if sum(floors) >= total:
        return [floor * total / sum(floors) for floor in floors]
    wanted = [
        max(0.01, total * share / sum(shares) - floor) for share, floor in zip(shares, floors, strict=True)
    ]
    rest = total - sum(floors)
    return [floor + rest * more / sum(wanted) for floor, more in zip(floors, wanted, strict=True)]


def _longest(table: Table) -> list[int]:
    """Return for each column the letters of its longest piece of text, up to those of a word."""
    longest = [1] * table.columns
    for _, column, cell in table.placed():
        if cell.columns == 1 and not cell.turned:
            pieces = re.split(r"\s+", MARKS.sub("", cell.text))
            longest[column] = max(longest[column], min(LONGEST_WORD, max(map(len, pieces))))
    return longest
