"""Lists whose cells are lines of their own, one below the other: a number, a name, a figure, a level, and again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from thaita.extract.find.results.columns import SCORES
from thaita.extract.find.results.context import Lines, names_group
from thaita.extract.find.results.levels import FIGURE
from thaita.extract.find.results.matrix import Matrix, Row, Slot, read_figure
from thaita.extract.find.results.names import read_subject
from thaita.models.source_text import SourceText
from thaita.normalize.grades import only_grade
from thaita.normalize.result_words import HeadWords, read_head_words

_LONGEST = 90
"""Maximum characters of a line that is a cell."""
_LEAST = 3
"""Minimum number of records of a list."""
_SHARE = 0.6
"""Least share of the records that have the same lines."""
_MOST_LABELS = 40
"""Most labelled figures of a record: the year's indicators, instruments and totals are fewer."""
_LABELLED = re.compile(
    r"\s*[·•|,;/]?\s*([^0-9๐-๙·•|,;%]{2,40}?(?:[(][12][)])?)\s*[:=]?\s*([0-9๐-๙]{1,3}[.][0-9๐-๙]{1,4})\s*%?"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: the number of its block, its text, what it is as a cell (see `kind_of`), and the lines before it."""

    block: int
    text: SourceText
    kind: str
    before: Lines

    @property
    def heads_group(self) -> bool:
        """Whether it names a year, province, kind or ministry, so that lines below it belong there."""
        chars = self.text.chars
        if self.kind not in ("other", "name") or len(chars) > _LONGEST or FIGURE.search(chars):
            return False
        found = read_subject(chars.strip()) if self.kind == "name" else None
        return (found is None or found.scope != "agency") and names_group(chars)


class LineList(NamedTuple):
    """The table of which lines are the cells, the blocks that they are, and the lines before the first of them."""

    matrix: Matrix
    blocks: tuple[int, ...]
    before: Lines


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
    return "other" if FIGURE.search(chars) or read_subject(chars.strip()) is None else "name"


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


def list_of_lines(lines: Sequence[Line]) -> LineList | None:
    """Return the list of which lines are the cells; None if they form none.

    Lines between the records that name a year or a place are rows too, which change what the rows below belong to.
    """
    records = _records(lines)
    if len(records) < _LEAST:
        return None
    forms = Counter(_form(record) for record in records)
    form, count = forms.most_common(1)[0]
    if count < max(_LEAST, _SHARE * len(records)) or len(form) < 2 or not {"figure", "labelled"} & {*form}:
        return None
    rows = {record[0].block: record for record in records if _form(record) in (form, _without_number(form))}
    first = next(record[0] for record in rows.values() if _form(record) == form)
    heads, at = _heads(lines, first, len(form)), next(at for at, one in enumerate(lines) if one is first)
    labels = _labels_of(rows.values())
    if len(labels) > _MOST_LABELS:
        return None
    plain = [kind for kind in form if kind != "labelled"]
    known = len(heads) == len(form) == len(plain)
    header = [Slot(head.text, own=True) for head in heads] if known else [Slot()] * len(plain)
    header += [Slot(label, own=True) for label in labels.values()]
    inside = {line.block for record in rows.values() for line in record}
    body = []
    for line in lines:
        if line.block in rows:
            body.append(_cells(rows[line.block], len(plain), list(labels)))
        elif line.block not in inside and line.block > first.block and line.heads_group:
            body.append([Slot(line.text, own=True), *[Slot()] * (len(header) - 1)])
    blocks = [*(head.block for head in heads if known), *sorted(inside)]
    before = lines[at - len(heads)].before
    return LineList(Matrix([header], body, len(header), drawn=True), tuple(blocks), before)


def _form(record: Sequence[Line]) -> tuple[str, ...]:
    """Return the kinds of a record's lines; labelled figures are one part of it, on however many lines."""
    kinds = [line.kind for line in record]
    return tuple(
        kind for at, kind in enumerate(kinds) if kind != "labelled" or kinds[at - 1 : at] != ["labelled"]
    )


def _without_number(form: tuple[str, ...]) -> tuple[str, ...]:
    return form[1:] if form[0] == "number" else form


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
    for name, start, end in zip(names, starts, ends, strict=True):
        stop = next((at for at in range(name + 1, end) if lines[at].kind in ("name", "other")), end)
        found.append(list(lines[start:stop]))
    return found


def _heads(lines: Sequence[Line], first: Line, count: int) -> list[Line]:
    """Return the lines above the first record that are heads, one for each of its lines."""
    at = next(at for at, line in enumerate(lines) if line is first)
    above = list(lines[max(0, at - count) : at])
    known = [read_head_words(line.text.chars).holds for line in above]
    return above if len(above) == count and all(known) else []


_Label = tuple[HeadWords, int]
"""What a label announces, and how many labels of the same record before it announce the same."""


def _figures(record: Sequence[Line]) -> dict[_Label, tuple[SourceText, SourceText]]:
    """Return the labels and figures of a record by what the labels announce, wherever in the record they stand."""
    found: dict[_Label, tuple[SourceText, SourceText]] = {}
    seen: Counter[HeadWords] = Counter()
    for line in record:
        for start, end, first, last in _labels(line.text.chars) if line.kind == "labelled" else ():
            words = read_head_words(line.text.chars[start:end].strip())
            found[words, seen[words]] = line.text[start:end], line.text[first:last]
            seen[words] += 1
    return found


def _labels_of(records: Iterable[Sequence[Line]]) -> dict[_Label, SourceText]:
    """Return the labels of all records, each as it is first written."""
    found: dict[_Label, SourceText] = {}
    for record in records:
        for key, (label, _) in _figures(record).items():
            found.setdefault(key, label)
    return found


def _cells(record: Sequence[Line], plain: int, labels: Sequence[_Label]) -> Row:
    """Return a record as a row: its lines but those of labelled figures, of which there are `plain`, then the figures."""
    cells = [Slot(line.text, own=True) for line in record if line.kind != "labelled"]
    figures = _figures(record)
    return [
        *[Slot()] * (plain - len(cells)),
        *cells,
        *(Slot(figures[label][1], own=True) if label in figures else Slot() for label in labels),
    ]
