"""Tick boxes on a page image: small squares of four full strokes, empty or ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from thaita.extract.readers.ocr.recognizer import OcrWord
from thaita.models.document import Box

_SIDE_RANGE = (0.07, 0.28)
"""Range of a box's side in inches."""
_MIN_SQUARENESS = 0.75
"""Minimum ratio of the shorter side to the longer one."""
_MAX_STROKE_DISTANCE = 0.14
"""Maximum distance of a stroke from the edge, as a share of a side."""
_MIN_STROKE_SHARE = 0.93
"""Minimum share of a side that its stroke covers: letters such as ก and ๐ have open or round sides."""
_INSIDE = 0.24
_MIN_TICK_INK = 0.05
"""Minimum share of ink inside a ticked box."""
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class TickBox:
    """A tick box: its box in pixels, and whether it is ticked."""

    box: Box
    ticked: bool


def find_tick_boxes(gray: np.ndarray, dpi: float) -> list[TickBox]:
    """Return the tick boxes of a page image without ruling lines (uint8, dark on white), from top to bottom."""
    if gray.size == 0:
        return []
    _, ink = cv2.threshold(gray, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found = []
    for i, (x, y, width, height, _) in enumerate(stats[1:], 1):
        longer, shorter = max(width, height), min(width, height)
        if not _SIDE_RANGE[0] * dpi <= longer <= _SIDE_RANGE[1] * dpi or shorter < _MIN_SQUARENESS * longer:
            continue
        spot = (labels[y : y + height, x : x + width] == i).astype(np.uint8)
        if _is_framed(spot):
            inside = _inside(ink[y : y + height, x : x + width])
            ticked = bool(inside.size and inside.mean() > _MIN_TICK_INK)
            found.append(TickBox(Box(float(x), float(y), float(x + width), float(y + height)), ticked))
    return sorted(found, key=lambda one: (one.box.top, one.box.x0))


def _is_framed(spot: np.ndarray) -> bool:
    """Return whether straight strokes run along all four sides of a spot of ink."""
    height, width = spot.shape
    deep, wide = max(2, round(_MAX_STROKE_DISTANCE * height)), max(2, round(_MAX_STROKE_DISTANCE * width))
    sides = (spot[:deep].max(0), spot[-deep:].max(0), spot[:, :wide].max(1), spot[:, -wide:].max(1))
    if min(side.mean() for side in sides) < _MIN_STROKE_SHARE:
        return False
    return bool(_inside(spot).mean() < 0.5)  # a black block is not a frame


def _inside(spot: np.ndarray) -> np.ndarray:
    height, width = spot.shape
    down, right = round(_INSIDE * height), round(_INSIDE * width)
    return spot[down : height - down, right : width - right]


def without_tick_boxes(gray: np.ndarray, boxes: Sequence[TickBox]) -> np.ndarray:
    """Return the image with the boxes painted white, so that they are not read as letters."""
    clean = gray.copy()
    for one in boxes:
        x0, top, x1, bottom = (round(edge) for edge in one.box)
        clean[max(0, top - 2) : bottom + 2, max(0, x0 - 2) : x1 + 2] = 255
    return clean


def with_tick_boxes(words: list[OcrWord], boxes: Sequence[TickBox]) -> list[OcrWord]:
    """Return the words, with ☐ or ☑ before each word that follows a tick box."""
    found = list(words)
    for one in boxes:
        middle = (one.box.top + one.box.bottom) / 2
        beside = [
            i
            for i, word in enumerate(found)
            if (word.band or (word.box.top, word.box.bottom))[0] <= middle <= (word.band or word.box[1::2])[1]
            and word.box.x0 >= one.box.x0
        ]
        sign = "☑" if one.ticked else "☐"
        if beside:
            at = min(beside, key=lambda i: found[i].box.x0)
            next_ = found[at]
            found.insert(at, OcrWord(sign, one.box, _SURE, next_.line, next_.band, next_.body))
        else:
            found.append(OcrWord(sign, one.box, _SURE, max((w.line for w in found), default=0) + 1))
    return found
