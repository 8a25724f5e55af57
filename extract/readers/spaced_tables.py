"""Tables whose columns only spaces part, as programs that keep a page's layout give them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from thaita.extract.readers.text_tables import Line
from thaita.models.source_text import Span
from thaita.normalize.headings import match_heading

_FIELD = re.compile(r"\S+(?:[ \u00a0]\S+)*")
_RULER = re.compile(r"[\s\-–—=_+|:]*")
_FIGURE = re.compile(r"[0-9๐-๙]{1,3}(?:[.,][0-9๐-๙]{1,2})?%?|-")
_LEAST_ROWS = 3
_WRAPPED = 60
"""Characters that a cell's wrapped rest on a line of its own has at most."""
_LONGEST = 1000
"""Characters from which a line is no row of a page."""


def spaced_rows(lines: Sequence[Line], first: int = 0) -> tuple[list[list[Span]] | None, int]:
    """Return the rows of the table that begins at line `first`, and the number of lines taken.

    Two spaces or more part the fields of a line. Lines make a table if most of them have the same
    number of fields and fields of the first are column headings, or a column holds figures. A line
    with fewer fields puts each under the field of the usual row that stands nearest; a long line of one
    field is prose and ends the table. Without a table the rows are None and the number is that of the
    lines looked at.
    """
    run: list[tuple[int, Line, list[tuple[int, int]]]] = []
    for i in range(first, len(lines)):
        line = lines[i]
        if line.blank or "\t" in line.chars or len(line.chars) > _LONGEST:
            break
        if _RULER.fullmatch(line.chars):
            continue
        fields = _fields(line)
        if len(fields) < 2 and (not run or len(line.chars.strip()) > _WRAPPED):
            break
        run.append((i, line, fields))
    looked_at = run[-1][0] + 1 - first if run else 1
    counts = Counter(len(fields) for _, _, fields in run if len(fields) > 1)
    if len(run) < _LEAST_ROWS or not counts:
        return None, looked_at
    width, usual = max(counts.items(), key=lambda item: (item[1], item[0]))
    if width < 2 or usual < 0.6 * len(run) or not _is_table([line for _, line, _ in run], width):
        return None, looked_at
    centres = _centres([(line, fields) for _, line, fields in run if len(fields) == width])
    rows = [_row(line, fields, width, centres) for _, line, fields in run]
    return rows, run[-1][0] + 1 - first


def _fields(line: Line) -> list[tuple[int, int]]:
    return [m.span() for m in _FIELD.finditer(line.chars)]


def _is_table(lines: Sequence[Line], width: int) -> bool:
    texts = [[line.chars[a:b] for a, b in _fields(line)] for line in lines]
    headings = sum(match_heading(text) is not None for text in texts[0])
    full = [row for row in texts if len(row) == width]
    figures = max(sum(bool(_FIGURE.fullmatch(row[c])) for row in full) for c in range(1, width))
    return headings >= 2 or figures >= 0.7 * len(full)


def _column(line: Line, at: int) -> int:
    """Return the column on screen, where marks above and below letters take no room."""
    return sum(unicodedata.category(c) != "Mn" for c in line.chars[:at])


def _centres(rows: Sequence[tuple[Line, list[tuple[int, int]]]]) -> list[float]:
    centres = []
    for field in zip(*(fields for _, fields in rows), strict=True):
        lines = [line for line, _ in rows]
        mids = [(_column(line, a) + _column(line, b)) / 2 for line, (a, b) in zip(lines, field, strict=True)]
        centres.append(sum(mids) / len(mids))
    return centres


def _row(line: Line, fields: list[tuple[int, int]], width: int, centres: list[float]) -> list[Span]:
    placed: list[Span] = [(line.start, line.start)] * width
    if len(fields) == width:
        return [(line.start + a, line.start + b) for a, b in fields]
    for a, b in fields:
        middle = (_column(line, a) + _column(line, b)) / 2
        c = min(range(width), key=lambda i: abs(centres[i] - middle))
        start, end = placed[c]
        placed[c] = (line.start + a if start == end else start, line.start + b)
    return placed
