"""Columns of findings whose heads have unknown words: the heads and the cells say together what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import mean

from thaita.extract.structure.column_heads import Head
from thaita.extract.structure.grid import GridRow
from thaita.models.finding_kinds import FindingKind
from thaita.models.roles import DESCRIBE, Role
from thaita.normalize.heading_model import likely_labels
from thaita.normalize.match_key import fold
from thaita.normalize.passage_model import OTHER, likely_passages

_LEAST = 0.3
"""Least probability (0-1) of a kind by the words of a head, if the cells below it do not contradict."""
_MOST_OTHER = 0.4
"""Greatest mean probability (0-1) that the cells are neither findings nor parts of measures."""
_LEAST_LETTERS = 12
"""Least mean letters of cells that state findings."""


def with_likely_kinds(heads: Sequence[Head], rows: Sequence[GridRow]) -> tuple[Head, ...]:
    """Return the heads; beside a column of findings, a head of unknown words gets the kind that its column has.

    A table of measures has no such column: its other columns describe the measures.
    """
    roles = {head.role for head in heads}
    if Role.FINDING not in roles or roles & DESCRIBE:
        return tuple(heads)
    found = []
    for column, head in enumerate(heads):
        kind = _kind(head, [row.cells[column].text.chars for row in rows]) if _is_unknown(head) else None
        found.append(head if kind is None else replace(head, role=Role.FINDING, kind=kind, likely=True))
    return tuple(found)


def _is_unknown(head: Head) -> bool:
    return (
        bool(head.text) and head.months is None and (head.role is None or head.likely) and head.kind is None
    )


def _kind(head: Head, cells: Sequence[str]) -> FindingKind | None:
    """Return the kind of findings that the words of a head and of the cells below it make likely together."""
    texts = [text for text in cells if len(fold(text)) > 1]
    if not texts or mean(len(fold(text)) for text in texts) < _LEAST_LETTERS:
        return None
    passages = [dict(likely_passages(text)) for text in texts]
    if mean(said.get(OTHER, 0.0) for said in passages) > _MOST_OTHER:
        return None
    named = dict(likely_labels(head.text.chars.replace("\n", " ")))
    kind = max(FindingKind, key=lambda one: named.get(one, 0.0))
    return kind if named.get(kind, 0.0) >= _LEAST else None
