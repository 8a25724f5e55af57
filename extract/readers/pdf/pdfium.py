"""PDF pages by PDFium: its page objects, not its text API, which repeats Thai clusters of browsers' PDFs."""

from __future__ import annotations

import time
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.page.content import Glyph, PageContent, Rule, usual_turn
from thaita.extract.readers.page.matrix import Matrix, apply_box, compose, quarters, shown, turned
from thaita.extract.readers.pdf import pdfium_api as api
from thaita.extract.readers.pdf.pdfium_rules import Area, Fill, read_paths
from thaita.extract.readers.pdf.pdfium_runs import DARK, WHITE, Run, is_clipped, joined
from thaita.extract.readers.pdf.pdfium_text import FAINT, PageText, TextReader
from thaita.extract.readers.pdf.pdfium_visibility import Covers, Layers, hide_unseen, laid_over
from thaita.extract.readers.pdf.strikethrough import Strikes
from thaita.models.document import Box

_DEPTH = 12
"""Forms in forms that are read at most."""

_OBJECTS = 200_000
"""Objects of a page that are read at most: a dense page of a browser has 4,000."""

_SECONDS = 20.0
"""Time for the objects of a page; what is left then is said in the page's problems."""


_WHITE = 0.995
"""Lightness from which an area is as white as paper."""

_DOUBLED = 0.12
"""Ems that a text drawn again, to look bold, is moved at most."""


class PdfiumEngine:
    """Reads PDF pages with PDFium (by pypdfium2); the default engine."""

    def pages(
        self, data: bytes, password: str | None = None, only: Container[int] | None = None
    ) -> Iterator[PageContent]:
        """Yield the pages in order; a page that fails is given without glyphs and with a problem.

        Raises UnreadableFileError (`encrypted`, `damaged`, `empty`).
        """
        document = api.load_document(data, len(data), None if password is None else password.encode())
        if not document:
            raise _refusal(api.last_error(), given=password is not None)
        try:
            count = api.count_pages(document)
            if count <= 0:
                raise UnreadableFileError("empty", "The PDF has no pages: export it anew from its source.")
            layers = Layers(data, password)
            for i in range(count):
                if only is None or i + 1 in only:
                    yield _read_page(document, i, layers)
        finally:
            api.close_document(document)


def _refusal(error: int, *, given: bool) -> UnreadableFileError:
    if error == api.ERROR_PASSWORD:
        wrong = "The password does not open the PDF" if given else "The PDF is locked with a password"
        return UnreadableFileError("encrypted", f"{wrong}: give the right one with --password.")
    if error == api.ERROR_SECURITY:
        message = "The PDF is locked in a way that is not supported: save it without protection (--password does not help)."
        return UnreadableFileError("encrypted", message)
    message = "The PDF is damaged: download it again or export it anew from its source."
    return UnreadableFileError("damaged", message)


def _read_page(document: int, index: int, layers: Layers) -> PageContent:
    page = api.load_page(document, index)
    if not page:
        return PageContent(index + 1, 0.0, 0.0, (), (), problems=("The page is damaged and cannot be read.",))
    text = api.load_text(page)
    try:
        content = _Page(document, page, index + 1, layers).read(text)
        turn = usual_turn(content.glyphs)
        return _Page(document, page, index + 1, layers, turn).read(text) if turn else content
    finally:
        if text:
            api.close_text(text)
        api.close_page(page)


@dataclass(slots=True)
class _Group:
    """Objects that one matrix takes to the page as shown: those of the page, or of a form."""

    matrix: Matrix
    text: list[int] = field(default_factory=list)
    text_orders: list[int] = field(default_factory=list)
    paths: list[int] = field(default_factory=list)
    path_orders: list[int] = field(default_factory=list)
    images: list[int] = field(default_factory=list)
    image_orders: list[int] = field(default_factory=list)
    layered: bool = False


class _Page:
    """The work on one page."""

    def __init__(self, document: int, page: int, number: int, layers: Layers, turn: int = 0) -> None:
        self.document = document
        self.page = page
        self.number = number
        self.layers = layers
        self.turn = turn
        box = api.page_box(page)
        rotation = max(0, api.page_rotation(page))
        self.matrix = shown(box, rotation)
        x0, top, x1, bottom = apply_box(self.matrix, box)
        self.width, self.height = x1 - x0, bottom - top
        if turn:
            self.matrix = compose(self.matrix, turned(self.width, self.height, turn))
            if turn % 2:
                self.width, self.height = self.height, self.width
        self.groups: list[_Group] = []
        self.count = 0
        self.until = time.monotonic() + _SECONDS
        self.problems: list[str] = []

    def read(self, text: int | None) -> PageContent:
        """Return the page's content."""
        self._collect(api.objects_of(self.page), self.matrix, 0)
        rules: list[Rule] = []
        fills: list[Fill] = []
        for group in self.groups:
            more_rules, more_fills = read_paths(group.paths, group.path_orders, group.matrix)
            rules += more_rules
            fills += more_fills
        laid = laid_over(self.page, self.matrix)
        pictures = [picture for group in self.groups for picture in self._images(group)]
        images = [picture.box for picture in pictures]
        first = min((group.text_orders[0] for group in self.groups if group.text), default=0)
        covers = Covers([*fills, *pictures, *laid.covers], first)
        strikes = Strikes(rules, laid.strikes)
        runs = self._text(text, rules, strikes, covers) if text else []
        if not text:
            self.problems.append("The text of the page is damaged and cannot be read.")
        struck = set(map(id, strikes.strike(runs)))
        return PageContent(
            self.number, self.width, self.height, self._glyphs(runs, fills, images),
            tuple(rule for rule in rules if id(rule) not in struck) if struck else tuple(rules),
            tuple(Box(*box) for box in images), tuple(dict.fromkeys(self.problems)), self.turn,
            laid.any,
            tuple(Box(*fill.box) for fill in fills if fill.lightness < _WHITE),
        )  # fmt: skip

    def _collect(self, handles: list[int], matrix: Matrix, depth: int, *, layered: bool = False) -> None:
        """Sort objects by kind, forms opened in place."""
        group = _Group(matrix, layered=layered)
        self.groups.append(group)
        for handle, kind in zip(handles, map(api.type_of, handles), strict=True):
            self.count += 1
            if self.count > _OBJECTS or (self.count % 512 == 0 and time.monotonic() > self.until):
                self.problems.append("The page draws too much: part of it was not read.")
                return
            if kind == api.TEXT:
                group.text.append(handle)
                group.text_orders.append(self.count)
            elif kind == api.PATH:
                group.paths.append(handle)
                group.path_orders.append(self.count)
            elif kind in (api.IMAGE, api.SHADING):
                group.images.append(handle)
                group.image_orders.append(self.count)
            elif kind == api.FORM:
                self._form(handle, matrix, depth, layered=layered)
                group = _Group(matrix, layered=layered)
                self.groups.append(group)

    def _form(self, form: int, matrix: Matrix, depth: int, *, layered: bool) -> None:
        if depth >= _DEPTH:
            self.problems.append("The page nests forms too deep: part of it was not read.")
            return
        inner = [api.get_in_form(form, i) for i in range(api.count_in_form(form))]
        faint = api.fill_colors([form])[0][3] < FAINT
        layered = layered or faint or self.layers.exist
        self._collect(inner, compose(api.matrices([form])[0], matrix), depth + 1, layered=layered)

    def _text(self, text: int, rules: list[Rule], strikes: Strikes, covers: Covers) -> list[Run]:
        reader = TextReader(
            PageText(text), self.matrix, rules, strikes, covers, has_layers=self.layers.possible
        )
        for group in self.groups:
            reader.read(group.text, group.text_orders, group.matrix, layered=group.layered)
            if time.monotonic() > self.until:
                self.problems.append("The page draws too much: part of it was not read.")
                break
        if reader.broken:
            self.problems.append(
                f"{len(reader.broken)} /ActualText run over more than one line: where the lines break is lost."
            )
        hide_unseen(self.document, self.page, reader, covers, turned(self.width, self.height, -self.turn))
        return reader.runs

    def _images(self, group: _Group) -> Iterator[Fill]:
        for bounds, order in zip(api.bounds(group.images), group.image_orders, strict=True):
            yield Fill(apply_box(group.matrix, bounds), 0.0, order)

    def _glyphs(self, runs: list[Run], fills: list[Fill], images: list[Area]) -> tuple[Glyph, ...]:
        glyphs = []
        width, height = self.width, self.height
        for order, run in enumerate(joined(_single(runs))):
            if is_clipped(run):
                continue
            x, y = (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2
            visible = run.visible and 0 <= x <= width and 0 <= y <= height
            if visible and run.shade == WHITE:
                visible = _on_dark(x, y, run.order, fills, images)
            box = Box(run.x0, run.top, run.x1, run.bottom)
            turn = 0 if run.upright else quarters(compose(api.matrices([run.handle])[0], run.matrix))
            glyphs.append(
                Glyph(
                    run.text, box, run.size, order, "", run.upright, visible, run.flag, turn, run.shade > DARK
                )
            )
        return tuple(glyphs)


def _on_dark(x: float, y: float, order: int, fills: list[Fill], images: list[Area]) -> bool:
    """Return whether what lies last under a point is dark enough for white type to be read, or a picture."""
    under = [f for f in fills if f.order < order and f.box[0] <= x <= f.box[2] and f.box[1] <= y <= f.box[3]]
    if under:
        return under[-1].lightness < 0.92
    return any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in images)


def _single(runs: list[Run]) -> Iterator[Run]:
    """Yield the runs without those that draw a text again at nearly the same place, to look bold."""
    seen: dict[tuple[str, int], list[Run]] = {}
    for run in runs:
        place = run.top / 4
        row = int(place)
        beside = row - 1 if place - row < 0.5 else row + 1
        here, there = seen.get((run.text, row)), seen.get((run.text, beside))
        if here is None:
            here = seen[run.text, row] = []
        if not ((here and _again(run, here)) or (there and _again(run, there))):
            here.append(run)
            yield run


def _again(run: Run, others: list[Run]) -> bool:
    near = _DOUBLED * run.size
    return any(
        abs(other.x0 - run.x0) <= near
        and abs(other.top - run.top) <= near
        and (other.visible or not run.visible)
        and other.flag == run.flag
        for other in others
    )
