"""Periods from month columns: charts in which a mark under a month means that a measure runs in that month."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from unicodedata import category

from thaita.extract.structure.column_heads import Head
from thaita.extract.structure.grid import GridCell
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.dates import Period, find_dates, find_years, parse_period
from thaita.normalize.memo import per_document

_LETTERS = re.compile(r"[xX*/√v]{1,3}|<?[-–—=]*>|<[-–—=]+")
_MIN_MONTH_COLUMNS = 3
"""Minimum number of month or quarter columns in a chart."""


def has_month_columns(heads: Iterable[Head]) -> bool:
    """Return whether the column heads belong to a chart of months or quarters."""
    return sum(head.role == Role.MONTH for head in heads) >= _MIN_MONTH_COLUMNS


def marked_months(cells: Sequence[GridCell], heads: Sequence[Head]) -> list[tuple[Head, SourceText]]:
    """Return the month heads under which a row has a mark, each with the mark.

    A cell that is merged over several months marks all of them.
    """
    found: list[tuple[Head, SourceText]] = []
    mark: SourceText | None = None
    for cell, head in zip(cells, heads, strict=True):
        if not cell.covered:
            mark = cell.text if head.role == Role.MONTH and is_mark(cell.text.chars) else None
        if mark is not None and head.role == Role.MONTH:
            found.append((head, mark))
    return found


@per_document
def is_mark(chars: str) -> bool:
    """Return whether the text of a cell is only a mark, such as a tick, a bar or an arrow."""
    shown = "".join(chars.split())
    signs = any(category(char) in ("So", "Sm") for char in shown if not char.isascii())
    return bool(shown) and (signs or _LETTERS.fullmatch(shown) is not None)


def month_period(
    marks: Sequence[tuple[Head, SourceText]], heads: Sequence[Head], fiscal_year: int | None
) -> Period | None:
    """Return the period from the first to the last marked month; None if the table has no month columns.

    `fiscal_year` is the year of the plan (B.E.). If no mark can be read, for example because cells are only
    colored, the period has the doubt `months_unread`.
    """
    if not has_month_columns(heads):
        return None
    if not marks:
        return Period(None, None, (0, 0), ("months_unread",))
    doubt: list[str] = []
    days = [_days(head, heads, fiscal_year, doubt) for head, _ in marks]
    known = [day for day in days if day is not None]
    if len(known) < len(days):
        return Period(None, None, (0, 0), (*dict.fromkeys(doubt),))
    if any((after[0] - before[1]).days > 1 for before, after in pairwise(known)):
        doubt.append("several_dates")
    return Period(min(known)[0], max(known)[1], (0, 0), tuple(dict.fromkeys(doubt)))


def marked_months_text(marks: Sequence[tuple[Head, SourceText]]) -> SourceText | None:
    """Return the first and the last marked month as written in the column heads; None without marks."""
    if not marks:
        return None
    labels = [head.label or head.text for head, _ in (marks[0], marks[-1])]
    return labels[0] if marks[0][0] is marks[-1][0] else SourceText.join(labels, " - ")


def _days(
    head: Head, heads: Sequence[Head], fiscal_year: int | None, doubt: list[str]
) -> tuple[date, date] | None:
    if head.months is None:
        return None
    bounds = [_year(head, month, heads, fiscal_year, doubt) for month in head.months]
    if bounds[0] is None or bounds[1] is None:
        doubt.append("year_missing")
        return None
    (first, last), (start, end) = head.months, (bounds[0] - 543, bounds[1] - 543)
    return date(start, first, 1), date(end, last, monthrange(end, last)[1])


def _year(
    head: Head, month: int, heads: Sequence[Head], fiscal_year: int | None, doubt: list[str]
) -> int | None:
    """Return the year (B.E.) of a month: from its own head, else from the head above or the plan's year."""
    label = find_dates(head.label.chars) if head.label else []
    if label and label[0].year:
        return label[0].year
    above = head.text.chars.removesuffix(head.label.chars) if head.label else head.text.chars
    span = parse_period(above)
    if span.start and span.end and find_dates(above):
        years = [
            y
            for y in (span.start.year, span.end.year)
            if span.start <= date(y, month, 28) and date(y, month, 1) <= span.end
        ]
        return years[0] + 543 if years else None
    stated = [year for year in find_years(above) if year.kind in ("fiscal", "plain", "bare")]
    if stated and stated[0].kind != "fiscal" and not _is_fiscal(head, heads):
        return stated[0].value_be
    if stated and stated[0].kind != "fiscal":
        doubt.append("fiscal_assumed")
    if not stated and fiscal_year is not None:
        doubt.append("year_from_context")
    year = stated[0].value_be if stated else fiscal_year
    return year - (month >= 10) if year is not None else None


def _is_fiscal(head: Head, heads: Sequence[Head]) -> bool:
    """Return whether a head spans the months of a fiscal year, with October before January."""
    above = [h.months[0] for h in heads if h.months and h.year == head.year]
    return any(a >= 10 > b for a, b in pairwise(above))
