"""A fast stub for Tesseract: it returns words with boxes and confidences that depend on the image's bytes."""

from __future__ import annotations

import zlib
from random import Random

import numpy as np

from thaita.extract.readers.ocr.recognizer import OcrWord
from thaita.models.document import Box

_WORDS = (
    "ITA", "คุณธรรมและความโปร่งใส", "ตัวชี้วัด", "การใช้อำนาจ", "การเปิดเผยข้อมูล", "๙๐.๐๙", "85.1O", "คะแนน", "จุดแข็ง", "มาตรการ", "ผู้รับผิดชอบ", "2568",
    "☑", "|", ".", "\n", "", " ", "ำ", "่", "\ufffd", "\x00", "อบต.บ้านใหม่", "ก" * 300,
)  # fmt: skip


class Quick:
    """Returns different words for different images, and the same words for the same image."""

    name = "quick"

    def words(self, image: np.ndarray, dpi: float) -> list[OcrWord]:  # noqa: ARG002 - a recogniser's form
        """Return up to 40 words, some beside the picture and some of no size."""
        dice = Random(zlib.crc32(np.ascontiguousarray(image).tobytes()))
        height, width = image.shape[:2]
        found = []
        for i in range(dice.choice((0, 1, 5, 40))):
            x, y = dice.uniform(-5, width), dice.uniform(-5, height)
            box = Box(
                x,
                y,
                x + dice.choice((0.0, 1.0, width / 4, 2.0 * width)),
                y + dice.choice((0.0, 1.0, 20.0, height)),
            )
            band = (box.top, box.bottom) if dice.random() < 0.5 else None
            body = dice.choice((None, 0.0, 10.0))
            text = dice.choice(_WORDS)
            symbols = tuple((letter, box) for letter in text) if dice.random() < 0.5 else ()
            found.append(
                OcrWord(
                    text,
                    box,
                    dice.random(),
                    i // dice.choice((1, 4)),
                    band,
                    body,
                    symbols,
                    dice.choice(("", "90")),
                )
            )
        return found
