"""What an engine gives of a PDF page: glyphs in stream order, and ruling lines.

Engines differ in speed and in what they misread; everything after them is one piece of code that knows
only these types.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from thaita.models.document import Box

_MOST = 0.7
"""Share of a page's letters that lie on one side where the page as a whole does."""

_LEAST = 40
"""Letters that it takes at least to say so."""


@dataclass(slots=True)
class Glyph:
    """A piece of text that one or several glyphs draw: a letter with its marks, or a whole /ActualText.

    `text` is what it says; `box` is on the page as it is shown (rotation applied), in PDF points from
    the top left corner; `size` is the font size in points; `upright` is False for text turned on the page.
    `order` counts in content-stream order. `turn` counts the quarter turns clockwise that would set the text upright, -1
    where none does; `pale` is type in a light shade. `flag` is a code of `FLAGS` for what is no plain text of the page:
    a form field, crossed-out text, a watermark. Not frozen: pages have thousands, and a frozen one takes
    twice as long to make.
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


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruling line, horizontal or vertical, drawn as a line, a thin rectangle or a cell's edge.

    `order` is its place among what the page draws, where the engine knows it.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    order: int = field(default=0, compare=False)

    @property
    def horizontal(self) -> bool:
        """Whether the line is wider than high."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page as an engine reads it.

    `images` are the boxes of pictures, `fills` those of areas in a colour other than white; `number` counts
    from 1. Where most of the text lies on its side, the page was turned clockwise by `turn` quarters to read it: size
    and boxes are of the turned page. `annotated` says that it has form fields or annotations other than links.
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
    """Return the quarter turns clockwise that set most of a page's text upright.

    A page that was drawn on its side without being turned for display needs some; turned heads of columns do not.
    """
    lying = [glyph for glyph in glyphs if glyph.turn > 0 and glyph.visible]
    if not lying:
        return 0
    letters = Counter[int]()
    for glyph in glyphs:
        if glyph.visible:
            letters[glyph.turn] += len(glyph.text.strip())
    turn, most = letters.most_common(1)[0]
    return turn if turn > 0 and most > max(_LEAST, _MOST * letters.total()) else 0


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
