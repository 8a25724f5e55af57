"""Running heads, feet and page numbers: lines at the edge of pages that come again, or only count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from thaita.extract.readers.page.layout import PageDraft
from thaita.extract.readers.page.lines import Line
from thaita.normalize.match_key import fold

_EDGE = 0.13
"""Share of the page's height, at the top and at the bottom, in which running lines stand."""

_NUMBER = re.compile(
    r"[-–(~|]*(?:หน้า(?:ที่)?|page)?(?:\d{1,4}|[ivxl]{1,6})(?:(?:/|จาก|of)\d{1,4})?[-–)~|]*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_NEAR = 6.0
"""Points by which the same running line moves from page to page at most."""

_LEAST = 3
"""Pages on which a line must come to count as running; two of two pages do where it ends in the page number."""


def running_lines(pages: Sequence[PageDraft]) -> set[int]:
    """Return the `id` of each line that is a running head or foot or a page number.

    A page number is the outermost line of its page and nothing but a number. Any other line counts if
    the same words, numbers aside, come at the same height of at least three pages.
    """
    running: set[int] = set()
    places: dict[str, list[tuple[PageDraft, Line]]] = {}
    for page in pages:
        lines = [line for line in page.lines() if _at_edge(line, page)]
        for line in _outermost(lines, page):
            if _NUMBER.fullmatch(fold(line.text)):
                running.add(id(line))
        for line in lines:
            places.setdefault(_DIGITS.sub("#", fold(line.text)), []).append((page, line))
    for found in places.values():
        running.update(_repeated(found))
    return running


def _at_edge(line: Line, page: PageDraft) -> bool:
    return line.box.bottom < _EDGE * page.height or line.box.top > (1 - _EDGE) * page.height


def _outermost(lines: Sequence[Line], page: PageDraft) -> Iterable[Line]:
    """Return the topmost and the lowest of a page's lines, tables counted."""
    first = min((item.box.top for item in page.items), default=0.0)
    last = max((item.box.bottom for item in page.items), default=0.0)
    return [line for line in lines if line.box.top <= first or line.box.bottom >= last]


def _repeated(found: Sequence[tuple[PageDraft, Line]]) -> Iterable[int]:
    """Return the lines that stand at the height of those on enough other pages."""
    for page, line in found:
        pages: set[int] = set()
        top, foot = line.box.top, page.height - line.box.bottom
        for other, twin in found:
            if abs(twin.box.top - top) <= _NEAR or abs((other.height - twin.box.bottom) - foot) <= _NEAR:
                pages.add(other.number)
                if len(pages) >= _LEAST:
                    yield id(line)
                    break
