"""Where errors stand in the documents: a picture of the place on its page, or the text around it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from thaita.check.evaluation.fold import fold
from thaita.check.evaluation.outcomes import Outcome
from thaita.corpus.run.worker_process import call_in_worker
from thaita.models.document import Box, around
from thaita.models.errors import ThaitaError
from thaita.models.source_text import Span
from thaita.out.pages.image import PageImage, lines_of, page_image_of
from thaita.out.pages.marks import Lines

MOST_PICTURES = 200
"""Pictures on a page at most; further places are shown as text."""

_AROUND = 90
"""Characters shown before and after a place in a text."""

_MARGIN, _TALLEST, _WIDEST = 36.0, 300.0, 1000
"""Points above and below a place in its picture, its greatest height in points and width in pixels."""

_LEAST = 3
"""Letters that a text needs to be looked for in a document."""

_COLOR = (200, 0, 40)


@dataclass(frozen=True, slots=True)
class Shown:
    """The place of an error: a picture as data URI, or the text before, at and after it; `page` from 1."""

    page: int | None = None
    picture: str = ""
    before: str = ""
    at: str = ""
    after: str = ""


class Pictures:
    """The places of errors in the documents of a folder, with at most `MOST_PICTURES` pictures in all."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.made = 0
        self.left_out = 0
        self._page: tuple[tuple[Path, int], PageImage | None] | None = None

    def of(self, source: str | None, errors: Sequence[Outcome]) -> Iterator[Shown]:
        """Yield the place of each error of a document; its quote alone where the document cannot be read."""
        path = self._path(source)
        lines = None if path is None or source is None else _lines(path, source)
        for error in errors:
            span = _span(error, lines)
            page, box = _where(error, span, lines)
            picture = self._picture(path, page, box) if path is not None and page is not None and box else ""
            yield _shown(error, span, lines, page, picture)

    def _path(self, source: str | None) -> Path | None:
        if self._folder is None or not source:
            return None
        inside = self._folder / source
        for path in (inside, self._folder / Path(source).name):
            if path.is_file() and path.resolve().is_relative_to(self._folder.resolve()):
                return path
        return None

    def _picture(self, path: Path, page: int, box: Box) -> str:
        if self.made >= MOST_PICTURES:
            self.left_out += 1
            return ""
        if self._page is None or self._page[0] != (path, page):
            self._page = (path, page), _page_image(path, page)
        image = self._page[1]
        if image is None:
            return ""
        self.made += 1
        return crop(image, box)


def _lines(path: Path, source: str) -> Lines | None:
    try:
        return call_in_worker(lines_of, str(path), source, None)
    except (OSError, ThaitaError, RuntimeError):
        return None  # the quote has to do


def _page_image(path: Path, page: int) -> PageImage | None:
    try:
        image = call_in_worker(page_image_of, str(path), page, None)
    except (OSError, ThaitaError, RuntimeError):
        return None
    return image if isinstance(image, PageImage) else None


def _span(error: Outcome, lines: Lines | None) -> Span | None:
    """Return the place of an error in the document's text: the program's, or where the gold's words stand."""
    place = error.place
    if place.start is not None and place.end is not None:
        return place.start, place.end
    if lines is None:
        return None
    wanted = (error.words, error.want)
    return next((span for text in wanted if text and (span := find(text, lines.text))), None)


def _where(error: Outcome, span: Span | None, lines: Lines | None) -> tuple[int | None, Box | None]:
    place = error.place
    if place.page is not None and place.box is not None:
        return place.page, Box(*place.box)
    parts = list(lines.parts(span)) if lines is not None and span is not None else []
    if not parts:
        return place.page or error.gold_page, None
    page = parts[0].page
    return page, around([part.box for part in parts if part.page == page])


def _shown(error: Outcome, span: Span | None, lines: Lines | None, page: int | None, picture: str) -> Shown:
    if picture:
        return Shown(page, picture)
    if lines is not None and span is not None:
        start, end = span
        text = lines.text
        before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        return Shown(page, "", before, text[start:end], after)
    return Shown(
        page, "", "", error.place.quote or (error.words if error.words != error.want else "") or "", ""
    )


def find(words: str, text: str) -> Span | None:
    r"""Return where words stand in a text, whatever the white space, list markers and digits; else their start.

    >>> find("ข้อ ๓ คะแนน", "ใน ข้อ\n3  คะแนน 90"), find("คะแนน", "")
    ((3, 14), None)
    """
    whole, places = _folded(text)
    wanted = fold(words)
    for part in (wanted, wanted[:60], wanted[:25]):
        start = whole.find(part) if len(part) >= _LEAST else -1
        if start >= 0:
            return places[start], places[start + len(part) - 1] + 1
    return None


@lru_cache(maxsize=2)
def _folded(text: str) -> tuple[str, list[int]]:
    """Return a folded text, and for each of its characters the offset in the text."""
    kept = [(folded, i) for i, char in enumerate(text) if (folded := _folded_char(char))]
    return "".join(folded for folded, _ in kept), [i for folded, i in kept for _ in folded]


_folded_char = lru_cache(maxsize=4096)(fold)


def crop(image: PageImage, box: Box) -> str:
    """Return the part of a page around a box, in points, with the box drawn on it, as a data URI of a PNG."""
    with Image.open(BytesIO(image.jpeg)) as opened:
        page = opened.convert("RGB")
    scale = page.width / image.width
    pen = ImageDraw.Draw(page)
    edges = [round(edge * scale) for edge in (box.x0 - 2, box.top - 2, box.x1 + 2, box.bottom + 2)]
    left, right = sorted((edges[0], edges[2]))
    top, bottom = sorted((edges[1], edges[3]))
    pen.rectangle((left, top, right, bottom), outline=_COLOR, width=3)
    margin = round(_MARGIN * scale)
    upper = min(max(0, top - margin), page.height - 1)
    lower = max(upper + 1, min(page.height, bottom + margin, upper + round(_TALLEST * scale)))
    part = page.crop((0, upper, page.width, lower))
    if part.width > _WIDEST:
        part = part.resize(
            (_WIDEST, max(1, round(part.height * _WIDEST / part.width))), Image.Resampling.LANCZOS
        )
    out = BytesIO()
    part.quantize(32, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return "data:image/png;base64," + b64encode(out.getvalue()).decode("ascii")
