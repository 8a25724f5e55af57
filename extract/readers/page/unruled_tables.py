"""Tables without full ruling: lines whose segments stand in the same columns, line after line."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from thaita.extract.readers.page.content import Rule
from thaita.extract.readers.page.layout import Item, TableDraft
from thaita.extract.readers.page.lines import Line
from thaita.extract.readers.page.paragraphs import begins_item
from thaita.extract.readers.page.part_ruled_tables import framed_lines, with_rows_parted
from thaita.extract.readers.page.stripes import stripe_rules
from thaita.extract.readers.page.table_rows import (
    ENOUGH,
    Columns,
    bands_of,
    cells_of,
    edges_of,
    part_rows,
    span_of,
)
from thaita.models.document import Box
from thaita.normalize.match_key import fold

_ROWS = 3
"""Lines with the same columns that make a table; two may stand side by side by chance."""

_APART = 2.6
"""Type sizes between the baselines of lines of one table at most."""

_PADDED = 5.0
"""The same between two lines of three or more segments each, as rows with much padding have."""

_STRIP = 1.0
"""Ems of white that part two columns at least, on every line."""

_PAGE_NUMBER = re.compile(r"[-.…]*\d{1,3}")


def with_column_tables(items: Sequence[Item], rules: Iterable[Rule], fills: Sequence[Box] = ()) -> list[Item]:
    """Return the items of a page with runs of lines that stand in columns turned into tables.

    Rules across a table, and areas of colour that make stripes of it, part its rows. A table of contents
    (a second column of nothing but page numbers) stays lines.
    """
    stripes = stripe_rules(fills)
    flat = [rule for rule in rules if rule.horizontal]
    return _with_tables(_opened(items, flat, stripes), flat, stripes)


def _opened(items: Sequence[Item], flat: Sequence[Rule], stripes: Sequence[Rule]) -> list[Item]:
    """Return the items with tables that are ruled in part opened up: frames around columns, bands of many rows."""
    opened: list[Item] = []
    for item in items:
        inner = framed_lines(item) if isinstance(item, TableDraft) else None
        parted = _with_tables(inner, flat, stripes) if inner else []
        if any(isinstance(part, TableDraft) for part in parted):
            opened += parted
        else:
            opened.append(with_rows_parted(item, stripes) if isinstance(item, TableDraft) else item)
    return opened


def _with_tables(items: Sequence[Item], flat: Sequence[Rule], stripes: Sequence[Rule]) -> list[Item]:
    result: list[Item] = []
    i = 0
    while i < len(items):
        run = _run(items, i)
        columns = _columns(run)
        if columns:
            run = _in_columns(run, columns)
            table = _table(run, columns, flat, stripes)
            if table is not None:
                result.append(table)
                i += len(run)
                continue
        result.append(items[i])
        i += 1
    return result


def _run(items: Sequence[Item], start: int) -> list[Line]:
    """Return the lines from one of several segments on that follow each other closely."""
    run: list[Line] = []
    for item in items[start:]:
        if not isinstance(item, Line) or not item.upright:
            break
        if not run and len(item.segments) < 2:
            break
        if run and item.box.bottom - run[-1].box.bottom > _apart(run, item) * max(item.size, run[-1].size):
            break
        run.append(item)
    return run


def _apart(run: Sequence[Line], line: Line) -> float:
    """Return how many type sizes below a run of lines the next may stand: more where it shows the same columns."""
    number = len(line.segments)
    return _PADDED if number >= _ROWS and any(len(one.segments) == number for one in run) else _APART


def _columns(run: Sequence[Line]) -> Columns:
    """Return where the columns begin and end, told by the lines that have the commonest number of segments."""
    counts = Counter(len(line.segments) for line in run if len(line.segments) > 1)
    if not counts:
        return []
    number, lines = max(counts.items(), key=lambda pair: (pair[1] >= _ROWS, pair[0]))
    if lines < _ROWS:
        return []
    modal = [line for line in run if len(line.segments) == number]
    columns = [
        (min(line.segments[i].x0 for line in modal), max(line.segments[i].x1 for line in modal))
        for i in range(number)
    ]
    strip = _STRIP * modal[0].size
    apart = all(b[0] - a[1] >= strip for a, b in itertools.pairwise(columns))
    return columns if apart else []


def _in_columns(run: Sequence[Line], columns: Columns) -> list[Line]:
    """Return the lines at the beginning of a run that fit the columns, up to the last of several segments."""
    fitting: list[Line] = []
    for line in run:
        spans = [span_of(segment, columns) for segment in line.segments]
        if any(span is None for span in spans) or (len(spans) == 1 and len(set(spans[0] or ())) > 1):
            break
        fitting.append(line)
    while fitting and len(fitting[-1].segments) < 2 and begins_item(fitting[-1]):
        fitting.pop()
    return fitting


def _table(
    run: Sequence[Line], columns: Columns, flat: Sequence[Rule], stripes: Sequence[Rule]
) -> TableDraft | None:
    full = [line for line in run if len(line.segments) > 1]
    if len(full) < _ROWS or _is_contents(full):
        return None
    box = Box(
        min(columns[0][0], *(line.box.x0 for line in run)),
        run[0].box.top,
        max(columns[-1][1], *(line.box.x1 for line in run)),
        run[-1].box.bottom,
    )
    bands = bands_of(flat, box)
    if len(bands) < ENOUGH:
        bands = bands_of(stripes, box) or bands
    rows = part_rows(run, columns, bands)
    edges = [box.x0, *edges_of(columns)[1:-1], box.x1]
    cells = [cell for r, row in enumerate(rows) for cell in cells_of(row, r, columns, edges)]
    return TableDraft(len(rows), len(columns), cells, box, drawn=False)


def _is_contents(lines: Sequence[Line]) -> bool:
    numbers = sum(bool(_PAGE_NUMBER.fullmatch(fold(line.segments[-1].text))) for line in lines)
    return len(lines[0].segments) == 2 and numbers > 0.7 * len(lines)
