"""Reading options that a user sets: password, PDF engine and OCR."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

EngineName = Literal["pdfium", "pdfplumber"]
ENGINES: tuple[EngineName, ...] = ("pdfium", "pdfplumber")
"""The PDF engines; the first is the default."""


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """Options for PDFs and images: the password of locked PDFs, the PDF engine and the OCR recognizer.

    `ocr` is `tesseract`, `off`, or `package.module:name` of a custom recognizer.

    Raises ValueError for an unknown engine. The check runs once, before any file is read.
    """

    password: str | None = field(default=None, repr=False)
    engine: str = ENGINES[0]
    ocr: str = "tesseract"

    def __post_init__(self) -> None:
        if self.engine not in ENGINES:
            raise ValueError(f"no PDF engine is called {self.engine!r}: choose one of {', '.join(ENGINES)}")


DEFAULT = PdfOptions()
"""No password, the faster engine, and OCR by Tesseract."""
