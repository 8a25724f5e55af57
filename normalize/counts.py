"""Numbers that are not scores: counts of people, questions, pages or years, and differences between scores.

The words are listed in `data/counts.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from thaita.normalize.match_key import fold
from thaita.normalize.names import read_table
from thaita.normalize.numerals import Number

_SCORE = re.compile(r"คะแนน|ร้อยละ|%|score")


@cache
def _words(kind: str) -> tuple[str, ...]:
    """Return the words of one kind as match keys, longest first."""
    rows = (fold(row["word"]) for row in read_table("counts.csv") if row["kind"] == kind)
    return tuple(sorted(rows, key=len, reverse=True))


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, _words('unit')))})(?!\s*(?:[0-9๐-๙]|พ\.?\s?ศ|ที่))")


def counts(after: str) -> bool:
    """Return whether the words after a whole number make it a count.

    >>> counts(" ปี ดังตาราง"), counts(" ปี ๒๕๖๗"), counts(" คะแนน")
    (True, False, False)
    """
    return _unit().match(after) is not None


@cache
def _change() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _words("change"))))


def says_change(text: str) -> bool:
    """Return whether a text contains a word for a change, such as เพิ่มขึ้น, ลดลง or สูงกว่า."""
    return _change().search(text) is not None


def find_changes(text: str, numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers in a sentence that state by how much a score changed.

    Such a number follows a word for a change, or the sentence contains such a word and the number is the
    difference of two others and smaller than both.

    >>> from thaita.normalize.numerals import find_numbers
    >>> text = "ได้ ๘๘.๒๖ คะแนน เพิ่มขึ้นจากปีก่อนที่ได้ ๘๐.๙๐ อยู่ ๗.๓๖ คะแนน"
    >>> [number.as_written for number in find_changes(text, find_numbers(text))]
    ['๗.๓๖']
    """
    if not says_change(text):
        return []
    values = {number.value for number in numbers}
    follows = re.compile(rf"(?:{_change().pattern})\s*(?:ร้อยละ|อยู่|คิดเป็น)?\s*$")
    return [
        number
        for number in numbers
        if follows.search(text[: number.start])
        or any(value > number.value and value + number.value in values for value in values)
    ]


def says_count(text: str) -> bool:
    """Return whether a caption announces counts: "จำนวนผู้ตอบ", "ผู้ตอบ (คน)". Weights do not count."""
    folded = fold(text)
    unit = re.search(r"[(]([^()]+)[)]$", folded)
    return any(word in folded for word in _words("head_begins")) or (
        unit is not None and unit[1] in _words("unit")
    )


def is_count_head(text: str) -> bool:
    """Return whether a column head announces counts: "จำนวนผู้ตอบ (คน)", "หน้า".

    >>> is_count_head("จำนวนข้อคำถาม"), is_count_head("ผู้มีส่วนได้ส่วนเสีย (คน)"), is_count_head("ร้อยละ")
    (True, True, False)
    """
    folded = fold(text)
    if _SCORE.search(folded):
        return False
    unit = re.search(r"[(]([^()]+)[)]$", folded)
    return (
        folded.startswith(_words("head_begins"))
        or folded in _words("head_is")
        or (unit is not None and unit[1] in _words("unit"))
    )
