"""How far the first word of a line reaches: where a line break could have stood in Thai text."""

from __future__ import annotations

from functools import cache

from thaita.normalize.thai.lexicon import domain_words

LONGEST = 20
"""Letters of the longest word that is looked for: line breakers part longer compounds."""

UNKNOWN = 5
"""Letters that a word counts for which the dictionary does not have, a name for one."""


@cache
def _words() -> frozenset[str]:
    """Return the words of PyThaiNLP's dictionary and of the reports, loaded once (0.1 s)."""
    from pythainlp.corpus import thai_words

    return frozenset(thai_words()) | frozenset(domain_words())


def first_word(text: str) -> str:
    """Return the longest known Thai word that a text begins with, or its first letters.

    >>> first_word("วัตถุประสงค์ของการประเมิน"), first_word("ฮฮฮฮฮฮฮฮ")
    ('วัตถุประสงค์', 'ฮฮฮฮฮ')
    """
    words = _words()
    for end in range(min(LONGEST, len(text)), 1, -1):
        if text[:end] in words:
            return text[:end]
    return text[:UNKNOWN]
