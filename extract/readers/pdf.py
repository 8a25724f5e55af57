"""PDF files: what their pages show, as paragraphs and tables with offsets and places."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

from thaita.extract.options import ENGINES, PdfOptions
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.pdf_columns import with_column_tables
from thaita.extract.readers.pdf_document import compose
from thaita.extract.readers.pdf_layout import PageDraft, lay_out_page
from thaita.extract.readers.pdf_page import Engine, PageContent
from thaita.extract.readers.pdf_scan import Scans
from thaita.extract.readers.pdf_second import take_second_readings
from thaita.extract.readers.pdf_text_columns import with_text_columns
from thaita.models.document import Document, ReaderProblem
from thaita.normalize.thai_signs import is_hopeless

MEDIA_TYPE = "application/pdf"
PAGES = 2000
"""Pages that are read at most; reports have up to 200."""

_IMAGE = 0.2
"""Share of a page that pictures must fill for a page without text to be a scan, not an empty page."""

_SAMPLE = 600
"""Characters of a page by which its text layer is judged."""

_FEW = 20
"""Characters: a page that pictures fill and that has fewer of its own is a scan with a stamp on it."""


def read_pdf(data: bytes, password: str | None = None, engine: str = "pdfium", ocr: str = "off") -> Document:
    """Return the document in a PDF's bytes: paragraphs and tables in reading order, each line with its place.

    `ocr` names what reads pages that are pictures (see `ocr_engine`). A page that cannot be read, has no text
    layer or a hopeless one stands in `problems`; so do the rest of a file of more than 2,000 pages, and lines
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
    for content in engine_of(engine).pages(data, password):
        if len(drafts) == PAGES:
            message = f"Only the first {PAGES:,} pages were read: split the file to read the rest."
            problems.append(ReaderProblem("warning", "too_many_pages", message))
            break
        said = list(_page_problems(content))
        if _TO_BE_READ & {problem.code for problem in said}:
            pictures[len(drafts)] = content, said
        else:
            problems += said
        drafts.append(laid_out(content))
    problems += _read_pictures(pictures, drafts, scans)
    drawn = [draft for draft in drafts if draft.number not in scans.pages]
    problems += take_second_readings(drawn, partial(_read_again, data, password, _OTHER[engine]))
    if b"%%EOF" not in data[-2048:]:
        message = "The PDF ends early: pages or text may be missing. Download it again."
        problems.append(ReaderProblem("warning", "truncated", message))
    composed = compose(drafts)
    return Document(
        text=composed.text(),
        media_type=MEDIA_TYPE,
        blocks=tuple(composed.blocks),
        pages=tuple(map(scans.page, drafts)),
        places=tuple(map(scans.place, composed.places)) if scans.pages else tuple(composed.places),
        problems=tuple(problems),
        doubtful=tuple(composed.doubtful),
        uncertain=tuple(composed.uncertain),
        confidences=tuple(composed.confidences),
        notes={"engine": engine},
    )


_TO_BE_READ = {"no_text_layer", "hopeless_text"}
"""Problems of a page that OCR can mend."""


def _read_pictures(
    pictures: dict[int, tuple[PageContent, list[ReaderProblem]]], drafts: list[PageDraft], scans: Scans
) -> Iterator[ReaderProblem]:
    """Put pages as OCR reads them in their places among the drafts; yield what is to be said of each."""
    read = scans.read([content for content, _ in pictures.values()])
    for (place, (content, said)), (shown, of_ocr) in zip(pictures.items(), read, strict=True):
        if shown is content:
            yield from (*said, *([of_ocr] if of_ocr else []))
            continue
        drafts[place] = laid_out(shown)
        scans.note(drafts[place])
        if of_ocr:
            yield of_ocr


_OTHER: dict[str, str] = dict(zip(ENGINES, reversed(ENGINES), strict=True))


def _read_again(data: bytes, password: str | None, engine: str, numbers: frozenset[int]) -> list[PageDraft]:
    """Return the pages of these numbers as another engine reads them; none that it fails on."""
    drafts: list[PageDraft] = []
    with suppress(Exception):  # the first reading stands, with its doubt
        drafts += map(laid_out, engine_of(engine).pages(data, password, numbers))
    return drafts


def laid_out(content: PageContent) -> PageDraft:
    """Return a page's paragraphs and tables, those without ruling lines too."""
    page = lay_out_page(content)
    page.items = with_column_tables(with_text_columns(page.items), content.rules, content.fills)
    return page


def engine_of(name: str) -> Engine:
    """Return the engine of a name of `ENGINES`; only then is what it needs imported."""
    if PdfOptions(engine=name).engine == "pdfplumber":
        from thaita.extract.readers.pdf_miner import MinerEngine

        return MinerEngine()
    from thaita.extract.readers.pdf_pdfium import PdfiumEngine

    return PdfiumEngine()


def _page_problems(content: PageContent) -> Iterator[ReaderProblem]:
    for problem in content.problems:
        yield ReaderProblem("warning", "page_damaged", f"page {content.number}: {problem}")
    text = "".join(glyph.text for glyph in content.glyphs if glyph.visible)
    hidden = sum(len(glyph.text.strip()) for glyph in content.glyphs if not glyph.visible)
    page = content.width * content.height
    filled = sum((box.x1 - box.x0) * (box.bottom - box.top) for box in content.images)
    if len(text.strip()) < _FEW and filled > _IMAGE * page:
        layer = "only a hidden text layer, which is not read" if hidden else "no text layer"
        message = f"page {content.number} is a picture with {layer}: read it by OCR."
        yield ReaderProblem("warning", "no_text_layer", message)
    elif hidden:
        message = f"page {content.number}: {hidden} characters that the page does not show were left out."
        yield ReaderProblem("info", "hidden_text", message)
    if is_hopeless(text[:_SAMPLE]):
        message = f"page {content.number}: the text layer cannot be turned into Thai: read it by OCR."
        yield ReaderProblem("warning", "hopeless_text", message)
