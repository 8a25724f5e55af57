"""OCR of one page image: clean it, find its ruling lines, recognize its words and read its numbers again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from thaita.extract.readers.ocr.cache import cached_words
from thaita.extract.readers.ocr.clean_image import CleanPage, back_to_image, clean_page
from thaita.extract.readers.ocr.numbers import with_numbers
from thaita.extract.readers.ocr.recognizer import OcrWord, Recognizer
from thaita.extract.readers.ocr.tick_boxes import find_tick_boxes, with_tick_boxes, without_tick_boxes
from thaita.extract.readers.page.content import Glyph, PageContent
from thaita.extract.readers.page.layout import PageDraft, all_lines
from thaita.extract.readers.page.matrix import apply_box, turned
from thaita.extract.readers.work_limits import page_done
from thaita.models.document import Box, ReaderProblem
from thaita.models.problem_codes import ProblemCode

_EM = 0.42
"""Height of a Thai letter's body in ems, in TH Sarabun, the font of most reports."""

_LOW_CONFIDENCE = 0.6
"""Mean word confidence below which a page may be upside down."""


@dataclass(frozen=True, slots=True)
class OcrPage:
    """A page read from its image: its content in points of the straightened page, and the words as read.

    `upside_down` is True if the image had to be rotated by 180 degrees; `width` and `height` are those of the
    image in points.
    """

    content: PageContent
    words: tuple[OcrWord, ...]
    clean: CleanPage
    dpi: float
    width: float
    height: float
    upside_down: bool = False

    def to_original(self, box: Box) -> Box:
        """Return a box of the straightened page as a box on the original page."""
        given = back_to_image(box, self.clean, self.dpi)
        if not self.upside_down:
            return given
        return Box(
            self.width - given.x1, self.height - given.bottom, self.width - given.x0, self.height - given.top
        )


def read_page(image: np.ndarray, dpi: float, number: int, recognizer: Recognizer) -> OcrPage:
    """Return the content of a page image (grayscale or RGB, uint8) with `dpi` dots per inch.

    Errors of the recognizer are raised.
    """
    clean = clean_page(image, dpi)
    words = _words(clean, dpi, recognizer)
    upside_down = False
    if words and _mean_confidence(words) < _LOW_CONFIDENCE:
        turned = clean_page(np.ascontiguousarray(np.rot90(image, 2)), dpi)
        others = _words(turned, dpi, recognizer)
        if others and _mean_confidence(others) > _mean_confidence(words) + 0.1:
            clean, words, upside_down = turned, others, True
    shown = [
        word for word in with_numbers(words, clean.without_rules, dpi) if not _is_on_picture(word, clean, dpi)
    ]
    page_done()
    points = 72 / dpi
    height, width = (side * points for side in clean.gray.shape[:2])
    content = PageContent(number, width, height, tuple(_glyphs(shown, points)), clean.rules, clean.pictures)
    given = image.shape[1] * points, image.shape[0] * points
    return OcrPage(content, tuple(shown), clean, dpi, *given, upside_down)


def with_drawn_text(page: OcrPage, own: Sequence[Glyph], given: PageContent) -> OcrPage:
    """Return a page read by OCR with the text `own`, drawn by the file, added at its place.

    `given` is the page that the text comes from.
    """
    shown = turned(given.width, given.height, -given.turn)
    zero, across, down = (page.to_original(Box(x, y, x, y)) for x, y in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)))
    a, b = across.x0 - zero.x0, across.top - zero.top
    c, d = down.x0 - zero.x0, down.top - zero.top
    size = a * d - b * c
    lying = abs(b) > abs(a)
    upright = a > abs(b) and not given.turn
    glyphs = list(page.content.glyphs)
    for glyph in own:
        box = Box(*apply_box(shown, glyph.box))
        x, y = (box.x0 + box.x1) / 2 - zero.x0, (box.top + box.bottom) / 2 - zero.top
        x, y = (d * x - c * y) / size, (a * y - b * x) / size
        wide, high = box.x1 - box.x0, box.bottom - box.top
        wide, high = (high, wide) if lying else (wide, high)
        place = Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        glyphs.append(replace(glyph, box=place, order=len(glyphs), upright=glyph.upright and upright))
    return replace(page, content=replace(page.content, glyphs=tuple(glyphs)))


def ocr_done_problem(page: OcrPage) -> ReaderProblem:
    """Return the problem that reports a page as read by OCR."""
    message = f"page {page.content.number} was read by OCR ({len(page.words)} words, mean confidence {_mean_confidence(page.words):.0%}): check figures against the page."
    return ReaderProblem.of(ProblemCode.OCR, message)


def ocr_failed_problem(number: int, error: Exception) -> ReaderProblem:
    """Return the problem that reports why OCR of a page failed."""
    reason = f"{type(error).__name__}: {error}"[:200]
    return ReaderProblem.of(ProblemCode.OCR_FAILED, f"page {number} could not be read by OCR ({reason}).")


def _words(clean: CleanPage, dpi: float, recognizer: Recognizer) -> list[OcrWord]:
    boxes = find_tick_boxes(clean.without_rules, dpi)
    words = cached_words(without_tick_boxes(clean.without_rules, boxes), dpi, recognizer)
    return with_tick_boxes([word for word in words if word.text.strip()], boxes)


def _mean_confidence(words: Sequence[OcrWord]) -> float:
    """Return the mean confidence of words, weighted by their length."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / max(1, letters)


def _is_on_picture(word: OcrWord, clean: CleanPage, dpi: float) -> bool:
    x, y = (word.box.x0 + word.box.x1) * 36 / dpi, (word.box.top + word.box.bottom) * 36 / dpi
    return any(box.x0 <= x <= box.x1 and box.top <= y <= box.bottom for box in clean.pictures)


def _glyphs(words: Sequence[OcrWord], points: float) -> list[Glyph]:
    """Return words as glyphs on the baseline of their line, each followed by a space except the last."""
    found = []
    for i, word in enumerate(words):
        top, bottom = word.band or (word.box.top, word.box.bottom)
        box = Box(word.box.x0 * points, top * points, word.box.x1 * points, bottom * points)
        size = max(word.body / _EM if word.body else bottom - top, 1.0) * points
        more = i + 1 < len(words) and words[i + 1].line == word.line
        found.append(Glyph(word.text + (" " if more else ""), box, size, i, font="ocr"))
    return found


def set_word_confidences(page: PageDraft, read: OcrPage) -> None:
    """Set the word confidences of each line of a laid-out page, from left to right."""
    points = 72 / read.dpi
    placed = [
        ((w.box.x0 + w.box.x1) / 2 * points, sum(w.band or w.box[1::2]) / 2 * points, w) for w in read.words
    ]
    for line in all_lines(page.items):
        box = line.box
        mine = [(x, word) for x, y, word in placed if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom]
        line.word_confidences = tuple(
            (word.text, word.confidence, word.other) for _, word in sorted(mine, key=lambda pair: pair[0])
        )
