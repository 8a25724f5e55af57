"""Write a document as text, as exports and OCR programs give it."""

from __future__ import annotations

import re
from html import escape
from itertools import zip_longest
from typing import Literal

from document import Bars, Block, Cards, Document, Heading, Item, PageBreak, Paragraph, Table

Dialect = Literal["tabs", "pipes", "html", "spaces"]
WIDE = 110
"""Width of a line in characters where lines are wrapped."""


def as_text(document: Document, dialect: Dialect) -> str:
    """Return a document as text; `dialect` says how tables and headings look."""
    parts = [_block(block, dialect) for block in document.blocks]
    if document.running_head:
        parts.insert(0, document.running_head)
        for at, block in enumerate(document.blocks):
            if isinstance(block, PageBreak):
                parts[at + 1] += f"\n{document.running_head}"
    if document.footer:
        parts.append(document.footer)
    return "\n".join(part for part in parts if part is not None).strip() + "\n"


def _block(block: Block, dialect: Dialect) -> str:
    match block:
        case Heading():
            if dialect in ("pipes", "html") and block.look == "style":
                return f"\n{'#' * block.level} {block.text}\n"
            return (
                f"\n**{block.text}**\n" if dialect == "html" and block.look == "bold" else f"\n{block.text}"
            )
        case Paragraph():
            text = block.text.replace("\t", " ................ ", 1) if block.leaders else block.text
            text = f"{text} {block.link}" if block.link else text
            return _wrapped(text) if dialect == "spaces" else text
        case Item():
            text = f"{'  ' * block.depth}{block.marker} {block.text}"
            return _wrapped(text) if dialect == "spaces" else text
        case Table():
            return _table(block, dialect)
        case Bars():
            return "\n".join(
                f"{label} {value}" for label, value in zip(block.labels, block.values, strict=True)
            )
        case Cards():
            return "\n\n".join("\n".join(box) for box in block.boxes)
        case PageBreak():
            return "\f" if dialect in ("tabs", "spaces") else "\n---\n"


def _wrapped(text: str) -> str:
    """Return a text broken at spaces into lines of a page's width, as a PDF's text is."""
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for word in re.split(r"(?<= )", part):
            if line and len(line) + len(word) > WIDE:
                lines.append(line.rstrip())
                line = ""
            line += word
        lines.append(line.rstrip())
    return "\n".join(lines)


def _grid(table: Table) -> list[list[str]]:
    """Return the texts of all grid places; a merged cell's text stands in its first place only."""
    grid = [[""] * table.columns for _ in table.rows]
    for at, column, cell in table.placed():
        grid[at][column] = cell.text
    return grid


def _table(table: Table, dialect: Dialect) -> str:
    if dialect == "html":
        return _html_table(table)
    grid = _grid(table)
    if dialect == "spaces":
        return _spaced(grid)
    flat = [[text.replace("\n", " ") for text in row] for row in grid]
    if dialect == "tabs":
        return "\n".join("\t".join(row) for row in flat)
    lines = [f"| {' | '.join(text.replace('|', '/') for text in row)} |" for row in flat]
    lines.insert(1, f"|{' --- |' * table.columns}")
    return "\n" + "\n".join(lines) + "\n"


def _html_table(table: Table) -> str:
    rows = []
    for row in table.rows:
        cells = []
        for cell in row:
            spans = f"{f' colspan={chr(34)}{cell.columns}{chr(34)}' if cell.columns > 1 else ''}"
            spans += f" rowspan={chr(34)}{cell.rows}{chr(34)}" if cell.rows > 1 else ""
            cells.append(f"<td{spans}>{escape(cell.text, quote=False).replace(chr(10), '<br>')}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return "\n<table>\n" + "\n".join(rows) + "\n</table>\n"


def _spaced(grid: list[list[str]]) -> str:
    """Return a table as columns of text held apart by spaces, its cells broken into lines."""
    columns = list(zip(*grid, strict=True))
    natural = [max(len(line) for text in column for line in text.split("\n")) for column in columns]
    room = max(12, (WIDE + 30 - 3 * len(columns)) // len(columns))
    widths = [max(4, min(width, room)) for width in natural]
    lines: list[str] = []
    for row in grid:
        cells = [_broken(text, width) for text, width in zip(row, widths, strict=True)]
        lines += [
            "   ".join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip()
            for parts in zip_longest(*cells, fillvalue="")
        ]
    return "\n".join(lines)


def _broken(text: str, width: int) -> list[str]:
    """Return the lines of a cell: broken at spaces where there are some, otherwise anywhere before a consonant."""
    lines = []
    for part in text.split("\n"):
        rest = part
        while len(rest) > width:
            at = rest.rfind(" ", width // 2, width + 1)
            if at < 0:
                at = width
                while at > 1 and not re.match(r"[\u0e01-\u0e2e\u0e40-\u0e44\d(]", rest[at]):
                    at -= 1
                while at > 1 and "\u0e40" <= rest[at - 1] <= "\u0e44":
                    at -= 1
            lines.append(rest[:at].rstrip())
            rest = rest[at:].lstrip()
        lines.append(rest)
    return lines
