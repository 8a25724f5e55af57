"""Photographs, emblems and similar pictures on a page image, which OCR must not read as letters."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from thaita.extract.readers.ocr.orientation import shrunk
from thaita.models.document import Box

Gray = npt.NDArray[np.uint8]

_MIN_SIDE = 40.0
"""Minimum width and height of a picture in points; no letter of a report is as large."""

_MIN_INK_SHARE = 0.25
"""Minimum share of its box that a picture's ink fills; frames and signatures fill less."""

_CORE_SIDE = 20.0
"""Side in points of a square without white: photographs contain such squares, text does not."""

_TONES = 0.35
"""Minimum share of a photograph's pixels that are neither black nor white."""

_FLAT = 0.4
"""Share of one shade from which a dark area is a colored cell, which may hold text."""

_WHITE = 0.3
"""Share of white from which a toned area is a colored shape with white words, or has no edge."""

_EDGE = 200.0
"""Sobel response of an edge between ink and paper at 75 pixels per inch."""

_DRAWN = 0.3
"""Minimum share of an emblem's box that lies at an edge."""

_TONED = 0.5
"""Minimum share of a photograph's box that is not white."""

_DARK = 0.1
"""Minimum share of a photograph's box that is dark."""

_MAX_DISTANCE = 6.0
"""Maximum distance in points between pieces of one picture."""


def find_pictures(gray: Gray, dpi: float) -> tuple[Box, ...]:
    """Return the boxes of pictures in PDF points, from top to bottom.

    `gray` is a straightened page on white paper without ruling lines. Only photographs count, and large
    connected shapes full of ink, such as emblems. A thin signature or the ring of a stamp may have text
    inside and is ignored.
    """
    step = max(1, round(dpi / 75))
    picture = shrunk(gray, step)
    scale = step * 72.0 / dpi
    pieces = [*_emblems(picture, scale), *_photographs(picture, scale)]
    boxes = [Box(*(side * scale for side in piece)) for piece in _merged(pieces, _MAX_DISTANCE / scale)]
    return tuple(sorted(boxes, key=lambda box: (box.top, box.x0)))


def _emblems(picture: Gray, scale: float) -> list[Box]:
    found = []
    for left, top, wide, high, area in _components(picture < 190):
        if min(wide, high) * scale >= _MIN_SIDE and area >= _MIN_INK_SHARE * wide * high:
            piece = picture[top : top + high, left : left + wide]
            if _is_drawn_all_over(piece) and not _is_flat(piece):
                found.append(Box(left, top, left + wide, top + high))
    return found


def _photographs(picture: Gray, scale: float) -> list[Box]:
    side = max(3, round(_CORE_SIDE / scale))
    toned = np.asarray(picture < 225, dtype=np.uint8)
    cores = cv2.morphologyEx(toned, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    found = []
    for left, top, wide, high, _ in _components(np.asarray(cores) > 0):
        piece = picture[top : top + high, left : left + wide]
        tones = float(((piece > 50) & (piece < 225)).mean())
        white = float((piece >= 225).mean())
        large = min(wide, high) * scale >= _MIN_SIDE
        if large and tones >= _TONES and white <= _WHITE and not _is_flat(piece):
            found.append(Box(left, top, left + wide, top + high))
    return found


def _components(mask: npt.NDArray[np.bool_]) -> list[list[int]]:
    """Return left, top, width, height and area of each connected component, in pixels."""
    stats = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)[2]
    rows: list[list[int]] = stats[1:].tolist()
    return rows


def _is_flat(piece: Gray) -> bool:
    """Return whether a single shade other than black fills much of an area."""
    counts = np.bincount(piece.ravel(), minlength=256)[40:215]
    most = np.convolve(counts, np.ones(9, np.int64), "same").max()
    return bool(most >= _FLAT * piece.size)


def _is_drawn_all_over(piece: Gray) -> bool:
    """Return whether an area is drawn or toned all over, rather than a colored shape that may hold words."""
    if (piece < 225).mean() >= _TONED and (piece < 120).mean() >= _DARK:
        return True
    across, down = cv2.Sobel(piece, cv2.CV_32F, 1, 0), cv2.Sobel(piece, cv2.CV_32F, 0, 1)
    return bool((cv2.magnitude(across, down) > _EDGE).mean() >= _DRAWN)


def _merged(boxes: list[Box], near: float) -> list[Box]:
    """Return the boxes, with those that overlap or nearly touch merged."""
    result: list[Box] = []
    for box in boxes:
        joined, changed = box, True
        while changed:
            changed = False
            for other in result:
                if (
                    other.x0 - near <= joined.x1
                    and joined.x0 - near <= other.x1
                    and other.top - near <= joined.bottom
                    and joined.top - near <= other.bottom
                ):
                    result.remove(other)
                    x0, top = min(other.x0, joined.x0), min(other.top, joined.top)
                    joined = Box(x0, top, max(other.x1, joined.x1), max(other.bottom, joined.bottom))
                    changed = True
                    break
        result.append(joined)
    return result
