"""Base class of the dataset's codes, each with its meaning in English and Thai.

`models/flags.py`, `models/problem_codes.py` and `models/finding_kinds.py` define the codes.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

Language = Literal["th", "en"]
Severity = Literal["error", "warning", "info"]


class Code(StrEnum):
    """A code as it appears in the dataset, with its meaning. It compares equal to its text."""

    def __new__(cls, code: str, *_: object) -> Self:
        """Return the member whose value is the text of the code."""
        self = str.__new__(cls, code)
        self._value_ = code
        return self

    def __init__(self, _: str, en: str, th: str) -> None:
        self.en = en
        self.th = th

    def __repr__(self) -> str:
        """Return the text in quotes: flags of records print as those of a loaded dataset do."""
        return repr(self.value)

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the code with this text. Raises ValueError for an unknown text."""
        found = cls.known(text)
        if found is None:
            raise ValueError(f"{text!r} is none of {', '.join(cls)}")
        return found

    @classmethod
    def known(cls, text: str) -> Self | None:
        """Return the code with this text, or None if it is unknown: another version may have written the dataset."""
        found = cls._value2member_map_.get(text)
        return found if isinstance(found, cls) else None

    def meaning(self, language: Language) -> str:
        """Return the meaning of the code in a language."""
        return self.th if language == "th" else self.en

    def meaning_in_tables(self, language: Language) -> str:
        """Return the meaning for the codebook, which may add where to find details."""
        return self.meaning(language)
