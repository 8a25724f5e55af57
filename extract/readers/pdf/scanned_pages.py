"""OCR of PDF pages that are pictures: render them, recognize them, and replace the content of the file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from thaita.extract.readers.ocr.recognizer import NoRecognizerError, Recognizer, load_recognizer
from thaita.extract.readers.page.content import PageContent
from thaita.extract.readers.page.layout import PageDraft
from thaita.extract.readers.pdf.picture_pages import own_text
from thaita.extract.readers.work_limits import current_limits
from thaita.models.document import Page, Place, ReaderProblem
from thaita.models.problem_codes import ProblemCode

if TYPE_CHECKING:
    import numpy as np

    from thaita.extract.readers.ocr.page import OcrPage

_DRAWING = Lock()
"""PDFium can render in only one thread at a time."""

_MAX_DEPTH = 12
"""Maximum nesting depth of forms whose text is left out of a rendered page."""

MAX_SIDE = 5_000
"""Maximum pixels of a rendered page's longer side; larger pages are rendered at a lower resolution."""


DPI = 300.0
"""Resolution at which pages are rendered for OCR, in dots per inch."""


def _resolution(content: PageContent) -> float:
    """Return the resolution at which a page is rendered, in dots per inch."""
    return min(DPI, MAX_SIDE * 72 / max(content.width, content.height, 1.0))


def _pixels(content: PageContent) -> int:
    return round(content.width * content.height * (_resolution(content) / 72) ** 2)


def _unread_pages(
    contents: Sequence[PageContent], why: str
) -> Iterator[tuple[PageContent, ReaderProblem | None]]:
    """Yield pages that are not recognized, with one problem for all of them."""
    message = f"{len(contents):,} scanned pages were not read, from page {contents[0].number} on: {why}."
    problem: ReaderProblem | None = ReaderProblem.of(ProblemCode.LIMIT_REACHED, message)
    for content in contents:
        yield content, problem
        problem = None


@dataclass(slots=True)
class ScanReader:
    """Reads the picture pages of one PDF with a named recognizer.

    `pages` are the recognized pages by number; `left_out` are the numbers of pages left out by a limit.
    """

    data: bytes
    password: str | None
    name: str
    pages: dict[int, OcrPage] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)

    def read(self, contents: Sequence[PageContent]) -> Iterator[tuple[PageContent, ReaderProblem | None]]:
        """Yield each page with its recognized content, and the problem to report.

        A page that cannot be recognized is yielded unchanged, and its problem states what to do. If the
        recognizer allows it, pages are read on all cores, a few at a time because images take memory.
        """
        try:
            recognizer = load_recognizer(self.name)
        except NoRecognizerError as error:
            for content in contents:
                yield content, ReaderProblem.of(ProblemCode.OCR_MISSING, f"page {content.number}: {error}")
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
                    self.left_out = {content.number for content in contents[start:]}
                    yield from _unread_pages(contents[start:], why)
                    return
                yield from pool.map(partial(self._read_page, recognizer), some)

    def _read_page(
        self, recognizer: Recognizer, content: PageContent
    ) -> tuple[PageContent, ReaderProblem | None]:
        from thaita.extract.readers.ocr.page import (
            ocr_done_problem,
            ocr_failed_problem,
            read_page,
            with_drawn_text,
        )

        try:
            own = own_text(content)
            with _DRAWING:
                image, dpi = self._render(content, bare=bool(own))
            read = read_page(image, dpi, content.number, recognizer)
            if own:
                read = with_drawn_text(read, own, content)
        except Exception as error:  # one failing page must not stop the others
            return content, ocr_failed_problem(content.number, error)
        self.pages[content.number] = read
        return read.content, ocr_done_problem(read)

    def _render(self, content: PageContent, *, bare: bool) -> tuple[np.ndarray, float]:
        """Return a page rendered in shades of gray and its resolution; `bare` leaves out text, fields and annotations."""
        import numpy as np
        import pypdfium2 as pdfium  # type: ignore[import-untyped]

        dpi = _resolution(content)
        document = pdfium.PdfDocument(self.data, password=self.password)
        try:
            page = document[content.number - 1]
            for text in (
                page.get_objects([pdfium.raw.FPDF_PAGEOBJ_TEXT], max_depth=_MAX_DEPTH) if bare else ()
            ):
                pdfium.raw.FPDFPageObj_SetIsActive(text, False)
            drawn = page.render(scale=dpi / 72, grayscale=True, draw_annots=not bare)
            return np.array(drawn.to_numpy()).reshape(drawn.height, -1)[:, : drawn.width].copy(), dpi
        finally:
            document.close()

    def set_confidences(self, draft: PageDraft) -> None:
        """Set the confidence of the words on a laid-out page."""
        if draft.number in self.pages:
            from thaita.extract.readers.ocr.page import set_word_confidences

            set_word_confidences(draft, self.pages[draft.number])

    def original_page(self, draft: PageDraft) -> Page:
        """Return the number and size of the original page, before it was straightened."""
        read = self.pages.get(draft.number)
        return Page(draft.number, *((read.width, read.height) if read else (draft.width, draft.height)))

    def original_place(self, place: Place) -> Place:
        """Return the location of a line on the original page, before it was straightened."""
        read = self.pages.get(place.page)
        return place if read is None else Place(place.span, place.page, read.to_original(place.box))
