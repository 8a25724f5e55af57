"""A document before it has a format: headings, paragraphs, list items, tables and what stands around them."""

from __future__ import annotations

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
    """A paragraph. A tab in the text is a tab stop; a line end is a break inside the paragraph."""

    text: str
    align: Align = "left"
    bold: bool = False
    indent: bool = False
    leaders: bool = False


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
    font: str = "Laksaman"
    size: int = 15
