"""What each column of a list holds: by the words of its head, and by its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from thaita.extract.find.results.kinds import full_kind
from thaita.extract.find.results.matrix import NOTHING, Matrix, Slot, read_figure
from thaita.models.source_text import SourceText
from thaita.normalize.frameworks import framework
from thaita.normalize.grades import only_grade
from thaita.normalize.result_words import HeadWords, read_head_words

Content = Literal["empty", "number", "grade", "text"]
_MOST = 0.6
"""Share of the filled cells that decides what a column holds."""
_SAMPLE = 400
"""Number of rows by which the content of a column is judged."""
_YEARS = range(2540, 2600)
MARKER = re.compile(r"[(]?[0-9๐-๙]{1,4}[.)]+")
"""The number of a row: "12."."""
_MAXIMUM = 100
_MOST_MISTYPED = 2
"""Most decimals outside the scale of scores in a column of scores whose head does not say what they are."""
_SHARE_MISTYPED = 0.1
"""Most of the decimals that are outside, but for a single one."""
_SHARE_OF_FEW = 0.25
"""Most of the decimals that a single one outside may be."""
_LEAST_INSIDE = 0.5
"""Least share of the decimals inside the scale by which a column holds what its head names, in doubt."""
_AGENCIES = 10_000
"""More than there are agencies in the country: greater numbers are their codes."""
NAMES = ("agency", "type", "district", "subdistrict", "province", "ministry", "indicator", "instrument")
"""Roles of columns of words."""
PLACES = frozenset({"subdistrict", "district", "province"})
SCORES = frozenset({"overall", "instrument_score", "indicator_score", "grade"})
"""Roles of columns with results."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds, what its head names, and the text of its head.

    `year` is the year (B.E.) that its head states, `offset` -1 for the year before that of the list. `by_sum`: only
    the arithmetic shows what it holds; `by_order`: only the usual order of the columns does.
    """

    at: int
    holds: str | None
    words: HeadWords = field(default_factory=HeadWords)
    head: SourceText = NOTHING
    year: int | None = None
    offset: int = 0
    by_sum: bool = False
    by_order: bool = False
    whole: bool = False
    """All its numbers are whole, and not all are the maximum: they may be counts."""
    refused: bool = False
    """Its head names a score, but many of its decimals are outside the scale."""
    places: tuple[str, ...] = ()
    """The levels of the places that each cell of a column of words names, if it names several."""

    @property
    def part(self) -> str:
        """The part of a result that the column holds: `iit`, `eit_part1`, `i3`, `overall_score`, `grade`, ..."""
        if self.holds == "indicator_score":
            return f"i{self.words.indicator}"
        if self.holds == "instrument_score":
            code = (self.words.instrument or "").lower()
            return f"{code}_part{self.words.part}" if self.words.part else code
        return {"overall": "overall_score"}.get(self.holds or "", self.holds or "")


@dataclass(frozen=True, slots=True)
class Cells:
    """What the cells of a column hold: their kind, and the range of the numbers."""

    content: Content
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(0)
    whole: bool = False
    signed: bool = False
    years: bool = False
    counts_rows: bool = False
    mixed: bool = False
    """More of its decimals are outside the scale of scores than a column of scores has by mistake."""


def read_columns(matrix: Matrix) -> list[Column]:
    """Return the columns of a table, each with what its head and its cells agree that it holds."""
    columns = []
    for at, path in enumerate(matrix.paths()):
        words = combine([read_head_words(text.chars.replace("\n", " ")) for text in path])
        head = path[-1] if path else NOTHING
        cells = judge_cells([row[at] for row in matrix.body[:_SAMPLE]])
        holds = _role(words, cells, head.chars)
        places = _levels(head.chars) if cells.content == "text" else ()
        whole = cells.whole and cells.least < _MAXIMUM and holds in SCORES
        refused = cells.mixed and holds in SCORES
        column = Column(at, holds, words, head, words.year, words.offset, whole=whole, refused=refused)
        columns.append(replace(column, places=places))
    return _with_own_numbers(columns)


def _levels(head: str) -> tuple[str, ...]:
    """Return the levels of places that a head names side by side, such as "อำเภอ / จังหวัด"; empty for all others."""
    levels = [read_head_words(part).holds for part in head.split("/")]
    return tuple(one for one in levels if one in PLACES) if len(levels) > 1 and set(levels) <= PLACES else ()


def combine(levels: Sequence[HeadWords]) -> HeadWords:
    """Return what a head of several lines announces; the lower lines are more specific."""
    found = HeadWords()
    for one in levels:
        unit = one.unit or ("points" if one.number in (30, 40) and found.instrument else None)
        holds = one.holds
        if found.holds in ("instrument_score", "indicator_score") and holds in (
            "overall",
            "result",
            "year_only",
            None,
        ):
            holds = found.holds  # IIT, and below it: score
        if found.holds in ("count", "target", "change"):
            holds = found.holds  # number of respondents, and below it: IIT
        if holds in ("year_only", None) and found.holds:
            holds = found.holds
        found = HeadWords(
            holds,
            one.indicator or found.indicator,
            one.instrument or found.instrument,
            unit or found.unit,
            one.part or found.part,
            one.year or found.year,
            one.offset or found.offset,
            numbered=one.numbered if one.indicator else found.numbered,
            number=one.number or found.number,
        )
    return found


def judge_cells(slots: Sequence[Slot]) -> Cells:
    """Return what the cells of a column hold."""
    filled = [slot for slot in slots if slot.chars and not slot.across]
    if not filled:
        return Cells("empty")
    figures = [figure for slot in filled if (figure := read_figure(slot.chars))]
    grades = sum(only_grade(slot.chars) for slot in filled) if len(figures) < len(filled) else 0
    if len(figures) >= _MOST * len(filled):
        values = [figure.value for figure in figures]
        whole = all(figure.decimals == 0 for figure in figures)
        rising = whole and all(0 <= b - a <= 1 or b == 1 for a, b in pairwise(values))
        inside = [value for value in values if 0 <= value <= _MAXIMUM]
        mistyped = not whole and _are_mistyped(len(values) - len(inside), len(values))
        range_ = inside if mistyped else values
        return Cells(
            "number",
            min(range_),
            max(range_),
            whole,
            sum(bool(figure.sign) for figure in figures) > 0.2 * len(figures),
            whole and all(value in _YEARS for value in values),
            rising and values[0] == 1,
            mixed=not whole and not mistyped and len(inside) >= _LEAST_INSIDE * len(values),
        )
    if all(MARKER.fullmatch(slot.chars) for slot in filled):
        return Cells("number", whole=True, counts_rows=True)
    if all(_is_year(slot.chars) for slot in filled):
        return Cells("number", whole=True, years=True)
    return Cells("grade" if grades >= _MOST * len(filled) else "text")


def _are_mistyped(outside: int, count: int) -> bool:
    """Return whether decimals outside the scale of scores are so few that they do not make a column another one's."""
    if outside > _MOST_MISTYPED or outside > _SHARE_OF_FEW * count:
        return False
    return outside <= max(1, _SHARE_MISTYPED * count)


def _is_year(chars: str) -> bool:
    """Return whether a label is that of a year, or of its target."""
    words = read_head_words(chars)
    return words.year is not None and words.holds in ("year_only", "target")


def _role(words: HeadWords, cells: Cells, head: str) -> str | None:
    """Return what a column holds, None if its head and its cells do not agree."""
    holds = words.holds
    match cells.content:
        case "empty":
            return None
        case "grade":
            return "grade" if holds in ("grade", "result", "overall", "year_only", None) else None
        case "text":
            kind = holds is None and head and full_kind(head.replace("\n", ""))
            return holds if holds in NAMES else "agency" if holds == "count" or kind else "text"
    return _number_role(holds, cells)


def _number_role(holds: str | None, cells: Cells) -> str | None:
    if cells.years:
        return "year"
    if cells.signed and holds not in ("instrument_score", "indicator_score"):
        return "change"
    if holds in ("change", "count", "share", "target", "other", "rank", "agencies"):
        return holds
    if holds == "number" or (cells.counts_rows and holds is None):
        return "number"
    if holds == "agency" and cells.whole:
        return "agencies" if cells.most <= _AGENCIES else "other"
    if cells.mixed and holds in ("overall", "instrument_score", "indicator_score"):
        return holds  # what the head says, in doubt
    in_range = cells.least >= 0 and cells.most <= 100
    if holds in ("overall", "result", "year_only"):
        return "overall" if in_range and not (cells.whole and cells.most < 30) else None
    if holds in ("instrument_score", "indicator_score"):
        return holds if in_range else None
    return None


def _with_own_numbers(columns: list[Column]) -> list[Column]:
    """Name the indicators of columns whose heads are numbers: 1 to 10, or counted from 1 below each instrument."""
    found = list(columns)
    numbered = [
        column
        for column in columns
        if (column.words.number or column.words.numbered) and column.holds not in ("number", "rank", "year")
    ]
    numbers = [column.words.number or column.words.indicator or 0 for column in numbered]
    instruments = framework(None).instruments
    own = [
        no
        for code, one in instruments.items()
        for no in range(1, len(one.indicators) + 1)
        if any(column.words.instrument == code for column in numbered)
    ]
    total = sum(len(one.indicators) for one in instruments.values())
    if numbers == list(range(1, total + 1)) or (numbered and numbers == own and len(set(own)) < len(own)):
        actual = [no for one in instruments.values() for no in one.indicators]
        for column, no in zip(numbered, actual, strict=False):
            words = replace(column.words, holds="indicator_score", indicator=no, numbered=True)
            found[column.at] = replace(column, holds="indicator_score", words=words)
    elif numbered:
        for column in numbered:
            inside = instruments.get(column.words.instrument or "")
            no = column.words.indicator or column.words.number or 0
            if inside and no not in inside.indicators and no <= len(inside.indicators):
                no = inside.indicators[no - 1]
            if inside and no in inside.indicators:
                words = replace(column.words, holds="indicator_score", indicator=no, numbered=True)
                found[column.at] = replace(column, holds="indicator_score", words=words)
    return found
