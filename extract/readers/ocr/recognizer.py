"""What reads a page image: the seam at which another recognizer can be put in Tesseract's place.

A recognizer is an object with a `name` and a method `words`. `--ocr package.module:thing` names one of the user's
own: `thing` is the object, or what makes it when called without arguments. It may ask a server or a GPU.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from thaita.models.document import Box

if TYPE_CHECKING:
    import numpy as np

OFF = "off"
TESSERACT = "tesseract"


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word on a page image: what it says, its box in pixels, and how sure that is, from 0 to 1.

    `line` is the same for words of one line, in reading order; `band` are the upper and lower edge of the
    line in pixels and `body` the height of its letters' bodies, where the recognizer knows them. `symbols` are
    the letters with boxes of their own, if it gives them. `other` is another reading of the word that was not
    taken.
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

    `name` says which program, model and version it is: results are cached under it. One that has an
    attribute `threads` which is true is asked for several pages at once.
    """

    name: str

    def words(self, image: np.ndarray, dpi: float) -> list[OcrWord]:
        """Return the words of a grayscale image (uint8, dark on white, upright, no ruling lines), in reading order.

        Raises any error; the page is then said to be unread.
        """


class NoRecognizerError(Exception):
    """No recognizer can be had; the message says what to install or to name."""


@cache
def recognizer_of(name: str) -> Recognizer | None:
    """Return the recognizer of a name: `tesseract`, `off` (None), or `package.module:thing`.

    Raises NoRecognizerError where it cannot be had.
    """
    if name == OFF:
        return None
    if name == TESSERACT:
        from thaita.extract.readers.ocr.tesseract import Tesseract

        return Tesseract()
    module, _, thing = name.partition(":")
    try:
        found = getattr(importlib.import_module(module), thing)
        made: Recognizer = found if hasattr(found, "words") and not isinstance(found, type) else found()
    except Exception as error:
        message = f"no recognizer is to be had at {name!r} ({type(error).__name__}: {error}): give package.module:name"
        raise NoRecognizerError(message) from error
    return made
