"""Names of indicators in cells and lines, with their places: whole, misspelt, torn over two lines, or only a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thaita.extract.find.score_candidates import ScoreCandidate
from thaita.extract.find.score_places import MAX_LINE, Name, PlaneCell
from thaita.extract.find.score_sentences import indicator_names
from thaita.models.flags import Flag
from thaita.models.source_text import SourceText
from thaita.normalize.figure_cues import pattern
from thaita.normalize.figures import read_figures
from thaita.normalize.frameworks import framework
from thaita.normalize.indicators import Found, match_indicator
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import strip_marker, to_arabic

_WORDS_AROUND = 36
"""Maximum letters beside a doubtful name in its cell."""
_FIGURES = re.compile(r"[0-9๐-๙]+(?:[.,][0-9๐-๙]+)*")


def line_names(cells: Sequence[PlaneCell], year: int | None) -> Iterator[Name]:
    """Yield the names in lines, of the indicators of a year (B.E.); a name may be torn over two of them."""
    exact: set[int] = set()
    for one, two in zip(cells, [*cells[1:], None], strict=False):
        if len(one.text) > MAX_LINE:
            continue
        torn = two is not None and one.row not in exact and len(two.text) <= MAX_LINE
        found = list(_torn_name(one, two, year)) if two is not None and torn else []
        if not found:
            found = [name for name in cell_names(one, year) if one.row not in exact or name.start > 0]
        exact |= {row for name in found for row in range(name.row, name.last + 1)}
        yield from found


def _torn_name(one: PlaneCell, two: PlaneCell, year: int | None) -> Iterator[Name]:
    text = SourceText.join((one.text, two.text), "\n")
    edge = len(one.text)
    for found in indicator_names(text.chars, year):
        if found.start < edge < found.end and _little_else(text.chars[: found.start], []):
            candidate = _unscored(text, found)
            yield Name(one.row, two.row, 0, 0, found.end - edge - 1, candidate)


def cell_names(cell: PlaneCell, year: int | None) -> list[Name]:
    """Return the indicators that a cell or line names; `year` (B.E.) is that of the indicators."""
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
    match = match_indicator(chars[:end].replace("\n", " "), year)
    if match is None:
        return []
    marker, start = strip_marker(chars[:end])
    flags = (Flag.AMBIGUOUS_NAME,) if match.close else ()
    text = cell.text[start:end].strip(" \t\n.:：-–=(|>")
    candidate = _candidate(match.no, text, match.similarity, marker, flags)
    return [Name(cell.row, cell.row, cell.column, start, end, candidate)]


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


def numbered(cells: Sequence[PlaneCell], year: int | None) -> Iterator[Name]:
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
