"""Runs: stretches of text on one baseline, as PDFium's text objects give them and as they are joined where they touch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thaita.extract.readers.page.matrix import Matrix, apply, apply_box, compose
from thaita.extract.readers.pdf import pdfium_api as api

_ASCENT, _DESCENT = 0.8, 0.2
"""Ems that the box of a line of text reaches over and under its baseline."""

DARK, PALE, WHITE = 0, 1, 2
"""Shades of type."""

_CLIP_SEGMENTS = 40
"""Segments of a clipping path that are looked at."""

_TOUCH = 0.25
"""Ems between the inks of two glyphs of one run at most: some vowels stand far from the letter before."""

_TOUCH_SPACE = 0.7
"""The same where a space glyph stands between them."""

_LEVEL = 0.1
"""Ems by which baselines of one run may differ: some producers place marks by hand."""

_HANG = 1.2
"""Ems that a mark or an overlapping glyph may stand back from the end of the run before it."""


@dataclass(slots=True)
class Run:
    """A stretch of text on one baseline, growing while its glyphs touch.

    `parted`: a ruling line stands between it and the run before it. `shade`: `DARK`, `PALE` or `WHITE` type. `flag` is
    as in `Glyph`.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    order: int
    upright: bool
    visible: bool
    shade: int
    handle: int
    matrix: Matrix
    parted: bool = False
    flag: str = ""

    def widen(self, x0: float, x1: float) -> None:
        """Let the run reach over a stretch."""
        if x0 < self.x0:
            self.x0 = x0
        if x1 > self.x1:
            self.x1 = x1

    def part(self, text: str, x0: float, x1: float, *, parted: bool = False) -> Run:
        """Return a stretch of the run."""
        return Run(
            text, x0, self.top, x1, self.bottom, self.baseline, self.size, self.order, self.upright,
            self.visible, self.shade, self.handle, self.matrix, parted, self.flag,
        )  # fmt: skip


def run_of(handle: int, bounds: Sequence[float], own: Sequence[float], size: float, to_page: Matrix) -> Run:
    """Return the run of a text object, still without text: its place and size on the page as shown."""
    right, along_y, along_x, down, across, along = to_page
    if own[1] or own[2] or along_y or along_x:
        a, b, c, d, _, line = compose(own, to_page)
        x0, top, x1, bottom = apply_box(to_page, bounds)
        size *= (c * c + d * d) ** 0.5
        upright = a > 0 and abs(b) <= 0.1 * a
    else:
        x0, bottom, x1, top = bounds
        x0, x1 = right * x0 + across, right * x1 + across
        top, bottom = down * top + along, down * bottom + along
        line = down * own[5] + along
        size *= abs(down * own[3])
        upright = right * own[0] > 0
    if upright:
        top, bottom = line - _ASCENT * size, line + _DESCENT * size
    return Run(
        "", x0, top, x1, bottom, line if upright else bottom, size, 0, upright, True, DARK, handle, to_page
    )


def is_clipped(run: Run) -> bool:
    """Return whether a clipping path leaves nothing of a run that could be read.

    LibreOffice clips a header that is repeated where its rows are too low for it; Chromium draws the
    marks that a line sends over a page break on both pages, clipped. A text that is only cut off at its
    side, as in a spreadsheet, counts as shown.
    """
    clip = api.clip_of(run.handle)
    count = api.count_clips(clip)
    if count <= 0:
        return False
    y = (run.top + run.bottom) / 2
    for i in range(count):
        segments = range(min(api.count_in_clip(clip, i), _CLIP_SEGMENTS))
        points = [apply(run.matrix, *api.point(api.get_in_clip(clip, i, j))) for j in segments]
        if len(points) > 2:
            xs, ys = zip(*points, strict=True)
            if not min(ys) <= y <= max(ys) or run.x1 < min(xs) or run.x0 > max(xs):
                return True
    return False


def joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Yield the runs, those that touch on one baseline joined: fewer pieces for what follows."""
    open_: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if open_ is not None and _touches(open_, run):
            if run.text != " ":
                open_.text += run.text
                open_.widen(run.x0, run.x1)
            elif open_.text[-1] != " ":
                open_.text += " "
            continue
        if open_ is not None:
            yield open_
        open_ = run
    if open_ is not None:
        yield open_


def _touches(before: Run, run: Run) -> bool:
    size = before.size
    gap = run.x0 - before.x1
    return (
        -_HANG * size <= gap <= _TOUCH_SPACE * size
        and abs(before.baseline - run.baseline) <= _LEVEL * size
        and (gap <= _TOUCH * size or " " in (before.text[-1], run.text))
        and abs(size - run.size) <= 0.05 * size
        and before.upright
        and run.upright
        and not run.parted
        and not (before.text == " " and run.x0 < before.x0)
        and before.visible == run.visible
        and before.shade == run.shade
        and before.flag == run.flag
    )
