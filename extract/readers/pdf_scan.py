"""Pages of a PDF that are pictures: drawn, read by OCR, and put in the place of what the file says of them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from thaita.extract.readers.ocr_engine import NoRecognizerError, recognizer_of
from thaita.extract.readers.ocr_page import DPI, OcrPage, note_confidence, read_page
from thaita.extract.readers.pdf_layout import PageDraft
from thaita.extract.readers.pdf_page import PageContent
from thaita.models.document import Place, ReaderProblem

LARGEST = 5_000
"""Pixels of a drawn page's longer side at most: larger ones are drawn coarser."""


@dataclass(slots=True)
class Scans:
    """Reads the pages of one PDF by the recogniser of a name; `pages` are those that were read, by number."""

    data: bytes
    password: str | None
    name: str
    pages: dict[int, OcrPage] = field(default_factory=dict)
    missing: str = ""

    def read(self, content: PageContent) -> tuple[PageContent, ReaderProblem | None]:
        """Return a page as its image shows it, with what a person should know of that.

        Where it cannot be read the page is returned as it was, and the problem says what to do.
        """
        try:
            recognizer = recognizer_of(self.name)
        except NoRecognizerError as error:
            self.missing = str(error)
            return content, ReaderProblem("warning", "ocr_missing", f"page {content.number}: {error}")
        if recognizer is None:
            return content, None
        try:
            image, dpi = self._image(content)
            read = read_page(image, dpi, content.number, recognizer)
        except Exception as error:  # one page, whatever it does, must not stop the others
            reason = f"{type(error).__name__}: {error}"[:200]
            message = f"page {content.number} cannot be read by OCR ({reason})."
            return content, ReaderProblem("warning", "ocr_failed", message)
        self.pages[content.number] = read
        sure = sum(word.confidence for word in read.words) / max(1, len(read.words))
        message = f"page {content.number} was read by OCR ({len(read.words)} words, mean confidence {sure:.0%}): check figures against the page."
        return read.content, ReaderProblem("info", "ocr", message)

    def _image(self, content: PageContent) -> tuple[np.ndarray, float]:
        import pypdfium2 as pdfium  # type: ignore[import-untyped]

        dpi = min(DPI, LARGEST * 72 / max(content.width, content.height, 1.0))
        document = pdfium.PdfDocument(self.data, password=self.password)
        try:
            drawn = document[content.number - 1].render(scale=dpi / 72, grayscale=True)
            return np.array(drawn.to_numpy()).reshape(drawn.height, -1)[:, : drawn.width].copy(), dpi
        finally:
            document.close()

    def note(self, draft: PageDraft) -> None:
        """Give the lines of a page that was laid out what is known of its words."""
        if draft.number in self.pages:
            note_confidence(draft, self.pages[draft.number])

    def place(self, place: Place) -> Place:
        """Return where a line stands on the page as it was given, not as it was straightened."""
        read = self.pages.get(place.page)
        return place if read is None else Place(place.span, place.page, read.back(place.box))
