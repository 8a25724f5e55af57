"""Numbers on a page image, read again by the digit recognizer; Tesseract's digits serve only as a second opinion.

Tesseract's Thai models do not know ๔ ๖ ๗ ๘ ๙: they return other digits with high confidence.
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
_MAX_WORD_LENGTH = 9
"""Maximum length of a word that may be a number misread as letters."""

_MAX_ITEM_NUMBER_LENGTH = 4
"""Maximum length of an item number with its stop."""

_EXTENSION = 1.1
"""Heights of a letter's body by which a number may extend beyond its recognized box."""

_EXTENSION_BEFORE = 0.5
"""Share of that distance by which a number after a letter may start before its recognized box."""

_MIN_CONFIDENCE = 0.5
"""Minimum probability for the digit recognizer's reading to be used."""

_MIN_CONFIDENCE_ALONE = 0.9
"""The same where Tesseract read no digit."""

_AGREEMENT_FACTOR = 0.5
"""Factor for the remaining uncertainty if both readings have the same digits."""

_MAX_HEIGHT = 2.0
"""Maximum height of a number in inches: a higher box is not a line of type, and reading it takes minutes."""

_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def with_numbers(words: list[OcrWord], image: np.ndarray, dpi: float) -> list[OcrWord]:
    """Return the words, with their numbers as the digit recognizer reads them on the image.

    The confidence of a word with a number is that of the number. A number that only Tesseract reads keeps its
    digits, with confidence 0.
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
    """Return a short line as one number if the digit recognizer is confident that it is one: a score in a cell."""
    text = "".join(word.text for word in line)
    if len(text) > _MAX_WORD_LENGTH or not re.search(rf"[{_DIGITS}]", text):
        return None
    box = around([word.box for word in line])
    read = _read_box(box, line[0], image, dpi)
    said = read.text.strip()
    if (
        read.confidence < _MIN_CONFIDENCE
        or not _NUMBER.fullmatch(said)
        or (len(line) > 1 and read.confidence < _MIN_CONFIDENCE_ALONE)
    ):
        return None
    same = _figures(said) == _figures(text)
    sure = 1 - (1 - read.confidence) * (_AGREEMENT_FACTOR if same else 1.0)
    return replace(
        line[0], text=said, box=box, confidence=sure, symbols=(), other=text if text != said else ""
    )


def _with_number(
    word: OcrWord, free: tuple[float, float], image: np.ndarray, dpi: float, *, first: bool
) -> OcrWord:
    """Return a word with its numbers read again; `free` are the end of the previous word and the start of the next."""
    runs = list(_number_places(word, free))
    if not runs:
        return _as_number_if_sure(word, image, dpi, first=first)
    text, confidence = word.text, word.confidence
    for start, end, box in reversed(runs):
        said = text[start:end]
        read = _read_box(box, word, image, dpi)
        reading, sure = _accepted_reading(said, read, whole=end - start == len(word.text))
        text = text[:start] + reading + text[end:]
        confidence = min(confidence, sure) if end - start < len(word.text) else sure
    return replace(word, text=text, confidence=confidence, other=word.text if text != word.text else "")


def _accepted_reading(said: str, read: NumberReading, *, whole: bool) -> tuple[str, float]:
    """Return the accepted reading of a number and its confidence."""
    text = read.text.strip().lstrip(".,%/-")
    fits = _NUMBER.fullmatch(text) is not None
    if not fits or read.confidence < _MIN_CONFIDENCE:
        return said, 0.0
    if not whole:  # keep the word's stops and brackets
        said_tail, text = (
            re.sub(rf"^.*[{_DIGITS}]", "", said),
            re.sub(rf"[^{_DIGITS}]+$", "", text.lstrip("(")),
        )
        text += said_tail
    same = _figures(text) == _figures(said)
    sure = 1 - (1 - read.confidence) * (_AGREEMENT_FACTOR if same else 1.0)
    return text, sure


def _number_places(word: OcrWord, free: tuple[float, float]) -> Iterator[tuple[int, int, Box]]:
    """Yield the position of each number of a word, in its text and on the page.

    The boxes of letters are inexact, and a digit at either end may be missing. So a number at an end of the
    word extends into the free space there, and one after a letter starts slightly earlier.
    """
    reach = _EXTENSION * (word.body or 0.0)
    left = max(word.box.x0 - reach, (word.box.x0 + free[0]) / 2)
    right = min(word.box.x1 + reach, (word.box.x1 + free[1]) / 2)
    for hit in _RUN.finditer(word.text):
        boxes, at = [], 0
        for letter, box in word.symbols:
            if at < hit.end() and at + len(letter) > hit.start():
                boxes.append(box)
            at += len(letter)
        box = word.box if hit.end() - hit.start() == len(word.text) or not boxes else around(boxes)
        x0 = (
            min(left, word.box.x0)
            if hit.start() == 0
            else max(word.box.x0, box.x0 - _EXTENSION_BEFORE * reach)
        )
        x1 = max(right, word.box.x1) if hit.end() == len(word.text) else box.x1
        yield hit.start(), hit.end(), Box(x0, box.top, x1, box.bottom)


def _as_number_if_sure(word: OcrWord, image: np.ndarray, dpi: float, *, first: bool) -> OcrWord:
    """Return a short word without digits as a number if the digit recognizer is confident that it is one.

    The first word of a line that ends in a stop may be an item number misread as letters.
    """
    marker = first and len(word.text) <= _MAX_ITEM_NUMBER_LENGTH and word.text[-1] in ".)"
    if len(word.text) > _MAX_WORD_LENGTH or (
        _THAI_LETTER.search(word.text) and word.confidence > _MIN_CONFIDENCE and not marker
    ):
        return word
    if re.fullmatch(r"[A-Za-z]+|\W+", word.text) and word.confidence > _MIN_CONFIDENCE_ALONE:
        return word
    read = _read_box(word.box, word, image, dpi)
    least = _MIN_CONFIDENCE if marker and not _THAI_LETTER.search(word.text) else _MIN_CONFIDENCE_ALONE
    if read.confidence < least or not _NUMBER.fullmatch(read.text.strip()):
        return word
    tail = word.text[-1] if marker and read.text.strip()[-1] not in ".)" else ""
    return replace(word, text=read.text.strip() + tail, confidence=read.confidence, other=word.text)


def _figures(text: str) -> str:
    return re.sub(r"\D", "", text.translate(_ARABIC))


def _read_box(box: Box, word: OcrWord, image: np.ndarray, dpi: float) -> NumberReading:
    """Return the digit recognizer's reading of a box, at the full height of the word's line."""
    top, bottom = word.band or (box.top, box.bottom)
    if bottom - top > _MAX_HEIGHT * dpi:
        return NumberReading("", 0.0, ())
    margin = 0.15 * (word.body or (bottom - top))
    height, width = image.shape[:2]
    rows = slice(max(0, round(top)), min(height, round(bottom)))
    columns = slice(max(0, round(box.x0 - margin)), min(width, round(box.x1 + margin)))
    crop = image[rows, columns]
    return read_number(crop, dpi) if crop.size else NumberReading("", 0.0, ())
