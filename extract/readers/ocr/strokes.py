"""Straight thin strokes in a page image, the pieces of ruling lines and of some letters."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Gray = npt.NDArray[np.uint8]

MAX_OFFSET = 1.2
"""Maximum offset in points between pieces of one line, as on a page that was not flat."""

_MAX_THICKNESS = 4.5
"""Points: a thicker stroke is a bar or a picture, not a line."""

_MIN_LENGTH = 8.0
"""Minimum length in points of a piece of a line."""

_MAX_BREAK = 3.0
"""Gap in points left by printing or scanning that is always closed."""

_MIN_DARKNESS = 70
"""Minimum darkness, 0 to 255, of a line averaged over a short length."""


@dataclass(slots=True)
class Stroke:
    """A straight stroke in pixels: its position across its direction, its ends along it, and its thickness."""

    at: float
    start: float
    end: float
    thick: float

    @property
    def length(self) -> float:
        """Length in pixels."""
        return self.end - self.start

    def join(self, other: Stroke) -> None:
        """Add another piece of the same line; the position becomes the mean weighted by length."""
        whole = self.length + other.length
        self.at = (self.at * self.length + other.at * other.length) / whole
        self.thick = (self.thick * self.length + other.thick * other.length) / whole
        self.start, self.end = min(self.start, other.start), max(self.end, other.end)


@dataclass(frozen=True, slots=True)
class StrokeView:
    """A page, possibly transposed: its shades, its long thin runs, and its strokes."""

    even: Gray
    mask: Gray
    strokes: list[Stroke]


def find_strokes(even: Gray, unit: float) -> StrokeView:
    """Return the strokes along the rows of a page."""
    dark = cv2.bitwise_not(even)
    thin = cv2.morphologyEx(dark, cv2.MORPH_TOPHAT, np.ones((odd_size(_MAX_THICKNESS * unit), 1), np.uint8))
    # Darkness is averaged along a line, so that noise and small breaks do not split it.
    soft = cv2.blur(thin, (odd_size(1.7 * unit), 1))
    _, mask = cv2.threshold(soft, _MIN_DARKNESS, 1, cv2.THRESH_BINARY)
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, max(1, round(_MIN_LENGTH * unit))), np.uint8))
    runs = np.asarray(mask, dtype=np.uint8)
    return StrokeView(even, runs, _joined(_strokes(runs, unit), unit))


def _strokes(mask: Gray, unit: float) -> list[Stroke]:
    strokes = []
    for outline in cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        left, top, wide, high = cv2.boundingRect(outline)
        rows = mask[top : top + high, left : left + wide].sum(axis=1, dtype=np.int64)
        area = float(rows.sum())
        thick = area / wide
        if thick <= _MAX_THICKNESS * unit and wide > 2 * thick:
            middle = float(rows @ np.arange(high)) / area
            strokes.append(Stroke(top + middle + 0.5, float(left), float(left + wide), thick))
    return strokes


def _joined(strokes: list[Stroke], unit: float) -> list[Stroke]:
    """Return the strokes with the pieces of each line joined."""
    beside = MAX_OFFSET * unit
    lines: list[Stroke] = []
    shelves: dict[int, list[Stroke]] = {}
    for stroke in sorted(strokes, key=lambda s: s.start):
        shelf = int(stroke.at // (2 * beside))
        for line in (one for place in (shelf - 1, shelf, shelf + 1) for one in shelves.get(place, ())):
            if abs(line.at - stroke.at) <= beside and stroke.start - line.end <= _MAX_BREAK * unit:
                line.join(stroke)
                break
        else:
            lines.append(stroke)
            shelves.setdefault(shelf, []).append(stroke)
    return lines


def odd_size(pixels: float) -> int:
    """Return the odd number of pixels nearest to a length, because a kernel needs a middle."""
    return max(1, round(pixels)) | 1
