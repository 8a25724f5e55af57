"""Symbol fonts: the characters that letters display in Wingdings, Symbol and similar fonts."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

_PRIVATE = 0xF000
"""Symbol fonts occupy U+F000-U+F0FF; the low byte is the letter's code in the font."""


@cache
def _symbol_tables() -> dict[str, dict[int, str]]:
    data = (files("thaita.normalize.data") / "symbol_fonts.csv").read_text(encoding="utf-8")
    fonts: dict[str, dict[int, str]] = {}
    for row in csv.DictReader(data.splitlines()):
        fonts.setdefault(row["font"].lower(), {})[int(row["code"], 16)] = row["text"]
    return fonts


def is_symbol_font(font: str | None) -> bool:
    """Return whether a font displays letters as symbols.

    >>> is_symbol_font("Wingdings 2"), is_symbol_font("TH Sarabun New")
    (True, False)
    """
    return font is not None and font.lower() in _symbol_tables()


def decode_symbols(text: str, low: str | None, high: str | None = None) -> str:
    r"""Return the displayed text; `low` is the font of its ASCII letters, `high` that of the others.

    A tick or box becomes ☑, ☐ or ☒, and a bullet •. A symbol without an equivalent keeps its private-use
    character (U+F000 + code), as does a private-use character of any other font, which a later step may map.
    Thai letters are never set in a symbol font: Word substitutes another font.

    >>> decode_symbols("þ ¨ x\uf0fe", "Wingdings", "Wingdings"), decode_symbols("R100", "TH Sarabun New")
    ('☑ ☐ ☒☑', 'R100')
    """
    if not is_symbol_font(low) and not is_symbol_font(high):
        return text
    return "".join(_decode_character(char, low, low if high is None else high) for char in text)


def _decode_character(char: str, low: str | None, high: str | None) -> str:
    code = _code(char)
    if code is None or char.isspace():
        return char
    font = low if ord(char) < 0x80 else high
    if not is_symbol_font(font) and ord(char) >= _PRIVATE:
        font = low
    table = _symbol_tables().get((font or "").lower())
    if table is None:
        return char
    return table.get(code, char if 0xFF < ord(char) < _PRIVATE else chr(_PRIVATE + code))


def _code(char: str) -> int | None:
    """Return the code in a symbol font that a character stands for, or None if there is none."""
    point = ord(char)
    if point < 0x100:
        return point
    if _PRIVATE <= point < _PRIVATE + 0x100:
        return point - _PRIVATE
    try:
        return char.encode("cp1252")[0]
    except UnicodeEncodeError:
        return None
