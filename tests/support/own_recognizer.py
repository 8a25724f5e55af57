"""Custom recognizers, as selected by `--ocr`."""

from __future__ import annotations

import os
import time
from pathlib import Path

from thaita.extract.readers.ocr.recognizer import OcrWord
from thaita.models.document import Box

LINES = ["รายงานผลการประเมิน ITA ปีงบประมาณ พ.ศ. ๒๕๖๗", "การใช้อำนาจ"]


class Fixed:
    """Returns the same words for every page, and counts its calls."""

    name = "fixed"
    asked = 0

    def words(self, image, dpi):  # noqa: ARG002 - a recognizer's form
        """Return the words, one line below the other."""
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


class FailsOnce(Fixed):
    """Fails on the first page."""

    name = "second"

    def __init__(self):
        """Start with no calls."""
        self.pages = 0

    def words(self, image, dpi):
        """Return the words, except for the first page."""
        self.pages += 1
        if self.pages == 1:
            raise RuntimeError("no connection")
        return super().words(image, dpi)


class RecordsShade(Fixed):
    """Records the darkest shade in its images."""

    name = "looking"
    asked = 0
    darkest = 255

    def words(self, image, dpi):
        """Return the words."""
        type(self).darkest = int(image.min())
        return super().words(image, dpi)


class Odd(Fixed):
    """Returns words without letters and words without size among the others."""

    name = "odd"

    def words(self, image, dpi):
        """Return the words, an empty one, a blank one and one without height."""
        nothing = Box(10.0, 10.0, 10.0, 10.0)
        odd = [OcrWord(text, nothing, 0.5, 90 + i) for i, text in enumerate(("", " ", "การใช้อำนาจ", "คะแนน"))]
        return [*super().words(image, dpi), *odd]


class Held(Fixed):
    """Waits on a page while the file named by `THAITA_TEST_GATE` exists and the parent process lives.

    Meanwhile, the process ID of the parent is in the file with `.held` appended.
    """

    name = "held"

    def words(self, image, dpi):
        """Return the words after the wait."""
        gate, parent = Path(os.environ.get("THAITA_TEST_GATE", "")), os.getppid()
        if gate.is_file():
            Path(f"{gate}.held").write_text(str(parent), encoding="utf-8")
        while gate.is_file() and os.getppid() == parent:
            time.sleep(0.05)
        return super().words(image, dpi)


HELD = "support.own_recognizer:Held"
