"""Places of fields in lines whose columns are separated only by spaces."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from thaita.extract.readers.text.tables import Line
from thaita.models.source_text import Span

Measure = Callable[[Line, int], int]
"""The distance of a place in a line from its start."""


def screen_column(line: Line, at: int) -> int:
    """Return the column on screen, where marks above and below letters take no space."""
    return sum(unicodedata.category(c) != "Mn" for c in line.chars[:at])


def letters_before(_line: Line, at: int) -> int:
    """Return the number of characters before a place: programs that count marks as letters align them so."""
    return at


def measure_of(rows: Sequence[tuple[Line, list[tuple[int, int]]]]) -> Measure:
    """Return the measure, on screen or in characters, by which the fields of the rows begin closest together."""

    def spread(measure: Measure) -> int:
        lefts = [[measure(line, fields[c][0]) for line, fields in rows] for c in range(1, len(rows[0][1]))]
        return sum(max(column) - min(column) for column in lefts)

    return min((screen_column, letters_before), key=spread)


def _edges(line: Line, field: tuple[int, int], measure: Measure) -> tuple[float, float, float]:
    """Return the left edge, middle and right edge of a field; its column shares one of them."""
    left, right = measure(line, field[0]), measure(line, field[1])
    return left, (left + right) / 2, right


def column_edges(
    rows: Sequence[tuple[Line, list[tuple[int, int]]]], measure: Measure
) -> list[tuple[float, ...]]:
    """Return the mean edges of each column."""
    columns = []
    for c in range(len(rows[0][1])):
        edges = [_edges(line, fields[c], measure) for line, fields in rows]
        columns.append(tuple(sum(values) / len(values) for values in zip(*edges, strict=True)))
    return columns


def place_fields(
    line: Line, fields: list[tuple[int, int]], columns: Sequence[tuple[float, ...]], measure: Measure
) -> list[Span]:
    """Return the range of each column's text in a line; a field belongs to the column with the nearest edge."""
    placed: list[Span] = [(line.start, line.start)] * len(columns)
    if len(fields) == len(columns):
        return [(line.start + a, line.start + b) for a, b in fields]
    least = 0
    for a, b in fields:
        here = _edges(line, (a, b), measure)
        far = [min(abs(x - y) for x, y in zip(here, column, strict=True)) for column in columns[least:]]
        c = least = least + far.index(min(far))
        start, end = placed[c]
        placed[c] = (line.start + a if start == end else start, line.start + b)
    return placed
