"""Types for the names of indicators and the figures of a part of a report, each with its place.

A table and a run of lines are alike: a line is a row with one cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from thaita.extract.find.score_candidates import ScoreCandidate
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.numerals import Number

MAX_LINE = 120
"""Maximum characters of a line or cell that is no prose."""


@dataclass(frozen=True, slots=True)
class PlaneCell:
    """A cell or line; `head` is the text above its column, `beside` the other texts of its row."""

    row: int
    column: int
    text: SourceText
    head: str = ""
    role: Role | None = None
    year: int | None = None
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """An indicator's name from offset `start` of its cell to `end`; a name in torn lines ends in row `last`."""

    row: int
    last: int
    column: int
    start: int
    end: int
    candidate: ScoreCandidate
    """The indicator; its score is not known yet."""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure that may be a score, its label as a match key, and the year (B.E.) that the words around it state.

    `rank` is how well the label fits a score: 2 for scoring words, 1 without a label, 0 for other words. `likely`
    tells whether it is written like a score.
    """

    row: int
    column: int
    start: int
    end: int
    cell: SourceText
    number: Number
    label: str
    rank: int
    year: int | None
    likely: bool
    crowded: bool = False
    """Whether another figure stands beside it that nothing tells apart."""

    @property
    def text(self) -> SourceText:
        """The figure as written."""
        return self.cell[self.start : self.end]


@dataclass(slots=True)
class Plane:
    """The names and figures of a table or of a run of lines."""

    names: list[Name] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
