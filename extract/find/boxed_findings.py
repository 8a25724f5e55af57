"""Findings in tables without column heads: cells that open with their own label, and lists drawn as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thaita.extract.find.finding_candidate import FindingCandidate, from_label
from thaita.extract.find.keyed_findings import DASHES, cell_items
from thaita.extract.structure.context import Context, subject_of
from thaita.extract.structure.grid import Grid, GridCell
from thaita.extract.structure.labels import NUMBERED, STYLED, Label, read_label
from thaita.models.roles import SUBJECTS, Role
from thaita.models.source_text import SourceText
from thaita.normalize.headings import match_heading
from thaita.normalize.numerals import strip_marker

LABELED = frozenset({Role.FINDING, Role.OPPORTUNITY})
_MIN_BOXES = 2
"""Least number of cells with a label of their own that make a table of boxes, such as the four fields of SWOT."""


def boxed_findings(grid: Grid, context: Context, year: int | None) -> Iterator[FindingCandidate]:
    """Yield the findings of a table without column heads.

    Its cells open with a label (SWOT), or the table is the list below the open label: in each row the subject and
    what was found about it. `year` (B.E.) decides the meaning of item codes.
    """
    if grid.roles:
        return
    boxes = [(cell, label) for row in grid.rows for cell in row.own_cells() if (label := _label(cell))]
    if len(boxes) >= _MIN_BOXES:
        for cell, label in boxes:
            yield from _box(cell, label, context, year)
    elif context.opened is not None:
        yield from _rows(grid, context, year)


def _label(cell: GridCell) -> Label | None:
    """Return the label of findings on the first line of a cell that has more lines."""
    if len(cell.lines) < 2:
        return None
    label = read_label(cell.lines[0], evidence=STYLED)
    return label if label and not label.rest and label.heading.role in LABELED else None


def _box(cell: GridCell, label: Label, context: Context, year: int | None) -> Iterator[FindingCandidate]:
    for text in _items(cell.lines[1:]):
        yield from from_label(label, text, text, context, year, way="box", in_table=True)


def _items(lines: Sequence[SourceText]) -> list[SourceText]:
    """Return the items of a cell: marked lines with the unmarked lines below them, or each line if none is marked."""
    items: list[list[SourceText]] = []
    marked = any(strip_marker(line.chars)[0] for line in lines)
    for line in lines:
        marker, start = strip_marker(line.chars)
        if marker or not items or not marked:
            items.append([line[start:]])
        else:
            items[-1].append(line)
    return [SourceText.join(item, "\n").strip() for item in items]


def _rows(grid: Grid, context: Context, year: int | None) -> Iterator[FindingCandidate]:
    """Yield the findings of a two-column table of subjects and texts, if each row has both."""
    pairs = [row.own_cells() for row in grid.rows]
    if len(pairs) > 1 and pairs[0] and _is_head(pairs[0][0]):
        del pairs[0]
    if any(len(cells) != 2 for cells in pairs):
        return
    subjects = [subject_of(cells[0].text.chars, context, NUMBERED) for cells in pairs]
    if None in subjects:
        return
    dashes = any(cells[1].text.chars.lstrip()[:1] not in DASHES for cells in pairs)
    for cells, subject in zip(pairs, subjects, strict=True):
        if subject is None:
            return
        for text in cell_items(cells[1].text, dashes=dashes):
            yield from from_label(context.opened, text, text, subject, year, way="row", in_table=True)


def _is_head(cell: GridCell) -> bool:
    """Return whether a cell is the head of a column of subjects, whose neighbors' words are not known."""
    heading = match_heading(cell.text.chars)
    return heading is not None and heading.role in SUBJECTS
