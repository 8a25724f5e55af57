"""Dotted and dashed lines: joins short marks along one line into a ruling line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from thaita.extract.readers.page.content import Rule

Piece = tuple[float, float, float, float]
"""Left, top, right and bottom of a small mark, in points."""

MAX_DASH = 15.0
"""Maximum length in points of a dash; a longer thin mark is a line."""

_MIN_MARKS = 4
"""Minimum number of marks in a line; fewer are bullets or joints of borders."""

_MAX_GAP_RATIO = 2.5
"""Maximum gap between marks, in lengths of a mark: CSS and Word leave one to two."""

_MAX_GAP = 9.0
"""Maximum gap in points between two dashes."""

_LEVEL_TOLERANCE = 0.6
"""Maximum difference in points of the middles of marks on one line."""

_MIN_LENGTH = 8.0
"""Minimum length in points of a line of marks."""


def join_dashes(pieces: Sequence[Piece]) -> tuple[list[Rule], list[Piece]]:
    """Return the rules formed by dots and dashes, and the marks that belong to no rule.

    A mark can belong to two lines where they cross.
    """
    if len(pieces) < _MIN_MARKS:
        return [], list(pieces)
    flat, of_flat = _lines(pieces)
    turned, of_turned = _lines([(top, x0, bottom, x1) for x0, top, x1, bottom in pieces])
    rules = [Rule(start, at, end, at) for at, start, end in flat]
    rules += [Rule(at, start, at, end) for at, start, end in turned]
    used = of_flat | of_turned
    return rules, [piece for i, piece in enumerate(pieces) if i not in used]


def _lines(pieces: Sequence[Piece]) -> tuple[list[tuple[float, float, float]], set[int]]:
    """Return the position, start and end of each line of marks along x, and the indexes of its marks."""
    found: list[tuple[float, float, float]] = []
    used: set[int] = set()
    for row in _rows(pieces):
        for run in _runs(pieces, row):
            start, end = pieces[run[0]][0], max(pieces[i][2] for i in run)
            if len(run) >= _MIN_MARKS and end - start >= _MIN_LENGTH:
                found.append((sum(_middle(pieces[i]) for i in run) / len(run), start, end))
                used.update(run)
    return found, used


def _middle(piece: Piece) -> float:
    return (piece[1] + piece[3]) / 2


def _rows(pieces: Sequence[Piece]) -> Iterable[list[int]]:
    """Yield the indexes of marks whose middles are level, from left to right."""
    lying = [i for i, (x0, top, x1, bottom) in enumerate(pieces) if bottom - top <= 1.5 * (x1 - x0) + 0.5]
    lying.sort(key=lambda i: _middle(pieces[i]))
    row: list[int] = []
    for i in lying:
        if row and _middle(pieces[i]) - _middle(pieces[row[0]]) > _LEVEL_TOLERANCE:
            yield sorted(row, key=lambda j: pieces[j][0])
            row = []
        row.append(i)
    if row:
        yield sorted(row, key=lambda j: pieces[j][0])


def _runs(pieces: Sequence[Piece], row: Sequence[int]) -> Iterable[list[int]]:
    """Yield the stretches of a row without a wide gap."""
    run: list[int] = []
    end = 0.0
    for i in row:
        x0, _, x1, _ = pieces[i]
        if run and x0 - end > min(_MAX_GAP, max(_MAX_GAP_RATIO * (x1 - x0), 1.0)):
            yield run
            run = []
        end = max(end, x1) if run else x1
        run.append(i)
    if run:
        yield run
