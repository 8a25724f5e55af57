"""PDFium's functions with plain integers for handles, and values fetched for many objects at once.

pypdfium2's own bindings make a Python object of every handle and argument; a page of a browser's PDF
has thousands of text objects, so that the difference decides the speed of reading.
"""

from __future__ import annotations

import ctypes as c
import itertools
import re
import struct
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

import pypdfium2.raw as raw  # type: ignore[import-untyped]

if TYPE_CHECKING:
    import numpy as np

TEXT, PATH, IMAGE, SHADING, FORM = (
    raw.FPDF_PAGEOBJ_TEXT,
    raw.FPDF_PAGEOBJ_PATH,
    raw.FPDF_PAGEOBJ_IMAGE,
    raw.FPDF_PAGEOBJ_SHADING,
    raw.FPDF_PAGEOBJ_FORM,
)
ERROR_PASSWORD, ERROR_SECURITY = raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY
XFA, XFA_AND_PAGES = raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND
LINK, STRIKEOUT = raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_STRIKEOUT
COVERING = frozenset(
    {
        raw.FPDF_ANNOT_FREETEXT,
        raw.FPDF_ANNOT_SQUARE,
        raw.FPDF_ANNOT_CIRCLE,
        raw.FPDF_ANNOT_POLYGON,
        raw.FPDF_ANNOT_STAMP,
    }
)
"""Annotations that may be filled and hide what lies under them."""

_INKED = 110
"""Opacity, of 255, from which a pixel counts as ink."""

_ANNOTATIONS = 2_000
"""Annotations of a page that are looked at, at most."""

_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
MOVE_TO, BEZIER_TO = raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_BEZIERTO
Quad = tuple[float, float, float, float]
Pointer = Any
"""What `pointer` gives: ctypes has no name for its type."""

_P, _I = c.c_void_p, c.c_int
_run_through = deque[int](maxlen=0).extend
"""Runs a `map` to its end in C, which a loop would do more slowly; nothing is kept."""

_LANGUAGE = re.compile("\x1b[^\x1b]*\x1b")
"""A language named within a text string (ISO 32000-1, 7.9.2.2)."""

_OWN_CODES = re.compile("[\x00\x02\ufffe\uffff]")
_BLOB = 8192
"""Bytes of an /ActualText that are read at most: no cluster, word or line is longer."""

_BUFFER, _LENGTH = (c.c_char * _BLOB)(), c.c_ulong()
_BUFFER_AT, _LENGTH_AT = c.addressof(_BUFFER), c.addressof(_LENGTH)
_PAIR, _INK = (c.c_int * 2)(), (c.c_double * 4)()
_PAIR_AT = c.addressof(_PAIR)
_INK_AT = [c.byref(_INK, offset) for offset in (0, 8, 16, 24)]
"""Scratch memory for one call at a time: PDFium itself is not for several threads."""


def _bind(name: str, result: type | None, *arguments: type, long: bool = False) -> Callable[..., Any]:
    """Return a function of PDFium; its arguments and result are what PDFium's headers say.

    Only a `long` call lets other threads run: giving Python's lock away takes as long as most calls.
    """
    address = c.cast(getattr(raw, name), c.c_void_p).value or 0
    kind = c.CFUNCTYPE if long else c.PYFUNCTYPE
    return cast(Callable[..., Any], kind(result, *arguments)(address))


def _bare(name: str, result: type | None) -> Callable[..., Any]:
    """Return a function that is told no argument types, which halves the time of a call.

    Its arguments may only be `Pointer`s and C integers: a handle given as a Python integer would be cut.
    """
    address = c.cast(getattr(raw, name), c.c_void_p).value or 0
    return cast(Callable[..., Any], c.PYFUNCTYPE(result)(address))


def pointer(handle: int) -> Pointer:
    """Return a handle as what ctypes passes on as it is, without looking at its type."""
    return c.byref(c.c_char.from_address(handle))


load_document = _bind("FPDF_LoadMemDocument64", _P, c.c_char_p, c.c_size_t, c.c_char_p, long=True)
close_document = _bind("FPDF_CloseDocument", None, _P)
last_error = _bind("FPDF_GetLastError", c.c_ulong)
count_pages = _bind("FPDF_GetPageCount", _I, _P)
load_page = _bind("FPDF_LoadPage", _P, _P, _I, long=True)
close_page = _bind("FPDF_ClosePage", None, _P)
page_rotation = _bind("FPDFPage_GetRotation", _I, _P)
load_text = _bind("FPDFText_LoadPage", _P, _P, long=True)
close_text = _bind("FPDFText_ClosePage", None, _P)
count_objects = _bind("FPDFPage_CountObjects", _I, _P)
count_in_form = _bind("FPDFFormObj_CountObjects", _I, _P)
get_in_form = _bind("FPDFFormObj_GetObject", _P, _P, c.c_ulong)
type_of = _bind("FPDFPageObj_GetType", _I, _P)
render_mode = _bind("FPDFTextObj_GetTextRenderMode", _I, _P)
count_marks = _bind("FPDFPageObj_CountMarks", _I, _P)
get_mark = _bind("FPDFPageObj_GetMark", _P, _P, c.c_ulong)
clip_of = _bind("FPDFPageObj_GetClipPath", _P, _P)
count_clips = _bind("FPDFClipPath_CountPaths", _I, _P)
count_in_clip = _bind("FPDFClipPath_CountPathSegments", _I, _P, _I)
get_in_clip = _bind("FPDFClipPath_GetPathSegment", _P, _P, _I, _I)
count_segments = _bind("FPDFPath_CountSegments", _I, _P)
get_segment = _bind("FPDFPath_GetPathSegment", _P, _P, _I)
segment_type = _bind("FPDFPathSegment_GetType", _I, _P)
segment_closes = _bind("FPDFPathSegment_GetClose", _I, _P)
count_chars = _bind("FPDFText_CountChars", _I, _P)
is_hyphen = _bind("FPDFText_IsHyphen", _I, _P, _I)
is_generated = _bind("FPDFText_IsGenerated", _I, _P, _I)
_object = _bare("FPDFPage_GetObject", _P)
_owner = _bare("FPDFText_GetTextObject", _P)
_bounds = _bind("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)
_matrix = _bind("FPDFPageObj_GetMatrix", _I, _P, _P)
_font_size = _bind("FPDFTextObj_GetFontSize", _I, _P, _P)
_fill_color = _bind("FPDFPageObj_GetFillColor", _I, _P, _P, _P, _P, _P)
_draw_mode = _bind("FPDFPath_GetDrawMode", _I, _P, _P, _P)
_page_box = _bind("FPDF_GetPageBoundingBox", _I, _P, _P)
_point = _bind("FPDFPathSegment_GetPoint", _I, _P, _P, _P)
_char_box = _bare("FPDFText_GetCharBox", _I)
_unicode = _bind("FPDFText_GetUnicode", c.c_uint, _P, _I)
_page_text = _bind("FPDFText_GetText", _I, _P, _I, _I, _P)
_blob = _bind("FPDFPageObjMark_GetParamBlobValue", _I, _P, c.c_char_p, _P, c.c_ulong, _P)
form_type = _bind("FPDF_GetFormType", _I, _P)
count_attachments = _bind("FPDFDoc_GetAttachmentCount", _I, _P)
_attachment = _bind("FPDFDoc_GetAttachment", _P, _P, _I)
_attachment_name = _bind("FPDFAttachment_GetName", c.c_ulong, _P, _P, c.c_ulong)
count_annotations = _bind("FPDFPage_GetAnnotCount", _I, _P)
_annotation = _bind("FPDFPage_GetAnnot", _P, _P, _I)
_annotation_type = _bind("FPDFAnnot_GetSubtype", _I, _P)
_annotation_flags = _bind("FPDFAnnot_GetFlags", _I, _P)
_annotation_rect = _bind("FPDFAnnot_GetRect", _I, _P, _P)
_count_quads = _bind("FPDFAnnot_CountAttachmentPoints", c.c_size_t, _P)
_quad = _bind("FPDFAnnot_GetAttachmentPoints", _I, _P, c.c_size_t, _P)
_close_annotation = _bind("FPDFPage_CloseAnnot", None, _P)
set_active = _bind("FPDFPageObj_SetIsActive", _I, _P, _I)
_page_width = _bind("FPDF_GetPageWidthF", c.c_float, _P)
_page_height = _bind("FPDF_GetPageHeightF", c.c_float, _P)
_create_bitmap = _bind("FPDFBitmap_CreateEx", _P, _I, _I, _I, _P, _I)
_draw_page = _bind("FPDF_RenderPageBitmap", None, _P, _P, _I, _I, _I, _I, _I, _I, long=True)
_draw_text = _bind("FPDFTextObj_GetRenderedBitmap", _P, _P, _P, _P, c.c_float)
_bitmap_buffer = _bind("FPDFBitmap_GetBuffer", _P, _P)
_bitmap_height = _bind("FPDFBitmap_GetHeight", _I, _P)
_bitmap_stride = _bind("FPDFBitmap_GetStride", _I, _P)
_close_bitmap = _bind("FPDFBitmap_Destroy", None, _P)
_mark_name = _bind("FPDFPageObjMark_GetName", _I, _P, _P, c.c_ulong, _P)


def attachment_name(document: int, index: int) -> str:
    """Return the name of a file that a document carries."""
    file = _attachment(document, index)
    size = min(int(_attachment_name(file, None, 0)), _BLOB) if file else 0
    _attachment_name(file, _BUFFER_AT, size) if size else 0
    return cast(bytes, _BUFFER[: max(0, size - 2)]).decode("utf-16-le", "replace")


def annotations_of(page: int) -> Iterator[tuple[int, list[Quad]]]:
    """Yield the kind of each annotation of a page, and the areas that it marks: quadrilaterals of text, or its own."""
    for index in range(min(count_annotations(page), _ANNOTATIONS)):
        annotation = _annotation(page, index)
        if annotation:
            try:
                yield int(_annotation_type(annotation)), list(_areas(annotation))
            finally:
                _close_annotation(annotation)


def _areas(annotation: int) -> Iterator[Quad]:
    """Yield left, bottom, right, top of the areas that an annotation that is shown marks."""
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


def ink(document: int, page: int, text: int, scale: float) -> int:
    """Return the pixels that a text object drawn alone, whatever its layer, fills: none where its font is missing."""
    import numpy as np

    bitmap = _draw_text(document, page, text, scale)
    if not bitmap:
        return 0
    try:
        size = _bitmap_height(bitmap) * _bitmap_stride(bitmap)
        opacity = np.frombuffer(c.string_at(_bitmap_buffer(bitmap), size), np.uint8)[3::4]
        return int(np.count_nonzero(opacity > _INKED))
    finally:
        _close_bitmap(bitmap)


def page_size(page: int) -> tuple[float, float]:
    """Return width and height of a page as it is shown, in points."""
    return float(_page_width(page)), float(_page_height(page))


def draw(page: int, width: int, height: int) -> np.ndarray:
    """Return a page drawn in shades of gray on white, its annotations on it, in rows of pixels."""
    import numpy as np

    pixels = np.full((height, width), 255, np.uint8)
    bitmap = _create_bitmap(width, height, raw.FPDFBitmap_Gray, pixels.ctypes.data, width)
    try:
        _draw_page(bitmap, page, 0, 0, width, height, 0, raw.FPDF_GRAYSCALE | raw.FPDF_ANNOT)
    finally:
        _close_bitmap(bitmap)
    return pixels


def objects_of(page: int) -> list[int]:
    """Return the objects of a page in the order in which they are drawn."""
    return list(map(_object, itertools.repeat(pointer(page)), range(count_objects(page))))


def bounds(objects: Sequence[int]) -> list[Quad]:
    """Return left, bottom, right, top of each object."""
    return _quads(_bounds, objects, c.c_float, "4f")[0]


def matrices(objects: Sequence[int]) -> list[tuple[float, float, float, float, float, float]]:
    """Return the six numbers of each object's matrix."""
    buffer = (c.c_float * (6 * len(objects)))()
    at = c.addressof(buffer)
    _run_through(map(_matrix, objects, range(at, at + c.sizeof(buffer), 24)))
    return list(struct.iter_unpack("6f", buffer))


def font_sizes(objects: Sequence[int]) -> list[float]:
    """Return the font size of each text object, before its matrix."""
    buffer = (c.c_float * len(objects))()
    at = c.addressof(buffer)
    _run_through(map(_font_size, objects, range(at, at + c.sizeof(buffer), 4)))
    return buffer[:]


def fill_colors(objects: Sequence[int]) -> list[tuple[int, int, int, int]]:
    """Return red, green, blue, alpha (0 to 255) of each object's filling; black where none is stated."""
    colors, known = _quads(_fill_color, objects, c.c_uint, "4I")
    if not all(known):
        colors = [color if fine else (*color[:3], 255) for color, fine in zip(colors, known, strict=True)]
    return colors


def _quads(
    function: Callable[..., int], objects: Sequence[int], kind: type[c.c_float] | type[c.c_uint], form: str
) -> tuple[list[Any], list[int]]:
    """Return the four values, each of four bytes, that a function gives of each object, and its results."""
    buffer = (kind * (4 * len(objects)))()
    at = c.addressof(buffer)
    end = at + c.sizeof(buffer)
    places = [range(at + offset, end, 16) for offset in (0, 4, 8, 12)]
    results = list(map(function, objects, *places))
    return list(struct.iter_unpack(form, buffer)), results


def draw_mode(path: int) -> tuple[bool, bool]:
    """Return whether a path is filled, and whether it is stroked."""
    if not _draw_mode(path, _PAIR_AT, _PAIR_AT + 4):
        return False, False
    return bool(_PAIR[0]), bool(_PAIR[1])


def page_box(page: int) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top of the part of the page that is shown, before rotation."""
    buffer = (c.c_float * 4)()
    _page_box(page, c.addressof(buffer))
    left, top, right, bottom = buffer[:]
    return left, min(top, bottom), right, max(top, bottom)


def point(segment: int) -> tuple[float, float]:
    """Return where a segment of a path ends, in the path's own units."""
    buffer = (c.c_float * 2)()
    at = c.addressof(buffer)
    _point(segment, at, at + 4)
    return buffer[0], buffer[1]


def char_box(text: Pointer, index: int) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top of a character's ink, in the page's units."""
    if not _char_box(text, index, *_INK_AT):
        return 0.0, 0.0, 0.0, 0.0
    left, right, bottom, top = _INK
    return left, bottom, right, top


def owners(text: Pointer, start: int, end: int) -> list[int | None]:
    """Return the text object of each of a range of characters; None for line ends that PDFium adds."""
    return list(map(_owner, itertools.repeat(text), range(start, end)))


def page_text(text: int, count: int) -> str:
    """Return the page's characters, one code point for each of `count` characters.

    PDFium's own code for a hyphen at the end of a line or text object is turned back; what it has no
    character for is U+FFFD.
    """
    chars = _utf16(text, count) or "".join(map(chr, (min(_unicode(text, i), 0x10FFFF) for i in range(count))))
    if not _OWN_CODES.search(chars):
        return chars
    return _OWN_CODES.sub(lambda match: "-" if is_hyphen(text, match.start()) == 1 else "\ufffd", chars)


def _utf16(text: int, count: int) -> str | None:
    """Return the characters fetched in one call, or None if that gives not one for each."""
    buffer = (c.c_uint16 * (count + 2))()
    written = int(_page_text(text, 0, count, c.addressof(buffer))) - 1
    chars = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace") if written == count else ""
    return chars if len(chars) == count else None


def is_layer(mark: int) -> bool:
    """Return whether a mark says that a layer (optional content) holds an object."""
    if not _mark_name(mark, _BUFFER_AT, 6, _LENGTH_AT):
        return False
    return _LENGTH.value == 6 and cast(bytes, _BUFFER[:4]) == b"O\0C\0"


def actual_text(mark: int) -> str | None:
    """Return the /ActualText that a mark states, or None where it states none.

    PDFium gives such strings as if they were UTF-8; the bytes themselves are decoded here
    (ISO 32000-1, 7.9.2.2).
    """
    if not _blob(mark, b"ActualText", _BUFFER_AT, _BLOB, _LENGTH_AT) or _LENGTH.value > _BLOB:
        return None
    data = cast(bytes, _BUFFER[: _LENGTH.value])
    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        text = data.decode("utf-16", "replace")
    elif data.startswith(b"\xef\xbb\xbf"):
        text = data[3:].decode("utf-8", "replace")
    else:
        return data.decode("latin-1")
    return _LANGUAGE.sub("", text) if "\x1b" in text else text
