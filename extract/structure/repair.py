"""Repair of broken characters and spacing in every line of a document; source offsets are kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from thaita.models.document import Block, Cell, Document, Paragraph, ReaderProblem, Table
from thaita.models.problem_codes import ProblemCode
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.headings import match_heading
from thaita.normalize.numerals import strip_marker
from thaita.normalize.thai.certain_repairs import INVISIBLE
from thaita.normalize.thai.letters import is_garbled
from thaita.normalize.thai.repair import DocumentDamage, diagnose, repair_source

_FIGURE = re.compile(r"[0-9]+(?:[.][0-9]+)?")
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_LEADERS = re.compile(r"(?<!\s)\s*+(?:(?:[.]{3,}|…{2,}|_{3,}|(?<=\s)[.](?:\s[.]){3,})\s*+)+")
"""Leaders: dots and lines of a form. Possessive matching scans white space once, as a line may have thousands."""
_WORDS = re.compile(r"[\u0e01-\u0e4e]{3}")
_INVISIBLE = re.compile(f"[{INVISIBLE}\u200c\u200d]+")


def repair_document(document: Document) -> Document:
    """Return the document with repaired lines, single spaces and no leaders.

    Some repairs depend on the whole document, for example on a font that loses ำ.
    """
    damage = diagnose(document.text)

    def line(text: SourceText) -> SourceText:
        if _FIGURE.fullmatch(text.chars):
            return text  # most cells of a list
        if "." in text.chars or "_" in text.chars or "…" in text.chars:
            text = _with_colon(text).sub(_LEADERS, " ")
        return repair_source(text, damage).sub(_INVISIBLE, "").sub(_SPACES, " ").strip()

    repaired = document.with_blocks(tuple(_block(block, line) for block in document.blocks))
    problems = (*document.problems, *_repair_problems(damage), *_garbled_problems(repaired))
    return replace(repaired, problems=problems)


def _lead(block: Paragraph, text: SourceText) -> int:
    """Return the offset in the repaired text behind the bold words at its start."""
    if not 0 < block.lead < len(block.text):
        return 0
    end = block.text.origin[block.lead]
    return next((i for i, at in enumerate(text.origin) if at >= end), 0)


def _with_colon(text: SourceText) -> SourceText:
    """Return a form line, "จุดแข็ง ....ตรงต่อเวลา....", with a colon instead of the leaders after its label."""
    leaders = _LEADERS.search(text.chars)
    if leaders is None or not _WORDS.search(text.chars, leaders.end()):
        return text
    heading = match_heading(text.chars[strip_marker(text.chars)[1] : leaders.start()])
    if (
        heading is None
        or heading.similarity < 100
        or heading.role in (Role.INDICATOR, Role.NUMBER, Role.PERIOD)
    ):
        return text
    colon = SourceText(": ", (text.origin[leaders.start()],) * 2)
    return SourceText.join((text[: leaders.start()], colon, text[leaders.end() :]))


def _repair_problems(damage: DocumentDamage) -> Iterator[ReaderProblem]:
    """Yield the problems of fonts and text extraction that affect the whole document."""
    if damage.hopeless:
        message = "The text is no readable Thai: the file was read by a wrong engine and needs OCR."
        yield ReaderProblem("error", ProblemCode.HOPELESS_TEXT, message)
    if damage.letters:
        pairs = ", ".join(f"{letter} for {mark}" for letter, mark in damage.letters)
        message = f"A font writes other letters for Thai marks ({pairs}); they were read as the marks."
        yield ReaderProblem.of(ProblemCode.FONT_LETTERS, message)
    if damage.doubled:
        message = "Letters are printed twice for bold and were halved; digits cannot be, so check figures."
        yield ReaderProblem.of(ProblemCode.DOUBLED_LETTERS, message)


def _garbled_problems(document: Document) -> Iterator[ReaderProblem]:
    """Yield one problem for all lines that still contain letter sequences impossible in Thai."""
    lines = [line for line in document.lines() if is_garbled(line.chars)]
    if lines:
        more = f", and {len(lines) - 1} more lines" if len(lines) > 1 else ""
        message = f"Letters that no Thai spelling allows are left in «{lines[0].chars[:80]}»{more}: look at the source."
        start = lines[0].origin[0]
        yield ReaderProblem.of(ProblemCode.GARBLED_TEXT, message, (start, lines[0].origin[-1] + 1))


def _block(block: Block, line: Callable[[SourceText], SourceText]) -> Block:
    if isinstance(block, Paragraph):
        text = line(block.text)
        return replace(block, text=text, lead=_lead(block, text))
    return _table(block, line)


def _table(table: Table, line: Callable[[SourceText], SourceText]) -> Table:
    return replace(table, cells=tuple(_cell(cell, line) for cell in table.cells))


def _cell(cell: Cell, line: Callable[[SourceText], SourceText]) -> Cell:
    lines = tuple(text for text in map(line, cell.lines) if text)
    return replace(cell, lines=lines, tables=tuple(_table(table, line) for table in cell.tables))
