"""Tables in text lines: Markdown pipes, tab-separated rows, or one cell for each line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from thaita.extract.readers.text.markup import lines_of
from thaita.models.document import Cell, Table
from thaita.models.roles import Role
from thaita.models.source_text import SourceText, Span
from thaita.normalize.headings import match_heading
from thaita.normalize.thai.repair import repair

_RULE = re.compile(r"\s*:?[-–—=]{2,}:?\s*|\s*:-+:?\s*|\s*-+:\s*|\s*")
_DASH = re.compile(r"\s*-\s*")
_QUOTED = re.compile(r'\s*"(.*)"\s*', re.DOTALL)
_DOUBLED = re.compile('""')
_TAB = re.compile(r"\t")
_PARTS = re.compile(r"\S[^\S\t]*\t\s*\S")
_PIPE = re.compile(r"(?<!\\)\|")
_SINGLE_TAB = re.compile(r"[ \u00a0]*\t[ \u00a0]*(?=[^\s])(?![^\n]*\S[ \u00a0]*\t+[ \u00a0]*\S)")
_MAX_QUOTED_LINES = 40
"""Maximum number of lines in one quoted cell; an unclosed quotation mark is part of the cell's text."""
MAX_COLUMNS = 200
"""Number of columns from which separators are damage: no report has such a table."""
_SECTION = re.compile(r"\s*[(]?([0-9๐-๙]{1,3})((?:[.][0-9๐-๙]{1,3})+|[.)])\s*\S")
_ITEM = re.compile(r"(?:^|\s)([0-9๐-๙]{1,3})[.)]")


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line: its text and its start offset in the file."""

    chars: str
    start: int

    @property
    def blank(self) -> bool:
        """Whether the line is empty or white space."""
        return not self.chars.strip()

    @property
    def end(self) -> int:
        """The offset after the last character."""
        return self.start + len(self.chars)


def split_cells(line: Line, separator: re.Pattern[str]) -> list[Span]:
    """Return the ranges between the separators of a line."""
    edges = [m.span() for m in separator.finditer(line.chars)]
    starts = [0, *(end for _, end in edges)]
    ends = [*(start for start, _ in edges), len(line.chars)]
    return [(line.start + a, line.start + b) for a, b in zip(starts, ends, strict=True)]


def markdown_rows(line: Line) -> list[Span] | None:
    """Return the cell ranges of a Markdown table row, or None if the line is not one."""
    body = line.chars.strip()
    cells = split_cells(line, _PIPE)
    if len(cells) < 2 or len(cells) > MAX_COLUMNS:
        return None
    if body.startswith("|"):
        cells = cells[1:]
    if body.endswith("|") and not body.endswith("\\|") and len(cells) > 1:
        cells = cells[:-1]
    return cells


def is_rule(text: str, cells: Sequence[Span]) -> bool:
    """Return whether a row is the ruler under a header (`|---|:--:|`, or the same with tabs)."""
    shown = [text[a:b] for a, b in cells]
    ruled = all(_RULE.fullmatch(cell) for cell in shown) and any(cell.strip() for cell in shown)
    return ruled or all(_DASH.fullmatch(cell) for cell in shown)


def table_of(text: str, rows: Sequence[Sequence[Span]]) -> Table:
    """Return a table with rows of cell ranges; short rows are filled with empty cells."""
    columns = max(map(len, rows), default=0)
    cells = [
        Cell(r, c, _cell_lines(text, start, end))
        for r, row in enumerate(rows)
        for c, (start, end) in enumerate(row)
    ]
    return Table(len(rows), columns, tuple(cells))


def _cell_lines(text: str, start: int, end: int) -> tuple[SourceText, ...]:
    """Return the lines of a cell, without the quotation marks that a spreadsheet puts around several lines."""
    if "\n" not in text[start:end] and "\r" not in text[start:end]:
        return lines_of(text, start, end)
    quoted = _QUOTED.fullmatch(text, start, end)
    if quoted is None:
        return lines_of(text, start, end)
    return tuple(line.sub(_DOUBLED, '"') for line in lines_of(text, quoted.start(1), quoted.end(1)))


def quoted_row(lines: Sequence[Line], i: int, text: str) -> tuple[Line, int]:
    """Return the row of tab-separated cells that starts at line `i`, and the number of its lines.

    A spreadsheet writes a cell with several lines in quotation marks, and doubles the marks inside it.
    """
    if _opens_quotation(lines[i].chars):
        for j in range(i + 1, min(len(lines), i + _MAX_QUOTED_LINES)):
            first, tab, rest = lines[j].chars.partition("\t")
            if _closes_quotation(first) and not (tab and _opens_quotation(rest)):
                return Line(text[lines[i].start : lines[j].end], lines[i].start), j + 1 - i
            if tab and not _closes_quotation(first):
                break
    return lines[i], 1


def _opens_quotation(chars: str) -> bool:
    """Return whether the last cell of a line opens a quotation that continues below the line."""
    last = chars.rpartition("\t")[2].strip(" ")
    return last.startswith('"') and not _closes_quotation(last[1:])


def _closes_quotation(chars: str) -> bool:
    shown = chars.rstrip(" ")
    return (len(shown) - len(shown.rstrip('"'))) % 2 == 1


def tab_rows(lines: Sequence[Line], text: str, columns_before: int) -> list[list[Span]] | None:
    """Return the rows of a run of lines with tabs, or None if the tabs only align or indent prose.

    The rows of a table have the same number of tabs. A run whose first row is column headings may have
    shorter rows, where a tool trimmed empty cells at the end. A single line is a row only if it has as many
    cells as the table before it (a row cut off by a page break).
    """
    if not any(_PARTS.search(line.chars) for line in lines):
        return None
    rows = [split_cells(line, _TAB) for line in lines]
    rows = [row for row in rows if not is_rule(text, row)]
    widths = Counter(map(len, rows))
    if not widths:
        return []
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    if max(widths) > MAX_COLUMNS:
        return None
    if len(rows) == 1:
        first = text[slice(*rows[0][0])].strip()
        return rows if (first and width == columns_before) or _headings(text, rows[0]) >= 2 else None
    if len(widths) == 1 and width > 1:
        return rows
    if _headings(text, rows[0]) >= 2 and max(widths) == len(rows[0]):
        return rows
    return rows if count >= 0.8 * len(rows) and max(widths) == width and width > 2 else None


def _headings(text: str, row: Sequence[Span]) -> int:
    return sum(match_heading(text[start:end]) is not None for start, end in row)


def _heading_role(chars: str) -> Role | None:
    """Return the role that a line announces as a column heading, after repair of its letters if necessary."""
    heading = match_heading(chars) or match_heading(repair(chars))
    return heading.role if heading else None


@dataclass(frozen=True, slots=True)
class CellLines:
    """A table written as one cell for each line, and the number of its lines."""

    table: Table
    lines: int


def cell_per_line(lines: Sequence[Line], text: str, first: int = 0) -> CellLines | None:
    """Return the table with one cell per line behind a tab that starts at line `first`, or None.

    The first lines must be two or more column headings. Each later line behind a tab is the next cell, and
    lines without a tab continue the previous cell. The table ends at a blank line after a full row, at a
    section number, or where its headings are repeated (the next page).
    """
    header: list[Line] = []
    for i in range(first, min(len(lines), first + MAX_COLUMNS)):
        line = lines[i]
        if not _SINGLE_TAB.match(line.chars) or _heading_role(line.chars) is None:
            break
        header.append(line)
    if len(header) < 2:
        return None
    return _CellReader(header, text).read(lines[first:])


class _CellReader:
    """Collects cells line by line until the table ends."""

    def __init__(self, header: Sequence[Line], text: str) -> None:
        self.header = header
        self.columns = len(header)
        self.text = text
        self.cells: list[list[Line]] = [[line] for line in header]
        self.roles = [_heading_role(line.chars) for line in header]

    def read(self, lines: Sequence[Line]) -> CellLines:
        taken = self.columns
        gap = False
        for i in range(self.columns, len(lines)):
            line = lines[i]
            if line.blank:
                gap = True
                continue
            if not self._accepts(line, lines[i : i + self.columns], gap):
                break
            gap = False
            taken = i + 1
        rows = [self.cells[i : i + self.columns] for i in range(0, len(self.cells), self.columns)]
        cells = [
            Cell(r, c, tuple(piece for line in cell for piece in self._displayed_lines(line)))
            for r, row in enumerate(rows)
            for c, cell in enumerate(row)
        ]
        return CellLines(Table(len(rows), self.columns, tuple(cells)), taken)

    def _displayed_lines(self, line: Line) -> tuple[SourceText, ...]:
        return lines_of(self.text, line.start, line.end)

    def _accepts(self, line: Line, following: Sequence[Line], gap: bool) -> bool:
        full = len(self.cells) % self.columns == 0
        if _SINGLE_TAB.match(line.chars):
            again = [_heading_role(other.chars) for other in following] == self.roles
            if full and again:
                return False
            self.cells.append([line])
            return True
        if full and (gap or self._is_section(line)):
            return False
        self.cells[-1].append(line)
        return True

    def _is_section(self, line: Line) -> bool:
        number = _SECTION.match(line.chars)
        if number is None:
            return False
        if "." in number[2][1:] or len(number[2]) > 1:
            return True
        items = [int(n) for other in self.cells[-1] for n in _ITEM.findall(other.chars)]
        return int(number[1]) != (items[-1] + 1 if items else 1)
