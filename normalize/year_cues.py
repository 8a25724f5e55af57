"""What a year in a report is: the assessed year, that of measures, or another, by the words beside it.

The words are rows of `data/year_cues.csv`.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from thaita.normalize.match_key import fold

_NEAR = 24
"""Folded letters before a year in which a word makes it another year."""
_SENTENCE = 60
"""Folded letters beside a year in which a word belongs to its sentence."""


@cache
def _roles(side: str) -> dict[str, str]:
    with files("thaita.normalize.data").joinpath("year_cues.csv").open(encoding="utf-8") as source:
        return {fold(row["phrase"]): row["role"] for row in csv.DictReader(source) if row["side"] == side}


@cache
def year_words(side: str) -> tuple[str, ...]:
    """Return the words of one side as written, longest first.

    Besides `before` and `after` there are `between` (a year and its score), `glued` (before a year and the number of
    a page), `opens_bracket` and `in_bracket`, and `label`.
    """
    with files("thaita.normalize.data").joinpath("year_cues.csv").open(encoding="utf-8") as source:
        words = {row["phrase"] for row in csv.DictReader(source) if row["side"] == side}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def any_year_word(side: str) -> str:
    """Return a group of a regular expression that matches any word of one side."""
    return "(?:" + "|".join(map(re.escape, year_words(side))) + ")"


@cache
def _phrases(*roles: str) -> re.Pattern[str]:
    found = [phrase for phrase, role in _roles("before").items() if role in roles]
    return re.compile("|".join(map(re.escape, sorted(found, key=len, reverse=True))))


def role_before(text: str) -> str | None:
    """Return the role of a year that follows the text: `assessed`, `planned`, `past` or None if no word decides.

    The last word decides; of words that overlap, the one that begins first, and then the longest.

    >>> role_before("แนวทางยกระดับผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. "), role_before("สรุปผล ITA ปี ")
    ('planned', 'assessed')
    """
    folded = fold(text)
    cues = _phrases("assessed", "planned", "none").finditer(folded)
    roles = [role for cue in cues if (role := _roles("before")[cue[0]]) != "none"]
    if roles and roles[-1] == "assessed" and _phrases("past").search(folded[-_SENTENCE:]):
        return "past"
    return roles[-1] if roles else None


def is_other_year(text: str) -> bool:
    """Return whether the words directly before a year make it none of the report's: of a law, an earlier year.

    >>> is_other_year("สูงกว่าผลเมื่อเทียบกับปี "), is_other_year("ผลการประเมิน ITA ปี ")
    (True, False)
    """
    return _phrases("other").search(fold(text)[-_NEAR:]) is not None


def role_after(text: str) -> str | None:
    """Return the role of a year before the text: `other` (a target), `past` (an earlier year), `assessed` or None.

    >>> role_after(" หน่วยงานเคยได้คะแนน 66.12"), role_after(" ไม่น้อยกว่า 85 คะแนน"), role_after(" ได้คะแนน 90")
    ('past', 'other', 'assessed')
    """
    folded = fold(text)
    for phrase, role in _roles("after").items():
        at = folded.find(phrase)
        if at == 0 or (role == "past" and 0 < at < _NEAR) or (role == "assessed" and 0 < at < _SENTENCE):
            return role
    return None
