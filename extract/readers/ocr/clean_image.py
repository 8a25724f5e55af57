"""Page images prepared for OCR: rotated, straightened and cleaned, with their ruling lines found."""

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

_MIN_SIDE = 24
"""Images whose shorter side has fewer pixels are not pages and are only converted to gray."""

_PAPER_FIELD = 30.0
"""Points: a dark area narrower than this is print, a wider one is the shade of the paper."""

_DARK_PAPER = 0.4
"""Share of the page's brightest shade below which nothing is paper, so that photographs are not whitened."""

_FAINT = 0.25
"""Share of the print's contrast below which a shade is print on the back of the sheet."""

_LIGHTEST_PRINT = 205
"""Shades above this are not print, however pale."""

_MIN_PRINT_SHARE = 0.001
"""Minimum share of the page that print covers; less may be noise."""

_PALE_FROM = 110
"""Shades above this are pale for print."""

_MAX_SPECK_AREA = 0.3
"""Maximum area of a single speck in square points; the smallest full stop is larger."""


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A page image ready for OCR, with the findings of the cleaning.

    `gray` and `without_rules` are uint8 arrays of the same shape (rows, columns), with paper near 255; in
    `without_rules` the ruling lines are painted white. `rules` and `pictures` are in PDF points of the
    straightened page (pixels * 72 / dpi); OCR should ignore what lies in `pictures`. `rotation` is the
    clockwise rotation that was applied to set the image upright, 0, 90, 180 or 270 degrees. `angle` is the
    skew in degrees that was then removed, positive if lines sank to the right.
    """

    gray: Gray
    without_rules: Gray
    rules: tuple[Rule, ...]
    pictures: tuple[Box, ...]
    rotation: int
    angle: float


def clean_page(image: npt.NDArray[np.uint8], dpi: float) -> CleanPage:
    """Return a page image rotated, straightened and cleaned, with its ruling lines and pictures.

    `image` is uint8, gray of shape (rows, columns) or RGB(A) of shape (rows, columns, 3 or 4), scanned or
    rendered at `dpi` dots per inch (150 to 300 work best). The straightened page is larger than the image, so
    that no corner is cut off. The function does not distinguish upright from upside down, nor the two ways in
    which a page can lie on its side: `rotation` is 0 or 90, and the caller may have to rotate the page by
    another 180 degrees. Any image is accepted, even an empty one. Raises `ValueError` for any other shape, or
    if `dpi` is not positive.
    """
    if not dpi > 0 or not math.isfinite(dpi):
        raise ValueError(f"dpi must be positive, not {dpi}")
    gray = _gray(image)
    if min(gray.shape) < _MIN_SIDE:
        return CleanPage(gray, gray, (), (), 0, 0.0)
    even = _on_white_paper(gray, dpi)
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
    """Return the position on the original image of a box of the straightened page.

    Both boxes are in PDF points from the top left corner; the result is the bounding rectangle of the rotated
    box. `dpi` is the value that was passed to `clean_page`.
    """
    scale = 72.0 / dpi
    height, width = page.gray.shape[0] * scale, page.gray.shape[1] * scale
    sine, cosine = math.sin(math.radians(page.angle)), math.cos(math.radians(page.angle))
    # The canvas was enlarged to fit the rotated page, so its earlier size follows from the current one.
    grown = cosine * cosine - sine * sine
    flat_width = (width * cosine - height * abs(sine)) / grown
    flat_height = (height * cosine - width * abs(sine)) / grown
    corners = []
    for x, y in ((box.x0, box.top), (box.x1, box.top), (box.x0, box.bottom), (box.x1, box.bottom)):
        dx, dy = x - width / 2, y - height / 2
        across, down = cosine * dx - sine * dy, sine * dx + cosine * dy
        corners.append((across + flat_width / 2, down + flat_height / 2))
    corners = [_before_rotation(x, y, page.rotation, flat_width, flat_height) for x, y in corners]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _before_rotation(x: float, y: float, rotation: int, width: float, height: float) -> tuple[float, float]:
    """Return the position of a point before its page, now of this size, was rotated clockwise."""
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


def _on_white_paper(gray: Gray, dpi: float) -> Gray:
    """Return the page on white paper: each shade divided by the shade of the paper around it."""
    height, width = gray.shape
    step = max(1, round(dpi / 36))
    small = shrunk(gray, step)
    field = max(3, int(_PAPER_FIELD * dpi / 72 / step)) | 1
    # A closing with a square wider than print removes letters and lines, and leaves the paper.
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((field, field), np.uint8))
    paper = cv2.GaussianBlur(paper, (field, field), 0)
    darkest = np.uint8(max(1.0, _DARK_PAPER * float(np.percentile(small, 95))))
    paper = cv2.resize(np.maximum(paper, darkest), (width, height), interpolation=cv2.INTER_LINEAR)
    return _with_dark_print(np.asarray(cv2.divide(gray, paper, scale=255.0), dtype=np.uint8))


def _with_dark_print(even: Gray) -> Gray:
    """Return the page with pale print darkened to normal."""
    some = even[::3, ::3]
    dark = some[some < _LIGHTEST_PRINT]
    ink = float(np.percentile(dark, 25)) if dark.size > _MIN_PRINT_SHARE * some.size else 0.0
    if ink <= _PALE_FROM:
        return even
    shades = np.clip(255 - (255 - np.arange(256)) * (255 - _PALE_FROM / 2) / (255 - ink), 0, 255)
    return np.asarray(cv2.LUT(even, shades.astype(np.uint8)), dtype=np.uint8)


def _cleaned(even: Gray, dpi: float) -> Gray:
    """Return the page with full contrast, without specks and without print from the back of the sheet."""
    dark = even[::2, ::2]
    dark = dark[dark < 170]
    ink = float(np.median(dark)) if dark.size > 50 else 0.0
    ink = min(ink, 150.0)
    white = 255.0 - _FAINT * (255.0 - ink)
    shades = np.clip((np.arange(256) - ink * 0.6) * 255.0 / (white - ink * 0.6), 0, 255)
    stretched = np.asarray(cv2.LUT(even, shades.astype(np.uint8)), dtype=np.uint8)
    return _without_specks(stretched, dpi)


def _without_specks(gray: Gray, dpi: float) -> Gray:
    """Paint isolated dark pixels white."""
    scale = dpi / 72
    window = max(3, round(1.5 * scale)) | 1
    most = max(1, int(_MAX_SPECK_AREA * scale * scale))
    marks = (gray < 200).astype(np.uint8)
    around = cv2.boxFilter(marks, cv2.CV_16U, (window, window), normalize=False)
    return np.where(around <= most, np.uint8(255), gray)
