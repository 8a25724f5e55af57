"""Periods as Thai agencies write them, converted to ISO dates; also single dates and years.

Years are written in the Buddhist Era (B.E. = C.E. + 543), often with two digits. A fiscal year runs from
1 October of the previous year to 30 September (Budget Procedures Act B.E. 2561, section 4): fiscal year
2569 is 2025-10-01 to 2026-09-30.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise

from thaita.normalize.date_forms import (
    BE,
    DASH,
    Date,
    NoDateError,
    any_word,
    be_year,
    date_words,
    find_dates,
    find_month_figures,
    parse_date,
)
from thaita.normalize.date_years import Year, find_years
from thaita.normalize.match_key import in_arabic

__all__ = [
    "Date",
    "NoDateError",
    "Period",
    "Year",
    "any_word",
    "find_dates",
    "find_years",
    "parse_date",
    "parse_period",
]


@dataclass(frozen=True, slots=True)
class Period:
    """A period: its first and last day, None if the text does not state it.

    `span` is its range in the given text. `doubt`: the doubts of `Date`, and `no_date`,
    `year_missing`, `year_from_context`, `year_inferred`, `fiscal_assumed` (a plain year read as a fiscal
    year), `part_of_year` (the whole year stands for a part that could not be read), `end_before_start`, `quarter_conflict`, `fiscal_year_conflict`; for a chart of months, `months_unread`
    (no mark under any month can be read).
    """

    start: date | None
    end: date | None
    span: tuple[int, int]
    doubt: tuple[str, ...] = ()


def _fiscal_bounds(first: int, last: int, quarters: tuple[int, int] = (1, 4)) -> tuple[date, date]:
    """Return the first day of one quarter of a fiscal year (B.E.) and the last day of another."""
    start, end = (quarters[0] * 3 + 6) % 12 + 1, (quarters[1] * 3 + 8) % 12 + 1
    first_ce, last_ce = first - 543 - (start >= 10), last - 543 - (end >= 10)
    return date(first_ce, start, 1), date(last_ce, end, monthrange(last_ce, end)[1])


def _with_years(dates: list[Date], fiscal: int | None) -> tuple[list[Date], list[str]]:
    """Complete dates without a year from a neighboring date, or from the fiscal year."""
    made, doubt = list(dates), []
    for i in range(len(made) - 2, -1, -1):
        here, after = made[i], made[i + 1]
        if (
            here.year is None
            and here.month
            and after.year
            and after.month
            and "year_unclear" not in here.doubt
        ):
            later = (here.month, here.day or 1) > (after.month, after.day or 31)
            made[i] = replace(here, year=after.year - later)
    for i, (before, here) in enumerate(pairwise(made), 1):
        if here.year is None and here.month and before.year and before.month:
            made[i] = replace(here, year=before.year + (here.month < before.month))
            doubt.append("year_inferred")
    if fiscal and all(d.year is None and "year_unclear" not in d.doubt for d in made):
        made = [replace(d, year=fiscal - ((d.month or 1) >= 10)) for d in made]
    return made, doubt


_QUARTER = re.compile(
    rf"(?:ไตรมาส\s*(?:ที่)?|(?<![A-Za-z])Q(?=[1-4]))\s*(?P<list>[1-4](?!\d)(?:(?:\s|{DASH}|,|และ|ไตรมาส|ที่|Q)+[1-4](?![\d.]))*)"
    r"(?:\s*/\s*(?P<year>\d{4}|\d\d))?"
)


_QUARTER_OF_YEAR = re.compile(r"(?<![\d./-])(?P<quarter>[1-4])\s?/\s?(?P<year>\d{4}|[4-9]\d)(?![\d/])")


def parse_period(text: str, fiscal_year: int | None = None) -> Period:
    """Return the period stated in the text; `fiscal_year` (B.E.) is the year of the report.

    >>> period = parse_period("ไตรมาสที่ ๒- ๓ ปีงบประมาณ ๒๕๖๙")
    >>> str(period.start), str(period.end), period.doubt
    ('2026-01-01', '2026-06-30', ())
    """
    arabic = _in_figures(in_arabic(text))
    quarter = _QUARTER.search(arabic)
    dates = find_dates(text) or ([] if quarter else find_month_figures(arabic))
    years = [y for y in find_years(text) if y.kind not in ("date", "law")]
    whole = None if dates or quarter else re.search(any_word("whole_year"), arabic)
    pieces = [(d.start, d.end) for d in dates] + [(y.start, y.end) for y in years]
    pieces += [m.span() for m in (quarter, whole) if m]
    if not pieces:
        return Period(None, None, (0, 0), ("no_date",) if text.strip() else ())
    span = min(start for start, _ in pieces), max(end for _, end in pieces)
    run = [] if dates else _dated_quarters(arabic, years)
    if dates:
        start, end, doubt = _dates_period(dates, years, fiscal_year)
    elif len(run) > 1:
        (first, opens), (last, closes) = run[0], run[-1]
        start, end = (
            _fiscal_bounds(first, first, (opens, opens))[0],
            _fiscal_bounds(last, last, (closes, closes))[1],
        )
        sure = all(y.kind == "fiscal" for y in years) and years
        doubt, quarter, years = [] if sure else ["fiscal_assumed"], None, []
    else:
        start, end, doubt = _fiscal_period(quarter, years, fiscal_year)
        if quarter is None and re.search(any_word("part"), re.sub(any_word("whole_year"), "", arabic)):
            doubt.append("part_of_year")
    if len(dates) < 2:
        opens, closes = _stated_ends(arabic, span)
        start, end = start if opens else None, end if closes else None
    return Period(start, end, span, tuple(dict.fromkeys([*doubt, *_conflicts(start, end, quarter, years)])))


def _stated_ends(arabic: str, span: tuple[int, int]) -> tuple[bool, bool]:
    """Return whether the words around a date let it be the start and the end: not after "ภายใน", not before "เป็นต้นไป"."""
    between = rf"(?:สิ้น|วันที่|วัน|เดือน|ปี|งบประมาณ|{BE}|\s)*$"
    if re.search(rf"(?<!รวม){any_word('until')}{between}", arabic[: span[0]]):
        return False, True
    since = re.search(any_word("since") + between, arabic[: span[0]])
    return True, not (since or re.match(rf"\s*{any_word('onward')}", arabic[span[1] :]))


@cache
def _half() -> re.Pattern[str]:
    words = (rf"(?P<h{i}>{re.escape(w)})" for i, (w, _) in enumerate(date_words("half")))
    return re.compile("|".join(words).replace("\\ ", r"\s*"))


def _in_figures(arabic: str) -> str:
    """Return the text with quarters and halves of a year that words name written in figures, as long as before.

    >>> _in_figures("ไตรมาสแรก ปี 2568, 6 เดือนหลังของปี")
    'ไตรมาส1   ปี 2568, Q3-4       ของปี'
    """
    numbers, halves = dict(date_words("number")), [value for _, value in date_words("half")]
    spelled = re.compile(rf"(ไตรมาส\s*(?:ที่)?\s*)({any_word('number')})")
    shown = spelled.sub(lambda m: m[1] + numbers[m[2]].ljust(len(m[2])), arabic)
    quarters = {"1": "Q1-2", "2": "Q3-4"}
    return _half().sub(lambda m: quarters[halves[int(str(m.lastgroup)[1:])]].ljust(len(m[0])), shown)


def _dated_quarters(arabic: str, years: list[Year]) -> list[tuple[int, int]]:
    """Return (fiscal year, quarter) if each quarter has its own year: "๔/๒๕๖๗ – ไตรมาส ๑/๒๕๖๘".

    Empty if any of them has no year.
    """
    matches = list(_QUARTER.finditer(arabic))
    slashed = [(be_year(m["year"]), int(m["quarter"])) for m in _QUARTER_OF_YEAR.finditer(arabic)]
    if matches and len(slashed) > 1:
        return [(year, quarter) for year, quarter in slashed if year]
    found: list[tuple[int, int]] = []
    ends = [*(match.start() for match in matches[1:]), len(arabic)]
    for match, stop in zip(matches, ends, strict=False):
        own = be_year(match["year"]) if match["year"] else None
        own = own or next((y.value_be for y in years if match.end() <= y.start < stop), None)
        if own is None:
            return []
        found.append((own, int(match["list"][-1] if match is matches[-1] else match["list"][0])))
    return found


def _dates_period(
    dates: list[Date], years: list[Year], context: int | None
) -> tuple[date | None, date | None, list[str]]:
    doubt = [code for d in dates for code in d.doubt]
    stated = next((y.value_be for y in years if y.kind == "fiscal"), None)
    made, inferred = _with_years(dates, stated or context)
    doubt += inferred
    if made[0].year and all(d.year is None for d in dates) and not stated:
        doubt.append("year_from_context")
    if any(d.year is None and "year_unclear" not in d.doubt for d in made):
        doubt.append("year_missing")
    bounds = [d.bounds() for d in made]
    for d, days in zip(made, bounds, strict=True):
        if d.month and d.year and None in days:
            doubt.append("impossible_date")
    if len(made) <= 2:
        return bounds[0][0], bounds[-1][1], doubt
    firsts, lasts = [b[0] for b in bounds if b[0]], [b[1] for b in bounds if b[1]]
    return min(firsts, default=None), max(lasts, default=None), [*doubt, "several_dates"]


def _fiscal_period(
    quarter: re.Match[str] | None, years: list[Year], context: int | None
) -> tuple[date | None, date | None, list[str]]:
    doubt: list[str] = []
    slash = be_year(quarter["year"]) if quarter and quarter["year"] else None
    stated = [y.value_be for y in years if y.kind == "fiscal"]
    values = stated or ([slash] if slash else [y.value_be for y in years])
    if not values and context:
        values = [context]
        doubt.append("year_from_context")
    elif not values:
        return None, None, ["year_missing"]
    elif not stated:
        doubt.append("fiscal_assumed")
    numbers = [int(n) for n in re.findall(r"\d", quarter["list"])] if quarter else [1, 4]
    if quarter and not re.search(DASH, quarter["list"]) and max(numbers) - min(numbers) >= len(numbers):
        doubt.append("several_dates")
    first, last = _fiscal_bounds(min(values), max(values), (min(numbers), max(numbers)))
    return first, last, doubt


def _conflicts(
    start: date | None, end: date | None, quarter: re.Match[str] | None, years: list[Year]
) -> list[str]:
    """Return the contradictions between the period and the rest of the text."""
    found: list[str] = []
    if start and end and end < start:
        found.append("end_before_start")
    if quarter:
        numbers = [int(n) for n in re.findall(r"\d", quarter["list"])]
        meant = ((start, min(numbers)), (end, max(numbers)))
        if any(day and (day.month + 2) % 12 // 3 + 1 != number for day, number in meant):
            found.append("quarter_conflict")
    stated = [y.value_be for y in years if y.kind == "fiscal"]
    if stated:
        first, last = _fiscal_bounds(min(stated), max(stated))
        if any(day and not first <= day <= last for day in (start, end)):
            found.append("fiscal_year_conflict")
    return found
