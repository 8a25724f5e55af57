"""Unread text: every part of the source that no row uses, classified by kind."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from thaita.extract.resolve.provenance import Ledger
from thaita.extract.structure.grid import Grid
from thaita.extract.structure.labels import read_label
from thaita.extract.structure.merged_cells import is_section_row
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.document import Paragraph
from thaita.models.flags import Flag
from thaita.models.records import UnreadKind
from thaita.models.roles import TRAITS, Role
from thaita.models.source_text import SourceText, Span, merge_spans
from thaita.normalize.grades import parse_grade
from thaita.normalize.indicators import find_indicators
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import find_numbers, strip_marker

_ENDS_AS_SENTENCE = re.compile(r"(?:ต่อไป|ด้วย|ดังนี้|เป็นต้น|แล้ว|[.])\s*$")
_NARRATIVE_FROM = 110
"""Minimum length of the match key of a paragraph of prose; a shorter one is a heading."""
_WORDS = re.compile(r"[\w\u0e01-\u0e4e]")


def find_unread(
    flow: Sequence[FlowItem], ledger: Ledger, year: int | None
) -> Iterator[tuple[UnreadKind, SourceText | None, Span]]:
    """Yield (kind, text, range) for each part of the source that no row uses, in order.

    Markup and page furniture are `boilerplate`. A paragraph that seems to contain an unread score or labelled
    finding is `unclear`, and so is a cell of a table that was not understood. Text that the page shows but the
    report does not state (`aside`) is always `unclear` and never part of another row.
    """
    taken = ledger.taken()
    seen: list[Span] = []
    for kind, text in _kinds(flow, year):
        if kind == "heading" and ledger.uncertain(text):
            kind = "unclear"  # possibly the rest of a sentence
        for start, end in _outside(text.spans(), taken):
            piece = ledger.text[start:end]
            seen.append((start, end))
            if piece.strip():
                yield (kind if _WORDS.search(piece) else "boilerplate"), text, _trim(ledger.text, start, end)
    for text in _asides(ledger):
        seen += text.spans()
        empty = Flag.PLACEHOLDER in ledger.marked(text.spans())
        yield (
            "boilerplate" if empty else "unclear",
            text,
            _trim(ledger.text, text.spans()[0][0], text.spans()[-1][1]),
        )
    known = merge_spans([*taken, *seen])
    for start, end in _outside(((0, len(ledger.text)),), known):
        if ledger.text[start:end].strip():
            yield "boilerplate", None, _trim(ledger.text, start, end)


def _asides(ledger: Ledger) -> Iterator[SourceText]:
    for block in ledger.document.blocks:
        if isinstance(block, Paragraph) and block.role == "aside" and block.text:
            yield block.text


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _outside(spans: Sequence[Span], taken: Sequence[Span]) -> Iterator[Span]:
    """Yield the parts of `spans` outside the ranges of `taken` (sorted, merged)."""
    for start, end in spans:
        done = start
        first = bisect_right(taken, start, key=lambda span: span[1])
        for i in range(first, len(taken)):
            a, b = taken[i]
            if a >= end:
                break
            if a > done:
                yield done, a
            done = b
        if done < end:
            yield done, end


def _kinds(flow: Sequence[FlowItem], year: int | None) -> Iterator[tuple[UnreadKind, SourceText]]:
    for item in flow:
        if isinstance(item, Grid):
            yield from _grid_kinds(item)
        else:
            yield _paragraph_kind(item, year), item.text


def _paragraph_kind(para: FlowParagraph, year: int | None) -> UnreadKind:
    chars = para.text.chars
    if para.running or not _WORDS.search(chars):
        return "boilerplate"
    label = read_label(para.text)
    if label is not None and label.heading.role == Role.FINDING and label.rest and label.exact:
        return "unclear"
    if len(fold(chars)) >= _NARRATIVE_FROM or (_ENDS_AS_SENTENCE.search(chars) and len(fold(chars)) > 60):
        return "narrative"
    if para.heading or strip_marker(chars)[0] or len(fold(chars)) < _NARRATIVE_FROM:
        body = chars[strip_marker(chars)[1] :]
        scored = find_indicators(body, year) and any("." in n.as_written for n in find_numbers(body))
        return "unclear" if scored else "heading"
    return "unclear"


def _grid_kinds(grid: Grid) -> Iterator[tuple[UnreadKind, SourceText]]:
    for text in grid.header:
        yield "heading", text
    for text in grid.repeated:
        yield "boilerplate", text
    years = {head.year for head in grid.heads if head.role == Role.SCORE} - {None}
    bands = not grid.roles and _is_scale(grid)
    for row in grid.rows:
        section = is_section_row(row)
        for c, cell in enumerate(row.cells):
            if cell.inherited:
                continue
            role = grid.heads[c].role
            for line in cell.lines:
                kind = _cell_kind(line, section=section, role=role)
                beside = role == Role.SCORE and len(years) > 1
                yield ("narrative" if kind == "unclear" and (bands or beside) else kind), line


def _is_scale(grid: Grid) -> bool:
    """Return whether a table explains the grades: most of its rows contain a level of the scale."""
    graded = [row for row in grid.rows if any(parse_grade(cell.text.chars) for cell in row.cells)]
    return len(graded) > 0.5 * len(grid.rows)


def _cell_kind(line: SourceText, *, section: bool, role: Role | None) -> UnreadKind:
    if section:
        return "heading"
    if not _WORDS.search(line.chars):
        return "boilerplate"
    return (role and TRAITS[role].unread) or "unclear"
