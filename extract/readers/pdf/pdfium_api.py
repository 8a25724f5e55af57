"""PDFium functions with integer handles, and values fetched for many objects at once.

pypdfium2's bindings create a Python object for every handle and argument. A page made by a browser has
thousands of text objects, so the difference decides the reading speed.
"""

from __future__ import annotations

import ctypes as c
import itertools
import re
import struct
from collections import deque
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
XFA, XFA_AND_PAGES = raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND
LINK, STRIKEOUT = raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_STRIKEOUT

MOVE_TO, BEZIER_TO = raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_BEZIERTO

Quad = tuple[float, float, float, float]
Pointer = Any
"""The return type of `pointer`: ctypes has no public name for it."""

POINTER, INTEGER = c.c_void_p, c.c_int

_exhaust = deque[int](maxlen=0).extend
"""Exhausts a `map` in C, which is faster than a loop; the results are discarded."""

_LANGUAGE = re.compile("\x1b[^\x1b]*\x1b")
"""A language code inside a text string (ISO 32000-1, 7.9.2.2)."""

_BOLD_NAME = re.compile(rb"bold|black|heavy", re.IGNORECASE)
_FORCED_BOLD = 1 << 18
"""Flag of a font whose letters are made bold (ISO 32000-1, table 123)."""

_OWN_CODES = re.compile("[\x00\x02\ufffe\uffff]")
_MAX_ACTUAL_TEXT = 8192
"""Maximum number of bytes read from an /ActualText: no cluster, word or line is longer."""

_BUFFER, _LENGTH = (c.c_char * _MAX_ACTUAL_TEXT)(), c.c_ulong()
_BUFFER_AT, _LENGTH_AT = c.addressof(_BUFFER), c.addressof(_LENGTH)
_PAIR, _INK = (c.c_int * 2)(), (c.c_double * 4)()
_PAIR_AT = c.addressof(_PAIR)
_INK_AT = [c.byref(_INK, offset) for offset in (0, 8, 16, 24)]
"""Scratch memory for one call at a time: PDFium is not thread-safe."""


def bind(name: str, result: type | None, *arguments: type, long: bool = False) -> Callable[..., Any]:
    """Return a function of PDFium with the argument and result types of PDFium's headers.

    Only a `long` call releases the GIL: releasing it takes as long as most calls.
    """
    address = c.cast(getattr(raw, name), c.c_void_p).value or 0
    kind = c.CFUNCTYPE if long else c.PYFUNCTYPE
    return cast(Callable[..., Any], kind(result, *arguments)(address))


def _bind_untyped(name: str, result: type | None) -> Callable[..., Any]:
    """Return a PDFium function without declared argument types, which halves the time of a call.

    Arguments must be `Pointer`s and C integers: a handle passed as a Python integer would be truncated.
    """
    address = c.cast(getattr(raw, name), c.c_void_p).value or 0
    return cast(Callable[..., Any], c.PYFUNCTYPE(result)(address))


def pointer(handle: int) -> Pointer:
    """Return a handle in the form that ctypes passes on without a type check."""
    return c.byref(c.c_char.from_address(handle))


load_document = bind("FPDF_LoadMemDocument64", POINTER, c.c_char_p, c.c_size_t, c.c_char_p, long=True)
close_document = bind("FPDF_CloseDocument", None, POINTER)
last_error = bind("FPDF_GetLastError", c.c_ulong)
count_pages = bind("FPDF_GetPageCount", INTEGER, POINTER)
load_page = bind("FPDF_LoadPage", POINTER, POINTER, INTEGER, long=True)
close_page = bind("FPDF_ClosePage", None, POINTER)
page_rotation = bind("FPDFPage_GetRotation", INTEGER, POINTER)
load_text = bind("FPDFText_LoadPage", POINTER, POINTER, long=True)
close_text = bind("FPDFText_ClosePage", None, POINTER)
count_objects = bind("FPDFPage_CountObjects", INTEGER, POINTER)
count_in_form = bind("FPDFFormObj_CountObjects", INTEGER, POINTER)
get_in_form = bind("FPDFFormObj_GetObject", POINTER, POINTER, c.c_ulong)
type_of = bind("FPDFPageObj_GetType", INTEGER, POINTER)
render_mode = bind("FPDFTextObj_GetTextRenderMode", INTEGER, POINTER)
count_marks = bind("FPDFPageObj_CountMarks", INTEGER, POINTER)
get_mark = bind("FPDFPageObj_GetMark", POINTER, POINTER, c.c_ulong)
clip_of = bind("FPDFPageObj_GetClipPath", POINTER, POINTER)
count_clips = bind("FPDFClipPath_CountPaths", INTEGER, POINTER)
count_in_clip = bind("FPDFClipPath_CountPathSegments", INTEGER, POINTER, INTEGER)
get_in_clip = bind("FPDFClipPath_GetPathSegment", POINTER, POINTER, INTEGER, INTEGER)
count_segments = bind("FPDFPath_CountSegments", INTEGER, POINTER)
get_segment = bind("FPDFPath_GetPathSegment", POINTER, POINTER, INTEGER)
segment_type = bind("FPDFPathSegment_GetType", INTEGER, POINTER)
segment_closes = bind("FPDFPathSegment_GetClose", INTEGER, POINTER)
count_chars = bind("FPDFText_CountChars", INTEGER, POINTER)
is_hyphen = bind("FPDFText_IsHyphen", INTEGER, POINTER, INTEGER)
is_generated = bind("FPDFText_IsGenerated", INTEGER, POINTER, INTEGER)
_object = _bind_untyped("FPDFPage_GetObject", POINTER)
_owner = _bind_untyped("FPDFText_GetTextObject", POINTER)
_bounds = bind("FPDFPageObj_GetBounds", INTEGER, POINTER, POINTER, POINTER, POINTER, POINTER)
_matrix = bind("FPDFPageObj_GetMatrix", INTEGER, POINTER, POINTER)
_font = bind("FPDFTextObj_GetFont", POINTER, POINTER)
_font_name = bind("FPDFFont_GetBaseFontName", c.c_size_t, POINTER, POINTER, c.c_size_t)
_font_flags = bind("FPDFFont_GetFlags", INTEGER, POINTER)
_font_size = bind("FPDFTextObj_GetFontSize", INTEGER, POINTER, POINTER)
_fill_color = bind("FPDFPageObj_GetFillColor", INTEGER, POINTER, POINTER, POINTER, POINTER, POINTER)
_draw_mode = bind("FPDFPath_GetDrawMode", INTEGER, POINTER, POINTER, POINTER)
_page_box = bind("FPDF_GetPageBoundingBox", INTEGER, POINTER, POINTER)
_point = bind("FPDFPathSegment_GetPoint", INTEGER, POINTER, POINTER, POINTER)
_char_box = _bind_untyped("FPDFText_GetCharBox", INTEGER)
_unicode = bind("FPDFText_GetUnicode", c.c_uint, POINTER, INTEGER)
_page_text = bind("FPDFText_GetText", INTEGER, POINTER, INTEGER, INTEGER, POINTER)
_blob = bind("FPDFPageObjMark_GetParamBlobValue", INTEGER, POINTER, c.c_char_p, POINTER, c.c_ulong, POINTER)
form_type = bind("FPDF_GetFormType", INTEGER, POINTER)
count_attachments = bind("FPDFDoc_GetAttachmentCount", INTEGER, POINTER)
_attachment = bind("FPDFDoc_GetAttachment", POINTER, POINTER, INTEGER)
_attachment_name = bind("FPDFAttachment_GetName", c.c_ulong, POINTER, POINTER, c.c_ulong)
_mark_name = bind("FPDFPageObjMark_GetName", INTEGER, POINTER, POINTER, c.c_ulong, POINTER)


def attachment_name(document: int, index: int) -> str:
    """Return the file name of an attachment."""
    file = _attachment(document, index)
    size = min(int(_attachment_name(file, None, 0)), _MAX_ACTUAL_TEXT) if file else 0
    _attachment_name(file, _BUFFER_AT, size) if size else 0
    return cast(bytes, _BUFFER[: max(0, size - 2)]).decode("utf-16-le", "replace")


def objects_of(page: int) -> list[int]:
    """Return the handles of a page's objects in drawing order."""
    return list(map(_object, itertools.repeat(pointer(page)), range(count_objects(page))))


def bounds(objects: Sequence[int]) -> list[Quad]:
    """Return left, bottom, right and top of each object."""
    return _fetch_quads(_bounds, objects, c.c_float, "4f")[0]


def matrices(objects: Sequence[int]) -> list[tuple[float, float, float, float, float, float]]:
    """Return the six numbers of each object's matrix."""
    buffer = (c.c_float * (6 * len(objects)))()
    at = c.addressof(buffer)
    _exhaust(map(_matrix, objects, range(at, at + c.sizeof(buffer), 24)))
    return list(struct.iter_unpack("6f", buffer))


def font_sizes(objects: Sequence[int]) -> list[float]:
    """Return the font size of each text object before its matrix is applied."""
    buffer = (c.c_float * len(objects))()
    at = c.addressof(buffer)
    _exhaust(map(_font_size, objects, range(at, at + c.sizeof(buffer), 4)))
    return buffer[:]


def fonts(objects: Sequence[int]) -> list[int]:
    """Return the handle of each text object's font."""
    return list(map(_font, objects))


def is_bold(font: int) -> bool:
    """Return whether the name or the flags of a font say that its letters are bold."""
    size = min(int(_font_name(font, _BUFFER_AT, _MAX_ACTUAL_TEXT)), _MAX_ACTUAL_TEXT) if font else 0
    return bool(font and (_BOLD_NAME.search(_BUFFER.raw[:size]) or _font_flags(font) & _FORCED_BOLD))


def fill_colors(objects: Sequence[int]) -> list[tuple[int, int, int, int]]:
    """Return red, green, blue and alpha (0 to 255) of each object's fill; black if none is stated."""
    colors, known = _fetch_quads(_fill_color, objects, c.c_uint, "4I")
    if not all(known):
        colors = [color if fine else (*color[:3], 255) for color, fine in zip(colors, known, strict=True)]
    return colors


def _fetch_quads(
    function: Callable[..., int], objects: Sequence[int], kind: type[c.c_float] | type[c.c_uint], form: str
) -> tuple[list[Any], list[int]]:
    """Return the four 4-byte values that a function yields for each object, and the result codes."""
    buffer = (kind * (4 * len(objects)))()
    at = c.addressof(buffer)
    end = at + c.sizeof(buffer)
    places = [range(at + offset, end, 16) for offset in (0, 4, 8, 12)]
    results = list(map(function, objects, *places))
    return list(struct.iter_unpack(form, buffer)), results


def draw_mode(path: int) -> tuple[bool, bool]:
    """Return whether a path is filled and whether it is stroked."""
    if not _draw_mode(path, _PAIR_AT, _PAIR_AT + 4):
        return False, False
    return bool(_PAIR[0]), bool(_PAIR[1])


def page_box(page: int) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of the displayed part of the page, before rotation."""
    buffer = (c.c_float * 4)()
    _page_box(page, c.addressof(buffer))
    left, top, right, bottom = buffer[:]
    return left, min(top, bottom), right, max(top, bottom)


def point(segment: int) -> tuple[float, float]:
    """Return the end point of a path segment, in the path's units."""
    buffer = (c.c_float * 2)()
    at = c.addressof(buffer)
    _point(segment, at, at + 4)
    return buffer[0], buffer[1]


def char_box(text: Pointer, index: int) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of a character's ink, in page units."""
    if not _char_box(text, index, *_INK_AT):
        return 0.0, 0.0, 0.0, 0.0
    left, right, bottom, top = _INK
    return left, bottom, right, top


def owners(text: Pointer, start: int, end: int) -> list[int | None]:
    """Return the text object of each character in a range; None for line ends that PDFium inserts."""
    return list(map(_owner, itertools.repeat(text), range(start, end)))


def page_text(text: int, count: int) -> str:
    """Return the page's characters, exactly one code point for each of `count` characters.

    PDFium's special code for a hyphen at the end of a line or text object is restored to a hyphen; a
    character without a code point becomes U+FFFD.
    """
    chars = _utf16(text, count) or "".join(map(chr, (min(_unicode(text, i), 0x10FFFF) for i in range(count))))
    if not _OWN_CODES.search(chars):
        return chars
    return _OWN_CODES.sub(lambda match: "-" if is_hyphen(text, match.start()) == 1 else "\ufffd", chars)


def _utf16(text: int, count: int) -> str | None:
    """Return the characters fetched in one call, or None if the result does not match `count`."""
    buffer = (c.c_uint16 * (count + 2))()
    written = int(_page_text(text, 0, count, c.addressof(buffer))) - 1
    chars = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace") if written == count else ""
    return chars if len(chars) == count else None


def is_layer(mark: int) -> bool:
    """Return whether a mark assigns an object to a layer (optional content)."""
    if not _mark_name(mark, _BUFFER_AT, 6, _LENGTH_AT):
        return False
    return _LENGTH.value == 6 and cast(bytes, _BUFFER[:4]) == b"O\0C\0"


def actual_text(mark: int) -> str | None:
    """Return the /ActualText of a mark, or None if it has none.

    PDFium returns such strings as if they were UTF-8, so the raw bytes are decoded here (ISO 32000-1,
    7.9.2.2).
    """
    if (
        not _blob(mark, b"ActualText", _BUFFER_AT, _MAX_ACTUAL_TEXT, _LENGTH_AT)
        or _LENGTH.value > _MAX_ACTUAL_TEXT
    ):
        return None
    data = cast(bytes, _BUFFER[: _LENGTH.value])
    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        text = data.decode("utf-16", "replace")
    elif data.startswith(b"\xef\xbb\xbf"):
        text = data[3:].decode("utf-8", "replace")
    else:
        return data.decode("latin-1")
    return _LANGUAGE.sub("", text) if "\x1b" in text else text
