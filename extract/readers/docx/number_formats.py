"""Number formats of lists: the marker of the n-th item (ECMA-376 Part 1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable

_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
"""The 41 letters that the standard lists, without ฃ ฅ ฆ ฤ ฦ."""
_THAI_WORDS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_THAI_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_MAX_LETTERS = 50
"""Maximum length of a marker of repeated letters; a longer one is written as a number."""


def list_number(number: int, style: str) -> str | None:
    """Return the marker of item `number` (from 1), or None for an unknown format.

    >>> [list_number(12, style) for style in ("decimal", "thaiNumbers", "thaiLetters", "thaiCounting")]
    ['12', '๑๒', 'ฏ', 'สิบสอง']
    >>> [list_number(28, style) for style in ("lowerLetter", "upperRoman", "decimalZero", "ordinal")]
    ['bb', 'XXVIII', '28', '28th']
    """
    write = _WRITERS.get(style)
    if write is None:
        return None
    return write(number) if number > 0 else str(number)


def _letters(alphabet: str) -> Callable[[int], str]:
    def write(number: int) -> str:
        times, place = divmod(number - 1, len(alphabet))
        return alphabet[place] * (times + 1) if times < _MAX_LETTERS else str(number)

    return write


def _roman(number: int) -> str:
    if number > 3999:
        return str(number)
    written = ""
    for worth, letters in _ROMAN:
        written += letters * (number // worth)
        number %= worth
    return written


def _thai_words(number: int) -> str:
    if number >= 10 ** len(_THAI_PLACES):
        return _thai_digits(number)
    digits = [int(digit) for digit in str(number)]
    words = []
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        word = _THAI_WORDS[digit]
        if place == 1 and digit in (1, 2):
            word = "" if digit == 1 else "ยี่"
        elif place == 0 and digit == 1 and len(digits) > 1:
            word = "เอ็ด"
        words.append(word + _THAI_PLACES[place] if digit else "")
    return "".join(words)


def _thai_digits(number: int) -> str:
    return str(number).translate(_THAI_DIGITS)


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _circled(number: int) -> str:
    return chr(0x245F + number) if number <= 20 else str(number)


_WRITERS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "thaiNumbers": _thai_digits,
    "thaiLetters": _letters(_THAI_LETTERS),
    "thaiCounting": _thai_words,
    "lowerLetter": _letters("abcdefghijklmnopqrstuvwxyz"),
    "upperLetter": _letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "ordinal": _ordinal,
    "decimalEnclosedCircle": _circled,
    "numberInDash": lambda number: f"- {number} -",
    "none": lambda number: "",  # noqa: ARG005 - a list may count without showing it
}
