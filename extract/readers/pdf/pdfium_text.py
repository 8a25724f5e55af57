"""What PDFium's text objects say and where: their own characters, or the /ActualText of their span."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from thaita.extract.readers.page.content import Rule
from thaita.extract.readers.page.matrix import Matrix, apply_box
from thaita.extract.readers.pdf import pdfium_api as api
from thaita.extract.readers.pdf.pdfium_runs import PALE, WHITE, Run, run_of
from thaita.extract.readers.pdf.pdfium_visibility import Covers
from thaita.extract.readers.pdf.strikethrough import Strikes

_CHUNK = re.compile(r"[^ ]+")
_PRINTED = re.compile(r"[^\r\n][^\r]*")
"""A line of PDFium's text."""

_MARKS = re.compile("[ัิ-ฺ็-๎]")
_CHARS = {0: None, 0xAD: None, 0xFEFF: None, **dict.fromkeys((9, 10, 11, 12, 13), " ")}
"""Characters of a text object that show nothing, or a space."""

_ODD = re.compile("[\0\t-\r\xad\ufeff]")
"""The same: few texts have any, and a search is faster than `translate`."""

SPACE = 0.38
"""Ems: a gap between inks that is at least as wide parts words where no space glyph stands."""

WIDE = 1.0
"""Ems: a gap inside a text object that may part columns."""

_INVISIBLE_MODES = (3, 7)
"""Text render modes that paint nothing (ISO 32000-1, table 106)."""

FAINT = 26
"""Alpha, of 255, under which nobody sees type."""

_PALE, _PALE_ALPHA = 140, 160
"""Red, green and blue from which type is pale, and alpha under which it is."""

_LIGHT = 245
"""Red, green and blue from which type is white: to be seen only on something darker."""

_NO_INK = 0.01
"""Points: an object that is no wider shows nothing; PDFium's text page leaves out such spaces."""

_SMALLEST = 0.5
"""Points: type that is smaller cannot be seen."""


class PageText:
    """The characters that PDFium's text page has, by text object."""

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self.pointer = api.pointer(handle)
        count = api.count_chars(handle)
        self.chars = api.page_text(handle, count)
        self.spans = self._spans(count)

    def _spans(self, count: int) -> dict[int, tuple[int, int]]:
        """Return each text object's range of characters; most objects fill a line of PDFium's text."""
        spans: dict[int, tuple[int, int]] = {}
        for line in _PRINTED.finditer(self.chars, 0, count):
            start, end = line.span()
            first, last = api.owners(self.pointer, start, start + 1), api.owners(self.pointer, end - 1, end)
            alike = first == last and first[0] is not None
            owners = first if alike else api.owners(self.pointer, start, end)
            for owner, same in itertools.groupby(owners):
                after = end if alike else start + len(list(same))
                if owner is not None:
                    spans[owner] = (spans[owner][0] if owner in spans else start, after)
                start = after
        return spans


class TextReader:
    """Reads a page's text objects into runs; knows which /ActualText was already given."""

    def __init__(
        self,
        text: PageText,
        page: Matrix,
        rules: Sequence[Rule],
        strikes: Strikes,
        covers: Covers,
        *,
        has_layers: bool,
    ) -> None:
        self.text = text
        self.page = page
        self.strikes = strikes
        self.covers = covers
        self.upright_rules = sorted((r.x0, r.top, r.bottom) for r in rules if not r.horizontal)
        self.rule_places = [x for x, _, _ in self.upright_rules]
        self.runs: list[Run] = []
        self.actual: dict[int, str | None] = {}
        self.spans: dict[int, Run] = {}
        self.broken: set[int] = set()
        self.has_layers = has_layers
        self.layers: set[int] = set()
        self.swallowed: list[Run] = []
        """What PDFium leaves out, as the same text stands there already."""
        self.layered: set[int] = set()
        """The text objects that a layer may hide."""

    def read(
        self, objects: Sequence[int], orders: Sequence[int], to_page: Matrix, *, layered: bool = False
    ) -> None:
        """Add the runs of text objects that share a matrix; `layered` says that a layer may hide them."""
        if layered:
            self.layered.update(objects)
        facts = zip(
            objects, orders, api.bounds(objects), api.matrices(objects), api.font_sizes(objects),
            api.fill_colors(objects), map(api.render_mode, objects), map(api.count_marks, objects), strict=True,
        )  # fmt: skip
        for handle, order, bounds, own, size, (red, green, blue, alpha), mode, marks in facts:
            run = run_of(handle, bounds, own, size, to_page)
            run.order = order
            if alpha < FAINT or mode in _INVISIBLE_MODES or run.size < _SMALLEST:
                run.visible = False
            if alpha < _PALE_ALPHA or (red > _PALE and green > _PALE and blue > _PALE):
                run.shade = WHITE if red > _LIGHT and green > _LIGHT and blue > _LIGHT else PALE
            mark = self._marked(handle, marks) if marks > 0 else 0
            if mark:
                self._take_actual(mark, run)
            else:
                self._take_own(run)

    def _marked(self, handle: int, count: int) -> int:
        """Return the outermost mark of a text object that states an /ActualText, or 0: it speaks for all in it."""
        for i in range(count):
            mark: int = api.get_mark(handle, i)
            if mark not in self.actual:
                self.actual[mark] = api.actual_text(mark)
                if self.has_layers and api.is_layer(mark):
                    self.layers.add(mark)
            if self.layers and mark in self.layers:
                self.layered.add(handle)
            if self.actual[mark] is not None:
                return mark
        return 0

    def _take_actual(self, mark: int, run: Run) -> None:
        """Give a span's /ActualText once, at the place of its objects on its first baseline."""
        known = self.spans.get(mark)
        if known is None:
            run.text = _plain(self.actual[mark] or "")
            self.spans[mark] = run
            self.runs.append(run)
        elif abs(known.baseline - run.baseline) < 0.8 * known.size:
            known.widen(run.x0, run.x1)
        else:
            self.broken.add(mark)

    def _take_own(self, run: Run) -> None:
        start, end = self.text.spans.get(run.handle, (0, 0))
        chars = self.text.chars[start:end]
        if run.upright and " " in chars:
            self.runs += self._chunks(run, start, chars)
        elif run.upright and end - start > 1 and self._crossed(run):
            self.runs += self._cut(run, start, end)
        elif chars or not run.upright:
            run.text = _plain(chars)
            self.runs.append(run)
        elif run.x1 - run.x0 < _NO_INK:
            run.text = " "
            self.runs.append(run)
        elif run.visible:
            self.swallowed.append(run)

    def _chunks(self, run: Run, start: int, chars: str) -> Iterator[Run]:
        """Yield an object's text in parts between wide gaps; PDFium's guesses of spaces are measured."""
        open_: Run | None = None
        first = 0
        for match in _CHUNK.finditer(chars):
            i, j = match.span()
            x0 = run.x0 if i == 0 else self._box(start + i)[0]
            x1 = run.x1 if j == len(chars) else self._box(self._base(start + i, start + j))[2]
            if open_ is None:
                open_, first = run.part((" " if i else "") + match[0], x0, x1), start + i
                continue
            gap = x0 - open_.x1
            guessed = api.is_generated(self.text.handle, start + i - 1)
            if gap > (SPACE if guessed else WIDE) * run.size:
                open_.text += "" if guessed else " "
                yield from self._cut(open_, first, start + i)
                open_, first = run.part(match[0], x0, x1), start + i
                continue
            open_.text += ("" if guessed else " ") + match[0]
            open_.x1 = max(open_.x1, x1)
        if open_ is not None:
            open_.text += " " if chars[-1] == " " else ""
            yield from self._cut(open_, first, start + len(chars.rstrip()))
        elif chars and run.text == "":
            run.text = " "
            yield run

    def _box(self, index: int) -> tuple[float, float, float, float]:
        return apply_box(self.page, api.char_box(self.text.pointer, index))

    def _base(self, start: int, end: int) -> int:
        """Return the last character of a range that is no mark over or under another."""
        last = end - 1
        while last > start and _MARKS.match(self.text.chars[last]):
            last -= 1
        return last

    def _cut(self, run: Run, start: int, end: int) -> Iterator[Run]:
        """Yield a run in parts where ruling lines cross it: a text object may span several cells."""
        places = self._crossed(run) if end - start > 1 else ()
        if not places:
            run.text = _plain(run.text)
            yield run
            return
        parts: dict[int, Run] = {}
        column = 0
        for i in range(start, end):
            char = self.text.chars[i]
            if char != " " and not _MARKS.match(char):
                x0, _, x1, _ = self._box(i)
                column = bisect_left(places, (x0 + x1) / 2)
                part = parts.setdefault(column, run.part("", x0, x1, parted=True))
                part.x1 = max(part.x1, x1)
            if column in parts:
                parts[column].text += _plain(char)
        yield from parts.values()

    def _crossed(self, run: Run) -> Sequence[float]:
        """Return the places of the ruling lines that stand inside a run, and of the ends of lines that strike it."""
        ends: Sequence[float] = self.strikes.ends(run) if self.strikes.levels else ()
        if run.order < self.covers.last:
            ends = sorted([*ends, *self.covers.ends(run)])
        low = bisect_right(self.rule_places, run.x0 + 2)
        high = bisect_left(self.rule_places, run.x1 - 2)
        if low >= high:
            return ends
        middle = (run.top + run.bottom) / 2
        places = [x for x, top, bottom in self.upright_rules[low:high] if top <= middle <= bottom]
        return sorted([*places, *ends]) if ends else places


def _plain(chars: str) -> str:
    return chars.translate(_CHARS) if _ODD.search(chars) else chars
