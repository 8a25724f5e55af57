"""What pdfminer leaves out: /ActualText, invisible text, form matrices, and a bound on a page's work.

pdfminer reads the properties of marked content and drops them; LibreOffice and Chromium put the true
text of a Thai cluster there (ISO 32000-1, 14.6 and 14.9.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot, isfinite
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTFigure, LTImage, LTItem
from pdfminer.pdfdevice import PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFStackT, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import (
    Matrix,
    PathSegment,
    PDFDocEncoding,
    Rect,
    apply_matrix_pt,
    apply_matrix_rect,
    mult_matrix,
)

from thaita.extract.readers.pdf_matrix import quarters

UNKNOWN = "\ufffd"
"""What a glyph says whose font does not tell: the Unicode replacement character."""
NO_CHARACTERS = "\x00\ufffe\uffff"
"""What programs put into a font's table for glyphs that have no character."""
INVISIBLE_MODES = frozenset({3, 7})
"""Text rendering modes that put no ink on the page (ISO 32000-1, table 106)."""
MAX_STEPS = 500_000
"""How many glyphs, paths and forms a page may draw; a dense page of a report draws about 5,000."""
MAX_CONTENT = 8_000_000
"""How many bytes of operators a page may have, forms counted each time; a dense report page has 100,000."""
MAX_DEPTH = 40
"""How deep forms may be nested; real ones are nested two or three deep."""
SLANT = 0.3
"""Rise by run of a base line that still reads as level: an italic's shear is in the other axis."""
SLACK = 0.5
"""Points by which a clip may fall short of what it is meant to show: programs round."""
SAME_LINE = 0.5
"""How much of the lower of two boxes lies beside the other where both are on one line."""


MAX_PAINTED = 5_000
"""How many painted areas are remembered of a page."""
RECTANGLE = 5
"""Points of a path that may be a rectangle."""
FAINT = 0.1
"""Opacity under which nobody sees type."""


class PageTooLargeError(ValueError):
    """A page that draws more, or nests deeper, than any report does."""


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A piece of text as drawn: box from the page's bottom left, in points, as the page is shown."""

    text: str
    box: Rect
    size: float
    font: str
    upright: bool
    visible: bool
    lines: int = 1
    order: int = 0
    baseline: float = 0.0
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Painted:
    """An area that was painted: its box as in `DrawnText`, its place in the stream, whether it hides what lies under it."""

    box: Rect
    order: int
    covers: bool


@dataclass(slots=True)
class _Span:
    """A marked-content sequence that is open; `text` is its /ActualText, if it has one."""

    text: str | None
    off: bool = False
    drawn: list[DrawnText] = field(default_factory=list)


def decode_text_string(raw: object) -> str | None:
    r"""Return a PDF text string as Unicode: UTF-16 or UTF-8 with its mark, else PDFDocEncoding.

    None where the value is no string. Source: ISO 32000-2, 7.9.2.2.

    >>> decode_text_string(b"\xfe\xff\x0e\x01\x0e\x33"), decode_text_string(b"caf\xe9")
    ('กำ', 'café')
    """
    if not isinstance(raw, bytes):
        return None
    for mark, encoding in (
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xef\xbb\xbf", "utf-8"),
    ):
        if raw.startswith(mark):
            return _without_language(raw[len(mark) :].decode(encoding, "replace"))
    return "".join(PDFDocEncoding[byte] for byte in raw)


def _without_language(text: str) -> str:
    """Return the text without the escapes that name its language (U+001B, letters, U+001B)."""
    parts = text.split("\x1b")
    return "".join(parts[::2]) if len(parts) % 2 else text


class MarkedDevice(PDFPageAggregator):
    """Collects a page's text with /ActualText honoured in `drawn`; its layout holds drawings only."""

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Start a page: nothing drawn, no span open."""
        super().begin_page(page, ctm)
        self.drawn: list[DrawnText] = []
        self.images: list[Rect] = []
        self.painted: list[Painted] = []
        self.off = 0
        self.alpha = 1.0
        self.blended = False
        self.unclosed = 0
        self._spans: list[_Span] = []
        self._steps = 0
        self._content = 0
        self._invisible = False
        self.clip: Rect | None = None
        self._outer_clips: list[Rect | None] = []

    def end_page(self, page: PDFPage) -> None:
        """Finish a page: a span that was never closed still says its text."""
        self.unclosed = sum(span.text is not None for span in self._spans)
        self.close_spans(0)
        super().end_page(page)

    @property
    def open_spans(self) -> int:
        """How many marked-content sequences are open."""
        return len(self._spans)

    def close_spans(self, keep: int) -> None:
        """Close the spans opened beyond the first `keep`."""
        while len(self._spans) > keep:
            self._close()

    def begin_tag(
        self,
        tag: PSLiteral,  # noqa: ARG002
        props: PDFStackT | None = None,
        *,
        off: bool = False,
    ) -> None:
        """Open a marked-content sequence; the outermost one with /ActualText speaks for all in it.

        `off`: it belongs to a layer that is off.
        """
        self._step()
        self.off += off
        raw = resolve1(props.get("ActualText")) if isinstance(props, dict) else None
        self._spans.append(_Span(decode_text_string(raw), off))

    def end_tag(self) -> None:
        """Close the sequence opened last; one closed too often is left alone."""
        if self._spans:
            self._close()

    def _close(self) -> None:
        span = self._spans.pop()
        self.off -= span.off
        if span.text is None:
            return
        if "".join(piece.text for piece in span.drawn) == span.text:
            self.drawn += span.drawn
        elif span.drawn and span.text:
            self.drawn.append(_as_one(span.text, span.drawn))

    def _say(self, piece: DrawnText) -> None:
        for span in self._spans:
            if span.text is not None:
                span.drawn.append(piece)
                return
        self.drawn.append(piece)

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            message = f"it draws more than {MAX_STEPS} things"
            raise PageTooLargeError(message)

    def read_content(self, size: int) -> None:
        """Count the bytes of a content stream that is about to be carried out."""
        self._content += size
        if self._content > MAX_CONTENT:
            message = f"it has more than {MAX_CONTENT} bytes of drawing operators"
            raise PageTooLargeError(message)

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        """Enter a form or an image, and count it."""
        self._step()
        if len(self._stack) >= MAX_DEPTH:
            message = f"it nests forms more than {MAX_DEPTH} deep"
            raise PageTooLargeError(message)
        super().begin_figure(name, bbox, matrix)
        self._outer_clips.append(self.clip)
        self.clip_to(apply_matrix_rect(mult_matrix(matrix, self.ctm), bbox))

    def end_figure(self, _: str) -> None:
        """Leave a form or an image, and its clip."""
        super().end_figure(_)
        self.clip = self._outer_clips.pop()

    def clip_to(self, rect: Rect) -> None:
        """Show only what lies in `rect` and in the clip so far."""
        old = self.clip or rect
        self.clip = (max(old[0], rect[0]), max(old[1], rect[1]), min(old[2], rect[2]), min(old[3], rect[3]))

    def _shows(self, box: Rect) -> bool:
        """Return whether the middle of a box lies within the clip."""
        if self.clip is None:
            return True
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        x0, y0, x1, y1 = self.clip
        return x0 - SLACK <= x <= x1 + SLACK and y0 - SLACK <= y <= y1 + SLACK

    def render_image(self, name: str, stream: PDFStream) -> None:  # noqa: ARG002
        """Keep where the picture stands, not the picture."""
        figure: LTItem = self.cur_item
        if isinstance(figure, LTFigure | LTImage) and all(map(isfinite, figure.bbox)):
            self.images.append(figure.bbox)
            masked = any(stream.get(key) is not None for key in ("SMask", "Mask", "ImageMask", "IM"))
            self._paint(figure.bbox, covers=not masked)

    def _paint(self, box: Rect, *, covers: bool) -> None:
        """Remember an area that was painted, as far as the clip shows it."""
        if self.off or not all(map(isfinite, box)) or len(self.painted) >= MAX_PAINTED:
            return
        clip = self.clip or box
        seen = (max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3]))
        opaque = covers and self.alpha >= 1 and not self.blended
        self.painted.append(Painted(seen, self._steps, opaque))

    def paint_path(
        self,
        gstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[PathSegment],
    ) -> None:
        """Keep a drawn path, and count it."""
        self._step()
        super().paint_path(gstate, stroke, fill, evenodd, path)
        flat = [value for step in path for value in step[1:]]
        points = [apply_matrix_pt(self.ctm, at) for at in zip(flat[::2], flat[1::2], strict=False)]
        if points:
            across, up = zip(*points, strict=True)
            box = (min(across), min(up), max(across), max(up))
            self._paint(box, covers=fill and len(points) <= RECTANGLE)

    def render_string(
        self,
        textstate: PDFTextState,
        seq: PDFTextSeq,
        ncs: Any,  # noqa: ANN401 (pdfminer's own colour space, of no interest here)
        graphicstate: PDFGraphicState,
    ) -> None:
        """Draw a string; a string in a mode without ink is kept as invisible."""
        self._invisible = textstate.render in INVISIBLE_MODES
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,  # noqa: ANN401 (see render_string)
        graphicstate: PDFGraphicState,
    ) -> float:
        """Draw a glyph and return how far it moves the pen, in text space."""
        self._step()
        width, shift = font.char_width(cid), font.char_disp(cid)
        char = LTChar(matrix, font, fontsize, scaling, rise, "", width, shift, ncs, graphicstate)
        a, b, c, d = matrix[:4]
        if all(map(isfinite, char.bbox)):
            upright = a * scaling > 0 and d > 0 and abs(b) <= SLANT * abs(a)
            size = abs(fontsize) * hypot(c, d)
            name = _font_name(font)
            inked = not (self._invisible or self.off or self.alpha < FAINT)
            visible = inked and self._shows(char.bbox)
            turn = 0 if upright else quarters((a * scaling, -b * scaling, c, d, 0.0, 0.0))
            drawn = DrawnText(
                _says(font, cid), char.bbox, size, name, upright, visible, 1, self._steps, matrix[5], turn
            )
            self._say(drawn)
        return char.adv


def _says(font: PDFFont, cid: int) -> str:
    try:
        text = font.to_unichr(cid)
    except (PDFUnicodeNotDefined, KeyError, ValueError):
        return UNKNOWN
    return text if isinstance(text, str) and text.strip(NO_CHARACTERS) else UNKNOWN


def _font_name(font: PDFFont) -> str:
    name: object = font.fontname
    return name.decode("latin-1") if isinstance(name, bytes) else str(name or "")


def _as_one(text: str, drawn: Sequence[DrawnText]) -> DrawnText:
    """Return the drawn pieces as one that says `text`."""
    x0, y0, x1, y1 = (tuple(piece.box[side] for piece in drawn) for side in range(4))
    first = drawn[0]
    return DrawnText(
        text,
        (min(x0), min(y0), max(x1), max(y1)),
        max(piece.size for piece in drawn),
        first.font,
        first.upright,
        any(piece.visible for piece in drawn),
        _line_count(drawn),
        first.order,
        first.baseline,
        first.turn,
    )


def _line_count(drawn: Sequence[DrawnText]) -> int:
    """Return over how many lines the pieces run: 1 where each stands beside the one before it."""
    across = (1, 3) if drawn[0].upright else (0, 2)
    count = 1
    for before, after in pairwise(drawn):
        low, high = across
        shared = min(before.box[high], after.box[high]) - max(before.box[low], after.box[low])
        lower = min(before.box[high] - before.box[low], after.box[high] - after.box[low])
        count += shared < SAME_LINE * lower
    return count
