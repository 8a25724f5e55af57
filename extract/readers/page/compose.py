"""Pages laid out to a document: one text, blocks whose offsets count in it, and where each line stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from thaita.extract.readers.page.broken_numbers import with_whole_numbers
from thaita.extract.readers.page.layout import CellDraft, PageDraft, TableDraft
from thaita.extract.readers.page.lines import Line
from thaita.extract.readers.page.narrow_text import note_narrow_text
from thaita.extract.readers.page.page_breaks import Break, page_break
from thaita.extract.readers.page.paragraphs import follows, glue, goes_on, join_lines, usual_pitch
from thaita.extract.readers.page.running_heads import running_lines
from thaita.models.document import Block, Cell, Confidence, Mark, Paragraph, ParagraphRole, Place, Table
from thaita.models.source_text import SourceText, Span

_MARGIN = 90.0
"""Points: the right margin of a page is taken to be no wider where no line shows it."""


@dataclass(slots=True)
class Composer:
    """Writes the text of pages and keeps blocks and places in step with it."""

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
        """Return all that was written."""
        return "".join(self.parts)

    def write(self, chars: str) -> SourceText:
        """Write characters at the end and return where they stand."""
        placed = SourceText.at(chars, self.length)
        self._part(chars)
        return placed

    def _part(self, chars: str) -> None:
        self.parts.append(chars)
        self.length += len(chars)

    def paragraph(self, lines: Sequence[Line]) -> SourceText:
        """Write lines as one paragraph and note the place of each."""
        if len(lines) == 1:
            placed = self.write(lines[0].text)
            self._placed(lines[0], placed.origin[0])
            return placed
        start = self.length
        written: list[str] = []
        between: str | None = None
        for line in lines:
            text = line.text
            if written:
                written.append(glue(written[-1], text) if between is None else between)
                self.length += len(written[-1])
            begin = self.length
            self.length += len(text)
            self._placed(line, begin)
            written.append(text)
            between = "" if line.tied else " " if line.spaced else None
        chars = "".join(written)
        self.parts.append(chars)
        return SourceText.at(chars, start)

    def _placed(self, line: Line, start: int) -> None:
        """Note where a line stands that ends what was written."""
        self.places.append(Place((start, self.length), self.page, line.box))
        self.marks += (Mark((start, self.length), flag) for flag in line.flags)
        if line.doubtful:
            self.doubtful.append((start, self.length))
        if line.unsure:
            self.uncertain.append((start, self.length))
        at = 0
        for word, confidence, other in line.sure:
            found = line.text.find(word, at)
            if found >= 0:
                at = found + len(word)
                self.confidences.append(Confidence((start + found, start + at), confidence, other))

    def table(self, draft: TableDraft, cut: Break | None = None) -> Table:
        """Write a table row by row, cells parted by tabs, and return it; `cut` is the page break before it."""
        cells: list[Cell] = []
        rows: list[list[CellDraft]] = [[] for _ in range(draft.rows)]
        for cell in draft.cells:
            rows[cell.row].append(cell)
        for row in rows:
            for i, cell in enumerate(row):
                if i:
                    self._part("\t")
                cells.append(self._cell(cell))
            self._part("\n")
        table = Table(draft.rows, draft.columns, tuple(cells), drawn_spans=draft.drawn)
        if cut is None:
            return table
        return replace(table, header_rows=cut.repeated, goes_on=cut.columns, spaced=cut.spaced)

    def _cell(self, draft: CellDraft) -> Cell:
        lines: list[SourceText] = []
        for paragraph in join_lines(draft.lines, *draft.edges()) if draft.lines else ():
            if lines:
                self._part("\n")
            lines.append(self.paragraph(paragraph))
        tables = []
        for inner in draft.tables:
            self._part("\n")
            tables.append(self.table(inner))
        return Cell(draft.row, draft.column, tuple(lines), draft.row_span, draft.column_span, tuple(tables))


def compose(pages: Sequence[PageDraft]) -> Composer:
    """Return the text, blocks and places of pages: paragraphs joined, running lines told apart.

    A paragraph that a page break cuts is one block; tables that run on are left as each page shows
    them.
    """
    composer = Composer()
    running = running_lines(pages)
    edges = _edges_by_width(pages)
    cut: list[Line] = []
    table: TableDraft | None = None
    for page in pages:
        composer.page = page.number
        note_narrow_text(page.items, page.obstacles, *edges[round(page.width)])
        body = _Body(composer, page, running, edges[round(page.width)], cut, table)
        cut = body.write()
        table = body.before
        for line in page.asides:
            composer.blocks.append(Paragraph(composer.paragraph([line]), "aside"))
            composer.write("\n")
        composer.write("\f" if page is not pages[-1] else "")
    return composer


def _edges_by_width(pages: Sequence[PageDraft]) -> dict[int, tuple[float, float]]:
    """Return, by the width of a page in whole points, where the lines of such pages begin and end at most."""
    edges: dict[int, tuple[float, float]] = {}
    for page in pages:
        left, right = edges.get(round(page.width), (_MARGIN, page.width - _MARGIN))
        for line in page.lines():
            left = min(left, max(line.box.x0, 0.0))
            right = max(right, min(line.box.x1, page.width))
        edges[round(page.width)] = left, right
    return edges


class _Body:
    """The work on one page's items.

    `cut` is the paragraph that the page before may have left open, `before` the table that it ended
    with.
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
                self._close()
                self._table(item)
                self.cut, last = [], []
            elif id(item) in self.running:
                self._close()
                self._block(self.composer.paragraph([item]), "running")
            else:
                if self.open and not self._goes_on(item):
                    self._close()
                    if item.edges and last and last[-1].edges and item.box.bottom < last[-1].box.top:
                        self.cut = last  # the top of the next column
                self.open.append(item)
                last, self.before = self.open, None
        self._close()
        return last

    def _edges(self, line: Line) -> tuple[float, float]:
        return line.edges or (self.left, self.right)

    def _goes_on_with_cut(self, line: Line) -> bool:
        """Tell whether a line, on top of a page or column, reads on from the paragraph left open before it."""
        before = self.cut[-1]
        if before.edges is not None and line.edges is not None:
            shift = before.edges[0] - line.edges[0]
            box = line.box._replace(x0=line.box.x0 + shift, x1=line.box.x1 + shift)
            line = replace(line, box=box)
        return follows(self.cut, line, *self._edges(before))

    def _goes_on(self, line: Line) -> bool:
        """Tell whether a line belongs to the open paragraph."""
        pitch = self.pitch if line.edges is None else self.closest
        return goes_on(self.open, line, *self._edges(self.open[-1]), pitch)

    def _close(self) -> None:
        if not self.open:
            return
        lines, self.open = self.open, []
        text = self.composer.paragraph(lines)
        if self.cut and abs(self.cut[-1].size - lines[0].size) < 0.5 and self._goes_on_with_cut(lines[0]):
            self._join(text)
        else:
            self._block(text, "body")
        self.cut = []

    def _join(self, text: SourceText) -> None:
        """Let the paragraph that the page before left open go on."""
        blocks = self.composer.blocks
        at = max(i for i, block in enumerate(blocks) if isinstance(block, Paragraph) and block.role == "body")
        before = blocks[at]
        if isinstance(before, Paragraph):
            between = " " if self.cut[-1].spaced else glue(before.text.chars, text.chars)
            joined = SourceText.join((before.text, text), between)
            blocks[at] = Paragraph(joined, before.role)
        self.composer.write("\n")

    def _block(self, text: SourceText, role: ParagraphRole) -> None:
        self.composer.blocks.append(Paragraph(text, role))
        self.composer.write("\n")

    def _table(self, draft: TableDraft) -> None:
        if draft.is_box:
            for paragraph in join_lines(draft.cells[0].lines, *draft.cells[0].edges()):
                self._block(self.composer.paragraph(paragraph), "box")
        else:
            draft = with_whole_numbers(draft)
            cut = None if self.before is None else page_break(self.before, draft)
            self.composer.blocks.append(self.composer.table(draft, cut))
            self.before = draft
