"""Recognizers of a user's own, as `--ocr` names them."""

from __future__ import annotations

from thaita.extract.readers.ocr.recognizer import OcrWord
from thaita.models.document import Box

LINES = ["รายงานผลการประเมิน ITA ปีงบประมาณ พ.ศ. ๒๕๖๗", "การใช้อำนาจ"]


class Fixed:
    """Says the same of every page, and counts how often it is asked."""

    name = "fixed"
    asked = 0

    def words(self, image, dpi):  # noqa: ARG002 - a recognizer's form
        """Return the words, a line under another."""
        type(self).asked += 1
        found = []
        for i, line in enumerate(LINES):
            x = 100.0
            for word in line.split():
                box = Box(x, 100 + 80.0 * i, x + 14 * len(word), 140 + 80.0 * i)
                found.append(OcrWord(word, box, 0.9, i, (box.top, box.bottom), 24.0))
                x = box.x1 + 20
        return found


class Broken:
    """Fails on every page."""

    name = "broken"

    def words(self, image, dpi):  # noqa: ARG002 - a recognizer's form
        """Raise."""
        raise RuntimeError("no connection")


class Second(Fixed):
    """Fails on the first page that it is asked for."""

    name = "second"

    def __init__(self):
        """Be asked for nothing yet."""
        self.pages = 0

    def words(self, image, dpi):
        """Return the words, but for the first page."""
        self.pages += 1
        if self.pages == 1:
            raise RuntimeError("no connection")
        return super().words(image, dpi)


class Looking(Fixed):
    """Remembers the darkest shade that it was shown."""

    name = "looking"
    asked = 0
    darkest = 255

    def words(self, image, dpi):
        """Return the words."""
        type(self).darkest = int(image.min())
        return super().words(image, dpi)


class Odd(Fixed):
    """Says words without letters and words of no size among the others."""

    name = "odd"

    def words(self, image, dpi):
        """Return the words, an empty one, a blank one and one that has no height."""
        nothing = Box(10.0, 10.0, 10.0, 10.0)
        odd = [OcrWord(text, nothing, 0.5, 90 + i) for i, text in enumerate(("", " ", "การใช้อำนาจ", "คะแนน"))]
        return [*super().words(image, dpi), *odd]
