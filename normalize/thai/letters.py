"""Letters and marks of Thai writing, and the possible sequences of them."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources
from itertools import zip_longest

CONSONANT = "ก-ฮ"
LEAD = "เ-ไ"
FOLLOW = "ะาำ"
TONE = "่-๋"
VOWEL_MARK = "ัิ-ฺ็ํ"
MARK = "ัิ-ฺ็-๎"
LETTER = "ก-ฮะ-ฺเ-ๅ็-๎"
"""Ranges for the inside of a regular expression's `[...]`. LETTER is every letter and mark that can stand
inside a Thai word: no digit, no ฯ ๆ ฿."""

MARKS_POSSIBLE = re.compile(rf"(?:[ัิ-ูํ][{TONE}]?|[{TONE}]|็|ฺ|[ิุ]?์)?๎?")
"""The marks that one consonant can bear, in the order of the Thai input standard (WTT 2.0)."""

INCOMPLETE_VOWEL = rf"[ัื](?![{CONSONANT}{TONE}])|[ัื][{TONE}](?![{CONSONANT}])|(?<!ก)็(?![{CONSONANT}])"
"""A vowel mark that needs a following consonant but has none."""

TONE_ON_CODA = rf"[ัื็][{TONE}]?[{CONSONANT}][{TONE}]"
"""A tone mark on the final consonant of a syllable, where no tone mark can stand."""

_CLUSTER = re.compile(rf"[{LEAD}]|[{CONSONANT}][{MARK}]*|[{FOLLOW}ๅ]|[{MARK}]+")
IMPOSSIBLE = re.compile(
    rf"(?<![{CONSONANT}{MARK}])[{MARK}]"
    rf"|[{VOWEL_MARK}][{VOWEL_MARK}]|[{TONE}์][{MARK}]|[ัึ-ืู็ํฺ]์"
    rf"|[{LEAD}](?![{CONSONANT}])"
    rf"|(?<![{CONSONANT}{TONE}])[าำ]|(?<![{CONSONANT}{TONE}า])ะ"
    rf"|{INCOMPLETE_VOWEL}|{TONE_ON_CODA}"
)
"""Sequences that no Thai spelling contains."""


def is_thai_possible(text: str) -> float:
    """Return the share, 0 to 1, of the text's Thai clusters that Thai spelling allows.

    A cluster is a consonant with its marks, or a vowel letter. For text without Thai letters the share is
    0.0, so that it never wins against a reading that has some.

    >>> is_thai_possible("ตัวชี้วัดที่ ๑"), is_thai_possible("ได้รบั"), is_thai_possible("IIT")
    (1.0, 0.75, 0.0)
    """
    total = sum(1 for _ in _CLUSTER.finditer(text))
    if not total:
        return 0.0
    bad = sum(1 for _ in IMPOSSIBLE.finditer(text))
    return 1 - min(bad, total) / total


_STRANGER = "\u00c0-\u024f\ue000-\uf8ff"
_GARBLED = re.compile(rf"{IMPOSSIBLE.pattern}|\ufffd|[{LETTER}][{_STRANGER}]|[{_STRANGER}][{LETTER}]")


def is_garbled(text: str, *, cut: bool = False) -> bool:
    """Return whether the text contains sequences that are impossible in Thai, or stray letters in Thai words.

    `cut` ignores both ends of a line: lines of a page can start and end inside a syllable.

    >>> is_garbled("อĻ้ำเภอ"), is_garbled("ติดเชื อ"), is_garbled("อำเภอ ITA é")
    (True, True, False)
    >>> is_garbled("ลำดั"), is_garbled("ลำดั", cut=True)
    (True, False)
    """
    if not cut:
        return _GARBLED.search(text) is not None
    ends = f"\n{text}\n"
    return any("\n" not in ends[hit.start() : hit.end() + 2] for hit in _GARBLED.finditer(text))


@cache
def glyph_map(kind: str) -> dict[int, str]:
    """Return the table of one kind in thai_glyphs.csv, for `str.translate`.

    Kinds: `thai` (private-use glyph_map), `box`, `bullet`, `space`, `lao`, `accent`. The file names the source
    of each row.

    >>> glyph_map("box")[0xF0FE]
    '☑'
    """
    rows = (row for row in csv_rows("thai_glyphs.csv") if row["kind"] == kind)
    return {int(row["code"], 16): chr(int(row["thai_code"], 16)) for row in rows}


def csv_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the package's CSV files."""
    data = resources.files("thaita.normalize.data").joinpath(name).read_text("utf-8")
    head, *rows = csv.reader(data.splitlines())
    return [dict(zip_longest(head, row)) for row in rows if row]


def adjacent_letters(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the Thai letters adjacent to a range on the left and on the right, up to 25 each.

    >>> adjacent_letters("ผลการ ประเมินคุณธรรม", 8, 13)
    ('ปร', 'คุณธรรม')
    """
    left = _RUN_END.search(text, max(0, start - _NEAR), start)
    right = _RUN.match(text, end, end + _NEAR)
    return left[0] if left else "", right[0] if right else ""


_NEAR = 25
_RUN = re.compile(rf"[{LETTER}]*")
_RUN_END = re.compile(rf"[{LETTER}]*\Z")
