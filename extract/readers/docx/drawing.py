"""Text inside drawings of a Word file: text boxes, WordArt, charts and diagrams; large pictures are counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from thaita.extract.readers.blocks import Draft, ParagraphDraft
from thaita.extract.readers.docx.omissions import Omissions
from thaita.extract.readers.docx.xml import DGM, WP, A, C, Element, O, R, V, W, integer

_CENTIMETER = 360_000
"""English metric units per centimeter (ECMA-376 Part 1, 20.1.2.1)."""
_MIN_SIZE = (5 * _CENTIMETER, 3 * _CENTIMETER)
"""Minimum width and height of a picture that may show a table or scores rather than a seal."""
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "pc": 12.0}
_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]{1,12})\s*(pt|in|cm|mm|px|pc)?", re.IGNORECASE)
_NOT_ENTERED = frozenset((W + "rPr", WP + "docPr", A + "themeOverride"))

LinkResolver = Callable[[str], Element | None]
"""Returns the root element of the part that a relationship id refers to."""


def read_drawing(
    drawing: Element, read_box: Callable[[Element], list[Draft]], linked: LinkResolver, omissions: Omissions
) -> list[Draft]:
    """Return the text that a `w:drawing`, `w:pict` or `w:object` displays, in XML order.

    `read_box` reads the content of a text box. Large pictures and embedded objects are counted in
    `omissions`.
    """
    drafts: list[Draft] = []
    for element in _readable_elements(drawing):
        if element.tag == W + "txbxContent":
            drafts += read_box(element)
        elif element.tag == A + "p":
            drafts += _lines([_text(element, A + "t")])
        elif element.tag == V + "textpath":
            drafts += _lines([element.get("string") or ""])
        elif element.tag == C + "chart":
            drafts += _lines(_chart(linked(element.get(R + "id") or "")))
        elif element.tag == DGM + "relIds":
            drafts += _lines(_diagram(linked(element.get(R + "dm") or "")))
        elif element.tag == A + "blip":
            omissions.pictures += _is_large(element, drawing)
        elif element.tag == V + "imagedata":
            omissions.pictures += _is_large_shape(element)
        elif element.tag == O + "OLEObject":
            omissions.objects += 1
    return drafts


_LEAVES = frozenset(
    (W + "txbxContent", A + "p", V + "textpath", C + "chart", DGM + "relIds", A + "blip", V + "imagedata")
) | {O + "OLEObject"}


def _readable_elements(element: Element) -> Iterator[Element]:
    """Yield the elements that are read as a whole, in order; a nested text box belongs to the outer one."""
    for child in element:
        if child.tag in _LEAVES:
            yield child
        elif child.tag not in _NOT_ENTERED:
            yield from _readable_elements(child)


def _lines(texts: Iterable[str]) -> list[Draft]:
    return [ParagraphDraft([text], "box") for text in texts if text.strip()]


def _text(element: Element, tag: str) -> str:
    return " ".join("".join(part.text or "" for part in element.iter(tag)).split())


def _is_large(blip: Element, drawing: Element) -> bool:
    extent = next(drawing.iter(WP + "extent"), None)
    if extent is None:
        return False
    if next(blip.iterancestors(A + "ln", A + "fontRef", A + "buBlip"), None) is not None:
        return False
    size = integer(extent.get("cx"), 0) or 0, integer(extent.get("cy"), 0) or 0
    return size[0] >= _MIN_SIZE[0] and size[1] >= _MIN_SIZE[1]


def _is_large_shape(image: Element) -> bool:
    shape = image.getparent()
    style = "" if shape is None else shape.get("style") or ""
    size = {"width": 0.0, "height": 0.0}
    for name, number, unit in _SIZE.findall(style[:2000]):
        try:
            size[name.lower()] = float(number) * _POINTS[(unit or "pt").lower()] / 72 * 2.54 * _CENTIMETER
        except ValueError:
            continue
    return size["width"] >= _MIN_SIZE[0] and size["height"] >= _MIN_SIZE[1]


def _diagram(root: Element | None) -> Iterator[str]:
    """Yield the texts of a SmartArt diagram, one for each shape."""
    if root is not None:
        for paragraph in root.iter(A + "p"):
            yield _text(paragraph, A + "t")


def _chart(root: Element | None) -> Iterator[str]:
    """Yield a chart's titles, then for each series its name and a line for each category with its value.

    The values are those that the chart caches from its sheet; they can have more decimals than displayed.
    """
    if root is None:
        return
    for title in root.iter(C + "title"):
        yield _text(title, A + "t") or _text(title, C + "v")
    for series in root.iter(C + "ser"):
        name = series.find(C + "tx")
        yield "" if name is None else _text(name, C + "v")
        categories = _points(series, C + "cat", C + "xVal")
        for place, value in _points(series, C + "val", C + "yVal").items():
            yield f"{categories.get(place, '')} {value}".strip()


def _points(series: Element, *tags: str) -> dict[str, str]:
    """Return the cached values on a chart's axis by their index."""
    axis = next((found for tag in tags if (found := series.find(tag)) is not None), None)
    if axis is None:
        return {}
    shares = any("%" in (code.text or "") for code in axis.iter(C + "formatCode"))
    points: dict[str, str] = {}
    for point in axis.iter(C + "pt"):
        text = " ".join((point.findtext(C + "v") or "").split())
        points.setdefault(point.get("idx") or "", _displayed_number(text, shares))
    return points


def _displayed_number(text: str, share: bool) -> str:
    """Return a number without binary rounding noise, as a percentage if its format is one.

    >>> _displayed_number("92.310000000000002", False), _displayed_number("0.9231", True), _displayed_number("IIT", False)
    ('92.31', '92.31%', 'IIT')
    """
    try:
        number = float(text)
    except ValueError:
        return text
    if number in (float("inf"), float("-inf")) or number != number:
        return text
    return f"{number * 100:.10g}%" if share else f"{number:.10g}"
