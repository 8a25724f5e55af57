"""HTML tables in text files, as written by several OCR tools."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from thaita.extract.readers.text.markup import lines_of
from thaita.models.document import Cell, Table
from thaita.models.source_text import SourceText, Span

_PART = re.compile(r"<(?P<end>/?)(?P<tag>table|thead|tr|td|th)\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_SPAN = re.compile(r"(row|col)span\s*=\s*[\"']?(\d{1,4})", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_MOST_COLUMN_SPAN = 100
_MAX_DEPTH = 8
"""Maximum nesting depth; deeper tables are read as lines of the cell that holds them."""
_MAX_EMPTY = 50_000
"""Maximum number of grid positions without a cell; with more, the spans of a table count as damaged."""


@dataclass(slots=True)
class _OpenTable:
    """A table whose end tag has not been found yet."""

    start: int
    in_cell: bool = False
    has_cells: bool = False


def find_html_tables(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the ranges of the outermost HTML tables in `text[start:end]`.

    A table without an end tag ends at the next table outside its cells, or else with its last tag; an open
    last cell extends to the next blank line.
    """
    stop = len(text) if end is None else end
    found: list[Span] = []
    open_: list[_OpenTable] = []
    last = start
    for tag in _PART.finditer(text, start, stop):
        name = tag["tag"].lower()
        if name == "table" and tag["end"]:
            closed = open_.pop() if open_ else None
            if closed is not None and not open_:
                found.append((closed.start, tag.end()))
        elif name == "table":
            if open_ and not open_[-1].in_cell:
                broken = open_.pop()
                if broken.has_cells and not open_:
                    found.append((broken.start, last))
            open_.append(_OpenTable(tag.start()))
        elif open_:
            open_[-1].in_cell = name in ("td", "th") and not tag["end"]
            open_[-1].has_cells |= open_[-1].in_cell
        last = tag.end()
    if open_ and open_[0].has_cells:
        blank = _BLANK_LINE.search(text, last, stop)
        found.append((open_[0].start, last if not open_[0].in_cell else blank.start() if blank else stop))
    return found


def before_cells(text: str, span: Span) -> Span:
    """Return the part of a table's range before its first cell: its caption, or stray words."""
    for tag in _PART.finditer(text, *span):
        if tag["tag"].lower() in ("td", "th") and not tag["end"]:
            return span[0], tag.start()
    return span


def read_html_table(text: str, span: Span, depth: int = 0) -> Table:
    """Return the table in `text[span]`, with the tables nested in its cells.

    Words between cells belong to the cell before them. If the spans leave the grid mostly empty, the cells
    are placed one per row, because no report has such a table.
    """
    opening = _PART.match(text, *span)
    inner = opening.end() if opening else span[0]
    nested = find_html_tables(text, inner, span[1]) if depth < _MAX_DEPTH else []
    return _TableBuilder(text, nested, depth).build(inner, span[1])


@dataclass(slots=True)
class _CellDraft:
    """A cell before the number of rows is known."""

    row: int
    column: int
    row_span: int
    column_span: int
    head: bool
    lines: list[SourceText] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


class _TableBuilder:
    """Places cells row by row, past positions covered by cells from rows above."""

    def __init__(self, text: str, nested: list[Span], depth: int) -> None:
        self.text = text
        self.nested = nested
        self.depth = depth
        self.cells: list[_CellDraft] = []
        self.free: list[int] = []  # by column: the first row that no cell from above covers
        self.row, self.column = -1, 0
        self.in_head = False

    def build(self, start: int, end: int) -> Table:
        parts = [tag for tag in _PART.finditer(self.text, start, end) if not self._in_nested(tag.start())]
        for i, part in enumerate(parts):
            name = part["tag"].lower()
            if name == "thead":
                self.in_head = not part["end"]
            elif not part["end"] and name != "table":
                if name == "tr" or self.row < 0:
                    self.row, self.column = self.row + 1, 0
                if name != "tr":
                    self._place(part)
            if self.cells:
                self._fill(part.end(), parts[i + 1].start() if i + 1 < len(parts) else end)
        return self._table()

    def _in_nested(self, offset: int) -> bool:
        i = bisect_left(self.nested, (offset + 1,)) - 1
        return i >= 0 and offset < self.nested[i][1]

    def _place(self, tag: re.Match[str]) -> None:
        spans = {name.lower(): int(number) for name, number in _SPAN.findall(tag["attributes"])}
        while self.column < len(self.free) and self.free[self.column] > self.row:
            self.column += 1
        column_span = min(_MOST_COLUMN_SPAN, max(1, spans.get("col", 1)))
        row_span = spans.get("row", 1) or 1_000_000  # zero spans to the last row
        head = self.in_head or tag["tag"].lower() == "th"
        self.cells.append(_CellDraft(self.row, self.column, row_span, column_span, head))
        self.free += [0] * (self.column + column_span - len(self.free))
        for column in range(self.column, self.column + column_span):
            self.free[column] = max(self.free[column], self.row + row_span)
        self.column += column_span

    def _fill(self, start: int, stop: int) -> None:
        cell = self.cells[-1]
        for a, b in self._nested_in(start, stop):
            lead = before_cells(self.text, (a, b))
            cell.lines += [*lines_of(self.text, start, a), *lines_of(self.text, *lead)]
            cell.tables.append(read_html_table(self.text, (a, b), self.depth + 1))
            start = b
        cell.lines += lines_of(self.text, start, stop)

    def _nested_in(self, start: int, stop: int) -> Iterator[Span]:
        for i in range(bisect_left(self.nested, (start,)), len(self.nested)):
            if self.nested[i][0] >= stop:
                return
            yield self.nested[i]

    def _table(self) -> Table:
        rows, columns = self.row + 1, len(self.free)
        if rows * columns > 20 * len(self.cells) + _MAX_EMPTY:
            cells = (Cell(r, 0, tuple(c.lines), tables=tuple(c.tables)) for r, c in enumerate(self.cells))
            return Table(len(self.cells), 1, tuple(cells))
        plain = min((cell.row for cell in self.cells if not cell.head), default=rows)
        placed = (
            Cell(
                c.row, c.column, tuple(c.lines), min(c.row_span, rows - c.row), c.column_span, tuple(c.tables)
            )
            for c in self.cells
        )
        return Table(rows, columns, tuple(placed), drawn_spans=True, header_rows=plain)
