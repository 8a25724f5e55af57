"""Broken forms of the words that reports use: a word list shows which letters are damaged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from thaita.normalize.thai.letters import CONSONANT, MARK, TONE
from thaita.normalize.thai.lexicon import domain_words
from thaita.normalize.word_tree import word_tree

Damage = Literal["am_lost", "am_tone", "aa_as_am", "tone_lost", "shifted"]
"""Examples: สานักงาน · จ้าเป็น · ตำรำง · ตัวชีวัด · จงั หวดั."""

_SHORTEST: dict[Damage, int] = {"am_lost": 4, "am_tone": 4, "aa_as_am": 3, "tone_lost": 5, "shifted": 4}
_FIRST = 4
"""First letters by which broken forms are looked up."""

_PUSHABLE = re.compile(rf"([{CONSONANT}])([{MARK}]+)([{CONSONANT}])(?![{MARK}])")
_ANY_TONE = re.compile(f"[{TONE}]")
_A_MARK = re.compile(f"[{MARK}]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A broken form at offset `start` of a text, the word that it may stand for, and the kind of damage."""

    start: int
    form: str
    word: str
    damage: Damage

    @property
    def end(self) -> int:
        """The offset after the form."""
        return self.start + len(self.form)


def find_forms(text: str) -> Iterator[Hit]:
    """Yield the broken forms in a text, the longest at each position, regardless of the surrounding letters.

    >>> [(hit.form, hit.word) for hit in find_forms("ให้สานักงานทราบ")]
    [('สานักงาน', 'สำนักงาน')]
    """
    pattern, forms, lengths = _forms()
    for match in pattern.finditer(text):
        start = match.start()
        for length in lengths[match[1]]:
            form = text[start : start + length]
            if form in forms and not _A_MARK.match(text, start + length):
                for word, damage in forms[form]:
                    yield Hit(start, form, word, damage)
                break


@cache
def _forms() -> tuple[re.Pattern[str], dict[str, list[tuple[str, Damage]]], dict[str, list[int]]]:
    """Return the pattern of the first letters of broken forms, the forms, and their lengths by first letters.

    Forms that are report words themselves are left out; longer lengths stand first. The pattern has no more than
    the first letters, because each process would need more time to compile all forms than to read a report.
    """
    words = domain_words()
    right = set(words)
    forms: dict[str, list[tuple[str, Damage]]] = {}
    for word in words:
        for form, damage in dict(_broken_forms(word)).items():
            if form not in right and len(form) >= _SHORTEST[damage]:
                forms.setdefault(form, []).append((word, damage))
    lengths: dict[str, set[int]] = {}
    for form in forms:
        lengths.setdefault(form[:_FIRST], set()).add(len(form))
    for first, found in lengths.items():
        found |= {n for n in range(len(first)) if first[:n] in forms}
    longest_first = {first: sorted(found, reverse=True) for first, found in lengths.items()}
    return re.compile(f"(?=({word_tree(lengths)}))"), forms, longest_first


def _broken_forms(word: str) -> Iterator[tuple[str, Damage]]:
    if "ำ" in word:
        yield word.replace("ำ", "า"), "am_lost"
        if not _ANY_TONE.search(word[: word.index("ำ")][-1:]):
            yield word.replace("ำ", "้า"), "am_tone"
            yield word.replace("ำ", "่า"), "am_tone"
    if "า" in word:
        yield word.replace("า", "ำ"), "aa_as_am"
    tones = [match.start() for match in _ANY_TONE.finditer(word)]
    if tones:
        yield _ANY_TONE.sub("", word), "tone_lost"
    if len(tones) > 1:
        for at in tones:
            yield word[:at] + word[at + 1 :], "tone_lost"
    yield from ((form, "shifted") for form in _shifted_forms(word))


def _shifted_forms(word: str) -> Iterator[str]:
    """Yield the word with marks shifted past the next consonant, one or all, with and without a space."""
    for match in _PUSHABLE.finditer(word):
        pushed = word[: match.start()] + match[1] + match[3] + match[2]
        yield pushed + word[match.end() :]
        if match.end() < len(word):
            yield f"{pushed} {word[match.end() :]}"
    yield _PUSHABLE.sub(r"\1\3\2", word)
    yield _PUSHABLE.sub(r"\1\3\2 ", word).rstrip()
