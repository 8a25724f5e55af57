"""Text of PDFium's text objects, with positions: their characters, or the /ActualText of their span."""

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
from thaita.extract.readers.pdf.strikethrough import StrikeLines

_CHUNK = re.compile(r"[^ ]+")
_TEXT_LINE = re.compile(r"[^\r\n][^\r]*")
"""One line of PDFium's text."""

_MARKS = re.compile("[ัิ-ฺ็-๎]")
_REPLACED = {0: None, 0xAD: None, 0xFEFF: None, **dict.fromkeys((9, 10, 11, 12, 13), " ")}
"""Characters of a text object that are invisible, or are drawn as a space."""

_INVISIBLE = re.compile("[\0\t-\r\xad\ufeff]")
"""The same as a pattern: few texts contain any, and a search is faster than `translate`."""

SPACE = 0.38
"""Minimum gap in ems that separates words where no space glyph stands."""

WIDE = 1.0
"""Gap in ems inside a text object that may separate columns."""

_OUTLINED_MODE = 2
"""Text render mode that fills and strokes, which makes plain type bold."""

_INVISIBLE_MODES = (3, 7)
"""Text render modes that paint nothing (ISO 32000-1, table 106)."""

FAINT = 26
"""Alpha (of 255) below which type is invisible."""

_PALE, _PALE_ALPHA = 140, 160
"""Red, green and blue above which type is pale, and alpha below which it is."""

_WHITE_FROM = 245
"""Red, green and blue above which type is white, and visible only on a darker background."""

_MIN_WIDTH = 0.01
"""Width in points up to which an object is empty; PDFium's text page leaves out such spaces."""

_MIN_SIZE = 0.5
"""Type size in points below which text is invisible."""


class PageText:
    """The characters of PDFium's text page, by text object."""

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self.pointer = api.pointer(handle)
        count = api.count_chars(handle)
        self.chars = api.page_text(handle, count)
        self.spans = self._spans(count)

    def _spans(self, count: int) -> dict[int, tuple[int, int]]:
        """Return the range of characters of each text object; most objects fill one line of PDFium's text."""
        spans: dict[int, tuple[int, int]] = {}
        for line in _TEXT_LINE.finditer(self.chars, 0, count):
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
    """Reads the text objects of a page into runs, and uses each /ActualText once."""

    def __init__(
        self,
        text: PageText,
        page: Matrix,
        rules: Sequence[Rule],
        strikes: StrikeLines,
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
        self.multiline: set[int] = set()
        self.has_layers = has_layers
        self.layers: set[int] = set()
        self.omitted: list[Run] = []
        """Runs that PDFium left out because the same text stands there already."""
        self.bold: dict[int, bool] = {}
        """Whether each font is bold, by its handle."""
        self.layered: set[int] = set()
        """Handles of text objects that a layer may hide."""

    def read(
        self, objects: Sequence[int], orders: Sequence[int], to_page: Matrix, *, layered: bool = False
    ) -> None:
        """Add the runs of text objects that share a matrix; `layered` is True if a layer may hide them."""
        if layered:
            self.layered.update(objects)
        facts = zip(
            objects, orders, api.bounds(objects), api.matrices(objects), api.font_sizes(objects),
            api.fill_colors(objects), map(api.render_mode, objects), map(api.count_marks, objects),
            api.fonts(objects), strict=True,
        )  # fmt: skip
        for handle, order, bounds, own, size, (red, green, blue, alpha), mode, marks, font in facts:
            run = run_of(handle, bounds, own, size, to_page)
            run.order = order
            if font not in self.bold:
                self.bold[font] = api.is_bold(font)
            run.bold = self.bold[font] or mode == _OUTLINED_MODE
            if alpha < FAINT or mode in _INVISIBLE_MODES or run.size < _MIN_SIZE:
                run.visible = False
            if alpha < _PALE_ALPHA or (red > _PALE and green > _PALE and blue > _PALE):
                run.shade = (
                    WHITE if red > _WHITE_FROM and green > _WHITE_FROM and blue > _WHITE_FROM else PALE
                )
            mark = self._actual_text_mark(handle, marks) if marks > 0 else 0
            if mark:
                self._add_actual_text(mark, run)
            else:
                self._add_own_text(run)

    def _actual_text_mark(self, handle: int, count: int) -> int:
        """Return the outermost mark of a text object with an /ActualText, which replaces all text inside it, or 0."""
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

    def _add_actual_text(self, mark: int, run: Run) -> None:
        """Add the /ActualText of a span once, at the position of its objects on its first baseline."""
        known = self.spans.get(mark)
        if known is None:
            run.text = _without_invisible(self.actual[mark] or "")
            self.spans[mark] = run
            self.runs.append(run)
        elif abs(known.baseline - run.baseline) < 0.8 * known.size:
            known.extend(run.x0, run.x1)
        else:
            self.multiline.add(mark)

    def _add_own_text(self, run: Run) -> None:
        start, end = self.text.spans.get(run.handle, (0, 0))
        chars = self.text.chars[start:end]
        if run.upright and " " in chars:
            self.runs += self._split_at_gaps(run, start, chars)
        elif run.upright and end - start > 1 and self._split_positions(run):
            self.runs += self._split_at_rules(run, start, end)
        elif chars or not run.upright:
            run.text = _without_invisible(chars)
            self.runs.append(run)
        elif run.x1 - run.x0 < _MIN_WIDTH:
            run.text = " "
            self.runs.append(run)
        elif run.visible:
            self.omitted.append(run)

    def _split_at_gaps(self, run: Run, start: int, chars: str) -> Iterator[Run]:
        """Yield an object's text split at wide gaps; spaces guessed by PDFium are checked against the gaps."""
        open_: Run | None = None
        first = 0
        for match in _CHUNK.finditer(chars):
            i, j = match.span()
            x0 = run.x0 if i == 0 else self._box(start + i)[0]
            x1 = run.x1 if j == len(chars) else self._box(self._last_base_character(start + i, start + j))[2]
            if open_ is None:
                open_, first = run.part((" " if i else "") + match[0], x0, x1), start + i
                continue
            gap = x0 - open_.x1
            guessed = api.is_generated(self.text.handle, start + i - 1)
            if gap > (SPACE if guessed else WIDE) * run.size:
                open_.text += "" if guessed else " "
                yield from self._split_at_rules(open_, first, start + i)
                open_, first = run.part(match[0], x0, x1), start + i
                continue
            open_.text += ("" if guessed else " ") + match[0]
            open_.x1 = max(open_.x1, x1)
        if open_ is not None:
            open_.text += " " if chars[-1] == " " else ""
            yield from self._split_at_rules(open_, first, start + len(chars.rstrip()))
        elif chars and run.text == "":
            run.text = " "
            yield run

    def _box(self, index: int) -> tuple[float, float, float, float]:
        return apply_box(self.page, api.char_box(self.text.pointer, index))

    def _last_base_character(self, start: int, end: int) -> int:
        """Return the last character of a range that is not a combining mark."""
        last = end - 1
        while last > start and _MARKS.match(self.text.chars[last]):
            last -= 1
        return last

    def _split_at_rules(self, run: Run, start: int, end: int) -> Iterator[Run]:
        """Yield a run split where ruling lines cross it: a text object can span several cells."""
        places = self._split_positions(run) if end - start > 1 else ()
        if not places:
            run.text = _without_invisible(run.text)
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
                parts[column].text += _without_invisible(char)
        yield from parts.values()

    def _split_positions(self, run: Run) -> Sequence[float]:
        """Return the x of ruling lines inside a run, and of the ends of lines that strike it through."""
        ends: Sequence[float] = self.strikes.ends_inside(run) if self.strikes.levels else ()
        if run.order < self.covers.last:
            ends = sorted([*ends, *self.covers.edges_inside(run)])
        low = bisect_right(self.rule_places, run.x0 + 2)
        high = bisect_left(self.rule_places, run.x1 - 2)
        if low >= high:
            return ends
        middle = (run.top + run.bottom) / 2
        places = [x for x, top, bottom in self.upright_rules[low:high] if top <= middle <= bottom]
        return sorted([*places, *ends]) if ends else places


def _without_invisible(chars: str) -> str:
    return chars.translate(_REPLACED) if _INVISIBLE.search(chars) else chars
