"""Marks on a page: the rectangles of its cells, its paragraphs and the extracted values."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from thaita.models.document import Box, Document, Paragraph, Place, around
from thaita.models.records import Reading, Record
from thaita.models.source_text import Span, merge_spans

Kind = Literal["cell", "paragraph", "running", "reports", "scores", "findings", "measures"]
"""A part of the page's layout, or the table of an extracted value."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle on a page, in PDF points from the top left corner, and its kind."""

    kind: Kind
    box: Box


def page_marks(document: Document, reading: Reading, number: int, cells: Iterable[Box]) -> list[Mark]:
    """Return the marks of page `number` (from 1) with the table cells `cells`; values come first.

    The position of a value within a line is estimated from its share of the line's letters, with a margin of one
    letter.
    """
    page = Lines(document.text, (place for place in document.places if place.page == number))
    values = [Mark(kind, part.box) for kind, span in _values(reading) for part in page.parts(span)]
    grid = [Mark("cell", box) for box in cells]
    return [*values, *grid, *_paragraphs(document, page)]


def _values(reading: Reading) -> Iterator[tuple[Kind, Span]]:
    """Yield the spans of each table's rows, merged so that no character occurs twice for a table."""
    parts = [part for measure in reading.measures for part in (*measure.steps, *measure.owners)]
    rows: dict[Kind, list[Record]] = {  # scores come last, so that they are drawn over findings
        "measures": [*reading.measures, *parts],
        "findings": [*reading.findings],
        "reports": [],
        "scores": [*reading.scores],
    }
    for kind, records in rows.items():
        evidence = [one for one in reading.evidence if one.table == kind]
        for span in merge_spans(span for record in [*records, *evidence] for span in _spans(record)):
            yield kind, span


def _spans(record: Record) -> tuple[Span, ...]:
    spans: tuple[Span, ...] = record.provenance.spans  # type: ignore[attr-defined]
    return spans


def _paragraphs(document: Document, page: Lines) -> Iterator[Mark]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            boxes = [place.box for span in block.text.spans() for place in page.places(span)]
            if boxes:
                yield Mark("running" if block.role == "running" else "paragraph", around(boxes))


class Lines:
    """The lines of a document, which can be looked up by span."""

    def __init__(self, text: str, places: Iterable[Place]) -> None:
        self.text = text
        self.lines = sorted(places, key=lambda place: place.span)

    def places(self, span: Span) -> Iterator[Place]:
        """Yield the lines that overlap a span."""
        first = bisect_right(self.lines, span[0], key=lambda line: line.span[1])
        for i in range(first, len(self.lines)):
            if self.lines[i].span[0] >= span[1]:
                break
            yield self.lines[i]

    def parts(self, span: Span) -> Iterator[Place]:
        """Yield the part of each line that a span covers, estimated from its share of the line's letters."""
        for line in self.places(span):
            start, end = line.span
            whole = self._letters(start, end)
            if not whole:
                continue
            letter = (line.box.x1 - line.box.x0) / whole
            before = max(0, self._letters(start, span[0]) - 1)
            after = max(0, self._letters(span[1], end) - 1)
            left, right = line.box.x0 + letter * before, line.box.x1 - letter * after
            yield replace(line, box=Box(left, line.box.top, right, line.box.bottom))

    def _letters(self, start: int, end: int) -> int:
        """Count the characters that have a width; Thai marks above or below others have none."""
        return sum(unicodedata.category(char) != "Mn" for char in self.text[start:end])
