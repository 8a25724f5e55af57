"""PDFium's functions with plain integers for handles, and values fetched for many objects at once.

pypdfium2's own bindings make a Python object of every handle and argument; a page of a browser's PDF
has thousands of text objects, so that the difference decides the speed of reading.
"""

from __future__ import annotations

import ctypes as c
import re
from collections.abc import Callable, Sequence
from typing import Any, cast

import pypdfium2.raw as raw  # type: ignore[import-untyped]

TEXT, PATH, IMAGE, SHADING, FORM = (
    raw.FPDF_PAGEOBJ_TEXT,
    raw.FPDF_PAGEOBJ_PATH,
    raw.FPDF_PAGEOBJ_IMAGE,
    raw.FPDF_PAGEOBJ_SHADING,
    raw.FPDF_PAGEOBJ_FORM,
)
ERROR_PASSWORD, ERROR_SECURITY = raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY
LINE_TO, MOVE_TO, BEZIER_TO = (
    raw.FPDF_SEGMENT_LINETO,
    raw.FPDF_SEGMENT_MOVETO,
    raw.FPDF_SEGMENT_BEZIERTO,
)
_P, _I = c.c_void_p, c.c_int
_LANGUAGE = re.compile("\x1b[^\x1b]*\x1b")
"""A language named within a text string (ISO 32000-1, 7.9.2.2)."""

_OWN_CODES = re.compile("[\x00\x02\ufffe\uffff]")
_BLOB = 8192
"""Bytes of an /ActualText that are read at most: no cluster, word or line is longer."""

_BUFFER, _LENGTH = (c.c_char * _BLOB)(), c.c_ulong()
_BUFFER_AT, _LENGTH_AT = c.addressof(_BUFFER), c.addressof(_LENGTH)
"""Scratch memory for one call at a time: PDFium itself is not for several threads."""


def _bind(name: str, result: type | None, *arguments: type) -> Callable[..., Any]:
    """Return a function of PDFium; its arguments and result are what PDFium's headers say."""
    address = c.cast(getattr(raw, name), c.c_void_p).value or 0
    return cast(Callable[..., Any], c.CFUNCTYPE(result, *arguments)(address))


load_document = _bind("FPDF_LoadMemDocument64", _P, c.c_char_p, c.c_size_t, c.c_char_p)
close_document = _bind("FPDF_CloseDocument", None, _P)
last_error = _bind("FPDF_GetLastError", c.c_ulong)
count_pages = _bind("FPDF_GetPageCount", _I, _P)
load_page = _bind("FPDF_LoadPage", _P, _P, _I)
close_page = _bind("FPDF_ClosePage", None, _P)
page_rotation = _bind("FPDFPage_GetRotation", _I, _P)
load_text = _bind("FPDFText_LoadPage", _P, _P)
close_text = _bind("FPDFText_ClosePage", None, _P)
count_objects = _bind("FPDFPage_CountObjects", _I, _P)
get_object = _bind("FPDFPage_GetObject", _P, _P, _I)
count_in_form = _bind("FPDFFormObj_CountObjects", _I, _P)
get_in_form = _bind("FPDFFormObj_GetObject", _P, _P, c.c_ulong)
type_of = _bind("FPDFPageObj_GetType", _I, _P)
render_mode = _bind("FPDFTextObj_GetTextRenderMode", _I, _P)
font_of = _bind("FPDFTextObj_GetFont", _P, _P)
is_transparent = _bind("FPDFPageObj_HasTransparency", _I, _P)
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
char_object = _bind("FPDFText_GetTextObject", _P, _P, _I)
is_hyphen = _bind("FPDFText_IsHyphen", _I, _P, _I)
is_generated = _bind("FPDFText_IsGenerated", _I, _P, _I)
_bounds = _bind("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)
_matrix = _bind("FPDFPageObj_GetMatrix", _I, _P, _P)
_font_size = _bind("FPDFTextObj_GetFontSize", _I, _P, _P)
_fill_color = _bind("FPDFPageObj_GetFillColor", _I, _P, _P, _P, _P, _P)
_draw_mode = _bind("FPDFPath_GetDrawMode", _I, _P, _P, _P)
_page_box = _bind("FPDF_GetPageBoundingBox", _I, _P, _P)
_point = _bind("FPDFPathSegment_GetPoint", _I, _P, _P, _P)
_char_box = _bind("FPDFText_GetCharBox", _I, _P, _I, _P, _P, _P, _P)
_unicode = _bind("FPDFText_GetUnicode", c.c_uint, _P, _I)
_page_text = _bind("FPDFText_GetText", _I, _P, _I, _I, _P)
_blob = _bind("FPDFPageObjMark_GetParamBlobValue", _I, _P, c.c_char_p, _P, c.c_ulong, _P)
_font_name = _bind("FPDFFont_GetBaseFontName", c.c_size_t, _P, _P, c.c_size_t)


def bounds(objects: Sequence[int]) -> list[float]:
    """Return left, bottom, right, top of each object, one after the other."""
    buffer = (c.c_float * (4 * len(objects)))()
    at = c.addressof(buffer)
    for handle in objects:
        _bounds(handle, at, at + 4, at + 8, at + 12)
        at += 16
    return buffer[:]


def matrices(objects: Sequence[int]) -> list[float]:
    """Return the six numbers of each object's matrix, one after the other."""
    buffer = (c.c_float * (6 * len(objects)))()
    at = c.addressof(buffer)
    for handle in objects:
        _matrix(handle, at)
        at += 24
    return buffer[:]


def font_sizes(objects: Sequence[int]) -> list[float]:
    """Return the font size of each text object, before its matrix."""
    buffer = (c.c_float * len(objects))()
    at = c.addressof(buffer)
    for handle in objects:
        _font_size(handle, at)
        at += 4
    return buffer[:]


def fill_colors(objects: Sequence[int]) -> list[int]:
    """Return red, green, blue, alpha (0 to 255) of each object's filling, one after the other."""
    buffer = (c.c_uint * (4 * len(objects)))()
    at = c.addressof(buffer)
    for handle in objects:
        if not _fill_color(handle, at, at + 4, at + 8, at + 12):
            buffer[(at - c.addressof(buffer)) // 4 + 3] = 255
        at += 16
    return buffer[:]


def draw_mode(path: int) -> tuple[bool, bool]:
    """Return whether a path is filled, and whether it is stroked."""
    fill, stroke = c.c_int(), c.c_int()
    _draw_mode(path, c.addressof(fill), c.addressof(stroke))
    return bool(fill.value), bool(stroke.value)


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


def char_box(text: int, index: int) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top of a character's ink, in the page's units."""
    buffer = (c.c_double * 4)()
    at = c.addressof(buffer)
    _char_box(text, index, at, at + 8, at + 16, at + 24)
    left, right, bottom, top = buffer[:]
    return left, bottom, right, top


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


def actual_text(mark: int) -> str | None:
    """Return the /ActualText that a mark states, or None where it states none.

    PDFium gives such strings as if they were UTF-8; the bytes themselves are decoded here
    (ISO 32000-1, 7.9.2.2).
    """
    if not _blob(mark, b"ActualText", _BUFFER_AT, _BLOB, _LENGTH_AT) or _LENGTH.value > _BLOB:
        return None
    data = c.string_at(_BUFFER_AT, _LENGTH.value)
    for start, encoding in (
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xef\xbb\xbf", "utf-8"),
    ):
        if data.startswith(start):
            return _LANGUAGE.sub("", data[len(start) :].decode(encoding, "replace"))
    return data.decode("latin-1")


def font_name(text_object: int) -> str:
    """Return the name of a text object's font, as the file states it."""
    font = font_of(text_object)
    if not font:
        return ""
    buffer = c.create_string_buffer(200)
    _font_name(font, c.addressof(buffer), 200)
    return buffer.value.decode("latin-1")
