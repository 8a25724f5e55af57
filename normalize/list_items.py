"""Splitting of a list in a cell (steps, measures, units) at its numbers or bullets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from thaita.normalize.dates import any_word, find_dates
from thaita.normalize.match_key import in_arabic
from thaita.normalize.memo import per_document

THAI = "ก-๎"
"""Thai letters and marks, as a range for a character class."""

BULLETS = "-–—•●*✓✔✘✗➢▪■□○◦·∙‣▸►▶◆◇★☆❖⮚➤➔➜→+\uf0b7\uf0d8\uf0fc"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: `text[start:end]`, without its marker. Text before the first marker has no marker.

    `doubt`: `short_bullet` (a hyphen within a line before one short word may belong to that word).
    """

    marker: str
    number: int | None
    start: int
    end: int
    doubt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mark:
    number: int | None
    start: int
    body: int
    opens_line: bool
    doubt: tuple[str, ...] = ()


_LETTERS = "กขคงจฉชซ"
_ALPHABETS = {"letter": _LETTERS, "latin": "abcdefgh"}
_STYLES = {
    "dot": r"(?P<n>\d{1,3})\.(?!\d)\)?",
    "bracket": r"(?P<n>\d{1,3})\)",
    "slash": r"(?P<n>\d{1,2})/(?=\s)",
    "brackets": r"\((?P<n>\d{1,3})\)",
    "section": rf"\d{{1,3}}\.(?P<n>\d{{1,3}})[.)]?(?=\s*[{THAI}A-Za-z])",
    "bare": rf"(?P<n>\d{{1,3}})(?=\s+[{THAI}A-Za-z])",
    "letter": rf"(?P<n>[{_LETTERS}])[.)]|\((?P<in>[{_LETTERS}])\)",
    "latin": r"(?P<n>[a-h])[)]|\((?P<in>[a-h])\)",
    "bullet": rf"[{BULLETS}](?<!\*(?=\*))(?=\s*[“\"(]?[{THAI}A-Za-z])",
}


_BEFORE = 60
"""Characters before a marker that are searched for a word that rules it out. Searching the whole text before
each marker would take quadratic time."""


def _marks(arabic: str, style: str) -> Iterator[_Mark]:
    """Yield the possible markers of one style: after white space or at the start of the text."""
    unit = re.compile(any_word("unit"))
    for match in re.finditer(rf"(?<!\S)(?:{_STYLES[style]})\s*", arabic):
        end = match.start()
        while end and arabic[end - 1] in " \t":
            end -= 1
        opens = not end or arabic[end - 1] == "\n"
        before = arabic[max(0, end - _BEFORE) : end].rstrip()
        number = _number_of(match, style)
        if style not in ("bullet", *_ALPHABETS) and not opens:
            if re.search(rf"(?<!ทุก){any_word('reference')}$", before):
                continue
            if style in ("bare", "section") and re.search(rf"{any_word('count')}$", before):
                continue
        if style in ("bare", "section") and unit.match(arabic, match.end()):
            continue
        if number != 0:
            yield _Mark(number or None, match.start(), match.end(), opens)


def _number_of(match: re.Match[str], style: str) -> int | None:
    """Return the number of a marker; letters count by their position in the alphabet."""
    if style == "bullet":
        return None
    written = match["n"] or match["in"] if style in _ALPHABETS else match["n"]
    return _ALPHABETS[style].index(written) + 1 if style in _ALPHABETS else int(written)


def _numbered_run(arabic: str, style: str) -> list[_Mark]:
    """Return the markers of one style that count up from 1, or from any number at the start of the text."""
    strict = style in ("section", "bare", *_ALPHABETS)
    chosen: list[_Mark] = []
    first = len(arabic) - len(arabic.lstrip())
    for mark in _marks(arabic, style):
        step = (mark.number or 0) - (chosen[-1].number or 0) if chosen else 0
        if not chosen:
            opens_text = not strict and mark.start <= first and not _is_large(mark)
            accepted = mark.number == 1 or opens_text
        elif strict:
            accepted = step == 1
        else:
            # Authors repeat or skip numbers by mistake; at the start of a line a number may also jump or restart.
            jumps = mark.opens_line and (step > 0 or mark.number == 1) and not _is_large(mark)
            accepted = step in (0, 1, 2) or jumps
        if accepted:
            chosen.append(mark)
    if not chosen:
        return []
    announced = chosen[0].opens_line or bool(re.search(r"(?:ดังนี้|:)\s*$", arabic[: chosen[0].start]))
    if strict:
        announced = len(chosen) > 1 and (style != "bare" or chosen[0].opens_line)
    return chosen if announced or len(chosen) > 1 else []


def _is_large(mark: _Mark) -> bool:
    """Return whether a number has three digits: it is a marker only if it continues the count."""
    return mark.number is not None and mark.number >= 100


def _bullet_run(arabic: str, _style: str) -> list[_Mark]:
    """Return the bullets at line starts, and those within a line that starts with one.

    A hyphen between two words (ยืม - คืน, E - Service) looks the same. So if lines start with bullets,
    hyphens within a line do not count; otherwise one before a single short word is doubtful.
    """
    marks = list(_marks(arabic, "bullet"))
    lines = [mark for mark in marks if mark.opens_line]
    if len(lines) > 1 or not marks:
        return lines
    lead = re.search(r"(?:ดังนี้|:)\s*$", arabic[: marks[0].start])
    if not lines and not (lead and len(marks) > 1) and arabic[marks[0].start] in "-–—*·":
        return []
    chosen: list[_Mark] = []
    dates = find_dates(arabic)
    dated = {at for d in dates for at in range(d.start, d.end)}
    begun = {d.start for d in dates}
    for mark in marks:
        before = arabic[max(0, mark.start - _BEFORE) : mark.start]
        if re.search(r"(?<![A-Za-z])[A-Za-z]\s+$", before) or mark.body in begun or mark.start in dated:
            continue
        word = re.match(r"\S*", arabic[mark.body : mark.body + 5])
        short = not mark.opens_line and arabic[mark.start] in "-–—" and word and len(word[0]) < 5
        doubt = ("short_bullet",) if short else ()
        chosen.append(_Mark(None, mark.start, mark.body, mark.opens_line, doubt))
    return chosen


_RUNS: dict[str, Callable[[str, str], list[_Mark]]] = {
    style: _bullet_run if style == "bullet" else _numbered_run for style in _STYLES
}


@per_document
def list_marks(text: str) -> tuple[_Mark, ...]:
    """Return the markers of the style that occurs first in the text."""
    arabic, dates = in_arabic(text), find_dates(text)
    runs = [run(arabic, style) for style, run in _RUNS.items()]
    runs = [r for r in runs if r and not any(d.start <= r[0].start < d.end for d in dates)]
    first: list[_Mark] = min(runs, key=lambda run: run[0].start, default=[])
    return tuple(first)


def split_items(text: str) -> list[Item]:
    """Split the text of a cell into items at its numbers or bullets; a text without them is one item.

    Only the style of marker that occurs first splits the text; nested lists stay within their item.

    >>> text = "ดังนี้ ๑. จัดประชุม ๒.แจ้งเวียน"
    >>> [(i.number, text[i.start : i.end]) for i in split_items(text)]
    [(None, 'ดังนี้'), (1, 'จัดประชุม'), (2, 'แจ้งเวียน')]
    """
    marks = list_marks(text)
    edges = [*marks, _Mark(None, len(text), len(text), True)]
    parts = [_Mark(None, 0, 0, True), *edges] if not marks or marks[0].start else edges
    items: list[Item] = []
    for mark, following in pairwise(parts):
        body = text[mark.body : following.start]
        if body.strip():
            start = mark.body + len(body) - len(body.lstrip())
            marker = text[mark.start : mark.body].strip()
            items.append(Item(marker, mark.number, start, start + len(body.strip()), mark.doubt))
    return items
