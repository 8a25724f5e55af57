"""Tables that go on in the next table, on another page: one list, with rows that the page break divides made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from thaita.extract.find.results.columns import MARKER, SCORES
from thaita.extract.find.results.context import kind_in, years_in
from thaita.extract.find.results.matrix import Matrix, Row, Slot, is_banner, read_figure
from thaita.extract.find.results.names import district_in, province_in, read_subject
from thaita.models.source_text import SourceText
from thaita.normalize.agencies import find_agencies
from thaita.normalize.grades import only_grade
from thaita.normalize.indicators import find_instrument
from thaita.normalize.match_key import fold
from thaita.normalize.result_words import NO_SCORE, read_head_words

_WORD = re.compile(r"\S+")
_PAGE = re.compile(r"(.{0,10})#(?:/|จาก|ของ|of)#|[-–—]+#[-–—]+|(?:หน้า|page)(?:ที่)?#|#")
"""The number of a page; # is a number."""
_NUMBER = re.compile(r"[0-9๐-๙]+")
_LONGEST_NUMBER = 3
"""Maximum digits of the number of a page: those of a year are a heading."""


def is_page_number(chars: str) -> bool:
    """Return whether a line is the number of a page.

    >>> [is_page_number(line) for line in ("แผ่นที่ 2/9", "- ๓ -", "ตารางที่ 2", "2567", "IIT 1/2")]
    [True, True, False, False, False]
    """
    folded = fold(chars)
    if any(len(number) > _LONGEST_NUMBER for number in _NUMBER.findall(folded)):
        return False
    found = _PAGE.fullmatch(_NUMBER.sub("#", folded))
    return found is not None and find_instrument(found[1] or "") is None


def with_heads_above(matrix: Matrix, line: SourceText | None) -> Matrix:
    """Return a table without a header with the words of the line above it as heads, if they are one for each column."""
    words = list(_WORD.finditer(line.chars)) if line is not None and not matrix.header else []
    if line is None or len(words) != matrix.width:
        return matrix
    roles = [read_head_words(word[0]).holds for word in words]
    if sum(role is not None for role in roles) < len(roles) or not set(roles) & SCORES:
        return matrix
    header = [Slot(line[word.start() : word.end()], own=True) for word in words]
    return Matrix([header], matrix.body, matrix.width, matrix.drawn)


def row_of_line(matrix: Matrix, line: SourceText) -> Row | None:
    """Return the row of a table that a line is whose words are like the cells of the table's last row; else None."""
    last = matrix.body[-1] if matrix.body else []
    kinds = [_kind(slot.chars) for slot in last]
    words = [(word.start(), word.end()) for word in _WORD.finditer(line.chars)]
    rest = len(words)  # where the end of a name begins that stands below its row
    while rest and kinds and kinds[-1] != "text" and _kind(line.chars[slice(*words[rest - 1])]) == "text":
        rest -= 1
    words, tail = words[:rest], words[rest:]
    if kinds.count("text") != 1 or len(kinds) < 3 or len(words) < len(kinds):
        return None
    name = kinds.index("text")
    after = len(words) - (len(kinds) - name - 1)
    spans = [*words[:name], (words[name][0], words[after - 1][1]), *words[after:]]
    cells = [Slot(line[start:end], own=True) for start, end in spans]
    if tail:
        parts = (cells[name].text, line[tail[0][0] : tail[-1][1]])
        cells[name] = Slot(SourceText.join(parts), own=True)
    same = [_kind(slot.chars) for slot in cells] == kinds
    return cells if same and not _says_more(cells[name].chars) else None


def _says_more(chars: str) -> bool:
    """Return whether a cell of names says what a figure is, or more than a name and places: the line is a note."""
    if years_in(chars):
        return True
    found = find_agencies(chars, alone=True)
    if not found:
        return read_head_words(chars).holds in NO_SCORE
    words = chars[found[-1].end :].split()
    return not all(any(read(word) for read in (province_in, district_in)) for word in words)


def _kind(chars: str) -> str:
    figure = read_figure(chars)
    if figure is not None:
        return "figure" if figure.decimals else "number"
    if MARKER.fullmatch(chars):
        return "number"
    return "grade" if chars and only_grade(chars) else "text" if chars else ""


def goes_on(above: Matrix, below: Matrix) -> bool:
    """Return whether a table is the continuation of the one above it: as wide, and with no header or the same one."""
    if below.width != above.width or caption_agency(below):
        return False
    heads = [folded(row) for row in above.header]
    first = [*below.header, *below.body][:1]
    if above.body and first and _whole(above.body[-1], first[0]):
        return True
    rows = [row for row in below.header if folded(row) not in heads and len(folded(row)) > 1]
    known = {fold(row[0].chars) for row in (*above.header, *above.body)}
    return all(_states_values(row) and fold(row[0].chars) not in known for row in rows)


def is_header_again(matrix: Matrix, chars: str) -> bool:
    """Return whether a line is the words of a row of the header."""
    line = fold(chars)
    return any(line == fold(" ".join(slot.chars for slot in row if slot.own)) for row in matrix.header if row)


def with_whole_names(rows: Sequence[Row], name: int) -> list[Row]:
    """Return the rows, each name that is only the word for a kind joined with the rest of it on a row of its own."""
    found: list[Row] = []
    for row in rows:
        above = found[-1] if found else []
        if (
            above
            and is_banner(row)
            and row[name].chars
            and kind_in(above[name].chars)
            and not is_banner(above)
        ):
            found[-1] = list(above)
            found[-1][name] = Slot(SourceText.join((above[name].text, row[name].text)), own=True)
            continue
        found.append(row)
    return found


def _states_values(row: Row) -> bool:
    """Return whether a row has a value after its first cell: a row of indicators or instruments, no header."""
    figures = [read_figure(slot.chars) for slot in row[1:]]
    return any(figure is not None and figure.decimals for figure in figures)


def caption_agency(matrix: Matrix) -> SourceText | None:
    """Return the first row of a table if it is nothing but the name of an agency: the table is this agency's."""
    rows = [*matrix.header, *matrix.body]
    if not rows or not is_banner(rows[0]):
        return None
    text = next(slot.text for slot in rows[0] if slot.chars)
    found = read_subject(text.chars.replace("\n", " "))
    return text if found is not None and found.scope == "agency" else None


def joined(above: Matrix, below: Matrix) -> Matrix:
    """Return a table with the rows of its continuation; a row that the page break divides is one row."""
    heads = [folded(row) for row in above.header]
    rows = [row for row in (*below.header, *below.body) if folded(row) not in heads]
    body = list(above.body)
    if body and rows and (whole := _whole(body[-1], rows[0])):
        body[-1] = whole
        rows = rows[1:]
    return Matrix(above.header, [*body, *rows], above.width, above.drawn)


def folded(row: Row) -> dict[int, str]:
    """Return the words of a row's filled cells by column, for comparison."""
    return {at: fold(slot.chars) for at, slot in enumerate(row) if slot.chars and not slot.across}


def _whole(above: Row, below: Row) -> Row | None:
    """Return the row of which one part stands above a page break and the rest below it; None for two rows."""
    rest = [at for at, slot in enumerate(below) if slot.chars]
    if not rest or any(read_figure(below[at].chars) or not above[at].chars for at in rest):
        return None
    if not any(_divided(above[at].chars, below[at].chars) for at in rest):
        return None
    found = list(above)
    for at in rest:
        found[at] = Slot(SourceText.join((above[at].text, below[at].text)), own=True)
    return found


def _divided(start: str, rest: str) -> bool:
    """Return whether two cells are a name or level whose end is on the next page."""
    if only_grade(start + rest) and not only_grade(rest):
        return True
    whole, first = read_subject(start + rest), read_subject(start)
    if whole is None or whole.scope != "agency" or whole.flags:
        return False
    if first is None or first.scope != "agency" or first.flags:
        return True
    return not (read_subject(rest) or kind_in(rest) or province_in(rest))  # no name of its own
