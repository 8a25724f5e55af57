"""Dotted and dashed lines: short marks that follow each other along one line are one rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from thaita.extract.readers.page.content import Rule

Piece = tuple[float, float, float, float]
"""Left, top, right and bottom of a small mark, in points."""

LONGEST = 15.0
"""Points up to which a thin mark may be a dash of a line rather than a line."""

_LEAST = 4
"""Marks that make a line; fewer are bullets or joints of borders."""

_GAP = 2.5
"""Lengths of a mark that may be white before the next: CSS and Word leave one to two."""

_WIDEST = 9.0
"""Points of white between two dashes at most."""

_LEVEL = 0.6
"""Points by which the middles of marks on one line differ at most."""

_SHORTEST = 8.0
"""Points that a line of marks is long at least."""


def join_pieces(pieces: Sequence[Piece]) -> tuple[list[Rule], list[Piece]]:
    """Return the rules that dots and dashes form, and the marks that are part of none.

    A mark may be part of two lines where they cross.
    """
    if len(pieces) < _LEAST:
        return [], list(pieces)
    flat, of_flat = _lines(pieces)
    turned, of_turned = _lines([(top, x0, bottom, x1) for x0, top, x1, bottom in pieces])
    rules = [Rule(start, at, end, at) for at, start, end in flat]
    rules += [Rule(at, start, at, end) for at, start, end in turned]
    used = of_flat | of_turned
    return rules, [piece for i, piece in enumerate(pieces) if i not in used]


def _lines(pieces: Sequence[Piece]) -> tuple[list[tuple[float, float, float]], set[int]]:
    """Return the place, start and end of each line of marks along x, and the numbers of its marks."""
    found: list[tuple[float, float, float]] = []
    used: set[int] = set()
    for row in _rows(pieces):
        for run in _runs(pieces, row):
            start, end = pieces[run[0]][0], max(pieces[i][2] for i in run)
            if len(run) >= _LEAST and end - start >= _SHORTEST:
                found.append((sum(_middle(pieces[i]) for i in run) / len(run), start, end))
                used.update(run)
    return found, used


def _middle(piece: Piece) -> float:
    return (piece[1] + piece[3]) / 2


def _rows(pieces: Sequence[Piece]) -> Iterable[list[int]]:
    """Yield the numbers of marks whose middles are level, from left to right."""
    lying = [i for i, (x0, top, x1, bottom) in enumerate(pieces) if bottom - top <= 1.5 * (x1 - x0) + 0.5]
    lying.sort(key=lambda i: _middle(pieces[i]))
    row: list[int] = []
    for i in lying:
        if row and _middle(pieces[i]) - _middle(pieces[row[0]]) > _LEVEL:
            yield sorted(row, key=lambda j: pieces[j][0])
            row = []
        row.append(i)
    if row:
        yield sorted(row, key=lambda j: pieces[j][0])


def _runs(pieces: Sequence[Piece], row: Sequence[int]) -> Iterable[list[int]]:
    """Yield stretches of a row without a wide gap."""
    run: list[int] = []
    end = 0.0
    for i in row:
        x0, _, x1, _ = pieces[i]
        if run and x0 - end > min(_WIDEST, max(_GAP * (x1 - x0), 1.0)):
            yield run
            run = []
        end = max(end, x1) if run else x1
        run.append(i)
    if run:
        yield run
