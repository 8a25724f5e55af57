"""Relations between the places of names and figures: in one cell, in one row, below, above, or in the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace

from thaita.extract.find.score_places import Name, Plane, Value

Link = tuple[Hashable, Name, Value]
"""A relation with a name and a figure that it ties together; the same relation may hold for many names."""
_LEAST = 4
"""Minimum names of a list that stands apart from its figures."""
_MAX_LINES = 12
"""Maximum rows between a name and its figure."""


def links(plane: Plane) -> Iterator[Link]:
    """Yield every relation that may tie a figure to a name, with the name and the figure."""
    for r in sorted({name.row for name in plane.names} | {name.last for name in plane.names}):
        names = sorted((n for n in plane.names if r in (n.row, n.last)), key=lambda n: (n.column, n.start))
        values = sorted((v for v in plane.values if v.row == r), key=lambda v: (v.column, v.start))
        yield from _in_cells(names, values)
        yield from _in_row(names, values)
    yield from _vertical(plane, below=True)
    yield from _vertical(plane, below=False)
    yield from _in_order(plane)


def _in_cells(names: Sequence[Name], values: Sequence[Value]) -> Iterator[Link]:
    for column in {name.column for name in names}:
        inside = [name for name in names if name.column == column]
        figures = [value for value in values if value.column == column]
        for i, name in enumerate(inside):
            stop = inside[i + 1].start if i + 1 < len(inside) else None
            begin = inside[i - 1].end if i else 0
            after = [v for v in figures if v.start >= name.end and (stop is None or v.end <= stop)]
            before = [v for v in figures[::-1] if begin <= v.start and v.end <= name.start]
            for value in _crowded(after):
                yield ("after", value.year), name, value
            for value in _crowded(before if name.row == name.last else []):
                yield ("before", value.year), name, value


def _in_row(names: Sequence[Name], values: Sequence[Value]) -> Iterator[Link]:
    columns = sorted({name.column for name in names})
    for column in columns:
        inside = [name for name in names if name.column == column]
        right = [
            v
            for v in values
            if v.column > column and not (set(columns) & set(range(column + 1, v.column + 1)))
        ]
        left = [v for v in values if v.column < column and not (set(columns) & set(range(v.column, column)))]
        for direction, beside in (("right", right), ("left", left)):
            for c in sorted({value.column for value in beside}):
                cell = [value for value in beside if value.column == c]
                offset = c - column if len(columns) > 1 else c
                pairs = list(zip(inside, cell, strict=True)) if len(cell) == len(inside) else []
                if len(inside) == 1:
                    pairs = [(inside[0], value) for value in _crowded(cell)]
                for name, value in pairs:
                    yield (direction, offset, value.label, value.year), name, value


def _crowded(values: Sequence[Value]) -> list[Value]:
    """Return the figures of one place, marked if no label or year tells them apart."""
    kinds = Counter((value.label, value.year) for value in values if value.likely)
    return [replace(value, crowded=kinds[value.label, value.year] > 1) for value in values]


def _vertical(plane: Plane, *, below: bool) -> Iterator[Link]:
    """Yield links to the rows below names, or above them, up to the next row with a name."""
    rows = sorted({name.row for name in plane.names})
    for r in rows:
        inside = sorted((n for n in plane.names if n.row == r), key=lambda n: (n.column, n.start))
        last = max(name.last for name in inside)
        others = [row for row in rows if (row > last if below else row < r)]
        edge = min(others, default=last + _MAX_LINES) if below else max(others, default=r - _MAX_LINES - 1)
        if below:
            near = [v for v in plane.values if last < v.row < edge]
        else:
            ends = max((n.last for n in plane.names if n.row == edge), default=edge)
            near = [v for v in plane.values if ends < v.row < r][::-1]
        yield from _aligned("below" if below else "above", inside, near)


def _aligned(direction: str, names: Sequence[Name], values: Sequence[Value]) -> Iterator[Link]:
    for r in dict.fromkeys(value.row for value in values):
        row = sorted((v for v in values if v.row == r), key=lambda v: (v.column, v.start))
        if len(names) == 1:
            for value in row:
                yield (direction, value.label, value.column, value.year), names[0], value
            continue
        labels = {value.label for value in row}
        label = labels.pop() if len(labels) == 1 else ""
        same = len({n.column for n in names}) == 1 and len({v.column for v in row}) == 1
        if same and len(row) == len(names):
            for name, value in zip(names, row, strict=True):
                yield (direction, label, "inline", value.year), name, value
        elif not same:
            for name in names:
                for value in row:
                    if value.column == name.column:
                        yield (direction, label, "column", value.year), name, value


def _in_order(plane: Plane) -> Iterator[Link]:
    """Yield links between a list of names and the list of as many figures after or before it."""
    names = sorted(plane.names, key=lambda name: (name.row, name.column, name.start))
    if len(names) < _LEAST or len({name.candidate.no for name in names}) != len(names):
        return
    runs: list[list[Value]] = []
    for value in plane.values:
        if runs and value.row <= runs[-1][-1].row + 1 and value.column == runs[-1][-1].column:
            runs[-1].append(value)
        else:
            runs.append([value])
    for run in runs:
        apart = run[0].row > names[-1].last or run[-1].row < names[0].row
        if len(run) == len(names) and apart and all(value.likely for value in run):
            for name, value in zip(names, run, strict=True):
                yield ("order", run[0].row), name, value
