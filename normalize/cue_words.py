"""Function words and cues around values, as listed in `data/cue_words.csv`.

`kind` names what a word decides; the module that asks for a kind says how far the word may be from the value. Each
row has an example that only this word makes true. Cues of figures, years and agencies have files of their own.
"""

from __future__ import annotations

import re
from functools import cache

from thaita.normalize.match_key import fold
from thaita.normalize.names import read_table

_ABBREVIATION = 4
"""Most letters of a Latin word that counts only by itself: ITA is also in "capital"."""


@cache
def cue_words(*kinds: str) -> tuple[str, ...]:
    """Return the words of some kinds, longest first; raise KeyError for a kind without words."""
    rows = [row for row in read_table("cue_words.csv") if row["kind"] in kinds]
    if missing := set(kinds) - {row["kind"] for row in rows}:
        raise KeyError(*missing)
    return tuple(sorted({row["phrase"] for row in rows}, key=lambda word: (-len(word), word)))


def any_cue(*kinds: str) -> str:
    """Return a group of a regular expression that matches any word of some kinds."""
    return "(?:" + "|".join(map(re.escape, cue_words(*kinds))) + ")"


@cache
def folded_cue(*kinds: str) -> re.Pattern[str]:
    """Return a pattern of the words of some kinds in a match key."""
    keys = dict.fromkeys(fold(word) for word in cue_words(*kinds))
    return re.compile(
        "|".join(
            rf"(?<![a-z]){re.escape(key)}(?![a-z])"
            if key.isascii() and len(key) <= _ABBREVIATION
            else re.escape(key)
            for key in keys
        )
    )
