"""Diagnosis of a whole document: how its text was damaged, which no single line can show."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from thaita.models.source_text import SourceText
from thaita.normalize.thai.broken_words import Damage, find_forms
from thaita.normalize.thai.certain_repairs import (
    decode_tis620,
    drop_doubled_marks,
    is_bold,
    repair_characters,
    repair_order,
)
from thaita.normalize.thai.damage_sites import SHIFTED, TORN
from thaita.normalize.thai.letters import CONSONANT, LETTER, adjacent_letters, is_thai_possible
from thaita.normalize.thai.lexicon import lexicon

_MIN_COUNT = 3
"""Minimum number of occurrences in a document that indicate a broken font."""

_MIN_COUNT_CERTAIN = 2
"""The same for damage that authors never type."""


@dataclass(frozen=True, slots=True)
class DocumentDamage:
    """Evidence of damage in a document; the default is an undamaged document.

    `sara_am`: `mixed` if some ำ were read as า, `lost` if nearly all were. `am_as_tone`: nikhahit read as a
    tone mark (จ้าเป็น). `aa_as_am`: า read as ำ (งำน). `shifted`: marks shifted past a consonant (ได้รบั).
    `torn`: sara am split by a space (ส านักงาน). `tones_lost`: tone marks missing. `letters`: pairs of a
    Latin letter and the Thai mark that it stands for in this document. `doubled`: a spacing bold prints
    letters twice, perhaps digits too (digits are never repaired). `tis620`: Thai bytes decoded as Latin-1.
    `hopeless`: no rule can turn this text into Thai; read the source with another engine.
    """

    sara_am: Literal["", "mixed", "lost"] = ""
    am_as_tone: bool = False
    aa_as_am: bool = False
    shifted: bool = False
    torn: bool = False
    tones_lost: bool = False
    letters: tuple[tuple[str, str], ...] = ()
    doubled: bool = False
    tis620: bool = False
    hopeless: bool = False


def diagnose(text: str) -> DocumentDamage:
    """Return the evidence of damage in the text of a whole document.

    >>> diagnose("สานักงานดาเนินการตามอานาจหน้าที่").sara_am
    'lost'
    >>> diagnose("สำนักงานดำเนินการตามอำนาจหน้าที่") == DocumentDamage()
    True
    """
    if _is_tis620(text):
        damage = diagnose(decode_tis620(SourceText.at(text, 0)).chars)
        return DocumentDamage(
            **{**{name: getattr(damage, name) for name in DocumentDamage.__slots__}, "tis620": True}
        )
    hopeless, letters, doubled = is_hopeless(text), _letters(text), is_bold(text)
    plain = replace_letters(SourceText.at(text, 0), letters)
    text = drop_doubled_marks(repair_order(repair_characters(plain))).chars
    counts = Counter(_damages(text))
    return DocumentDamage(
        sara_am=_sara_am(text, counts["am_lost"]),
        am_as_tone=counts["am_tone"] >= _MIN_COUNT,
        aa_as_am=counts["aa_as_am"] >= _MIN_COUNT,
        shifted=_count(SHIFTED, text) + counts["shifted"] >= _MIN_COUNT_CERTAIN,
        torn=_count(TORN, text) >= _MIN_COUNT,
        tones_lost=counts["tone_lost"] >= _MIN_COUNT,
        letters=letters,
        doubled=doubled,
        hopeless=hopeless,
    )


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def _damages(text: str) -> list[Damage]:
    """Return the damage of each broken form that the words around it confirm."""
    confirmed: list[Damage] = []
    end = 0
    for hit in find_forms(text):
        if hit.start < end:
            continue
        left, right = adjacent_letters(text, hit.start, hit.end)
        words = lexicon()
        if words.cost(left + hit.form + right) - words.cost(left + hit.word + right) > _CONFIRMED:
            confirmed.append(hit.damage)
            end = hit.end
    return confirmed


_CONFIRMED = 5.0


def _sara_am(text: str, lost: int) -> Literal["", "mixed", "lost"]:
    if not lost:
        return ""
    return "lost" if lost >= _MIN_COUNT and text.count("ำ") < lost / 10 else "mixed"


_LATIN1_THAI = re.compile("[\u00a1-\u00da\u00df-\u00fb]")


def _is_tis620(text: str) -> bool:
    high = sum(1 for _ in _LATIN1_THAI.finditer(text))
    if high < 10 or high < 0.4 * sum(char.isalpha() for char in text) or re.search(f"[{LETTER}]", text):
        return False
    return is_thai_possible(decode_tis620(SourceText.at(text, 0)).chars) > 0.9


_BETWEEN = re.compile(rf"(?<=[{CONSONANT}ัิ-ฺ])([a-zÀ-ÿ])(?![A-Za-zÀ-ÿ])")
_SAMPLES = 30


def _letters(text: str) -> tuple[tuple[str, str], ...]:
    """Return the Latin letters that stand for marks, with their marks; the resulting words decide."""
    places: dict[str, list[int]] = {}
    for match in _BETWEEN.finditer(text):
        places.setdefault(match[1], []).append(match.start())
    found: list[tuple[str, str]] = []
    for letter, starts in sorted(places.items(), key=lambda item: -len(item[1])):
        if len(starts) < _MIN_COUNT:
            continue
        mark = _mark_of(text, starts[:_SAMPLES])
        if mark:
            found.append((letter, mark))
    return tuple(found)


def replace_letters(text: SourceText, letters: tuple[tuple[str, str], ...]) -> SourceText:
    """Return the text with one or two Latin letters after a Thai letter replaced by the marks they stand for.

    >>> replace_letters(SourceText.at("ทacวไป และ ita", 0), (("a", "ั"), ("c", "่"))).chars
    'ทั่วไป และ ita'
    """
    if not letters:
        return text
    table = str.maketrans(dict(letters))
    these = "".join(letter for letter, _ in letters)
    pattern = re.compile(rf"(?<=[{CONSONANT}ัิ-ฺ])[{these}]{{1,2}}(?![A-Za-zÀ-ÿ])")
    return text.sub(pattern, lambda match: match[0].translate(table))


def _mark_of(text: str, starts: list[int]) -> str:
    """Return the mark that forms words at nearly every position, or an empty string."""
    words = lexicon()
    ranked: list[tuple[float, str]] = []
    for mark in "่้๊๋์ัิีึืุู็":
        gain = 0.0
        for start in starts:
            left, right = adjacent_letters(text, start, start + 1)
            gain += words.cost(left) + words.cost(right) - words.cost(left + mark + right)
        ranked.append((gain / len(starts), mark))
    ranked.sort(reverse=True)
    (best, mark), (second, _) = ranked[:2]
    return mark if best > 4 and best - second > 2 else ""


_WORD = re.compile(r"[^\s|<>]{4,}")
_LATIN_WORD = re.compile(
    r"""[("'“]*(?:[A-Z]?[a-z]+|[A-Z]+)[)"'”.,:;!?]*|[\w.+-]+@[\w.-]+|(?:https?:|www\.)\S+|\w+[-/][\w-]+"""
)
_NOT_LATIN = re.compile(rf"^[\W\d_]+$|[{LETTER}]")
_THAI = re.compile(f"[{LETTER}]")
_CODES = re.compile(r"\(cid:\d+\)|\ufffd|[\ue000-\uf8ff]|[\x00-\x08\x0e-\x1f]")


def is_hopeless(text: str) -> bool:
    """Return whether the text is glyph codes, Latin letters read from Thai pages, or shuffled marks.

    Short texts (under 60 letters) count as hopeless only if they are glyph codes.

    >>> is_hopeless("(cid:12)(cid:88)" * 20), is_hopeless("Integrity and Transparency Assessment " * 3)
    (True, False)
    """
    letters = sum(map(str.isalpha, text))
    codes = len(_CODES.findall(text))
    if codes > 20 and codes > 0.3 * max(1, letters):
        return True
    if letters < 60:
        return False
    thai = len(_THAI.findall(text))
    if thai > 0.3 * letters:
        return is_thai_possible(text) < 0.6
    words = [word for word in _WORD.findall(text) if not _NOT_LATIN.search(word)]
    strange = sum(1 for word in words if not _LATIN_WORD.fullmatch(word))
    return strange > 0.4 * len(words)
