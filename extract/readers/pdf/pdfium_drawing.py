"""Rendering of pages and single text objects by PDFium, to test what is visible."""

from __future__ import annotations

import ctypes as c
from typing import TYPE_CHECKING

import pypdfium2.raw as raw  # type: ignore[import-untyped]

from thaita.extract.readers.pdf.pdfium_api import INTEGER, POINTER, bind

if TYPE_CHECKING:
    from PIL.Image import Image

_MIN_OPACITY = 110
"""Opacity (of 255) from which a pixel counts as ink."""

_IS_INK = bytes(opacity > _MIN_OPACITY for opacity in range(256))
"""1 for each opacity that is ink: counting bytes needs no NumPy, which weighs more than all readers of digital files."""

_page_width = bind("FPDF_GetPageWidthF", c.c_float, POINTER)
_page_height = bind("FPDF_GetPageHeightF", c.c_float, POINTER)
_create_bitmap = bind("FPDFBitmap_CreateEx", POINTER, INTEGER, INTEGER, INTEGER, POINTER, INTEGER)
_draw_page = bind(
    "FPDF_RenderPageBitmap",
    None,
    POINTER,
    POINTER,
    INTEGER,
    INTEGER,
    INTEGER,
    INTEGER,
    INTEGER,
    INTEGER,
    long=True,
)
_draw_text = bind("FPDFTextObj_GetRenderedBitmap", POINTER, POINTER, POINTER, POINTER, c.c_float)
_bitmap_buffer = bind("FPDFBitmap_GetBuffer", POINTER, POINTER)
_bitmap_height = bind("FPDFBitmap_GetHeight", INTEGER, POINTER)
_bitmap_stride = bind("FPDFBitmap_GetStride", INTEGER, POINTER)
_close_bitmap = bind("FPDFBitmap_Destroy", None, POINTER)
set_active = bind("FPDFPageObj_SetIsActive", INTEGER, POINTER, INTEGER)


def count_ink_pixels(document: int, page: int, text: int, scale: float) -> int:
    """Return the number of ink pixels of a text object drawn alone, ignoring layers; 0 if its font is missing."""
    bitmap = _draw_text(document, page, text, scale)
    if not bitmap:
        return 0
    try:
        size = _bitmap_height(bitmap) * _bitmap_stride(bitmap)
        opacity = c.string_at(_bitmap_buffer(bitmap), size)[3::4]
        return opacity.translate(_IS_INK).count(1)
    finally:
        _close_bitmap(bitmap)


def page_size(page: int) -> tuple[float, float]:
    """Return width and height of the displayed page in points."""
    return float(_page_width(page)), float(_page_height(page))


def draw(page: int, width: int, height: int) -> Image:
    """Return a page rendered in shades of gray on white, with its annotations."""
    from PIL.Image import frombytes

    pixels = c.create_string_buffer(b"\xff" * (width * height), width * height)
    bitmap = _create_bitmap(width, height, raw.FPDFBitmap_Gray, c.addressof(pixels), width)
    try:
        _draw_page(bitmap, page, 0, 0, width, height, 0, raw.FPDF_GRAYSCALE | raw.FPDF_ANNOT)
    finally:
        _close_bitmap(bitmap)
    return frombytes("L", (width, height), pixels.raw)
