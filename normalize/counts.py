"""Numbers that count something and are no score: of people, questions, pages, years.

The words stand in `data/counts.csv`.
"""

from __future__ import annotations

import re
from functools import cache

from thaita.normalize.fold import fold
from thaita.normalize.names import read_table

_SCORE = re.compile(r"คะแนน|ร้อยละ|%|score")


@cache
def _words(kind: str) -> tuple[str, ...]:
    """Return the words of one kind, folded, the longest first."""
    rows = (fold(row["word"]) for row in read_table("counts.csv") if row["kind"] == kind)
    return tuple(sorted(rows, key=len, reverse=True))


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, _words('unit')))})(?!\s*(?:[0-9๐-๙]|พ\.?\s?ศ|ที่))")


def counts(after: str) -> bool:
    """Tell whether the words behind a whole number make it a count.

    >>> counts(" ปี ดังตาราง"), counts(" ปี ๒๕๖๗"), counts(" คะแนน")
    (True, False, False)
    """
    return _unit().match(after) is not None


def is_count_head(text: str) -> bool:
    """Tell whether the column under a head counts: "จำนวนผู้ตอบ (คน)", "หน้า".

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
