"""Draws a page of a PDF as an image, with the extracted values marked on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import isfinite

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont

from thaita.models.document import Box, Page
from thaita.out.pages.marks import Kind, Mark

SCALE = 2.0
"""Pixels per point: 144 dpi, at which small print is readable."""

LONGEST = 6000
"""Maximum length of the image's longer side in pixels; larger pages are scaled down."""

_LINE = 2
"""Width of an outline in pixels."""

_GAP = 8
_SWATCH = 28
_ROW = 34
_TYPE = 20
"""Sizes of the legend in pixels: gap, width of a swatch, height of a row, font size."""


class PictureError(ValueError):
    """A page that cannot be drawn; the message says why."""


@dataclass(frozen=True, slots=True)
class Style:
    """The style of a kind of mark: its name in the legend, its color, and whether it is filled."""

    name: str
    color: tuple[int, int, int]
    filled: bool = False


STYLES: dict[Kind, Style] = {
    "cell": Style("table cell", (0, 90, 200)),
    "paragraph": Style("paragraph", (120, 120, 120)),
    "running": Style("running head, page number", (220, 60, 170)),
    "reports": Style("report field", (86, 180, 233), filled=True),
    "scores": Style("score", (250, 215, 0), filled=True),
    "findings": Style("finding", (230, 90, 0), filled=True),
    "measures": Style("measure", (0, 170, 110), filled=True),
}
"""Values are filled, so that they are visible inside the outlines of their cells and paragraphs."""

_OPACITY = 85
"""Of 255; the page's text must stay readable under the fill."""


def draw_page(data: bytes, password: str | None, page: Page, marks: Sequence[Mark]) -> bytes:
    """Return a page of a PDF as PNG, with the marks drawn on it and a legend below.

    The image has `SCALE` pixels per point, fewer for very large pages. Raises PictureError if the page cannot be
    drawn.
    """
    picture = _rendered(data, password, page)
    across, down = picture.width / page.width, picture.height / page.height
    places = [(STYLES[mark.kind], _pixels(mark.box, across, down)) for mark in marks]
    shade = Image.new("RGBA", picture.size)
    brush = ImageDraw.Draw(shade)
    for style, place in places:
        if style.filled:
            brush.rectangle(place, fill=(*style.color, _OPACITY))
    picture = Image.alpha_composite(picture.convert("RGBA"), shade).convert("RGB")
    pen = ImageDraw.Draw(picture)
    for style, place in places:
        if not style.filled:
            pen.rectangle(place, outline=style.color, width=_LINE)
    out = BytesIO()
    _with_legend(picture).save(out, "PNG")
    return out.getvalue()


def _rendered(data: bytes, password: str | None, page: Page) -> Image.Image:
    longest = max(page.width, page.height)
    if not (isfinite(longest) and min(page.width, page.height) > 0):
        raise PictureError(f"page {page.number} is damaged and cannot be drawn")
    try:
        pdf = pdfium.PdfDocument(data, password=password)
        try:
            shown = pdf[page.number - 1].render(scale=min(SCALE, LONGEST / longest))
            picture: Image.Image = shown.to_pil().convert("RGB")
        finally:
            pdf.close()
    except (pdfium.PdfiumError, IndexError) as error:
        raise PictureError(f"page {page.number} cannot be drawn: PDFium cannot open it") from error
    return picture


def _pixels(box: Box, across: float, down: float) -> tuple[int, int, int, int]:
    """Return the left, upper, right and lower pixel of a rectangle given in points."""
    x0, x1 = sorted((round(box.x0 * across), round(box.x1 * across)))
    top, bottom = sorted((round(box.top * down), round(box.bottom * down)))
    return x0, top, x1, bottom


def _with_legend(picture: Image.Image) -> Image.Image:
    """Return the image with a legend of the colors below it."""
    font = ImageFont.load_default(_TYPE)
    styles = list(STYLES.values())
    widths = [_SWATCH + 3 * _GAP + round(font.getlength(style.name)) for style in styles]
    width = max(picture.width, *widths)
    rows, x, places = 0, 0, []
    for wide in widths:
        if x + wide > width:
            rows, x = rows + 1, 0
        places.append((x + _GAP, picture.height + _GAP + rows * _ROW))
        x += wide
    sheet = Image.new("RGB", (width, picture.height + (rows + 1) * _ROW + 2 * _GAP), "white")
    sheet.paste(picture)
    pen = ImageDraw.Draw(sheet)
    pen.line((0, picture.height, width, picture.height), fill="black")
    for style, (left, top) in zip(styles, places, strict=True):
        swatch = (left, top + 6, left + _SWATCH, top + _ROW - 8)
        fill = _on_white(style.color) if style.filled else None
        pen.rectangle(swatch, fill=fill, outline=fill or style.color, width=_LINE)
        pen.text((left + _SWATCH + _GAP, top + 2), style.name, fill="black", font=font)
    return sheet


def _on_white(color: tuple[int, int, int]) -> tuple[int, int, int]:
    red, green, blue = (255 - (255 - part) * _OPACITY // 255 for part in color)
    return red, green, blue
