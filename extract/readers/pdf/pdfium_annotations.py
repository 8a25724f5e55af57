"""Annotations of a page as PDFium reports them: their kinds and the areas that they mark."""

from __future__ import annotations

import ctypes as c
from collections.abc import Iterator

import pypdfium2.raw as raw  # type: ignore[import-untyped]

from thaita.extract.readers.pdf.pdfium_api import INTEGER, POINTER, Quad, bind

COVERING = frozenset(
    {
        raw.FPDF_ANNOT_FREETEXT,
        raw.FPDF_ANNOT_SQUARE,
        raw.FPDF_ANNOT_CIRCLE,
        raw.FPDF_ANNOT_POLYGON,
        raw.FPDF_ANNOT_STAMP,
    }
)
"""Annotation kinds that can be filled and hide the content below them."""

_MAX_ANNOTATIONS = 2_000
"""Maximum number of annotations examined on one page."""

_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW

count_annotations = bind("FPDFPage_GetAnnotCount", INTEGER, POINTER)
_annotation = bind("FPDFPage_GetAnnot", POINTER, POINTER, INTEGER)
_annotation_type = bind("FPDFAnnot_GetSubtype", INTEGER, POINTER)
_annotation_flags = bind("FPDFAnnot_GetFlags", INTEGER, POINTER)
_annotation_rect = bind("FPDFAnnot_GetRect", INTEGER, POINTER, POINTER)
_count_quads = bind("FPDFAnnot_CountAttachmentPoints", c.c_size_t, POINTER)
_quad = bind("FPDFAnnot_GetAttachmentPoints", INTEGER, POINTER, c.c_size_t, POINTER)
_close_annotation = bind("FPDFPage_CloseAnnot", None, POINTER)


def annotations_of(page: int) -> Iterator[tuple[int, list[Quad]]]:
    """Yield the kind of each annotation and the areas it marks: quadrilaterals of text, or its rectangle."""
    for index in range(min(count_annotations(page), _MAX_ANNOTATIONS)):
        annotation = _annotation(page, index)
        if annotation:
            try:
                yield int(_annotation_type(annotation)), list(_areas(annotation))
            finally:
                _close_annotation(annotation)


def _areas(annotation: int) -> Iterator[Quad]:
    """Yield left, bottom, right and top of the areas marked by a displayed annotation."""
    if _annotation_flags(annotation) & _HIDDEN:
        return
    points = (c.c_float * 8)()
    count = _count_quads(annotation)
    for i in range(count):
        if _quad(annotation, i, c.addressof(points)):
            yield min(points[::2]), min(points[1::2]), max(points[::2]), max(points[1::2])
    if not count and _annotation_rect(annotation, c.addressof(points)):
        left, top, right, bottom = points[:4]
        yield left, min(top, bottom), right, max(top, bottom)
