"""The first word of a Thai line: how far the line could have been shortened by a line break."""

from __future__ import annotations

from functools import cache

from thaita.normalize.thai.lexicon import dictionary_words, domain_words

MAX_WORD_LENGTH = 20
"""Length of the longest dictionary word to look up; line breakers split longer compounds."""

UNKNOWN_WORD_LENGTH = 5
"""Assumed length of a word that is not in the dictionary, such as a name."""


@cache
def _words() -> frozenset[str]:
    """Return the words of the dictionary and of the reports, loaded once (0.1 s)."""
    return frozenset(dictionary_words()) | frozenset(domain_words())


def first_word(text: str) -> str:
    """Return the longest known Thai word at the start of a text, or its first letters if none is known.

    >>> first_word("วัตถุประสงค์ของการประเมิน"), first_word("ฮฮฮฮฮฮฮฮ")
    ('วัตถุประสงค์', 'ฮฮฮฮฮ')
    """
    words = _words()
    for end in range(min(MAX_WORD_LENGTH, len(text)), 1, -1):
        if text[:end] in words:
            return text[:end]
    return text[:UNKNOWN_WORD_LENGTH]
