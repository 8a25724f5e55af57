"""Codes that readers of the dataset meet, each with its meaning in English and Thai.

The codes are in `models/flags.py`, `models/problem_codes.py` and `models/finding_kinds.py`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

Language = Literal["th", "en"]
Severity = Literal["error", "warning", "info"]


class Code(StrEnum):
    """A code as the dataset writes it, with its meaning. It compares equal to its text."""

    def __new__(cls, code: str, *_: object) -> Self:
        """Return the code, whose value is its text."""
        self = str.__new__(cls, code)
        self._value_ = code
        return self

    def __init__(self, _: str, en: str, th: str) -> None:
        self.en = en
        self.th = th

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the code that is written so; raises ValueError for any other text."""
        found = cls.known(text)
        if found is None:
            raise ValueError(f"{text!r} is none of {', '.join(cls)}")
        return found

    @classmethod
    def known(cls, text: str) -> Self | None:
        """Return the code that a dataset has; None for an unknown one, as another version may have written it."""
        found = cls._value2member_map_.get(text)
        return found if isinstance(found, cls) else None

    def meaning(self, language: Language) -> str:
        """Return what the code means, in one language."""
        return self.th if language == "th" else self.en

    def meaning_in_tables(self, language: Language) -> str:
        """Return the same for a reader of the tables, who may be told where to look for more."""
        return self.meaning(language)
