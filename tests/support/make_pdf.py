"""Small PDFs for reader tests, drawn by coordinates: text, ruling lines, areas, several pages."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field

from support.pdf_bytes import PdfBytes, utf16

HEIGHT = 800
EM = 10
"""The default type size in points; each letter is half as wide."""


_CODES = b"aeoxcsznuvhkdbpqgyACEFKLPSTXYZBDGHNORUV0123456789?&" + bytes(range(161, 256))
"""Codes whose shapes in PDFium's substitute font are about as wide as their advance."""


@dataclass
class Sheet:
    """A page being drawn; coordinates count from the top left corner, as in the reader."""

    more: bytes = b"/MediaBox[0 0 600 800]"
    resources: bytes = b""
    operators: list[bytes] = field(default_factory=list)
    letters: dict[str, int] = field(default_factory=dict)

    def raw(self, operators: bytes) -> Sheet:
        """Add operators unchanged."""
        self.operators.append(operators)
        return self

    def text(self, x: float, y: float, chars: str, size: float = EM, actual: str | None = None) -> Sheet:
        """Draw text whose baseline starts at a point; `actual` is the /ActualText of its span."""
        shown = self.string(chars)
        body = b"BT /F %g Tf %g %g Td %s Tj ET" % (size, x, HEIGHT - y, shown)
        return self.raw(
            body if actual is None else b"/Span<</ActualText%s>>BDC %s EMC" % (utf16(actual), body)
        )

    def string(self, chars: str) -> bytes:
        """Return characters as a string in the sheet's font."""
        return b"<%s>" % b"".join(b"%02X" % self._code(char) for char in chars)

    def lines(self, x: float, y: float, texts: Iterable[str], step: float = 14, size: float = EM) -> Sheet:
        """Draw lines of text, one below the other."""
        for i, chars in enumerate(texts):
            self.text(x, y + i * step, chars, size)
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """Draw a ruling line."""
        return self.raw(b"0.5 w %g %g m %g %g l S" % (x0, HEIGHT - y0, x1, HEIGHT - y1))

    def fill(self, x0: float, y0: float, x1: float, y1: float, gray: float) -> Sheet:
        """Fill a rectangle with a shade from 0 (black) to 1 (white); type stays black."""
        return self.raw(b"q %g g %g %g %g %g re f Q" % (gray, x0, HEIGHT - y1, x1 - x0, y1 - y0))

    def grid(self, xs: list[float], ys: list[float], without: Iterable[tuple[str, int, int]] = ()) -> Sheet:
        """Rule a table; `without` lists omitted edges: ("h", line, column) or ("v", line, row)."""
        left_out = set(without)
        for i, y in enumerate(ys):
            for c, (x0, x1) in enumerate(itertools.pairwise(xs)):
                if ("h", i, c) not in left_out:
                    self.line(x0, y, x1, y)
        for i, x in enumerate(xs):
            for r, (y0, y1) in enumerate(itertools.pairwise(ys)):
                if ("v", i, r) not in left_out:
                    self.line(x, y0, x, y1)
        return self

    def _code(self, char: str) -> int:
        return self.letters.setdefault(char, _CODES[len(self.letters)]) if char != " " else 32


def pdf_of(*sheets: Sheet, pdf: PdfBytes | None = None) -> PdfBytes:
    """Return the PDF of the sheets."""
    pdf = pdf or PdfBytes()
    for sheet in sheets:
        font = pdf.simple_font({code: char for char, code in sheet.letters.items()} | {32: " "})
        pdf.page(b"\n".join(sheet.operators), b"/Font<</F %d 0 R>>%s" % (font, sheet.resources), sheet.more)
    return pdf
