"""Years in reports, in the Buddhist Era, classified by the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from thaita.normalize.date_forms import BE, CE, DASH, any_word, be_year, find_dates
from thaita.normalize.match_key import in_arabic
from thaita.normalize.memo import per_document


@dataclass(frozen=True, slots=True)
class Year:
    """A year in the Buddhist Era and the position of its digits.

    `kind`: `fiscal` (ปีงบประมาณ, FY), `plain` (พ.ศ., ปี), `ce` (ค.ศ.), `range` (an end of "๒๕๖๑ - ๒๕๘๐"),
    `law` (of an act), `date` (part of a date), `bare` (four digits without a word before them). `doubt`:
    `era_conflict` (the stated era does not fit the number).
    """

    value_be: int
    start: int
    end: int
    kind: str
    doubt: tuple[str, ...] = ()


@cache
def _year_pattern() -> re.Pattern[str]:
    fiscal = (
        rf"ปี\s*งบ(?:ประมาณ|ฯ)?\.?\s*+(?:รายจ่าย\s*+)?\(?(?:{BE}|{CE})?\)?|งบประมาณ\s*(?:รายจ่าย\s*)?{BE}|FY\.?"
    )
    word = rf"(?P<fiscal>{fiscal})|(?P<ce>(?:ปี\s*)?{CE})|(?P<plain>(?:ปี\s*)?{BE}|(?<!\d)(?<!\d )ปี)"
    ends = rf"(?!\d)(?![.,]\d)(?!\s*(?:%|{any_word('unit')}))"
    second = rf"(?:\s*(?P<sep>/|{DASH})\s*+(?:{BE})?\s*+(?P<second>\d{{4}}|\d\d)(?!\d))?"
    bare = r"(?<![\d.,/A-Za-z])(?P<bare>25[4-9]\d|20[0-4]\d)(?![\d%])(?![.,]\d)"
    return re.compile(rf"(?:{word})\s*+(?P<year>\d{{4}}(?!\d)|\d\d{ends}){second}|{bare}", re.I)


def _is_law(text: str, match: re.Match[str]) -> bool:
    if not re.match(r"พ", match[0]):
        return False
    named = rf"{any_word('law')}(?:[^\d\n/]|\n(?!\s*\n)|(?<=ที่)\s?\d+|(?<=ที่ )\d+){{0,120}}\(?$"
    return bool(re.search(named, text[max(0, match.start() - 150) : match.start()]))


def find_years(text: str) -> list[Year]:
    """Return every year in the text, in order, in the Buddhist Era.

    >>> [(y.value_be, y.kind) for y in find_years("ปีงบประมาณ พ.ศ. ๒๕๖๘ (FY2021, ปี ๖๖/๖๗)")]
    [(2568, 'fiscal'), (2564, 'fiscal'), (2566, 'plain'), (2567, 'plain')]
    """
    return list(_find_years(text))


@per_document
def _find_years(text: str) -> tuple[Year, ...]:
    arabic = in_arabic(text)
    dates = find_dates(text)
    found: list[Year] = []
    for match in _year_pattern().finditer(arabic):
        kind = match.lastgroup if match["bare"] else next(k for k in ("fiscal", "ce", "plain") if match[k])
        kind = "law" if kind == "plain" and _is_law(arabic, match) else kind or "bare"
        second = match["second"] and be_year(match["second"])
        if second and match["sep"] != "/" and kind != "fiscal":
            kind = "range"
        for group in ("bare", "year", "second"):
            value = be_year(match[group]) if match[group] else None
            if value is None or (kind == "law" and group == "second"):
                continue
            start, end = match.span(group)
            in_date = any(d.start <= start and end <= d.end for d in dates)
            era = "ค" if re.search(CE, match[0]) else "พ" if re.search(BE, match[0]) else ""
            wrong = len(match[group]) == 4 and era == ("ค" if int(match[group]) > 2400 else "พ")
            doubt = ("era_conflict",) if wrong else ()
            found.append(Year(value, start, end, "date" if in_date and kind != "fiscal" else kind, doubt))
    return tuple(found)
