"""Runs of one baseline that touch are one run: fewer pieces for what follows."""

from __future__ import annotations

from collections.abc import Iterator

from thaita.extract.readers.pdf_pdfium_text import Run

_TOUCH = 0.25
"""Ems between the inks of two glyphs of one run at most: some vowels stand far from the letter before."""

_TOUCH_SPACE = 0.7
"""The same where a space glyph stands between them."""

_LEVEL = 0.1
"""Ems by which baselines of one run may differ: some producers place marks by hand."""

_HANG = 1.2
"""Ems that a mark or an overlapping glyph may stand back from the end of the run before it."""


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
