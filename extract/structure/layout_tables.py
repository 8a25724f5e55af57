"""Tables that only lay out parts of a report side by side. They are read as paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from thaita.extract.structure.labels import read_label
from thaita.models.document import Cell, Table
from thaita.models.roles import Role
from thaita.models.source_text import SourceText

_LEAST_PARTS = 2
"""Least number of columns with headings of their own that make parts side by side."""
_LEAST_LABELS = 2
_LONGEST = 60
"""Most letters of a heading of a list; most cells of a table are longer, or no words."""
_MOST_ROWS = 100
"""Most rows of a table that lays out a page; longer ones are lists."""


def laid_out(table: Table) -> list[SourceText] | None:
    """Return the lines of a table that only lays out a page, column by column; None for any other table."""
    if not 1 < table.rows <= _MOST_ROWS:
        return None
    rows = table.grid()
    columns = [[row[at] for row in rows] for at in range(table.columns)]
    if sum(map(_has_labels, columns)) >= _LEAST_PARTS:
        return list(_lines(columns))
    return None


def _own(cells: list[Cell | None]) -> list[Cell]:
    """Return the cells with text, each once."""
    return list({id(cell): cell for cell in cells if cell is not None and cell.lines}.values())


def _lines(groups: list[list[Cell | None]]) -> Iterator[SourceText]:
    seen: set[int] = set()
    for group in groups:
        for cell in _own(group):
            if id(cell) not in seen:
                seen.add(id(cell))
                yield from cell.lines


def _has_labels(column: list[Cell | None]) -> bool:
    """Return whether a column holds two headings of lists of findings: one alone is the head of the column."""
    return sum(_is_label(line) for cell in _own(column) for line in cell.lines) >= _LEAST_LABELS


def _is_label(line: SourceText) -> bool:
    if len(line) > _LONGEST:
        return False
    label = read_label(line)
    return label is not None and not label.rest and label.exact and label.heading.role == Role.FINDING
