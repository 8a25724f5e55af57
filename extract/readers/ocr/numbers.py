"""Numbers on a page image, read by the digit recognizer: what Tesseract says of digits is only a second opinion.

Tesseract's Thai models know no ๔ ๖ ๗ ๘ ๙ and answer with other digits, surely and without a sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

import numpy as np

from thaita.extract.readers.ocr.digits import NumberReading, read_number
from thaita.extract.readers.ocr.recognizer import OcrWord
from thaita.models.document import Box, around

_DIGITS = "0-9๐-๙"
_RUN = re.compile(rf"[{_DIGITS}][{_DIGITS}.,%/]*")
_NUMBER = re.compile(rf"[(]?[{_DIGITS}]{{1,4}}(?:[.,/][{_DIGITS}]{{1,4}})*[.)%]{{0,2}}")
_THAI_LETTER = re.compile("[ก-ฮะ-ูเ-์]")
_SHORT = 9
"""Letters of a word that may be a number read as letters."""

_MARKER = 4
"""Letters of the number of an item, with its stop."""

_BEYOND = 1.1
"""Heights of a letter's body by which a number may go on behind what was read of it."""

_BEFORE = 0.5
"""Share of that by which a number behind a letter may begin before what was read of it."""

_TAKEN = 0.5
"""Probability from which the digit recognizer's reading is taken at all."""

_INSTEAD = 0.9
"""The same where Tesseract read no digit."""

_AGREED = 0.5
"""How much of the doubt is left where both readings say the same digits."""

_TALLEST = 2.0
"""Inches that a number is high at most: what is said to be higher is no line of type, and costs minutes to look at."""

_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def with_numbers(words: list[OcrWord], image: np.ndarray, dpi: float) -> list[OcrWord]:
    """Return the words with their numbers as the digit recognizer reads them on the image.

    The confidence of a word with a number is that of the number. A number that only Tesseract reads keeps its
    digits and loses its confidence.
    """
    found: list[OcrWord] = []
    for _, line in groupby(words, lambda word: word.line):
        on_line = list(line)
        whole = _whole_number(on_line, image, dpi)
        if whole is not None:
            found.append(whole)
            continue
        for i, word in enumerate(on_line):
            free = (
                on_line[i - 1].box.x1 if i else 0.0,
                on_line[i + 1].box.x0 if i + 1 < len(on_line) else float(image.shape[1]),
            )
            found.append(_with_number(word, free, image, dpi, first=i == 0))
    return found


def _whole_number(line: list[OcrWord], image: np.ndarray, dpi: float) -> OcrWord | None:
    """Return a short line as one number, where the digit recognizer is sure that it is: a score in a cell."""
    text = "".join(word.text for word in line)
    if len(text) > _SHORT or not re.search(rf"[{_DIGITS}]", text):
        return None
    box = around([word.box for word in line])
    read = _read(box, line[0], image, dpi)
    said = read.text.strip()
    if (
        read.confidence < _TAKEN
        or not _NUMBER.fullmatch(said)
        or (len(line) > 1 and read.confidence < _INSTEAD)
    ):
        return None
    same = _figures(said) == _figures(text)
    sure = 1 - (1 - read.confidence) * (_AGREED if same else 1.0)
    return replace(
        line[0], text=said, box=box, confidence=sure, symbols=(), other=text if text != said else ""
    )


def _with_number(
    word: OcrWord, free: tuple[float, float], image: np.ndarray, dpi: float, *, first: bool
) -> OcrWord:
    """Return a word with its numbers read again; `free` are the end of the word before and the start of the next."""
    runs = list(_runs(word, free))
    if not runs:
        return _perhaps_a_number(word, image, dpi, first=first)
    text, confidence = word.text, word.confidence
    for start, end, box in reversed(runs):
        said = text[start:end]
        read = _read(box, word, image, dpi)
        reading, sure = _settled(said, read, whole=end - start == len(word.text))
        text = text[:start] + reading + text[end:]
        confidence = min(confidence, sure) if end - start < len(word.text) else sure
    return replace(word, text=text, confidence=confidence, other=word.text if text != word.text else "")


def _settled(said: str, read: NumberReading, *, whole: bool) -> tuple[str, float]:
    """Return which reading of a number counts, and how sure it is."""
    text = read.text.strip().lstrip(".,%/-")
    fits = _NUMBER.fullmatch(text) is not None
    if not fits or read.confidence < _TAKEN:
        return said, 0.0
    if not whole:  # the word's own stops and brackets stay with it
        said_tail, text = (
            re.sub(rf"^.*[{_DIGITS}]", "", said),
            re.sub(rf"[^{_DIGITS}]+$", "", text.lstrip("(")),
        )
        text += said_tail
    same = _figures(text) == _figures(said)
    sure = 1 - (1 - read.confidence) * (_AGREED if same else 1.0)
    return text, sure


def _runs(word: OcrWord, free: tuple[float, float]) -> Iterator[tuple[int, int, Box]]:
    """Yield where the numbers of a word stand in its text and on the page.

    The letters' boxes are not exact, and a digit at either end may not have been read: so one at an end of
    the word goes on into the free space there, and one behind a letter begins a little before.
    """
    reach = _BEYOND * (word.body or 0.0)
    left = max(word.box.x0 - reach, (word.box.x0 + free[0]) / 2)
    right = min(word.box.x1 + reach, (word.box.x1 + free[1]) / 2)
    for hit in _RUN.finditer(word.text):
        boxes, at = [], 0
        for letter, box in word.symbols:
            if at < hit.end() and at + len(letter) > hit.start():
                boxes.append(box)
            at += len(letter)
        box = word.box if hit.end() - hit.start() == len(word.text) or not boxes else around(boxes)
        x0 = min(left, word.box.x0) if hit.start() == 0 else max(word.box.x0, box.x0 - _BEFORE * reach)
        x1 = max(right, word.box.x1) if hit.end() == len(word.text) else box.x1
        yield hit.start(), hit.end(), Box(x0, box.top, x1, box.bottom)


def _perhaps_a_number(word: OcrWord, image: np.ndarray, dpi: float, *, first: bool) -> OcrWord:
    """Return a short word without digits as a number, where the digit recognizer is sure that it is one.

    The first word of a line that ends in a stop may be the number of an item, read as letters.
    """
    marker = first and len(word.text) <= _MARKER and word.text[-1] in ".)"
    if len(word.text) > _SHORT or (
        _THAI_LETTER.search(word.text) and word.confidence > _TAKEN and not marker
    ):
        return word
    if re.fullmatch(r"[A-Za-z]+|\W+", word.text) and word.confidence > _INSTEAD:
        return word
    read = _read(word.box, word, image, dpi)
    least = _TAKEN if marker and not _THAI_LETTER.search(word.text) else _INSTEAD
    if read.confidence < least or not _NUMBER.fullmatch(read.text.strip()):
        return word
    tail = word.text[-1] if marker and read.text.strip()[-1] not in ".)" else ""
    return replace(word, text=read.text.strip() + tail, confidence=read.confidence, other=word.text)


def _figures(text: str) -> str:
    return re.sub(r"\D", "", text.translate(_ARABIC))


def _read(box: Box, word: OcrWord, image: np.ndarray, dpi: float) -> NumberReading:
    """Return what the digit recognizer reads in a box, as high as the word's line."""
    top, bottom = word.band or (box.top, box.bottom)
    if bottom - top > _TALLEST * dpi:
        return NumberReading("", 0.0, ())
    margin = 0.15 * (word.body or (bottom - top))
    height, width = image.shape[:2]
    rows = slice(max(0, round(top)), min(height, round(bottom)))
    columns = slice(max(0, round(box.x0 - margin)), min(width, round(box.x1 + margin)))
    crop = image[rows, columns]
    return read_number(crop, dpi) if crop.size else NumberReading("", 0.0, ())
