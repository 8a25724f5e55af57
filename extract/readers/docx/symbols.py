"""Symbol fonts: what a letter shows when it is set in Wingdings, Symbol and the like."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

_PRIVATE = 0xF000
"""Symbol fonts stand at U+F000-U+F0FF; the low byte is the letter's code in the font."""


@cache
def _table() -> dict[str, dict[int, str]]:
    data = (files("thaita.normalize.data") / "symbol_fonts.csv").read_text(encoding="utf-8")
    fonts: dict[str, dict[int, str]] = {}
    for row in csv.DictReader(data.splitlines()):
        fonts.setdefault(row["font"].lower(), {})[int(row["code"], 16)] = row["text"]
    return fonts


def is_symbol_font(font: str | None) -> bool:
    """Return whether letters of the font are symbols.

    >>> is_symbol_font("Wingdings 2"), is_symbol_font("TH Sarabun New")
    (True, False)
    """
    return font is not None and font.lower() in _table()


def shown(text: str, low: str | None, high: str | None = None) -> str:
    r"""Return what the text shows, `low` being the font of its ASCII letters, `high` of the others.

    A tick or box becomes ☑, ☐ or ☒, a bullet •; a symbol without an equal keeps its private-use
    character (U+F000 + code), and so does a private-use character of any other font, which a later
    step may know. Thai letters are never set in a symbol font: Word takes another font for them.

    >>> shown("þ ¨ x\uf0fe", "Wingdings", "Wingdings"), shown("R100", "TH Sarabun New")
    ('☑ ☐ ☒☑', 'R100')
    """
    if not is_symbol_font(low) and not is_symbol_font(high):
        return text
    return "".join(_one(char, low, low if high is None else high) for char in text)


def _one(char: str, low: str | None, high: str | None) -> str:
    code = _code(char)
    if code is None or char.isspace():
        return char
    font = low if ord(char) < 0x80 else high
    if not is_symbol_font(font) and ord(char) >= _PRIVATE:
        font = low
    table = _table().get((font or "").lower())
    if table is None:
        return char
    return table.get(code, char if 0xFF < ord(char) < _PRIVATE else chr(_PRIVATE + code))


def _code(char: str) -> int | None:
    """Return the code in a symbol font that a character stands for, None if it cannot be one."""
    point = ord(char)
    if point < 0x100:
        return point
    if _PRIVATE <= point < _PRIVATE + 0x100:
        return point - _PRIVATE
    try:
        return char.encode("cp1252")[0]
    except UnicodeEncodeError:
        return None
