"""A page image made ready for OCR: turned upright, straightened, cleaned, its ruling lines found."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from thaita.extract.readers.ocr.orientation import quarter_turn, shrunk, skew_angle, straightened, turned
from thaita.extract.readers.ocr.pictures import find_pictures
from thaita.extract.readers.ocr.ruling_lines import find_rules
from thaita.extract.readers.page.content import Rule
from thaita.models.document import Box

Gray = npt.NDArray[np.uint8]

_LEAST = 24
"""Pixels of the shorter side below which an image is no page and is only made gray."""

_PAPER_FIELD = 30.0
"""Points: what is dark over less than this is print, over more it is the shade of the paper."""

_DARK_PAPER = 0.4
"""Share of the page's brightest shade below which nothing is paper: a photograph is not made white."""

_FAINT = 0.25
"""Share of the print's contrast below which a shade is the back of the sheet shining through."""

_PRINT = 205
"""Shades above this are no print, however pale."""

_ENOUGH = 0.001
"""Share of the page that print covers at least; less may be noise."""

_PALE = 110
"""Shades above this are pale for print."""

_SPECK = 0.3
"""Square points that a lone speck covers at most; the smallest full stop covers more."""


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A page image as OCR should see it, with what was found out about it on the way.

    `gray` and `without_rules` are uint8 of the same shape (rows, columns), paper about 255; in
    `without_rules` the ruling lines are painted white. `rules` and `pictures` are in PDF points of the
    straightened page (pixels * 72 / dpi); OCR should ignore what lies in `pictures`. `rotation` is how far
    the image was turned clockwise to stand upright, 0, 90, 180 or 270 degrees; `angle` is the skew that was
    taken out after that, in degrees, positive where lines sank to the right.
    """

    gray: Gray
    without_rules: Gray
    rules: tuple[Rule, ...]
    pictures: tuple[Box, ...]
    rotation: int
    angle: float


def clean_page(image: npt.NDArray[np.uint8], dpi: float) -> CleanPage:
    """Return a page image turned, straightened and cleaned, with its ruling lines and pictures.

    `image` is uint8, gray of shape (rows, columns) or RGB(A) of shape (rows, columns, 3 or 4), scanned or
    rendered at `dpi` pixels an inch (150 to 300 work best). The straightened page is larger than the image
    by the corners that the turn would cut off. Upright and upside down are not told apart, nor are the two
    ways in which a page can lie on its side: `rotation` is 0 or 90, and the caller may have to turn the
    page by another 180 degrees. Any image is taken, the empty one too; raises `ValueError` where the shape
    is none of these or `dpi` is not positive.
    """
    if not dpi > 0 or not math.isfinite(dpi):
        raise ValueError(f"dpi must be positive, not {dpi}")
    gray = _gray(image)
    if min(gray.shape) < _LEAST:
        return CleanPage(gray, gray, (), (), 0, 0.0)
    even = _evened(gray, dpi)
    rotation = quarter_turn(even, dpi)
    even = turned(even, rotation)
    angle = skew_angle(even, dpi)
    even = straightened(even, angle)
    found = find_rules(even, dpi)
    cleaned = _cleaned(even, dpi)
    bare = np.where(found.ink, np.uint8(255), cleaned)
    pictures = find_pictures(np.where(found.ink, np.uint8(255), even), dpi)
    return CleanPage(cleaned, bare, found.rules, pictures, rotation, angle)


def back_to_image(box: Box, page: CleanPage, dpi: float) -> Box:
    """Return where a box of the straightened page lies on the image as it was given.

    Both boxes are in PDF points from the top left corner; the answer is the upright rectangle around the
    turned box. `dpi` is what `clean_page` was given.
    """
    scale = 72.0 / dpi
    height, width = page.gray.shape[0] * scale, page.gray.shape[1] * scale
    sine, cosine = math.sin(math.radians(page.angle)), math.cos(math.radians(page.angle))
    # The canvas grew so that the turned page fits: its size before follows from its size now.
    grown = cosine * cosine - sine * sine
    flat_width = (width * cosine - height * abs(sine)) / grown
    flat_height = (height * cosine - width * abs(sine)) / grown
    corners = []
    for x, y in ((box.x0, box.top), (box.x1, box.top), (box.x0, box.bottom), (box.x1, box.bottom)):
        dx, dy = x - width / 2, y - height / 2
        across, down = cosine * dx - sine * dy, sine * dx + cosine * dy
        corners.append((across + flat_width / 2, down + flat_height / 2))
    corners = [_unturned(x, y, page.rotation, flat_width, flat_height) for x, y in corners]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _unturned(x: float, y: float, rotation: int, width: float, height: float) -> tuple[float, float]:
    """Return where a point lay before its page, now of this size, was turned clockwise."""
    if rotation == 90:
        return y, width - x
    if rotation == 180:
        return width - x, height - y
    if rotation == 270:
        return height - y, x
    return x, y


def _gray(image: npt.NDArray[np.uint8]) -> Gray:
    if image.ndim == 2:
        return np.ascontiguousarray(image, dtype=np.uint8)
    if image.ndim == 3 and image.shape[2] in (1, 3, 4):
        if not image.size or image.shape[2] == 1:
            return np.ascontiguousarray(image[:, :, 0], dtype=np.uint8)
        code = cv2.COLOR_RGB2GRAY if image.shape[2] == 3 else cv2.COLOR_RGBA2GRAY
        return np.asarray(cv2.cvtColor(np.ascontiguousarray(image), code), dtype=np.uint8)
    raise ValueError(f"no gray or RGB image: shape {image.shape}")


def _evened(gray: Gray, dpi: float) -> Gray:
    """Return the page on white paper: each shade divided by the shade of the paper around it."""
    height, width = gray.shape
    step = max(1, round(dpi / 36))
    small = shrunk(gray, step)
    field = max(3, int(_PAPER_FIELD * dpi / 72 / step)) | 1
    # Closed by a square wider than print, letters and lines vanish and the paper stays.
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((field, field), np.uint8))
    paper = cv2.GaussianBlur(paper, (field, field), 0)
    darkest = np.uint8(max(1.0, _DARK_PAPER * float(np.percentile(small, 95))))
    paper = cv2.resize(np.maximum(paper, darkest), (width, height), interpolation=cv2.INTER_LINEAR)
    return _darkened(np.asarray(cv2.divide(gray, paper, scale=255.0), dtype=np.uint8))


def _darkened(even: Gray) -> Gray:
    """Return the page with pale print as dark as it should be."""
    some = even[::3, ::3]
    dark = some[some < _PRINT]
    ink = float(np.percentile(dark, 25)) if dark.size > _ENOUGH * some.size else 0.0
    if ink <= _PALE:
        return even
    shades = np.clip(255 - (255 - np.arange(256)) * (255 - _PALE / 2) / (255 - ink), 0, 255)
    return np.asarray(cv2.LUT(even, shades.astype(np.uint8)), dtype=np.uint8)


def _cleaned(even: Gray, dpi: float) -> Gray:
    """Return the page with full contrast, without specks and without what shines through faintly."""
    dark = even[::2, ::2]
    dark = dark[dark < 170]
    ink = float(np.median(dark)) if dark.size > 50 else 0.0
    ink = min(ink, 150.0)
    white = 255.0 - _FAINT * (255.0 - ink)
    shades = np.clip((np.arange(256) - ink * 0.6) * 255.0 / (white - ink * 0.6), 0, 255)
    stretched = np.asarray(cv2.LUT(even, shades.astype(np.uint8)), dtype=np.uint8)
    return _without_specks(stretched, dpi)


def _without_specks(gray: Gray, dpi: float) -> Gray:
    """Paint white the dark pixels that have hardly any others about them."""
    scale = dpi / 72
    window = max(3, round(1.5 * scale)) | 1
    most = max(1, int(_SPECK * scale * scale))
    marks = (gray < 200).astype(np.uint8)
    around = cv2.boxFilter(marks, cv2.CV_16U, (window, window), normalize=False)
    return np.where(around <= most, np.uint8(255), gray)
