"""Composition of a document from laid-out pages: one text, blocks with offsets in it, and the location of each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from thaita.extract.readers.page.broken_numbers import with_broken_numbers_tied
from thaita.extract.readers.page.layout import CellDraft, PageDraft, TableDraft
from thaita.extract.readers.page.lines import Line
from thaita.extract.readers.page.narrow_text import set_column_edges
from thaita.extract.readers.page.page_breaks import TableBreak, find_table_break
from thaita.extract.readers.page.paragraphs import (
    continues_paragraph,
    join_lines,
    line_separator,
    reads_on_from,
    usual_pitch,
)
from thaita.extract.readers.page.running_heads import find_running_lines
from thaita.models.document import Block, Cell, Confidence, Mark, Paragraph, ParagraphRole, Place, Table
from thaita.models.source_text import SourceText, Span

_MAX_RIGHT_MARGIN = 90.0
"""Assumed maximum right margin in points, used if no line shows the real one."""


@dataclass(slots=True)
class Composer:
    """Writes the text of pages and keeps its blocks and line locations in step."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    doubtful: list[Span] = field(default_factory=list)
    uncertain: list[Span] = field(default_factory=list)
    confidences: list[Confidence] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    page: int = 0

    def text(self) -> str:
        """Return the text written so far."""
        return "".join(self.parts)

    def write(self, chars: str) -> SourceText:
        """Append characters and return their offsets."""
        placed = SourceText.at(chars, self.length)
        self._append(chars)
        return placed

    def _append(self, chars: str) -> None:
        self.parts.append(chars)
        self.length += len(chars)

    def write_paragraph(self, lines: Sequence[Line]) -> SourceText:
        """Write lines as one paragraph and record the location of each."""
        if len(lines) == 1:
            placed = self.write(lines[0].text)
            self._record_line(lines[0], placed.origin[0])
            return placed
        start = self.length
        written: list[str] = []
        between: str | None = None
        for line in lines:
            text = line.text
            if written:
                written.append(line_separator(written[-1], text) if between is None else between)
                self.length += len(written[-1])
            begin = self.length
            self.length += len(text)
            self._record_line(line, begin)
            written.append(text)
            between = "" if line.tied else " " if line.spaced else None
        chars = "".join(written)
        self.parts.append(chars)
        return SourceText.at(chars, start)

    def _record_line(self, line: Line, start: int) -> None:
        """Record the location and flags of a line that was just written and starts at offset `start`."""
        self.places.append(Place((start, self.length), self.page, line.box))
        self.marks += (Mark((start, self.length), flag) for flag in line.flags)
        if line.doubtful:
            self.doubtful.append((start, self.length))
        if line.uncertain:
            self.uncertain.append((start, self.length))
        at = 0
        for word, confidence, other in line.word_confidences:
            found = line.text.find(word, at)
            if found >= 0:
                at = found + len(word)
                self.confidences.append(Confidence((start + found, start + at), confidence, other))

    def write_table(self, draft: TableDraft, cut: TableBreak | None = None) -> Table:
        """Write a table row by row, cells separated by tabs, and return it; `cut` is the page break before it."""
        cells: list[Cell] = []
        rows: list[list[CellDraft]] = [[] for _ in range(draft.rows)]
        for cell in draft.cells:
            rows[cell.row].append(cell)
        for row in rows:
            for i, cell in enumerate(row):
                if i:
                    self._append("\t")
                cells.append(self._write_cell(cell))
            self._append("\n")
        table = Table(draft.rows, draft.columns, tuple(cells), drawn_spans=draft.drawn)
        if cut is None:
            return table
        return replace(table, header_rows=cut.repeated, goes_on=cut.columns, spaced=cut.spaced)

    def _write_cell(self, draft: CellDraft) -> Cell:
        lines: list[SourceText] = []
        for paragraph in join_lines(draft.lines, *draft.edges()) if draft.lines else ():
            if lines:
                self._append("\n")
            lines.append(self.write_paragraph(paragraph))
        tables = []
        for inner in draft.tables:
            self._append("\n")
            tables.append(self.write_table(inner))
        return Cell(draft.row, draft.column, tuple(lines), draft.row_span, draft.column_span, tuple(tables))


def compose_pages(pages: Sequence[PageDraft]) -> Composer:
    """Return a composer with the text, blocks and locations of the pages.

    Paragraphs are joined and running heads are separated. A paragraph cut by a page break becomes one block;
    a table that continues stays as each page shows it.
    """
    composer = Composer()
    running = find_running_lines(pages)
    edges = _edge_by_page_width(pages)
    cut: list[Line] = []
    table: TableDraft | None = None
    for page in pages:
        composer.page = page.number
        set_column_edges(page.items, page.obstacles, *edges[round(page.width)])
        body = _PageWriter(composer, page, running, edges[round(page.width)], cut, table)
        cut = body.write()
        table = body.before
        for line in page.asides:
            composer.blocks.append(Paragraph(composer.write_paragraph([line]), "aside"))
            composer.write("\n")
        composer.write("\f" if page is not pages[-1] else "")
    return composer


def _edge_by_page_width(pages: Sequence[PageDraft]) -> dict[int, tuple[float, float]]:
    """Return the outermost left and right line edges by page width, rounded to whole points."""
    edges: dict[int, tuple[float, float]] = {}
    for page in pages:
        left, right = edges.get(round(page.width), (_MAX_RIGHT_MARGIN, page.width - _MAX_RIGHT_MARGIN))
        for line in page.lines():
            left = min(left, max(line.box.x0, 0.0))
            right = max(right, min(line.box.x1, page.width))
        edges[round(page.width)] = left, right
    return edges


class _PageWriter:
    """Writes the items of one page.

    `cut` is the paragraph that the previous page may have left open, `before` the table at its end.
    """

    def __init__(
        self, composer: Composer, page: PageDraft, running: set[int], edges: tuple[float, float], cut: list[Line],
        before: TableDraft | None,
    ) -> None:  # fmt: skip
        self.composer = composer
        self.page = page
        self.running = running
        self.left, self.right = edges
        self.cut = cut
        self.before = before
        self.open: list[Line] = []
        self.pitch = usual_pitch([line for line in page.lines() if id(line) not in running])
        self.closest = usual_pitch([line for line in page.lines() if line.edges is not None], share=0.25)

    def write(self) -> list[Line]:
        """Write the page; return the lines of its last paragraph if the page ends with one."""
        last: list[Line] = []
        for item in self.page.items:
            if isinstance(item, TableDraft):
                self._close_paragraph()
                self._add_table(item)
                self.cut, last = [], []
            elif id(item) in self.running:
                self._close_paragraph()
                self._add_block(self.composer.write_paragraph([item]), "running", [item])
            else:
                if self.open and not self._continues_open_paragraph(item):
                    self._close_paragraph()
                    if item.edges and last and last[-1].edges and item.box.bottom < last[-1].box.top:
                        self.cut = last  # the line starts the next column
                self.open.append(item)
                last, self.before = self.open, None
        self._close_paragraph()
        return last

    def _edges(self, line: Line) -> tuple[float, float]:
        return line.edges or (self.left, self.right)

    def _continues_cut_paragraph(self, line: Line) -> bool:
        """Return whether a line at the top of a page or column continues the paragraph left open before it."""
        before = self.cut[-1]
        if before.edges is not None and line.edges is not None:
            shift = before.edges[0] - line.edges[0]
            box = line.box._replace(x0=line.box.x0 + shift, x1=line.box.x1 + shift)
            line = replace(line, box=box)
        return reads_on_from(self.cut, line, *self._edges(before))

    def _continues_open_paragraph(self, line: Line) -> bool:
        """Return whether a line belongs to the open paragraph."""
        pitch = self.pitch if line.edges is None else self.closest
        return continues_paragraph(self.open, line, *self._edges(self.open[-1]), pitch)

    def _close_paragraph(self) -> None:
        if not self.open:
            return
        lines, self.open = self.open, []
        text = self.composer.write_paragraph(lines)
        if (
            self.cut
            and abs(self.cut[-1].size - lines[0].size) < 0.5
            and self._continues_cut_paragraph(lines[0])
        ):
            self._join_to_cut_paragraph(text)
        else:
            self._add_block(text, "body", lines)
        self.cut = []

    def _join_to_cut_paragraph(self, text: SourceText) -> None:
        """Append the text to the paragraph that the previous page left open."""
        blocks = self.composer.blocks
        at = max(i for i, block in enumerate(blocks) if isinstance(block, Paragraph) and block.role == "body")
        before = blocks[at]
        if isinstance(before, Paragraph):
            between = " " if self.cut[-1].spaced else line_separator(before.text.chars, text.chars)
            joined = SourceText.join((before.text, text), between)
            blocks[at] = replace(before, text=joined)
        self.composer.write("\n")

    def _add_block(self, text: SourceText, role: ParagraphRole, lines: Sequence[Line]) -> None:
        bold = all(line.bold for line in lines)
        lead = 0 if bold else _offset_behind(text.chars, _bold_lead(lines))
        self.composer.blocks.append(Paragraph(text, role, bold, lines[0].size, lead))
        self.composer.write("\n")

    def _add_table(self, draft: TableDraft) -> None:
        if draft.is_box:
            for paragraph in join_lines(draft.cells[0].lines, *draft.cells[0].edges()):
                self._add_block(self.composer.write_paragraph(paragraph), "box", paragraph)
        else:
            draft = with_broken_numbers_tied(draft)
            cut = None if self.before is None else find_table_break(self.before, draft)
            self.composer.blocks.append(self.composer.write_table(draft, cut))
            self.before = draft


def _bold_lead(lines: Sequence[Line]) -> int:
    """Return the number of letters of the bold words that a paragraph begins with."""
    letters = 0
    for line in lines:
        letters += line.lead
        if not line.bold:
            break
    return letters


def _offset_behind(chars: str, letters: int) -> int:
    """Return the offset behind a number of characters other than white space."""
    at = 0
    while letters and at < len(chars):
        letters -= not chars[at].isspace()
        at += 1
    return at
