"""What a report says it is, where its rows do not show it: a piece of news, the nation's result, part of a plan.

The words are rows of `data/report_kinds.csv`. Without enough evidence a document is of none of these kinds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from thaita.extract.find.titles import SHORT, title_length
from thaita.extract.structure.grid import Grid
from thaita.extract.structure.page_furniture import FlowItem
from thaita.models.records import ReportKind
from thaita.normalize.agencies import find_agencies
from thaita.normalize.match_key import fold
from thaita.normalize.names import read_table
from thaita.normalize.numerals import strip_marker

_EDGE = 5
"""Number of lines at the start and end of a piece of news where its kind stands."""
_TOLD = 2
"""Least number of different words with which the press tells a result."""
_TITLE = 4
"""Number of lines of a title that can say whose results follow."""
_PARTS = re.compile(r"[>»|#*]")
"""What separates the parts of a path on a web page, or decorates a line."""


def stated_kinds(flow: Sequence[FlowItem], *, passage: bool, analysed: bool) -> tuple[ReportKind, ...]:
    """Return the kinds that a document states.

    `passage`: only passages of a longer document were read. `analysed`: the document holds findings or measures.
    """
    lines = [item.text.chars for item in flow if not isinstance(item, Grid) and not item.running]
    kinds: list[ReportKind] = []
    if _is_national(lines[: min(_TITLE, title_length(flow))]):
        kinds.append("national")
    if passage:
        kinds.append("plan")
    elif _is_news(lines, analysed=analysed):
        kinds.append("news")
    return tuple(kinds)


def _is_national(title: Sequence[str]) -> bool:
    """Return whether a title speaks of the nation's result and of no agency but the assessor."""
    named = [agency.name for line in title for agency in find_agencies(line, alone=len(line) < SHORT)]
    assessor = _words("national", "assessor")
    return any(_words("national", "title").search(fold(line)) for line in title) and all(
        assessor.search(fold(name)) for name in named
    )


def _is_news(lines: Sequence[str], *, analysed: bool) -> bool:
    edges = [*lines[:_EDGE], *lines[-_EDGE:]]
    if any(_words("news", "edge").match(fold(part)) for line in edges for part in _parts(line)):
        return True
    if analysed:
        return False
    told = {found[0] for line in lines for found in _words("news", "told").finditer(fold(line))}
    noticed = any(_words("news", "notice").match(fold(line)) for line in lines[:_EDGE])
    closed = any(_words("news", "closing").match(fold(line)) for line in lines[-_EDGE:])
    return len(told) >= _TOLD or (noticed and closed)


def _parts(line: str) -> list[str]:
    """Return the parts of a short line that can each name the kind; a list item names none."""
    if len(line) >= SHORT or strip_marker(line)[0]:
        return []
    return [part for part in map(str.strip, _PARTS.split(line)) if part]


@cache
def _words(kind: ReportKind, place: str) -> re.Pattern[str]:
    keys = [
        fold(row["phrase"])
        for row in read_table("report_kinds.csv")
        if (row["kind"], row["place"]) == (kind, place)
    ]
    return re.compile("|".join(map(re.escape, sorted(keys, key=len, reverse=True))))
