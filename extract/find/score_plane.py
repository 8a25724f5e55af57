"""Names of indicators and figures of a part of a report, each with its place: row, column and offset in the cell.

A table and a run of lines are read alike: a line is a row with one cell. What a figure means follows from the words
that label it: in its cell, at the head of its column, and in its row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from thaita.extract.find.score_candidates import ScoreCandidate, has_other_maximum, looks_like_score
from thaita.extract.find.score_pairs import figures_beside
from thaita.extract.find.score_sentences import indicator_names
from thaita.extract.structure.context import names_instrument_only
from thaita.extract.structure.grid import Grid
from thaita.models.flags import Flag
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.counts import is_count_head
from thaita.normalize.date_years import find_years
from thaita.normalize.figure_cues import pattern
from thaita.normalize.figures import Figure, read_figures
from thaita.normalize.frameworks import framework
from thaita.normalize.indicators import Found, find_indicators, find_instrument, match_indicator
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import Number, find_numbers, strip_marker, to_arabic

MAX_LINE = 120
"""Maximum characters of a line or cell that is no prose."""
_WORDS_AROUND = 36
"""Maximum letters beside a doubtful name in its cell."""
_MAX_LABEL = 60
_FULL = 100
_OTHER_ROLES = frozenset({Role.NUMBER, Role.GRADE, Role.OTHER, Role.PERIOD, Role.OWNER, Role.STATUS})
"""Roles of columns without scores."""
_LEAST_BARE = 30
"""Minimum score at the start of a line that names an indicator; a smaller figure numbers the line: "3.10 การใช้อำนาจ"."""
_AFTER = 16
"""Maximum letters after a figure that ends a sentence."""
_DIGIT_AFTER = re.compile(r"\s?[0-9๐-๙]{1,2}(?![0-9๐-๙.,])|\s?[.,]\s?[.,]?[0-9๐-๙]")
_DIGIT_BEFORE = re.compile(r"(?<![0-9๐-๙.,])[0-9๐-๙]\s$|[0-9๐-๙]\s?[.,]\s?[.,]?$")
"""Digits beside a figure, of which they may be a part: "95.5 2"."""
_FIGURES = re.compile(r"[0-9๐-๙]+(?:[.,][0-9๐-๙]+)*")
_EDGES = re.compile(r"^[\s•\-–—*.:)\]]+|[\s:：=\-–—.•*()\[\]>→]+$")


@dataclass(frozen=True, slots=True)
class PlaneCell:
    """A cell or line; `head` is the text above its column, `beside` the other texts of its row."""

    row: int
    column: int
    text: SourceText
    head: str = ""
    role: Role | None = None
    year: int | None = None
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """An indicator's name from offset `start` of its cell to `end`; a name in torn lines ends in row `last`."""

    row: int
    last: int
    column: int
    start: int
    end: int
    candidate: ScoreCandidate
    """The indicator; its score is not known yet."""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure that may be a score, its label as a match key, and the year (B.E.) that the words around it state.

    `rank` is how well the label fits a score: 2 for scoring words, 1 without a label, 0 for other words. `likely`
    tells whether it is written like a score.
    """

    row: int
    column: int
    start: int
    end: int
    cell: SourceText
    number: Number
    label: str
    rank: int
    year: int | None
    likely: bool
    crowded: bool = False
    """Whether another figure stands beside it that nothing tells apart."""

    @property
    def text(self) -> SourceText:
        """The figure as written."""
        return self.cell[self.start : self.end]


@dataclass(slots=True)
class Plane:
    """The names and figures of a table or of a run of lines."""

    names: list[Name] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)


def lines_plane(lines: Sequence[SourceText], year: int | None) -> Plane:
    """Return the names and figures of a run of lines; `year` (B.E.) is that of the indicators."""
    cells = [PlaneCell(r, 0, line) for r, line in enumerate(lines)]
    plane = Plane(list(_line_names(cells, year)))
    plane.names += [] if _is_named(plane.names) else list(_numbered(cells, year))
    lines_alike = Counter(_words(line.chars) for line in lines)
    spoken: int | None = None
    scaled = False
    above = ""
    for cell in cells:
        names = [name for name in plane.names if name.row <= cell.row <= name.last]
        label = _label_of(above)
        if lines_alike[label] == 1 and _rank(label) is not None:
            label = ""  # a heading; a label stands above each figure of a list
        values = list(_values(cell, names, label))
        said = None if any(value.likely for value in values) else _only_year(cell.text.chars)
        if not names and not values and len(cell.text) <= MAX_LINE:
            scaled = has_other_maximum(cell.text.chars) or (scaled and said is None)
        spoken = spoken if said is None else said
        values = [replace(_of_year(one, one.year or spoken, year), rank=one.rank) for one in values]
        plane.values += [] if scaled else values
        above = "" if names or values else cell.text.chars
    return plane


def grid_plane(grid: Grid, year: int | None) -> Plane:
    """Return the names and figures of a table, its heads included; `year` (B.E.) is that of the indicators."""
    cells = list(_grid_cells(grid))
    plane = Plane([name for cell in cells for name in _cell_names(cell, year)])
    plane.names += [] if _is_named(plane.names) else list(_numbered(cells, year))
    section: int | None = None
    for r in range(len(grid.rows) + 1):
        row = [cell for cell in cells if cell.row == r]
        named = {id(cell): _names_in(cell, plane.names) for cell in row}
        beside = "" if any(named.values()) else _row_label(row)
        stated = [found for cell in row if not named[id(cell)] and (found := _only_year(cell.text.chars))]
        if len(row) == 1 and stated:
            section = stated[0]
        for cell in row if r else [cell for cell in row if not cell.role]:
            other = cell.role in _OTHER_ROLES and not named[id(cell)]
            if not cell.inherited and not other and len(cell.text) <= 4 * MAX_LINE:
                values = _values(cell, named[id(cell)], beside)
                own = cell.year or (stated[0] if len(stated) == 1 else section)
                plane.values += [_of_year(one, one.year or own, year) for one in values]
    return plane


def _grid_cells(grid: Grid) -> Iterator[PlaneCell]:
    unknown = not any(head.text for head in grid.heads)
    first = [cell.text.chars for cell in grid.rows[0].cells] if unknown and grid.rows else []
    named = first if _are_heads(first) else [head.text.chars for head in grid.heads]
    for c, head in enumerate(grid.heads):
        if head.text:
            yield PlaneCell(0, c, head.text, role=head.role, year=head.year)
    for r, row in enumerate(grid.rows, 1):
        for c, cell in enumerate(row.cells):
            if cell.lines:
                head = grid.heads[c]
                above = "" if r == 1 and unknown else named[c]
                yield PlaneCell(r, c, cell.text, above, head.role, head.year, cell.inherited)


def _are_heads(texts: Sequence[str]) -> bool:
    """Return whether the first row of a table without known heads labels its columns: words without scores or names."""
    filled = [text for text in texts if text]
    return len(filled) >= 2 and not any(
        re.search(r"[0-9๐-๙][.][0-9๐-๙]", text) or find_indicators(text) for text in filled
    )


def _names_in(cell: PlaneCell, names: Iterable[Name]) -> list[Name]:
    return [name for name in names if (name.row, name.column) == (cell.row, cell.column)]


def _is_named(names: Iterable[Name]) -> bool:
    return len({name.candidate.no for name in names}) > 1


# --- names -------------------------------------------------------------------------------------------------


def _line_names(cells: Sequence[PlaneCell], year: int | None) -> Iterator[Name]:
    """Yield the names in lines; a name may be torn over two of them."""
    exact: set[int] = set()
    for one, two in zip(cells, [*cells[1:], None], strict=False):
        if len(one.text) > MAX_LINE:
            continue
        torn = two is not None and one.row not in exact and len(two.text) <= MAX_LINE
        found = list(_torn_name(one, two, year)) if two is not None and torn else []
        if not found:
            found = [name for name in _cell_names(one, year) if one.row not in exact or name.start > 0]
        exact |= {row for name in found for row in range(name.row, name.last + 1)}
        yield from found


def _torn_name(one: PlaneCell, two: PlaneCell, year: int | None) -> Iterator[Name]:
    text = SourceText.join((one.text, two.text), "\n")
    edge = len(one.text)
    for found in indicator_names(text.chars, year):
        if found.start < edge < found.end and _little_else(text.chars[: found.start], []):
            candidate = _unscored(text, found)
            yield Name(one.row, two.row, 0, 0, found.end - edge - 1, candidate)


def _cell_names(cell: PlaneCell, year: int | None) -> list[Name]:
    chars = cell.text.chars
    found = indicator_names(chars, year)
    sure = [one for one in found if not one.doubtful or _little_else(chars, found)]
    if sure or not 6 <= len(chars) <= MAX_LINE:
        return [
            Name(cell.row, cell.row, cell.column, one.start, one.end, _unscored(cell.text, one))
            for one in sure
        ]
    figure = next((m for m in _FIGURES.finditer(chars) if "." in to_arabic(m[0]) and m.start() > 6), None)
    end = figure.start() if figure else len(chars)
    match = _match(chars[:end].replace("\n", " "), year)
    if match is None:
        return []
    marker, start = strip_marker(chars[:end])
    flags = (Flag.AMBIGUOUS_NAME,) if match.close else ()
    text = cell.text[start:end].strip(" \t\n.:：-–=(|>")
    candidate = _candidate(match.no, text, match.similarity, marker, flags)
    return [Name(cell.row, cell.row, cell.column, start, end, candidate)]


_match = lru_cache(maxsize=2048)(match_indicator)
"""Names are read for the overall score and again for the indicators."""


def _little_else(chars: str, names: Sequence[Found]) -> bool:
    letters = len(fold(_FIGURES.sub("", chars)))
    return letters - sum(len(fold(name.as_written)) for name in names) <= _WORDS_AROUND


def _unscored(text: SourceText, found: Found) -> ScoreCandidate:
    before = text.chars[max(0, found.start - 16) : found.start]
    marker = re.search(r"(?<![0-9๐-๙.])[(]?([0-9๐-๙]{1,2})[).]?\s*(?:ด้าน)?\s*$", before)
    return _candidate(found.no, text[found.start : found.end], found.similarity, marker[1] if marker else "")


def _candidate(
    no: int, text: SourceText, similarity: float, marker: str, flags: tuple[str, ...] = ()
) -> ScoreCandidate:
    zero = read_figures("0.00")[0].number.value
    digits = re.sub(r"[^0-9๐-๙]", "", marker) or None
    return ScoreCandidate(no, text, text[:0], zero, similarity, digits, flags=flags, support=(text,))


def _numbered(cells: Sequence[PlaneCell], year: int | None) -> Iterator[Name]:
    """Yield indicators that only their numbers name, if nothing but all numbers of the year's indicators stands there."""
    found = [(cell, label) for cell in cells if (label := _number_label(cell, cells)) is not None]
    numbers = [int(to_arabic(label[2])) for _, label in found]
    if sorted(numbers) != sorted(framework(year).indicators):
        return
    for (cell, (start, end, _)), no in zip(found, numbers, strict=True):
        text = cell.text[start:end]
        candidate = _candidate(no, text, 100.0, "", (Flag.NUMBER_ONLY,))
        yield Name(cell.row, cell.row, cell.column, start, end, candidate)


def _number_label(cell: PlaneCell, cells: Sequence[PlaneCell]) -> tuple[int, int, str] | None:
    """Return the place and number of a label such as ตัวชี้วัดที่ 3, or of a 3 below or beside such words."""
    words = pattern("label", "indicator_number").pattern
    match = re.match(rf"\W*(?:{words})[\s.]*([0-9๐-๙]{{1,2}})(?![0-9๐-๙.])", cell.text.chars, re.IGNORECASE)
    if match:
        return match.start(), match.end(), match[1]
    bare = re.fullmatch(r"[(]?([0-9๐-๙]{1,2})[).]?", cell.text.chars)
    if bare is None:
        return None
    first = next((one.text.chars for one in cells if (one.row, one.column) == (cell.row, 0)), "")
    heads = (cell.head, first)
    labelled = any(re.fullmatch(words, fold(head), re.IGNORECASE) for head in heads)
    return (0, len(cell.text), bare[1]) if labelled else None


# --- figures -----------------------------------------------------------------------------------------------


def _values(cell: PlaneCell, names: Sequence[Name], beside: str) -> Iterator[Value]:
    """Yield the figures of a cell that may be an indicator's score; `beside` labels all figures of its row."""
    if not any(char.isdecimal() for char in cell.text.chars) or has_other_maximum(cell.head):
        return
    chars = cell.text.chars
    head, side = (1, 1) if names else (_rank(cell.head, heads=True), _rank(beside))
    if head is None or (side is None and cell.head):
        return
    whole = _broken_figure(cell.text) if cell.head or beside else None
    around = side if beside else head
    if whole is not None and around is not None:
        yield _value(cell, Figure(whole), _label_of(beside), around)
        return
    for start, figure in _labelled(chars, [_found(name, cell.row) for name in names]):
        label, rank = _label_before(chars[start : figure.start])
        if _in_prose(chars, figure) and (rank != 2 or not _ends(chars, figure)):
            continue
        rank = rank if label else around
        if rank is not None:
            yield _value(cell, figure, label or _label_of(beside), rank)


def _value(cell: PlaneCell, figure: Figure, label: str, rank: int) -> Value:
    chars = cell.text.chars
    before, after = chars[max(0, figure.start - 24) : figure.start], chars[figure.end :].lstrip()
    likely = looks_like_score(figure.number, before, after)
    place = (cell.row, cell.column, figure.start, figure.end)
    return Value(*place, cell.text, figure.number, label, rank, figure.year, likely)


def _labelled(chars: str, names: Sequence[Found]) -> Iterator[tuple[int, Figure]]:
    """Yield the figures that may be scores, with the offset at which the words before them begin."""
    done = 0
    for figure in figures_beside(chars, names):
        start = max([done, *(one.end for one in names if one.end <= figure.start)])
        done = figure.end
        marks = not re.search(r"\w", chars[: figure.start]) and any(one.start >= figure.end for one in names)
        if (
            _possible(figure)
            and not (marks and figure.number.value < _LEAST_BARE)
            and not _DIGIT_AFTER.match(chars, figure.end)
            and not _DIGIT_BEFORE.search(chars[: figure.start])
        ):
            yield start, figure


def _broken_figure(text: SourceText) -> Number | None:
    """Return the figure of a cell too narrow for it: "95.5 2"."""
    joined = "".join(text.chars.split())
    if joined == text.chars or not re.fullmatch(r"[0-9]{2,3}[.][0-9]{2}", to_arabic(joined)):
        return None
    number = find_numbers(joined)[0]
    return replace(number, start=0, end=len(text), doubt=(*number.doubt, Flag.SPACED_DECIMAL))


def _in_prose(chars: str, figure: Figure) -> bool:
    begin, end = chars.rfind("\n", 0, figure.start), chars.find("\n", figure.end)
    return (end if end >= 0 else len(chars)) - begin > MAX_LINE


def _ends(chars: str, figure: Figure) -> bool:
    return len(fold(chars[figure.end :])) <= _AFTER


def _found(name: Name, row: int) -> Found:
    """Return the part of a name in a row; a torn name fills the end of its first row and the start of its last."""
    start = name.start if row == name.row else 0
    end = name.end if row == name.last else len(name.candidate.name)
    return Found(name.candidate.no, start, end, 100.0, name.candidate.name.chars, "")


def _possible(figure: Figure) -> bool:
    return figure.plain and 0 <= figure.number.value <= _FULL and Flag.SIGN not in figure.number.doubt


def _label_before(chars: str) -> tuple[str, int | None]:
    """Return the words directly before a figure as a match key, and how well they fit (see `Value`).

    Of a sentence that ends in scoring words, only these count: "... ผลคะแนนที่ได้".
    """
    words = _words(chars)
    rank = _rank(words)
    if rank == 2:
        ends = [m for m in pattern("before", "score", "result").finditer(words) if m.end() == len(words)]
        return (min((m[0] for m in ends), key=len) if len(words) > _MAX_LABEL and ends else words), rank
    return words, rank


def _words(chars: str) -> str:
    """Return the words of a line before a figure as a match key, without list marks and digits."""
    line = chars.rpartition("\n")[2]
    return re.sub(r"[0-9]+", "#", _EDGES.sub("", fold(line)))


def _label_of(chars: str) -> str:
    """Return the label that a line above a figure gives it; the name of an instrument alone is a heading."""
    return "" if len(chars) > _MAX_LABEL or names_instrument_only(chars) else _words(chars)


def _rank(label: str, *, heads: bool = False) -> int | None:
    """Return how well a label fits a score (see `Value`); None if it is another figure's."""
    if not label:
        return 1
    figure = (read_figures(f"{label} 90.00") or (None,))[-1]
    if figure is None or not (figure.plain or figure.year is not None) or (heads and is_count_head(label)):
        return None
    if not heads and (find_instrument(label) is not None or pattern("before", "overall").search(fold(label))):
        return None
    words = fold(label)
    scoring = [m.end() for m in pattern("before", "score", "result").finditer(words)]
    return 2 if scoring and (heads or scoring[-1] == len(words)) else 0 if len(words) > 2 else 1


def _row_label(row: Sequence[PlaneCell]) -> str:
    """Return the words that stand beside the figures of a row without an indicator."""
    return " ".join(
        cell.text.chars.replace("\n", " ")
        for cell in row
        if re.search(r"[^\W\d]", cell.text.chars) and not re.search(r"[0-9๐-๙][.][0-9๐-๙]", cell.text.chars)
    )[:_MAX_LABEL]


def _of_year(value: Value, stated: int | None, year: int | None) -> Value:
    """Return a figure with the year (B.E.) that is stated for it: None for the assessed one, which speaks for it."""
    if stated is None or year is None or stated > year:
        return replace(value, year=stated if year is None else None)
    return replace(value, year=None, rank=2) if stated == year else replace(value, year=stated)


def _only_year(chars: str) -> int | None:
    """Return the year (B.E.) of a short line or cell that names one year and no score."""
    if len(chars) > MAX_LINE:
        return None
    years = {found.value_be for found in find_years(chars)}
    return years.pop() if len(years) == 1 else None
