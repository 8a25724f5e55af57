"""Text files in the formats that OCR tools and word-processor exports produce."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thaita.extract.readers.page.list_numbers import continues_numbering
from thaita.extract.readers.text.encoding import decode
from thaita.extract.readers.text.html_tables import before_cells, find_html_tables, read_html_table
from thaita.extract.readers.text.markup import lines_of
from thaita.extract.readers.text.spaced_tables import spaced_table
from thaita.extract.readers.text.tables import (
    Line,
    cell_per_line,
    is_rule,
    markdown_rows,
    quoted_row,
    tab_rows,
    table_of,
)
from thaita.extract.readers.text.wrapped_lines import WrappedLines
from thaita.models.document import Block, Document, Paragraph, ParagraphRole, Table
from thaita.models.source_text import SourceText, Span, merge_spans
from thaita.normalize.headings import match_heading
from thaita.normalize.list_items import BULLETS

_LINE = re.compile(r"([^\r\n\f\v\u2028\u2029]*)(\r\n|[\r\n\f\v\u2028\u2029]|$)")
_HEADING = re.compile(r"\s*(?:#{1,6}\s+\S|\*\*[^*]+\*\*\s*$)")
_HASHES = re.compile(r"^\s*#{1,6}\s+|^\s*>\s+|^\s*(?:[-*_]\s*){3,}$|^\s*`{3,}\w*\s*$")
_MARKER = re.compile(
    r"\s*(?:[(]?[0-9๐-๙]{1,2}(?:[.][0-9๐-๙]{1,2})*[.)](?![0-9๐-๙])"
    r"|(?:[0-9๐-๙][.][0-9๐-๙]{1,2}|[0-9๐-๙]{2}[.][0-9๐-๙])(?:[.][0-9๐-๙]{1,2})*(?![0-9๐-๙]|\s*(?:คะแนน|%))"
    rf"|[{re.escape(BULLETS)}]\s|[0-9๐-๙]{{1,2}}/\s|[ก-ฮ][.)]\s|ข้อ\s*(?:ที่)?\s*[0-9๐-๙OIEoie])"
)
_GAP = re.compile(r"\S[ \u00a0]{2,}\S")
_RULER = re.compile(r"[\s\-–—=_+]{3,}")
_LABEL = re.compile(r"\s*([^:]{2,40}):")
_LETTER = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]")
_PIPED = re.compile(r"\s*[|]")
_MAX_RULER_ROW = 4
"""Number of rows within which the header ruler of a table without outer pipes must stand."""
_MAX_TRIES = 12
"""Number of failed attempts of a table format on one run of lines before it is tried on fewer of them."""
_OPENS_PART = re.compile(
    r"\s*(?:ส่วน|บท|ตอน|หมวด|ตาราง|ภาพ|มาตรการ|โครงการ|กิจกรรม|ตัวชี้วัด|เรื่อง|ประเด็น)ที่\s*[0-9๐-๙]"
)
_MAX_ITEM_LINES = 40
"""Maximum number of lines of a wrapped list item."""
_LEADER_END = re.compile(r"(?<![.…_])[.…_]{3,}+\s*+$")


def read_text(data: bytes) -> Document:
    """Return the document of a text file; offsets refer to the decoded text.

    Raises `UnreadableFileError` for an empty or binary file.
    """
    text, problems = decode(data)
    uncertain: list[Span] = []
    blocks = tuple(_blocks(text, uncertain))
    markup = markup_of(text, blocks)
    return Document(
        text, "text/plain", blocks, markup=markup, problems=problems, uncertain=merge_spans(uncertain)
    )


def _blocks(text: str, uncertain: list[Span]) -> Iterator[Block]:
    """Yield the blocks of a text; append the spans of lines that may belong to another paragraph to `uncertain`."""
    done = 0
    for span in find_html_tables(text):
        yield from _BlockReader(text, done, span[0], uncertain).read()
        yield from map(Paragraph, lines_of(text, *before_cells(text, span)))
        yield read_html_table(text, span)
        done = span[1]
    yield from _BlockReader(text, done, len(text), uncertain).read()


def markup_of(text: str, blocks: tuple[Block, ...]) -> tuple[Span, ...]:
    """Return the ranges of a text that belong to no line of its blocks."""
    shown = merge_spans(span for line in _lines(blocks) for span in line.spans())
    markup, done = [], 0
    for start, end in [*shown, (len(text), len(text))]:
        if text[done:start].strip():
            markup.append((done, start))
        done = end
    return tuple(markup)


def _lines(blocks: tuple[Block, ...]) -> Iterator[SourceText]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for cell in block.cells:
                yield from cell.lines
                yield from _lines(cell.tables)


class _RetryLimit:
    """Limits retries of a table format that keeps failing on one stretch of lines.

    A stretch is the run of lines that the format has examined. Without this limit, a long run that only
    resembles a table would be read again from each of its lines.
    """

    def __init__(self) -> None:
        self.stretch = 0
        self.failed = 0
        self.next = 0

    def allows(self, i: int) -> bool:
        """Return whether the format may be tried at line `i`."""
        return i >= self.next

    def fail(self, i: int, end: int) -> None:
        """Record that lines `i` to `end` do not have the format."""
        self.failed = self.failed + 1 if i < self.stretch else 0
        self.stretch = max(self.stretch, end)
        self.next = min(self.stretch, i + 2 ** max(0, self.failed - _MAX_TRIES))


class _BlockReader:
    """Reads a stretch of lines into blocks, trying table formats before prose."""

    def __init__(self, text: str, start: int, end: int, uncertain: list[Span]) -> None:
        self.text = text
        self.uncertain = uncertain
        self.lines = [Line(m[1], m.start()) for m in _LINE.finditer(text, start, end) if m[0]]
        self.columns_before = 0
        self.wrapped = WrappedLines(self.lines, self._may_continue, self._is_marked)
        self.patience = {"markdown": _RetryLimit(), "tabs": _RetryLimit(), "spaced": _RetryLimit()}

    def read(self) -> Iterator[Block]:
        i = 0
        while i < len(self.lines):
            if self.lines[i].blank:
                i += 1
                continue
            for shape in (self._markdown, self._cell_per_line, self._tabs, self._spaced, self._prose):
                block, taken = shape(i)
                if taken:
                    break
            if isinstance(block, Table):
                self.columns_before = block.columns
            if block is not None:
                yield block
            i += taken

    def _markdown(self, i: int) -> tuple[Block | None, int]:
        if "|" not in self.lines[i].chars or not self.patience["markdown"].allows(i):
            return None, 0
        piped = self.lines[i].chars.lstrip().startswith("|")
        rows: list[list[Span]] = []
        for j in range(i, len(self.lines)):
            line = self.lines[j]
            cells = markdown_rows(line) if "|" in line.chars else None
            if cells is None or (piped and len(cells) < 3 and not _PIPED.match(line.chars)):
                break
            rows.append(cells)
            if not piped and len(rows) == _MAX_RULER_ROW and not any(is_rule(self.text, row) for row in rows):
                break
        shown = [row for row in rows if not is_rule(self.text, row)]
        if not piped and len(shown) == len(rows):
            self.patience["markdown"].fail(i, i + len(rows))
            return None, 0
        if not rows or (len(rows) == 1 and len(rows[0]) != self.columns_before):
            return None, 0
        return (table_of(self.text, shown) if shown else None), len(rows)

    def _cell_per_line(self, i: int) -> tuple[Block | None, int]:
        found = cell_per_line(self.lines, self.text, i)
        return (found.table, found.lines) if found else (None, 0)

    def _tabs(self, i: int) -> tuple[Block | None, int]:
        if "\t" not in self.lines[i].chars or not self.patience["tabs"].allows(i):
            return None, 0
        logical, end = [], i
        while end < len(self.lines) and not self.lines[end].blank and "\t" in self.lines[end].chars:
            line, taken = quoted_row(self.lines, end, self.text)
            logical.append(line)
            end += taken
        rows = tab_rows(logical, self.text, self.columns_before)
        if rows is None:
            self.patience["tabs"].fail(i, end)
            return None, 0
        return (table_of(self.text, rows) if rows else None), end - i

    def _spaced(self, i: int) -> tuple[Block | None, int]:
        if not self.patience["spaced"].allows(i) or not _GAP.search(self.lines[i].chars):
            return None, 0
        table, taken = spaced_table(self.lines, self.text, i)
        if table is None:
            self.patience["spaced"].fail(i, i + taken)
            return None, 0
        return table, taken

    def _prose(self, i: int) -> tuple[Block | None, int]:
        if _RULER.fullmatch(self.lines[i].chars):
            return None, 1
        taken = 1
        while i + taken in self.wrapped.joined:
            taken += 1
        for j in range(i, i + taken):
            if j in self.wrapped.doubtful:
                self.uncertain += [(line.start, line.end) for line in self.lines[j - 1 : j + 1]]
        shown = [piece for line in self.lines[i : i + taken] for piece in self._displayed_lines(line)]
        if not shown:
            return None, taken
        role: ParagraphRole = "heading" if _HEADING.match(self.lines[i].chars) else "body"
        return Paragraph(_unwrap(shown), role), taken

    def _displayed_lines(self, line: Line) -> tuple[SourceText, ...]:
        prefix = _HASHES.match(line.chars)
        return lines_of(self.text, line.start + (prefix.end() if prefix else 0), line.end)

    def _may_continue(self, i: int) -> bool:
        """Return whether nothing on a line or on the one before it shows that a paragraph begins."""
        line, before = self.lines[i], self.lines[i - 1]
        label = _LABEL.match(line.chars)
        if (
            line.blank
            or before.blank
            or _in_columns(before)
            or _in_columns(line)
            or _MARKER.match(line.chars)
        ):
            return False
        if continues_numbering(
            line.chars, (other.chars for other in self.lines[max(0, i - _MAX_ITEM_LINES) : i])
        ):
            return False
        if _HEADING.match(before.chars) or _GAP.search(line.chars) or (label and match_heading(label[1])):
            return False
        if _LEADER_END.search(before.chars) or _OPENS_PART.match(line.chars):
            return False
        # right-aligned or centered: the head or foot of a page, or a title
        return _indent(before) < 0.5 * len(before.chars.rstrip())

    def _is_marked(self, i: int) -> bool:
        return any(opens.match(self.lines[i].chars) for opens in (_MARKER, _OPENS_PART))


def _in_columns(line: Line) -> bool:
    return "\t" in line.chars or "|" in line.chars


def _indent(line: Line) -> int:
    return len(line.chars) - len(line.chars.lstrip(" "))


def _unwrap(lines: list[SourceText]) -> SourceText:
    """Return the lines of a paragraph as one text; they are joined once, because each join copies all letters."""
    parts = [lines[0]]
    for line in filter(None, lines[1:]):
        before = parts[-1]
        if not (_LETTER.match(before.chars[-1:]) and _LETTER.match(line.chars)):
            parts.append(SourceText(" ", before.origin[-1:] or (0,)))
        parts.append(line)
    return SourceText.join(parts)
