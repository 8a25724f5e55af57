"""Unruled tables: consecutive lines whose segments stand in the same columns."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from thaita.extract.readers.page.content import Rule
from thaita.extract.readers.page.headed_tables import headed_table
from thaita.extract.readers.page.layout import PageItem, TableDraft
from thaita.extract.readers.page.lines import Line
from thaita.extract.readers.page.paragraphs import starts_list_item
from thaita.extract.readers.page.part_ruled_tables import framed_lines, with_rows_split
from thaita.extract.readers.page.stripes import stripe_rules
from thaita.extract.readers.page.table_rows import (
    MIN_RULES,
    Columns,
    column_boundaries,
    column_span_of,
    row_cells,
    ruled_heights,
    split_rows,
)
from thaita.models.document import Box
from thaita.normalize.match_key import fold

_MIN_ROWS = 3
"""Minimum number of lines with the same columns in a table; two may align by chance."""

_MAX_PITCH = 2.6
"""Maximum baseline distance, in type sizes, of lines of one table."""

_MAX_PITCH_PADDED = 5.0
"""The same between two lines of three or more segments each, as in rows with wide padding."""

_MIN_COLUMN_GAP = 1.0
"""Minimum white space in ems between two columns, on every line."""

_PAGE_NUMBER = re.compile(r"[-.…]*\d{1,3}")


def with_unruled_tables(
    items: Sequence[PageItem], rules: Iterable[Rule], fills: Sequence[Box] = ()
) -> list[PageItem]:
    """Return the items of a page with runs of lines in columns turned into tables.

    Rules across a table, and colored stripes, separate its rows. A table of contents (a second column of page
    numbers only) stays as lines.
    """
    stripes = stripe_rules(fills)
    flat = [rule for rule in rules if rule.horizontal]
    return _with_tables(_with_part_ruled_resolved(items, flat, stripes), flat, stripes)


def _with_part_ruled_resolved(
    items: Sequence[PageItem], flat: Sequence[Rule], stripes: Sequence[Rule]
) -> list[PageItem]:
    """Return the items with partly ruled tables resolved: frames around columns, and bands of several rows."""
    opened: list[PageItem] = []
    for item in items:
        inner = framed_lines(item) if isinstance(item, TableDraft) else None
        parted = _with_tables(inner, flat, stripes) if inner else []
        if any(isinstance(part, TableDraft) for part in parted):
            opened += parted
        else:
            opened.append(with_rows_split(item, stripes) if isinstance(item, TableDraft) else item)
    return opened


def _with_tables(items: Sequence[PageItem], flat: Sequence[Rule], stripes: Sequence[Rule]) -> list[PageItem]:
    result: list[PageItem] = []
    i = 0
    while i < len(items):
        headed = headed_table(items, i)
        if headed is not None:
            result.append(headed.table)
            i += headed.lines
            continue
        run = _column_run(items, i)
        columns = _columns(run)
        if columns:
            run = _lines_in_columns(run, columns)
            table = _table_from(run, columns, flat, stripes)
            if table is not None:
                result.append(table)
                i += len(run)
                continue
        result.append(items[i])
        i += 1
    return result


def _column_run(items: Sequence[PageItem], start: int) -> list[Line]:
    """Return the closely spaced lines from `start` on, beginning with one of several segments."""
    run: list[Line] = []
    for item in items[start:]:
        if not isinstance(item, Line) or not item.upright:
            break
        if not run and len(item.segments) < 2:
            break
        if run and item.box.bottom - run[-1].box.bottom > _max_pitch(run, item) * max(
            item.size, run[-1].size
        ):
            break
        run.append(item)
    return run


def _max_pitch(run: Sequence[Line], line: Line) -> float:
    """Return the maximum distance, in type sizes, of the next line: larger if the line shows the same columns."""
    number = len(line.segments)
    return (
        _MAX_PITCH_PADDED
        if number >= _MIN_ROWS and any(len(one.segments) == number for one in run)
        else _MAX_PITCH
    )


def _columns(run: Sequence[Line]) -> Columns:
    """Return the start and end of each column, taken from the lines with the commonest number of segments."""
    counts = Counter(len(line.segments) for line in run if len(line.segments) > 1)
    if not counts:
        return []
    number, lines = max(counts.items(), key=lambda pair: (pair[1] >= _MIN_ROWS, pair[0]))
    if lines < _MIN_ROWS:
        return []
    modal = [line for line in run if len(line.segments) == number]
    columns = [
        (min(line.segments[i].x0 for line in modal), max(line.segments[i].x1 for line in modal))
        for i in range(number)
    ]
    strip = _MIN_COLUMN_GAP * modal[0].size
    apart = all(b[0] - a[1] >= strip for a, b in itertools.pairwise(columns))
    return columns if apart else []


def _lines_in_columns(run: Sequence[Line], columns: Columns) -> list[Line]:
    """Return the leading lines of a run that fit the columns, up to the last one of several segments."""
    fitting: list[Line] = []
    for line in run:
        spans = [column_span_of(segment, columns) for segment in line.segments]
        if any(span is None for span in spans) or (len(spans) == 1 and len(set(spans[0] or ())) > 1):
            break
        fitting.append(line)
    while fitting and len(fitting[-1].segments) < 2 and starts_list_item(fitting[-1]):
        fitting.pop()
    return fitting


def _table_from(
    run: Sequence[Line], columns: Columns, flat: Sequence[Rule], stripes: Sequence[Rule]
) -> TableDraft | None:
    full = [line for line in run if len(line.segments) > 1]
    if len(full) < _MIN_ROWS or _is_table_of_contents(full):
        return None
    box = Box(
        min(columns[0][0], *(line.box.x0 for line in run)),
        run[0].box.top,
        max(columns[-1][1], *(line.box.x1 for line in run)),
        run[-1].box.bottom,
    )
    bands = ruled_heights(flat, box)
    if len(bands) < MIN_RULES:
        bands = ruled_heights(stripes, box) or bands
    rows = split_rows(run, columns, bands)
    edges = [box.x0, *column_boundaries(columns)[1:-1], box.x1]
    cells = [cell for r, row in enumerate(rows) for cell in row_cells(row, r, columns, edges)]
    return TableDraft(len(rows), len(columns), cells, box, drawn=False)


def _is_table_of_contents(lines: Sequence[Line]) -> bool:
    numbers = sum(bool(_PAGE_NUMBER.fullmatch(fold(line.segments[-1].text))) for line in lines)
    return len(lines[0].segments) == 2 and numbers > 0.7 * len(lines)
