"""Ruling lines and filled areas of a page, from the lines, rectangles and curves that pdfplumber finds."""

from __future__ import annotations

from typing import Any

from pdfplumber.page import Page
from pdfplumber.utils.geometry import obj_to_edges

from thaita.extract.readers.page.content import Rule
from thaita.extract.readers.page.drawn_bullets import may_be_bullet
from thaita.extract.readers.pdf.dashed_rules import MAX_DASH, join_dashes
from thaita.extract.readers.pdf.rounded_frames import Step, frame_rules
from thaita.models.document import Box

THIN = 4.0
"""Maximum thickness in points of a rectangle that is a line: borders of Word and Chromium are 0.5 to 3
thick."""
LEVEL = 0.5
"""Maximum rise in points of a horizontal line: less than the thickness of a border."""
SHORTEST = 3.0
"""Minimum length in points of a ruling line; shorter ones are dots, joints or strokes of drawn letters."""
Drawn = dict[str, Any]
"""An object of a page as pdfplumber describes it."""


def page_rules(page: Page) -> tuple[Rule, ...]:
    """Return the horizontal and vertical lines of a page, in drawing order.

    A rectangle up to `THIN` points thick is one line along its middle. A larger one contributes its four
    edges if they are stroked; a shaded area alone is not a frame. Rows of dots and dashes are one line.
    Slanted lines and curves are ignored.
    """
    rules: dict[Rule, None] = {}
    marks: list[Drawn] = []
    for drawn in (*page.lines, *page.rects, *page.curves):
        if _is_mark(drawn):
            marks.append(drawn)
        else:
            rules |= dict.fromkeys(_rules(drawn))
    places = {(mark["x0"], mark["top"], mark["x1"], mark["bottom"]): mark for mark in marks}
    joined, single = join_dashes(list(places))
    return tuple(rules | dict.fromkeys([*joined, *(rule for one in single for rule in _rules(places[one]))]))


def page_fills(page: Page) -> tuple[Box, ...]:
    """Return the boxes of areas filled with a color other than white."""
    return tuple(
        Box(drawn["x0"], drawn["top"], drawn["x1"], drawn["bottom"])
        for drawn in (*page.rects, *page.curves)
        if drawn["fill"]
        and min(drawn["x1"] - drawn["x0"], drawn["bottom"] - drawn["top"]) > THIN
        and not _is_white(drawn.get("non_stroking_color"))
    )


def page_bullets(page: Page) -> tuple[Box, ...]:
    """Return the boxes of the shapes that may be bullets."""
    shapes = (
        Box(drawn["x0"], drawn["top"], drawn["x1"], drawn["bottom"])
        for drawn in (*page.rects, *page.curves)
        if drawn["stroke"] or (drawn["fill"] and not _is_white(drawn.get("non_stroking_color")))
    )
    return tuple(box for box in shapes if may_be_bullet(box.x0, box.top, box.x1, box.bottom))


def _is_white(color: object) -> bool:
    """Return whether a color is white: 1 in gray or RGB, 0 in CMYK. A pattern is not white."""
    if not isinstance(color, tuple) or not all(isinstance(part, int | float) for part in color):
        return False
    return all(part < 0.005 for part in color) if len(color) == 4 else all(part > 0.995 for part in color)


def _is_mark(drawn: Drawn) -> bool:
    """Return whether a shape is painted and small enough to be a dot or dash."""
    wide, high = drawn["x1"] - drawn["x0"], drawn["bottom"] - drawn["top"]
    return min(wide, high) <= THIN and max(wide, high) <= MAX_DASH and bool(drawn["stroke"] or drawn["fill"])


def _rules(drawn: Drawn) -> list[Rule]:
    wide, high = drawn["x1"] - drawn["x0"], drawn["bottom"] - drawn["top"]
    if drawn["object_type"] == "line":
        return _center_line(drawn) if min(wide, high) <= LEVEL else []
    if not (drawn["stroke"] or drawn["fill"]):
        return []
    if min(wide, high) <= THIN and drawn["object_type"] == "rect":
        return _center_line(drawn) if max(wide, high) > 1.5 * min(wide, high) else []
    if not drawn["stroke"]:
        return []
    edges = obj_to_edges(drawn)
    if drawn["object_type"] == "curve":
        edges = [edge for edge, step in zip(edges, drawn["path"][1:], strict=False) if step[0] in {"l", "h"}]
        frame = frame_rules(drawn["pts"], [_edge_step(edge) for edge in edges])
        if frame:
            return frame
    level = (edge for edge in edges if min(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]) <= LEVEL)
    return [rule for edge in level for rule in _center_line(edge)]


def _edge_step(edge: Drawn) -> Step:
    return (edge["x0"], edge["top"]), (edge["x1"], edge["bottom"])


def _center_line(thin: Drawn) -> list[Rule]:
    """Return a thin shape as a line without thickness, if it is long enough."""
    wide, high = thin["x1"] - thin["x0"], thin["bottom"] - thin["top"]
    if max(wide, high) < SHORTEST:
        return []
    if wide >= high:
        y = (thin["top"] + thin["bottom"]) / 2
        return [Rule(thin["x0"], y, thin["x1"], y)]
    x = (thin["x0"] + thin["x1"]) / 2
    return [Rule(x, thin["top"], x, thin["bottom"])]
