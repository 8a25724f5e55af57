"""A result as one row or line states it, before results of the same agency and year are joined."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from thaita.extract.find.results.matrix import NOTHING
from thaita.extract.find.results.names import Subject
from thaita.models.source_text import SourceText


@dataclass(frozen=True, slots=True)
class Stated:
    """A value of a result with the text that states it and the head above it; `of` is what it was converted from."""

    value: Decimal | str
    text: SourceText
    head: SourceText = NOTHING
    of: str = ""


@dataclass(slots=True)
class ResultCandidate:
    """The result of one agency or level in one year (B.E.; None if unknown).

    `values` are by column of the table `results`, `scores` by number of the indicator. `name` is the text that names
    the agency or level. `numbered`: heads name the indicators by numbers only. `adds_up`: the arithmetic of the row.
    """

    subject: Subject
    year: int | None
    name: SourceText
    values: dict[str, Stated] = field(default_factory=dict)
    scores: dict[int, Stated] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    numbered: bool = False
    adds_up: bool | None = None
    table: int = -1
    row: tuple[SourceText, ...] = ()
    """The texts of the row that say whose result it is: name, place, kind, number and year."""
    rivals: list[tuple[str, Stated]] = field(default_factory=list)
    """Values of the same result that another place states differently."""
