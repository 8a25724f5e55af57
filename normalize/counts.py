"""Numbers that are not scores: counts of people, questions, pages or years, and differences between scores.

The words are listed in `data/figure_cues.csv`.
"""

from __future__ import annotations

import re
from functools import cache

from thaita.normalize.figure_cues import phrases
from thaita.normalize.match_key import fold
from thaita.normalize.memo import per_document

_SCORE = re.compile(r"คะแนน|ร้อยละ|%|score")


@cache
def _units() -> tuple[str, ...]:
    return phrases("after", "count", "money")


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, _units()))})(?!\s*(?:[0-9๐-๙]|พ\.?\s?ศ|ที่))")


def counts(after: str) -> bool:
    """Return whether the words after a whole number make it a count.

    >>> counts(" ปี ดังตาราง"), counts(" ปี ๒๕๖๗"), counts(" คะแนน")
    (True, False, False)
    """
    return _unit().match(after) is not None


def says_count(text: str) -> bool:
    """Return whether a caption announces counts: "จำนวนผู้ตอบ", "ผู้ตอบ (คน)". Weights do not count."""
    folded = fold(text)
    return any(word in folded for word in phrases("head", "count", scope="begins")) or _unit_of_head(folded)


@per_document
def is_count_head(text: str) -> bool:
    """Return whether a column head announces counts: "จำนวนผู้ตอบ (คน)", "หน้า".

    >>> is_count_head("จำนวนข้อคำถาม"), is_count_head("ผู้มีส่วนได้ส่วนเสีย (คน)"), is_count_head("ร้อยละ")
    (True, True, False)
    """
    folded = fold(text)
    if _SCORE.search(folded):
        return False
    return (
        folded.startswith(phrases("head", "count", scope="begins"))
        or folded in phrases("head", "count", scope="is")
        or _unit_of_head(folded)
    )


def _unit_of_head(folded: str) -> bool:
    unit = re.search(r"[(]([^()]+)[)]$", folded)
    return unit is not None and unit[1] in _units()
