"""Words in a head or label that hint at a field of a measure: evidence for its role, not a decision.

The words are listed in `data/field_words.csv`. `match_heading` decides by whole phrases; this module also speaks
about phrases that nobody has listed ("รายละเอียดขั้นตอนย่อย").

The heading model overlaps with these words, and they stay beside it: of 45 heads of measures tables that it was
not fitted on, the words name 35 right and 1 wrong. With the letters in place of the 48 words of which they are sure, it
is 31 and 3, and lines that begin with a field are taken for others. The column `stays` gives the reason for each word.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from thaita.models.roles import Role
from thaita.normalize.match_key import fold
from thaita.normalize.names import read_table

_FIRST = 0.8
"""What the first word weighs more: the head noun of a Thai phrase comes first."""
_LETTER = 0.08
"""What each letter of a word weighs: long words are less often part of another meaning."""


@cache
def _roles() -> dict[str, Role]:
    return {fold(row["word"]): Role(row["role"]) for row in read_table("field_words.csv")}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_roles(), key=len, reverse=True))))


@lru_cache(maxsize=4096)
def field_scores(text: str) -> dict[Role, float]:
    """Return the weight of evidence that the words of a head or label give to each role.

    >>> scores = field_scores("รายละเอียดขั้นตอนย่อย")
    >>> max(scores, key=scores.get)
    <Role.STEPS: 'steps'>
    >>> field_scores("ณ วัดใหญ่")
    {}
    """
    scores: dict[Role, float] = {}
    for i, found in enumerate(_pattern().finditer(fold(text))):
        weight = 1 + _LETTER * len(found[0]) + (_FIRST if i == 0 else 0)
        role = _roles()[found[0]]
        scores[role] = scores.get(role, 0) + weight
    return scores


def leading_role(text: str) -> Role | None:
    """Return the role of the word with which a head or label begins; None if that word names no field."""
    found = _pattern().match(fold(text))
    return _roles()[found[0]] if found else None
