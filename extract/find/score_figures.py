"""Figures of cells and lines that may be scores, with the words that label them.

What a figure means follows from the words in its cell, at the head of its column and in its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from thaita.extract.find.score_candidates import has_other_maximum, looks_like_score
from thaita.extract.find.score_pairs import figures_beside
from thaita.extract.find.score_places import MAX_LINE, Name, PlaneCell, Value
from thaita.models.flags import Flag
from thaita.models.source_text import SourceText
from thaita.normalize.counts import is_count_head
from thaita.normalize.figure_cues import pattern
from thaita.normalize.figures import Figure, read_figures
from thaita.normalize.indicators import Found, find_instrument
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import Number, find_numbers, to_arabic

_MAX_LABEL = 60
_FULL = 100
_LEAST_BARE = 30
"""Minimum score at the start of a line that names an indicator; a smaller figure numbers the line: "3.10 การใช้อำนาจ"."""
_SAYS_SCORE = pattern("between", "says_score")
_AFTER = 16
"""Maximum letters after a figure that ends a sentence."""
_CHANGE = re.compile(r"[▲▼△▽↑↓⬆⬇↗↘]\s?$")
"""Marks of a figure that is a change."""
_DIGIT_AFTER = re.compile(r"\s?[0-9๐-๙]{1,2}(?![0-9๐-๙.,])|\s?[.,]\s?[.,]?[0-9๐-๙]")
_DIGIT_BEFORE = re.compile(r"(?<![0-9๐-๙.,])[0-9๐-๙]\s$|[0-9๐-๙]\s?[.,]\s?[.,]?$")
"""Digits beside a figure, of which they may be a part: "95.5 2"."""
_EDGES = re.compile(r"^[\s•\-–—*.:)\]]+|[\s:：=\-–—.•*()\[\]>→]+$")


def figures_of(cell: PlaneCell, names: Sequence[Name], beside: str) -> Iterator[Value]:
    """Yield the figures of a cell that may be an indicator's score; `beside` labels all figures of its row."""
    if not any(char.isdecimal() for char in cell.text.chars) or has_other_maximum(cell.head):
        return
    chars = cell.text.chars
    head, side = (1, 1) if names else (rank_of(cell.head, heads=True), rank_of(beside))
    if head is None or (side is None and cell.head):
        return
    whole = _broken_figure(cell.text) if cell.head or beside else None
    around = side if beside else head
    if whole is not None and around is not None:
        yield _value(cell, Figure(whole), label_key(beside), around)
        return
    for start, figure in _labelled(chars, [_found(name, cell.row) for name in names]):
        label, rank = _label_before(chars[start : figure.start])
        if _in_prose(chars, figure) and (rank != 2 or not _ends(chars, figure)):
            continue
        rank = rank if label else around
        if rank is not None:
            yield _value(cell, figure, label or label_key(beside), rank)


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
            and not _CHANGE.search(chars[: figure.start])
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
    words = words_key(chars)
    rank = rank_of(words)
    if rank == 2:
        ends = [m for m in pattern("before", "score", "result").finditer(words) if m.end() == len(words)]
        return (min((m[0] for m in ends), key=len) if len(words) > _MAX_LABEL and ends else words), rank
    return words, rank


def words_key(chars: str) -> str:
    """Return the words of a line before a figure as a match key, without list marks and digits."""
    line = chars.rpartition("\n")[2]
    return re.sub(r"[0-9]+", "#", _EDGES.sub("", fold(line)))


def label_key(chars: str) -> str:
    """Return the label that words above a figure give it; an instrument without scoring words is a heading."""
    heading = find_instrument(chars) is not None and not _SAYS_SCORE.search(fold(chars))
    return "" if len(chars) > _MAX_LABEL or heading else words_key(chars)


def rank_of(label: str, *, heads: bool = False) -> int | None:
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
