"""Layout of one page: lines and ruled tables in reading order from glyphs and ruling lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from thaita.extract.readers.page.asides import ASIDES, flag_asides, read_asides
from thaita.extract.readers.page.banded_tables import banded_table_rules
from thaita.extract.readers.page.boxed_cells import box_table_rules, find_box_tables, first_row
from thaita.extract.readers.page.content import Glyph, PageContent
from thaita.extract.readers.page.lines import Line, read_lines
from thaita.extract.readers.page.ruled_tables import Lattice, find_lattices
from thaita.models.document import Box

_FRAME_SHARE = 0.5
"""Share of the page area from which a single ruled cell is a frame around the page, not a box."""

_MAX_PADDING = 6.0
"""Maximum empty border in points inside a cell."""

_TOLERANCE = 2.0

_MIN_AREA_SIDE = 60.0
"""Minimum width and height in points of a colored area that counts as a picture."""

_MAX_HEADER_LINES = 3
"""Maximum number of text lines in a column header."""


@dataclass(slots=True)
class CellDraft:
    """Draft of a table cell: its position, spans and rectangle, its lines, and the tables drawn inside it."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    lines: list[Line] = field(default_factory=list)
    tables: list[TableDraft] = field(default_factory=list)

    def edges(self) -> tuple[float, float]:
        """Return the left and right edge of the text: the rectangle less the padding that the lines show."""
        near = min([line.box.x0 for line in self.lines], default=self.box.x0) - self.box.x0
        padding = min(max(near, 0.0), _MAX_PADDING)
        return self.box.x0 + padding, self.box.x1 - padding


@dataclass(slots=True)
class TableDraft:
    """Draft of a table; `drawn` is True if ruling lines define its cells."""

    rows: int
    columns: int
    cells: list[CellDraft]
    box: Box
    drawn: bool = True

    @property
    def is_box(self) -> bool:
        """Whether the table is a single box around paragraphs."""
        return len(self.cells) == 1 and not self.cells[0].tables


PageItem = Line | TableDraft


@dataclass(slots=True)
class PageDraft:
    """Draft of a page: its number, its size in points, and its items in reading order.

    `asides` are lines outside the report's content, each with its flag; `flagged` are the glyphs that carry a
    flag; `obstacles` are the boxes of pictures.
    """

    number: int
    width: float
    height: float
    items: list[PageItem]
    asides: list[Line] = field(default_factory=list)
    flagged: list[Glyph] = field(default_factory=list)
    obstacles: tuple[Box, ...] = ()

    def lines(self) -> Iterator[Line]:
        """Yield the lines outside tables."""
        return (item for item in self.items if isinstance(item, Line))


def all_lines(items: Iterable[PageItem]) -> Iterator[Line]:
    """Yield the lines of all items, including those in cells and nested tables."""
    for item in items:
        if isinstance(item, TableDraft):
            for cell in item.cells:
                yield from cell.lines
                yield from all_lines(cell.tables)
        else:
            yield item


def lay_out_page(content: PageContent) -> PageDraft:
    """Return the lines and ruled tables of a page, from top to bottom, without hidden glyphs."""
    lattices = _without_frames(find_lattices(content.rules), content.width * content.height)
    lattices = _with_banded_tables(lattices, content)
    lattices = _with_box_tables(lattices, content)
    inner: dict[tuple[int, int], list[Glyph]] = {}
    body: list[Glyph] = []
    by_size = sorted(range(len(lattices)), key=lambda i: _area(lattices[i].box))
    flagged = flag_asides(content.glyphs)
    for glyph in content.glyphs:
        if glyph.visible and glyph.flag not in ASIDES:
            place = _cell_of(glyph, lattices, by_size) if glyph.turn >= 0 else None
            (body if place is None else inner.setdefault(place, [])).append(glyph)
    tables = [_table_draft(lattice, i, inner) for i, lattice in enumerate(lattices)]
    outer = _nest_tables(lattices, tables)
    items: list[PageItem] = [
        *read_lines(body),
        *(_without_empty_edge_rows(table) for table in outer if _has_text(table)),
    ]
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
    """Return the boxes that text flows around: pictures, and larger colored areas without text."""
    areas = [
        box
        for box in content.fills
        if min(box.x1 - box.x0, box.bottom - box.top) >= _MIN_AREA_SIDE
        and not any(_is_inside(glyph, box) for glyph in content.glyphs)
    ]
    return (*content.images, *areas)


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _contains(outer: Box, inner: Box) -> bool:
    return (
        outer.x0 - _TOLERANCE <= inner.x0
        and inner.x1 <= outer.x1 + _TOLERANCE
        and outer.top - _TOLERANCE <= inner.top
        and inner.bottom <= outer.bottom + _TOLERANCE
    )


def _without_frames(lattices: list[Lattice], page_area: float) -> list[Lattice]:
    """Return the lattices without single rectangles around other tables or around most of the page."""
    return [
        one
        for one in lattices
        if len(one.cells) > 1
        or not (
            _area(one.box) > _FRAME_SHARE * page_area
            or any(other is not one and _contains(one.box, other.box) for other in lattices)
        )
    ]


def _with_banded_tables(lattices: list[Lattice], content: PageContent) -> list[Lattice]:
    """Return the lattices, with those of tables that have lines between their rows only, less the boxes inside these."""
    rules = banded_table_rules(content, lattices)
    if not rules:
        return lattices
    banded = find_lattices(rules)
    apart = [
        one for one in lattices if len(one.cells) > 1 or not any(_contains(b.box, one.box) for b in banded)
    ]
    return sorted([*apart, *banded], key=lambda found: (found.ys[0], found.xs[0]))


def _with_box_tables(lattices: list[Lattice], content: PageContent) -> list[Lattice]:
    """Return the lattices, with framed or colored boxes in rows and columns merged into one table.

    Boxes whose first row holds several lines of text instead of headers stay separate: they are cards, each
    with its own heading.
    """
    single = [one for one in lattices if len(one.cells) == 1]
    tables = [one for one in lattices if len(one.cells) > 1]
    fills = [box for box in content.fills if not any(_contains(one.box, box) for one in lattices)]
    boxes = [one.box for one in single] + fills
    used: set[int] = set()
    for group in find_box_tables(boxes):
        array = [boxes[i] for i in group]
        if _are_cells(array, content.glyphs):
            tables += find_lattices(box_table_rules(array))
            used.update(group)
    if not used:
        return lattices
    tables += [one for i, one in enumerate(single) if i not in used]
    return sorted(tables, key=lambda found: (found.ys[0], found.xs[0]))


def _are_cells(boxes: Sequence[Box], glyphs: Sequence[Glyph]) -> bool:
    """Return whether boxes are cells: most hold text, and those of the first row hold at most a header."""
    full = sum(any(_is_inside(glyph, box) for glyph in glyphs) for box in boxes)
    if full < 0.5 * len(boxes):
        return False
    lines = [
        len(read_lines([glyph for glyph in glyphs if _is_inside(glyph, box)])) for box in first_row(boxes)
    ]
    return max(lines) <= _MAX_HEADER_LINES


def _is_inside(glyph: Glyph, box: Box) -> bool:
    x, y = (glyph.box.x0 + glyph.box.x1) / 2, (glyph.box.top + glyph.box.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _cell_of(glyph: Glyph, lattices: Sequence[Lattice], by_size: Iterable[int]) -> tuple[int, int] | None:
    """Return the indexes of the smallest table, and of its cell, that contain the middle of a glyph."""
    x, y = (glyph.box.x0 + glyph.box.x1) / 2, (glyph.box.top + glyph.box.bottom) / 2
    for i in by_size:
        cell = lattices[i].cell_at(x, y)
        if cell is not None:
            return i, cell
    return None


def _table_draft(lattice: Lattice, number: int, glyphs: dict[tuple[int, int], list[Glyph]]) -> TableDraft:
    cells = [
        CellDraft(c.row, c.column, c.row_span, c.column_span, c.box, read_lines(glyphs.get((number, i), ())))
        for i, c in enumerate(lattice.cells)
    ]
    return TableDraft(len(lattice.ys) - 1, len(lattice.xs) - 1, cells, lattice.box)


def _without_empty_edge_rows(table: TableDraft) -> TableDraft:
    """Return a table without empty rows at its start and end; page breaks leave such rows."""
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


def _nest_tables(lattices: Sequence[Lattice], tables: Sequence[TableDraft]) -> list[TableDraft]:
    """Move each table that lies inside a cell of another table into that cell; return the remaining tables."""
    outer = []
    for lattice, table in zip(lattices, tables, strict=True):
        holders = [
            cell
            for other, draft in zip(lattices, tables, strict=True)
            if other is not lattice and _contains(other.box, lattice.box)
            for cell in draft.cells
            if _contains(cell.box, lattice.box) and _area(cell.box) > _area(lattice.box)
        ]
        if holders and _has_text(table):
            min(holders, key=lambda cell: _area(cell.box)).tables.append(table)
        else:
            outer.append(table)
    return outer


def _has_text(table: TableDraft) -> bool:
    return any(cell.lines or cell.tables for cell in table.cells)
