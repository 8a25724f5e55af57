"""Runs of text: pieces of text on one baseline, from PDFium's text objects, joined where they touch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thaita.extract.readers.page.content import count_letters, has_words
from thaita.extract.readers.page.matrix import Matrix, apply, apply_box, compose
from thaita.extract.readers.pdf import pdfium_api as api

_ASCENT, _DESCENT = 0.8, 0.2
"""Ems by which the box of a text line extends above and below its baseline."""

DARK, PALE, WHITE = 0, 1, 2
"""Shades of type."""

_MAX_CLIP_SEGMENTS = 40
"""Maximum number of segments examined in a clipping path."""

_MAX_GAP = 0.25
"""Maximum gap in ems between two glyphs of one run: some vowels are far from the preceding letter."""

_MAX_GAP_AT_SPACE = 0.7
"""The same if a space glyph is between them."""

_BASELINE_TOLERANCE = 0.1
"""Maximum difference in ems of the baselines of one run: some producers position marks individually."""

_MAX_STEP_BACK = 1.2
"""Maximum step back in ems of a mark or an overlapping glyph from the end of the previous run."""


@dataclass(slots=True)
class Run:
    """A piece of text on one baseline, extended while further glyphs touch it.

    `parted`: a ruling line separates it from the run before it. `shade`: `DARK`, `PALE` or `WHITE` type.
    `flag`, `bold` and `lead` are as in `Glyph`.
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
    bold: bool | None = False
    lead: int = 0

    def extend(self, x0: float, x1: float) -> None:
        """Extend the run to include an interval along x."""
        if x0 < self.x0:
            self.x0 = x0
        if x1 > self.x1:
            self.x1 = x1

    def part(self, text: str, x0: float, x1: float, *, parted: bool = False) -> Run:
        """Return a part of the run."""
        return Run(
            text, x0, self.top, x1, self.bottom, self.baseline, self.size, self.order, self.upright,
            self.visible, self.shade, self.handle, self.matrix, parted, self.flag, self.bold,
        )  # fmt: skip


def run_of(handle: int, bounds: Sequence[float], own: Sequence[float], size: float, to_page: Matrix) -> Run:
    """Return the run of a text object, without text: its position and size on the displayed page."""
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
    """Return whether a clipping path leaves nothing legible of a run.

    LibreOffice clips a repeated header whose rows are too low for it. Chromium draws marks at a page break on
    both pages, clipped. Text that is cut off only at its side, as in a spreadsheet, counts as visible.
    """
    clip = api.clip_of(run.handle)
    count = api.count_clips(clip)
    if count <= 0:
        return False
    y = (run.top + run.bottom) / 2
    for i in range(count):
        segments = range(min(api.count_in_clip(clip, i), _MAX_CLIP_SEGMENTS))
        points = [apply(run.matrix, *api.point(api.get_in_clip(clip, i, j))) for j in segments]
        if len(points) > 2:
            xs, ys = zip(*points, strict=True)
            if not min(ys) <= y <= max(ys) or run.x1 < min(xs) or run.x0 > max(xs):
                return True
    return False


def join_runs(runs: Iterator[Run]) -> Iterator[Run]:
    """Yield the runs, joined where they touch on one baseline, which leaves fewer pieces for later steps."""
    open_: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if open_ is not None and _touches(open_, run):
            if run.text != " ":
                _extend_lead(open_, run)
                open_.text += run.text
                open_.bold = open_.bold if open_.bold is run.bold else None
                open_.extend(run.x0, run.x1)
            elif open_.text[-1] != " ":
                open_.text += " "
            continue
        if open_ is not None:
            yield open_
        open_ = run
        open_.lead = count_letters(run.text) if run.bold else 0
    if open_ is not None:
        yield open_


def _extend_lead(before: Run, run: Run) -> None:
    """Extend the bold words at the start of a run by those of the next one; a number before them may be plain."""
    letters = count_letters(before.text)
    if run.bold and (before.lead == letters or not (before.lead or has_words(before.text))):
        before.lead = letters + count_letters(run.text)


def _touches(before: Run, run: Run) -> bool:
    size = before.size
    gap = run.x0 - before.x1
    return (
        -_MAX_STEP_BACK * size <= gap <= _MAX_GAP_AT_SPACE * size
        and abs(before.baseline - run.baseline) <= _BASELINE_TOLERANCE * size
        and (gap <= _MAX_GAP * size or " " in (before.text[-1], run.text))
        and abs(size - run.size) <= 0.05 * size
        and before.upright
        and run.upright
        and not run.parted
        and not (before.text == " " and run.x0 < before.x0)
        and before.visible == run.visible
        and before.shade == run.shade
        and before.flag == run.flag
    )
