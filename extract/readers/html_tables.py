"""Tables written as HTML in a text file, as several OCR tools give them."""

from __future__ import annotations

import re

from thaita.extract.readers.markup import lines_of
from thaita.models.document import Cell, Table
from thaita.models.source_text import SourceText, Span

_TABLE = re.compile(r"<table\b[^>]*>|</table\s*>", re.IGNORECASE)
_PART = re.compile(r"<(?P<end>/?)(?P<tag>tr|td|th)\b(?P<attributes>[^>]*)>", re.IGNORECASE)
_SPAN = re.compile(r"(row|col)span\s*=\s*[\"']?(\d{1,4})", re.IGNORECASE)
_MOST_SPAN = 500


def find_html_tables(text: str) -> list[Span]:
    """Return the ranges of the outermost HTML tables; one that is never closed runs to the end."""
    found: list[Span] = []
    depth, start = 0, 0
    for tag in _TABLE.finditer(text):
        if tag[0].startswith("</"):
            depth = max(0, depth - 1)
            if depth == 0 and start >= 0:
                found.append((start, tag.end()))
                start = -1
        else:
            if depth == 0:
                start = tag.start()
            depth += 1
    if depth:
        found.append((start, len(text)))
    return found


def read_html_table(text: str, span: Span) -> Table:
    """Return the table that stands in `text[span]`, with the tables nested in its cells."""
    start, end = span
    opening = _TABLE.match(text, start)
    inner = opening.end() if opening else start
    nested = [(inner + a, inner + b) for a, b in find_html_tables(text[inner:end].removesuffix("</table>"))]
    return _Builder(text, nested).build(inner, end)


class _Builder:
    """Places cells row by row, past the places that cells from rows above cover."""

    def __init__(self, text: str, nested: list[Span]) -> None:
        self.text = text
        self.nested = nested
        self.cells: list[Cell] = []
        self.taken: set[tuple[int, int]] = set()
        self.row = -1
        self.header_rows = 0

    def build(self, start: int, end: int) -> Table:
        parts = [m for m in _PART.finditer(self.text, start, end) if not self._in_nested(m.start())]
        for i, part in enumerate(parts):
            tag = part["tag"].lower()
            if part["end"]:
                continue
            if tag == "tr" or self.row < 0:
                self.row += 1
            if tag != "tr":
                stop = parts[i + 1].start() if i + 1 < len(parts) else end
                self._place(part, stop)
        columns = max((c for _, c in self.taken), default=-1) + 1
        rows = max((r for r, _ in self.taken), default=-1) + 1
        cells = tuple(self.cells)
        return Table(rows, columns, cells, drawn_spans=True, header_rows=self.header_rows)

    def _in_nested(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self.nested)

    def _place(self, tag: re.Match[str], stop: int) -> None:
        spans = {
            name.lower(): min(_MOST_SPAN, max(1, int(n))) for name, n in _SPAN.findall(tag["attributes"])
        }
        row_span, column_span = spans.get("row", 1), spans.get("col", 1)
        column = 0
        while (self.row, column) in self.taken:
            column += 1
        for r in range(self.row, self.row + row_span):
            self.taken.update((r, c) for c in range(column, column + column_span))
        if tag["tag"].lower() == "th" and self.header_rows == self.row:
            self.header_rows = self.row + 1
        inner = [(a, b) for a, b in self.nested if tag.end() <= a < stop]
        lines: list[SourceText] = []
        done = tag.end()
        for a, b in [*inner, (stop, stop)]:
            lines += lines_of(self.text, done, a)
            done = b
        tables = tuple(read_html_table(self.text, span) for span in inner)
        self.cells.append(Cell(self.row, column, tuple(lines), row_span, column_span, tables))
