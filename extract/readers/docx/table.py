"""The grid of a Word table: its cells with their positions and spans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from thaita.extract.readers.blocks import CellDraft, Draft, TableDraft
from thaita.extract.readers.docx.xml import Element, W, child_value, integer, switched_on
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.problem_codes import ProblemCode

MAX_GRID = 1_000_000
"""Maximum size (rows times columns) of a table's grid; the largest grid of a report has a few thousand
positions."""
_MIN_COLUMN_WIDTH = 85
"""Width in twentieths of a point (1.5 mm) below which two edges are one edge drawn unevenly."""
_WIDEST = 1_000_000
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_TEXT = tuple(W + name for name in ("t", "sym", "fldChar", "txbxContent"))

ReadBlocks = Callable[[Element], list[Draft]]


@dataclass(slots=True)
class _CellPiece:
    """The content of one `w:tc`: its grid columns from `start` to before `end`, its merging, and its blocks."""

    start: int
    end: int
    continues: bool
    restarts: bool
    content: list[Draft]


def read_table(table: Element, read_blocks: ReadBlocks) -> TableDraft:
    """Return the draft of a `w:tbl`; `read_blocks` reads the content of its cells.

    Merged cells (gridSpan, vMerge, hMerge) become one; the content of a covered cell moves to the cell that
    covers it. Grid columns where no cell starts or ends are removed, so a span never exceeds the number of
    columns. Raises UnreadableFileError (`too_large`) for an unreasonably large grid.
    """
    rows: list[list[_CellPiece]] = []
    heads: list[bool] = []
    for row in _children(table, W + "tr"):
        rows.append(_pieces(row, read_blocks))
        heads.append(switched_on(row.find(f"{W}trPr/{W}tblHeader")) or False)
    columns = _columns(rows, _edges(table))
    width = max(columns.values(), default=0)
    if len(rows) * width > MAX_GRID:
        raise UnreadableFileError(
            ProblemCode.TOO_LARGE,
            f"A table of {len(rows)} rows and {width} columns is more than a report can hold: "
            "split the document into smaller files.",
        )
    return TableDraft(
        width, _merged(rows, columns), next((i for i, h in enumerate(heads) if not h), len(heads))
    )


def _children(element: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, including those in content controls."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _pieces(row: Element, read_blocks: ReadBlocks) -> list[_CellPiece]:
    pieces: list[_CellPiece] = []
    start = _span(child_value(row.find(W + "trPr"), "gridBefore"), 0)
    for cell in _children(row, W + "tc"):
        properties = cell.find(W + "tcPr")
        end = start + _span(child_value(properties, "gridSpan"), 1)
        down = None if properties is None else properties.find(W + "vMerge")
        mode = None if down is None else child_value(properties, "vMerge") or "continue"
        content = [] if mode == "continue" and not _has_text(cell) else read_blocks(cell)
        if child_value(properties, "hMerge") == "continue" and pieces:
            pieces[-1].end = end
            pieces[-1].content += content
        else:
            pieces.append(_CellPiece(start, end, mode == "continue", mode == "restart", content))
        start = end
    return pieces


def _has_text(cell: Element) -> bool:
    """Return whether a covered cell has text; its empty paragraphs would count in numbered lists."""
    return any(True for _ in cell.iter(*_TEXT))


def _span(text: str | None, least: int) -> int:
    return min(max(integer(text, least) or least, least), _WIDEST)


def _edges(table: Element) -> list[int | None]:
    """Return the position of each grid line in twentieths of a point, None from the first unknown one on."""
    grid = table.find(W + "tblGrid")
    places: list[int | None] = [0]
    for column in [] if grid is None else grid.findall(W + "gridCol"):
        width = integer(column.get(W + "w"))
        places.append(None if places[-1] is None or not width or width < 0 else places[-1] + width)
    return places


def _columns(rows: list[list[_CellPiece]], edges: list[int | None]) -> dict[int, int]:
    """Return the column that starts at each grid line, without lines that no cell uses.

    Lines closer than 1.5 mm are merged, unless a cell would then have no width.
    """
    used = sorted({edge for row in rows for piece in row for edge in (piece.start, piece.end)})
    narrow = {(piece.start, piece.end) for row in rows for piece in row}
    columns: dict[int, int] = {}
    group: list[int] = []
    column = -1
    for line in used:
        place = edges[line] if line < len(edges) else None
        first = edges[group[0]] if group and group[0] < len(edges) else None
        near = place is not None and first is not None and place - first < _MIN_COLUMN_WIDTH
        if not near or any((other, line) in narrow for other in group):
            column += 1
            group = []
        group.append(line)
        columns[line] = column
    return columns


def _merged(
    rows: list[list[_CellPiece]], columns: dict[int, int]
) -> list[list[tuple[CellDraft, list[Draft]]]]:
    open_cells: dict[tuple[int, int], CellDraft] = {}
    merged = []
    for number, row in enumerate(rows):
        line = []
        for piece in row:
            start, end = columns[piece.start], columns[piece.end]
            above = open_cells.get((start, end))
            if piece.continues and above is not None and above.row + above.row_span == number:
                above.row_span += 1
                cell = above
            else:
                cell = CellDraft(number, start, end - start)
                if piece.restarts or piece.continues:
                    open_cells[(start, end)] = cell
                else:
                    open_cells.pop((start, end), None)
            line.append((cell, piece.content))
        merged.append(line)
    return merged
