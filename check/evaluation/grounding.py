"""Whether a right value was also found at the right place of the document."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.fuzz import partial_ratio

from thaita.check.evaluation.fold import fold_words
from thaita.check.evaluation.outcomes import Grounded, Outcome

HOLDS = 90.0
"""Percentage of the shorter text's letters that must stand in the longer one."""


def grounded(outcome: Outcome) -> Iterator[Grounded]:
    """Yield whether the page and the quote of a found value are those of the gold, for what both of them have."""
    page, words = outcome.gold_page, outcome.words
    table, entry, place = outcome.table, outcome.entry, outcome.place
    if page is not None and place.page is not None:
        yield Grounded(table, entry, "page", place.page == page, str(page), str(place.page))
    if words and fold_words(words):
        yield Grounded(table, entry, "words", holds(place.quote, words), words, place.quote)


def holds(quote: str, words: str) -> bool:
    """Return whether a quote and the words around a value are the same passage: one stands in the other.

    It may leave out parts, such as a column between the name and the score of an indicator.

    >>> holds("การใช้อำนาจ 95.10", "3 การใช้อำนาจ ร้อยละ 95.10 ผ่าน"), holds("ค่าเป้าหมาย 95.10", "การใช้อำนาจ 95.10")
    (True, False)
    """
    if not fold_words(quote) or not fold_words(words):
        return False
    short, long = sorted((quote, words), key=lambda text: len(fold_words(text)))
    if partial_ratio(fold_words(short), fold_words(long)) >= HOLDS:
        return True
    whole = fold_words(long)
    parts = [fold_words(part) for part in short.split()]
    standing = sum(len(part) for part in parts if part in whole)
    return 100 * standing >= HOLDS * sum(map(len, parts))
