"""Tables whose columns are separated only by spaces, as written by programs that keep a page's layout."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from thaita.extract.readers.text.markup import lines_of
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

Measure = Callable[[Line, int], int]
"""The distance of a place in a line from its start."""

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
_PROBE_LINES = 40
"""Number of lines after which a run must prove to be a table."""
_MAX_ROW_LENGTH = 1000
"""Length from which a line is not a table row."""


def spaced_table(lines: Sequence[Line], text: str, first: int = 0) -> tuple[Table | None, int]:
    """Return the table that starts at line `first`, and the number of its lines.

    Two or more spaces separate the fields of a line. Lines form a table if most of them have the same number
    of fields, and either the first has column headings as fields or a column holds figures. A line with fewer
    fields puts each under the nearest field of the usual row; a long line with one field is prose and ends
    the table. A line that only continues cells above it is not a separate row. Without a table, the number is
    that of the lines examined.
    """
    run: list[tuple[int, Line, list[tuple[int, int]]]] = []
    for i in range(first, len(lines)):
        line = lines[i]
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
    measure = _measure_of(full)
    columns = _columns(full, measure)
    rows = [_row(line, fields, columns, measure) for _, line, fields in run]
    return _table(text, rows, width), looked_at


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


def _table(text: str, rows: Sequence[Sequence[Span]], width: int) -> Table:
    """Return the table of the rows, with each continuation line joined to the row above."""
    joined = _WrappedLines(text, rows).join()
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

    def join(self) -> list[list[list[Span]]]:
        """Return the rows, with each cell as the ranges of its lines."""
        joined: list[list[list[Span]]] = []
        for row, shown in zip(self.rows, self.shown, strict=True):
            spans = [[span] if text else [] for span, text in zip(row, shown, strict=True)]
            below_header = len(joined) == 1 and self.marked and not shown[0]
            if below_header or (len(joined) > 1 and self._is_continuation(shown)):
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
        for measure in (_column, _letters)
    )


def _column(line: Line, at: int) -> int:
    """Return the column on screen, where marks above and below letters take no space."""
    return sum(unicodedata.category(c) != "Mn" for c in line.chars[:at])


def _letters(_line: Line, at: int) -> int:
    """Return the number of characters before a place: programs that count marks as letters align them so."""
    return at


def _measure_of(rows: Sequence[tuple[Line, list[tuple[int, int]]]]) -> Measure:
    """Return the measure, on screen or in characters, by which the fields of the rows begin closest together."""

    def spread(measure: Measure) -> int:
        lefts = [[measure(line, fields[c][0]) for line, fields in rows] for c in range(1, len(rows[0][1]))]
        return sum(max(column) - min(column) for column in lefts)

    return min((_column, _letters), key=spread)


def _edges(line: Line, field: tuple[int, int], measure: Measure) -> tuple[float, float, float]:
    """Return the left edge, middle and right edge of a field; its column shares one of them."""
    left, right = measure(line, field[0]), measure(line, field[1])
    return left, (left + right) / 2, right


def _columns(rows: Sequence[tuple[Line, list[tuple[int, int]]]], measure: Measure) -> list[tuple[float, ...]]:
    """Return the mean edges of each column."""
    columns = []
    for c in range(len(rows[0][1])):
        edges = [_edges(line, fields[c], measure) for line, fields in rows]
        columns.append(tuple(sum(values) / len(values) for values in zip(*edges, strict=True)))
    return columns


def _row(
    line: Line, fields: list[tuple[int, int]], columns: Sequence[tuple[float, ...]], measure: Measure
) -> list[Span]:
    placed: list[Span] = [(line.start, line.start)] * len(columns)
    if len(fields) == len(columns):
        return [(line.start + a, line.start + b) for a, b in fields]
    least = 0
    for a, b in fields:
        here = _edges(line, (a, b), measure)
        far = [min(abs(x - y) for x, y in zip(here, column, strict=True)) for column in columns[least:]]
        c = least = least + far.index(min(far))
        start, end = placed[c]
        placed[c] = (line.start + a if start == end else start, line.start + b)
    return placed
