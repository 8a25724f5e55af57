"""A table as a matrix of texts, divided into header and rows, whatever its format says about either."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from thaita.models.document import Cell, Table
from thaita.models.source_text import SourceText
from thaita.normalize.grades import only_grade
from thaita.normalize.match_key import in_arabic
from thaita.normalize.memo import per_document
from thaita.normalize.result_words import read_head_words, read_level_words

NOTHING = SourceText("", ())
_FIGURE = re.compile(
    r"\s*([+\-−–▲▼]?)\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3},\d{1,2}|\d+(?:\.\d+)?)\s*(%?)\s*"
)
_DECIMAL_COMMA = re.compile(r"\d{1,3},\d{1,2}")
_EMPTY = re.compile(r"[\s\-–—_.]*|n/?a|ไม่มี(?:ข้อมูล)?|ไม่เข้าร่วม(?:การประเมิน)?", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"[(]?([0-9]{1,2})[.)]*")
_YEARS = range(2540, 2600)
_MAX_HEADER = 8
"""Maximum number of rows of a header."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that fills a cell; `sign` is a plus, minus or arrow before it, `rest` a level after it."""

    value: Decimal
    decimals: int
    sign: str = ""
    rest: str = ""


@per_document
def read_figure(chars: str) -> Figure | None:
    """Return the number that fills a cell, alone or with a level beside it; None for all other cells.

    >>> read_figure("๙๕.๒๐").value, read_figure("95.20 (A)").rest, read_figure("95,2").value, read_figure("อบต. 1") is None
    (Decimal('95.20'), '(A)', Decimal('95.2'), True)
    """
    arabic = in_arabic(chars)
    found = _FIGURE.match(arabic)
    if found is None:
        return None
    rest = arabic[found.end() :]
    if rest.strip() and not (len(rest) < 40 and only_grade(chars[found.end() :])):
        return None
    number = found[2].replace(",", "." if _DECIMAL_COMMA.fullmatch(found[2]) else "")
    return Figure(Decimal(number), len(number.partition(".")[2]), found[1], rest.strip())


@dataclass(frozen=True, slots=True)
class Slot:
    """A position of a matrix: its text, and whether the cell begins here (`own`) or is merged over it."""

    text: SourceText = NOTHING
    own: bool = False
    across: bool = False
    """The cell begins in a column further left."""

    @property
    def chars(self) -> str:
        """The text on one line; empty for dashes and other marks of no value."""
        return _shown(self.text.chars)


@per_document
def _shown(chars: str) -> str:
    return "" if _EMPTY.fullmatch(chars) else chars.replace("\n", " ")


Row = list[Slot]


@dataclass(slots=True)
class Matrix:
    """The rows of a table above the data (`header`) and the rest (`body`); `drawn`: the format declares merged cells."""

    header: list[Row]
    body: list[Row]
    width: int
    drawn: bool

    def paths(self) -> list[list[SourceText]]:
        """Return the texts of each column's head, from the top; without declared merges, a text spreads to the right."""
        found: list[list[SourceText]] = [[] for _ in range(self.width)]
        for number, row in enumerate(self.header):
            if len({id(slot.text) for slot in row if slot.chars}) < 2:
                continue  # a caption
            above = NOTHING
            merged = self.drawn and any(slot.across for slot in row)
            centered = {} if merged else self._over_groups(number)
            for column, slot in enumerate(row):
                text = centered.get(column, slot.text)
                if text:
                    above = text
                elif not self.drawn and above and self._goes_on_below(number, column):
                    text = above
                if text and (not found[column] or found[column][-1] is not text):
                    found[column].append(text)
        return found

    def _over_groups(self, number: int) -> dict[int, SourceText]:
        """Return the text over each column, of heads that stand over the middle of groups of columns.

        The heads below come again in each group: score, level, score, level below two years.
        """
        heads = [slot.chars for slot in self.header[-1]] if number + 1 < len(self.header) else []
        texts = [
            (at, slot.text)
            for at, slot in enumerate(self.header[number])
            if slot.text and heads and heads[at]
        ]
        first = min((at for at, _ in texts), default=0)
        for start in range(first, max(-1, first - _MOST_LEFT), -1):
            size, rest = divmod(self.width - start, max(1, len(texts)))
            groups = (
                [heads[at : at + size] for at in range(start, self.width, size)]
                if size > 1 and not rest
                else []
            )
            again = (
                groups
                and all(all(map(str.startswith, group, groups[0])) for group in groups)
                and all(groups[0])
            )
            inside = all(start + size * i <= at < start + size * (i + 1) for i, (at, _) in enumerate(texts))
            if len(texts) > 1 and again and inside:
                return {
                    start + size * i + at: text for i, (_, text) in enumerate(texts) for at in range(size)
                }
        return {}

    def _goes_on_below(self, number: int, column: int) -> bool:
        """Return whether an empty cell of a header row has a text below it that it does not have above it."""
        return any(row[column].text for row in self.header[number + 1 :]) and not any(
            row[column].text for row in self.header[:number]
        )

    def from_column(self, first: int) -> Matrix:
        """Return the matrix without the columns before one."""
        header, body = [row[first:] for row in self.header], [row[first:] for row in self.body]
        return Matrix(header, body, self.width - first, self.drawn)

    def transposed(self, labels: int = 1) -> Matrix:
        """Return the matrix with rows and columns exchanged; its header is what was the first columns, `labels` of them."""
        rows = [*self.header, *self.body]
        turned = [[row[column] for row in rows] for column in range(self.width)]
        for head in turned[:labels]:
            head[0] = _VOID  # it names what was below it, not what is now
        return Matrix(turned[:labels], turned[labels:], len(rows), drawn=self.drawn)


def build_matrix(table: Table) -> Matrix:
    """Return the matrix of a table; its header ends above the first row with a name and a figure."""
    rows = [row for row in _with_divided_rows(_rows(table)) if not _counts_columns(row)]
    first = next((at for at, row in enumerate(rows[:_MAX_HEADER]) if is_data(row) and _begins(row)), None)
    first = min(len(rows), 1) if first is None else first
    while first and is_banner(rows[first - 1]) and not is_banner(rows[0]):
        first -= 1  # a row that names a group stands below the header
    header = [_with_divided_head(row) for row in rows[:first]]
    return Matrix(header, rows[first:], table.columns, table.drawn_spans)


def _with_divided_head(row: Row) -> Row:
    """Return a row of the header, with the heads in one cell of a count of rows and of the names beside it divided."""
    found = list(row)
    for at, (slot, after) in enumerate(pairwise(row)):
        first, space, rest = slot.text.chars.partition(" ")
        if not slot.own or not space or after.text.chars.strip() or after.across:
            continue
        if read_head_words(first).holds in ("number", "rank") and read_head_words(rest).holds == "agency":
            start = len(first) + len(space)
            found[at] = Slot(slot.text[: len(first)], own=True)
            found[at + 1] = Slot(slot.text[start : len(slot.text)], own=True)
    return found


def _begins(row: Sequence[Slot]) -> bool:
    """Return whether a text of a row begins in it: the first row of data never has all its words from the header."""
    return any(slot.own and slot.chars and read_figure(slot.chars) is None for slot in row)


def _counts_columns(row: Sequence[Slot]) -> bool:
    """Return whether a row counts the columns from the first to the last one: "(1) (2) (3)"."""
    numbers = [_COLUMN_NUMBER.fullmatch(in_arabic(slot.text.chars).strip()) for slot in row]
    return len(row) > 2 and all(hit and int(hit[1]) == at for at, hit in enumerate(numbers, 1))


def _rows(table: Table) -> list[Row]:
    rows: list[Row] = [[_VOID] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        text = _text(cell)
        for row in range(cell.row, min(table.rows, cell.row + cell.row_span)):
            for column in range(cell.column, min(table.columns, cell.column + cell.column_span)):
                own = row == cell.row and column == cell.column
                rows[row][column] = Slot(text, own, column > cell.column)
    return rows


_MOST_LEFT = 6
"""Most columns that the first head over a group stands right of the group's first column."""
_VOID = Slot()


def _with_divided_rows(rows: Sequence[Row]) -> list[Row]:
    """Return the rows, with those made whole of which a line through some cells makes two.

    Such a row has values in cells that begin in the row above, and no value in a cell that has another one above.
    """
    found: list[Row] = []
    for row in rows:
        above = found[-1] if found else []
        again = [at for at, slot in enumerate(row) if slot.text and not slot.own and not slot.across]
        values = any(_is_value(row[at].chars) for at in again)
        other = any(slot.own and slot.text and above[at].text for at, slot in enumerate(row) if above)
        if above and values and not other and all(above[at].text is row[at].text for at in again):
            found[-1] = [slot if slot.text else more for slot, more in zip(above, row, strict=True)]
            continue
        found.append(row)
    return found


def _is_value(chars: str) -> bool:
    figure = read_figure(chars)
    return figure is not None and figure.decimals > 0


def _text(cell: Cell) -> SourceText:
    if not cell.lines:
        return NOTHING
    return cell.lines[0] if len(cell.lines) == 1 else cell.text


def is_data(row: Sequence[Slot]) -> bool:
    """Return whether a row states a figure of something that it names: no head, and no row of column numbers."""
    figures = names = types = 0
    for slot in row:
        if not slot.chars or slot.across:
            continue
        figure = read_figure(slot.chars)
        if figure is None:
            names += read_head_words(slot.chars).holds is None
            level = read_level_words(slot.chars)
            types += level is not None and level.level == "type"
        elif figure.value not in _YEARS or figure.decimals:
            figures += slot.own
    return figures > 0 and (names > 0 or (types == 1 and any(_is_value(slot.chars) for slot in row)))


def is_banner(row: Sequence[Slot]) -> bool:
    """Return whether a row consists of a single text without a figure, such as the name of a group."""
    texts = {id(slot.text): slot for slot in row if slot.chars}
    if len(texts) != 1:
        return False
    slot = next(iter(texts.values()))
    return read_figure(slot.chars) is None
