"""Text drawn twice: bold type, outlines and shadows, of which one copy is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thaita.extract.readers.pdf.pdfium_runs import WHITE, Run

_MAX_OFFSET = 0.2
"""Maximum offset in ems of a copy: less than the advance of the narrowest letter."""

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
    for i, run in enumerate(runs):
        if i in dropped:
            continue
        others = (j for row in _rows(run) for j in wide.get(row, ())[:_MAX_BESIDE] if j not in dropped)
        longer = next((j for j in others if _holds(runs[j], run)), None)
        if longer is not None:
            dropped.add(longer if _outshines(run, runs[longer]) else i)
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
    """Return whether a run shows the letters of a shorter one at its place."""
    if len(part.text) >= len(longer.text) or not part.text.strip() or not _alike(part, longer):
        return False
    near = _MAX_OFFSET * part.size
    if part.x0 < longer.x0 - near or part.x1 > longer.x1 + near:
        return False
    letter = (longer.x1 - longer.x0) / len(longer.text)
    at = (part.x0 - longer.x0) / letter
    return part.text in longer.text[max(0, int(at) - 2) : int(at) + len(part.text) + 3]
