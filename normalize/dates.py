"""Dates, years and periods as Thai agencies write them, read into ISO dates.

Years are written in the Buddhist Era (B.E. = C.E. + 543), often with two digits. A fiscal year runs from
1 October of the year before to 30 September (Budget Procedures Act B.E. 2561, section 4), so that fiscal
year 2569 is 2025-10-01 to 2026-09-30. Month names and the words around dates stand in `data/months.csv`.
"""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise

from thaita.normalize.fold import ARABIC

FIRST_YEAR, LAST_YEAR = 2540, 2599
"""The Buddhist Era years that count as a year: no ITA report speaks of others, but for old acts."""

_DASH = r"(?:-|–|—|−|~|จนถึง|ถึง)"
_BE = r"พ\s?\.?\s?ศ\s?\.?"
_CE = r"ค\s?\.?\s?ศ\s?\.?"


class NoDateError(ValueError):
    """A text that holds no date."""


@dataclass(frozen=True, slots=True)
class Date:
    """A date as written: `year` in the Buddhist Era, `None` for each part that is not written.

    `first_day` opens a range within one month ("๑ - ๓๑ ม.ค. ๒๕๖๘"). `doubt`: `month_fuzzy`,
    `month_unclear` (then `month` is None), `year_unclear`, `day_unclear` ("๑.มกราคม": a day or an item's
    number), `impossible_date`, `several_dates`.
    """

    day: int | None
    month: int | None
    year: int | None
    start: int
    end: int
    doubt: tuple[str, ...] = ()
    first_day: int | None = None

    def bounds(self) -> tuple[date | None, date | None]:
        """Return the first and the last day meant, `None` where incomplete or impossible."""
        if self.month is None or self.year is None:
            return None, None
        year, length = self.year - 543, monthrange(self.year - 543, self.month)[1]
        last = length if self.day is None else self.day
        first = self.first_day or (1 if self.day is None else self.day)
        return (
            date(year, self.month, first) if 1 <= first <= length else None,
            date(year, self.month, last) if 1 <= last <= length else None,
        )


@dataclass(frozen=True, slots=True)
class Year:
    """A year in the Buddhist Era and where its digits stand.

    `kind`: `fiscal` (ปีงบประมาณ, FY), `plain` (พ.ศ., ปี), `ce` (ค.ศ.), `range` (an end of "๒๕๖๑ - ๒๕๘๐"),
    `law` (of an act), `date` (part of a date), `bare` (four digits with no word before them). `doubt`:
    `era_conflict` (the era that is written does not fit the number).
    """

    value_be: int
    start: int
    end: int
    kind: str
    doubt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """A period in ISO terms: its first and last day, each `None` where the text does not say.

    `span` is where it stands in the given text. `doubt`: those of `Date`, and `no_date`,
    `year_missing`, `year_from_context`, `year_inferred`, `fiscal_assumed` (a plain year read as a fiscal
    year), `end_before_start`, `quarter_conflict`, `fiscal_year_conflict`.
    """

    start: date | None
    end: date | None
    span: tuple[int, int]
    doubt: tuple[str, ...] = ()


@cache
def date_words(kind: str) -> tuple[tuple[str, str], ...]:
    """Return the (written, value) rows of one kind in `data/months.csv`, longest first."""
    with files("thaita.normalize.data").joinpath("months.csv").open(encoding="utf-8") as source:
        rows = [(row["written"], row["value"]) for row in csv.DictReader(source) if row["kind"] == kind]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def any_word(kind: str) -> str:
    """Return a regular expression that matches any word of one kind in `data/months.csv`."""
    return "(?:" + "|".join(re.escape(word) for word, _ in date_words(kind)) + ")"


def _month_pattern() -> str:
    full = [word for word, _ in date_words("month") if "." not in word]
    short = []
    for word, _ in date_words("month"):
        if "." in word:
            first, second = word.rstrip(".").split(".")
            # The last dot is often lost; a third letter with a dot is another abbreviation (ก.พ.ร.).
            tail = rf"{second}(?:\s?\.(?!(?!{_BE})[ก-ฮ]\.)|(?![ก-๎.]))"
            short.append(rf"(?<![ก-ฮ]\.){first}(?:\s?\.\s?{tail}|{second}\.(?![ก-ฮ]\.))")
    return "(?:" + "|".join([*full, *short]) + ")"


@cache
def _date_pattern(*, fuzzy: bool) -> re.Pattern[str]:
    exact = _month_pattern()
    month = r"(?<![ก-๎.])[เ]?[ก-ฮ][ัิีึืํ]?\s?\.\s?[ก-ฮ]\s?\.?(?![ก-๎])|[ก-๎]{5,12}" if fuzzy else exact
    is_day = rf"\s*(?:{_DASH}\s*\d{{1,2}}\s*)?(?:เดือน\s*)?{exact}"
    short_year = rf"[4-9]\d(?![\d/])|\d{{2,3}}(?![\d/])(?!{is_day})"
    return re.compile(
        rf"(?:(?<![\d.,/])(?P<first>\d{{1,2}})\s*{_DASH}\s*)?(?:(?<![\d.,/])(?P<day>\d{{1,2}})(?P<dot>\.)?\s*)?(?:เดือน\s*)?"
        rf"(?P<month>{month})(?:[,-]?\s*(?P<era>{_BE}|{_CE}|ปี\s*(?:{_BE})?)?\s*(?P<year>\d{{4}}(?!\d)|{short_year}))?"
        r"|(?<![\d/])(?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})\s?/\s?(?P<y>\d{4}|\d\d)(?!\d)"
    )


def _fuzzy_month(written: str) -> tuple[int | None, bool]:
    """Return the month that a misread name means if only one is near, and whether any is near."""
    from rapidfuzz.distance import Levenshtein

    short = "." in written
    name = re.sub(r"\s", "", written).rstrip(".") + ("." if short else "")
    if re.fullmatch(rf"{_BE}|{_CE}", name):
        return None, False
    allowed = 1 if short or len(name) < 8 else 2
    near: dict[int, int] = {}
    for word, value in date_words("month"):
        if ("." in word) == short:
            near[int(value)] = min(near.get(int(value), 99), Levenshtein.distance(name, word))
    ranked = sorted(near.items(), key=lambda item: item[1])
    if ranked[0][1] > allowed:
        return None, False
    return (ranked[0][0], True) if ranked[1][1] > ranked[0][1] + (0 if short else 1) else (None, True)


def _be(digits: str) -> int | None:
    value = int(digits)
    value += 2500 if len(digits) == 2 else 543 if len(digits) == 4 and value < 2400 else 0
    return value if FIRST_YEAR <= value <= LAST_YEAR else None


def _read(match: re.Match[str], *, fuzzy: bool) -> Date | None:
    doubt: list[str] = []
    if match["d"]:
        day, month, digits = int(match["d"]), int(match["m"]), match["y"]
        if not 1 <= month <= 12:
            return None
        found: int | None = month
    else:
        day, digits = int(match["day"] or 0), match["year"]
        if fuzzy:
            if not (match["day"] or digits) or ("." not in match["month"] and not (match["day"] and digits)):
                return None
            found, near = _fuzzy_month(match["month"])
            if not near:
                return None
            doubt.append("month_fuzzy" if found else "month_unclear")
        else:
            name = re.sub(r"\s", "", match["month"]).replace(".", "")
            found = next(int(value) for word, value in date_words("month") if word.replace(".", "") == name)
    year = _be(digits) if digits else None
    doubt += ["year_unclear"] * bool(digits and year is None) + ["day_unclear"] * bool(match["dot"])
    first, start = match["first"], match.start()
    if first and not match["day"]:
        # "1-ม.ค.-68" is a day; "1 - ม.ค. 68" goes on from something else.
        glued = match.start("month") == match.end("first") + 1
        day, first, start = (int(first), None, start) if glued else (0, None, match.start("month"))
    elif match["day"] and re.search(rf"{any_word('turn')}(?:ที่)?\s*$", match.string[:start]):
        day, first, start = 0, None, match.start("month")
    written = day or (match["d"] or match["day"] if start != match.start("month") else None) is not None
    first_day = int(first) if first else None
    made = Date(day if written else None, found, year, start, match.end(), tuple(doubt), first_day)
    longest = 31 if found is None else monthrange((year or 2543) - 543, found)[1]
    days = [value for value in (made.day, first_day) if value is not None]
    wrong = any(not 1 <= value <= longest for value in days) or bool(first_day and first_day > day)
    return replace(made, doubt=(*doubt, "impossible_date")) if wrong else made


def find_dates(text: str) -> list[Date]:
    """Return every date or month in the text, in order, what is doubtful about each beside it.

    >>> [(d.day, d.month, d.year) for d in find_dates("๑ ต.ค.๖๕ – ๓๐ ก.ย ๖๖")]
    [(1, 10, 2565), (30, 9, 2566)]
    """
    arabic = text.translate(ARABIC)
    found = [d for m in _date_pattern(fuzzy=False).finditer(arabic) if (d := _read(m, fuzzy=False))]
    rest = list(arabic)
    for known in found:
        rest[known.start : known.end] = "|" * (known.end - known.start)
    misread = _date_pattern(fuzzy=True).finditer("".join(rest))
    found += [d for m in misread if not m["d"] and (d := _read(m, fuzzy=True))]
    return sorted(found, key=lambda d: d.start)


def parse_date(text: str) -> Date:
    """Return the date of the text; raise `NoDateError` if it holds none.

    >>> parse_date("เมื่อวันที่ ๓๐ ธันวาคม ๒๕๖๔").bounds()[0].isoformat()
    '2021-12-30'
    """
    found = find_dates(text)
    if not found:
        raise NoDateError(f"no date in {text!r}")
    several = ("several_dates",) if len(found) > 1 else ()
    return replace(found[0], doubt=(*found[0].doubt, *several))


@cache
def _year_pattern() -> re.Pattern[str]:
    fiscal = (
        rf"ปี\s*งบ(?:ประมาณ|ฯ)?\.?\s*(?:รายจ่าย\s*)?\(?(?:{_BE}|{_CE})?\)?|งบประมาณ\s*(?:รายจ่าย\s*)?{_BE}|FY\.?"
    )
    word = rf"(?P<fiscal>{fiscal})|(?P<ce>(?:ปี\s*)?{_CE})|(?P<plain>(?:ปี\s*)?{_BE}|(?<!\d)(?<!\d )ปี)"
    ends = rf"(?!\d)(?![.,]\d)(?!\s*(?:%|{any_word('unit')}))"
    second = rf"(?:\s*(?P<sep>/|{_DASH})\s*(?:{_BE})?\s*(?P<second>\d{{4}}|\d\d)(?!\d))?"
    bare = r"(?<![\d.,/A-Za-z])(?P<bare>25[4-9]\d|20[0-4]\d)(?![\d%])(?![.,]\d)"
    return re.compile(rf"(?:{word})\s*(?P<year>\d{{4}}(?!\d)|\d\d{ends}){second}|{bare}", re.I)


def _is_law(text: str, match: re.Match[str]) -> bool:
    if not re.match(r"พ", match[0]):
        return False
    named = rf"{any_word('law')}(?:[^\d\n/]|\n(?!\s*\n)|(?<=ที่)\s?\d+|(?<=ที่ )\d+){{0,120}}\(?$"
    return bool(re.search(named, text[max(0, match.start() - 150) : match.start()]))


def find_years(text: str) -> list[Year]:
    """Return every year of the text in order, in the Buddhist Era.

    >>> [(y.value_be, y.kind) for y in find_years("ปีงบประมาณ พ.ศ. ๒๕๖๘ (FY2021, ปี ๖๖/๖๗)")]
    [(2568, 'fiscal'), (2564, 'fiscal'), (2566, 'plain'), (2567, 'plain')]
    """
    arabic = text.translate(ARABIC)
    dates = find_dates(text)
    found: list[Year] = []
    for match in _year_pattern().finditer(arabic):
        kind = match.lastgroup if match["bare"] else next(k for k in ("fiscal", "ce", "plain") if match[k])
        kind = "law" if kind == "plain" and _is_law(arabic, match) else kind or "bare"
        second = match["second"] and _be(match["second"])
        if second and match["sep"] != "/" and kind != "fiscal":
            kind = "range"
        for group in ("bare", "year", "second"):
            value = _be(match[group]) if match[group] else None
            if value is None or (kind == "law" and group == "second"):
                continue
            start, end = match.span(group)
            in_date = any(d.start <= start and end <= d.end for d in dates)
            era = "ค" if re.search(_CE, match[0]) else "พ" if re.search(_BE, match[0]) else ""
            wrong = len(match[group]) == 4 and era == ("ค" if int(match[group]) > 2400 else "พ")
            doubt = ("era_conflict",) if wrong else ()
            found.append(Year(value, start, end, "date" if in_date and kind != "fiscal" else kind, doubt))
    return found


def _fiscal_bounds(first: int, last: int, quarters: tuple[int, int] = (1, 4)) -> tuple[date, date]:
    """Return the days from one quarter of a fiscal year (B.E.) to another's end."""
    start, end = (quarters[0] * 3 + 6) % 12 + 1, (quarters[1] * 3 + 8) % 12 + 1
    first_ce, last_ce = first - 543 - (start >= 10), last - 543 - (end >= 10)
    return date(first_ce, start, 1), date(last_ce, end, monthrange(last_ce, end)[1])


def _with_years(dates: list[Date], fiscal: int | None) -> tuple[list[Date], list[str]]:
    """Give dates without a year that of their neighbour, or the one that the fiscal year gives."""
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
    rf"ไตรมาส\s*(?:ที่)?\s*(?P<list>[1-4](?!\d)(?:(?:\s|{_DASH}|,|และ|ไตรมาส|ที่)+[1-4](?![\d.]))*)"
    r"(?:\s*/\s*(?P<year>\d{4}|\d\d))?"
)


def parse_period(text: str, fiscal_year: int | None = None) -> Period:
    """Return the period that the text states; `fiscal_year` (B.E.) is what the report itself is about.

    >>> period = parse_period("ไตรมาสที่ ๒- ๓ ปีงบประมาณ ๒๕๖๙")
    >>> str(period.start), str(period.end), period.doubt
    ('2026-01-01', '2026-06-30', ())
    """
    arabic = text.translate(ARABIC)
    dates, quarter = find_dates(text), _QUARTER.search(arabic)
    years = [y for y in find_years(text) if y.kind not in ("date", "law")]
    whole = None if dates or quarter else re.search(any_word("whole_year"), arabic)
    pieces = [(d.start, d.end) for d in dates] + [(y.start, y.end) for y in years]
    pieces += [m.span() for m in (quarter, whole) if m]
    if not pieces:
        return Period(None, None, (0, 0), ("no_date",) if text.strip() else ())
    span = min(start for start, _ in pieces), max(end for _, end in pieces)
    if dates:
        start, end, doubt = _dates_period(dates, years, fiscal_year)
    else:
        start, end, doubt = _fiscal_period(quarter, years, fiscal_year)
    if len(dates) < 2:
        between = rf"(?:สิ้น|วันที่|วัน|เดือน|ปี|งบประมาณ|{_BE}|\s)*$"
        if re.search(rf"(?<!รวม){any_word('until')}{between}", arabic[: span[0]]):
            start = None
        elif re.search(any_word("since") + between, arabic[: span[0]]) or re.match(
            rf"\s*{any_word('onward')}", arabic[span[1] :]
        ):
            end = None
    return Period(start, end, span, tuple(dict.fromkeys([*doubt, *_conflicts(start, end, quarter, years)])))


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
    slash = _be(quarter["year"]) if quarter and quarter["year"] else None
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
    if quarter and not re.search(_DASH, quarter["list"]) and max(numbers) - min(numbers) >= len(numbers):
        doubt.append("several_dates")
    first, last = _fiscal_bounds(min(values), max(values), (min(numbers), max(numbers)))
    return first, last, doubt


def _conflicts(
    start: date | None, end: date | None, quarter: re.Match[str] | None, years: list[Year]
) -> list[str]:
    """Return what does not agree between the period read and what else the text says."""
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
