"""Single dates and months as Thai agencies write them (Buddhist Era), with their doubts.

Month names and the words around dates are listed in `data/months.csv`.
"""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from thaita.normalize.match_key import in_arabic
from thaita.normalize.memo import per_document

FIRST_YEAR, LAST_YEAR = 2540, 2599
"""The Buddhist Era years accepted as a year: ITA reports mention others only for old acts."""

DASH = r"(?:-|–|—|−|~|จนถึง|ถึง)"
BE = r"พ\s?\.?\s?ศ\s?\.?"
CE = r"ค\s?\.?\s?ศ\s?\.?"


class NoDateError(ValueError):
    """The text contains no date."""


_DIGIT = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True)
class Date:
    """A date as written: `year` is in the Buddhist Era, and parts that are not written are None.

    `first_day` is the start of a range within one month ("๑ - ๓๑ ม.ค. ๒๕๖๘"). `doubt`: `month_fuzzy`,
    `month_unclear` (`month` is None), `year_unclear`, `day_unclear` ("๑.มกราคม": a day or an item
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
        """Return the first and the last day, or None if the date is incomplete or impossible."""
        if self.month is None or self.year is None:
            return None, None
        year, length = self.year - 543, monthrange(self.year - 543, self.month)[1]
        last = length if self.day is None else self.day
        first = self.first_day or (1 if self.day is None else self.day)
        return (
            date(year, self.month, first) if 1 <= first <= length else None,
            date(year, self.month, last) if 1 <= last <= length else None,
        )


@cache
def date_words(kind: str) -> tuple[tuple[str, str], ...]:
    """Return the (written form, value) rows of one kind in `data/months.csv`, longest first."""
    with files("thaita.normalize.data").joinpath("months.csv").open(encoding="utf-8") as source:
        rows = [(row["written"], row["value"]) for row in csv.DictReader(source) if row["kind"] == kind]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@cache
def any_word(kind: str) -> str:
    """Return a regular expression for the words of one kind in `data/months.csv`."""
    return "(?:" + "|".join(re.escape(word) for word, _ in date_words(kind)) + ")"


def _month_pattern() -> str:
    full = [word for word, _ in date_words("month") if "." not in word]
    short = []
    for word, _ in date_words("month"):
        if "." in word:
            first, second = word.rstrip(".").split(".")
            # The last dot is often lost; a third letter with a dot is another abbreviation (ก.พ.ร.).
            tail = rf"{second}(?:\s?\.(?!(?!{BE})[ก-ฮ]\.)|(?![ก-๎.]))"
            # Without a dot the letters are a month only before a year.
            bare = rf"(?<![ก-๎]{first}){second}(?=\s?(?:[4-9]\d|25\d\d|20\d\d)(?!\d))"
            short.append(rf"(?<![ก-ฮ]\.){first}(?:\s?\.\s?{tail}|{second}\.(?![ก-ฮ]\.)|{bare})")
    return "(?:" + "|".join([*full, *short]) + ")"


@cache
def _date_pattern(*, fuzzy: bool) -> re.Pattern[str]:
    exact = _month_pattern()
    month = r"(?<![ก-๎.])[เ]?[ก-ฮ][ัิีึืํ]?\s?\.\s?[ก-ฮ]\s?\.?(?![ก-๎])|[ก-๎]{5,12}" if fuzzy else exact
    is_day = rf"\s*(?:{DASH}\s*\d{{1,2}}\s*)?(?:เดือน\s*)?{exact}"
    short_year = rf"[4-9]\d(?![\d/])|\d{{2,3}}(?![\d/])(?!{is_day})"
    return re.compile(
        rf"(?:(?<![\d.,/])(?P<first>\d{{1,2}})\s*{DASH}\s*)?(?:(?<![\d.,/])(?P<day>\d{{1,2}})(?P<dot>\.)?\s*)?(?:เดือน\s*)?"
        rf"(?P<month>{month})(?:[,-]?\s*+(?P<era>{BE}|{CE}|ปี\s*+(?:{BE})?)?\s*+(?P<year>\d{{4}}(?!\d)|{short_year}))?"
        r"|(?<![\d/])(?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})\s?/\s?(?P<y>\d{4}|\d\d)(?!\d)"
        r"|(?<![\d/.,-])(?P<d2>\d{1,2})(?P<sep>[-.])(?P<m2>\d{1,2})(?P=sep)(?P<y2>\d{4})(?![\d.-])"
        r"|(?<![\d/.,-])(?P<d3>\d{1,2})-(?P<m3>\d{1,2})-(?P<y3>[4-9]\d)(?![\d.-])"
        r"|(?<![\d/.,-])(?P<y4>2\d{3})(?P<sep4>[-/.])(?P<m4>\d{1,2})(?P=sep4)(?P<d4>\d{1,2})(?![\d.-])"
    )


def _fuzzy_month(written: str) -> tuple[int | None, bool]:
    """Return the month for a misread name if only one is similar, and whether any is similar."""
    from rapidfuzz.distance import Levenshtein

    short = "." in written
    name = re.sub(r"\s", "", written).rstrip(".") + ("." if short else "")
    if re.fullmatch(rf"{BE}|{CE}", name):
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


def be_year(digits: str) -> int | None:
    """Return the Buddhist Era year for two or four digits; None outside the accepted years."""
    value = int(digits)
    value += 2500 if len(digits) == 2 else 543 if len(digits) == 4 and value < 2400 else 0
    return value if FIRST_YEAR <= value <= LAST_YEAR else None


def _days(match: re.Match[str]) -> tuple[int | None, int | None, int]:
    """Return the first and the last day as written, and the offset at which the date starts."""
    first, day = (int(match[group]) if match[group] else None for group in ("first", "day"))
    month_at = match.start("month")
    if first is not None and day is None:
        # "1-ม.ค.-68" is a day; in "1 - ม.ค. 68" the number belongs to something else.
        glued = month_at == match.end("first") + 1
        return (None, first, match.start()) if glued else (None, None, month_at)
    if day is not None and re.search(rf"{any_word('turn')}(?:ที่)?\s*$", match.string[: match.start()]):
        return None, None, month_at
    return first, day, match.start()


def _month(match: re.Match[str], *, fuzzy: bool) -> tuple[int | None, tuple[str, ...]] | None:
    """Return the month and its doubts; None if the word is not a month."""
    if not fuzzy:
        name = re.sub(r"[\s.]", "", match["month"])
        return next(int(value) for word, value in date_words("month") if word.replace(".", "") == name), ()
    alone = not (match["day"] or match["year"])
    if alone or ("." not in match["month"] and not (match["day"] and match["year"])):
        return None
    month, near = _fuzzy_month(match["month"])
    return (month, ("month_fuzzy" if month else "month_unclear",)) if near else None


def _figures(match: re.Match[str]) -> tuple[str, str, str] | None:
    """Return day, month and year of a numeric date (1/10/2567, 1-10-67, 2567-10-01); None if the month is a name."""
    for group in ("", "2", "3", "4"):
        if match[f"d{group}"]:
            return match[f"d{group}"], match[f"m{group}"], match[f"y{group}"]
    return None


def _read(match: re.Match[str], *, fuzzy: bool) -> Date | None:
    first: int | None
    day: int | None
    read: tuple[int | None, tuple[str, ...]] | None
    figures = _figures(match)
    if figures is not None:
        written, first, start = int(figures[1]), None, match.start()
        read = (written, ()) if 1 <= written <= 12 else None
        day, digits = int(figures[0]), figures[2]
    else:
        read, digits = _month(match, fuzzy=fuzzy), match["year"]
        first, day, start = _days(match)
    if read is None:
        return None
    month, year = read[0], be_year(digits) if digits else None
    longest = 31 if month is None else monthrange((year or 2543) - 543, month)[1]
    codes = {
        "year_unclear": digits and year is None,
        "day_unclear": match["dot"] and day,
        "impossible_date": any(d is not None and not 1 <= d <= longest for d in (first, day))
        or (first or 0) > (day or 99),
    }
    doubt = (*read[1], *(code for code, holds in codes.items() if holds))
    return Date(day, month, year, start, match.end(), doubt, first)


def find_dates(text: str) -> list[Date]:
    """Return every date or month in the text, in order, with its doubts.

    >>> [(d.day, d.month, d.year) for d in find_dates("๑ ต.ค.๖๕ – ๓๐ ก.ย ๖๖")]
    [(1, 10, 2565), (30, 9, 2566)]
    """
    return list(_find_dates(text))


@per_document
def _find_dates(text: str) -> tuple[Date, ...]:
    """Find the dates. Cached: the searches for numbers, years and list markers need the dates of the same text."""
    arabic = in_arabic(text)
    found = [d for m in _date_pattern(fuzzy=False).finditer(arabic) if (d := _read(m, fuzzy=False))]
    if not _DIGIT.search(arabic):
        return tuple(found)  # accept a misread month only next to a day or a year
    rest = list(arabic)
    for known in found:
        rest[known.start : known.end] = "|" * (known.end - known.start)
    misread = _date_pattern(fuzzy=True).finditer("".join(rest))
    found += [d for m in misread if m["month"] and (d := _read(m, fuzzy=True))]
    return tuple(sorted(found, key=lambda d: d.start))


_MONTH_FIGURE = r"(?<![\d/.,])(0?[1-9]|1[0-2])\s?/\s?(25\d\d|20\d\d|[4-9]\d)(?![\d/])"
_MONTH_RANGE = re.compile(rf"{_MONTH_FIGURE}\s*{DASH}\s*{_MONTH_FIGURE}")
_ONE_MONTH = re.compile(r"(?<![\d/.,])(0[1-9]|1[0-2]|[5-9])\s?/\s?(25\d\d)(?![\d/])")


def find_month_figures(arabic: str) -> list[Date]:
    """Return the first and the last month of a range in figures (10/2567 - 03/2568), or a single month (09/2568).

    A text that counts something by year ("ครั้งที่ 5/2568") has none.

    >>> [(d.month, d.year) for d in find_month_figures("10/2567 – 03/2568")]
    [(10, 2567), (3, 2568)]
    """
    match = _MONTH_RANGE.search(arabic) or _ONE_MONTH.search(arabic)
    if match is None or re.search(r"ที่\s*$", arabic[: match.start()]):
        return []
    pairs = [(1, 2), (3, 4)] if match.re is _MONTH_RANGE else [(1, 2)]
    years = [be_year(match[year]) for _, year in pairs]
    quarters = len(pairs) == 2 and all(len(match[m]) == 1 and int(match[m]) <= 4 for m, _ in pairs)
    doubt = ("month_unclear",) if quarters else ()
    return [
        Date(None, int(match[month]), year, match.start(month), match.end(digits), doubt)
        for (month, digits), year in zip(pairs, years, strict=True)
        if year is not None
    ]


def parse_date(text: str) -> Date:
    """Return the date in the text; raise `NoDateError` if there is none.

    >>> parse_date("เมื่อวันที่ ๓๐ ธันวาคม ๒๕๖๔").bounds()[0].isoformat()
    '2021-12-30'
    """
    found = find_dates(text)
    if not found:
        raise NoDateError(f"no date in {text!r}")
    several = ("several_dates",) if len(found) > 1 else ()
    return replace(found[0], doubt=(*found[0].doubt, *several))
