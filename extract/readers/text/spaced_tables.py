"""Tables whose columns are separated only by spaces, as written by programs that keep a page's layout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from thaita.extract.readers.text.markup import lines_of
from thaita.extract.readers.text.spaced_columns import (
    column_edges,
    letters_before,
    measure_of,
    place_fields,
    screen_column,
)
from thaita.extract.readers.text.tables import Line
from thaita.models.document import Cell, Table
from thaita.models.roles import Role
from thaita.models.source_text import Span
from thaita.normalize.date_forms import LAST_YEAR
from thaita.normalize.dates import parse_period
from thaita.normalize.field_words import leading_role
from thaita.normalize.headings import match_heading
from thaita.normalize.indicators import find_instrument, match_indicator
from thaita.normalize.owners import names_units
from thaita.normalize.statuses import parse_status
from thaita.normalize.topics import match_topic

_FIELD = re.compile(r"\S+(?:[ \u00a0]\S+)*")
_RULER = re.compile(r"[\s\-–—=_+|:]*")
_FIGURE = re.compile(r"[0-9๐-๙]{1,3}(?:[.,][0-9๐-๙]{1,2})?%?|-")
_NUMBER = re.compile(r"[(]?[0-9๐-๙]{1,3}[.)]?")
_MARKED = re.compile(r"[(]?[0-9๐-๙]{1,3}(?:[.)]+\s*\S|$)")
_LEAST_ROWS = 3
_MAX_CONTINUATION = 60
"""Maximum length of a line that continues a wrapped cell."""
_MAX_HEAD = 40
"""Maximum length of a head that no list has."""
_ALIGNED_FIELDS = 3
"""Minimum number of fields in lines that are a table because their fields begin in the same columns."""
_OFF_COLUMN = 2
"""Most columns between the beginnings of a field and of the head above it."""
_PROBE_LINES = 40
"""Number of lines after which a run must prove to be a table."""
_MAX_ROW_LENGTH = 1000
"""Length from which a line is not a table row."""


def spaced_table(lines: Sequence[Line], text: str, first: int = 0) -> tuple[Table | None, int]:
    """Return the table that starts at line `first`, and the number of its lines.

    Two or more spaces separate the fields of a line. Lines form a table if most of them have the same number
    of fields, and either the first has column headings as fields or a column holds figures. A line with fewer
    fields puts each under the nearest field of the usual row; a long line with one field is prose and ends
    the table. A line that only continues cells above it is not a separate row. Below column headings a blank line
    parts rows, if the next line keeps to the columns. Without a table, the number is that of the lines examined.
    """
    run: list[tuple[int, Line, list[tuple[int, int]]]] = []
    gaps: set[int] = set()
    for i in range(first, len(lines)):
        line = lines[i]
        if line.blank and _goes_on_below(run, lines, i):
            gaps.add(len(run))
            continue
        if line.blank or "\t" in line.chars or len(line.chars) > _MAX_ROW_LENGTH:
            break
        if _RULER.fullmatch(line.chars):
            continue
        fields = _fields(line)
        if len(fields) < 2 and (not run or len(line.chars.strip()) > _MAX_CONTINUATION):
            break
        run.append((i, line, fields))
        if len(run) == _PROBE_LINES and _usual_field_count(run) is None:
            break
    looked_at = run[-1][0] + 1 - first if run else 1
    width = _usual_field_count(run)
    if width is None:
        return None, looked_at
    full = [(line, fields) for _, line, fields in run if len(fields) == width]
    measure = measure_of(full)
    columns = column_edges(full, measure)
    rows = [place_fields(line, fields, columns, measure) for _, line, fields in run]
    again = {k for k in gaps if run[k : k + 1] and run[k][1].chars.split() == run[0][1].chars.split()}
    kept = [k for k in range(len(run)) if k not in again]
    starts = {kept.index(k) for k in gaps if k in kept}
    return _table(text, [rows[k] for k in kept], width, starts), looked_at


def _goes_on_below(
    run: Sequence[tuple[int, Line, list[tuple[int, int]]]], lines: Sequence[Line], blank: int
) -> bool:
    """Return whether the line below a blank one keeps to the columns that the head of a table sets."""
    if not run or len(run[0][2]) < _ALIGNED_FIELDS or blank + 1 >= len(lines):
        return False
    head, fields = run[0][1], run[0][2]
    if not all(_is_head(head.chars[a:b]) for a, b in fields):
        return False
    below = lines[blank + 1]
    own = _fields(below)
    if below.blank or "\t" in below.chars or not 1 < len(own) <= len(fields):
        return False
    return any(
        all(
            any(abs(measure(below, a) - measure(head, at)) <= _OFF_COLUMN for at, _ in fields) for a, _ in own
        )
        for measure in (screen_column, letters_before)
    )


def _usual_field_count(run: Sequence[tuple[int, Line, list[tuple[int, int]]]]) -> int | None:
    """Return the number of fields in most lines, or None if the lines form no table."""
    counts = Counter(len(fields) for _, _, fields in run if len(fields) > 1)
    if len(run) < _LEAST_ROWS or not counts:
        return None
    headed = _header_field_count(run)
    if headed is not None:
        return headed
    width, usual = max(counts.items(), key=lambda item: (item[1], item[0]))
    return width if usual >= 0.6 * len(run) and _is_table([line for _, line, _ in run], width) else None


def _header_field_count(run: Sequence[tuple[int, Line, list[tuple[int, int]]]]) -> int | None:
    """Return the number of fields in a header line that no line below exceeds, or None.

    In such a table, empty or wrapped cells leave most lines with fewer fields.
    """
    _, line, fields = run[0]
    headings = sum(_is_head(line.chars[a:b]) for a, b in fields)
    below = [len(others) for _, _, others in run[1:]]
    fits = len(fields) >= 3 and headings >= 3 and max(below) <= len(fields)
    return len(fields) if fits and len(fields) in below else None


def _table(text: str, rows: Sequence[Sequence[Span]], width: int, starts: Collection[int]) -> Table:
    """Return the table of the rows, with each continuation line joined to the row above.

    `starts` are the rows below a blank line.
    """
    joined = _WrappedLines(text, rows).join(starts)
    cells = tuple(
        Cell(r, c, tuple(line for span in spans for line in lines_of(text, *span)))
        for r, row in enumerate(joined)
        for c, spans in enumerate(row)
    )
    return Table(len(joined), width, cells)


class _WrappedLines:
    """Separates continuation lines of wrapped cells from rows."""

    def __init__(self, text: str, rows: Sequence[Sequence[Span]]) -> None:
        self.rows = rows
        self.shown = [[text[a:b] for a, b in row] for row in rows]
        full = [row for row in self.shown[1:] if all(row)]
        self.numbered = bool(full) and all(_NUMBER.fullmatch(row[0]) for row in full)
        columns = range(1, len(self.shown[0]))
        figures = [sum(bool(_FIGURE.fullmatch(row[c])) for row in full) for c in columns]
        starts = [row[0] for row in self.shown[1:] if row[0]]
        marked = sum(bool(_MARKED.match(start)) for start in starts)
        self.marked = marked >= 0.4 * len(starts) and bool(starts) and bool(_first_marked(self.shown))
        self.scored = max(figures) >= 0.7 * len(full) > 0
        self.anchors = [c for c in columns if _is_plain([row[c] for row in self.shown[1:] if row[c]])]

    def join(self, starts: Collection[int]) -> list[list[list[Span]]]:
        """Return the rows, with each cell as the ranges of its lines; `starts` are the rows below a blank line."""
        joined: list[list[list[Span]]] = []
        for i, (row, shown) in enumerate(zip(self.rows, self.shown, strict=True)):
            spans = [[span] if text else [] for span, text in zip(row, shown, strict=True)]
            below_header = len(joined) == 1 and self.marked and not shown[0]
            within = bool(starts) and i not in starts and not shown[0]
            if below_header or (len(joined) > 1 and (within or self._is_continuation(shown))):
                for cell, more in zip(joined[-1], spans, strict=True):
                    cell += more
            else:
                joined.append(spans)
        return joined

    def _is_continuation(self, shown: Sequence[str]) -> bool:
        """Return whether a line lacks the number, figures, dates or units that each row has, and names no row subject."""
        full = [text for text in shown if text]
        if any(_names_subject(text) for text in full):
            return False
        if self.marked and not _MARKED.match(shown[0]):
            return True
        if self.anchors and not self.scored and not any(shown[c] for c in self.anchors):
            return True
        return (self.numbered and not shown[0]) or (self.scored and len(full) == 1)


def _first_marked(shown: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row with a first cell below the header starts with a list number."""
    first = next((row[0] for row in shown[1:] if row[0]), "")
    return _MARKED.match(first) is not None


def _is_plain(cells: Sequence[str]) -> bool:
    """Return whether most cells of a column are dates, units or statuses, which each row of such a table has."""
    tests = (_is_date, names_units, _is_status)
    return bool(cells) and any(sum(map(test, cells)) >= 0.6 * len(cells) for test in tests)


def _is_date(text: str) -> bool:
    period = parse_period(text, LAST_YEAR)
    return period.start is not None or period.end is not None


def _is_status(text: str) -> bool:
    return parse_status(text) is not None


def _names_subject(text: str) -> bool:
    """Return whether a text is a figure, a total, or the name of a row's subject."""
    heading = match_heading(text)
    total = heading is not None and heading.role is Role.TOTAL
    named = match_indicator(text) or find_instrument(text) or match_topic(text)
    return total or named is not None or _FIGURE.fullmatch(text) is not None


def _fields(line: Line) -> list[tuple[int, int]]:
    return [m.span() for m in _FIELD.finditer(line.chars)]


def _is_table(lines: Sequence[Line], width: int) -> bool:
    texts = [[line.chars[a:b] for a, b in _fields(line)] for line in lines]
    headings = sum(map(_is_head, texts[0]))
    full = [row for row in texts if len(row) == width]
    labels = [heading.phrase for row in full if (heading := match_heading(row[0]))]
    if len(labels) >= 0.5 * len(full) and len(set(labels)) > 1:
        # a form: each line has its own label
        return False
    figures = max(sum(bool(_FIGURE.fullmatch(row[c])) for row in full) for c in range(1, width))
    return headings >= 2 or figures >= 0.7 * len(full) or _are_aligned(lines, width)


def _is_head(text: str) -> bool:
    """Return whether a field reads as the head of a column: a usual one, or short words for a field."""
    return match_heading(text) is not None or (len(text) <= _MAX_HEAD and leading_role(text) is not None)


def _are_aligned(lines: Sequence[Line], width: int) -> bool:
    """Return whether the fields of at least three lines begin in the same columns on the screen."""
    rows = [(line, fields) for line in lines if len(fields := _fields(line)) == width]
    if width < _ALIGNED_FIELDS or len(rows) < _LEAST_ROWS:
        return False
    return any(
        all(
            sum(abs(left - column[0]) <= 1 for left in column) >= 0.8 * len(column)
            for column in ([measure(line, fields[c][0]) for line, fields in rows] for c in range(1, width))
        )
        for measure in (screen_column, letters_before)
    )
