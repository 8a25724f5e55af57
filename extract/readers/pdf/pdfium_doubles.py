"""Text drawn twice: bold type, outlines and shadows, of which one copy is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from thaita.extract.readers.pdf.pdfium_runs import WHITE, Run

_MARK = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
"""Letters above and below others."""

_MAX_OFFSET = 0.2
"""Maximum offset in ems of a copy: less than the advance of the narrowest letter."""

_MIN_REPEATED = 0.6
"""Least share of the letters of a run that shorter runs repeat, if they are its copy."""

_ROW_HEIGHT = 4.0
"""Height in points of the rows in which copies are looked up."""

_MAX_BESIDE = 40
"""Maximum number of runs of a row that are compared with a longer one."""


def without_doubles(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield the runs without copies drawn at nearly the same place, to look bold, outlined or shaded.

    A browser divides an outline into other runs than the letters below it, so that a copy may be a part of a run
    that is kept. Of a letter and its white shadow the letter is kept.
    """
    runs = list(runs)
    seen: dict[tuple[str, int], list[int]] = {}
    wide: dict[int, list[int]] = {}
    dropped: set[int] = set()
    for i, run in enumerate(runs):
        rows = _rows(run)
        same = (j for row in rows for j in seen.get((run.text, row), ()) if _is_double(run, runs[j]))
        copy = next(same, None)
        if copy is not None:
            if not _outshines(run, runs[copy]):
                dropped.add(i)
                continue
            dropped.add(copy)
        seen.setdefault((run.text, rows[0]), []).append(i)
        if len(run.text.strip()) > 1:
            wide.setdefault(rows[0], []).append(i)
    parts: dict[int, list[int]] = {}
    for i, run in enumerate(runs):
        others = (j for row in _rows(run) for j in wide.get(row, ())[:_MAX_BESIDE] if j not in dropped)
        longer = None if i in dropped else next((j for j in others if _holds(runs[j], run)), None)
        if longer is not None:
            parts.setdefault(longer, []).append(i)
    for longer, held in parts.items():
        shown = sum(len(runs[i].text.strip()) for i in held)
        if shown >= _MIN_REPEATED * len(runs[longer].text.strip()):
            dropped.update([longer] if _outshines(runs[held[0]], runs[longer]) else held)
    yield from (run for i, run in enumerate(runs) if i not in dropped)


def _outshines(run: Run, other: Run) -> bool:
    """Return whether only the first of two copies shows on white paper."""
    return other.shade == WHITE != run.shade


def _rows(run: Run) -> tuple[int, int]:
    """Return the row of a run and the nearer of the rows beside it."""
    place = run.top / _ROW_HEIGHT
    row = int(place)
    return row, row - 1 if place - row < 0.5 else row + 1


def _alike(run: Run, other: Run) -> bool:
    near = _MAX_OFFSET * run.size
    return (
        abs(other.top - run.top) <= near
        and abs(other.size - run.size) <= 0.05 * run.size
        and (other.visible or not run.visible)
        and other.flag == run.flag
    )


def _is_double(run: Run, other: Run) -> bool:
    return abs(other.x0 - run.x0) <= _MAX_OFFSET * run.size and _alike(run, other)


def _holds(longer: Run, part: Run) -> bool:
    """Return whether a run shows the letters of a shorter one at its place.

    A mark drawn alone is no part: it has no width, and another letter near it may bear the same mark.
    """
    letters = _MARK.sub("", longer.text)
    if len(part.text) >= len(longer.text) or not part.text.strip() or _MARK.match(part.text):
        return False
    near = _MAX_OFFSET * part.size
    if part.x0 < longer.x0 - near or part.x1 > longer.x1 + near or not _alike(part, longer):
        return False
    at = int((part.x0 - longer.x0) * len(letters) / max(longer.x1 - longer.x0, 1.0))
    bare = _MARK.sub("", part.text)
    return bare in letters[max(0, at - 1) : at + len(bare) + 2]
