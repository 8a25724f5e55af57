"""Column heads: the role, year and indicator that a table header states for each column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from thaita.models.finding_kinds import FindingKind
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.counts import is_count_head
from thaita.normalize.date_forms import find_dates
from thaita.normalize.date_years import find_years
from thaita.normalize.frameworks import every_indicator
from thaita.normalize.headings import is_phrase, likely_heading, match_heading
from thaita.normalize.indicators import find_instrument, match_indicator
from thaita.normalize.match_key import fold
from thaita.normalize.statuses import State, parse_status

EMPTY_TEXT = SourceText("", ())
_LIKELY = 0.6
"""Least probability of the role of a column head of unknown words."""
_SURE = 0.85
"""The same for a cell of which nothing else says that it is a head."""
_ONCE = frozenset(
    {
        Role.NUMBER,
        Role.INDICATOR,
        Role.TITLE,
        Role.STEPS,
        Role.OWNER,
        Role.PERIOD,
        Role.STATUS,
        Role.SCORE,
        Role.GRADE,
    }
)
"""Roles that one column of a table has."""
_IN_HEADER = 3.0
"""How much it says for a heading that a cell is in a header row, as a difference in log odds."""
_YEAR = re.compile(r"(?:ปี|พ\.?ศ\.?|ปีงบประมาณ|ประจำ|fy|\(|\))*((?:25)\d\d)\)?")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_ANY_YEAR = re.compile(r"(?<!\d)(25[4-9]\d)(?!\d)")
_BY_NUMBER = re.compile(r"(?:ตัวชี้วัดที่|ตัวชี้วัด|ตชว\.?|kpi)([1-9][0-9]?)")
_SHORT_YEAR = re.compile(r"(?:คะแนน)?(?:ปี|พ\.?ศ\.?|ปีงบประมาณ)+'?[4-9]\d")
_QUARTER = re.compile(r"(?:ไตรมาส(?:ที่)?|q)([1-4])(?:/?25\d\d)?")
_SCORE = re.compile(r"(?:^|\D)(?:100|\d{1,2})(?:[.]\d+)?(?:$|\D)")
_OF_FIGURES = frozenset(
    {Role.SCORE, Role.OTHER_SCORE, Role.INDICATOR_SCORE, Role.INSTRUMENT_SCORE, Role.TOTAL}
)
_COLUMN_NUMBER = re.compile(r"[(]?\d{1,2}[)]?")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one column.

    `role` is None for a head that is not known. `kind` is the kind of finding, `year` the year (B.E.) that the
    head names, `indicator_no` the indicator whose scores the column holds (`by_number`: no name says so).
    `months` are the first and last month (1-12) of a column of a chart of months or quarters, and `label` its own
    line of the head. `status` is the state of a measure that a mark in the column gives. `likely`: the words are not
    known, and the role is inferred from them.
    """

    role: Role | None
    kind: FindingKind | None = None
    year: int | None = None
    indicator_no: int | None = None
    text: SourceText = EMPTY_TEXT
    by_number: bool = False
    months: tuple[int, int] | None = None
    label: SourceText = EMPTY_TEXT
    status: State | None = None
    likely: bool = False


def read_head(text: SourceText) -> Head | None:
    """Return the head that a header cell states; None if it is not a known head.

    >>> read_head(SourceText.at("คะแนน ปี ๒๕๖๗", 0)).year
    2567
    """
    chars = text.chars.replace("\n", " ")
    folded = fold(chars)
    if not folded or len(folded) > 120:
        return None
    year = _year(chars, folded)
    if year is not None and (_YEAR.fullmatch(folded) or _SHORT_YEAR.fullmatch(folded)):
        return Head(Role.SCORE, year=year, text=text)
    months = _months(chars, folded)
    if months is not None:
        return Head(Role.MONTH, text=text, months=months, label=text)
    by_number = _BY_NUMBER.fullmatch(folded)
    if by_number and int(by_number[1]) in every_indicator():
        return Head(
            Role.INDICATOR_SCORE, indicator_no=int(by_number[1]), year=year, text=text, by_number=True
        )
    outside = _BRACKETS.sub("", chars)
    heading = match_heading(outside) if is_phrase(outside) else match_heading(chars) or match_heading(outside)
    if is_count_head(chars) and (heading is None or heading.role == Role.ITEM):
        return Head(Role.OTHER, text=text)
    if heading is not None:
        return Head(heading.role, heading.kind, year, text=text, likely=heading.likely)
    indicator = match_indicator(chars)
    if indicator is not None:
        return Head(Role.INDICATOR_SCORE, indicator_no=indicator.no, year=year, text=text)
    status = parse_status(chars)
    if status is not None and status.value is not None:
        return Head(Role.STATUS_TICK, status=status.value, text=text)
    if len(folded) < 8 and find_instrument(chars) is not None:
        return Head(Role.INSTRUMENT_SCORE, year=year, text=text)
    return None


def likely_head(text: SourceText) -> Head:
    """Return the head of a cell of a header row whose words are not known; its role is None if none is likely."""
    chars = text.chars.replace("\n", " ")
    heading = likely_heading(_BRACKETS.sub("", chars), _LIKELY, _IN_HEADER)
    if heading is None or heading.role == Role.NARRATIVE:
        return Head(None, text=text)
    return Head(heading.role, heading.kind, _year(chars, fold(chars)), text=text, likely=True)


def surely_likely_head(text: SourceText) -> Head | None:
    """Return the head of a cell of unknown words that are a head's wherever they stand; None for all other cells."""
    chars = text.chars.replace("\n", " ")
    heading = likely_heading(_BRACKETS.sub("", chars), _SURE)
    if heading is None or heading.role == Role.NARRATIVE:
        return None
    return Head(heading.role, heading.kind, text=text, likely=True)


def without_repeated_roles(heads: list[Head]) -> tuple[Head, ...]:
    """Return the heads of a header; a role that a row has once is taken from likely heads if a known one has it.

    Of two likely heads with such a role, the first keeps it.
    """
    taken = {head.role for head in heads if head.role in _ONCE and not head.likely}
    found = []
    for head in heads:
        if head.likely and head.role in _ONCE:
            if head.role in taken:
                found.append(Head(None, text=head.text))
                continue
            taken.add(head.role)
        found.append(head)
    return tuple(found)


def _months(chars: str, folded: str) -> tuple[int, int] | None:
    """Return the first and last month (1-12) of a head that only names a month or a fiscal quarter."""
    quarter = _QUARTER.fullmatch(folded)
    if quarter:
        number = int(quarter[1])
        return (number * 3 + 6) % 12 + 1, (number * 3 + 8) % 12 + 1
    dates = find_dates(chars)
    if len(dates) != 1 or dates[0].day is not None or dates[0].month is None or dates[0].doubt:
        return None
    return (dates[0].month,) * 2 if len(folded) < 12 or dates[0].end - dates[0].start == len(chars) else None


def _year(chars: str, folded: str) -> int | None:
    years = {int(year) for year in _ANY_YEAR.findall(folded)}
    years |= {year.value_be for year in find_years(chars) if year.kind in ("plain", "fiscal", "ce")}
    return years.pop() if len(years) == 1 else None


def borne_out(head: Head, cells: Iterable[str]) -> Head:
    """Return a head; its role is OTHER if its words only make a score likely and no cell below it holds a figure."""
    if not head.likely or head.role not in _OF_FIGURES:
        return head
    texts = [fold(cell) for cell in cells if cell]
    shown = not texts or any(_SCORE.search(text) for text in texts)
    return head if shown else replace(head, role=Role.OTHER)


def is_column_number_row(texts: list[str]) -> bool:
    """Return whether a row only numbers the columns: (1) (2) (3)."""
    shown = [fold(text) for text in texts if text.strip()]
    numbers = [int(re.sub(r"\D", "", text)) for text in shown if _COLUMN_NUMBER.fullmatch(text)]
    return len(shown) > 1 and numbers == list(range(1, len(shown) + 1))


def combine_heads(upper: Head | None, lower: Head | None) -> Head | None:
    """Return the head of a two-line header; the lower line is more specific and takes precedence."""
    if upper is None or lower is None:
        return lower or upper
    text = SourceText.join((upper.text, lower.text), " ")
    status = parse_status(lower.text.chars) if upper.role is Role.STATUS else None
    if status is not None and status.value is not None:
        return Head(Role.STATUS_TICK, status=status.value, text=text)
    exact, general = (upper, lower) if lower.role is None else (lower, upper)
    if exact.role == Role.SCORE and general.role in (Role.OTHER_SCORE, Role.PERIOD):
        exact = general if general.role == Role.OTHER_SCORE else exact
    year = exact.year or general.year
    return replace(exact, year=year, text=text)
