"""Indicator scores of a report: every candidate, in reading order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from thaita.extract.find.score_candidates import ScoreCandidate
from thaita.extract.find.score_lists import find_score_lists
from thaita.extract.find.score_passages import find_passages
from thaita.extract.find.score_plane import grid_plane, lines_plane
from thaita.extract.find.score_readings import KNOWN, Reading, choose, read_plane, stated_readings
from thaita.extract.find.score_sentences import text_scores
from thaita.extract.find.score_tables import table_scores
from thaita.extract.structure.context import FlowEntry
from thaita.extract.structure.grid import Grid
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.date_years import find_years
from thaita.normalize.figures import read_figures
from thaita.normalize.indicators import find_indicators, match_indicator
from thaita.normalize.numerals import to_arabic

_DECIMALS = re.compile(r"[0-9๐-๙]\s?[.,]\s?[0-9๐-๙]")
_MAX_CAPTION = 130
"""Maximum characters of a line that announces the scores below it."""


_MAX_ROWS = 200
"""Maximum rows of a table that may state one agency's scores in a layout of its own."""
_MIN_PROSE = 2
"""Minimum scores of a passage that is prose, not a line with its figure below."""


def find_scores(
    entries: Sequence[FlowEntry], year: int | None, published: Collection[Decimal] = ()
) -> list[ScoreCandidate]:
    """Return a candidate for every indicator score that a table, a list or a sentence states, in reading order.

    `year` is the assessed year (B.E.); scores of earlier years have their own. `published` holds the overall scores that the report states; they tell apart readings that fit equally well.
    """
    return [one for part in _parts(entries) for one in _scores_of(entries, part, year, published)]


def layout_figures(entries: Sequence[FlowEntry], year: int | None) -> frozenset[int]:
    """Return the offsets in the document of the figures that the layout makes an indicator's score."""
    return frozenset(
        one.score.origin[0]
        for part in _parts(entries)
        for one in choose(_layout_readings(entries, part, year, ()))
    )


def _parts(entries: Sequence[FlowEntry]) -> Iterator[range]:
    """Yield the parts of a report that are read as a whole: each table, and the lines between two tables."""
    start = 0
    for i, entry in enumerate(entries):
        if isinstance(entry.item, Grid):
            if start < i:
                yield range(start, i)
            yield range(i, i + 1)
            start = i + 1
    if start < len(entries):
        yield range(start, len(entries))


def _layout_readings(
    entries: Sequence[FlowEntry],
    part: range,
    year: int | None,
    published: Collection[Decimal],
    inside: Collection[int] = (),
) -> list[Reading]:
    """Return the readings that relations between places give; the lines `inside` are read as sentences only."""
    first = entries[part.start].item
    if isinstance(first, Grid):
        if len(first.rows) > _MAX_ROWS:
            return []
        cells = [
            *(head.text for head in first.heads),
            *(cell.text for row in first.rows for cell in row.cells),
        ]
        if not _may_state_scores(cells):
            return []
        listed = _lists_in_cells(first, year)
        found = read_plane(grid_plane(first, year), year, published)
        return [*found, *read_plane(lines_plane(listed, year), year, published)] if listed else found
    items = [entries[i].item for i in part if i not in inside]
    lines = [item.text for item in items if isinstance(item, FlowParagraph) and not item.running]
    return read_plane(lines_plane(lines, year), year, published) if _may_state_scores(lines) else []


def _lists_in_cells(grid: Grid, year: int | None) -> list[SourceText]:
    """Return the lines of the cells that list several indicators, each on a line with its figure; none without such cells."""
    lines: list[SourceText] = []
    for cell in (cell for row in grid.rows for cell in row.own_cells()):
        named = [line for line in cell.lines if find_indicators(line.chars, year)]
        if len(named) > 1 and _may_state_scores(named):
            lines += cell.lines
    return lines


def _may_state_scores(texts: Iterable[SourceText]) -> bool:
    """Return whether any text has a figure with decimals, as one score of a list has at least."""
    return any(_DECIMALS.search(text.chars) for text in texts)


def _scores_of(
    entries: Sequence[FlowEntry], part: range, year: int | None, published: Collection[Decimal]
) -> list[ScoreCandidate]:
    """Return the scores of a part: of the best of all readings, and what else the part states about them."""
    first = entries[part.start].item
    earlier = _caption_year(entries, part.start, year)
    if isinstance(first, Grid):
        captions = [] if any(head.year for head in first.heads) else first.header
        caption = next((y for line in captions if (y := _earlier_year(line, year))), earlier)
        stated = _with_year(list(table_scores(first, entries[part.start].context, year, published)), caption)
        if len({one.agency for one in stated}) > 1:
            return stated
        inside: set[int] = set()
        rank = _rank_of_heads(first, year)
    else:
        stated, inside = _line_scores(entries, part, year, earlier)
        caption, rank = earlier, 1
    stated = [replace(one, year=None) if one.year == year else one for one in stated]
    of_words = stated_readings(stated, rank, year, published)
    of_places = _layout_readings(entries, part, year, published)
    if inside and of_words and _most(of_words) >= _most(of_places):
        of_places = _layout_readings(entries, part, year, published, inside)
    readings = [*of_words, *of_places]
    chosen = _with_year(
        choose(sorted(readings, key=lambda one: (*one.quality, one.prior), reverse=True)), caption
    )
    used = {one.score.origin[0] for one in chosen}
    best = max(readings, key=lambda one: one.quality, default=None)
    told = [one for of in of_words if not _is_beaten(of, best, isinstance(first, Grid)) for one in of.scores]
    return [*chosen, *(one for one in told if one.score.origin[0] not in used)]


def _most(readings: Iterable[Reading]) -> int:
    return max((len(one.nos) for one in readings), default=0)


def _rank_of_heads(grid: Grid, year: int | None) -> int:
    """Return how well the scores that heads point to fit; names merged over rows with different figures need labels."""
    merged = any(
        cell.inherited and match_indicator(cell.text.chars, year) is not None
        for row in grid.rows
        for cell in row.cells
    )
    if merged:
        return -1
    return KNOWN if grid.columns(Role.SCORE) or Role.INDICATOR_SCORE in grid.roles else 1


def _is_beaten(reading: Reading, best: Reading | None, in_table: bool) -> bool:
    """Return whether another reading of the same indicators fits better, so that this one is no other statement.

    In a table, a column or row that gives an indicator several scores is none either.
    """
    if best is None or reading.quality >= best.quality:
        return False
    told = {one.no for one in reading.scores}
    return told <= best.nos if in_table else reading.nos == best.nos


def _line_scores(
    entries: Sequence[FlowEntry], part: range, year: int | None, earlier: int | None
) -> tuple[list[ScoreCandidate], set[int]]:
    """Return the scores that sentences state, and the lines of passages that are read as a whole."""
    lines = [entries[i] for i in part]
    listed = find_score_lists(lines, year)
    passages = {i: one for i, one in find_passages(lines, year).items() if not one[0] & listed.keys()}
    starts = {i: start for start, (inside, _) in passages.items() for i in inside}
    found: list[ScoreCandidate] = []
    for i, entry in enumerate(lines):
        if not isinstance(entry.item, FlowParagraph) or entry.item.running:
            continue
        alone = listed[i].scores(i) if i in listed else text_scores(entry.item.text, year)
        own = alone
        if i in starts:
            joined = passages[starts[i]][1]
            told = {one.no for one in joined}
            own = [*(joined if i == starts[i] else ()), *(one for one in own if one.no not in told)]
        found += _with_year(own, earlier)
        earlier = earlier if own else _earlier_year(entry.item.text, year)
    prose = {i for i, start in starts.items() if len(passages[start][1]) >= _MIN_PROSE}
    return found, {part.start + i for i in prose}


def _caption_year(entries: Sequence[FlowEntry], first: int, year: int | None) -> int | None:
    """Return the earlier year (B.E.) that the line directly above a part announces."""
    for entry in reversed(entries[:first]):
        if not isinstance(entry.item, FlowParagraph):
            return None
        if not entry.item.running:
            return _earlier_year(entry.item.text, year)
    return None


def _earlier_year(line: SourceText, year: int | None) -> int | None:
    """Return the earlier year (B.E.) whose scores a line announces; None if it announces none."""
    if year is None or len(line) > _MAX_CAPTION or "คะแนน" not in line.chars or _states_score(line.chars):
        return None
    named = {found.value_be for found in find_years(line.chars) if found.kind in ("plain", "fiscal", "bare")}
    said = named.pop() if len(named) == 1 else year
    return said if said < year else None


def _states_score(chars: str) -> bool:
    """Return whether a line states a score itself, so that its year is not that of the lines below."""
    return any("." in to_arabic(figure.number.as_written) for figure in read_figures(chars))


def _with_year(candidates: Sequence[ScoreCandidate], year: int | None) -> list[ScoreCandidate]:
    return [replace(d, year=year) if year is not None and d.year is None else d for d in candidates]
