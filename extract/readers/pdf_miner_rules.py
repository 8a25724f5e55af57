"""Ruling lines of a page, from the lines, rectangles and curves that pdfplumber finds on it."""

from __future__ import annotations

from typing import Any

from pdfplumber.page import Page
from pdfplumber.utils.geometry import obj_to_edges

from thaita.extract.readers.pdf_page import Rule

THIN = 3.0
"""Points up to which a rectangle is a line: Word's and Chromium's borders are 0.5 to 2.25 wide."""
LEVEL = 0.5
"""Points by which a line may rise and still be horizontal: less than a border is wide."""
Drawn = dict[str, Any]
"""An object of a page as pdfplumber describes it."""


def page_rules(page: Page) -> tuple[Rule, ...]:
    """Return the horizontal and vertical lines of a page, in the order in which they are drawn.

    A rectangle up to `THIN` points thick is one line, the middle of it; a larger one gives its four edges,
    unless it is filled with white and has no border (what a browser draws below a page). Slanting lines
    and the bows of curves are no rules.
    """
    rules: dict[Rule, None] = {}
    for drawn in (*page.lines, *page.rects, *page.curves):
        for rule in _rules(drawn):
            rules[rule] = None
    return tuple(rules)


def _rules(drawn: Drawn) -> list[Rule]:
    if not (drawn["stroke"] or drawn["fill"]):
        return []
    wide, high = drawn["x1"] - drawn["x0"], drawn["bottom"] - drawn["top"]
    if min(wide, high) <= THIN and drawn["object_type"] != "curve":
        return _middle(drawn, wide, high)
    if drawn["object_type"] == "line" or (drawn["object_type"] == "rect" and _is_paper(drawn)):
        return []
    edges = obj_to_edges(drawn)
    if drawn["object_type"] == "curve":
        edges = [edge for edge, step in zip(edges, drawn["path"][1:], strict=False) if step[0] in {"l", "h"}]
    return [rule for edge in edges for rule in _level(edge)]


def _middle(drawn: Drawn, wide: float, high: float) -> list[Rule]:
    """Return a thin thing as one line without thickness; a dot is none."""
    if drawn["object_type"] == "line" and min(wide, high) > LEVEL:
        return []
    if max(wide, high) <= THIN and drawn["object_type"] == "rect":
        return []
    if wide >= high:
        y = (drawn["top"] + drawn["bottom"]) / 2
        return [Rule(drawn["x0"], y, drawn["x1"], y)] if wide > 0 else []
    x = (drawn["x0"] + drawn["x1"]) / 2
    return [Rule(x, drawn["top"], x, drawn["bottom"])]


def _level(edge: Drawn) -> list[Rule]:
    wide, high = edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]
    if min(wide, high) > LEVEL or max(wide, high) <= 0:
        return []
    return [Rule(edge["x0"], edge["top"], edge["x1"], edge["bottom"])]


def _is_paper(drawn: Drawn) -> bool:
    """Return whether a rectangle is white without a border."""
    colour = drawn.get("non_stroking_color")
    parts = colour if isinstance(colour, tuple) else (colour,)
    white = (0.0,) if len(parts) == 4 else (1.0,)
    return not drawn["stroke"] and all(part in white for part in parts)
