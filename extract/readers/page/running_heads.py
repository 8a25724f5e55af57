"""Running heads, feet and page numbers: lines at the edge of pages that are repeated or only count up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from thaita.extract.readers.page.layout import PageDraft
from thaita.extract.readers.page.lines import Line
from thaita.normalize.match_key import fold

_EDGE_SHARE = 0.13
"""Share of the page's height, at the top and at the bottom, in which running lines occur."""

_NUMBER = re.compile(
    r"[-–(~|]*(?:หน้า(?:ที่)?|page)?(?:\d{1,4}|[ivxl]{1,6})(?:(?:/|จาก|of)\d{1,4})?[-–)~|]*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_MAX_SHIFT = 6.0
"""Maximum shift in points of a running line from page to page."""

_MIN_PAGES = 3
"""Minimum number of pages on which a running line occurs; two of two pages suffice if it ends in the page
number."""


def find_running_lines(pages: Sequence[PageDraft]) -> set[int]:
    """Return the `id` of each line that is a running head, a running foot or a page number.

    A page number is the outermost line of its page and consists of a number. Any other line counts if the
    same words, ignoring numbers, occur at the same height on at least three pages.
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
    return line.box.bottom < _EDGE_SHARE * page.height or line.box.top > (1 - _EDGE_SHARE) * page.height


def _outermost(lines: Sequence[Line], page: PageDraft) -> Iterable[Line]:
    """Yield the topmost and the lowest item of a page, if it is a line; tables count as items."""
    first = min((item.box.top for item in page.items), default=0.0)
    last = max((item.box.bottom for item in page.items), default=0.0)
    return [line for line in lines if line.box.top <= first or line.box.bottom >= last]


def _repeated(found: Sequence[tuple[PageDraft, Line]]) -> Iterable[int]:
    """Yield the `id` of lines at the same height as those on enough other pages."""
    for page, line in found:
        pages: set[int] = set()
        top, foot = line.box.top, page.height - line.box.bottom
        for other, twin in found:
            if (
                abs(twin.box.top - top) <= _MAX_SHIFT
                or abs((other.height - twin.box.bottom) - foot) <= _MAX_SHIFT
            ):
                pages.add(other.number)
                if len(pages) >= _MIN_PAGES:
                    yield id(line)
                    break
