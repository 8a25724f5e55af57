"""All results of agencies and levels that a document lists, in tables, small tables below names, and lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from thaita.extract.find.results.candidate import ResultCandidate, Stated
from thaita.extract.find.results.context import TextAround, Titles, heads_tables, read_lines
from thaita.extract.find.results.join import join_results
from thaita.extract.find.results.levels import FIGURE
from thaita.extract.find.results.lines import (
    add_group_grade,
    begins_with_figure,
    group_grade,
    is_unfinished,
    line_results,
)
from thaita.extract.find.results.matrix import Matrix, build_matrix, is_banner
from thaita.extract.find.results.names import read_subject
from thaita.extract.find.results.pages import (
    caption_agency,
    goes_on,
    is_header_again,
    is_page_number,
    joined,
    row_of_line,
    with_heads_above,
)
from thaita.extract.find.results.runs import Line, kind_of, list_of_lines
from thaita.extract.find.results.tables import LEAST_ROWS, ListTable, read_card, read_list
from thaita.extract.structure.page_furniture import FlowItem
from thaita.models.document import Block, Document, Paragraph
from thaita.models.source_text import SourceText
from thaita.normalize.match_key import fold

_SENTENCE = 16
"""Least characters of a cell that is a sentence."""
_LEAST_LEVELS = 20
"""Least levels of a table that is a list of levels, and no comparison in a report on one agency."""
_LEAST_TOLD = 5
"""Least agencies whose results lines state that are a list, and no part of a report on one agency."""


@dataclass(slots=True)
class Lists:
    """The results that a document lists, and the blocks of it that consist of them."""

    results: list[ResultCandidate] = field(default_factory=list)
    blocks: frozenset[int] = frozenset()


def find_lists(document: Document, year: int | None) -> Lists:
    """Return the results that the lists of a document state; `year` (B.E.) is the document's own, if known.

    A document without at least three agencies or levels in a list has none: its tables compare the report's own agency.
    """
    reader = _Reader(year)
    for number, block in enumerate(document.blocks):
        reader.read(number, block)
    reader.close_table()
    reader.close_run()
    lists = reader.listed()
    found = {number: one.results for number, one in lists.items()}
    told = {number: tuple(some) for number, some in reader.lines.items()} if reader.has_line_list() else {}
    listed = [one for some in found.values() for one in some]
    levels = {one.subject.name for one in listed if one.subject.scope in ("province", "ministry", "type")}
    beside = _agencies(listed) > 0 or len(levels) >= _LEAST_LEVELS
    found |= told or (_of_levels(reader.lines) if beside else {})
    notes = _of_levels(reader.notes) if beside else {}
    results = [one for at in sorted({*found, *notes}) for one in (*found.get(at, ()), *notes.get(at, ()))]
    if len({one.subject for one in results if one.subject.scope}) < LEAST_ROWS:
        return Lists()
    blocks = {*lists, *(number for one in lists.values() for number in one.blocks)}
    single = sum(len(some) == 1 for some in told.values())
    if single >= LEAST_ROWS or _agencies(one for some in told.values() for one in some) >= _LEAST_TOLD:
        blocks |= set(told)  # else sentences of a report on one agency may compare it with its neighbours
    return Lists(join_results(results), frozenset(blocks if _agencies(results) >= LEAST_ROWS else ()))


@dataclass(slots=True)
class _OpenTable:
    """A table that may go on in the next one, with the name above it and what the text around it says."""

    matrix: Matrix
    text: TextAround
    blocks: list[int]
    above: tuple[int, SourceText] | None
    grade: Stated | None
    """The level that the line above announces."""

    def read(self) -> ListTable | None:
        """Return the results of the table as a list, None if it is none."""
        found = read_list(self.matrix, self.text, self.blocks[0])
        if found and self.grade and len({one.year for one in found.results}) == 1:
            add_group_grade(found.results, self.grade)
        return replace(found, blocks=tuple(self.blocks)) if found else None

    def read_card(self) -> ListTable | None:
        """Return the result of the agency named above the table, None if it states none."""
        caption = caption_agency(self.matrix)
        if caption is not None:
            number, name = self.blocks[0], caption
        elif self.above is not None:
            number, name = self.above
        else:
            return None
        found = read_card(self.matrix, name, self.text, self.blocks[0])
        return replace(found, blocks=(number, *self.blocks)) if found else None


class _Reader:
    """Reads the blocks of a document in order: tables, small tables below the name of an agency, and lines."""

    def __init__(self, year: int | None) -> None:
        self.titles = Titles(year)
        self.tables: dict[int, ListTable] = {}
        self.cards: dict[int, ListTable] = {}
        self.lines: dict[int, list[ResultCandidate]] = {}
        self.notes: dict[int, list[ResultCandidate]] = {}
        self._open: _OpenTable | None = None
        self._seen: set[str] = set()
        self._repeated: list[tuple[int, SourceText]] = []
        self._above: tuple[int, SourceText] | None = None
        self._run: list[Line] = []
        self._grade: Stated | None = None

    def read(self, number: int, block: Block) -> None:
        """Read a block of the document."""
        if isinstance(block, Paragraph):
            if not block.text or block.role in ("aside", "running"):
                return
            if self._open and self._is_repeated(self._open, block.text.chars):
                self._repeated.append((number, block.text))  # between two pages of a table
                return
            if self._open and (row := row_of_line(self._open.matrix, block.text)):
                self._open.matrix.body.append(row)
                self._open.blocks.append(number)
                return
            again = fold(block.text.chars) in self._seen
            self._seen.add(fold(block.text.chars))
            self.close_table()
            self._run.append(Line(number, block.text, kind_of(block.text.chars), self.titles.lines()))
            self._read_paragraph(number, block.text, again=again)
        elif block.cells:
            self._read_table(number, build_matrix(block))

    def _is_repeated(self, table: _OpenTable, chars: str) -> bool:
        """Return whether a line below a table is that of the page or of the header again, so that the table may go on.

        A heading that says something else than what the table was read with is that of the next one, even if a page of
        contents names it before.
        """
        again = fold(chars) in self._seen or is_page_number(chars) or is_header_again(table.matrix, chars)
        another = table.text.changed_by(chars) and heads_tables(chars)
        return again and not another and not self._names_another(table, chars)

    def _is_continued(self, table: _OpenTable, below: Matrix) -> bool:
        """Return whether a table goes on in the next one.

        A line between them that says something else, and is more than a heading, is the page's if the next has no header.
        """
        changed = any(table.text.changed_by(text.chars) for _, text in self._repeated)
        return goes_on(table.matrix, below) and not (changed and below.header)

    @staticmethod
    def _names_another(table: _OpenTable, chars: str) -> bool:
        """Return whether a line names another agency than the line above the table: the next table is that one's."""
        above = table.above[1].chars if table.above else ""
        return fold(chars) != fold(above) and _is_agency(chars) and _is_agency(above)

    def _read_table(self, number: int, matrix: Matrix) -> None:
        if self._open and self._is_continued(self._open, matrix):
            self._open.matrix = joined(self._open.matrix, matrix)
            self._open.blocks.append(number)
            self._repeated = []
            return
        self.close_table()
        self.close_run()
        matrix = with_heads_above(matrix, self._above[1] if self._above else None)
        self._open = _OpenTable(matrix, self.titles.table(), [number], self._above, self._grade)
        self._grade = None
        self.titles.after_table()
        self._above = None

    def close_table(self) -> None:
        """Read the table that the blocks so far consist of: nothing below goes on with it."""
        if self._open is None:
            return
        number = self._open.blocks[0]
        if listed := self._open.read():
            self.tables[number] = listed
        elif card := self._open.read_card():
            self.cards[number] = card
        self._read_notes(self._open, number, listed=bool(listed))
        self._open = None
        for number, text in self._repeated:
            self._read_paragraph(number, text, again=True)
        self._repeated = []

    def _read_notes(self, table: _OpenTable, number: int, *, listed: bool) -> None:
        """Read the means of levels that sentences in the cells of a table state; in a list, those of single cells."""
        for row in (*table.matrix.header, *table.matrix.body):
            for slot in row if not listed or is_banner(row) else ():
                if slot.own and len(slot.chars) >= _SENTENCE and FIGURE.search(slot.chars):
                    found = line_results(slot.text, lambda: table.text, number)
                    self.notes.setdefault(number, []).extend(found)

    def close_run(self) -> None:
        """Read the lines so far as the cells of a list, if they are such."""
        found = list_of_lines(self._run)
        self._run = []
        if found is None:
            return
        number = found.blocks[0]
        if listed := read_list(found.matrix, read_lines(found.before), number):
            self.tables[number] = replace(listed, blocks=found.blocks)

    def _read_paragraph(self, number: int, text: SourceText, *, again: bool) -> None:
        if self._above and begins_with_figure(text.chars) and is_unfinished(self._above[1].chars):
            self.lines[number] = []
            number, text = self._above[0], SourceText.join((self._above[1], text), " ")
        found = line_results(text, self.titles.table, number) if FIGURE.search(text.chars) else []
        before = text.chars
        if found:
            self.lines[number] = found
            before = before.partition(found[0].name.chars)[0]  # what follows concerns the names of this line
            if self._grade:
                add_group_grade(found, self._grade)
        else:
            self._grade = group_grade(text)
        self.titles.add(before, again=again)
        self._above = (number, text)

    def listed(self) -> dict[int, ListTable]:
        """Return the tables that are lists, and those of the same form; and cards, if there are several of a form."""
        forms = {one.form for one in self.tables.values() if one.long}
        told = self.has_line_list()
        found = {
            number: one
            for number, one in self.tables.items()
            if one.long or one.form in forms or (told and one.names_agencies)
        }
        cards: dict[tuple[str, ...], dict[int, ListTable]] = {}
        for number, one in self.cards.items():
            cards.setdefault(one.form, {})[number] = one
        for same in cards.values():
            if len({result.subject for card in same.values() for result in card.results}) >= LEAST_ROWS:
                found |= same
        return found

    def has_line_list(self) -> bool:
        """Return whether the lines state the results of several agencies, so that they are a list.

        The prose of a report states many figures of its own agency, and perhaps some of others.
        """
        found = [one for some in self.lines.values() for one in some if one.subject.scope == "agency"]
        starts = _starts({one.subject.name for one in found})
        of_year = Counter((starts[one.subject.name], one.year) for one in found)
        return len({name for name, _ in of_year}) >= LEAST_ROWS and 2 * len(of_year) > len(found)


def _of_levels(lines: Mapping[int, Sequence[ResultCandidate]]) -> dict[int, tuple[ResultCandidate, ...]]:
    """Return the means of levels that lines state; beside a list of agencies, these are results too."""
    found = {
        number: tuple(one for one in some if one.subject.scope != "agency") for number, some in lines.items()
    }
    return {number: some for number, some in found.items() if some}


def _starts(names: Collection[str]) -> dict[str, str]:
    """Return for each name the shortest one that it begins with: without a space after it, a name may go on too long."""
    starts: dict[str, str] = {}
    shortest = ""
    for name in sorted(names):
        shortest = shortest if shortest and name.startswith(shortest) else name
        starts[name] = shortest
    return starts


def _is_agency(chars: str) -> bool:
    found = read_subject(chars.strip())
    return found is not None and found.scope == "agency"


def _agencies(found: Iterable[ResultCandidate]) -> int:
    return len({one.subject.name for one in found if one.subject.scope == "agency"})


def outside_lists(flow: Sequence[FlowItem], blocks: Container[int]) -> list[FlowItem]:
    """Return the paragraphs and tables of a document that belong to no list."""
    return [item for item in flow if item.block not in blocks]
