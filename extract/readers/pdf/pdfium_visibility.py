"""What of a page's text nobody sees: covered by what is drawn after it, or on a layer that is off.

Whether a shape covers text depends on clips, masks, blending and layers. PDFium knows all of that when it draws, so
text in doubt is tested by drawing the page with and without it. Most pages have none, and cost nothing.
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
from thaita.extract.readers.pdf.pdfium_drawing import draw, ink_of, page_size, set_active
from thaita.extract.readers.pdf.pdfium_rules import Fill

if TYPE_CHECKING:
    from thaita.extract.readers.pdf.pdfium_runs import Run
    from thaita.extract.readers.pdf.pdfium_text import TextReader

_BAND = 16.0
"""Points of a page's height in which covers are looked up together."""

_SCALE = 1.5
"""Pixels a point at which pages are drawn to see what they show."""

_LONGEST = 2_500
"""Pixels of a drawn page's longer side at most."""

_SEEN = 24
"""Shades of gray, of 255, by which a page must change without a text for the text to be seen."""

_ENOUGH = 0.3
"""Share of a text's ink that is seen where the text is: boxes drawn by hand leave edges of letters."""

_NEAR = 0.4
"""Ems between two texts that PDFium takes to be one drawn twice, at most."""

_PILED = 300
"""Areas over one place that are looked at, those painted last."""

_ALONE = 12
"""Runs that are tested one by one at most, where doubtful text overlaps."""

_MIDDLE = 0.45
"""Share of a line's height, from its foot, at which a reader's line through the text stands."""

_LAYERS = re.compile(rb"/OCProperties|/OCGs")


@dataclass(frozen=True)
class Layers:
    """Whether a document has layers; its dictionaries are only read where the answer matters."""

    data: bytes
    password: str | None

    @cached_property
    def possible(self) -> bool:
        """Whether the document may have layers, as far as its bytes show without unpacking any."""
        return b"/ObjStm" in self.data or _LAYERS.search(self.data) is not None

    @cached_property
    def exist(self) -> bool:
        """Whether the document has layers: parts that a viewer can turn off."""
        if not self.possible or _LAYERS.search(self.data):
            return self.possible
        from pdfminer.pdfdocument import PDFDocument
        from pdfminer.pdfparser import PDFParser

        try:
            return "OCProperties" in PDFDocument(PDFParser(BytesIO(self.data)), self.password or "").catalog
        except Exception:  # pdfminer raises many kinds; drawing the page tells all the same
            return True


_COMPARED = 500
"""Doubtful runs that are compared with one another at most."""

_LAST = 1 << 40
"""Annotations are painted after everything that the page draws."""


@dataclass(frozen=True)
class Laid:
    """What annotations lay over a page: lines through text, areas that may hide it; `any` where there is anything."""

    any: bool
    strikes: tuple[Rule, ...] = ()
    covers: tuple[Fill, ...] = ()


def laid_over(page: int, matrix: Matrix) -> Laid:
    """Return what the annotations of a page, links apart, do to the text under them."""
    if count_annotations(page) <= 0:
        return Laid(any=False)
    found = [(kind, areas) for kind, areas in annotations_of(page) if kind != api.LINK]
    strikes: list[Rule] = []
    covers: list[Fill] = []
    for kind, areas in found:
        boxes = [apply_box(matrix, area) for area in areas]
        if kind == api.STRIKEOUT:
            middles = [(x0, bottom - _MIDDLE * (bottom - top), x1) for x0, top, x1, bottom in boxes]
            strikes += (Rule(x0, y, x1, y, _LAST) for x0, y, x1 in middles)
        elif kind in COVERING:
            covers += (Fill(box, 0.0, _LAST) for box in boxes)
    return Laid(bool(found), tuple(strikes), tuple(covers))


class Covers:
    """Areas that are filled or hold pictures, by height: what is painted over a run of text."""

    def __init__(self, covers: Sequence[Fill], first: int) -> None:
        self.bands: dict[int, list[Fill]] = {}
        self.last = max((cover.order for cover in covers), default=0)
        self.latest: dict[int, int] = {}
        for cover in covers:
            if cover.order > first:
                _, top, _, bottom = cover.box
                for band in range(max(0, int(top / _BAND)), min(1000, int(bottom / _BAND)) + 1):
                    self.bands.setdefault(band, []).append(cover)
                    self.latest[band] = max(cover.order, self.latest.get(band, 0))

    def over(self, run: Run) -> list[Fill]:
        """Return the areas painted after a run that hold some of the middle of its letters."""
        y = run.bottom - 0.4 * (run.bottom - run.top)
        band = int(y / _BAND)
        if self.latest.get(band, 0) <= run.order:
            return []
        return [
            cover
            for cover in self.bands[band][-_PILED:]
            if cover.order > run.order
            and cover.box[0] < run.x1
            and run.x0 < cover.box[2]
            and cover.box[1] <= y <= cover.box[3]
        ]

    def ends(self, run: Run) -> list[float]:
        """Return where areas over a run begin and end inside it."""
        over = self.over(run)
        return sorted({x for f in over for x in (f.box[0], f.box[2]) if run.x0 + 1 < x < run.x1 - 1})


def hide_unseen(document: int, page: int, reader: TextReader, covers: Covers, to_shown: Matrix) -> None:
    """Mark the runs as invisible that the page does not show; `to_shown` takes their places to the page as displayed."""
    runs, layered = reader.runs, reader.layered
    doubtful: list[Run] = []
    if layered or covers.bands:
        last = covers.last
        doubtful += (
            run
            for run in runs
            if ((run.order < last and covers.over(run)) or run.handle in layered)
            and run.visible
            and run.text.strip()
        )
    if doubtful:
        _test(_Drawing(document, page, to_shown), doubtful)
    hidden = [run for run in runs if not run.visible] if reader.swallowed else []
    for run in hidden[:_COMPARED]:
        for other in reader.swallowed[:_COMPARED]:
            if _same_place(run, other) and not covers.over(other):
                run.visible = True
                _move(runs, run, other.order)
                break


def _test(drawing: _Drawing, doubtful: Sequence[Run]) -> None:
    changed = drawing.changed(doubtful)
    alone = 0 if len(doubtful) <= _COMPARED else _ALONE
    for run in doubtful:
        run.visible = drawing.shows(run, changed[id(run)])
        if run.visible and alone < _ALONE and any(_overlap(run, other) for other in doubtful):
            alone += 1
            run.visible = drawing.shows(run, drawing.changed([run])[id(run)])


def _move(runs: list[Run], run: Run, order: int) -> None:
    """Put a run where the text stands that is drawn in its place: among what was drawn with that, from left to right."""
    runs.remove(run)
    run.order = order
    at = next(
        (i for i, one in enumerate(runs) if one.order > order or (one.order == order and one.x0 > run.x0)),
        len(runs),
    )
    runs.insert(at, run)


def _same_place(run: Run, other: Run) -> bool:
    near = _NEAR * run.size
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


class _Drawing:
    """A page drawn with and without some of its text."""

    def __init__(self, document: int, page: int, to_shown: Matrix) -> None:
        self.document = document
        self.page = page
        self.to_shown = to_shown
        width, height = page_size(page)
        self.scale = min(_SCALE, _LONGEST / max(width, height, 1.0))
        self.size = max(1, round(width * self.scale)), max(1, round(height * self.scale))
        self.whole = draw(page, *self.size)

    def changed(self, runs: Sequence[Run]) -> dict[int, int]:
        """Return, by the `id` of each run, how many pixels at its place look different without all of them."""
        import numpy as np

        handles = {run.handle for run in runs}
        for handle in handles:
            set_active(handle, 0)
        try:
            without = draw(self.page, *self.size)
        finally:
            for handle in handles:
                set_active(handle, 1)
        difference = np.abs(self.whole.astype(np.int16) - without) > _SEEN
        return {id(run): int(np.count_nonzero(difference[self._place(run)])) for run in runs}

    def shows(self, run: Run, changed: int) -> bool:
        """Return whether as much of a run is seen as tells its letters; one whose font is missing is taken to be seen."""
        a, b, c, d = run.matrix[:4]  # the text alone is drawn without the size of the forms that it stands in
        ink = ink_of(self.document, self.page, run.handle, self.scale) * abs(a * d - b * c)
        left, _, right, _ = apply_box(run.matrix, api.bounds([run.handle])[0])
        share = min(1.0, (run.x1 - run.x0) / max(right - left, 0.01))
        return ink == 0 or changed >= _ENOUGH * ink * share

    def _place(self, run: Run) -> tuple[slice, slice]:
        x0, top, x1, bottom = apply_box(self.to_shown, (run.x0, run.top, run.x1, run.bottom))
        rows = slice(max(0, int(top * self.scale)), max(0, int(bottom * self.scale) + 1))
        return rows, slice(max(0, int(x0 * self.scale)), max(0, int(x1 * self.scale) + 1))
