"""A measure as a record: the lines of each of its fields, by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from thaita.extract.structure.context import Context
from thaita.models.source_text import SourceText


@dataclass(slots=True)
class Record:
    """The fields of one measure: the lines of each key, the keys as written, and what only supports the reading.

    `named`: the title has the number of a measure before it, or the next number of a list, so that one field is enough.
    """

    at: int
    end: int
    context: Context
    fields: dict[str, list[SourceText]] = field(default_factory=dict)
    labels: dict[str, SourceText] = field(default_factory=dict)
    support: list[SourceText] = field(default_factory=list)
    number: SourceText | None = None
    named: bool = False

    def add(self, key: str, label: SourceText, lines: Sequence[SourceText]) -> None:
        """Add the lines of a key."""
        self.fields.setdefault(key, []).extend(lines)
        self.labels.setdefault(key, label)
        if label:
            self.support.append(label)
