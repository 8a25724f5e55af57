"""The document as a reader follows it: paragraphs and logical tables in order, page furniture known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from thaita.extract.grid import Grid, append, build_grid, continues
from thaita.extract.inherit import inherit
from thaita.models.document import Document, Paragraph, Table
from thaita.models.source_text import SourceText
from thaita.normalize.fold import fold

_PAGE_NUMBER = re.compile(
    r"[-–(~|]?(?:หน้า(?:ที่)?|page)?\d{1,4}(?:(?:/|จาก|of)\d{1,4})?[-–)~|]?", re.IGNORECASE
)
_REPEATED = 3
"""How often a line must come, each time before a table or page, to count as a running head."""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph in the flow. `running`: a page number, running head or foot."""

    text: SourceText
    block: int
    heading: bool = False
    running: bool = False


Item = Para | Grid


def read_flow(document: Document) -> list[Item]:
    """Return paragraphs and logical tables in reading order.

    A table that follows another, with nothing but running heads between them, and has the same
    header or none, goes on with it. A table of one cell is a frame around paragraphs.
    """
    repeated = _repeated(document)
    flow: list[Item] = []
    for item in _items(document, repeated):
        before = _table_before(flow) if isinstance(item, Grid) else None
        if isinstance(item, Grid) and before is not None and continues(item, before):
            append(before, item)
        else:
            flow.append(item)
    for item in flow:
        if isinstance(item, Grid):
            inherit(item)
    return flow


def _table_before(flow: list[Item]) -> Grid | None:
    for item in reversed(flow):
        if isinstance(item, Grid):
            return item
        if not item.running:
            return None
    return None


def _items(document: Document, repeated: frozenset[str]) -> Iterator[Item]:
    for i, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            if block.text:
                yield _paragraph(block, i, repeated)
        else:
            yield from _tables(block, i, repeated)


def _paragraph(block: Paragraph, i: int, repeated: frozenset[str]) -> Para:
    folded = fold(block.text.chars)
    running = block.role == "running" or bool(_PAGE_NUMBER.fullmatch(folded)) or folded in repeated
    return Para(block.text, i, heading=block.role == "heading", running=running)


def _tables(table: Table, i: int, repeated: frozenset[str]) -> Iterator[Item]:
    if table.rows * table.columns == 1 or len(table.cells) == 1:
        for cell in table.cells:
            for line in cell.lines:
                yield _paragraph(Paragraph(line), i, repeated)
    else:
        yield build_grid(table, i)
    for cell in table.cells:
        for inner in cell.tables:
            yield from _tables(inner, i, repeated)


def _repeated(document: Document) -> frozenset[str]:
    """Return the folded lines that come again and again, as running heads do."""
    lines = [fold(b.text.chars) for b in document.blocks if isinstance(b, Paragraph)]
    counts = Counter(line for line in lines if 8 <= len(line) <= 160)
    return frozenset(line for line, count in counts.items() if count >= _REPEATED)
