"""What a comparison with gold yields: one outcome for each judged value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

OutcomeKind = Literal["right", "wrong_flagged", "wrong_silent", "missing", "extra_flagged", "extra_silent"]
"""A value is flagged if its row has a doubt, and silent if nothing tells a person to look."""

KINDS: tuple[OutcomeKind, ...] = (
    "right",
    "wrong_flagged",
    "wrong_silent",
    "missing",
    "extra_flagged",
    "extra_silent",
)

FOUND = "found"
"""The field of the outcome that says whether a finding or measure was found at all, or that a row is extra."""

TABLES = ("reports", "scores", "findings", "measures")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the program found a value: page from 1, box in PDF points, ranges of the extracted text, quote."""

    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    spans: tuple[tuple[int, int], ...] = ()
    quote: str = ""


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one value.

    `entry` names the gold entry, such as `finding 3`, or the extra row. `row_id` is the row in the dataset, None if
    there is none. `share` states how far the value is right, 0-1; only lists, whose share is an F1, have values
    between. `flagged` states whether there is a doubt on the value or its row. `confidence` is that of the row, or
    for a field of the report that of its evidence. `near` is the text of the row that is nearest to a missing
    entry. `gold_page` and `words` are the place that the gold gives.
    """

    table: str
    field: str
    entry: str
    outcome: OutcomeKind
    want: str | None = None
    got: str | None = None
    share: float = 0.0
    row_id: str | None = None
    flagged: bool = False
    confidence: float | None = None
    place: Place = NOWHERE
    near: str = ""
    gold_page: int | None = None
    words: str | None = None

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong with the value."""
        return self.outcome == "right"


@dataclass(frozen=True, slots=True)
class Grounded:
    """Whether the place of a right value is the gold's: `part` is `page` or `words`."""

    table: str
    entry: str
    part: Literal["page", "words"]
    right: bool
    want: str
    got: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A document that was compared with its gold.

    `name` is the gold file's, without its ending; `source` the report's in the dataset, None if it is not there.
    `classes` are the properties by which figures are split, each with the document's values. `tables` are the
    tables that its gold judges.
    """

    name: str
    source: str | None
    about_ita: bool
    classes: Mapping[str, tuple[str, ...]]
    tables: frozenset[str]
    outcomes: tuple[Outcome, ...]
    grounded: tuple[Grounded, ...] = ()

    @property
    def label(self) -> str:
        """The name of the document on pages."""
        return self.source or self.name

    @property
    def is_absent(self) -> bool:
        """Whether the dataset lacks the document; one that is not about ITA need not give a report."""
        return self.source is None and self.about_ita

    @property
    def errors(self) -> tuple[Outcome, ...]:
        """The outcomes that are not right."""
        return tuple(one for one in self.outcomes if not one.is_right)


def kind_of(*, right: bool, want: object, got: object, flagged: bool) -> OutcomeKind:
    """Return the outcome of a value; an empty `want` or `got` is a value that must not or does not stand there."""
    if right:
        return "right"
    if not got:
        return "missing"
    if not want:
        return "extra_flagged" if flagged else "extra_silent"
    return "wrong_flagged" if flagged else "wrong_silent"
