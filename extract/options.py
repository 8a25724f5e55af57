"""How a user wants files to be read: what no file can say of itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

EngineName = Literal["pdfium", "pdfplumber"]
ENGINES: tuple[EngineName, ...] = ("pdfium", "pdfplumber")
"""The programs that can take a PDF apart, the default first."""


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """The password that opens locked PDFs, the engine that takes PDFs apart, and what reads pictures of pages.

    `ocr` is `tesseract`, `off`, or `package.module:name` of a recogniser of the user's own.

    Raises ValueError for an engine that there is not: before any file is read, not once a file.
    """

    password: str | None = field(default=None, repr=False)
    engine: str = ENGINES[0]
    ocr: str = "tesseract"

    def __post_init__(self) -> None:
        if self.engine not in ENGINES:
            raise ValueError(f"no PDF engine is called {self.engine!r}: choose one of {', '.join(ENGINES)}")


DEFAULT = PdfOptions()
"""No password, the faster engine."""
