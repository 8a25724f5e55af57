"""Texts and numbers reduced to what they say, so that spelling without meaning makes no difference."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.fuzz import ratio

STRICT = 97.0
"""Similarity (0-100) from which two texts are the same."""
SOFT = 85.0
"""Similarity from which two texts are two readings of the same passage."""
ITEM = 95.0
"""Similarity from which two steps or two owners are the same."""

_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_LAO = {code: code - 0x80 for code in range(0x0E81, 0x0EDF)}
_DASHES = re.compile(r"[–—−]")
_MARKS = re.compile(r"[\s\u200b\ufeff•*_·-]+")
_LIST_NUMBER = re.compile(r"^\(?\d{1,2}[.)]")


def fold(text: object) -> str:
    """Return a text without white space, list markers and emphasis, with Arabic digits and lower-case letters.

    Lao letters, which fonts and OCR confuse with Thai ones, become the Thai letters. None becomes an empty text.

    >>> fold(" ๑. จัดทำ  ประกาศ ๕ ฉบับ"), fold("**A**"), fold(None)
    ('จัดทำประกาศ5ฉบับ', 'a', '')
    """
    return _LIST_NUMBER.sub("", fold_words(text))


def fold_words(text: object) -> str:
    """Return a text folded like `fold`, with the number that it starts with.

    >>> fold_words("95.10 คะแนน"), fold("95.10 คะแนน")
    ('95.10คะแนน', '10คะแนน')
    """
    plain = "" if text is None else str(text)
    plain = plain.translate(_LAO).replace("\u0e4d\u0e32", "\u0e33").translate(_ARABIC)
    return _MARKS.sub("", _DASHES.sub("-", plain)).lower()


def number(value: object) -> float | None:
    """Return a value as a number rounded to 4 decimals, or None if it is not a number.

    >>> number("๙๕.๑๐"), number("-")
    (95.1, None)
    """
    try:
        return round(float(str(value).translate(_ARABIC)), 4)
    except ValueError:
        return None


def same(got: object, want: object) -> bool:
    """Return whether two values say the same: as numbers if a number is wanted, else as texts."""
    if isinstance(want, int | float):
        return number(got) == number(want)
    return fold(got) == fold(want)


def alike(got: object, want: object) -> float:
    """Return the similarity (0-100) of two texts."""
    return ratio(fold(want), fold(got))


def list_share(got: Iterable[str], want: Iterable[str]) -> float:
    """Return the F1 share (0-1) of two lists: how many of their items have a partner in the other list.

    >>> list_share(["กองคลัง", "กองช่าง"], ["กองช่าง"])
    0.6666666666666666
    """
    left = [text for one in got if (text := fold(one))]
    wanted = [text for one in want if (text := fold(one))]
    count = len(left) + len(wanted)
    hits = 0
    for one in wanted:
        similarities = [ratio(one, other) for other in left]
        if similarities and max(similarities) >= ITEM:
            hits += 1
            left.pop(similarities.index(max(similarities)))
    return 2 * hits / count if count else 1.0


def labels_of(value: object) -> frozenset[str]:
    """Return the labels in a cell, in which `|`, `;` or `,` separates them.

    >>> sorted(labels_of("E11|E12")), labels_of(None)
    (['e11', 'e12'], frozenset())
    """
    parts = re.split(r"[|;,]", "" if value is None else str(value))
    return frozenset(text for one in parts if (text := fold(one)))
