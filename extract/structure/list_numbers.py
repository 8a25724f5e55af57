"""The numbers of an open list: which one comes next, and whether a line's number goes on with them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from thaita.extract.structure.list_markers import ITEM_NUMBER, marker_style
from thaita.normalize.numerals import to_arabic

_DOTTED = re.compile(r"\s*((?:\d{1,2}[.])+)(\d{1,2})[.)]?\s+(?=\S)")


@dataclass(slots=True)
class ListNumbers:
    """The numbers and marks of the open list; `marked`: it has marked items, of the form `style`.

    `section` is the last number that goes on with those of the section, such as 3.2 below จุดอ่อน after 3.1 below
    จุดแข็ง: the numbers before the last point, and the last one.
    """

    next: int = 1
    marked: bool = False
    style: str = ""
    section: tuple[str, int] = ("", 0)

    @property
    def last(self) -> int:
        """The number of the last item, 0 before the first."""
        return self.next - 1

    def restart(self) -> None:
        """Expect a list that starts at 1, in any style."""
        self.next, self.marked, self.style = 1, False, ""

    def note(self, marker: str) -> None:
        """Note the marker of an item."""
        self.style = self.style or marker_style(marker)

    def go_on(self, marker: str) -> bool:
        """Return whether a marker is the next number or repeats the last one; a bullet always goes on."""
        number = ITEM_NUMBER.fullmatch(to_arabic(marker).strip())
        if number is None:
            return not re.search(r"\d", to_arabic(marker))
        if int(number[1]) not in (self.next, self.last):
            return False
        self.next = int(number[1]) + 1
        return True

    def in_section(self, chars: str, *, first: bool) -> int | None:
        """Return the offset of the text behind a number that goes on with those of the section; None for other lines.

        `first` says that the line can begin these numbers.
        """
        found = _DOTTED.match(to_arabic(chars))
        if found is None:
            return None
        path, number = found[1], int(found[2])
        if (path, number - 1) != self.section and not first:
            return None
        self.section = path, number
        return found.end()
