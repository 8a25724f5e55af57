"""PDF files: paragraphs and tables with offsets and page locations, from what the pages display."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

from thaita.extract.options import ENGINES, PdfOptions
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.page.compose import compose_pages
from thaita.extract.readers.page.content import Engine, PageContent
from thaita.extract.readers.page.layout import PageDraft
from thaita.extract.readers.page.matrix import apply_box
from thaita.extract.readers.page.matrix import turned as turn_matrix
from thaita.extract.readers.page.whole_page import lay_out_whole_page
from thaita.extract.readers.pdf.annotations import Overlays
from thaita.extract.readers.pdf.pdfium_attachments import package_problems
from thaita.extract.readers.pdf.picture_pages import MIN_PICTURE_SHARE, is_picture_page, picture_area
from thaita.extract.readers.pdf.scanned_pages import ScanReader
from thaita.extract.readers.pdf.second_reading import apply_second_readings
from thaita.extract.readers.work_limits import current_limits, limit_problem, page_limit_problem
from thaita.models.document import Box, Document, Page, Place, ReaderProblem
from thaita.models.flags import Flag
from thaita.models.problem_codes import ProblemCode
from thaita.normalize.thai.document_diagnosis import is_hopeless

MEDIA_TYPE = "application/pdf"

_MAX_QUOTE = 60
"""Maximum length of the hidden text that a problem quotes."""

_SAMPLE_LENGTH = 600
"""Number of characters by which the quality of a page's text layer is judged."""


def read_pdf(data: bytes, password: str | None = None, engine: str = "pdfium", ocr: str = "off") -> Document:
    """Return the document in a PDF's bytes: paragraphs and tables in reading order, each line with its location.

    `ocr` names the recognizer for pages that are pictures (see `recognizer`). `problems` lists pages that
    could not be read, have no usable text layer or exceed the limits in `work_limits`, and lines whose
    letters come from the other engine. Raises ValueError for an unknown engine, UnreadableFileError (`empty`,
    `encrypted`, `damaged`).
    """
    if not data.strip():
        raise UnreadableFileError(ProblemCode.EMPTY, "The file is empty: download it again.")
    with _garbage_collection_paused():
        return _read(data, password, engine, ScanReader(data, password, ocr))


@contextmanager
def _garbage_collection_paused() -> Iterator[None]:
    """Pause garbage collection: pages are many small objects without cycles, and each collection would scan them all."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(data: bytes, password: str | None, engine: str, scans: ScanReader) -> Document:
    drafts: list[PageDraft] = []
    problems: list[ReaderProblem] = []
    pictures: dict[int, tuple[PageContent, list[ReaderProblem]]] = {}
    turned: dict[int, PageContent] = {}
    overlays = Overlays(data, password)
    annotated = 0
    for read in engine_of(engine).pages(data, password):
        content = overlays.add_to(read) if read.annotated else read
        annotated += read.annotated
        count = len(drafts)
        left_out = page_limit_problem(count) or limit_problem(count, current_limits().text_stop_reason())
        if left_out is not None:
            problems.append(left_out)
            break
        said = list(_page_problems(content))
        if _OCR_CODES & {problem.code for problem in said}:
            pictures[len(drafts)] = content, said
        else:
            problems += said
        drafts.append(lay_out_whole_page(content))
        problems += _struck_problems(drafts[-1])
        if content.turn:
            turned[content.number] = content
    problems += _read_pictures(pictures, drafts, scans)
    drawn = [draft for draft in drafts if draft.number not in scans.pages]
    problems += apply_second_readings(drawn, partial(_read_again, data, password, _OTHER_ENGINE[engine]))
    problems += package_problems(data, password, fields=bool(annotated))
    if b"%%EOF" not in data[-2048:]:
        message = "The PDF ends early: pages or text may be missing. Download it again."
        problems.append(ReaderProblem.of(ProblemCode.TRUNCATED, message))
    return _document(drafts, scans, turned, problems, engine)


def _document(
    drafts: list[PageDraft],
    scans: ScanReader,
    turned: dict[int, PageContent],
    problems: list[ReaderProblem],
    engine: str,
) -> Document:
    composed = compose_pages(drafts)
    return Document(
        text=composed.text(),
        media_type=MEDIA_TYPE,
        blocks=tuple(composed.blocks),
        pages=tuple(_displayed_page(scans.original_page(draft), turned) for draft in drafts),
        places=tuple(_displayed_place(scans.original_place(place), turned) for place in composed.places)
        if scans.pages or turned
        else tuple(composed.places),
        problems=tuple(problems),
        doubtful=tuple(composed.doubtful),
        uncertain=tuple(composed.uncertain),
        confidences=tuple(composed.confidences),
        marks=tuple(composed.marks),
        notes={"engine": engine},
    )


def _displayed_page(page: Page, turned: dict[int, PageContent]) -> Page:
    """Return a page with its displayed size."""
    content = turned.get(page.number)
    if content is None or content.turn % 2 == 0:
        return page
    return Page(page.number, content.height, content.width)


def _displayed_place(place: Place, turned: dict[int, PageContent]) -> Place:
    """Return the location of a line on the displayed page if the page was turned for reading."""
    content = turned.get(place.page)
    if content is None:
        return place
    back = turn_matrix(content.width, content.height, -content.turn)
    return Place(place.span, place.page, Box(*apply_box(back, place.box)))


_OCR_CODES = {"no_text_layer", "hopeless_text"}
"""Codes of page problems that OCR can solve."""


def _read_pictures(
    pictures: dict[int, tuple[PageContent, list[ReaderProblem]]], drafts: list[PageDraft], scans: ScanReader
) -> Iterator[ReaderProblem]:
    """Replace the drafts of picture pages by their OCR results; yield the problems of each page."""
    read = scans.read([content for content, _ in pictures.values()])
    for (place, (content, said)), (shown, ocr_problem) in zip(pictures.items(), read, strict=True):
        if shown is content:
            yield from () if content.number in scans.left_out else said
            if ocr_problem:
                yield ocr_problem
            continue
        drafts[place] = lay_out_whole_page(shown)
        scans.set_confidences(drafts[place])
        if ocr_problem:
            yield ocr_problem


_OTHER_ENGINE: dict[str, str] = dict(zip(ENGINES, reversed(ENGINES), strict=True))


def _read_again(data: bytes, password: str | None, engine: str, numbers: frozenset[int]) -> list[PageDraft]:
    """Return the pages with these numbers as another engine reads them; empty if that engine fails."""
    drafts: list[PageDraft] = []
    with suppress(Exception):  # the first reading remains, marked as doubtful
        drafts += map(lay_out_whole_page, engine_of(engine).pages(data, password, numbers))
    return drafts


def engine_of(name: str) -> Engine:
    """Return the engine with a name in `ENGINES`, importing only what it needs."""
    if PdfOptions(engine=name).engine == "pdfplumber":
        from thaita.extract.readers.pdf.pdfminer_pages import PdfminerEngine

        return PdfminerEngine()
    from thaita.extract.readers.pdf.pdfium import PdfiumEngine

    return PdfiumEngine()


def _page_problems(content: PageContent) -> Iterator[ReaderProblem]:
    for problem in content.problems:
        yield ReaderProblem.of(ProblemCode.PAGE_DAMAGED, f"page {content.number}: {problem}")
    text = "".join(glyph.text for glyph in content.glyphs if glyph.visible)
    letters = len(text.strip())
    hidden = sum(len(glyph.text.strip()) for glyph in content.glyphs if not glyph.visible)
    if is_picture_page(content):
        layer = "only a hidden text layer, which is not read" if hidden else "no text layer"
        has = f"no more than {letters} characters of text" if letters else layer
        message = f"page {content.number} is a picture with {has}: use OCR."
        yield ReaderProblem.of(ProblemCode.NO_TEXT_LAYER, message)
    else:
        yield from _omission_problems(content, hidden)
    if is_hopeless(text[:_SAMPLE_LENGTH]):
        message = f"page {content.number}: the text layer cannot be converted to Thai: use OCR."
        yield ReaderProblem.of(ProblemCode.HOPELESS_TEXT, message)


def _omission_problems(content: PageContent, hidden: int) -> Iterator[ReaderProblem]:
    """Yield the problems of content that was left out of a page with text."""
    if hidden:
        said = " ".join("".join(glyph.text for glyph in content.glyphs if not glyph.visible).split())
        more = "…" if len(said) > _MAX_QUOTE else ""
        message = f"page {content.number}: {hidden} characters that the page does not display were left out: «{said[:_MAX_QUOTE]}{more}»."
        yield ReaderProblem("info", ProblemCode.HIDDEN_TEXT, message)
    if content.images and picture_area(content) >= MIN_PICTURE_SHARE * content.width * content.height:
        message = f"page {content.number}: there are pictures behind the text; words in them were not read."
        yield ReaderProblem.of(ProblemCode.IMAGE, message)


def _struck_problems(draft: PageDraft) -> Iterator[ReaderProblem]:
    said = [line.text for line in draft.asides if Flag.STRUCK in line.flags]
    if said:
        shown = ", ".join(f"«{text[:60]}»" for text in said[:5])
        more = f" and {len(said) - 5} more" if len(said) > 5 else ""
        message = f"page {draft.number}: crossed-out text was left out: {shown}{more}."
        yield ReaderProblem.of(ProblemCode.STRUCK_TEXT, message)
