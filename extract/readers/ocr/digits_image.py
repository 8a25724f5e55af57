"""The ink of a scanned line of numbers, without paper and ruling lines, scaled to a fixed height."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Gray = npt.NDArray[np.uint8]
Ink = npt.NDArray[np.float32]
Box = tuple[int, int, int, int]

HEIGHT = 32
"""Height of a view in rows."""

FILLS = (24.0, 18.0)
"""Number of rows that the ink fills in each view: the second view checks the reading at another size."""

MAX_WIDTH = 1600
"""Maximum width of a view in columns; a longer line is compressed."""

MIN_CONTRAST = 35.0
"""Minimum difference in gray levels between paper and ink; paper is never quite even."""

MIN_TEXT_HEIGHT = 3.2
"""Ink lower than this, in points, is a mark such as a dash and is not enlarged to the height of a digit."""


def views(image: Gray, dpi: float) -> list[Ink]:
    """Return the line at each size in `FILLS`: ink 0..1 in `HEIGHT` rows; an empty list for an empty image."""
    ink = ink_levels(image)
    if ink is None:
        return []
    ink, box = without_rules(ink, dpi)
    if box is None:
        return []
    return [scaled_view(ink, box, fill, dpi) for fill in FILLS]


def ink_levels(image: Gray) -> Ink | None:
    """Return the ink level of each pixel, 0..1, or None for an image without ink."""
    if image.ndim != 2 or min(image.shape) < 3:
        return None
    gray = image.astype(np.float32)
    if float(np.median(gray)) < 100 < float(gray.max()):
        gray = 255.0 - gray  # white on black
    paper = float(np.percentile(gray, 75))
    darkest = float(np.percentile(gray, 0.7))
    smooth_dark = float(cv2.GaussianBlur(gray, (0, 0), 1.0).min())
    if paper - max(darkest, smooth_dark) < MIN_CONTRAST:
        return None
    # Black is a percentile, not the minimum, because a single speck must not make the digits pale.
    return np.asarray(np.clip((paper - gray) / (paper - darkest), 0.0, 1.0), dtype=np.float32)


def without_rules(ink: Ink, dpi: float) -> tuple[Ink, Box | None]:
    """Return the ink without ruling lines and cut-off neighbors at the edges, and the box of the remaining ink.

    The box is (left, top, right, bottom) in pixels, or None if no ink remains.
    """
    height, width = ink.shape
    dark = (ink > 0.4).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    parts = stats[1:]
    speck = max(2.0, (dpi / 150.0) ** 2 * 1.5)
    rules = np.array([_is_rule(part, height, width) for part in parts], dtype=bool)
    foreign = np.array(
        [bad and _is_straight_lines(labels == at + 1) for at, bad in enumerate(rules)], dtype=bool
    )
    kept = [at for at, part in enumerate(parts) if not foreign[at] and part[4] > speck]
    if not kept:
        foreign[:] = False
        kept = [at for at, part in enumerate(parts) if part[4] > speck]
    if not kept:
        return ink, None
    if foreign.any():
        ink = _without_pieces(ink, labels, np.flatnonzero(foreign) + 1)
    # Remains of rules and of neighboring lines may stay, but must not determine the height.
    telling = [at for at in kept if not rules[at] and not _is_at_the_edge(parts[at], height)] or kept
    ends = parts[:, :2] + parts[:, 2:4]
    x0, x1 = int(parts[kept, 0].min()), int(ends[kept, 0].max())
    y0, y1 = int(parts[telling, 1].min()), int(ends[telling, 1].max())
    return ink, (x0, y0, x1, y1)


def _is_straight_lines(mask: npt.NDArray[np.bool_]) -> bool:
    """Return whether a piece of ink consists only of straight lines, so that a digit touching a rule is kept."""
    height, width = mask.shape
    drawn = mask.astype(np.uint8)
    level = cv2.morphologyEx(drawn, cv2.MORPH_OPEN, np.ones((1, max(9, width // 5)), np.uint8))
    upright = cv2.morphologyEx(drawn, cv2.MORPH_OPEN, np.ones((max(7, height // 3), 1), np.uint8))
    lines = cv2.dilate(cv2.bitwise_or(level, upright), np.ones((3, 3), np.uint8))
    rest = cv2.subtract(drawn, lines)
    _, _, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    return not (np.minimum(stats[1:, 2], stats[1:, 3]) > max(2.0, 0.08 * height)).any()


def _is_rule(part: npt.NDArray[Any], height: int, width: int) -> bool:
    """Return whether a connected piece of ink is a ruling line along an edge, or the corner of a cell."""
    x, y, w, h, area = (int(value) for value in part)
    at_side = x <= 1 or x + w >= width - 1
    if not (at_side or y <= 1 or y + h >= height - 1):
        return False
    thin = area < 0.09 * height * (w + h)
    if w > 0.6 * width and w > 2.5 * h:
        return thin and area < 0.35 * w * h + 3 * w
    return w > 0.6 * width and h > 0.6 * height and thin and at_side and area < 0.25 * w * h


def _is_at_the_edge(part: npt.NDArray[Any], height: int) -> bool:
    """Return whether a piece of ink spans the height (a vertical rule or a closely cut 1) or is cut off by an edge."""
    _, y, w, h, area = (int(value) for value in part)
    at_top, at_bottom = y <= 1, y + h >= height - 1
    if at_top and at_bottom:
        return area < 0.3 * h * h and w < 0.4 * h
    return (at_top or at_bottom) and h < 0.22 * height


def _without_pieces(ink: Ink, labels: npt.NDArray[Any], numbers: npt.NDArray[Any]) -> Ink:
    """Return the ink without some pieces and their pale fringes."""
    mask = np.isin(labels, numbers).astype(np.uint8)
    fringe = cv2.dilate(mask, np.ones((3, 3), np.uint8)).astype(bool)
    others = (labels > 0) & (mask == 0)
    return np.where(fringe & ~others, np.float32(0.0), ink)


def scaled_view(ink: Ink, box: Box, fill: float, dpi: float) -> Ink:
    """Return the box of the ink, scaled to `fill` rows in the middle of `HEIGHT` rows, with margins."""
    x0, y0, x1, y1 = box
    tall = max(float(y1 - y0), MIN_TEXT_HEIGHT * dpi / 72.0, 4.0)
    scale = fill / tall
    side = round(6.0 / scale)
    middle = (y0 + y1) / 2.0
    rows = HEIGHT / scale
    top, bottom = round(middle - rows / 2), round(middle + rows / 2)
    piece = window(ink, x0 - side, top, x1 + side, bottom)
    width = int(np.clip(round(piece.shape[1] * HEIGHT / piece.shape[0]), 8, MAX_WIDTH))
    method = cv2.INTER_AREA if piece.shape[0] > HEIGHT else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(piece, (width, HEIGHT), interpolation=method), dtype=np.float32)


def window(ink: Ink, x0: int, y0: int, x1: int, y1: int) -> Ink:
    """Return a window of the ink; the area outside the image is paper."""
    height, width = ink.shape
    inner = ink[max(y0, 0) : min(y1, height), max(x0, 0) : min(x1, width)]
    margins = ((max(-y0, 0), max(y1 - height, 0)), (max(-x0, 0), max(x1 - width, 0)))
    return np.pad(inner, margins)
