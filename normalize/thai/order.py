"""The order of Thai words in a dictionary."""

from __future__ import annotations

import re

_LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")
_TONES = re.compile("[็-๎]")


def thai_order(text: str) -> str:
    """Return a key that sorts Thai words: consonants before their leading vowels, tone marks last.

    >>> sorted(["เขต", "ขาว", "คน"], key=thai_order)
    ['ขาว', 'เขต', 'คน']
    """
    return _TONES.sub("", _LEADING_VOWEL.sub(r"\2\1", text)) + "\0" + text
