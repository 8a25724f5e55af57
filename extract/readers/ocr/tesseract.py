"""Tesseract 5 as recognizer: its Thai and English models, applied line by line.

Models are searched in the usual system folders; `TESSDATA_PREFIX` names another one. The page is split into
lines beforehand because Tesseract takes rows of Thai marks for separate lines.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING, Any

from thaita.extract.readers.ocr.recognizer import NoRecognizerError, OcrWord
from thaita.models.document import Box, around
from thaita.normalize.thai.letters import CONSONANT, MARK

if TYPE_CHECKING:  # most runs have no scan: they need the name of the recognizer and not OpenCV
    import numpy as np

    from thaita.extract.readers.ocr.lines import TextLine

MODELS = "tha+eng"
"""Measured on scans of reports: the fewest wrong letters, ahead of `tha` alone and of the script model
`Thai`."""

BODY_HEIGHT = 32.0
"""Height in pixels of a letter's body for recognition: with less, the models lose marks."""

_MARGIN = 12
_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    r"C:\Program Files\Tesseract-OCR\tessdata",
)
_HELP = (
    "install Tesseract's Thai model (Debian, Ubuntu: apt-get install tesseract-ocr-tha tesseract-ocr-eng), "
    "or put tha.traineddata and eng.traineddata into a folder and name it in TESSDATA_PREFIX"
)


def tessdata() -> Path:
    """Return the folder of the models. Raises NoRecognizerError if there is none."""
    named = os.environ.get("TESSDATA_PREFIX")
    for place in ([named] if named else []) + list(_PLACES):
        folder = Path(place)
        if all((folder / f"{model}.traineddata").exists() for model in MODELS.split("+")):
            return folder
    raise NoRecognizerError(f"Scanned pages need Tesseract: {_HELP}.")


class Tesseract:
    """Tesseract in this process, with models loaded once per thread. Raises NoRecognizerError if it is missing."""

    threads = True

    def __init__(self) -> None:
        folder = tessdata()
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # more threads than cores make every page slower
        import tesserocr  # type: ignore[import-untyped]

        self._tesserocr: Any = tesserocr
        self._folder = folder
        self._local = local()
        version = tesserocr.tesseract_version().split()[1]
        self.name = f"tesseract-{version}-{MODELS}-{(folder / 'tha.traineddata').stat().st_size}"

    @property
    def _api(self) -> Any:  # noqa: ANN401 - tesserocr has no types
        """The Tesseract instance of this thread: threads must not share one."""
        if not hasattr(self._local, "api"):
            self._local.api = self._tesserocr.PyTessBaseAPI(path=f"{self._folder}/", lang=MODELS, psm=7)
            self._local.api.SetVariable("preserve_interword_spaces", "1")
        return self._local.api

    def words(self, image: np.ndarray, dpi: float) -> list[OcrWord]:
        """Return the words of a page image, line by line."""
        from thaita.extract.readers.ocr.lines import find_lines

        return [
            word
            for number, line in enumerate(find_lines(image, dpi))
            for word in self._read_line(line, number)
        ]

    def _read_line(self, line: TextLine, number: int) -> Iterator[OcrWord]:
        import cv2
        from PIL import Image

        scale = BODY_HEIGHT / line.body
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        scaled = cv2.resize(line.image, None, fx=scale, fy=scale, interpolation=method)
        framed = cv2.copyMakeBorder(
            scaled, _MARGIN, _MARGIN, _MARGIN, _MARGIN, cv2.BORDER_CONSTANT, value=[255]
        )
        self._api.SetImage(Image.fromarray(framed))
        if not self._api.Recognize():
            return
        yield from self._words_in_line(line, number, scale)

    def _words_in_line(self, line: TextLine, number: int, scale: float) -> Iterator[OcrWord]:
        """Yield the words of the recognized line, split at its spaces."""
        level = self._tesserocr.RIL
        at = self._api.GetIterator()
        letters: list[tuple[str, Box, float]] = []
        while at is not None:
            box = at.BoundingBox(level.SYMBOL)
            if box:
                confidence = at.Confidence(level.WORD) / 100
                letters.append((at.GetUTF8Text(level.SYMBOL), _to_page(box, line, scale), confidence))
            if not at.Next(level.SYMBOL):
                break
        for word in self._api.GetUTF8Text().split():
            took: list[tuple[str, Box, float]] = []
            while letters and sum(len(letter) for letter, _, _ in took) < len(word):
                took.append(letters.pop(0))
            if took:
                yield _word(took, line, number)


def _word(letters: list[tuple[str, Box, float]], line: TextLine, number: int) -> OcrWord:
    """Return a word made of its letters, without marks that have no consonant: misread specks."""
    kept: list[tuple[str, Box, float]] = []
    for one in letters:
        if not _MARKS.fullmatch(one[0]) or (kept and _BEARS.search(kept[-1][0])):
            kept.append(one)
    kept = kept or letters
    text = "".join(letter for letter, _, _ in kept)
    box, sure = around([place for _, place, _ in kept]), min(one for _, _, one in kept)
    symbols = tuple((letter, place) for letter, place, _ in kept)
    return OcrWord(text, box, sure, number, line.band, line.body, symbols)


_MARKS = re.compile(f"[{MARK}]+")
_BEARS = re.compile(f"[{CONSONANT}{MARK}]$")


def _to_page(box: tuple[int, int, int, int], line: TextLine, scale: float) -> Box:
    """Return a box of the scaled line in pixels of the page."""
    x0, top, x1, bottom = ((edge - _MARGIN) / scale for edge in box)
    at = line.box
    return Box(x0 + at.x0, top + at.top, x1 + at.x0, bottom + at.top)
