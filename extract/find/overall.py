"""Candidates for the published overall score and grade."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thaita.extract.find.score_candidates import read_score
from thaita.extract.find.score_tables import may_hold_scores
from thaita.extract.structure.grid import Grid, GridRow
from thaita.extract.structure.labels import read_label
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.flags import Flag
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.counts import counts, find_changes, says_change
from thaita.normalize.date_years import find_years
from thaita.normalize.grades import Grade, find_grades, parse_grade
from thaita.normalize.headings import match_heading
from thaita.normalize.indicators import find_indicators, find_instrument
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import Number, find_numbers, to_arabic

_SCORE_WORDS = re.compile(r"(?i:score)|เฉลี่ย|ผลรวม|คะแนน|ร้อยละ|ผลการประเมิน|ได้\s*$")
_OVERALL = re.compile(
    r"(?i:overall)|เฉลี่ย(?:ทั้งหมด|รวม)|ภาพรวม|ผลรวม|โดยรวม|คะแนนรวม|คะแนนเฉลี่ยรวม|ทั้งหมด|ผลการประเมิน|ผลคะแนน|ค่าคะแนน|คะแนนเฉลี่ย"
    r"|ปี(?:\s*งบประมาณ)?\s*(?:พ\.?\s?ศ\.?)?\s*[0-9๐-๙]{4}\s*(?:มี|ได้)?(?:รับ)?\s*คะแนน(?:ประเมิน)?\s*(?:เท่ากับ|ได้)?\s*$"
)
_OTHER_FIGURE = re.compile(
    r"ระดับประเทศ|ทั่วประเทศ|ของประเทศ|ค่าเฉลี่ย(?:ของ)?(?:จังหวัด|ประเทศ|อำเภอ)|ปีที่ผ่านมา|ปีก่อน|เกณฑ์|เป้าหมาย|เพิ่มขึ้น|ลดลง|ไม่น้อยกว่า"
    r"|มากกว่า|ต่ำกว่า|สูงกว่า|ตั้งแต่|ระหว่าง|ช่วงคะแนน|คะแนนเต็ม|น้ำหนัก|ส่วนที่|ตัวชี้วัดที่|ข้อที่|จำนวน|อันดับ|ลำดับ"
)
_BAND = re.compile(r"^\s*(?:คะแนน)?\s*(?:ขึ้นไป|[-–]\s*[0-9๐-๙]|ถึง\s*[0-9๐-๙])")
_TOTAL = re.compile(r"คะแนนรวม|ภาพรวม|ผลรวม")
_WORDS_BEFORE = 130
_MAX_YEAR_DISTANCE = 60
"""Maximum characters between a year and the number that belongs to it."""


@dataclass(frozen=True, slots=True)
class OverallCandidate:
    """A candidate for the overall score, with the grade beside it; a candidate may have only one of them."""

    value: Decimal | None
    score: SourceText | None
    grade: Grade | None
    grade_text: SourceText | None
    weight: int
    support: tuple[SourceText, ...] = ()


def find_overall(flow: Sequence[FlowItem], fiscal_year: int | None = None) -> list[OverallCandidate]:
    """Return the candidates for the overall score and grade, the best supported first.

    National figures, figures of a year before `fiscal_year` (B.E.), changes, thresholds and scores of single
    indicators are left out.
    """
    candidates: list[OverallCandidate] = []
    for i, item in enumerate(flow):
        candidates += _from_rows(item) if isinstance(item, Grid) else _from_sentence(item, fiscal_year)
        candidates += _from_lines(flow[i : i + 2])
    return sorted(candidates, key=lambda candidate: -candidate.weight)


def _from_sentence(para: FlowParagraph, fiscal_year: int | None) -> Iterator[OverallCandidate]:
    text = para.text
    found = False
    numbers = find_numbers(text.chars)
    changes = find_changes(text.chars, numbers)
    for number in numbers:
        before = text.chars[max(0, number.start - _WORDS_BEFORE) : number.start]
        after = text.chars[number.end : number.end + 110]
        own_words = _own_words_before(text.chars, number, numbers, changes)
        if (
            not 0 <= number.value <= 100
            or number in changes
            or not _is_overall(before, after, own_words, fiscal_year)
        ):
            continue
        if _is_earlier(before, fiscal_year):
            continue
        if _is_whole(number) and (
            counts(after) or not (_STATES_BEFORE.search(before) or _STATES_AFTER.match(after))
        ):
            continue
        grade = (
            next(iter(find_grades(after)), None)
            if re.search(r"ระดับ|เกรด|ผลการประเมิน|\(|(?i:level|grade)", after)
            else None
        )
        weight = 1 + 3 * bool(re.search(r"ภาพรวม|โดยรวม|คะแนนรวม", before)) + 3 * (grade is not None)
        found = True
        yield OverallCandidate(
            number.value,
            text[number.start : number.end],
            grade,
            text[number.end + grade.start : number.end + grade.end] if grade else None,
            weight,
        )
    if not found:
        yield from _grade_without_score(text)


def _grade_without_score(text: SourceText) -> Iterator[OverallCandidate]:
    """Yield the grade in a text that does not state the overall score."""
    label = read_label(text, loose=True)
    if label is not None and label.heading.role == Role.GRADE and label.rest:
        grade = _latest_grade(label.rest.chars) or parse_grade(label.rest.chars)
        if grade is not None and (
            len(find_grades(label.rest.chars)) > 1
            or len(fold(label.rest.chars)) <= len(fold(grade.as_written)) + 6
        ):
            yield OverallCandidate(None, None, grade, label.rest[grade.start : grade.end], 1)
            return
    if re.search(r"ระดับ", text.chars) and not find_numbers(text.chars):
        for grade in find_grades(text.chars)[:1]:
            if re.search(r"(?:ผลการประเมิน|ภาพรวม|อยู่ใน|คะแนน|ได้)[^.]{0,60}ระดับ", text.chars[: grade.end]):
                yield OverallCandidate(None, None, grade, text[grade.start : grade.end], 1)


_BECOMES = re.compile(r"(?:เป็น|มาอยู่ที่|อยู่ที่)\s*(?:ร้อยละ|คะแนน)?\s*$")


def _own_words_before(
    chars: str, number: Number, numbers: Sequence[Number], changes: Sequence[Number]
) -> int:
    """Return how many letters before a number refer only to it: those after the change or score that it replaces."""
    before = max((other for other in numbers if other.end <= number.start), key=lambda n: n.end, default=None)
    if before is None:
        return number.start
    replaced = says_change(chars[: number.start]) and _BECOMES.search(chars[: number.start])
    return number.start - before.end if before in changes or replaced else number.start


def _is_earlier(before: str, fiscal_year: int | None) -> bool:
    """Return whether the last year before a number precedes the assessed year (B.E.)."""
    years = [year for year in find_years(before[-_MAX_YEAR_DISTANCE:]) if year.kind in ("plain", "fiscal")]
    return fiscal_year is not None and bool(years) and years[-1].value_be < fiscal_year


_STATES_BEFORE = re.compile(r"(?:คะแนน|ร้อยละ|เท่ากับ|ได้|รวม|เฉลี่ย|คือ|เป็น|อยู่ที่|[:=(])\s*$")
_STATES_AFTER = re.compile(r"\s*(?:คะแนน|%|points?|[(]|(?:\S{0,14})ระดับ)", re.IGNORECASE)


def _is_whole(number: Number) -> bool:
    """Return whether a number has no decimals, like counts of years, people and questions."""
    return "." not in to_arabic(number.as_written) and Flag.COMMA_DECIMAL not in number.doubt


def _latest_grade(chars: str) -> Grade | None:
    """Return the grade after the latest year on a line that compares several years; None for other lines."""
    years = [year for year in find_years(chars) if year.kind in ("plain", "fiscal")]
    if len({year.value_be for year in years}) < 2:
        return None
    latest = max(years, key=lambda year: year.value_be)
    after = [grade for grade in find_grades(chars) if grade.start >= latest.end]
    return min(after, key=lambda grade: grade.start, default=None)


def _from_lines(lines: Sequence[FlowItem]) -> Iterator[OverallCandidate]:
    """Yield the score or grade on the line below a line that contains only คะแนนรวม or ระดับ."""
    if len(lines) < 2 or not (isinstance(lines[0], FlowParagraph) and isinstance(lines[1], FlowParagraph)):
        return
    heading, below = match_heading(lines[0].text.chars), lines[1].text
    if heading is None or heading.role not in (Role.TOTAL, Role.GRADE):
        return
    value = read_score(below) if heading.role == Role.TOTAL else None
    grade = parse_grade(below.chars) if heading.role == Role.GRADE else None
    if value is not None and 0 <= value[1].value <= 100:
        yield OverallCandidate(value[1].value, value[0], None, None, 4, (lines[0].text,))
    if grade is not None:
        yield OverallCandidate(None, None, grade, below[grade.start : grade.end], 2)


def _is_overall(before: str, after: str, own_words: int, year: int | None) -> bool:
    """Return whether the words around a number make it an overall score.

    The last `own_words` letters before it refer only to this number. `year` is the fiscal year (B.E.) whose
    indicators are matched.
    """
    graded = re.match(r"\s*(?:คะแนน|%)?[\s:(,]*(?:\S{0,14}ระดับ|\()", after) and find_grades(after[:60])
    if not _SCORE_WORDS.search(before[-60:]) or not (_OVERALL.search(before) or graded):
        return False
    if (
        _BAND.match(after)
        or _OTHER_FIGURE.search(before[-min(45, own_words) :])
        or re.match(r"\s*(?:%?\s*ขึ้นไป)", after)
    ):
        return False
    if re.search(r"(?:ปี|พ\.?ศ\.?|(?<!อยู่)ที่|ข้อ|ภาพที่|ตารางที่|หน้า)\s*$", before):
        return False
    last_words = before[-90:]
    named = find_indicators(last_words, year)
    if named and not _TOTAL.search(last_words, named[-1].end):
        return False
    if not named and find_instrument(last_words):
        return False
    near = [number for number in find_numbers(before[-min(25, own_words) :]) if number.value <= 100]
    return not near or bool(_OVERALL.search(before[-25:]))


def _from_rows(grid: Grid) -> Iterator[OverallCandidate]:
    totals = grid.columns(Role.TOTAL)
    for row in grid.rows:
        candidate = _total_row(grid, row) or _grade_row(grid, row)
        if candidate is not None:
            yield candidate
        elif totals and Role.INDICATOR_SCORE in grid.roles and len(grid.rows) == 1:
            value = read_score(row.cells[totals[0]].text)
            if value is not None:
                grade, grade_text = _row_grade(row)
                yield OverallCandidate(
                    value[1].value, value[0], grade, grade_text, 5, (grid.heads[totals[0]].text,)
                )


def _total_row(grid: Grid, row: GridRow) -> OverallCandidate | None:
    own = [(c, cell) for c, cell in enumerate(row.cells) if cell.has_own_text()]
    if not own or not _is_total(own[0][1].text.chars) or _has_no_scores(grid):
        return None
    columns = grid.columns(Role.SCORE) or [c for c, _ in own[1:]]
    latest = max((grid.heads[c].year or 0 for c in columns), default=0)
    rest = [c for c, _ in reversed(own[1:]) if c not in columns and grid.heads[c].role != Role.OTHER_SCORE]
    rest += [c for c, _ in reversed(own[1:]) if grid.heads[c].role == Role.OTHER_SCORE]
    if any(not row.cells[c].empty for c in columns):
        rest = []
    for c in (*columns, *rest):
        value = read_score(row.cells[c].text)
        if grid.heads[c].role == Role.OTHER or (
            value and _is_whole(value[1]) and not may_hold_scores(grid, c)
        ):
            continue
        if (
            value is not None
            and (c in rest or (grid.heads[c].year or 0) == latest)
            and 0 <= value[1].value <= 100
        ):
            grade, grade_text = _row_grade(row)
            return OverallCandidate(value[1].value, value[0], grade, grade_text, 5, (own[0][1].text,))
    return None


def _has_no_scores(grid: Grid) -> bool:
    """Return whether a table lists measures without scores, so that its total row can only contain counts."""
    return not grid.columns(Role.SCORE) and bool(
        grid.roles & {Role.TITLE, Role.STEPS, Role.STATUS, Role.PERIOD}
    )


def _grade_row(grid: Grid, row: GridRow) -> OverallCandidate | None:
    """Return the grade in a row with the head ระดับ; of several grades, the one of the latest year."""
    own = [(c, cell) for c, cell in enumerate(row.cells) if cell.has_own_text()]
    heading = match_heading(own[0][1].text.chars) if own else None
    if heading is None or heading.role != Role.GRADE:
        return None
    graded = [(grid.heads[c].year or 0, cell.text) for c, cell in own[1:] if parse_grade(cell.text.chars)]
    if not graded:
        return None
    text = max(graded, key=lambda pair: pair[0])[1]
    grade = parse_grade(text.chars)
    return OverallCandidate(None, None, grade, text, 3, (own[0][1].text,))


def _is_total(chars: str) -> bool:
    heading = match_heading(chars)
    if find_instrument(chars) is not None:
        return False
    return (heading is not None and heading.role == Role.TOTAL) or fold(chars).startswith(
        ("คะแนนรวม", "คะแนนภาพรวม")
    )


def _row_grade(row: GridRow) -> tuple[Grade | None, SourceText | None]:
    for cell in row.cells:
        text = cell.text
        for grade in find_grades(text.chars):
            if len(fold(text.chars)) <= len(fold(grade.as_written)) + 8:
                return grade, text[grade.start : grade.end]
    return None, None
