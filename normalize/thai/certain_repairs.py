"""Certain repairs: they correct only sequences that cannot occur in Thai."""

from __future__ import annotations

import re
from itertools import groupby

from thaita.models.source_text import SourceText
from thaita.normalize.thai.letters import CONSONANT, LEAD, LETTER, MARK, TONE, VOWEL_MARK, glyph_map

_TRANSLATED = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\uf000-\uf8ff]")
INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f"
)
"""Invisible characters as the inside of a character class: format characters except joiners."""
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_JOINERS = re.compile(rf"(?<=[{LETTER}])[\u200c\u200d]+|[\u200c\u200d]+(?=[{LETTER}])")
_LAO = re.compile("[\u0e80-\u0eff]+")
_BOLD = re.compile(rf"(?:([{CONSONANT}][{MARK}]*|[{LETTER}])\1 {{0,2}}){{4,}}")
_BOLD_UNIT = re.compile(rf"([{CONSONANT}][{MARK}]*|[{LETTER}])\1")
_THAI = re.compile(f"[{LETTER}]")
_BOLD_LEAST = 4

_LOST_AM = (
    (re.compile(rf"\ufffd{{1,3}}(?=[{TONE}]?ำ)"), ""),
    (re.compile(r"(?<=ำ)\ufffd{1,3}"), ""),
    (re.compile(rf"(?<=[{CONSONANT}])\ufffd{{1,3}}([{TONE}]?)า"), r"\1ำ"),
    (re.compile(rf"(?<=[{CONSONANT}])([{TONE}])\ufffd{{1,3}}า"), r"\1ำ"),
)
_NIKHAHIT_AA = re.compile(rf"(?<=[{CONSONANT}])(?:ํ ?([{TONE}]?) ?|([{TONE}]) ?ํ ?)า")
_NIKHAHIT_AM = re.compile(rf"ํ([{TONE}]?)(?=ำ)|(?<=ำ)ํ")
_TWO_E = re.compile("เเ")
_TONE_FIRST = re.compile(rf"([{TONE}์])([ัิ-ฺ็ํ])(?![{VOWEL_MARK}])")
_FOLLOW_FIRST = re.compile(rf"(?<=[{CONSONANT}])([าำ])([{TONE}])(?![{TONE}])")
_MARK_ON_LEAD = re.compile(rf"([{CONSONANT}])([{LEAD}])([ัิ-ู]?[{TONE}์]|[ัิ-ู])(?![{MARK}])")
_SPACE_MARK = re.compile(rf"(?<=[{LETTER}]) {{1,2}}(?=[ัิ-ฺ็์ํ]|[{TONE}](?! ?า))")
_SPACE_VOWEL = re.compile(rf"(?<=[{CONSONANT}า]) (?=ะ)|(?<=[{CONSONANT}{TONE}]) (?=ำ)")


def decode_tis620(text: SourceText) -> SourceText:
    """Return the Thai text whose TIS-620 bytes were decoded as Latin-1."""
    return text.translate(_LATIN_TO_THAI)


_LATIN_TO_THAI = {
    byte: bytes([byte]).decode("tis-620") for byte in (*range(0xA1, 0xDB), *range(0xDF, 0xFC))
} | {0xA0: " "}


def repair_characters(text: SourceText) -> SourceText:
    """Map glyphs of symbol fonts, old Thai fonts and Lao look-alikes; drop invisible characters.

    >>> repair_characters(SourceText.at("\uf0fe คະแนน\u200bรวม", 0)).chars
    '☑ คะแนนรวม'
    """
    chars = text.chars
    if chars.isascii():
        return text
    if _TRANSLATED.search(chars):
        table = {**glyph_map("thai"), **glyph_map("box"), **glyph_map("bullet"), **glyph_map("space")}
        text = text.translate(table)
    text = text.sub(_INVISIBLE, "").sub(_JOINERS, "")
    if _LAO.search(text.chars):
        text = _lao(text)
    return text


def _lao(text: SourceText) -> SourceText:
    """Map single Lao letters in Thai text; two or more together may be Lao words and stay."""

    def thai(match: re.Match[str]) -> str:
        before = match.string[max(0, match.start() - 1) : match.start()]
        after = match.string[match.end() : match.end() + 1]
        touching = bool(_THAI.match(before)) + bool(_THAI.match(after))
        return match[0].translate(glyph_map("lao")) if touching >= len(match[0]) else match[0]

    return text.sub(_LAO, thai)


def repair_order(text: SourceText) -> SourceText:
    """Put letters and marks in writing order, and compose decomposed characters.

    >>> [repair_order(SourceText.at(word, 0)).chars for word in ("จํานวน", "เม่ือ", "ซำ้", "ผเู้จ็บ", "ต ัวชี้ว ัด")]
    ['จำนวน', 'เมื่อ', 'ซ้ำ', 'ผู้เจ็บ', 'ตัวชี้วัด']
    """
    chars = text.chars
    if "\ufffd" in chars:
        for pattern, new in _LOST_AM:
            text = text.sub(pattern, new)
    if "เเ" in chars:
        text = text.sub(_TWO_E, "แ")
    if "ํ" in chars:
        text = text.sub(_NIKHAHIT_AA, lambda match: (match[1] or match[2] or "") + "ำ")
        text = text.sub(_NIKHAHIT_AM, r"\1")
    text = text.sub(_TONE_FIRST, r"\2\1").sub(_FOLLOW_FIRST, r"\2\1")
    text = text.sub(_MARK_ON_LEAD, r"\1\3\2")
    return text.sub(_SPACE_MARK, "").sub(_SPACE_VOWEL, "")


def is_bold(chars: str) -> bool:
    """Return whether letters are doubled, as a spacing bold prints them; adjacent digits may be doubled, too."""
    return any(_is_varied(match[0]) for match in _BOLD.finditer(chars))


def _is_varied(letters: str) -> bool:
    return sum(1 for _ in groupby(letters.replace(" ", ""))) >= _BOLD_LEAST


def halve_bold(text: SourceText) -> SourceText:
    """Return the text without the second copy of each Thai letter printed by a spacing bold.

    Digits stay, because 22 may be a bold 2 or 22.

    >>> halve_bold(SourceText.at("กกาารรปปรระะเเมมิินน ๒๒", 0)).chars
    'การประเมิน ๒๒'
    """
    return text.edit(
        (unit.start(), unit.end(), unit[1])
        for match in _BOLD.finditer(text.chars)
        if _is_varied(match[0])
        for unit in _BOLD_UNIT.finditer(text.chars, match.start(), match.end())
    )


_DOUBLED = re.compile(rf"([{MARK}])\1+")


def drop_doubled_marks(text: SourceText) -> SourceText:
    """Keep one of each mark that is doubled on the same consonant.

    >>> drop_doubled_marks(SourceText.at("ทีี่", 0)).chars
    'ที่'
    """
    return text.sub(_DOUBLED, r"\1")
