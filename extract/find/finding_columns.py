"""Columns of findings whose heads have unknown words: the heads and the cells say together what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import mean

from thaita.extract.structure.column_heads import Head
from thaita.extract.structure.grid import GridRow
from thaita.extract.structure.item_subject import is_likely_finding
from thaita.models.finding_kinds import FindingKind
from thaita.models.roles import DESCRIBE, Role
from thaita.normalize.heading_model import likely_labels
from thaita.normalize.match_key import fold
from thaita.normalize.passage_model import OTHER, likely_passages
from thaita.normalize.topics import match_topic

_LEAST = 0.3
"""Least probability (0-1) of a kind by the words of a head, if the cells below it do not contradict."""
_MOST_OTHER = 0.4
"""Greatest mean probability (0-1) that the cells are neither findings nor parts of measures."""
_LEAST_ROWS = 3
"""Least rows of a table whose cells alone show a column of findings."""
_LEAST_LETTERS = 12
"""Least mean letters of cells that state findings."""


def with_likely_kinds(heads: Sequence[Head], rows: Sequence[GridRow]) -> tuple[Head, ...]:
    """Return the heads; beside a column of findings, a head of unknown words gets the kind that its column has.

    The only column of sentences beside indicators and scores holds observations if its head names no kind. A table of
    measures has no such column: its other columns describe the measures.
    """
    roles = {head.role for head in heads}
    scored = {Role.INDICATOR, Role.SCORE} <= roles
    if not (Role.FINDING in roles or scored) or roles & DESCRIBE:
        return tuple(heads)
    cells = {
        column: [row.cells[column].text.chars for row in rows]
        for column, head in enumerate(heads)
        if _is_unknown(head) or (head.role is Role.TOPIC and Role.FINDING not in roles)
    }
    if Role.FINDING not in roles:
        found = [column for column, texts in cells.items() if _states_findings(texts)]
        cells = {column: cells[column] for column in found if len(found) == 1 and len(rows) >= _LEAST_ROWS}
    kinds = {
        column: _kind(heads[column], texts, Role.FINDING not in roles) for column, texts in cells.items()
    }
    return tuple(
        replace(head, role=Role.FINDING, kind=kind, likely=True) if (kind := kinds.get(column)) else head
        for column, head in enumerate(heads)
    )


def _states_findings(cells: Sequence[str]) -> bool:
    """Return whether most cells of a column are sentences that state findings, and none is a topic."""
    texts = [text for text in cells if len(fold(text)) > 1]
    told = [text for text in texts if len(fold(text)) >= _LEAST_LETTERS and is_likely_finding(text)]
    return len(told) > 0.5 * len(texts) and not any(match_topic(text) for text in texts)


def _is_unknown(head: Head) -> bool:
    return (
        bool(head.text) and head.months is None and (head.role is None or head.likely) and head.kind is None
    )


def _kind(head: Head, cells: Sequence[str], alone: bool) -> FindingKind | None:
    """Return the kind of findings that the words of a head and of the cells below it make likely together.

    `alone`: no other column holds findings, so that the cells decide.
    """
    texts = [text for text in cells if len(fold(text)) > 1]
    if not texts or mean(len(fold(text)) for text in texts) < _LEAST_LETTERS:
        return None
    passages = [dict(likely_passages(text)) for text in texts]
    if mean(said.get(OTHER, 0.0) for said in passages) > _MOST_OTHER:
        return None
    named = dict(likely_labels(head.text.chars.replace("\n", " ")))
    kind = max(FindingKind, key=lambda one: named.get(one, 0.0))
    if named.get(kind, 0.0) >= _LEAST:
        return kind
    return FindingKind.OBSERVATION if alone else None
