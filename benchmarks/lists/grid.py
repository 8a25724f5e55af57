"""The documents before they are written: paragraphs, headings and tables with merged cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

Value = str | int | Decimal


@dataclass
class Cell:
    """A cell with its value and the rows and columns that it covers; `turned` is written from bottom to top."""

    value: Value
    rows: int = 1
    columns: int = 1
    turned: bool = False

    @property
    def text(self) -> str:
        """The value as displayed."""
        return f"{self.value:.2f}" if isinstance(self.value, Decimal) else str(self.value)


@dataclass
class Table:
    """Rows of cells; a position covered by a merged cell is None."""

    rows: list[list[Cell | None]]
    header: int = 1


@dataclass
class Text:
    """A paragraph, or a heading."""

    words: str
    heading: bool = False


@dataclass
class Document:
    """The blocks of a document, and its gold."""

    blocks: list[Table | Text] = field(default_factory=list)
    results: list[dict[str, object]] = field(default_factory=list)
    scores: list[dict[str, object]] = field(default_factory=list)
    thai_digits: bool = False
    landscape: bool = False


def row(*values: Value) -> list[Cell | None]:
    """Return a row without merged cells."""
    return [Cell(value) for value in values]


def banner(value: Value, width: int) -> list[Cell | None]:
    """Return a row of one cell over the whole width."""
    return [Cell(value, columns=width), *([None] * (width - 1))]
