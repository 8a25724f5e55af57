"""Levels beside the overall score, and levels that a text states without it.

The words that make a figure last year's, a target or another agency's do the same for a level: a level is read as if a
figure stood in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thaita.extract.find.overall_candidates import OverallCandidate
from thaita.extract.structure.labels import read_label
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.date_years import find_years
from thaita.normalize.figures import Figure, read_figures
from thaita.normalize.grades import Grade, find_grades, grade_after, parse_grade
from thaita.normalize.match_key import fold
from thaita.normalize.statuses import has_boxes

_REACH = 110
"""Maximum characters between a score and a level after it."""
_REACH_BACK = 80
_TOUCHES = re.compile(r"\s*(?:คะแนน|%)?[\s:(,]*(?:\S{0,14}ระดับ|\(|เกรด)?\s*[“\"(]?\s*$")
_MAX_LEVELS = 3
"""A text with more levels than this describes the scale."""
_STATES = re.compile(
    r"(?:ประเมิน|ภาพรวม|อยู่ใน|คะแนน|ได้|ให้ผล|(?<![A-Za-z])ITA(?![A-Za-z])|ปี).{0,60}(?:ระดับ|เกรด)"
    r"|^.{0,20}(?:ระดับ|เกรด|สถานะ|สรุป|ผล).{0,40}$",
    re.DOTALL,
)
_HARMLESS = ("count", "rank", "scale", "reference")
"""Meanings of figures that say nothing about the level after them."""
_AS_FIGURE = "90.00"


def grade_beside(chars: str, figure: Figure, figures: Sequence[Figure], year: int | None) -> Grade | None:
    """Return the level that a text states for a score: after it, else before it; not that of another figure."""
    touching = grade_after(chars, figure.end)
    if touching is not None:
        return touching
    every = find_grades(chars)
    if len({grade.level for grade in every}) > _MAX_LEVELS:
        return None
    grades = [
        grade for grade in _own_grades(chars, every, year) if not _of_another(chars, grade, figure, figures)
    ]
    after = [grade for grade in grades if 0 <= grade.start - figure.end <= _REACH]
    before = [grade for grade in grades if 0 <= figure.start - grade.end <= _REACH_BACK]
    return after[0] if after else before[-1] if before else None


def _own_grades(chars: str, grades: Sequence[Grade], year: int | None) -> list[Grade]:
    """Return the levels that may be the report's own of the assessed year (B.E.)."""
    places: dict[int, Grade] = {}
    shown, at = "", 0
    for grade in grades:
        shown += chars[at : grade.start]
        places[len(shown)] = grade
        shown, at = shown + _AS_FIGURE, grade.end
    figures = read_figures(shown + chars[at:])
    return [places[figure.start] for figure in figures if figure.start in places and figure.is_own(year)]


def _of_another(chars: str, grade: Grade, figure: Figure, figures: Sequence[Figure]) -> bool:
    """Return whether a level stands directly after another score."""
    owners = [other for other in figures if other.plain and other.end <= grade.start]
    return bool(owners and owners[-1] != figure and _TOUCHES.match(chars[owners[-1].end : grade.start]))


def grade_without_score(text: SourceText, year: int | None) -> Iterator[OverallCandidate]:
    """Yield the grade in a text that does not state the overall score."""
    label = read_label(text, loose=True)
    if label is not None and label.heading.role == Role.GRADE and label.rest:
        grade = _of_label(label.rest.chars)
        earlier = any(
            year is not None and found.value_be < year
            for found in find_years(text.chars[: len(text) - len(label.rest)])
        )
        if grade is not None and not earlier:
            yield OverallCandidate(None, None, grade, label.rest[grade.start : grade.end], 1)
            return
    every = find_grades(text.chars)
    if not every or len({grade.level for grade in every}) > _MAX_LEVELS or not _STATES.search(text.chars):
        return
    figures = read_figures(text.chars)
    if any(figure.meaning in ("band", "threshold") for figure in figures):
        return
    own = [
        grade
        for grade in _own_grades(text.chars, every, year)
        if all(figure.is_own(year) or figure.meaning in _HARMLESS for figure in _last_before(grade, figures))
    ]
    if own and len({grade.level for grade in own}) == 1:
        yield OverallCandidate(None, None, own[0], text[own[0].start : own[0].end], 1)


def _of_label(rest: str) -> Grade | None:
    """Return the level that the words after a label state, apart from a remark in brackets; of years, the latest."""
    latest = _latest_grade(rest)
    if latest is not None:
        return latest
    for part in (rest, rest.partition("(")[0]):
        grade = parse_grade(part)
        if grade is not None and len(fold(part)) <= len(fold(grade.as_written)) + 6:
            return grade
    grade = parse_grade(rest)
    chosen = grade is not None and (len(find_grades(rest)) > 1 or has_boxes(rest))
    return grade if chosen else None


def _last_before(grade: Grade, figures: Sequence[Figure]) -> Sequence[Figure]:
    """Return the last figure within reach before a level, if there is one."""
    return [figure for figure in figures if figure.end <= grade.start <= figure.end + _REACH][-1:]


def _latest_grade(chars: str) -> Grade | None:
    """Return the grade after the latest year on a line that compares several years; None for other lines."""
    years = [year for year in find_years(chars) if year.kind in ("plain", "fiscal")]
    if len({year.value_be for year in years}) < 2:
        return None
    latest = max(years, key=lambda year: year.value_be)
    after = [grade for grade in find_grades(chars) if grade.start >= latest.end]
    return min(after, key=lambda grade: grade.start, default=None)
