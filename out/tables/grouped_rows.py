"""Reads rows that are sorted by their parent, one group at a time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Generic, TypeVar

One = TypeVar("One")


class Turns(Generic[One]):
    """Consecutive groups of rows with the same key; only the next group is in memory."""

    def __init__(self, pairs: Iterable[tuple[str | None, One]]) -> None:
        self._groups = groupby(pairs, lambda pair: pair[0])
        self._waiting: tuple[str | None, list[One]] | None = None
        self._advance()

    def take(self, key: str | None) -> list[One]:
        """Return the next group if it has this key, else an empty list."""
        if self._waiting is None or self._waiting[0] != key:
            return []
        found = self._waiting[1]
        self._advance()
        return found

    def left(self) -> str | None:
        """Return the key of the next group, or None if all were taken, which shows that the rows were in order."""
        return None if self._waiting is None else str(self._waiting[0])

    def _advance(self) -> None:
        group = next(self._groups, None)
        self._waiting = None if group is None else (group[0], [one for _, one in group[1]])
