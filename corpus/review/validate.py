"""Validation of values entered by reviewers, and their conversion to the type of the column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from thaita.corpus.review.reviewable_fields import DECIDABLE, REQUIRED
from thaita.models.columns import Column
from thaita.models.rows import Value
from thaita.models.tables import BY_NAME
from thaita.models.verdicts import Language
from thaita.normalize.frameworks import every_indicator, every_topic
from thaita.normalize.grades import parse_grade
from thaita.normalize.items import LETTERS
from thaita.normalize.numerals import to_arabic
from thaita.normalize.place_names import place_names
from thaita.normalize.vocabulary import values_of

LONGEST = 20_000
"""Maximum length of a text in characters."""

_YEARS = range(2500, 2701)
_CE_YEARS = range(1957, 2158)


class NewValueError(ValueError):
    """A value that is not valid in its cell; `said` explains why in Thai and in English."""

    def __init__(self, thai: str, english: str) -> None:
        super().__init__(english)
        self.said: dict[Language, str] = {"th": thai, "en": english}


def column_of(table: str, name: str) -> Column:
    """Return a column that reviewers can decide on; raise NewValueError for any other."""
    if table not in DECIDABLE:
        known = ", ".join(DECIDABLE)
        raise NewValueError(
            f"ไม่มีตาราง {table} ให้แก้ ตารางที่แก้ได้: {known}", f"no table {table}: choose one of {known}"
        )
    if name not in DECIDABLE[table]:
        known = ", ".join(DECIDABLE[table])
        raise NewValueError(
            f"แก้คอลัมน์ {name} ของ {table} ไม่ได้ คอลัมน์ที่แก้ได้: {known}",
            f"{table}.{name} cannot be decided on: choose one of {known}",
        )
    return next(column for column in BY_NAME[table].columns if column.name == name)


def may_be_empty(table: str, column: str) -> bool:
    """Return whether a column of a table may be empty."""
    return column not in REQUIRED.get(table, frozenset())


def new_value(table: str, name: str, text: str) -> Value:
    """Return the text entered by a reviewer as a value of a column; Thai digits and outer spaces are accepted.

    An empty text means an empty cell. Raises NewValueError if the text is not valid.

    >>> new_value("scores", "score", " ๙๐.๐๙ ")
    Decimal('90.09')
    """
    column = column_of(table, name)
    text = text.replace("\r\n", "\n").strip()
    if not text:
        if may_be_empty(table, name):
            return None
        raise NewValueError(f"ช่อง {name} ว่างไม่ได้", f"{name} cannot be empty")
    if len(text) > LONGEST:
        raise NewValueError(f"ยาวเกิน {LONGEST:,} ตัวอักษร", f"longer than {LONGEST:,} characters")
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in text):
        raise NewValueError("มีอักขระควบคุมที่มองไม่เห็น", "it contains control characters")
    if special := _OF_COLUMN.get((table, name)) or _OF_COLUMN.get(("", name)):
        return special(text)
    if values := values_of(column):
        return _listed(text, column, values)
    return text if column.type == "string" else _OF_TYPE[column.type](text)


def _listed(text: str, column: Column, values: Sequence[str]) -> str:
    parts = [part.strip() for part in text.split("|")] if column.type == "list" else [text]
    unknown = [part for part in parts if part not in values]
    if unknown:
        known = ", ".join(values)
        raise NewValueError(f"“{unknown[0]}” ไม่ใช่ค่าที่ใช้ได้: {known}", f"{unknown[0]!r} is not one of {known}")
    return "|".join(sorted(set(parts), key=values.index))


def _whole(low: int, high: int) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        arabic = to_arabic(text)
        if not (re.fullmatch(r"[0-9]{1,4}", arabic) and low <= int(arabic) <= high):
            raise NewValueError(
                f"ต้องเป็นจำนวนเต็ม {low} ถึง {high}", f"enter a whole number from {low} to {high}"
            )
        return int(arabic)

    return read


def _year(text: str) -> Value:
    arabic = to_arabic(text).removeprefix("พ.ศ.").strip()
    if re.fullmatch(r"[0-9]{4}", arabic) and int(arabic) in _CE_YEARS:
        be = int(arabic) + 543
        raise NewValueError(
            f"ใช้ปี พ.ศ.: {arabic} คือ {be}", f"write years in the Buddhist Era: {arabic} is {be}"
        )
    return _whole(_YEARS.start, _YEARS.stop - 1)(arabic)


def _score(text: str) -> Value:
    arabic = to_arabic(text)
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,4})?", arabic) or Decimal(arabic) > 100:
        raise NewValueError(
            "คะแนนต้องเป็นจำนวน 0 ถึง 100 เช่น 90.09", "enter a score from 0 to 100, such as 90.09"
        )
    return Decimal(arabic)


def _day(text: str) -> Value:
    arabic = to_arabic(text)
    try:
        day = date.fromisoformat(arabic) if re.fullmatch(r"\d{4}-\d\d-\d\d", arabic) else None
    except ValueError:
        day = None
    if day is None:
        raise NewValueError(
            "วันที่เขียนเป็น ปี-เดือน-วัน ค.ศ. เช่น 2024-10-01", "write dates as year-month-day, such as 2024-10-01"
        )
    if day.year in _YEARS:
        ce = f"{day.year - 543:04}{arabic[4:]}"
        raise NewValueError(f"ปีของวันที่เป็น ค.ศ.: {ce}", f"write dates in the Common Era: {ce}")
    if day.year not in _CE_YEARS:
        raise NewValueError("ปีอยู่นอกช่วงที่เป็นไปได้", "the year is out of range")
    return day.isoformat()


def _indicators(text: str) -> Value:
    numbers = {_indicator(part) for part in re.split(r"[|,\s]+", to_arabic(text)) if part}
    return "|".join(str(number) for number in sorted(numbers, key=_as_number))


def _as_number(value: Value) -> int:
    return int(str(value))


def _items(text: str) -> Value:
    parts = [part.upper() for part in re.split(r"[|,\s]+", to_arabic(text)) if part]
    if not all(re.fullmatch(rf"[{LETTERS}][1-9][0-9]?", part) for part in parts):
        raise NewValueError("รหัสข้อคำถามเขียนเช่น I19, E11, O34", "write item codes like I19, E11, O34")
    return "|".join(parts)


def _province(text: str) -> Value:
    name = text.removeprefix("จังหวัด").strip()
    if name not in place_names("province"):
        raise NewValueError(f"ไม่มีจังหวัด “{name}”", f"there is no province {name!r}: write its name in Thai")
    return name


def _grade(text: str) -> Value:
    if parse_grade(text) is None:
        raise NewValueError(
            "ระดับผลต้องเป็น AA, A, B, C, D, E, F หรือ ผ่านดีเยี่ยม, ผ่านดี, ผ่าน, ต้องปรับปรุง, ต้องปรับปรุงโดยด่วน",
            "a grade is AA, A, B, C, D, E, F, ผ่านดีเยี่ยม, ผ่านดี, ผ่าน, ต้องปรับปรุง or ต้องปรับปรุงโดยด่วน",
        )
    return text


_indicator = _whole(1, max(every_indicator()))

_OF_COLUMN: dict[tuple[str, str], Callable[[str], Value]] = {
    ("scores", "indicator_no"): _indicator,
    ("", "indicator_no"): _indicators,
    ("", "topic_no"): _whole(1, max(every_topic())),
    ("", "fiscal_year"): _year,
    ("", "plan_year"): _year,
    ("", "score"): _score,
    ("", "overall_score"): _score,
    ("", "item_code"): _items,
    ("", "province"): _province,
    ("", "grade"): _grade,
}

_OF_TYPE: dict[str, Callable[[str], Value]] = {"date": _day}
