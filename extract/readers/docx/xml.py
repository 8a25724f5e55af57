"""The XML of WordprocessingML: element names, and a parser for untrusted input."""

from __future__ import annotations

import re

from lxml import etree

from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.problem_codes import ProblemCode

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix that every file uses

_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W,
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R,
    b"http://purl.oclc.org/ooxml/officeDocument/math": M,
    b"http://purl.oclc.org/ooxml/drawingml/main": A,
    b"http://purl.oclc.org/ooxml/drawingml/chart": C,
    b"http://purl.oclc.org/ooxml/drawingml/diagram": DGM,
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": WP,
    b"http://purl.oclc.org/ooxml/drawingml/picture": PIC,
}
"""ISO/IEC 29500 Strict uses other namespaces for the same elements (Part 1 compared with Part 4)."""
_INTEGER = re.compile(r"\s*([+-]?\d{1,9})(?:\.\d*)?\s*\Z", re.ASCII)


def parse_xml(data: bytes, name: str) -> Element:
    """Return the root of a part; strict namespaces become the transitional ones.

    Raises UnreadableFileError (`damaged`) for invalid XML, for more than 256 nested elements, and for a
    document type declaration: no word processor writes one, and XML attacks use its entities.
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _damaged_part(name, "it declares a document type, which no word processor writes")
    if b"http://purl.oclc.org/ooxml/" in data:
        for strict, transitional in _STRICT.items():
            for quote in (b'"', b"'"):
                data = data.replace(quote + strict + quote, quote + transitional[1:-1].encode() + quote)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged_part(name, str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise _damaged_part(name, "it declares a document type, which no word processor writes")
    return root


def _damaged_part(name: str, why: str) -> UnreadableFileError:
    return UnreadableFileError(
        ProblemCode.DAMAGED,
        f"The part {name} of this Word file cannot be read: {why}. "
        "Open the file in Word, save it again as .docx, and try once more.",
    )


def value(element: Element | None, name: str = "val") -> str | None:
    """Return the attribute `w:name` of an element that may be None.

    >>> value(parse_xml(b'<w:i xmlns:w="%s" w:val="7"/>' % W[1:-1].encode(), "x"))
    '7'
    """
    return None if element is None else element.get(W + name)


def child_value(element: Element | None, child: str, name: str = "val") -> str | None:
    """Return the attribute `w:name` of the child `w:child`, or None if either is missing."""
    return None if element is None else value(element.find(W + child), name)


def integer(text: str | None, default: int | None = None) -> int | None:
    """Return the number in an attribute, or `default` for a missing or invalid one.

    >>> integer("12"), integer("1.0"), integer("9" * 5000), integer("x", 1)
    (12, 1, None, 1)
    """
    match = _INTEGER.match(text) if text else None
    return int(match[1]) if match else default


def switched_on(element: Element | None) -> bool | None:
    """Return whether an on/off property is on, or None if it is not stated."""
    if element is None:
        return None
    return (value(element) or "true").lower() not in {"0", "false", "off", "none"}
