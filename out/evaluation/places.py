"""Where errors stand in the documents: a picture of the place on its page, or the text around it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import islice
from pathlib import Path

from PIL import Image, ImageDraw

from thaita.check.evaluation.fold import fold, fold_words, number
from thaita.check.evaluation.outcomes import Outcome
from thaita.corpus.run.worker_process import call_in_worker
from thaita.models.document import Box, around
from thaita.models.errors import ThaitaError
from thaita.models.source_text import Span
from thaita.out.pages.image import lines_of, page_image_of
from thaita.out.pages.marks import Lines

MOST_PLACES = 200
"""Places that are looked up in the documents, which takes time and makes the page larger; of others the quote is shown."""

_AROUND = 90
"""Characters shown before and after a place in a text."""

_MARGIN, _TALLEST, _WIDEST = 36.0, 300.0, 1000
"""Points above and below a place in its picture, its greatest height in points and width in pixels."""

_MOST_TRIED = 50
"""Occurrences of a text in a document that are looked at for the one on the gold's page."""

_LEAST = 3
"""Letters that a text needs to be looked for in a document."""

_COLOR, _GAP = (200, 0, 40), 4
"""The color of a box, and pixels between it and its text."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as picture, and its pixels for each point."""

    picture: Image.Image
    scale: float


@dataclass(frozen=True, slots=True)
class Shown:
    """The place of an error: a picture as data URI, or the text before, at and after it; `page` from 1."""

    page: int | None = None
    picture: str = ""
    before: str = ""
    at: str = ""
    after: str = ""


class Pictures:
    """The places of errors in the documents of a folder, of which `MOST_PLACES` are looked up."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.made = 0
        self.left_out = 0
        self._pages: dict[int, Page | None] = {}

    def of(self, source: str | None, errors: Sequence[Outcome]) -> Iterator[Shown]:
        """Yield the place of each error of a document; its quote alone where the place is not looked up or not found."""
        path = self._path(source) if self.made < MOST_PLACES else None
        self._pages.clear()
        lines = None if path is None or source is None else _lines(path, source)
        for error in errors:
            spans = _spans(error, lines)
            page, box = _where(error, spans, lines)
            if lines is None or not spans:
                self.left_out += bool(source and self._folder)
                yield _quote(error, page)
                continue
            self.made += 1
            picture = self._picture(path, page, box) if path is not None and page is not None and box else ""
            yield Shown(page, picture) if picture else _text_around(spans, lines, page)

    def _path(self, source: str | None) -> Path | None:
        if self._folder is None or not source:
            return None
        inside = self._folder / source
        for path in (inside, self._folder / Path(source).name):
            if path.is_file() and path.resolve().is_relative_to(self._folder.resolve()):
                return path
        return None

    def _picture(self, path: Path, page: int, box: Box) -> str:
        if page not in self._pages:
            self._pages[page] = _page(path, page)
        image = self._pages[page]
        return "" if image is None else crop(image, box)


def _lines(path: Path, source: str) -> Lines | None:
    try:
        return call_in_worker(lines_of, str(path), source, None)
    except (OSError, ThaitaError, RuntimeError):
        return None  # the quote has to do


def _page(path: Path, number: int) -> Page | None:
    try:
        image = call_in_worker(page_image_of, str(path), number, None)
    except (OSError, ThaitaError, RuntimeError):
        return None
    if isinstance(image, str):
        return None
    with Image.open(BytesIO(image.jpeg)) as opened:
        picture = opened.convert("RGB")
    return Page(picture, picture.width / image.width)


def _spans(error: Outcome, lines: Lines | None) -> tuple[Span, ...]:
    """Return the place of an error in the document's text: the program's, or where the gold's words stand."""
    if error.place.spans or lines is None:
        return error.place.spans
    figure = number(error.want)
    wanted = (error.words, error.want, None if figure is None else f"{figure:.2f}")
    found = [span for text in wanted if text for span in islice(find(text, lines.text), _MOST_TRIED)]
    on_page = (span for span in found if _page_of(span, lines) == error.gold_page)
    best = next(on_page, found[0] if found else None)
    return () if best is None else (best,)


def _page_of(span: Span, lines: Lines) -> int | None:
    return next((place.page for place in lines.places(span)), None)


def _where(error: Outcome, spans: tuple[Span, ...], lines: Lines | None) -> tuple[int | None, Box | None]:
    """Return the page of an error, and the box around its spans on this page."""
    place = error.place
    parts = [part for span in spans for part in lines.parts(span)] if lines is not None else []
    if parts:
        page = parts[0].page if place.page is None else place.page
        boxes = [part.box for part in parts if part.page == page]
        if boxes:
            return page, around(boxes)
    if place.page is not None and place.box is not None:
        return place.page, Box(*place.box)
    return place.page or error.gold_page, None


def _quote(error: Outcome, page: int | None) -> Shown:
    """Return what is known of an error's place without its document: its quote, or the gold's words around it."""
    words = error.words if error.words != error.want else None
    return Shown(page, at=error.place.quote or words or "")


def _text_around(spans: tuple[Span, ...], lines: Lines, page: int | None) -> Shown:
    start, end, text = spans[0][0], spans[-1][1], lines.text
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return Shown(page, "", before, text[start:end], after)


def find(words: str, text: str) -> Iterator[Span]:
    r"""Yield where words stand in a text, whatever the white space, list markers and digits; else their start.

    A number must stand alone.

    >>> list(find("ข้อ ๓ คะแนน", "ใน ข้อ\n3  คะแนน 90")), list(find("9.5", "19.5 9.50 ๙.๕"))
    ([(3, 15)], [(10, 13)])
    """
    whole, places = _folded(text)
    exact = fold_words(words)
    for part in (exact, fold(words), exact[:60], exact[:25]):
        if len(part) < _LEAST:
            continue
        spans = [
            (places[hit.start()], places[hit.end() - 1] + 1) for hit in re.finditer(re.escape(part), whole)
        ]
        found = [span for span in spans if not _cuts_number(span, text)]
        if found:
            yield from found
            return


def _cuts_number(span: Span, text: str) -> bool:
    """Return whether a span begins or ends within a number of a text."""
    start, end = span
    cut_before = text[start].isdigit() and re.search(r"\d[.,]?$", text[max(0, start - 2) : start])
    cut_after = text[end - 1].isdigit() and re.match(r"[.,]?\d", text[end : end + 2])
    return bool(cut_before or cut_after)


@lru_cache(maxsize=2)
def _folded(text: str) -> tuple[str, list[int]]:
    """Return a folded text, and for each of its characters the offset in the text."""
    kept = [(folded, i) for i, char in enumerate(text) if (folded := _folded_char(char))]
    return "".join(folded for folded, _ in kept), [i for folded, i in kept for _ in folded]


_folded_char = lru_cache(maxsize=4096)(fold)


def crop(page: Page, box: Box) -> str:
    """Return the part of a page around a box, in points, with the box drawn on it, as a data URI of a PNG."""
    scale, picture = page.scale, page.picture
    x0, x1 = sorted((box.x0 * scale, box.x1 * scale))
    top, bottom = sorted((box.top * scale, box.bottom * scale))
    margin = _MARGIN * scale
    upper = round(min(max(0.0, top - margin), picture.height - 1))
    lower = round(max(upper + 1, min(picture.height, bottom + margin, upper + _TALLEST * scale)))
    part = picture.crop((0, upper, picture.width, lower))
    edges = (x0 - _GAP, top - upper - _GAP, x1 + _GAP, bottom - upper + _GAP)
    ImageDraw.Draw(part).rectangle(edges, outline=_COLOR, width=3)
    if part.width > _WIDEST:
        size = _WIDEST, max(1, round(part.height * _WIDEST / part.width))
        part = part.resize(size, Image.Resampling.BILINEAR)
    out = BytesIO()
    part.quantize(32, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
    return "data:image/png;base64," + b64encode(out.getvalue()).decode("ascii")
