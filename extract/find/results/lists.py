"""All results of agencies and levels that a document lists, in tables, small tables below names, and lines."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from thaita.extract.find.results.candidate import ResultCandidate
from thaita.extract.find.results.columns import Column
from thaita.extract.find.results.context import Titles
from thaita.extract.find.results.join import join_results
from thaita.extract.find.results.tables import LEAST_ROWS, ListTable, read_list
from thaita.extract.structure.grid import Grid
from thaita.extract.structure.page_furniture import FlowItem
from thaita.models.document import Document, Paragraph


@dataclass(slots=True)
class Lists:
    """The results that a document lists, and the blocks of it that consist of them."""

    results: list[ResultCandidate] = field(default_factory=list)
    blocks: frozenset[int] = frozenset()


def find_lists(document: Document, year: int | None) -> Lists:
    """Return the results that the lists of a document state; `year` (B.E.) is the document's own, if known.

    A document without at least three agencies or levels in a list has none: its tables compare the report's own agency.
    """
    tables = _tables(document, year)
    forms = {one.form for one in tables.values() if one.long}
    listed = {number: one for number, one in tables.items() if one.long or one.form in forms}
    found = [one for table in listed.values() for one in table.results]
    if len({one.subject for one in found}) < LEAST_ROWS:
        return Lists()
    return Lists(join_results(found), frozenset(listed) if _agencies(found) >= LEAST_ROWS else frozenset())


def _tables(document: Document, year: int | None) -> dict[int, ListTable]:
    """Return the tables that state results of agencies or levels, by the number of their block."""
    titles = Titles(year)
    found: dict[int, ListTable] = {}
    before: Sequence[Column] = ()
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            if block.text and block.role not in ("aside", "running"):
                titles.add(block.text.chars)
                before = ()
            continue
        listed = read_list(block, titles.table(), before, number)
        before = listed.columns if listed else ()
        if listed is not None:
            found[number] = listed
        titles.after_table()
    return found


def _agencies(found: Iterable[ResultCandidate]) -> int:
    return len({one.subject.name for one in found if one.subject.scope == "agency"})


def outside_lists(flow: Sequence[FlowItem], blocks: Container[int]) -> list[FlowItem]:
    """Return the paragraphs and tables of a document that belong to no list."""
    return [item for item in flow if not (isinstance(item, Grid) and item.block in blocks)]
