"""The opening of a report: its title or cover, and the labels with values there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thaita.extract.structure.grid import Grid
from thaita.extract.structure.page_furniture import FlowItem
from thaita.models.source_text import SourceText
from thaita.normalize.numerals import strip_marker

TITLE_LINES = 16
"""Maximum number of items of a title."""
SHORT = 140
"""Maximum length of a line of a title."""
_OPENING = 24
"""Number of items at the start of a report among which a table with its particulars can be."""
_COLUMNS = 4
_COLON = re.compile(r"(?P<label>[^:：\d]{2,40}?)\s*[:：]\s*(?=\S)")


def title_length(flow: Sequence[FlowItem]) -> int:
    """Return how many items belong to the cover or title: those before the first table, list or long paragraph."""
    for i, item in enumerate(flow[:TITLE_LINES]):
        if isinstance(item, Grid):
            return i
        long = len(item.text) >= SHORT
        if i and not item.running and (long or strip_marker(item.text.chars)[0]):
            return i
    return min(len(flow), TITLE_LINES)


def key_values(flow: Sequence[FlowItem]) -> Iterator[tuple[SourceText, SourceText]]:
    """Yield each label with its value in the opening: of tables with particulars, and of lines with a colon."""
    for i, item in enumerate(flow[:_OPENING]):
        if not isinstance(item, Grid):
            if i and strip_marker(item.text.chars)[0]:
                return
            colon = _COLON.match(item.text.chars)
            if colon is not None and len(item.text) < SHORT:
                yield item.text[: colon.end("label")], item.text[colon.end() :]
            continue
        rows = [[cell.text for cell in row.cells] for row in item.rows]
        for cells in ([head.text for head in item.heads], *rows):
            if len(cells) <= _COLUMNS:
                yield from (
                    (a, b) for a, b in zip(cells[::2], cells[1::2], strict=False) if a.chars and b.chars
                )
