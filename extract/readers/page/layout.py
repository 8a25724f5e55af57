"""A page's glyphs and ruling lines to lines and tables in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from thaita.extract.readers.page.asides import ASIDES, find_asides, read_asides
from thaita.extract.readers.page.boxed_cells import array_rules, find_arrays, first_row
from thaita.extract.readers.page.content import Glyph, PageContent
from thaita.extract.readers.page.lines import Line, read_lines
from thaita.extract.readers.page.ruled_tables import Lattice, find_lattices
from thaita.models.document import Box

_FRAME = 0.5
"""Share of the page from which a single ruled cell is a frame around the page, no box."""

_PADDING = 6.0
"""Points of empty border in a cell at most."""

_SLACK = 2.0

_LARGE = 60.0
"""Points that an area of colour is wide and high at least to count as a picture."""

_HEAD_LINES = 3
"""Lines of text that a column's head has at most."""


@dataclass(slots=True)
class CellDraft:
    """A table cell to be: its place, spans and rectangle, its lines, tables drawn inside it."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    lines: list[Line] = field(default_factory=list)
    tables: list[TableDraft] = field(default_factory=list)

    def edges(self) -> tuple[float, float]:
        """The left and right edge of the text: the rectangle less the padding that the lines show."""
        near = min([line.box.x0 for line in self.lines], default=self.box.x0) - self.box.x0
        padding = min(max(near, 0.0), _PADDING)
        return self.box.x0 + padding, self.box.x1 - padding


@dataclass(slots=True)
class TableDraft:
    """A table to be; `drawn` says that ruling lines state its cells."""

    rows: int
    columns: int
    cells: list[CellDraft]
    box: Box
    drawn: bool = True

    @property
    def is_box(self) -> bool:
        """Whether the table is a box around paragraphs."""
        return len(self.cells) == 1 and not self.cells[0].tables


Item = Line | TableDraft


@dataclass(slots=True)
class PageDraft:
    """A page to be: its number, size, and what stands on it in reading order.

    `asides` are lines that the report does not state, each with its flag; `flagged` are the glyphs that carry a flag;
    `obstacles` are its pictures.
    """

    number: int
    width: float
    height: float
    items: list[Item]
    asides: list[Line] = field(default_factory=list)
    flagged: list[Glyph] = field(default_factory=list)
    obstacles: tuple[Box, ...] = ()

    def lines(self) -> Iterator[Line]:
        """Yield the lines outside tables."""
        return (item for item in self.items if isinstance(item, Line))


def lines_of(items: Iterable[Item]) -> Iterator[Line]:
    """Yield the lines of items, those in cells and in tables in cells too."""
    for item in items:
        if isinstance(item, TableDraft):
            for cell in item.cells:
                yield from cell.lines
                yield from lines_of(cell.tables)
        else:
            yield item


def lay_out_page(content: PageContent) -> PageDraft:
    """Return the lines and tables of a page, from top to bottom; hidden glyphs are left out."""
    lattices = _without_frames(find_lattices(content.rules), content.width * content.height)
    lattices = _with_arrays(lattices, content)
    inner: dict[tuple[int, int], list[Glyph]] = {}
    body: list[Glyph] = []
    by_size = sorted(range(len(lattices)), key=lambda i: _area(lattices[i].box))
    flagged = find_asides(content.glyphs)
    for glyph in content.glyphs:
        if glyph.visible and glyph.flag not in ASIDES:
            place = _cell_of(glyph, lattices, by_size) if glyph.turn >= 0 else None
            (body if place is None else inner.setdefault(place, [])).append(glyph)
    tables = [_table(lattice, i, inner) for i, lattice in enumerate(lattices)]
    outer = _nest(lattices, tables)
    items: list[Item] = [*read_lines(body), *(_trimmed(table) for table in outer if _has_text(table))]
    items.sort(key=lambda item: (item.box.top, item.box.x0))
    return PageDraft(
        content.number,
        content.width,
        content.height,
        items,
        read_asides(flagged),
        flagged,
        _obstacles(content),
    )


def _obstacles(content: PageContent) -> tuple[Box, ...]:
    """Return the boxes of pictures and of larger areas of colour without text: what text stands beside."""
    areas = [
        box
        for box in content.fills
        if min(box.x1 - box.x0, box.bottom - box.top) >= _LARGE
        and not any(_stands_in(glyph, box) for glyph in content.glyphs)
    ]
    return (*content.images, *areas)


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.x0 - _SLACK <= inner.x0
        and inner.x1 <= outer.x1 + _SLACK
        and outer.top - _SLACK <= inner.top
        and inner.bottom <= outer.bottom + _SLACK
    )


def _without_frames(lattices: list[Lattice], page_area: float) -> list[Lattice]:
    """Return the lattices but for single rectangles around other tables or most of the page."""
    return [
        one
        for one in lattices
        if len(one.cells) > 1
        or not (
            _area(one.box) > _FRAME * page_area
            or any(other is not one and _holds(one.box, other.box) for other in lattices)
        )
    ]


def _with_arrays(lattices: list[Lattice], content: PageContent) -> list[Lattice]:
    """Return the lattices with framed or coloured boxes that stand in rows and columns made one table.

    Boxes whose first row is no head, but text of several lines, stay boxes: they are cards, each with its
    own heading.
    """
    single = [one for one in lattices if len(one.cells) == 1]
    tables = [one for one in lattices if len(one.cells) > 1]
    fills = [box for box in content.fills if not any(_holds(one.box, box) for one in lattices)]
    boxes = [one.box for one in single] + fills
    used: set[int] = set()
    for group in find_arrays(boxes):
        array = [boxes[i] for i in group]
        if _is_table(array, content.glyphs):
            tables += find_lattices(array_rules(array))
            used.update(group)
    if not used:
        return lattices
    tables += [one for i, one in enumerate(single) if i not in used]
    return sorted(tables, key=lambda found: (found.ys[0], found.xs[0]))


def _is_table(boxes: Sequence[Box], glyphs: Sequence[Glyph]) -> bool:
    """Tell whether boxes are cells: most hold text, and those of the first row no more than a head."""
    full = sum(any(_stands_in(glyph, box) for glyph in glyphs) for box in boxes)
    if full < 0.5 * len(boxes):
        return False
    lines = [
        len(read_lines([glyph for glyph in glyphs if _stands_in(glyph, box)])) for box in first_row(boxes)
    ]
    return max(lines) <= _HEAD_LINES


def _stands_in(glyph: Glyph, box: Box) -> bool:
    x, y = (glyph.box.x0 + glyph.box.x1) / 2, (glyph.box.top + glyph.box.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _cell_of(glyph: Glyph, lattices: Sequence[Lattice], by_size: Iterable[int]) -> tuple[int, int] | None:
    """Return the smallest table, and its cell, in which the middle of a glyph lies."""
    x, y = (glyph.box.x0 + glyph.box.x1) / 2, (glyph.box.top + glyph.box.bottom) / 2
    for i in by_size:
        cell = lattices[i].cell_at(x, y)
        if cell is not None:
            return i, cell
    return None


def _table(lattice: Lattice, number: int, glyphs: dict[tuple[int, int], list[Glyph]]) -> TableDraft:
    cells = [
        CellDraft(c.row, c.column, c.row_span, c.column_span, c.box, read_lines(glyphs.get((number, i), ())))
        for i, c in enumerate(lattice.cells)
    ]
    return TableDraft(len(lattice.ys) - 1, len(lattice.xs) - 1, cells, lattice.box)


def _trimmed(table: TableDraft) -> TableDraft:
    """Return a table without empty rows at its head and foot: a page break leaves such pieces."""
    full = [cell for cell in table.cells if cell.lines or cell.tables]
    first = min((cell.row for cell in full), default=0)
    last = max((cell.row + cell.row_span for cell in full), default=table.rows)
    if first == 0 and last == table.rows:
        return table
    cells = [
        replace(
            cell,
            row=max(cell.row, first) - first,
            row_span=min(cell.row + cell.row_span, last) - max(cell.row, first),
        )
        for cell in table.cells
        if cell.row < last and cell.row + cell.row_span > first
    ]
    return replace(table, rows=last - first, cells=cells)


def _nest(lattices: Sequence[Lattice], tables: Sequence[TableDraft]) -> list[TableDraft]:
    """Put each table that lies inside a cell of another into that cell; return the others."""
    outer = []
    for lattice, table in zip(lattices, tables, strict=True):
        holders = [
            cell
            for other, draft in zip(lattices, tables, strict=True)
            if other is not lattice and _holds(other.box, lattice.box)
            for cell in draft.cells
            if _holds(cell.box, lattice.box) and _area(cell.box) > _area(lattice.box)
        ]
        if holders and _has_text(table):
            min(holders, key=lambda cell: _area(cell.box)).tables.append(table)
        else:
            outer.append(table)
    return outer


def _has_text(table: TableDraft) -> bool:
    return any(cell.lines or cell.tables for cell in table.cells)
