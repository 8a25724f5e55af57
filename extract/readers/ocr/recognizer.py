"""The OCR recognizer interface, through which another recognizer can replace Tesseract.

A recognizer is an object with a `name` and a method `words`. `--ocr package.module:thing` selects a custom
one: `thing` is the object, or a callable without arguments that returns it. It may use a server or a GPU.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.document import Box
from thaita.models.errors import ThaitaError
from thaita.models.extras import MissingPackageError, require
from thaita.models.problem_codes import ProblemCode

if TYPE_CHECKING:
    import numpy as np

OFF = "off"
TESSERACT = "tesseract"


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word on a page image: its text, its box in pixels, and its confidence from 0 to 1.

    `line` is the same for words of one line, in reading order. `band` holds the upper and lower edge of the
    line in pixels and `body` the height of its letters' bodies, if the recognizer knows them. `symbols` are
    the letters with their boxes, if it provides them. `other` is a rejected alternative reading of the word.
    """

    text: str
    box: Box
    confidence: float
    line: int
    band: tuple[float, float] | None = None
    body: float | None = None
    symbols: tuple[tuple[str, Box], ...] = ()
    other: str = ""


class Recognizer(Protocol):
    """Reads the words of a page image.

    `name` identifies the program, model and version: results are cached under it. A recognizer with a true
    attribute `threads` is called for several pages at once.
    """

    name: str

    def words(self, image: np.ndarray, dpi: float) -> list[OcrWord]:
        """Return the words of a grayscale image (uint8, dark on white, upright, no ruling lines), in reading order.

        It may raise any error; the page is then reported as not read.
        """


class NoRecognizerError(ThaitaError):
    """The recognizer cannot be loaded; the message states what to install or which name to give."""


@cache
def load_recognizer(name: str) -> Recognizer | None:
    """Return the recognizer with a name: `tesseract`, `off` (None), or `package.module:thing`.

    Raises NoRecognizerError if it cannot be loaded.
    """
    if name == OFF:
        return None
    try:
        require("ocr", "cv2", "numpy", *(["tesserocr"] if name == TESSERACT else []))
    except MissingPackageError as error:
        raise NoRecognizerError(f"{error}.") from error
    if name == TESSERACT:
        from thaita.extract.readers.ocr.tesseract import Tesseract

        return Tesseract()
    module, _, thing = name.partition(":")
    try:
        found = getattr(importlib.import_module(module), thing)
        made: Recognizer = found if hasattr(found, "words") and not isinstance(found, type) else found()
    except Exception as error:
        message = (
            f"cannot load OCR recognizer {name!r} ({type(error).__name__}: {error}): give package.module:name"
        )
        raise NoRecognizerError(message) from error
    return made


def recognizer_of_pictures(name: str) -> Recognizer:
    """Return the recognizer with a name for a file that is a picture. Raises UnreadableFileError if there is none."""
    try:
        recognizer = load_recognizer(name)
    except NoRecognizerError as error:
        raise UnreadableFileError(ProblemCode.OCR_MISSING, str(error)) from error
    if recognizer is None:
        raise UnreadableFileError(
            ProblemCode.UNSUPPORTED_FORMAT,
            "The file is a picture, but OCR is off: read it with --ocr tesseract.",
        )
    return recognizer
