"""Indicator scores: found in tables and sentences, then one row an indicator."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from thaita.extract.flow import Para
from thaita.extract.grid import Grid, GridRow
from thaita.extract.inherit import is_section
from thaita.extract.sections import Context, Placed
from thaita.models.source_text import SourceText
from thaita.normalize.fold import fold
from thaita.normalize.indicators import Found, Match, find_indicators, find_instrument, match_indicator
from thaita.normalize.numerals import Number, find_numbers, strip_marker, to_arabic

_BARE = re.compile(r"(?:ได้|มี|ผล|เท่ากับ|คะแนน|ร้อยละ|เฉลี่ย|ค่า|[=:%\s()]|points?)*", re.IGNORECASE)
_SAYS_SCORE = re.compile(r"คะแนน|ร้อยละ|เท่ากับ|[=:]|ได้\s*$|อยู่ที่\s*$|%")
_OTHER_FIGURE = re.compile(
    r"เพิ่มขึ้น|ลดลง|เกณฑ์|เป้าหมาย|น้ำหนัก|คะแนนเต็ม|ระดับประเทศ|ค่าเฉลี่ยของ|มากกว่า|น้อยกว่า|ต่ำกว่า|สูงกว่า|ไม่ถึง"
    r"|ปีที่ผ่านมา|ปีก่อน|เดิม|ไม่เกิน|ระหว่าง|ส่วนที่|ข้อที่|จำนวน|ปี\s*$|พ\.?ศ\.?\s*$|จาก\s*$"
)
_FAR = 110
"""Letters between an indicator's name and its score in a sentence, at most."""


@dataclass(frozen=True, slots=True)
class ScoreDraft:
    """A score as found at one place, before places are compared."""

    no: int
    name: SourceText
    score: SourceText
    value: Decimal
    similarity: float
    no_as_written: str | None = None
    instrument_as_written: str | None = None
    agency: SourceText | None = None
    year: int | None = None
    in_table: bool = False
    flags: tuple[str, ...] = ()
    support: tuple[SourceText, ...] = ()


def find_scores(placed: Sequence[Placed], year: int | None) -> list[ScoreDraft]:
    """Return every indicator score that a table or sentence states, in reading order.

    `year` is the assessed year (B.E.): where a table sets several years side by side, its column
    counts, or the latest where it is not among them.
    """
    drafts: list[ScoreDraft] = []
    for i, item in enumerate(placed):
        if isinstance(item.item, Grid):
            drafts += _table_scores(item.item, item.context, year)
        elif not item.item.running:
            found = list(_sentence_scores(item.item))
            drafts += found or _next_line_score(item.item, placed[i + 1 : i + 3])
    return drafts


def read_value(text: SourceText) -> tuple[SourceText, Number] | None:
    """Return the number of a cell that holds a score and nothing else, with its place."""
    numbers = find_numbers(text.chars)
    if len(numbers) != 1:
        return None
    number = numbers[0]
    if not (_BARE.fullmatch(text.chars[: number.start]) and _BARE.fullmatch(text.chars[number.end :])):
        return None
    return text[number.start : number.end], number


def _table_scores(grid: Grid, context: Context, year: int | None) -> Iterator[ScoreDraft]:
    if "indicator_score" in grid.roles:
        yield from _wide_scores(grid, year)
        return
    columns = _score_columns(grid, year)
    instrument = context.instrument
    for row in grid.rows:
        section = find_instrument(row.own()[0].text.chars) if is_section(row) else None
        if section is not None:
            instrument = section.code
            continue
        draft = _row_score(grid, row, columns, instrument)
        if draft is not None:
            yield draft


def _row_score(grid: Grid, row: GridRow, columns: Sequence[int], instrument: str | None) -> ScoreDraft | None:
    named = _named(grid, row)
    if named is None:
        return None
    column, match, name = named
    for c in columns or range(column + 1, len(row.cells)):
        value = read_value(row.cells[c].text) if not row.cells[c].inherited and c != column else None
        if value is None or (not grid.roles and "." not in to_arabic(value[0].chars) and value[1].value < 20):
            continue
        written = _cell_instrument(grid, row) or instrument
        marker, start = strip_marker(name.chars)
        flags = (*value[1].doubt, *(("ambiguous_name",) if match.close else ()))
        return ScoreDraft(
            match.no,
            name[start:].strip(),
            value[0],
            value[1].value,
            match.similarity,
            no_as_written=_number(marker) or _number_cell(grid, row),
            instrument_as_written=written,
            year=grid.heads[c].year,
            in_table=True,
            flags=flags,
            support=(row.cells[column].text, *_number_cells(grid, row)),
        )
    return None


def _named(grid: Grid, row: GridRow) -> tuple[int, Match, SourceText] | None:
    columns = grid.columns("indicator") or grid.columns("topic") or range(len(row.cells))
    for c in columns:
        text = row.cells[c].text
        if text and not row.cells[c].inherited and (match := match_indicator(text.chars.replace("\n", " "))):
            return c, match, text
    if grid.columns("indicator"):
        for c, cell in enumerate(row.cells):
            if cell.own_text() and (match := match_indicator(cell.text.chars.replace("\n", " "))):
                return c, match, cell.text
    return None


def _score_columns(grid: Grid, year: int | None) -> list[int]:
    """Return the columns of this year's score, the likeliest first."""
    heads = list(enumerate(grid.heads))
    scores = [i for i, head in heads if head.role == "score"]
    if not scores:
        scores = (
            [i for i, head in heads if head.role is None and _holds_scores(grid, i)] if grid.roles else []
        )
    years = {grid.heads[i].year for i in scores} - {None}
    if years:
        wanted = year if year in years else max(y for y in years if y is not None)
        return [i for i in scores if grid.heads[i].year == wanted]
    return scores


def _holds_scores(grid: Grid, column: int) -> bool:
    cells = [row.cells[column] for row in grid.rows if not row.cells[column].empty]
    values = [value for cell in cells if (value := read_value(cell.text))]
    return bool(values) and len(values) >= 0.6 * len(cells)


def _cell_instrument(grid: Grid, row: GridRow) -> str | None:
    for c in grid.columns("instrument"):
        found = find_instrument(row.cells[c].text.chars)
        if found is not None:
            return found.code
    return None


def _number(marker: str) -> str | None:
    digits = re.sub(r"[^0-9๐-๙]", "", marker)
    return digits or None


def _number_cell(grid: Grid, row: GridRow) -> str | None:
    for cell in _number_cells(grid, row):
        return _number(cell.chars)
    return None


def _number_cells(grid: Grid, row: GridRow) -> tuple[SourceText, ...]:
    return tuple(row.cells[c].text for c in grid.columns("number") if not row.cells[c].empty)


def _wide_scores(grid: Grid, year: int | None) -> Iterator[ScoreDraft]:
    """Scores with a column an indicator: each row is an agency, or the one agency's scores."""
    agencies = grid.columns("agency")
    for row in grid.rows:
        values = [
            (head, read_value(cell.text))
            for head, cell in zip(grid.heads, row.cells, strict=True)
            if head.role == "indicator_score" and not cell.inherited
        ]
        for head, value in values:
            if value is None or head.indicator_no is None:
                continue
            match = match_indicator(head.text.chars.replace("\n", " "))
            marker, start = strip_marker(head.text.chars)
            yield ScoreDraft(
                head.indicator_no,
                head.text[start:].strip(),
                value[0],
                value[1].value,
                match.similarity if match else 100.0,
                no_as_written=_number(marker),
                agency=next((row.cells[c].text for c in agencies if not row.cells[c].empty), None),
                year=head.year or year,
                in_table=True,
                flags=value[1].doubt,
            )


def _sentence_scores(para: Para) -> Iterator[ScoreDraft]:
    """Yield the scores of a sentence: an indicator's name, words that say score, the number."""
    text = para.text
    names = find_indicators(text.chars)
    for i, found in enumerate(names):
        stop = names[i + 1].start if i + 1 < len(names) else len(text)
        number = _first_score(text.chars, found.end, min(stop, found.end + _FAR + 12))
        if number is None or (
            found.doubtful and not _SAYS_SCORE.search(text.chars[found.end : number.start])
        ):
            continue
        marker = re.search(r"[(]?([0-9๐-๙]{1,2})[).]?\s*(?:ด้าน)?\s*$", text.chars[: found.start])
        yield ScoreDraft(
            found.no,
            text[found.start : found.end],
            text[number.start : number.end],
            number.value,
            found.similarity,
            no_as_written=marker[1] if marker else None,
            flags=number.doubt,
            support=(text,) if _is_line(text, found, number) else (),
        )


def _is_line(text: SourceText, found: Found, number: Number) -> bool:
    return len(text) - number.end < 12 and found.start < 40


def _first_score(chars: str, start: int, stop: int) -> Number | None:
    for number in find_numbers(chars[start:stop]):
        between = chars[start : start + number.start]
        if _OTHER_FIGURE.search(between) or not 0 <= number.value <= 100 or "\n" in between:
            return None
        bare = not re.sub(r"[\s:=\-–.()]|ได้|คะแนน|ร้อยละ|เท่ากับ", "", between)
        after = chars[start + number.end : start + number.end + 12].lstrip()
        if _SAYS_SCORE.search(between) or (bare and (between.strip() or "." in to_arabic(number.as_written))):
            return replace(number, start=start + number.start, end=start + number.end)
        if bare and re.match(r"คะแนน|%|$", after):
            return replace(number, start=start + number.start, end=start + number.end)
        return None
    return None


def _next_line_score(para: Para, following: Sequence[Placed]) -> list[ScoreDraft]:
    """Return the score on the line after a line that is an indicator's name and nothing else."""
    match = match_indicator(para.text.chars)
    if match is None or not following or not isinstance(following[0].item, Para):
        return []
    value = read_value(following[0].item.text)
    if value is None or not 0 <= value[1].value <= 100:
        return []
    marker, start = strip_marker(para.text.chars)
    name = para.text[start:].strip()
    return [
        ScoreDraft(
            match.no, name, value[0], value[1].value, match.similarity, _number(marker), flags=value[1].doubt
        )
    ]


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """All places that state one indicator's score for one agency and year; the best one first."""

    best: ScoreDraft
    others: tuple[ScoreDraft, ...]

    @property
    def conflict(self) -> bool:
        """Whether places state different scores."""
        return any(other.value != self.best.value for other in self.others)


def group_scores(drafts: Iterable[ScoreDraft]) -> list[ScoreGroup]:
    """Return one group an agency, year and indicator, with the best-supported value chosen.

    The value that most places state is taken, a table before a sentence, the first place before
    later ones; the group keeps the places that say otherwise.
    """
    groups: dict[tuple[str, int], list[ScoreDraft]] = defaultdict(list)
    for draft in drafts:
        agency = fold(draft.agency.chars) if draft.agency else ""
        groups[agency, draft.no].append(draft)
    return [_best(places) for places in groups.values()]


def _best(places: list[ScoreDraft]) -> ScoreGroup:
    votes: dict[Decimal, int] = defaultdict(int)
    for draft in places:
        votes[draft.value] += 2 if draft.in_table else 1
    best = max(places, key=lambda draft: (votes[draft.value], draft.in_table))
    first = next(draft for draft in places if draft.value == best.value and draft.in_table == best.in_table)
    return ScoreGroup(first, tuple(draft for draft in places if draft is not first))
