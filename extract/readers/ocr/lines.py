"""Lines of text in a page image: which spots of ink belong to one line, with the marks above and below it.

Programs that part lines by white rows alone take rows of Thai marks for lines of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from thaita.models.document import Box

Image = np.ndarray

_SPECK = 0.025
"""Inches: a spot that is smaller both ways than half of this is dust."""

_LETTER = (0.035, 0.30)
"""Inches: letters' bodies are between so high; type of 8 to 40 points."""

_SAME = 0.5
"""Share of the lower of two spots that must lie beside the other for both to stand on one line."""

_REACH = 1.1
"""Heights of a letter's body: marks stand so far above or below a line at most."""

_ABOVE, _BELOW = 0.8, 0.5
"""Heights of a letter's body that marks take above and below it."""

_GAP = 2.6
"""Heights of a letter's body: a wider gap parts a line into pieces, such as two columns."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A piece of a line: its box in pixels, the height of its letters' bodies, and its ink alone.

    `band` are the edges of the whole line, its marks included, the same for all of its pieces. `image` is
    grayscale, dark on white, with all that belongs to other lines painted white.
    """

    box: Box
    body: float
    band: tuple[float, float]
    image: Image


@dataclass(slots=True)
class _Row:
    top: float
    bottom: float
    spots: list[int]


def find_lines(gray: Image, dpi: float) -> list[TextLine]:
    """Return the pieces of lines in an image without ruling lines, from top to bottom, left to right.

    `gray` is uint8, dark on white; `dpi` dots an inch. An image without letters has none.
    """
    if gray.size == 0:
        return []
    _, ink = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    boxes = stats[:, :4].astype(float)
    heights, widths = boxes[:, 3], boxes[:, 2]
    small = _SPECK * dpi / 2
    kept = [i for i in range(1, len(boxes)) if heights[i] >= small or widths[i] >= small]
    bodies = [
        i for i in kept if _LETTER[0] * dpi <= heights[i] <= _LETTER[1] * dpi and widths[i] <= 0.6 * dpi
    ]
    if not bodies:
        return []
    rows, letters = _rows(boxes, bodies), set(bodies)
    _add_marks(rows, boxes, [i for i in kept if i not in letters])
    lines = [line for row in rows for line in _pieces(row, boxes, gray, labels)]
    return sorted(lines, key=lambda line: (line.box.top + line.box.bottom, line.box.x0))


def _rows(boxes: Image, bodies: list[int]) -> list[_Row]:
    """Return rows of spots that stand beside each other; the tallest of a line's letters come first."""
    usual = float(np.median(boxes[bodies, 3]))
    rows: list[_Row] = []
    high = [i for i in bodies if boxes[i, 3] >= 0.7 * usual]
    for i in sorted(high, key=lambda i: boxes[i, 1] + boxes[i, 3] / 2):
        top, bottom = boxes[i, 1], boxes[i, 1] + boxes[i, 3]
        for row in reversed(rows[-4:]):
            shared = min(bottom, row.bottom) - max(top, row.top)
            if shared >= _SAME * min(bottom - top, row.bottom - row.top):
                row.spots.append(i)
                _settle(row, boxes)
                break
        else:
            rows.append(_Row(top, bottom, [i]))
    low = set(bodies) - set(high)
    _add_marks(rows, boxes, sorted(low))
    return rows


def _settle(row: _Row, boxes: Image) -> None:
    """Let a row's band be that of its usual letters, so that one with a long tail does not widen it."""
    row.top = float(np.median(boxes[row.spots, 1]))
    row.bottom = float(np.median(boxes[row.spots, 1] + boxes[row.spots, 3]))


def _add_marks(rows: list[_Row], boxes: Image, marks: list[int]) -> None:
    """Give each mark to the row whose band is nearest to it, where one is near enough."""
    if not rows:
        return
    tops = np.array([row.top for row in rows])
    bottoms = np.array([row.bottom for row in rows])
    for i in marks:
        top, bottom = boxes[i, 1], boxes[i, 1] + boxes[i, 3]
        away = np.maximum(np.maximum(tops - bottom, top - bottoms), 0)
        nearest = int(np.argmin(away))
        row = rows[nearest]
        if away[nearest] <= _REACH * (row.bottom - row.top) and boxes[i, 3] <= 2.5 * (row.bottom - row.top):
            row.spots.append(i)


def _pieces(row: _Row, boxes: Image, gray: Image, labels: Image) -> list[TextLine]:
    """Return a row parted at wide gaps."""
    body = row.bottom - row.top
    pieces: list[list[int]] = []
    end = -1e9
    for i in sorted(row.spots, key=lambda i: boxes[i, 0]):
        if boxes[i, 0] - end > _GAP * body:
            pieces.append([])
        pieces[-1].append(i)
        end = max(end, boxes[i, 0] + boxes[i, 2])
    band = (row.top - _ABOVE * body, row.bottom + _BELOW * body)
    return [
        _piece(spots, body, band, boxes, gray, labels)
        for spots in pieces
        if _says_something(spots, body, boxes)
    ]


def _says_something(spots: list[int], body: float, boxes: Image) -> bool:
    return any(boxes[i, 3] >= 0.5 * body for i in spots)


def _piece(
    spots: list[int], body: float, band: tuple[float, float], boxes: Image, gray: Image, labels: Image
) -> TextLine:
    chosen = boxes[spots]
    x0, top = int(chosen[:, 0].min()), int(chosen[:, 1].min())
    x1, bottom = int((chosen[:, 0] + chosen[:, 2]).max()), int((chosen[:, 1] + chosen[:, 3]).max())
    near = labels[top:bottom, x0:x1]
    others = (near > 0) & ~np.isin(near, spots)
    image = gray[top:bottom, x0:x1].copy()
    if others.any():
        image[cv2.dilate(others.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = 255
    return TextLine(Box(x0, top, x1, bottom), body, band, image)
