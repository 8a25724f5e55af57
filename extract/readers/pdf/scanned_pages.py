"""Pages of a PDF that are pictures: drawn, read by OCR, and put in the place of what the file says of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from thaita.extract.readers.ocr.recognizer import NoRecognizerError, Recognizer, recognizer_of
from thaita.extract.readers.page.content import PageContent
from thaita.extract.readers.page.layout import PageDraft
from thaita.extract.readers.pdf.picture_pages import own_text
from thaita.extract.readers.work_limits import current_limits
from thaita.models.document import Page, Place, ReaderProblem

if TYPE_CHECKING:
    import numpy as np

    from thaita.extract.readers.ocr.page import OcrPage

_DRAWING = Lock()
"""PDFium draws in one thread at a time only."""

_DEPTH = 12
"""Forms in forms whose text is left out of a picture at most."""

LARGEST = 5_000
"""Pixels of a drawn page's longer side at most: larger ones are drawn coarser."""


DPI = 300.0
"""Dots an inch at which pages are drawn for recognition."""


def _resolution(content: PageContent) -> float:
    """Return the dots an inch at which a page is drawn."""
    return min(DPI, LARGEST * 72 / max(content.width, content.height, 1.0))


def _pixels(content: PageContent) -> int:
    return round(content.width * content.height * (_resolution(content) / 72) ** 2)


def _left_out(
    contents: Sequence[PageContent], why: str
) -> Iterator[tuple[PageContent, ReaderProblem | None]]:
    """Yield pages that are not recognized; one problem speaks for all of them."""
    message = (
        f"{len(contents):,} pages that are pictures were not read, from page {contents[0].number} on: {why}."
    )
    problem: ReaderProblem | None = ReaderProblem("warning", "limit_reached", message)
    for content in contents:
        yield content, problem
        problem = None


@dataclass(slots=True)
class Scans:
    """Reads the pages of one PDF by the recognizer of a name.

    `pages` are those that were read, by number; `beyond` the numbers of those that a limit left out.
    """

    data: bytes
    password: str | None
    name: str
    pages: dict[int, OcrPage] = field(default_factory=dict)
    beyond: set[int] = field(default_factory=set)

    def read(self, contents: Sequence[PageContent]) -> Iterator[tuple[PageContent, ReaderProblem | None]]:
        """Yield each page as its image shows it, with what a person should know of that.

        Where one cannot be read it is yielded as it was, and the problem says what to do. Pages are read on all
        cores where the recognizer lets them, a few at a time, as their pictures take memory.
        """
        try:
            recognizer = recognizer_of(self.name)
        except NoRecognizerError as error:
            for content in contents:
                yield content, ReaderProblem("warning", "ocr_missing", f"page {content.number}: {error}")
            return
        if recognizer is None:
            yield from ((content, None) for content in contents)
            return
        workers = (os.cpu_count() or 1) if getattr(recognizer, "threads", False) else 1
        with ThreadPoolExecutor(workers) as pool:
            pixels = 0
            for start in range(0, len(contents), 2 * workers):
                some = contents[start : start + 2 * workers]
                pixels += sum(map(_pixels, some))
                if (why := current_limits().ocr_stop_reason(pixels)) is not None:
                    self.beyond = {content.number for content in contents[start:]}
                    yield from _left_out(contents[start:], why)
                    return
                yield from pool.map(partial(self._page, recognizer), some)

    def _page(self, recognizer: Recognizer, content: PageContent) -> tuple[PageContent, ReaderProblem | None]:
        from thaita.extract.readers.ocr.page import failed, read_page, was_read, with_own_text

        try:
            own = own_text(content)
            with _DRAWING:
                image, dpi = self._image(content, bare=bool(own))
            read = read_page(image, dpi, content.number, recognizer)
            if own:
                read = with_own_text(read, own, content)
        except Exception as error:  # one page, whatever it does, must not stop the others
            return content, failed(content.number, error)
        self.pages[content.number] = read
        return read.content, was_read(read)

    def _image(self, content: PageContent, *, bare: bool) -> tuple[np.ndarray, float]:
        """Return a page drawn in shades of gray and its dots an inch; a bare one without text, fields and annotations."""
        import numpy as np
        import pypdfium2 as pdfium  # type: ignore[import-untyped]

        dpi = _resolution(content)
        document = pdfium.PdfDocument(self.data, password=self.password)
        try:
            page = document[content.number - 1]
            for text in page.get_objects([pdfium.raw.FPDF_PAGEOBJ_TEXT], max_depth=_DEPTH) if bare else ():
                pdfium.raw.FPDFPageObj_SetIsActive(text, False)
            drawn = page.render(scale=dpi / 72, grayscale=True, draw_annots=not bare)
            return np.array(drawn.to_numpy()).reshape(drawn.height, -1)[:, : drawn.width].copy(), dpi
        finally:
            document.close()

    def note(self, draft: PageDraft) -> None:
        """Give the lines of a page that was laid out what is known of its words."""
        if draft.number in self.pages:
            from thaita.extract.readers.ocr.page import note_confidence

            note_confidence(draft, self.pages[draft.number])

    def page(self, draft: PageDraft) -> Page:
        """Return the number and size of a page as it was given, not as it was straightened."""
        read = self.pages.get(draft.number)
        return Page(draft.number, *((read.width, read.height) if read else (draft.width, draft.height)))

    def place(self, place: Place) -> Place:
        """Return where a line stands on the page as it was given, not as it was straightened."""
        read = self.pages.get(place.page)
        return place if read is None else Place(place.span, place.page, read.back(place.box))
