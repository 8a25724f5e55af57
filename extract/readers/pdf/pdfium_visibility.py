"""Invisible text of a page: covered by later drawing, or on a layer that is off.

Whether a shape covers text depends on clips, masks, blending and layers. PDFium applies all of them when it
renders, so uncertain text is tested by rendering the page with and without it. Most pages have no such text
and cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from thaita.extract.readers.page.content import Rule
from thaita.extract.readers.page.matrix import Matrix, apply_box
from thaita.extract.readers.pdf import pdfium_api as api
from thaita.extract.readers.pdf.pdfium_annotations import COVERING, annotations_of, count_annotations
from thaita.extract.readers.pdf.pdfium_drawing import count_ink_pixels, draw, page_size, set_active
from thaita.extract.readers.pdf.pdfium_rules import Fill
from thaita.extract.readers.pdf.pdfium_runs import WHITE

if TYPE_CHECKING:
    from thaita.extract.readers.pdf.pdfium_runs import Run
    from thaita.extract.readers.pdf.pdfium_text import TextReader

_BAND_HEIGHT = 16.0
"""Height in points of the bands in which covers are looked up."""

_SCALE = 1.5
"""Pixels per point at which pages are rendered for the test."""

_MAX_SIDE = 2_500
"""Maximum pixels of the longer side of a rendered page."""

_MIN_CHANGE = 24
"""Minimum change in shade (of 255) without a text for the text to count as visible."""

_MIN_VISIBLE = 0.3
"""Minimum share of a text's ink that must be visible: hand-drawn boxes leave edges of letters."""

_MAX_OFFSET = 0.4
"""Maximum distance in ems between two texts that PDFium takes for one drawn twice."""

_MAX_COVERS = 300
"""Maximum number of areas examined over one place, those painted last."""

_MAX_TESTED_ALONE = 12
"""Maximum number of runs tested one by one where uncertain text overlaps."""

_MIDDLE = 0.45
"""Height of a strikethrough annotation's line, as a share of the line's height from its foot."""

_LAYERS = re.compile(rb"/OCProperties|/OCGs")


@dataclass(frozen=True)
class Layers:
    """Whether a document has layers; its dictionaries are read only where the answer matters."""

    data: bytes
    password: str | None

    @cached_property
    def possible(self) -> bool:
        """Whether the document may have layers, as far as its bytes show without decompression."""
        return b"/ObjStm" in self.data or _LAYERS.search(self.data) is not None

    @cached_property
    def exist(self) -> bool:
        """Whether the document has layers: content that a viewer can turn off."""
        if not self.possible or _LAYERS.search(self.data):
            return self.possible
        from pdfminer.pdfdocument import PDFDocument
        from pdfminer.pdfparser import PDFParser

        try:
            return "OCProperties" in PDFDocument(PDFParser(BytesIO(self.data)), self.password or "").catalog
        except Exception:  # pdfminer raises many kinds of errors; rendering the page gives the answer anyway
            return True


_MAX_COMPARED = 500
"""Maximum number of uncertain runs that are compared with one another."""

_AFTER_PAGE = 1 << 40
"""Annotations are painted after all page content."""


@dataclass(frozen=True)
class AnnotationEffects:
    """Effects of annotations on a page: lines through text, and areas that may hide it; `any` is True if there are any."""

    any: bool
    strikes: tuple[Rule, ...] = ()
    covers: tuple[Fill, ...] = ()


def annotation_effects(page: int, matrix: Matrix) -> AnnotationEffects:
    """Return the effects of a page's annotations, except links, on the text below them."""
    if count_annotations(page) <= 0:
        return AnnotationEffects(any=False)
    found = [(kind, areas) for kind, areas in annotations_of(page) if kind != api.LINK]
    strikes: list[Rule] = []
    covers: list[Fill] = []
    for kind, areas in found:
        boxes = [apply_box(matrix, area) for area in areas]
        if kind == api.STRIKEOUT:
            middles = [(x0, bottom - _MIDDLE * (bottom - top), x1) for x0, top, x1, bottom in boxes]
            strikes += (Rule(x0, y, x1, y, _AFTER_PAGE) for x0, y, x1 in middles)
        elif kind in COVERING:
            covers += (Fill(box, 0.0, _AFTER_PAGE) for box in boxes)
    return AnnotationEffects(bool(found), tuple(strikes), tuple(covers))


class Covers:
    """Filled areas and pictures, indexed by height, to find those painted over a run of text."""

    def __init__(self, covers: Sequence[Fill], first: int) -> None:
        self.bands: dict[int, list[Fill]] = {}
        self.last = max((cover.order for cover in covers), default=0)
        self.latest: dict[int, int] = {}
        for cover in covers:
            if cover.order > first:
                _, top, _, bottom = cover.box
                for band in range(max(0, int(top / _BAND_HEIGHT)), min(1000, int(bottom / _BAND_HEIGHT)) + 1):
                    self.bands.setdefault(band, []).append(cover)
                    self.latest[band] = max(cover.order, self.latest.get(band, 0))

    def covering(self, run: Run) -> list[Fill]:
        """Return the areas painted after a run that cover some of the middle of its letters."""
        y = run.bottom - 0.4 * (run.bottom - run.top)
        band = int(y / _BAND_HEIGHT)
        if self.latest.get(band, 0) <= run.order:
            return []
        return [
            cover
            for cover in self.bands[band][-_MAX_COVERS:]
            if cover.order > run.order
            and cover.box[0] < run.x1
            and run.x0 < cover.box[2]
            and cover.box[1] <= y <= cover.box[3]
        ]

    def edges_inside(self, run: Run) -> list[float]:
        """Return the x at which areas over a run start or end inside it."""
        over = self.covering(run)
        return sorted({x for f in over for x in (f.box[0], f.box[2]) if run.x0 + 1 < x < run.x1 - 1})


def hide_invisible_runs(
    document: int, page: int, reader: TextReader, covers: Covers, to_shown: Matrix
) -> None:
    """Mark the runs that the page does not display as invisible; `to_shown` maps them to the displayed page."""
    runs, layered = reader.runs, reader.layered
    doubtful: list[Run] = []
    if layered or covers.bands:
        last = covers.last
        doubtful += (
            run
            for run in runs
            if ((run.order < last and covers.covering(run)) or run.handle in layered)
            and run.visible
            and run.text.strip()
        )
    if doubtful:
        _test_by_rendering(_RenderedPage(document, page, to_shown), doubtful)
    if reader.omitted:
        _take_shades([run for run in runs if run.shade == WHITE], reader.omitted)
    hidden = [run for run in runs if not run.visible] if reader.omitted else []
    for run in hidden[:_MAX_COMPARED]:
        for other in reader.omitted[:_MAX_COMPARED]:
            if _same_place(run, other) and not covers.covering(other):
                run.visible = True
                _move_run(runs, run, other.order)
                break


def _take_shades(white: Sequence[Run], omitted: Sequence[Run]) -> None:
    """Give white runs the shade of the text drawn over them, which PDFium omits: they are its shadow or outline."""
    for run in white[:_MAX_COMPARED]:
        over = (one.shade for one in omitted[:_MAX_COMPARED] if one.shade != WHITE and _same_place(run, one))
        run.shade = next(over, run.shade)


def _test_by_rendering(drawing: _RenderedPage, doubtful: Sequence[Run]) -> None:
    changed = drawing.changed_pixels(doubtful)
    alone = 0 if len(doubtful) <= _MAX_COMPARED else _MAX_TESTED_ALONE
    for run in doubtful:
        run.visible = drawing.is_legible(run, changed[id(run)])
        if run.visible and alone < _MAX_TESTED_ALONE and any(_overlap(run, other) for other in doubtful):
            alone += 1
            run.visible = drawing.is_legible(run, drawing.changed_pixels([run])[id(run)])


def _move_run(runs: list[Run], run: Run, order: int) -> None:
    """Move a run to the position of the text drawn in its place: in stream order, then from left to right."""
    runs.remove(run)
    run.order = order
    at = next(
        (i for i, one in enumerate(runs) if one.order > order or (one.order == order and one.x0 > run.x0)),
        len(runs),
    )
    runs.insert(at, run)


def _same_place(run: Run, other: Run) -> bool:
    near = _MAX_OFFSET * run.size
    return (
        abs(run.x0 - other.x0) <= near and abs(run.x1 - other.x1) <= near and abs(run.top - other.top) <= near
    )


def _overlap(run: Run, other: Run) -> bool:
    return (
        run.handle != other.handle
        and run.x0 < other.x1
        and other.x0 < run.x1
        and run.top < other.bottom
        and other.top < run.bottom
    )


class _RenderedPage:
    """A page rendered with and without some of its text."""

    def __init__(self, document: int, page: int, to_shown: Matrix) -> None:
        self.document = document
        self.page = page
        self.to_shown = to_shown
        width, height = page_size(page)
        self.scale = min(_SCALE, _MAX_SIDE / max(width, height, 1.0))
        self.size = max(1, round(width * self.scale)), max(1, round(height * self.scale))
        self.whole = draw(page, *self.size)

    def changed_pixels(self, runs: Sequence[Run]) -> dict[int, int]:
        """Return, by the `id` of each run, the number of pixels in its box that change when all the runs are removed."""
        from PIL.ImageChops import difference

        handles = {run.handle for run in runs}
        for handle in handles:
            set_active(handle, 0)
        try:
            without = draw(self.page, *self.size)
        finally:
            for handle in handles:
                set_active(handle, 1)
        changes = difference(self.whole, without)
        counts = {id(run): changes.crop(self._place(run)).histogram() for run in runs}
        return {run: sum(count[_MIN_CHANGE + 1 :]) for run, count in counts.items()}

    def is_legible(self, run: Run, changed: int) -> bool:
        """Return whether enough of a run is visible to identify its letters; a run with a missing font counts as visible."""
        a, b, c, d = run.matrix[:4]  # rendered alone, the text does not have the scale of the forms around it
        ink = count_ink_pixels(self.document, self.page, run.handle, self.scale) * abs(a * d - b * c)
        left, _, right, _ = apply_box(run.matrix, api.bounds([run.handle])[0])
        share = min(1.0, (run.x1 - run.x0) / max(right - left, 0.01))
        return ink == 0 or changed >= _MIN_VISIBLE * ink * share

    def _place(self, run: Run) -> tuple[int, int, int, int]:
        """Return the pixels of a run that are on the page: left, top, right, bottom."""
        x0, top, x1, bottom = apply_box(self.to_shown, (run.x0, run.top, run.x1, run.bottom))
        (left, right), (upper, lower) = (
            [min(max(0, int(edge * self.scale)) + more, side) for edge, more in ((low, 0), (high, 1))]
            for low, high, side in ((x0, x1, self.size[0]), (top, bottom, self.size[1]))
        )
        return left, upper, max(left, right), max(upper, lower)
