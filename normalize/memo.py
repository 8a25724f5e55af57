"""Results of pure functions that are remembered while one document is read.

Many stages ask the same about the same words: whether a line is a heading, which years it names. A remembered result
costs a look-up. The results are forgotten with the document, so that a run over an archive does not grow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TypeVar, cast

F = TypeVar("F", bound=Callable[..., object])

_MOST = 1 << 16
"""Results of a function that are kept at most, where no document ends."""

_forget: list[Callable[[], None]] = []


def per_document(function: F) -> F:
    """Return a function that remembers its results; it must be pure, and its results must be immutable."""
    remembering = lru_cache(_MOST)(function)
    _forget.append(remembering.cache_clear)
    return cast("F", remembering)


@contextmanager
def one_document() -> Iterator[None]:
    """Forget all results after the body of the `with` statement, which reads one document."""
    try:
        yield
    finally:
        for forget in _forget:
            forget()
