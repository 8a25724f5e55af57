"""Form fields and annotations of a PDF page: text that is displayed over the page but is not part of its content.

Source: ISO 32000-1, 12.5 (annotations) and 12.7 (interactive forms).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape
from io import BytesIO
from itertools import islice
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral, literal_name

from thaita.extract.readers.page.content import Glyph, PageContent
from thaita.extract.readers.page.matrix import Matrix, apply_box, compose, shown, turned
from thaita.extract.readers.pdf.pdfminer_drawing import decode_text_string
from thaita.models.document import Box
from thaita.models.flags import Flag

_MAX_ANNOTATIONS = 2_000
"""Maximum number of annotations read from one page."""

_MAX_PAGES = 2_000
"""Maximum number of pages whose annotations are read."""

_MAX_STAMPS = 50
"""Maximum number of stamps on a page whose appearance stream is read."""

_MAX_PARENTS = 20
"""Maximum number of ancestors of a field that are searched for inherited values."""

_HIDDEN = 2 | 32
"""Annotation flags that hide it in every viewer: Hidden and NoView."""

_PUSH_BUTTON, _PASSWORD, _MULTILINE = 1 << 16, 1 << 13, 1 << 12
_DEFAULT_SIZE = 12.0
"""Type size in points if neither the field nor its height states one."""

_LETTER_WIDTH = 0.5
"""Average letter width in ems, used to estimate the extent of typed text."""

_LINE_SPACING = 1.2
"""Line spacing in ems."""

_SIZE = re.compile(rb"([\d.]+)\s+Tf")
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"\r\n|\r|\n|</p>|<br\s*/?>")
_OFF = "Off"

Entry = dict[Any, Any]


@dataclass(frozen=True)
class Overlays:
    """The form fields and annotations of one PDF, page by page."""

    data: bytes
    password: str | None

    @cached_property
    def _pages(self) -> list[PDFPage]:
        pages: list[PDFPage] = []
        with suppress(
            Exception
        ):  # pdfminer raises many kinds; pages that it does not reach are said to be unread
            document = PDFDocument(PDFParser(BytesIO(self.data)), self.password or "")
            pages += islice(PDFPage.create_pages(document), _MAX_PAGES)
        return pages

    def add_to(self, content: PageContent) -> PageContent:
        """Return the page with the text of its form fields and annotations as glyphs.

        Form fields carry the flag `form_field`, typed and stamped text `annotation`, and review notes
        `comment`. Anything that cannot be read is listed in the page's problems.
        """
        glyphs = list(content.glyphs)
        try:
            page = self._pages[content.number - 1]
            overlay = _PageAnnotations(page, content.turn)
            for entry in overlay.entries():
                for glyph in overlay.glyphs(entry):
                    glyph.order = len(glyphs)
                    glyphs.append(glyph)
        except Exception as error:  # pdfminer raises many kinds, and the page itself was read
            lost = f"Its form fields and annotations cannot be read ({type(error).__name__})."
            return replace(content, problems=(*content.problems, lost))
        return replace(content, glyphs=tuple(glyphs))


def has_annotations(page: PDFPage) -> bool:
    """Return whether a page has form fields, or annotations other than links."""
    listed = resolve1(page.annots)
    entries = map(resolve1, listed[:_MAX_ANNOTATIONS] if isinstance(listed, list) else ())
    return any(isinstance(one, dict) and _name(one.get("Subtype")) != "Link" for one in entries)


class _PageAnnotations:
    """Reads the form fields and annotations of one page."""

    def __init__(self, page: PDFPage, turn: int) -> None:
        self.page = page
        self.stamps = 0
        left, bottom, right, top = _page_box(page)
        quarters = int(page.rotate // 90)
        size = (right - left, top - bottom) if quarters % 2 == 0 else (top - bottom, right - left)
        self.matrix: Matrix = compose(shown((left, bottom, right, top), quarters), turned(*size, turn))

    def entries(self) -> Iterator[Entry]:
        """Yield the annotations that a viewer displays."""
        listed = resolve1(self.page.annots)
        for one in listed[:_MAX_ANNOTATIONS] if isinstance(listed, list) else ():
            entry = resolve1(one)
            if isinstance(entry, dict) and not _number(entry.get("F")) & _HIDDEN:
                yield entry

    def glyphs(self, entry: Entry) -> Iterator[Glyph]:
        """Yield the text of an annotation as glyphs."""
        kind = _name(entry.get("Subtype"))
        if kind == "Widget":
            yield from self._field_glyphs(entry)
        elif kind == "FreeText":
            text = _string(entry.get("Contents")) or _TAG.sub("", unescape(_string(entry.get("RC"))))
            yield from self._lines(entry, text, Flag.ANNOTATION, top=True)
        elif kind == "Stamp":
            self.stamps += 1
            drawn = list(self._stamp_glyphs(entry)) if self.stamps <= _MAX_STAMPS else []
            yield from drawn or self._lines(entry, _string(entry.get("Contents")), Flag.ANNOTATION, top=True)
        elif kind not in ("Link", "Popup"):
            text = " ".join(_string(entry.get("Contents")).split())
            if text:
                yield Glyph(text, self._box(entry), _DEFAULT_SIZE, 0, flag=Flag.COMMENT)

    def _box(self, entry: Entry) -> Box:
        rect = [float(resolve1(side)) for side in resolve1(entry["Rect"])]
        return Box(*apply_box(self.matrix, rect))

    def _field_glyphs(self, entry: Entry) -> Iterator[Glyph]:
        kind, flags = _name(_inherited_value(entry, "FT")), _number(_inherited_value(entry, "Ff"))
        value = _inherited_value(entry, "V")
        if kind == "Btn" and not flags & _PUSH_BUTTON:
            box = self._box(entry)
            size = min(box.bottom - box.top, _DEFAULT_SIZE)
            sign = "☑" if _is_on(entry, value) else "☐"
            yield self._glyph(sign, box.x0, (box.top + box.bottom) / 2 - size / 2, size, Flag.FORM_FIELD)
        elif kind == "Tx" and not flags & _PASSWORD:
            yield from self._lines(entry, _string(value), Flag.FORM_FIELD, top=bool(flags & _MULTILINE))
        elif kind == "Ch":
            chosen = value if isinstance(value, list) else [value]
            labels = dict(_options(_inherited_value(entry, "Opt")))
            said = [_string(one) for one in chosen]
            yield from self._lines(
                entry, "\n".join(labels.get(one, one) for one in said), Flag.FORM_FIELD, top=False
            )

    def _lines(self, entry: Entry, text: str, flag: str, *, top: bool) -> Iterator[Glyph]:
        """Yield text line by line inside the annotation's box, from its top or centered vertically."""
        lines = [" ".join(line.split()) for line in _BREAK.split(text)]
        if not any(lines):
            return
        box = self._box(entry)
        size = _type_size(entry) or min(_DEFAULT_SIZE, (box.bottom - box.top) / len(lines) / _LINE_SPACING)
        pitch = min(_LINE_SPACING * size, (box.bottom - box.top) / len(lines))
        y = box.top + min(2.0, pitch / 4) if top else (box.top + box.bottom - pitch * len(lines)) / 2
        for i, line in enumerate(lines):
            if line:
                glyph = self._glyph(line, box.x0 + 2, y + i * pitch + (pitch - size) / 2, size, flag)
                right = max(min(glyph.box.x1, box.x1), glyph.box.x0 + 1)
                yield replace(glyph, box=glyph.box._replace(x1=right))

    def _glyph(self, text: str, x: float, y: float, size: float, flag: str) -> Glyph:
        return Glyph(text, Box(x, y, x + _LETTER_WIDTH * size * len(text), y + size), size, 0, flag=flag)

    def _stamp_glyphs(self, entry: Entry) -> Iterator[Glyph]:
        """Yield the text that the appearance stream of a stamp draws."""
        stream = resolve1((resolve1(entry.get("AP")) or {}).get("N"))
        if not isinstance(stream, PDFStream):
            return
        from thaita.extract.readers.pdf.pdfminer_pages import drawn_text

        own = tuple(float(resolve1(n)) for n in resolve1(stream.get("Matrix")) or (1, 0, 0, 1, 0, 0))
        box = [float(resolve1(side)) for side in resolve1(stream.get("BBox"))]
        left, low, right, high = apply_box(own, box)  # type: ignore[arg-type]
        x0, y0, x1, y1 = (float(resolve1(side)) for side in resolve1(entry["Rect"]))
        across, up = (x1 - x0) / ((right - left) or 1), (y1 - y0) / ((high - low) or 1)
        fit: Matrix = (across, 0, 0, up, x0 - across * left, y0 - up * low)
        to_page = compose(own, fit)
        for text, (a, b, c, d), size in drawn_text(self.page, stream, to_page):
            place = Box(*apply_box(self.matrix, (a, b, c, d)))
            yield Glyph(text, place, size, 0, flag=Flag.ANNOTATION)


def _page_box(page: PDFPage) -> tuple[float, float, float, float]:
    """Return the displayed part of a page, computed as both engines do."""
    boxes = []
    for a, b, c, d in (page.mediabox, page.cropbox):
        boxes.append((min(a, c), min(b, d), max(a, c), max(b, d)))
    (x0, y0, x1, y1), crop = boxes
    both = max(x0, crop[0]), max(y0, crop[1]), min(x1, crop[2]), min(y1, crop[3])
    return both if both[0] < both[2] and both[1] < both[3] else (x0, y0, x1, y1)


def _inherited_value(entry: Entry, key: str) -> Any:  # noqa: ANN401 (any object of a PDF)
    """Return a field's value for a key, or that of its nearest ancestor that has one."""
    field: Any = entry
    for _ in range(_MAX_PARENTS):
        if not isinstance(field, dict):
            return None
        if key in field:
            return resolve1(field[key])
        field = resolve1(field.get("Parent"))
    return None


def _is_on(entry: Entry, value: object) -> bool:
    """Return whether a check box or radio button is set, by its state or else by the value of its field."""
    state = _name(entry.get("AS"))
    if state:
        return state != _OFF
    drawn = resolve1((resolve1(entry.get("AP")) or {}).get("N"))
    chosen = _name(value)
    return chosen not in ("", _OFF) and (not isinstance(drawn, dict) or chosen in drawn)


def _options(listed: object) -> Iterator[tuple[str, str]]:
    """Yield the value and the label of each choice that has both."""
    for one in listed if isinstance(listed, list) else ():
        pair = resolve1(one)
        if isinstance(pair, list) and len(pair) == 2:
            yield _string(pair[0]), _string(pair[1])


def _type_size(entry: Entry) -> float:
    style = _inherited_value(entry, "DA")
    found = _SIZE.search(style) if isinstance(style, bytes) else None
    return float(found[1]) if found else 0.0


def _string(value: object) -> str:
    said = resolve1(value)
    if isinstance(said, PDFStream):
        said = said.get_data()
    return decode_text_string(said) or ""


def _name(value: object) -> str:
    said = resolve1(value)
    return str(literal_name(said)) if isinstance(said, PSLiteral) else ""


def _number(value: object) -> int:
    said = resolve1(value)
    return int(said) if isinstance(said, int | float) else 0
