"""Straight thin strokes in a page image: the pieces that ruling lines, and some letters, are made of."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Gray = npt.NDArray[np.uint8]

BESIDE = 1.2
"""Points by which pieces of one line may lie beside each other, as on a page that is not flat."""

_THICK = 4.5
"""Points: a thicker stroke is a bar or a picture, no line."""

_SHORT = 8.0
"""Points of the shortest piece of a line that is looked at."""

_BREAK = 3.0
"""Points of a break in a line that print or scan left and that is closed in any case."""

_CONTRAST = 70
"""Least darkness, 0 to 255, of a line over a little of its length."""


@dataclass(slots=True)
class Stroke:
    """A straight stroke in pixels: its place across its direction, its ends along it, its thickness."""

    at: float
    start: float
    end: float
    thick: float

    @property
    def length(self) -> float:
        """Pixels from end to end."""
        return self.end - self.start

    def join(self, other: Stroke) -> None:
        """Take in another piece of the same line; the place is the one that their lengths weigh out."""
        whole = self.length + other.length
        self.at = (self.at * self.length + other.at * other.length) / whole
        self.thick = (self.thick * self.length + other.thick * other.length) / whole
        self.start, self.end = min(self.start, other.start), max(self.end, other.end)


@dataclass(frozen=True, slots=True)
class View:
    """A page, or a page with rows and columns changed: its shades, its long thin runs, its strokes."""

    even: Gray
    mask: Gray
    strokes: list[Stroke]


def view_of(even: Gray, unit: float) -> View:
    """Return the strokes along the rows of a page."""
    dark = cv2.bitwise_not(even)
    thin = cv2.morphologyEx(dark, cv2.MORPH_TOPHAT, np.ones((odd(_THICK * unit), 1), np.uint8))
    # Along a line the darkness is evened out: noise and small breaks do not part it.
    soft = cv2.blur(thin, (odd(1.7 * unit), 1))
    _, mask = cv2.threshold(soft, _CONTRAST, 1, cv2.THRESH_BINARY)
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, max(1, round(_SHORT * unit))), np.uint8))
    runs = np.asarray(mask, dtype=np.uint8)
    return View(even, runs, _joined(_strokes(runs, unit), unit))


def _strokes(mask: Gray, unit: float) -> list[Stroke]:
    strokes = []
    for outline in cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        left, top, wide, high = cv2.boundingRect(outline)
        rows = mask[top : top + high, left : left + wide].sum(axis=1, dtype=np.int64)
        area = float(rows.sum())
        thick = area / wide
        if thick <= _THICK * unit and wide > 2 * thick:
            middle = float(rows @ np.arange(high)) / area
            strokes.append(Stroke(top + middle + 0.5, float(left), float(left + wide), thick))
    return strokes


def _joined(strokes: list[Stroke], unit: float) -> list[Stroke]:
    """Return the strokes with pieces of one line made one."""
    beside = BESIDE * unit
    lines: list[Stroke] = []
    shelves: dict[int, list[Stroke]] = {}
    for stroke in sorted(strokes, key=lambda s: s.start):
        shelf = int(stroke.at // (2 * beside))
        for line in (one for place in (shelf - 1, shelf, shelf + 1) for one in shelves.get(place, ())):
            if abs(line.at - stroke.at) <= beside and stroke.start - line.end <= _BREAK * unit:
                line.join(stroke)
                break
        else:
            lines.append(stroke)
            shelves.setdefault(shelf, []).append(stroke)
    return lines


def odd(pixels: float) -> int:
    """Return the odd number of pixels nearest to a length: a kernel has a middle."""
    return max(1, round(pixels)) | 1
