"""What an engine gives of a PDF page: glyphs in stream order, and ruling lines.

Engines differ in speed and in what they misread; everything after them is one piece of code that knows
only these types.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from thaita.models.document import Box


@dataclass(slots=True)
class Glyph:
    """A piece of text that one or several glyphs draw: a letter with its marks, or a whole /ActualText.

    `text` is what it says; `box` is on the page as it is shown (rotation applied), in PDF points from
    the top left corner; `size` is the font size in points; `upright` is False for text turned on the page.
    `order` counts in content-stream order. Not frozen: pages have thousands, and a frozen one takes
    twice as long to make.
    """

    text: str
    box: Box
    size: float
    order: int
    font: str = ""
    upright: bool = True
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruling line, horizontal or vertical, drawn as a line, a thin rectangle or a cell's edge."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        """Whether the line is wider than high."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page as an engine reads it.

    `images` are the boxes of pictures, `fills` those of areas in a colour other than white; `number` counts
    from 1.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    images: tuple[Box, ...] = ()
    problems: tuple[str, ...] = field(default=())
    fills: tuple[Box, ...] = ()


class Engine(Protocol):
    """An engine that opens a PDF and yields its pages one by one.

    Raises `UnreadableFileError` with code `encrypted`, `damaged`, `too_large` or `empty`.
    """

    def pages(
        self, data: bytes, password: str | None = None, only: Container[int] | None = None
    ) -> Iterator[PageContent]:
        """Yield the pages in order, those of the numbers `only` where they are named.

        A page that fails is given without glyphs and with a problem.
        """
