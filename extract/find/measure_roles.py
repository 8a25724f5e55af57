"""Roles of the columns of a table of measures, chosen for all columns together.

A known head decides, unless its cells plainly hold something else. Every other column gets the role that the words
of its head, its cells and the rest of the table support most: a role that one column has is no longer free for the
others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thaita.extract.find.column_contents import PLAIN, Contents, read_contents
from thaita.extract.structure.column_heads import Head
from thaita.extract.structure.grid import GridRow
from thaita.models.roles import DESCRIBE, Role
from thaita.normalize.field_words import field_scores
from thaita.normalize.headings import match_heading

_FREE = tuple(
    role for role in Role if role in DESCRIBE | {Role.TITLE, Role.INDICATOR, Role.NUMBER, Role.OTHER}
)
"""Roles that can be chosen for a column of a table of measures; of equally likely ones, the first is."""
_TEXT = frozenset({Role.TITLE, Role.STEPS, Role.GUIDELINE, Role.MONITORING, Role.RESULT, Role.OUTCOME})
"""Roles whose cells are sentences."""
_REPEATED = frozenset({Role.PERIOD, Role.OTHER})
"""Roles that several columns can have: the first and the last day, remarks and costs."""
_CONTENTS = 3.0
_LIKELY = 0.5
"""What a role that is inferred from the words of a head says for it."""
_KNOWN = 1.5
_LEFTMOST = 1.6
_SENTENCES = 1.6
_PROGRESS = 2.0
_LISTS = 2.5
_LEAST = 1.5
"""Weights: fitted by hand on generated tables; contents weigh more than one word of a head."""
_SENTENCE_LETTERS = 15
_MOSTLY_LISTS = 0.4
_CONTRADICTED = 0.75
"""Share of cells that must plainly hold something else before a known head is not believed."""


def choose_roles(
    heads: Sequence[Head], rows: Sequence[GridRow], *, certain: bool = False
) -> tuple[list[Head], set[int]]:
    """Return the heads with their roles, and the indexes of columns whose head and cells disagree.

    `certain` says that the rows are measures, so that a column of sentences under unknown words is their guideline.
    """
    contents = [_column(rows, c) for c in range(len(heads))]
    fixed = {c: head.role for c, head in enumerate(heads) if _is_certain(head, contents[c])}
    scores = _scores(heads, contents, fixed, certain=certain)
    chosen = dict(fixed)
    for score, c, role in sorted(scores, key=lambda one: (-one[0], one[1])):
        if c in chosen or score < _LEAST or (role in chosen.values() and role not in _REPEATED):
            continue
        chosen[c] = role
    made = [replace(head, role=chosen.get(c)) for c, head in enumerate(heads)]
    return made, {c for c, head in enumerate(made) if _disagrees(heads[c], head.role, contents[c])}


def _column(rows: Sequence[GridRow], c: int) -> Contents:
    return read_contents([row.cells[c].text.chars for row in rows if row.cells[c].has_own_text()])


def _is_certain(head: Head, contents: Contents) -> bool:
    """Return whether a head has a known role that its cells do not contradict."""
    if head.role is None or (head.role == Role.AGENCY and contents.plain() == Role.OWNER):
        return False
    if head.role not in _FREE:
        return True
    if head.likely:
        return False
    shown = contents.plain()
    if head.role in PLAIN and shown is not None and shown != head.role:
        return contents.shares[shown] < _CONTRADICTED
    heading = match_heading(head.text.chars.replace("\n", " "))
    return heading is None or heading.similarity == 100


def _disagrees(before: Head, role: Role | None, contents: Contents) -> bool:
    """Return whether a column got a role that the words of its head do not name.

    Cells that show their role by themselves are in doubt only against words for another role.
    """
    if role is None or before.role == role or not before.text:
        return False
    words = field_scores(before.text.chars)
    if contents.plain() == role or (role == Role.STEPS and contents.lists >= _MOSTLY_LISTS):
        return bool(words) and role not in words
    return role not in words


def _scores(
    heads: Sequence[Head], contents: Sequence[Contents], fixed: dict[int, Role | None], *, certain: bool
) -> list[tuple[float, int, Role]]:
    """Return (weight, column, role) for each column that is still open and each role that it can have."""
    found: list[tuple[float, int, Role]] = []
    plain = {c: one.plain() for c, one in enumerate(contents)}
    reports = bool({Role.STATUS, Role.OUTCOME, Role.STATUS_TICK} & {*fixed.values(), *plain.values()})
    reports = reports or any(Role.STATUS in field_scores(head.text.chars) for head in heads)
    first = next(
        (c for c in range(len(heads)) if plain[c] is None and contents[c].count and c not in fixed), None
    )
    for c, head in enumerate(heads):
        if c in fixed:
            continue
        words = field_scores(head.text.chars)
        for role in _FREE:
            score = words.get(role, 0.0) + _of_contents(role, contents[c])
            score += (_LIKELY if head.likely else _KNOWN) if head.role == role else 0.0
            score += _LEFTMOST if role == Role.TITLE and c == first else 0.0
            if certain and role == Role.GUIDELINE and not reports and _are_sentences(words, contents[c]):
                score += _SENTENCES
            if role == head.role == Role.OUTCOME and reports and _are_sentences(words, contents[c]):
                score += _SENTENCES
            if role == Role.RESULT and reports:
                score += (
                    _PROGRESS
                    if words.get(role)
                    else _SENTENCES
                    if _are_sentences(words, contents[c])
                    else 0.0
                )
            found.append((score, c, role))
    return found


def _are_sentences(words: dict[Role, float], contents: Contents) -> bool:
    """Return whether a column without a word for any field holds sentences."""
    return not words and contents.plain() is None and contents.letters >= _SENTENCE_LETTERS


def _of_contents(role: Role, contents: Contents) -> float:
    """Return what the cells say for or against a role."""
    if not contents.count:
        return 0.0
    share = contents.shares.get(role, 0.0)
    if role in PLAIN:
        return _CONTENTS * share if share >= 0.5 else -_CONTENTS * (0.8 - share)
    if role in _TEXT:
        against = max(contents.shares[other] for other in PLAIN)
        return (_LISTS * contents.lists if role == Role.STEPS else 0.0) - _CONTENTS * max(0.0, against - 0.3)
    return 0.0
