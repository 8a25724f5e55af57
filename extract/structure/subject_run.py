"""Subjects named line after line, which are a list and no headings of what stands below."""

from __future__ import annotations

import re
from dataclasses import replace

from thaita.extract.structure.context import Context

_LETTERS = re.compile(r"[\u0e01-\u0e4e]")


class SubjectRun:
    """The subjects named on the lines since the last heading of findings.

    Indicators named line after line are a list, as of scores, and the last of them heads nothing below the list.
    """

    def __init__(self) -> None:
        self.indicators: list[int] = []
        self.instruments: set[str] = set()
        self.unbroken = False

    def add(self, named: Context | None, chars: str) -> None:
        """Take a line and the context that it sets, None if it names no subject."""
        if named is None:
            self.unbroken = self.unbroken and not _LETTERS.search(chars)
            return
        if named.indicator is None:
            self.instruments |= {named.instrument} if named.instrument else set()
            self.unbroken = False
            return
        if not self.unbroken:
            self.indicators = []
        if named.indicator.no not in self.indicators:
            self.indicators.append(named.indicator.no)
        self.unbroken = True

    def end(self, context: Context) -> Context:
        """Return the context of a heading of findings without the subject of a list before it."""
        listed, several = len(self.indicators) > 1, len(self.instruments) > 1
        self.indicators, self.instruments, self.unbroken = [], set(), False
        if not listed:
            return context
        instrument = None if several else context.instrument
        return replace(context, indicator=None, topic=None, instrument=instrument)
