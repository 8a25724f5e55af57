"""Text lines of a page image: which spots of ink form a line, including the marks above and below it.

Programs that separate lines only at white rows take rows of Thai marks for separate lines.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from thaita.models.document import Box

Image = np.ndarray

_DUST_SIZE = 0.025
"""Inches: a spot smaller than half of this in both directions is dust."""

_BODY_HEIGHT = (0.035, 0.30)
"""Height range of letter bodies in inches, for type of 8 to 40 points."""

_MIN_OVERLAP = 0.5
"""Minimum vertical overlap of two spots on one line, as a share of the lower one."""

_MAX_MARK_DISTANCE = 1.1
"""Maximum distance of marks above or below a line, in heights of a letter's body."""

_ABOVE, _BELOW = 0.8, 0.5
"""Space that marks take above and below a letter's body, in heights of the body."""

_COLUMN_GAP = 2.6
"""Gap, in heights of a letter's body, that splits a line into pieces, such as two columns."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A piece of a line: its box in pixels, the height of its letters' bodies, and an image of its ink only.

    `band` holds the edges of the whole line including its marks, the same for all of its pieces. `image` is
    grayscale, dark on white, with the ink of other lines painted white.
    """

    box: Box
    body: float
    band: tuple[float, float]
    image: Image


@dataclass(slots=True)
class _SpotRow:
    top: float
    bottom: float
    spots: list[int]


def find_lines(gray: Image, dpi: float) -> list[TextLine]:
    """Return the pieces of lines in an image without ruling lines, from top to bottom and left to right.

    `gray` is uint8, dark on white; `dpi` is in dots per inch. An image without letters gives an empty list.
    """
    if gray.size == 0:
        return []
    _, ink = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    boxes = stats[:, :4].astype(float)
    heights, widths = boxes[:, 3], boxes[:, 2]
    small = _DUST_SIZE * dpi / 2
    kept = [i for i in range(1, len(boxes)) if heights[i] >= small or widths[i] >= small]
    bodies = [
        i
        for i in kept
        if _BODY_HEIGHT[0] * dpi <= heights[i] <= _BODY_HEIGHT[1] * dpi and widths[i] <= 0.6 * dpi
    ]
    if not bodies:
        return []
    rows, letters = _rows(boxes, bodies), set(bodies)
    _add_marks(rows, boxes, [i for i in kept if i not in letters])
    lines = [line for row in rows for line in _split_row(row, boxes, gray, labels)]
    return sorted(lines, key=lambda line: (line.box.top + line.box.bottom, line.box.x0))


def _rows(boxes: Image, bodies: list[int]) -> list[_SpotRow]:
    """Return rows of spots that are side by side; the tallest letters of a line are placed first."""
    usual = float(np.median(boxes[bodies, 3]))
    rows: list[_SpotRow] = []
    high = [i for i in bodies if boxes[i, 3] >= 0.7 * usual]
    for i in sorted(high, key=lambda i: boxes[i, 1] + boxes[i, 3] / 2):
        top, bottom = boxes[i, 1], boxes[i, 1] + boxes[i, 3]
        for row in reversed(rows[-4:]):
            shared = min(bottom, row.bottom) - max(top, row.top)
            if shared >= _MIN_OVERLAP * min(bottom - top, row.bottom - row.top):
                row.spots.append(i)
                _set_band(row, boxes)
                break
        else:
            rows.append(_SpotRow(top, bottom, [i]))
    low = set(bodies) - set(high)
    _add_marks(rows, boxes, sorted(low))
    return rows


def _set_band(row: _SpotRow, boxes: Image) -> None:
    """Set a row's band to that of its usual letters, so that a letter with a long tail does not widen it."""
    row.top = float(np.median(boxes[row.spots, 1]))
    row.bottom = float(np.median(boxes[row.spots, 1] + boxes[row.spots, 3]))


def _add_marks(rows: list[_SpotRow], boxes: Image, marks: list[int]) -> None:
    """Assign each mark to the row with the nearest band, if one is close enough."""
    if not rows:
        return
    tops = np.array([row.top for row in rows])
    bottoms = np.array([row.bottom for row in rows])
    for i in marks:
        top, bottom = boxes[i, 1], boxes[i, 1] + boxes[i, 3]
        away = np.maximum(np.maximum(tops - bottom, top - bottoms), 0)
        nearest = int(np.argmin(away))
        row = rows[nearest]
        if away[nearest] <= _MAX_MARK_DISTANCE * (row.bottom - row.top) and boxes[i, 3] <= 2.5 * (
            row.bottom - row.top
        ):
            row.spots.append(i)


def _split_row(row: _SpotRow, boxes: Image, gray: Image, labels: Image) -> list[TextLine]:
    """Return a row split at wide gaps."""
    body = row.bottom - row.top
    pieces: list[list[int]] = []
    end = -1e9
    for i in sorted(row.spots, key=lambda i: boxes[i, 0]):
        if boxes[i, 0] - end > _COLUMN_GAP * body:
            pieces.append([])
        pieces[-1].append(i)
        end = max(end, boxes[i, 0] + boxes[i, 2])
    band = (row.top - _ABOVE * body, row.bottom + _BELOW * body)
    return [
        _text_line(spots, body, band, boxes, gray, labels)
        for spots in pieces
        if _has_letters(spots, body, boxes)
    ]


def _has_letters(spots: list[int], body: float, boxes: Image) -> bool:
    return any(boxes[i, 3] >= 0.5 * body for i in spots)


def _text_line(
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
