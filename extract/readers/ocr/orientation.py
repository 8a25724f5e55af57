"""Orientation of a page image: whether it lies on its side, and its skew angle."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

Gray = npt.NDArray[np.uint8]

_INK = 150
"""Shades below this are ink on a page with white paper."""

_MAX_SKEW = 5.0
"""Maximum skew in degrees that is corrected."""

_MIN_SKEW = 0.02
"""Minimum skew in degrees that is corrected; below it, rotation does more harm than good."""

_MIN_INK = 200
"""Minimum number of ink pixels needed to determine the orientation."""

_TILE_SIDE = 72.0
"""Side in points of the tiles in which the direction of text is determined."""

_MIN_SIDEWAYS_SHARE = 0.75
"""Minimum share of the ink in tiles of vertical lines for a page to count as lying on its side."""

_MIN_TILES = 6
"""Minimum number of tiles with vertical lines; with fewer, the page is not rotated."""

_BLOB_SIDE = 14.0
"""Points: ink that fills a square of this size is a picture or the scanner's edge, not text."""


def turned(image: Gray, rotation: int) -> Gray:
    """Return an image rotated clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(image, -rotation // 90 % 4))


def straightened(image: Gray, angle: float) -> Gray:
    """Return an image with a skew of `angle` degrees removed, on a canvas that fits its corners."""
    if not angle:
        return image
    height, width = image.shape
    sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    wide = round(width * cosine + height * abs(sine))
    high = round(height * cosine + width * abs(sine))
    # OpenCV's matrix places a pixel at its middle, hence the halves.
    matrix = np.array([[cosine, sine, 0.0], [-sine, cosine, 0.0]])
    middle = matrix[:, :2] @ np.array([(width - 1) / 2, (height - 1) / 2])
    matrix[:, 2] = np.array([(wide - 1) / 2, (high - 1) / 2]) - middle
    moved = cv2.warpAffine(
        image, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255.0
    )
    return np.asarray(moved, dtype=np.uint8)


def shrunk(image: Gray, step: int) -> Gray:
    """Return an image with squares of `step` pixels averaged; an edge that fills no square is dropped."""
    height, width = image.shape
    if step <= 1 or min(height, width) < step:
        return image
    whole = image[: height // step * step, : width // step * step]
    small = cv2.resize(whole, (width // step, height // step), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


def quarter_turn(even: Gray, dpi: float) -> int:
    """Return 90 if a page lies on its side, else 0: the clockwise rotation in degrees that makes its lines level.

    `even` is the page on white paper. Only strong evidence counts: nearly all text must run up or down.
    """
    # At 50 pixels per inch a line of text is 10 pixels high, and its letters merge into it.
    step = max(1, round(dpi / 50))
    small = shrunk(even, step)
    dark = np.asarray(255 - small, dtype=np.float64)
    dark[dark < 40] = 0.0
    level = upright = 0.0
    tiles = 0
    side = max(8, round(_TILE_SIDE * dpi / 72 / step))
    for top in range(0, dark.shape[0], side):
        for left in range(0, dark.shape[1], side):
            tile = dark[top : top + side, left : left + side]
            ink = float(tile.sum())
            if min(tile.shape) < side or ink < 0.01 * 255 * tile.size:
                continue
            rows, columns = _roughness(tile.sum(axis=1)), _roughness(tile.sum(axis=0))
            if rows > 1.2 * columns:
                level += ink
            elif columns > 1.2 * rows:
                upright += ink
                tiles += 1
    if upright > _MIN_SIDEWAYS_SHARE * (level + upright) and tiles >= _MIN_TILES:
        return 90
    return 0


def _roughness(profile: npt.NDArray[np.float64]) -> float:
    """Return how much a profile varies; single peaks (ruling lines) count as their neighbors."""
    middle = np.median(np.stack([profile[:-2], profile[1:-1], profile[2:]]), axis=0)
    return float(np.std(middle))


def skew_angle(even: Gray, dpi: float) -> float:
    """Return the skew of a page in degrees, -5 to 5, positive if its lines sink to the right.

    Ruling lines decide if there are any, because they give the sharpest profile; otherwise text lines do. The
    result is 0 if there is too little ink or no angle stands out.
    """
    x, y = _ink_places(even, dpi)
    if x.size < _MIN_INK:
        return 0.0
    unit = dpi / 72
    coarse = np.arange(-_MAX_SKEW - 0.4, _MAX_SKEW + 0.41, 0.2)
    scores = [_sharpness(x, y, angle, unit * 0.8) for angle in coarse]
    best = float(coarse[int(np.argmax(scores))])
    if max(scores) < 1.15 * float(np.median(scores)):
        return 0.0
    for reach, step in ((0.2, 0.04), (0.04, 0.01)):
        angles = best + np.arange(-reach, reach + step / 2, step)
        best = float(angles[int(np.argmax([_sharpness(x, y, a, unit * 0.3) for a in angles]))])
    best = round(best, 3)
    return best if _MIN_SKEW <= abs(best) <= _MAX_SKEW else 0.0


def _ink_places(even: Gray, dpi: float) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return the ink positions in pixels from the middle, of every few columns, without blobs."""
    height, width = even.shape
    ink = np.asarray(even < _INK, dtype=np.uint8)
    small = shrunk(even, 8)
    side = max(3, round(_BLOB_SIDE * dpi / 72 / 8))
    blobs = cv2.morphologyEx(
        np.asarray(small < _INK, dtype=np.uint8), cv2.MORPH_OPEN, np.ones((side, side), np.uint8)
    )
    if blobs.any():
        grown = cv2.dilate(blobs, np.ones((3, 3), np.uint8))
        ink[cv2.resize(grown, (width, height), interpolation=cv2.INTER_NEAREST) > 0] = 0
    stride = max(1, round(dpi / 50))
    y, x = np.nonzero(ink[:, ::stride])
    if y.size > 150_000:
        some = slice(None, None, y.size // 100_000)
        y, x = y[some], x[some]
    # Pixels lie on a grid that would favor some angles, so each is spread over its height.
    spread = np.modf(np.arange(y.size) * 0.618034)[0]
    return (x * stride - width / 2).astype(np.float32), (y + spread - height / 2).astype(np.float32)


def _sharpness(
    x: npt.NDArray[np.float32], y: npt.NDArray[np.float32], angle: float, thickness: float
) -> float:
    """Return how sharply ink gathers in rows `thickness` pixels high after an angle is removed."""
    level = (y - x * np.float32(math.tan(math.radians(angle)))) * np.float32(1 / thickness)
    level -= level.min()
    counts = np.bincount(level.astype(np.int32))
    return float(np.square(np.diff(counts.astype(np.float64))).sum())
