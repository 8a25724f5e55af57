"""Comparison of measures with gold."""

from __future__ import annotations

from collections.abc import Iterator

from thaita.check.evaluation.finding_rows import label_is_right, wanted_text
from thaita.check.evaluation.fold import STRICT, alike, fold, list_share
from thaita.check.evaluation.gold import MEASURE_FIELDS, Gold, GoldMeasure
from thaita.check.evaluation.grounding import grounded
from thaita.check.evaluation.match import nearest, pairs
from thaita.check.evaluation.outcomes import FOUND, Grounded, Outcome, kind_of
from thaita.check.evaluation.report_rows import ReportRows, Row, text_of

_LISTS = ("steps", "owners")
_LABELS = ("indicator_no", "topic_no", "item_code")
_TIES = (*_LABELS, "period_start", "period_end", "status")
"""The fields that decide between measures with the same texts."""


def measure_outcomes(gold: Gold, rows: ReportRows) -> Iterator[Outcome | Grounded]:
    """Yield outcomes for each measure of the gold, and one for each row that should not be there.

    A measure is found by its title and steps, by its title alone if the gold lists no steps at all. It has an outcome for being found and one for each field that the
    gold states or lists as not stated.
    """
    required = [one for one in gold.measures or () if one.required]
    optional = [one for one in gold.measures or () if not one.required]
    left = list(rows.rows("measures"))
    by_title = all(one.steps is None for one in gold.measures or ())

    def row_text(row: Row) -> str:
        return "\n".join([text_of(row, "title") or "", *(() if by_title else rows.steps(row))])

    found = {pair.entry: pair.row for pair in pairs(required, left, _text, row_text, _agreement)}
    rest = [row for i, row in enumerate(left) if i not in found.values()]
    allowed = {pair.row for pair in pairs(optional, rest, _text, row_text, _agreement)}
    for i, one in enumerate(required):
        entry = f"measure {i + 1}"
        if i in found:
            yield from _of_found(one, entry, left[found[i]], rows)
        else:
            text = _text(one)
            near = nearest(text, [row_text(row) for row in left])
            yield Outcome(
                "measures",
                FOUND,
                entry,
                "missing",
                text,
                near=near,
                gold_page=one.page,
                words=one.words or one.title,
            )
    yield from (_extra(row, row_text(row), rows) for i, row in enumerate(rest) if i not in allowed)


def _text(one: GoldMeasure) -> str:
    return "\n".join([one.title or "", *(one.steps or ())])


def _agreement(one: GoldMeasure, row: Row) -> int:
    return sum(fold(getattr(one, name)) == fold(row.get(name)) for name in _TIES)


def _of_found(one: GoldMeasure, entry: str, row: Row, rows: ReportRows) -> Iterator[Outcome | Grounded]:
    found = _outcome(FOUND, _text(one), text_of(row, "title"), 1.0, one, entry, row, rows)
    yield found
    yield from grounded(found)
    for name in MEASURE_FIELDS:
        want = getattr(one, name)
        got = getattr(rows, name)(row) if name in _LISTS else text_of(row, name)
        if name in one.not_stated:
            yield _outcome(name, "", _shown(got), float(not got), one, entry, row, rows)
        elif want is not None and (want or name in _LISTS):
            yield _outcome(name, _shown(want), _shown(got), _share(name, want, got), one, entry, row, rows)


def _share(name: str, want: object, got: object) -> float:
    """Return how far a field is right, 0-1."""
    if isinstance(want, tuple) and isinstance(got, list):
        return list_share(got, want)
    if name in _LABELS:
        return float(label_is_right(want, got))
    if name in ("period_start", "period_end", "status"):
        return float(fold(want) == fold(got))
    return float(alike(got, want) >= STRICT)


def _shown(value: object) -> str:
    """Return a wanted or found value as text; a list has a line for each item."""
    if isinstance(value, list):
        return "\n".join(value)
    if isinstance(value, tuple):
        return "\n".join(value) if all(isinstance(one, str) for one in value) else wanted_text(value)
    return "" if value is None else str(value)


def _outcome(
    name: str,
    want: str,
    got: str | None,
    share: float,
    one: GoldMeasure,
    entry: str,
    row: Row,
    rows: ReportRows,
) -> Outcome:
    column = None if name == FOUND else name
    flagged = rows.flagged("measures", row, column)
    return Outcome(
        "measures",
        name,
        entry,
        kind_of(right=share == 1.0, want=want, got=got, flagged=flagged),
        want=want or None,
        got=got or None,
        share=share,
        row_id=rows.row_id("measures", row),
        flagged=flagged,
        confidence=rows.confidence("measures", row, "title"),
        place=rows.place("measures", row, column),
        gold_page=one.page,
        words=one.words,
    )


def _extra(row: Row, text: str, rows: ReportRows) -> Outcome:
    flagged = rows.flagged("measures", row)
    return Outcome(
        "measures",
        FOUND,
        rows.row_id("measures", row),
        kind_of(right=False, want=None, got="extra", flagged=flagged),
        got=text,
        row_id=rows.row_id("measures", row),
        flagged=flagged,
        confidence=rows.confidence("measures", row, "title"),
        place=rows.place("measures", row),
    )
