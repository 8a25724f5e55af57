"""Cache of OCR results, keyed by image content, so that a second run needs no OCR."""

from __future__ import annotations

import hashlib
import json
import tempfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from thaita.extract.cache import cache_root
from thaita.extract.readers.ocr.recognizer import OcrWord, Recognizer
from thaita.models.document import Box

VERSION = 3
"""Increased when page cleaning or the file format changes."""


def cache_folder() -> Path:
    """Return the folder of cached OCR results."""
    return cache_root() / "ocr"


def cached_words(image: np.ndarray, dpi: float, recognizer: Recognizer) -> list[OcrWord]:
    """Return the words of a page image, from the cache if the same recognizer has read it before.

    A cache that cannot be read or written is ignored. Errors of the recognizer are raised.
    """
    key = hashlib.sha256(f"{VERSION}|{recognizer.name}|{dpi:g}|{image.shape}|".encode())
    key.update(np.ascontiguousarray(image).data)
    path = cache_folder() / key.hexdigest()[:2] / f"{key.hexdigest()}.json"
    with suppress(OSError, ValueError, KeyError, TypeError):
        return [_word_from_json(one) for one in json.loads(path.read_text("utf-8"))]
    words = recognizer.words(image, dpi)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", delete=False) as file:
            json.dump([asdict(word) for word in words], file, ensure_ascii=False)
        Path(file.name).replace(path)
    return words


def _word_from_json(one: dict[str, Any]) -> OcrWord:
    band = one["band"]
    return OcrWord(
        text=one["text"],
        box=Box(*one["box"]),
        confidence=one["confidence"],
        line=one["line"],
        band=None if band is None else (band[0], band[1]),
        body=one["body"],
        symbols=tuple((letter, Box(*box)) for letter, box in one["symbols"]),
    )
