"""Simulation of a scanner: skew, blur, noise, thick and broken strokes, remains of ruling lines."""

from __future__ import annotations

import random
from dataclasses import dataclass

import cv2
import numpy as np


@dataclass(frozen=True)
class Scan:
    """Parameters of a scan: resolution in dots per inch, and degradation from 0 (fresh print) to 1 (copy of a copy)."""

    dpi: int
    badness: float


def scanned(ink: np.ndarray, em: int, scan: Scan, rng: random.Random) -> np.ndarray:
    """Return the scan of a drawing at twice the resolution; `em` is the size of its letters in pixels."""
    noise = np.random.default_rng(rng.getrandbits(32))
    canvas = _strokes(_in_cell(ink, em, rng), scan, rng)
    canvas = _turned(canvas, rng, rng.uniform(-2, 2) * rng.random())
    gray = cv2.resize(canvas, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    if rng.random() < 0.5 * scan.badness:
        gray = _broken(gray, noise, scan)
    sigma = rng.uniform(0.25, 0.55) + rng.uniform(0.2, 0.7) * scan.badness
    gray = cv2.GaussianBlur(gray, (0, 0), sigma * (0.7 + 0.3 * scan.dpi / 200))
    return _to_gray_levels(gray, scan, rng, noise)


def _in_cell(ink: np.ndarray, em: int, rng: random.Random) -> np.ndarray:
    """Place the drawing in a cell with margins, and sometimes with rules or the edge of a neighboring line."""
    wide = 2.5 if rng.random() < 0.2 else 0.6  # a whole cell, or a close crop
    most = (0.6, 0.6, wide, wide)
    margin = [round(rng.uniform(0.02, side) * em * rng.random()) + 1 for side in most]
    canvas = cv2.copyMakeBorder(ink, *margin, cv2.BORDER_CONSTANT, value=255)
    height, width = canvas.shape
    thick = max(1, round(em * rng.uniform(0.01, 0.05)))
    if rng.random() < 0.35:
        sides = [side for side in range(4) if rng.random() < 0.45 and margin[side] > 2 * thick + 2]
        for side in sides:
            at = rng.randint(0, max(0, margin[side] // 2))
            window = (
                [slice(at, at + thick), slice(height - at - thick, height - at)]
                if side < 2
                else [slice(at, at + thick), slice(width - at - thick, width - at)]
            )
            part = window[side % 2]
            canvas[(part, slice(None)) if side < 2 else (slice(None), part)] = rng.randint(0, 60)
    if rng.random() < 0.04:
        _neighbor(canvas, margin, em, rng)
    return canvas


def _neighbor(canvas: np.ndarray, margin: list[int], em: int, rng: random.Random) -> None:
    """Draw parts of the line above or below into the margin."""
    width = canvas.shape[1]
    reach = (margin[0] if (above := rng.random() < 0.5) else margin[1]) // 2
    if reach < 3:
        return
    for _ in range(rng.randint(1, 4)):
        at = rng.randint(0, max(1, width - em // 3))
        y = 0 if above else canvas.shape[0] - reach
        canvas[y : y + reach, at : at + max(2, em // 14)] = 0


def _strokes(canvas: np.ndarray, scan: Scan, rng: random.Random) -> np.ndarray:
    """Make strokes thicker or thinner, as spreading or missing ink does."""
    chance = rng.random()
    size = 2 if scan.dpi < 250 else rng.choice((2, 3))
    kernel = np.ones((size, size), np.uint8)
    if chance < 0.12 + 0.18 * scan.badness:
        return cv2.erode(canvas, kernel)  # dark areas grow
    if chance < 0.2 + 0.3 * scan.badness and scan.dpi > 180:
        return cv2.addWeighted(cv2.dilate(canvas, kernel), 0.7, canvas, 0.3, 0)
    return canvas


def _turned(canvas: np.ndarray, rng: random.Random, degrees: float) -> np.ndarray:
    height, width = canvas.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    matrix[0, 1] += rng.gauss(0, 0.02)
    matrix[:, 2] += rng.random(), rng.random()
    grow = int(abs(np.sin(np.radians(degrees))) * width * rng.random())
    matrix[1, 2] += grow / 2
    return cv2.warpAffine(canvas, matrix, (width, height + grow), flags=cv2.INTER_LINEAR, borderValue=255)


def _broken(gray: np.ndarray, noise: np.random.Generator, scan: Scan) -> np.ndarray:
    """Remove parts of strokes and add specks to the paper."""
    holes = noise.random(gray.shape) < 0.05 * scan.badness * noise.random()
    specks = noise.random(gray.shape) < 0.004 * scan.badness * noise.random()
    gray = np.where(holes, 1 - (1 - gray) * 0.2, gray)
    return np.where(specks, gray * 0.3, gray).astype(np.float32)


def _to_gray_levels(
    gray: np.ndarray, scan: Scan, rng: random.Random, noise: np.random.Generator
) -> np.ndarray:
    """Convert ink (1 is paper, 0 is ink) to gray levels with grain, shadow, compression or a hard threshold."""
    height, width = gray.shape
    paper = rng.uniform(225, 255) if rng.random() < 0.8 else rng.uniform(175, 230)
    black = rng.uniform(0, 60 + 50 * scan.badness)
    shade = np.linspace(0, rng.uniform(-18, 18), width, dtype=np.float32)[None, :]
    levels = black + (paper - black) * gray + shade
    grain = noise.normal(0, 1, (height // 3 + 2, width // 3 + 2)).astype(np.float32)
    levels += cv2.resize(grain, (width, height)) * rng.uniform(0, 3 + 5 * scan.badness)
    levels += noise.normal(0, rng.uniform(1, 6) + 14 * scan.badness * rng.random(), gray.shape)
    out = np.clip(levels, 0, 255).astype(np.uint8)
    if rng.random() < 0.08:
        return np.where(out > black + rng.uniform(0.5, 0.75) * (paper - black), 255, 0).astype(np.uint8)
    quality = round(rng.uniform(70, 95) - 40 * scan.badness * rng.random())
    return cv2.imdecode(
        cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_GRAYSCALE
    )
