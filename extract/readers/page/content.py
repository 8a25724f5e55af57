"""Page content as an engine delivers it: glyphs in stream order, and ruling lines.

Engines differ in speed and in their misreadings. All later code is shared and depends only on these types.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from thaita.models.document import Box

_TURNED_SHARE = 0.7
"""Share of a page's letters that must lie on one side for the page to count as turned."""

_MIN_LETTERS = 40
"""Minimum number of letters needed to decide that."""


@dataclass(slots=True)
class Glyph:
    """A piece of text drawn by one or several glyphs: a letter with its marks, or a whole /ActualText.

    `box` is on the page as displayed (rotation applied), in PDF points from the top left corner. `size` is
    the font size in points; `upright` is False for turned text; `order` is the position in the content
    stream. `turn` is the number of clockwise quarter turns that would set the text upright, or -1 if none
    does. `pale` marks light type, `bold` heavy type (None if only a part is); `lead` is the number of letters up to
    the end of the heavy type that it begins with. `flag` is a code of `FLAGS` for text that is not plain page
    content: a form field, crossed-out text, a watermark.

    The class is not frozen: pages hold thousands of glyphs, and a frozen one takes twice as long to create.
    """

    text: str
    box: Box
    size: float
    order: int
    font: str = ""
    upright: bool = True
    visible: bool = True
    flag: str = ""
    turn: int = 0
    pale: bool = False
    bold: bool | None = False
    lead: int = 0


def count_letters(text: str) -> int:
    """Return the number of characters other than white space."""
    return sum(not char.isspace() for char in text)


def has_words(text: str) -> bool:
    """Return whether a text has letters, and not only digits and signs as the number of an item."""
    return any(map(str.isalpha, text))


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruling line, horizontal or vertical, drawn as a line, a thin rectangle or the edge of a cell.

    Coordinates are in PDF points. `order` is its position in the content stream, if the engine knows it.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    order: int = field(default=0, compare=False)

    @property
    def horizontal(self) -> bool:
        """Whether the line is wider than it is high."""
        return self.x1 - self.x0 >= self.bottom - self.top


def sides_of(box: Box) -> list[Rule]:
    """Return the four sides of a rectangle as ruling lines."""
    x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
    return [
        Rule(x0, top, x1, top),
        Rule(x0, bottom, x1, bottom),
        Rule(x0, top, x0, bottom),
        Rule(x1, top, x1, bottom),
    ]


@dataclass(frozen=True, slots=True)
class PageContent:
    """The content of one page as an engine reads it.

    `images` are the boxes of pictures, `fills` those of areas filled with a color other than white; `number`
    counts from 1. If most of the text lies on its side, the engine turned the page clockwise by `turn`
    quarters; size and boxes are those of the turned page. `annotated` is True if the page has form fields, or
    annotations other than links.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    images: tuple[Box, ...] = ()
    problems: tuple[str, ...] = field(default=())
    turn: int = 0
    annotated: bool = False
    fills: tuple[Box, ...] = ()


def usual_turn(glyphs: Sequence[Glyph]) -> int:
    """Return the clockwise quarter turns that set most of a page's text upright.

    The result is 0 unless most of the text lies on its side: turned column headers alone do not count.
    """
    lying = [glyph for glyph in glyphs if glyph.turn > 0 and glyph.visible]
    if not lying:
        return 0
    letters = Counter[int]()
    for glyph in glyphs:
        if glyph.visible:
            letters[glyph.turn] += len(glyph.text.strip())
    turn, most = letters.most_common(1)[0]
    return turn if turn > 0 and most > max(_MIN_LETTERS, _TURNED_SHARE * letters.total()) else 0


class Engine(Protocol):
    """An engine that opens a PDF and yields its pages one by one.

    Raises `UnreadableFileError` with the code `encrypted`, `damaged`, `too_large` or `empty`.
    """

    def pages(
        self, data: bytes, password: str | None = None, only: Container[int] | None = None
    ) -> Iterator[PageContent]:
        """Yield the pages in order, or only those with the numbers in `only`.

        A page that fails is yielded without glyphs and with a problem.
        """
