"""The pdfplumber engine: page text by pdfminer with /ActualText, ruling lines by pdfplumber.

It is slower than PDFium and independent of it: text that both engines report was not invented by either.
"""

from __future__ import annotations

import logging
from collections.abc import Container, Iterator
from io import BytesIO
from math import isfinite

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import MATRIX_IDENTITY, Matrix, Rect
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.page.content import PageContent, usual_turn
from thaita.extract.readers.page.drawn_bullets import with_bullets
from thaita.extract.readers.pdf.annotations import has_annotations
from thaita.extract.readers.pdf.pdfminer_device import MAX_CONTENT, MarkedDevice
from thaita.extract.readers.pdf.pdfminer_interpreter import Layers, MarkedInterpreter
from thaita.extract.readers.pdf.pdfminer_rules import page_bullets, page_fills, page_rules
from thaita.extract.readers.pdf.pdfminer_visibility import flipped_box, shown_glyphs
from thaita.models.problem_codes import ProblemCode

MAX_PAGES = 20_000
"""Maximum number of pages: a page tree can claim any number."""
_MAX_STAMP = 200_000
"""Maximum bytes of drawing operators in a stamp."""
MAX_SIDE = 14_400.0
"""Maximum length of a page's side in points (ISO 32000-1, annex C.2)."""

logging.getLogger("pdfminer").addHandler(logging.NullHandler())


class PdfminerEngine:
    """Reads a PDF page by page with pdfminer and pdfplumber; see `Engine` for the interface."""

    def pages(
        self, data: bytes, password: str | None = None, only: Container[int] | None = None
    ) -> Iterator[PageContent]:
        """Yield the pages in order; a page that fails is yielded without glyphs and with a problem.

        Raises UnreadableFileError with the code `empty` (no bytes, no pages), `encrypted` (missing or wrong
        password), `damaged` or `too_large` (more than `MAX_PAGES` pages).
        """
        pdf = _open_pdf(data, password)
        number = 0
        try:
            for number, page in enumerate(PDFPage.create_pages(pdf.doc), 1):
                if number > MAX_PAGES:
                    message = f"The PDF has more than {MAX_PAGES:,} pages: split it."
                    raise UnreadableFileError(ProblemCode.TOO_LARGE, message)
                if only is None or number in only:
                    yield _page_content(pdf, page, number)
        except UnreadableFileError:
            raise
        except Exception as error:
            if not number:
                raise _damaged_error(error) from error
            lost = f"The list of pages is broken after page {number} ({_describe(error)}): the pages after it were not read."
            yield PageContent(number + 1, 0.0, 0.0, (), (), problems=(lost,))
        if not number:
            message = "The PDF has no pages: export it again from its source."
            raise UnreadableFileError(ProblemCode.EMPTY, message)


def _open_pdf(data: bytes, password: str | None) -> PDF:
    if not data.strip(b"\x00\t\r\n "):
        message = "The file is empty: download it again."
        raise UnreadableFileError(ProblemCode.EMPTY, message)
    try:
        return PDF(BytesIO(data), password=password)
    except UnicodeEncodeError as error:  # older ciphers accept only Latin letters, so this password is wrong
        message = "The password does not open the PDF: give the right one with --password."
        raise UnreadableFileError(ProblemCode.ENCRYPTED, message) from error
    except PdfminerException as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, PDFPasswordIncorrect):
            wrong = "The password does not open the PDF" if password else "The PDF is locked with a password"
            message = f"{wrong}: give the right one with --password."
            raise UnreadableFileError(ProblemCode.ENCRYPTED, message) from error
        if isinstance(cause, PDFEncryptionError):
            message = f"The encryption of the PDF is not supported ({cause}): save it without protection."
            raise UnreadableFileError(ProblemCode.ENCRYPTED, message) from error
        raise _damaged_error(cause) from error
    except Exception as error:
        raise _damaged_error(error) from error


def _damaged_error(error: object) -> UnreadableFileError:
    message = (
        f"The PDF is damaged ({_describe(error)}): download it again or export it again from its source."
    )
    return UnreadableFileError(ProblemCode.DAMAGED, message)


def _describe(error: object) -> str:
    text = str(error).split("\n")[0][:200]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _page_content(pdf: PDF, page: PDFPage, number: int, turn: int = 0) -> PageContent:
    width, height, problem = _set_displayed_box(page)
    if problem:
        return PageContent(number, width, height, (), (), problems=(problem,))
    device = MarkedDevice(pdf.rsrcmgr, pageno=number)
    try:
        interpreter = MarkedInterpreter(pdf.rsrcmgr, device)
        interpreter.layers = Layers(pdf.doc.catalog)
        interpreter.process_page(page)
        plumbed = Page(pdf, page, number)
        plumbed._layout = device.get_result()  # pdfplumber reads no other attribute
        glyphs, rules = shown_glyphs(device, page_rules(plumbed), width, height)
    except Exception as error:
        lost = f"The page cannot be read ({_describe(error)})."
        return PageContent(number, width, height, (), (), problems=(lost,))
    needed = 0 if turn else usual_turn(glyphs)
    if needed:
        page.rotate = (page.rotate + 90 * needed) % 360
        content = _page_content(pdf, page, number, needed)
        page.rotate = (page.rotate - 90 * needed) % 360
        return content
    images = tuple(flipped_box(image, height) for image in device.images)
    return PageContent(
        number,
        width,
        height,
        with_bullets(glyphs, page_bullets(plumbed)),
        rules,
        images,
        _text_problems(device),
        turn,
        has_annotations(page),
        page_fills(plumbed),
    )


def _set_displayed_box(page: PDFPage) -> tuple[float, float, str]:
    """Set the page's box to its displayed part, starting at 0, and return its rotated size in points.

    The third value states why the page has no usable size; it is empty otherwise.
    """
    media, crop = (_normalized_box(box) for box in (page.mediabox, page.cropbox))
    shown = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    if shown[0] >= shown[2] or shown[1] >= shown[3]:
        shown = media
    width, height = shown[2] - shown[0], shown[3] - shown[1]
    if not (isfinite(width) and isfinite(height) and 0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        return 0.0, 0.0, f"The page cannot be read: its box {list(page.mediabox)} is not a valid page size."
    page.mediabox = shown
    turned = page.rotate in {90, 270}
    page.attrs = {"MediaBox": [0.0, 0.0, width, height], "Rotate": page.rotate}
    return (height, width, "") if turned else (width, height, "")


def _normalized_box(box: Rect) -> Rect:
    x0, y0, x1, y1 = (float(side) for side in box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def drawn_text(page: PDFPage, stream: PDFStream, matrix: Matrix) -> Iterator[tuple[str, Rect, float]]:
    """Yield the text, box and type size of the text in a small form XObject; `matrix` maps the form to the page."""
    manager = PDFResourceManager()
    device = MarkedDevice(manager)
    interpreter = MarkedInterpreter(manager, device)
    device.begin_page(page, MATRIX_IDENTITY)
    device.read_content(MAX_CONTENT - _MAX_STAMP)  # only this part of the byte limit remains for it
    interpreter.render_contents(resolve1(stream.get("Resources")) or {}, [stream], ctm=matrix)
    device.close_spans(0)
    for piece in device.drawn:
        if piece.visible and all(map(isfinite, (*piece.box, piece.size))):
            yield piece.text, piece.box, piece.size


def _text_problems(device: MarkedDevice) -> tuple[str, ...]:
    problems: list[str] = []
    if device.unclosed:
        problems.append(f"{device.unclosed} /ActualText are not closed: the text they replace is uncertain.")
    broken = sum(piece.lines > 1 for piece in device.drawn)
    if broken:
        problems.append(f"{broken} /ActualText span several lines: their line breaks are lost.")
    return tuple(problems)
