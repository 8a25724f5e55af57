"""PDF pages read by PDFium from its page objects; its text API repeats Thai clusters in PDFs made by browsers."""

from __future__ import annotations

import time
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.page.content import Glyph, PageContent, Rule, usual_turn
from thaita.extract.readers.page.drawn_bullets import with_bullets
from thaita.extract.readers.page.matrix import Matrix, apply_box, compose, quarters, shown, turned
from thaita.extract.readers.pdf import pdfium_api as api
from thaita.extract.readers.pdf.pdfium_doubles import without_doubles
from thaita.extract.readers.pdf.pdfium_rules import Area, Fill, read_paths
from thaita.extract.readers.pdf.pdfium_runs import DARK, WHITE, Run, is_clipped, join_runs
from thaita.extract.readers.pdf.pdfium_text import FAINT, PageText, TextReader
from thaita.extract.readers.pdf.pdfium_visibility import (
    Covers,
    Layers,
    annotation_effects,
    hide_invisible_runs,
)
from thaita.extract.readers.pdf.strikethrough import StrikeLines
from thaita.models.document import Box
from thaita.models.problem_codes import ProblemCode

_MAX_DEPTH = 12
"""Maximum nesting depth of forms."""

_MAX_OBJECTS = 200_000
"""Maximum number of objects read from one page: a dense page made by a browser has 4,000."""

_TIME_LIMIT = 20.0
"""Time limit in seconds for the objects of a page; a page cut off by it is listed in the page's problems."""


_WHITE = 0.995
"""Lightness from which an area counts as white as paper."""


class PdfiumEngine:
    """Reads PDF pages with PDFium (through pypdfium2); the default engine."""

    def pages(
        self, data: bytes, password: str | None = None, only: Container[int] | None = None
    ) -> Iterator[PageContent]:
        """Yield the pages in order; a page that fails is yielded without glyphs and with a problem.

        Raises UnreadableFileError (`encrypted`, `damaged`, `empty`).
        """
        document = api.load_document(data, len(data), None if password is None else password.encode())
        if not document:
            raise _open_error(api.last_error(), given=password is not None)
        try:
            count = api.count_pages(document)
            if count <= 0:
                raise UnreadableFileError(
                    ProblemCode.EMPTY, "The PDF has no pages: export it again from its source."
                )
            layers = Layers(data, password)
            for i in range(count):
                if only is None or i + 1 in only:
                    yield _read_page(document, i, layers)
        finally:
            api.close_document(document)


def _open_error(error: int, *, given: bool) -> UnreadableFileError:
    if error == api.ERROR_PASSWORD:
        wrong = "The password does not open the PDF" if given else "The PDF is locked with a password"
        return UnreadableFileError(ProblemCode.ENCRYPTED, f"{wrong}: give the right one with --password.")
    if error == api.ERROR_SECURITY:
        message = "The encryption of the PDF is not supported: save it without protection (--password does not help)."
        return UnreadableFileError(ProblemCode.ENCRYPTED, message)
    message = "The PDF is damaged: download it again or export it again from its source."
    return UnreadableFileError(ProblemCode.DAMAGED, message)


def _read_page(document: int, index: int, layers: Layers) -> PageContent:
    page = api.load_page(document, index)
    if not page:
        return PageContent(index + 1, 0.0, 0.0, (), (), problems=("The page is damaged and cannot be read.",))
    text = api.load_text(page)
    try:
        content = _PageReader(document, page, index + 1, layers).read(text)
        turn = usual_turn(content.glyphs)
        return _PageReader(document, page, index + 1, layers, turn).read(text) if turn else content
    finally:
        if text:
            api.close_text(text)
        api.close_page(page)


@dataclass(slots=True)
class _ObjectGroup:
    """Objects with the same matrix to the displayed page: those of the page itself, or of a form."""

    matrix: Matrix
    text: list[int] = field(default_factory=list)
    text_orders: list[int] = field(default_factory=list)
    paths: list[int] = field(default_factory=list)
    path_orders: list[int] = field(default_factory=list)
    images: list[int] = field(default_factory=list)
    image_orders: list[int] = field(default_factory=list)
    layered: bool = False


class _PageReader:
    """Reads the content of one page."""

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
        self.groups: list[_ObjectGroup] = []
        self.count = 0
        self.until = time.monotonic() + _TIME_LIMIT
        self.problems: list[str] = []

    def read(self, text: int | None) -> PageContent:
        """Return the page's content."""
        self._collect(api.objects_of(self.page), self.matrix, 0)
        rules: list[Rule] = []
        fills: list[Fill] = []
        bullets: list[Area] = []
        for group in self.groups:
            more_rules, more_fills, more_bullets = read_paths(group.paths, group.path_orders, group.matrix)
            rules += more_rules
            fills += more_fills
            bullets += more_bullets
        laid = annotation_effects(self.page, self.matrix)
        pictures = [picture for group in self.groups for picture in self._images(group)]
        images = [picture.box for picture in pictures]
        first = min((group.text_orders[0] for group in self.groups if group.text), default=0)
        covers = Covers([*fills, *pictures, *laid.covers], first)
        strikes = StrikeLines(rules, laid.strikes)
        runs = self._read_text(text, rules, strikes, covers) if text else []
        if not text:
            self.problems.append("The text of the page is damaged and cannot be read.")
        struck = set(map(id, strikes.flag_struck(runs)))
        return PageContent(
            self.number, self.width, self.height,
            with_bullets(self._glyphs(runs, fills, images), (Box(*box) for box in bullets)),
            tuple(rule for rule in rules if id(rule) not in struck) if struck else tuple(rules),
            tuple(Box(*box) for box in images), tuple(dict.fromkeys(self.problems)), self.turn,
            laid.any,
            tuple(Box(*fill.box) for fill in fills if fill.lightness < _WHITE),
        )  # fmt: skip

    def _collect(self, handles: list[int], matrix: Matrix, depth: int, *, layered: bool = False) -> None:
        """Group objects by kind, and expand forms in place."""
        group = _ObjectGroup(matrix, layered=layered)
        self.groups.append(group)
        for handle, kind in zip(handles, map(api.type_of, handles), strict=True):
            self.count += 1
            if self.count > _MAX_OBJECTS or (self.count % 512 == 0 and time.monotonic() > self.until):
                self.problems.append("The page has too many drawing objects: part of it was not read.")
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
                self._collect_form(handle, matrix, depth, layered=layered)
                group = _ObjectGroup(matrix, layered=layered)
                self.groups.append(group)

    def _collect_form(self, form: int, matrix: Matrix, depth: int, *, layered: bool) -> None:
        if depth >= _MAX_DEPTH:
            self.problems.append("The page nests forms too deeply: part of it was not read.")
            return
        inner = [api.get_in_form(form, i) for i in range(api.count_in_form(form))]
        faint = api.fill_colors([form])[0][3] < FAINT
        layered = layered or faint or self.layers.exist
        self._collect(inner, compose(api.matrices([form])[0], matrix), depth + 1, layered=layered)

    def _read_text(self, text: int, rules: list[Rule], strikes: StrikeLines, covers: Covers) -> list[Run]:
        reader = TextReader(
            PageText(text), self.matrix, rules, strikes, covers, has_layers=self.layers.possible
        )
        for group in self.groups:
            reader.read(group.text, group.text_orders, group.matrix, layered=group.layered)
            if time.monotonic() > self.until:
                self.problems.append("The page has too many drawing objects: part of it was not read.")
                break
        if reader.multiline:
            self.problems.append(
                f"{len(reader.multiline)} /ActualText span several lines: their line breaks are lost."
            )
        hide_invisible_runs(
            self.document, self.page, reader, covers, turned(self.width, self.height, -self.turn)
        )
        return reader.runs

    def _images(self, group: _ObjectGroup) -> Iterator[Fill]:
        for bounds, order in zip(api.bounds(group.images), group.image_orders, strict=True):
            yield Fill(apply_box(group.matrix, bounds), 0.0, order)

    def _glyphs(self, runs: list[Run], fills: list[Fill], images: list[Area]) -> tuple[Glyph, ...]:
        glyphs = []
        width, height = self.width, self.height
        for order, run in enumerate(join_runs(without_doubles(runs))):
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
                    run.text,
                    box,
                    run.size,
                    order,
                    "",
                    run.upright,
                    visible,
                    run.flag,
                    turn,
                    run.shade > DARK,
                    run.bold,
                    run.lead,
                )
            )
        return tuple(glyphs)


def _on_dark(x: float, y: float, order: int, fills: list[Fill], images: list[Area]) -> bool:
    """Return whether the last area under a point is dark enough for white type to be legible, or is a picture."""
    under = [f for f in fills if f.order < order and f.box[0] <= x <= f.box[2] and f.box[1] <= y <= f.box[3]]
    if under:
        return under[-1].lightness < 0.92
    return any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in images)
