"""Levels beside the overall score, and levels that a text states without it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thaita.extract.find.overall_candidates import OverallCandidate
from thaita.extract.structure.labels import read_label
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.date_years import find_years
from thaita.normalize.figures import Figure, says_other_figures
from thaita.normalize.grades import Grade, find_grades, parse_grade
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import find_numbers

_REACH = 110
"""Maximum characters between a score and a level after it."""
_REACH_BACK = 80
_TOUCHES = re.compile(r"\s*(?:คะแนน|%)?[\s:(,]*(?:\S{0,14}ระดับ|\(|เกรด)?\s*[“\"(]?\s*$")
_MAX_OTHER_LEVELS = 2
"""A text with more levels than this describes the scale."""


def grade_beside(chars: str, figure: Figure, figures: Sequence[Figure]) -> Grade | None:
    """Return the level that a text states for a score: after it, else before it; not that of another figure."""
    grades = [grade for grade in find_grades(chars) if not _of_another(chars, grade, figure, figures)]
    if len({grade.level for grade in find_grades(chars)}) > _MAX_OTHER_LEVELS + 1:
        return None
    after = [grade for grade in grades if 0 <= grade.start - figure.end <= _REACH]
    before = [grade for grade in grades if 0 <= figure.start - grade.end <= _REACH_BACK]
    return after[0] if after else before[-1] if before else None


def _of_another(chars: str, grade: Grade, figure: Figure, figures: Sequence[Figure]) -> bool:
    """Return whether a level belongs to another figure, to another year, or to a condition."""
    owners = [other for other in figures if other.plain and other.end <= grade.start]
    if owners and owners[-1] != figure and _TOUCHES.match(chars[owners[-1].end : grade.start]):
        return True
    begin = max(0, grade.start - 26, figure.end if figure.end <= grade.start else 0)
    return says_other_figures(chars[begin : grade.start])


def grade_without_score(text: SourceText) -> Iterator[OverallCandidate]:
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
    if re.search(r"ระดับ|เกรด", text.chars) and not find_numbers(text.chars):
        for grade in find_grades(text.chars)[:1]:
            before = text.chars[: grade.end]
            stated = re.search(r"(?:ผลการประเมิน|ผลประเมิน|ภาพรวม|อยู่ใน|คะแนน|ได้|ให้ผล|การประเมิน|ITA)[^.]{0,60}(?:ระดับ|เกรด)", before)
            if stated and not says_other_figures(before[-60:]):
                yield OverallCandidate(None, None, grade, text[grade.start : grade.end], 1)


def _latest_grade(chars: str) -> Grade | None:
    """Return the grade after the latest year on a line that compares several years; None for other lines."""
    years = [year for year in find_years(chars) if year.kind in ("plain", "fiscal")]
    if len({year.value_be for year in years}) < 2:
        return None
    latest = max(years, key=lambda year: year.value_be)
    after = [grade for grade in find_grades(chars) if grade.start >= latest.end]
    return min(after, key=lambda grade: grade.start, default=None)
