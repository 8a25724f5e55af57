"""Score drafts: scores as found at one place, and the choice among places that state the same one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from thaita.models.source_text import SourceText
from thaita.normalize.fold import fold
from thaita.normalize.numerals import Number, find_numbers

_CELL_AT_MOST = 60
_BARE = re.compile(r"(?:ได้|มี|ผล|เท่ากับ|คะแนน|ร้อยละ|เฉลี่ย|ค่า|[=:%\s()]|points?)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ScoreDraft:
    """A score as found at one place, before places are compared."""

    no: int
    name: SourceText
    score: SourceText
    value: Decimal
    similarity: float
    no_as_written: str | None = None
    instrument_as_written: str | None = None
    agency: SourceText | None = None
    year: int | None = None
    in_table: bool = False
    flags: tuple[str, ...] = ()
    support: tuple[SourceText, ...] = ()


def read_value(text: SourceText) -> tuple[SourceText, Number] | None:
    """Return the number of a cell that holds a score and nothing else, with its place."""
    if len(text) > _CELL_AT_MOST:
        return None
    numbers = find_numbers(text.chars)
    if len(numbers) != 1:
        return None
    number = numbers[0]
    if not (_BARE.fullmatch(text.chars[: number.start]) and _BARE.fullmatch(text.chars[number.end :])):
        return None
    return text[number.start : number.end], number


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """All places that state one indicator's score for one agency and year; the best one first."""

    best: ScoreDraft
    others: tuple[ScoreDraft, ...]

    @property
    def conflict(self) -> bool:
        """Whether places state different scores."""
        return any(other.value != self.best.value for other in self.others)


def group_scores(drafts: Iterable[ScoreDraft]) -> list[ScoreGroup]:
    """Return one group an agency, year and indicator, with the best-supported value chosen.

    The value that most places state is taken, a table before a sentence, the first place before
    later ones; the group keeps the places that say otherwise.
    """
    groups: dict[tuple[str, int], list[ScoreDraft]] = defaultdict(list)
    for draft in drafts:
        agency = fold(draft.agency.chars) if draft.agency else ""
        groups[agency, draft.no].append(draft)
    return [_best(places) for places in groups.values()]


def _best(places: list[ScoreDraft]) -> ScoreGroup:
    votes: dict[Decimal, int] = defaultdict(int)
    for draft in places:
        votes[draft.value] += 2 if draft.in_table else 1
    best = max(places, key=lambda draft: (votes[draft.value], draft.in_table))
    first = next(draft for draft in places if draft.value == best.value and draft.in_table == best.in_table)
    return ScoreGroup(first, tuple(draft for draft in places if draft is not first))
