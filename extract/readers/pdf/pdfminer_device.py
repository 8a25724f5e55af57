"""A pdfminer device that adds what pdfminer leaves out: /ActualText, invisible text, form matrices and work limits.

pdfminer reads the properties of marked content and drops them. LibreOffice and Chromium store the true text
of a Thai cluster there (ISO 32000-1, 14.6 and 14.9.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
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
    Rect,
    apply_matrix_pt,
    apply_matrix_rect,
    mult_matrix,
)

from thaita.extract.readers.page.matrix import quarters
from thaita.extract.readers.pdf.pdfminer_drawing import DrawnText, Painted, decode_text_string, merge_drawn

UNKNOWN = "\ufffd"
"""The text of a glyph whose font has no Unicode mapping: the replacement character."""
NO_CHARACTERS = "\x00\ufffe\uffff"
"""Placeholders that programs write into a font's table for glyphs without a character."""
INVISIBLE_MODES = frozenset({3, 7})
"""Text rendering modes that put no ink on the page (ISO 32000-1, table 106)."""
MAX_STEPS = 500_000
"""Maximum number of glyphs, paths and forms on a page; a dense report page draws about 5,000."""
MAX_CONTENT = 8_000_000
"""Maximum bytes of drawing operators on a page, forms counted each time; a dense report page has 100,000."""
MAX_DEPTH = 40
"""Maximum nesting depth of forms; real ones are nested two or three deep."""
SLANT = 0.3
"""Maximum slope of a baseline that reads as level: the shear of italics is along the other axis."""
SLACK = 0.5
"""Points by which a clip may fall short of the content it is meant to show: programs round."""


MAX_PAINTED = 5_000
"""Maximum number of painted areas recorded for a page."""
RECTANGLE_POINTS = 5
"""Number of points in a path that can be a rectangle."""
FAINT = 0.1
"""Opacity below which type is invisible."""


class PageTooLargeError(ValueError):
    """A page that draws more, or nests forms deeper, than any report."""


@dataclass(slots=True)
class _Span:
    """An open marked-content sequence; `text` is its /ActualText, if it has one."""

    text: str | None
    off: bool = False
    drawn: list[DrawnText] = field(default_factory=list)


class MarkedDevice(PDFPageAggregator):
    """Collects a page's text in `drawn`, honoring /ActualText; its layout object holds drawings only."""

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Start a page with nothing drawn and no span open."""
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
        """Finish a page; a span that was never closed still contributes its text."""
        self.unclosed = sum(span.text is not None for span in self._spans)
        self.close_spans(0)
        super().end_page(page)

    @property
    def open_spans(self) -> int:
        """The number of open marked-content sequences."""
        return len(self._spans)

    def close_spans(self, keep: int) -> None:
        """Close the spans opened after the first `keep`."""
        while len(self._spans) > keep:
            self._close_span()

    def begin_tag(
        self,
        tag: PSLiteral,  # noqa: ARG002
        props: PDFStackT | None = None,
        *,
        off: bool = False,
    ) -> None:
        """Open a marked-content sequence; the outermost /ActualText replaces all text inside it.

        `off` is True if the sequence belongs to a layer that is off.
        """
        self._count_object()
        self.off += off
        raw = resolve1(props.get("ActualText")) if isinstance(props, dict) else None
        self._spans.append(_Span(decode_text_string(raw), off))

    def end_tag(self) -> None:
        """Close the sequence opened last; a surplus end tag is ignored."""
        if self._spans:
            self._close_span()

    def _close_span(self) -> None:
        span = self._spans.pop()
        self.off -= span.off
        if span.text is None:
            return
        if "".join(piece.text for piece in span.drawn) == span.text:
            self.drawn += span.drawn
        elif span.drawn and span.text:
            self.drawn.append(merge_drawn(span.text, span.drawn))

    def _add_text(self, piece: DrawnText) -> None:
        for span in self._spans:
            if span.text is not None:
                span.drawn.append(piece)
                return
        self.drawn.append(piece)

    def _count_object(self) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            message = f"it draws more than {MAX_STEPS} objects"
            raise PageTooLargeError(message)

    def read_content(self, size: int) -> None:
        """Count the bytes of a content stream before it is executed."""
        self._content += size
        if self._content > MAX_CONTENT:
            message = f"it has more than {MAX_CONTENT} bytes of drawing operators"
            raise PageTooLargeError(message)

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        """Enter a form or an image, and count it."""
        self._count_object()
        if len(self._stack) >= MAX_DEPTH:
            message = f"it nests forms more than {MAX_DEPTH} deep"
            raise PageTooLargeError(message)
        super().begin_figure(name, bbox, matrix)
        self._outer_clips.append(self.clip)
        self.clip_to(apply_matrix_rect(mult_matrix(matrix, self.ctm), bbox))

    def end_figure(self, _: str) -> None:
        """Leave a form or an image, and drop its clip."""
        super().end_figure(_)
        self.clip = self._outer_clips.pop()

    def clip_to(self, rect: Rect) -> None:
        """Restrict the clip to `rect`."""
        old = self.clip or rect
        self.clip = (max(old[0], rect[0]), max(old[1], rect[1]), min(old[2], rect[2]), min(old[3], rect[3]))

    def _is_in_clip(self, box: Rect) -> bool:
        """Return whether the middle of a box lies inside the clip."""
        if self.clip is None:
            return True
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        x0, y0, x1, y1 = self.clip
        return x0 - SLACK <= x <= x1 + SLACK and y0 - SLACK <= y <= y1 + SLACK

    def render_image(self, name: str, stream: PDFStream) -> None:  # noqa: ARG002
        """Record the position of the picture, not its pixels."""
        figure: LTItem = self.cur_item
        if isinstance(figure, LTFigure | LTImage) and all(map(isfinite, figure.bbox)):
            self.images.append(figure.bbox)
            masked = any(stream.get(key) is not None for key in ("SMask", "Mask", "ImageMask", "IM"))
            self._record_painted(figure.bbox, covers=not masked)

    def _record_painted(self, box: Rect, *, covers: bool) -> None:
        """Record a painted area, as far as the clip shows it."""
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
        """Record a drawn path, and count it."""
        self._count_object()
        super().paint_path(gstate, stroke, fill, evenodd, path)
        flat = [value for step in path for value in step[1:]]
        points = [apply_matrix_pt(self.ctm, at) for at in zip(flat[::2], flat[1::2], strict=False)]
        if points:
            across, up = zip(*points, strict=True)
            box = (min(across), min(up), max(across), max(up))
            self._record_painted(box, covers=fill and len(points) <= RECTANGLE_POINTS)

    def render_string(
        self,
        textstate: PDFTextState,
        seq: PDFTextSeq,
        ncs: Any,  # noqa: ANN401 (pdfminer's own color space, of no interest here)
        graphicstate: PDFGraphicState,
    ) -> None:
        """Draw a string; text in a mode without ink is recorded as invisible."""
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
        """Draw a glyph and return its advance in text space."""
        self._count_object()
        width, shift = font.char_width(cid), font.char_disp(cid)
        char = LTChar(matrix, font, fontsize, scaling, rise, "", width, shift, ncs, graphicstate)
        a, b, c, d = matrix[:4]
        if all(map(isfinite, char.bbox)):
            upright = a * scaling > 0 and d > 0 and abs(b) <= SLANT * abs(a)
            size = abs(fontsize) * hypot(c, d)
            name = _font_name(font)
            inked = not (self._invisible or self.off or self.alpha < FAINT)
            visible = inked and self._is_in_clip(char.bbox)
            turn = 0 if upright else quarters((a * scaling, -b * scaling, c, d, 0.0, 0.0))
            drawn = DrawnText(
                _glyph_text(font, cid),
                char.bbox,
                size,
                name,
                upright,
                visible,
                1,
                self._steps,
                matrix[5],
                turn,
            )
            self._add_text(drawn)
        return char.adv


def _glyph_text(font: PDFFont, cid: int) -> str:
    try:
        text = font.to_unichr(cid)
    except (PDFUnicodeNotDefined, KeyError, ValueError):
        return UNKNOWN
    return text if isinstance(text, str) and text.strip(NO_CHARACTERS) else UNKNOWN


def _font_name(font: PDFFont) -> str:
    name: object = font.fontname
    return name.decode("latin-1") if isinstance(name, bytes) else str(name or "")
