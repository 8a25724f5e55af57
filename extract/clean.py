"""Repair of a whole document: every line's broken characters and spacing, its place kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from thaita.models.document import Block, Cell, Document, Paragraph, Table
from thaita.models.source_text import SourceText
from thaita.normalize.thai import diagnose, repair_source

_SPACES = re.compile(r"[^\S\n]{2,}|[\t\u00a0\u2007\u202f\u3000]")
_LEADERS = re.compile(r"\s*(?:[.]{4,}|…{2,}|_{3,}|(?:\s[.]){4,})\s*")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")


def clean(document: Document) -> Document:
    """Return the document with each line repaired, white space single, leaders out.

    What the document shows as a whole (a font that loses ำ, for one) decides rules that a line
    alone cannot.
    """
    signs = diagnose(document.text)

    def line(text: SourceText) -> SourceText:
        text = (
            text.sub(_LEADERS, " ") if "." in text.chars or "_" in text.chars or "…" in text.chars else text
        )
        return repair_source(text, signs).sub(_INVISIBLE, "").sub(_SPACES, " ").strip()

    return document.with_blocks(tuple(_block(block, line) for block in document.blocks))


def _block(block: Block, line: Callable[[SourceText], SourceText]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=line(block.text))
    return _table(block, line)


def _table(table: Table, line: Callable[[SourceText], SourceText]) -> Table:
    return replace(table, cells=tuple(_cell(cell, line) for cell in table.cells))


def _cell(cell: Cell, line: Callable[[SourceText], SourceText]) -> Cell:
    lines = tuple(text for text in map(line, cell.lines) if text)
    return replace(cell, lines=lines, tables=tuple(_table(table, line) for table in cell.tables))
