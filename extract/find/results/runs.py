"""Lists whose cells are lines of their own, one below the other: a number, a name, a figure, a level, and again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from thaita.extract.find.results.columns import SCORES
from thaita.extract.find.results.matrix import Matrix, Row, Slot, read_figure
from thaita.extract.find.results.names import read_subject
from thaita.models.source_text import SourceText
from thaita.normalize.grades import only_grade
from thaita.normalize.result_words import read_head_words

_LONGEST = 90
"""Maximum characters of a line that is a cell."""
_LEAST = 3
"""Minimum number of records of a list."""
_SHARE = 0.6
"""Least share of the records that have the same lines."""
_LABELLED = re.compile(
    r"\s*[·•|,;/]?\s*([^0-9๐-๙·•|,;%]{2,40}?(?:[(][12][)])?)\s*[:=]?\s*([0-9๐-๙]{1,3}[.][0-9๐-๙]{1,4})\s*%?"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: the number of its block, its text, and what it is as a cell (see `kind_of`)."""

    block: int
    text: SourceText
    kind: str


def kind_of(chars: str) -> str:
    """Return what a line is: `number`, `figure`, `grade`, `labelled` figures, the `name` of an agency, or `other`.

    >>> [kind_of(one) for one in ("12", "97.88", "IIT 98.12 · EIT 94.81", "อบต.จอมศรี", "ผ่านดี", "คำนำ")]
    ['number', 'figure', 'labelled', 'name', 'grade', 'other']
    """
    if len(chars) > _LONGEST:
        return "other"
    figure = read_figure(chars)
    if figure is not None:
        return "figure" if figure.decimals else "number"
    if only_grade(chars):
        return "grade"
    if _labels(chars):
        return "labelled"
    return "other" if _has_figure(chars) or read_subject(chars.strip()) is None else "name"


def _has_figure(chars: str) -> bool:
    return re.search(r"[0-9๐-๙][.][0-9๐-๙]", chars) is not None


def _labels(chars: str) -> tuple[tuple[int, int, int, int], ...]:
    """Return where the labels and figures of a line stand, if it consists of those of parts of results."""
    found, at = [], 0
    while at < len(chars.rstrip()):
        hit = _LABELLED.match(chars, at)
        if hit is None or read_head_words(hit[1].strip()).holds not in SCORES:
            return ()
        found.append((*hit.span(1), *hit.span(2)))
        at = hit.end()
    return tuple(found)


def list_of_lines(lines: Sequence[Line]) -> tuple[Matrix, tuple[int, ...]] | None:
    """Return the table of which lines are the cells, and the blocks that they are; None if they form none."""
    records = _records(lines)
    if len(records) < _LEAST:
        return None
    forms = Counter(tuple(one.kind for one in record) for record in records)
    form, count = forms.most_common(1)[0]
    if count < max(_LEAST, _SHARE * len(records)) or len(form) < 2 or not {"figure", "labelled"} & {*form}:
        return None
    first = next(record for record in records if tuple(one.kind for one in record) == form)
    rows, heads, blocks = [], _heads(lines, first[0], len(form)), []
    for record in records:
        kinds = tuple(one.kind for one in record)
        if kinds == form:
            rows.append(_cells(record))
        elif form[0] == "number" and kinds == form[1:]:
            rows.append([Slot(), *_cells(record)])
        else:
            continue
        blocks += [one.block for one in record]
    width = len(rows[0])
    rows = [row for row in rows if len(row) == width]
    labels = _cells_of_labels(first)
    if len(heads) == len(form) and "labelled" not in form:
        header = [Slot(head.text, own=True) for head in heads]
        blocks = [*(head.block for head in heads), *blocks]
    else:
        header = labels
    return (Matrix([header], rows, width, drawn=True), tuple(blocks)) if len(header) == width else None


def _records(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of each agency: from its name, or the number before it, to the next one's."""
    names = [
        at
        for at, line in enumerate(lines[:-1])
        if line.kind == "name" and lines[at + 1].kind not in ("name", "other")
    ]
    before = [at > 0 and lines[at - 1].kind == "number" for at in names]
    numbered = sum(before) >= _SHARE * len(names)
    starts = [at - (numbered and one) for at, one in zip(names, before, strict=True)]
    ends = [*starts[1:], len(lines)] if starts else []
    found = []
    for start, end in zip(starts, ends, strict=True):
        record = list(lines[start:end])
        other = next((at for at, one in enumerate(record) if one.kind == "other"), len(record))
        found.append(record[:other])
    return found


def _heads(lines: Sequence[Line], first: Line, count: int) -> list[Line]:
    """Return the lines above the first record that are heads, one for each of its lines."""
    at = next(at for at, line in enumerate(lines) if line is first)
    above = list(lines[max(0, at - count) : at])
    known = [read_head_words(line.text.chars).holds for line in above]
    return above if len(above) == count and all(known) else []


def _cells(record: Sequence[Line]) -> Row:
    row = []
    for line in record:
        if line.kind == "labelled":
            spans = _labels(line.text.chars)
            row += [Slot(line.text[start:end], own=True) for _, _, start, end in spans]
        else:
            row.append(Slot(line.text, own=True))
    return row


def _cells_of_labels(first: Sequence[Line]) -> Row:
    """Return the heads that the labels of the first record are; other lines have none."""
    row: Row = []
    for line in first:
        spans = _labels(line.text.chars) if line.kind == "labelled" else ()
        row += [Slot(line.text[start:end], own=True) for start, end, _, _ in spans] or [Slot()]
    return row
