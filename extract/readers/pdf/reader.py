"""PDF files: what their pages show, as paragraphs and tables with offsets and places."""

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
from thaita.extract.readers.pdf.picture_pages import MOST, covered, is_picture
from thaita.extract.readers.pdf.scanned_pages import Scans
from thaita.extract.readers.pdf.second_reading import take_second_readings
from thaita.extract.readers.work_limits import current_limits, limit_problem, page_limit_problem
from thaita.models.document import Box, Document, Page, Place, ReaderProblem
from thaita.normalize.thai.document_diagnosis import is_hopeless

MEDIA_TYPE = "application/pdf"

_QUOTED = 60
"""Characters of hidden text that its problem quotes."""

_SAMPLE = 600
"""Characters of a page by which its text layer is judged."""


def read_pdf(data: bytes, password: str | None = None, engine: str = "pdfium", ocr: str = "off") -> Document:
    """Return the document in a PDF's bytes: paragraphs and tables in reading order, each line with its place.

    `ocr` names what reads pages that are pictures (see `recognizer`). A page that cannot be read, has no text
    layer or a hopeless one stands in `problems`; so do the pages beyond the budget of a report (`work_limits`), and lines
    whose letters were taken from the other engine. Raises ValueError for an unknown engine,
    UnreadableFileError (`empty`, `encrypted`, `damaged`).
    """
    if not data.strip():
        raise UnreadableFileError("empty", "The file is empty: download it again.")
    with _no_collection():
        return _read(data, password, engine, Scans(data, password, ocr))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Leave out the search for cycles: pages are many small objects without any, and it would pass over all of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(data: bytes, password: str | None, engine: str, scans: Scans) -> Document:
    drafts: list[PageDraft] = []
    problems: list[ReaderProblem] = []
    pictures: dict[int, tuple[PageContent, list[ReaderProblem]]] = {}
    turned: dict[int, PageContent] = {}
    overlays = Overlays(data, password)
    annotated = 0
    for read in engine_of(engine).pages(data, password):
        content = overlays.onto(read) if read.annotated else read
        annotated += read.annotated
        count = len(drafts)
        left_out = page_limit_problem(count) or limit_problem(count, current_limits().text_stop_reason())
        if left_out is not None:
            problems.append(left_out)
            break
        said = list(_page_problems(content))
        if _TO_BE_READ & {problem.code for problem in said}:
            pictures[len(drafts)] = content, said
        else:
            problems += said
        drafts.append(lay_out_whole_page(content))
        problems += _struck(drafts[-1])
        if content.turn:
            turned[content.number] = content
    problems += _read_pictures(pictures, drafts, scans)
    drawn = [draft for draft in drafts if draft.number not in scans.pages]
    problems += take_second_readings(drawn, partial(_read_again, data, password, _OTHER[engine]))
    problems += package_problems(data, password, fields=bool(annotated))
    if b"%%EOF" not in data[-2048:]:
        message = "The PDF ends early: pages or text may be missing. Download it again."
        problems.append(ReaderProblem("warning", "truncated", message))
    return _document(drafts, scans, turned, problems, engine)


def _document(
    drafts: list[PageDraft],
    scans: Scans,
    turned: dict[int, PageContent],
    problems: list[ReaderProblem],
    engine: str,
) -> Document:
    composed = compose_pages(drafts)
    return Document(
        text=composed.text(),
        media_type=MEDIA_TYPE,
        blocks=tuple(composed.blocks),
        pages=tuple(_page(scans.page(draft), turned) for draft in drafts),
        places=tuple(_place(scans.place(place), turned) for place in composed.places)
        if scans.pages or turned
        else tuple(composed.places),
        problems=tuple(problems),
        doubtful=tuple(composed.doubtful),
        uncertain=tuple(composed.uncertain),
        confidences=tuple(composed.confidences),
        marks=tuple(composed.marks),
        notes={"engine": engine},
    )


def _page(page: Page, turned: dict[int, PageContent]) -> Page:
    """Return a page with the size in which it is displayed."""
    content = turned.get(page.number)
    if content is None or content.turn % 2 == 0:
        return page
    return Page(page.number, content.height, content.width)


def _place(place: Place, turned: dict[int, PageContent]) -> Place:
    """Return where a line stands on the page as displayed, though the page was turned to read it."""
    content = turned.get(place.page)
    if content is None:
        return place
    back = turn_matrix(content.width, content.height, -content.turn)
    return Place(place.span, place.page, Box(*apply_box(back, place.box)))


_TO_BE_READ = {"no_text_layer", "hopeless_text"}
"""Problems of a page that OCR can mend."""


def _read_pictures(
    pictures: dict[int, tuple[PageContent, list[ReaderProblem]]], drafts: list[PageDraft], scans: Scans
) -> Iterator[ReaderProblem]:
    """Put pages as OCR reads them in their places among the drafts; yield what is to be said of each."""
    read = scans.read([content for content, _ in pictures.values()])
    for (place, (content, said)), (shown, of_ocr) in zip(pictures.items(), read, strict=True):
        if shown is content:
            yield from () if content.number in scans.beyond else said
            if of_ocr:
                yield of_ocr
            continue
        drafts[place] = lay_out_whole_page(shown)
        scans.note(drafts[place])
        if of_ocr:
            yield of_ocr


_OTHER: dict[str, str] = dict(zip(ENGINES, reversed(ENGINES), strict=True))


def _read_again(data: bytes, password: str | None, engine: str, numbers: frozenset[int]) -> list[PageDraft]:
    """Return the pages of these numbers as another engine reads them; none that it fails on."""
    drafts: list[PageDraft] = []
    with suppress(Exception):  # the first reading stands, with its doubt
        drafts += map(lay_out_whole_page, engine_of(engine).pages(data, password, numbers))
    return drafts


def engine_of(name: str) -> Engine:
    """Return the engine of a name of `ENGINES`; only then is what it needs imported."""
    if PdfOptions(engine=name).engine == "pdfplumber":
        from thaita.extract.readers.pdf.pdfminer_pages import MinerEngine

        return MinerEngine()
    from thaita.extract.readers.pdf.pdfium import PdfiumEngine

    return PdfiumEngine()


def _page_problems(content: PageContent) -> Iterator[ReaderProblem]:
    for problem in content.problems:
        yield ReaderProblem("warning", "page_damaged", f"page {content.number}: {problem}")
    text = "".join(glyph.text for glyph in content.glyphs if glyph.visible)
    letters = len(text.strip())
    hidden = sum(len(glyph.text.strip()) for glyph in content.glyphs if not glyph.visible)
    if is_picture(content):
        layer = "only a hidden text layer, which is not read" if hidden else "no text layer"
        has = f"no more than {letters} characters of text" if letters else layer
        message = f"page {content.number} is a picture with {has}: read it by OCR."
        yield ReaderProblem("warning", "no_text_layer", message)
    else:
        yield from _left_out(content, hidden)
    if is_hopeless(text[:_SAMPLE]):
        message = f"page {content.number}: the text layer cannot be turned into Thai: read it by OCR."
        yield ReaderProblem("warning", "hopeless_text", message)


def _left_out(content: PageContent, hidden: int) -> Iterator[ReaderProblem]:
    """Yield what of a page with text was not read."""
    if hidden:
        said = " ".join("".join(glyph.text for glyph in content.glyphs if not glyph.visible).split())
        more = "…" if len(said) > _QUOTED else ""
        message = f"page {content.number}: {hidden} characters that the page does not show were left out: «{said[:_QUOTED]}{more}»."
        yield ReaderProblem("info", "hidden_text", message)
    if content.images and covered(content) >= MOST * content.width * content.height:
        message = f"page {content.number}: pictures lie behind the text; words in them were not read."
        yield ReaderProblem("info", "image", message)


def _struck(draft: PageDraft) -> Iterator[ReaderProblem]:
    said = [line.text for line in draft.asides if "struck" in line.flags]
    if said:
        shown = ", ".join(f"«{text[:60]}»" for text in said[:5])
        more = f" and {len(said) - 5} more" if len(said) > 5 else ""
        message = f"page {draft.number}: crossed-out text was left out: {shown}{more}."
        yield ReaderProblem("info", "struck_text", message)
