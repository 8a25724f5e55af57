"""Fuzz targets for the readers: a file gives a reading that keeps the invariants, or a refusal with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from fuzz import docx_moves, image_moves, pdf_moves, seeds, text_moves
from fuzz.byte_moves import Mutate
from fuzz.holds import read_or_refused
from thaita.extract.options import PdfOptions

QUICK = "fuzz.recognizer:Quick"


@dataclass(frozen=True)
class Target:
    """A fuzz target: `check` takes bytes and returns the outcome; it raises if an invariant is broken."""

    name: str
    check: Callable[[bytes], str]
    seeds: Callable[[], Sequence[bytes]]
    mutate: Mutate

    def mutated(self, number: int, seed: int = 0) -> bytes:
        """Return the mutated input `number`; it depends only on the target, the number and the seed."""
        dice = Random(f"{self.name}/{seed}/{number}")
        good = self.seeds()
        return self.mutate(dice.choice(good), dice, good)


def _reader(name: str, good: Callable[[], Sequence[bytes]], mutate: Mutate, **options: str) -> Target:
    return Target(name, partial(read_or_refused, options=PdfOptions(**options)), good, mutate)


READERS = (
    _reader("text", seeds.texts, text_moves.mutate),
    _reader("docx", seeds.documents, docx_moves.mutate),
    _reader("pdf", seeds.pdfs, pdf_moves.mutate, ocr="off"),
    _reader("pdf-pdfplumber", seeds.pdfs, pdf_moves.mutate, ocr="off", engine="pdfplumber"),
    _reader("picture", seeds.pictures, image_moves.mutate, ocr=QUICK),
    _reader("scan", seeds.scans, pdf_moves.mutate, ocr=QUICK),
    _reader("picture-tesseract", seeds.pictures, image_moves.mutate),
)
"""Every reader; images are read by a stub recognizer and by Tesseract."""
