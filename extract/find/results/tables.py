"""Tables that list results: agencies or levels as rows or as columns, with one or several parts of their results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from thaita.extract.find.results.candidate import ResultCandidate
from thaita.extract.find.results.columns import SCORES, Column, read_columns
from thaita.extract.find.results.context import TextAround, says_mean
from thaita.extract.find.results.kinds import full_kind, head_kind
from thaita.extract.find.results.long_form import long_candidates
from thaita.extract.find.results.matrix import Matrix, Row, Slot, is_banner, is_data, read_figure
from thaita.extract.find.results.names import (
    PROVINCES,
    Surroundings,
    is_labelled,
    read_subject,
)
from thaita.extract.find.results.pages import folded, with_whole_names
from thaita.extract.find.results.rows import RowReader
from thaita.extract.find.results.ten_columns import with_all_indicators, with_total_beside
from thaita.extract.find.results.units import settle, with_ranks, with_solved
from thaita.models.source_text import SourceText
from thaita.normalize.grades import only_grade
from thaita.normalize.match_key import fold
from thaita.normalize.result_words import read_head_words

LEAST_ROWS = 3
"""Minimum number of results of different agencies or levels in a list."""
LEVELS = ("province", "type")
"""Roles of columns of names whose rows are usually means."""
_SAMPLE = 200
_LABELS = 3
"""Most columns that say what a row of a table holds whose columns are agencies."""
_SHARE = 0.6
_REPEATED = 0.6
"""Share of the cells of a row that repeat the heads above them, from which it is the header again."""


@dataclass(frozen=True, slots=True)
class ListTable:
    """The results of a table, its columns, and the blocks of the document of which it consists."""

    results: tuple[ResultCandidate, ...]
    columns: tuple[Column, ...]
    blocks: tuple[int, ...] = ()

    @property
    def long(self) -> bool:
        """Whether the table has enough results of different agencies or levels to be a list by itself."""
        named = (one.subject for one in self.results if one.subject.scope)
        return len({(one.scope, one.name, one.province) for one in named}) >= LEAST_ROWS

    @property
    def names_agencies(self) -> bool:
        """Whether a column is headed as one of agencies, and names several: beside lines that list others, it is a list."""
        named = {one.subject.name for one in self.results if one.subject.scope == "agency"}
        return len(named) > 1 and any(column.holds == "agency" for column in self.columns)

    @property
    def form(self) -> tuple[str, ...]:
        """What the columns hold; a short table of the same form as a list belongs to it."""
        return tuple(column.part for column in self.columns)


def read_list(matrix: Matrix, text: TextAround, number: int) -> ListTable | None:
    """Return the results that a table states for agencies or levels that it names; None if it states none."""
    if matrix.width < 2 or len(matrix.header) + len(matrix.body) < 2:
        return None
    head = matrix.header[-1] if matrix.header else ()
    for at in reversed(
        range(min(_LABELS, matrix.width - 1))
    ):  # years, counts and instruments may stand before the names
        if _names_agencies(head[at:]) and _names_results(matrix.from_column(at)):
            return _read(matrix.transposed(at + 1), text, number, named=True)
    return _read(matrix, text, number)


def read_card(matrix: Matrix, name: SourceText, text: TextAround, number: int) -> ListTable | None:
    """Return the result that a table of names and values states for the agency named above it; None if it states none."""
    if matrix.width not in (2, 3) or read_subject(name.chars.replace("\n", " ")) is None:
        return None
    rows = [row for row in (*matrix.header, *matrix.body) if _is_value(row[-1])]
    labels = Matrix([], [[row[-2]] for row in rows], 1, matrix.drawn)
    if not _names_results(labels):
        return None
    heads = [[_NONE, *(row[at] for row in rows)] for at in range(matrix.width - 1)]
    values = [Slot(name, own=True), *(row[-1] for row in rows)]
    return _read(Matrix(heads, [values], len(values), drawn=True), text, number)


def _is_value(slot: Slot) -> bool:
    chars = "" if slot.across else slot.chars
    return read_figure(chars) is not None or (bool(chars) and only_grade(chars))


def _read(matrix: Matrix, text: TextAround, number: int, named: bool = False) -> ListTable | None:
    """Return the results of a table; `named`: its first column names agencies, known or not."""
    results: list[ResultCandidate] = []
    columns: tuple[Column, ...] = ()
    for part in _parts(matrix):
        columns = _columns(part, columns, text)
        for side in _sides(columns):
            results += _side_results(part, side, text, number, named)
    return ListTable(tuple(results), columns) if results else None


def _columns(matrix: Matrix, before: Sequence[Column], text: TextAround) -> tuple[Column, ...]:
    headless = not any(column.holds for column in read_columns(matrix) if column.words.holds)
    if headless and len(before) == matrix.width:
        return tuple(before)
    columns = with_total_beside(read_columns(matrix), matrix, text.year)
    columns = with_all_indicators(columns, matrix, text.year)
    columns = with_solved(columns, matrix, text.year)
    return tuple(with_ranks(columns, matrix, text.ranked, text.ordered))


def _parts(matrix: Matrix) -> Iterator[Matrix]:
    """Yield the parts of a table below each header; a header that is only repeated is left out."""
    header = matrix.header
    current = Matrix(header, [], matrix.width, matrix.drawn)
    heads = folded(header[-1]) if header else {}
    for at, row in enumerate(matrix.body):
        if not is_data(row) and not is_banner(row) and _is_header(row, heads):
            shown = folded(row)
            same = sum(heads.get(column) == words for column, words in shown.items())
            if same >= _REPEATED * len(shown) or any(folded(one) == shown for one in header):
                continue
            below = matrix.body[at + 1 : at + 2]
            if below and not is_data(below[0]) and not is_banner(below[0]):
                pass  # the first line of a header of several
            if current.body:
                yield current
            new = [row] if current.body else [*current.header, row]
            current = Matrix(new, [], matrix.width, matrix.drawn)
            heads = shown
            continue
        current.body.append(row)
    if current.body:
        yield current


def _is_header(row: Row, heads: dict[int, str]) -> bool:
    """Return whether a row below the header consists of heads, the same or others."""
    shown = folded(row)
    if len(shown) < 2:
        return False
    known = sum(
        read_head_words(row[at].chars).holds is not None or heads.get(at) == words
        for at, words in shown.items()
    )
    return known >= _REPEATED * len(shown)


def _names_agencies(row: Sequence[Slot]) -> bool:
    """Return whether most cells of a header row, but the first, name agencies or levels: the table lists them as columns."""
    cells = [slot.chars for slot in row[1:] if slot.chars and not slot.across]
    named = [
        cell
        for cell in cells
        if (found := read_subject(cell)) and found.scope in ("agency", "province", "national")
    ]
    return len(named) >= 2 and len(named) >= _SHARE * len(cells)


def _names_results(matrix: Matrix) -> bool:
    """Return whether the first column names parts of results: indicators, instruments, the overall score."""
    heads = [read_head_words(row[0].chars).holds for row in matrix.body if row[0].chars]
    return sum(holds in SCORES or holds == "result" for holds in heads) >= max(1, _SHARE * len(heads))


def _sides(columns: Sequence[Column]) -> list[tuple[Column, ...]]:
    """Return the groups of columns of lists that stand side by side: each with the same heads."""
    names = [column.at for column in columns if column.holds == "agency"]
    if len(names) < 2 or len(columns) % len(names):
        return [tuple(columns)]
    width = len(columns) // len(names)
    sides = [tuple(columns[at : at + width]) for at in range(0, len(columns), width)]
    heads = [[fold(column.head.chars) for column in side] for side in sides]
    return sides if all(one == heads[0] for one in heads) else [tuple(columns)]


def _side_results(
    matrix: Matrix, columns: tuple[Column, ...], text: TextAround, number: int, named: bool
) -> list[ResultCandidate]:
    name = name_column(matrix, columns)
    if name is None or not any(column.holds in SCORES for column in columns):
        return []
    kind = head_kind(name.head.chars) if name.holds in ("agency", "text") else None
    around = _surroundings(matrix, columns, name, kind, text)
    reader = RowReader(
        columns,
        settle(columns, matrix, text.year),
        name.at,
        replace(text, around=around),
        named or name.holds == "agency",
        number,
        kind,
    )
    rows = with_whole_names(matrix.body, name.at)
    if columns[0].at or len(columns) < matrix.width:  # one of several lists side by side
        inside = {column.at for column in columns}
        rows = [[slot if at in inside else _NONE for at, slot in enumerate(row)] for row in rows]
    labels = [one for holds in ("indicator", "instrument") for one in columns if one.holds == holds]
    if labels:
        return long_candidates(reader, rows, labels)
    return list(reader.candidates(rows))


def _surroundings(
    matrix: Matrix, columns: Sequence[Column], name: Column, kind: str | None, text: TextAround
) -> Surroundings:
    """Return what the text around the rows says, and whether provinces in them are levels or agencies."""
    around = text.around
    counted = any(column.holds == "agencies" for column in columns)
    of_levels = name.holds in LEVELS
    agencies = PROVINCES in (kind, around.kind)
    means = counted or (of_levels and not agencies)
    averaged = counted or text.averaged or any(says_mean(column.head.chars) for column in columns)
    labelled = any(is_labelled(row[name.at].chars) for row in matrix.body[:_SAMPLE])
    return replace(
        around,
        means=means,
        stated=averaged if means else agencies or labelled,
        national=around.national or of_levels,
    )


_NONE = Slot()


def _names_someone(words: str) -> bool:
    """Return whether words name an agency or level, rather than a mean of what other words name."""
    found = read_subject(words)
    return found is not None and found.scope != "mean"


def name_column(matrix: Matrix, columns: Sequence[Column]) -> Column | None:
    """Return the column whose cells name agencies or levels; None if no column does.

    The head decides; without one, the first column of words most of which are names.
    """
    for holds in ("agency", "text", "province", "type", "ministry"):
        for column in columns:
            if column.holds != holds:
                continue
            words = [row[column.at].chars for row in matrix.body[:_SAMPLE] if row[column.at].chars]
            named = sum(_names_someone(one) for one in words)
            if holds == "agency" and words and not all(full_kind(one) for one in words):
                return column
            if words and (named >= _SHARE * len(words) or (holds == "text" and head_kind(column.head.chars))):
                return column
    return None
