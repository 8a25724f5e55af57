"""What of a page's text nobody sees: covered by what is drawn after it, or on a layer that is off.

Whether a shape covers text depends on clips, masks, blending and layers. PDFium knows all of that when it draws, so
text in doubt is tested by drawing the page with and without it. Most pages have none, and cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from thaita.extract.readers import pdf_pdfium_api as api
from thaita.extract.readers.pdf_matrix import Matrix, apply_box
from thaita.extract.readers.pdf_page import Rule
from thaita.extract.readers.pdf_pdfium_paths import Fill
from thaita.extract.readers.pdf_pdfium_text import Run

if TYPE_CHECKING:
    import numpy as np

_BAND = 16.0
"""Points of a page's height in which covers are looked up together."""

_SCALE = 1.5
"""Pixels a point at which pages are drawn to see what they show."""

_LONGEST = 2_500
"""Pixels of a drawn page's longer side at most."""

_SEEN = 24
"""Shades of gray, of 255, by which a page must change without a text for the text to be seen."""

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
    if api.count_annotations(page) <= 0:
        return Laid(any=False)
    found = [(kind, areas) for kind, areas in api.annotations_of(page) if kind != api.LINK]
    strikes: list[Rule] = []
    covers: list[Fill] = []
    for kind, areas in found:
        boxes = [apply_box(matrix, area) for area in areas]
        if kind == api.STRIKEOUT:
            middles = [(x0, bottom - _MIDDLE * (bottom - top), x1) for x0, top, x1, bottom in boxes]
            strikes += (Rule(x0, y, x1, y, _LAST) for x0, y, x1 in middles)
        elif kind in api.COVERING:
            covers += (Fill(box, 0.0, _LAST) for box in boxes)
    return Laid(bool(found), tuple(strikes), tuple(covers))


def hide_unseen(
    document: int,
    page: int,
    runs: Sequence[Run],
    layered: set[int],
    covers: Sequence[Fill],
    to_shown: Matrix,
) -> None:
    """Mark the runs as invisible that the page does not show.

    `layered` are text objects on layers; `covers` are areas that are filled or hold pictures; `to_shown` takes the runs' places to the page as displayed.
    """
    doubtful = (
        [run for run in runs if run.handle in layered and run.visible and run.text.strip()] if layered else []
    )
    late = [cover for cover in covers if runs and cover.order > runs[0].order]
    if late:
        doubtful += (run for run in _covered(runs, late) if run.handle not in layered)
    if not doubtful:
        return
    test = _Test(page, to_shown)
    changed = test.changed(doubtful)
    alone = 0 if len(doubtful) <= _COMPARED else _ALONE
    for run in doubtful:
        if id(run) not in changed:
            run.visible = not api.can_draw(document, page, run.handle)
        elif alone < _ALONE and any(_overlap(run, other) for other in doubtful):
            alone += 1
            run.visible = id(run) in test.changed([run])


def _covered(runs: Sequence[Run], covers: Sequence[Fill]) -> Iterator[Run]:
    """Yield the visible runs whose middle lies in an area that is painted after them."""
    bands: dict[int, list[Fill]] = {}
    for cover in covers:
        _, top, _, bottom = cover.box
        for band in range(max(0, int(top / _BAND)), min(1000, int(bottom / _BAND)) + 1):
            bands.setdefault(band, []).append(cover)
    for run in runs:
        x, y = (run.x0 + run.x1) / 2, run.bottom - 0.4 * (run.bottom - run.top)
        for cover in bands.get(int(y / _BAND), ())[-_PILED:]:
            if cover.order > run.order:
                x0, top, x1, bottom = cover.box
                if x0 <= x <= x1 and top <= y <= bottom and run.visible and run.text.strip():
                    yield run
                    break


def _overlap(run: Run, other: Run) -> bool:
    return (
        run.handle != other.handle
        and run.x0 < other.x1
        and other.x0 < run.x1
        and run.top < other.bottom
        and other.top < run.bottom
    )


class _Test:
    """Draws a page with and without some of its text."""

    def __init__(self, page: int, to_shown: Matrix) -> None:
        self.page = page
        self.to_shown = to_shown
        width, height = api.page_size(page)
        self.scale = min(_SCALE, _LONGEST / max(width, height, 1.0))
        self.size = max(1, round(width * self.scale)), max(1, round(height * self.scale))
        self.whole = self._drawn()

    def _drawn(self) -> np.ndarray:
        return api.draw(self.page, *self.size)

    def changed(self, runs: Sequence[Run]) -> set[int]:
        """Return the `id` of each run at whose place the page looks different without all of them."""
        import numpy as np

        handles = {run.handle for run in runs}
        for handle in handles:
            api.set_active(handle, 0)
        try:
            without = self._drawn()
        finally:
            for handle in handles:
                api.set_active(handle, 1)
        difference = np.abs(self.whole.astype(np.int16) - without) > _SEEN
        return {id(run) for run in runs if difference[self._place(run)].any()}

    def _place(self, run: Run) -> tuple[slice, slice]:
        x0, top, x1, bottom = apply_box(self.to_shown, (run.x0, run.top, run.x1, run.bottom))
        rows = slice(max(0, int(top * self.scale)), max(0, int(bottom * self.scale) + 1))
        return rows, slice(max(0, int(x0 * self.scale)), max(0, int(x1 * self.scale) + 1))
