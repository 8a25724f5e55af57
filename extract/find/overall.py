"""Candidates for the published overall score and grade."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from thaita.extract.find.overall_candidates import ROW, OverallCandidate, is_whole
from thaita.extract.find.overall_grades import grade_beside, grade_without_score
from thaita.extract.find.overall_tables import row_candidates
from thaita.extract.find.score_candidates import looks_like_score, read_score
from thaita.extract.find.score_pairs import figures_beside, pair_scores
from thaita.extract.structure.grid import Grid
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.agencies import find_agencies
from thaita.normalize.figure_cues import pattern
from thaita.normalize.figures import Figure
from thaita.normalize.grades import parse_grade
from thaita.normalize.headings import match_heading
from thaita.normalize.indicators import Found, find_indicators, find_instrument
from thaita.normalize.match_key import fold

_LEAST = 2
"""Minimum weight of a candidate; one below `STATED` counts only if the indicator scores confirm it."""
_LABEL_LINE = 60
"""Maximum characters of a line that consists of a label and its figure."""
_NEAR_NAME = 90
"""Maximum characters between the name of an indicator or instrument and a figure that may be its score."""
_LEVEL, _OVERALL, _OTHER_AGENCY = 3, 3, -3
_MAX_SCORE = 100
_ABOUT_ITA = re.compile(r"(?<![a-z])ita(?![a-z])|คุณธรรมและความโปร่งใส")
_SELF = re.compile(r"หน่วยงาน(?!ภาครัฐ|ของรัฐ|ต้นแบบ|อื่น|ทุก|ทั้งหมด|ใกล้|ประเภท|ใน)|ของเรา|เราได้|เรามี|องค์กรของ|ทั้งองค์กร|ขององค์กร")
_STATED = re.compile(r"(?:คะแนน|ร้อยละ|เท่ากับ|ได้|รวม|เฉลี่ย|คือ|เป็น|อยู่ที่|[:=(])\s*$")
_UNIT = re.compile(r"\s*(?:คะแนน|%|points?)")
_BARE_LABEL = re.compile(r"[^0-9๐-๙]{2,40}?\s*[:=–-]?\s*$")


def find_overall(
    flow: Sequence[FlowItem],
    fiscal_year: int | None = None,
    agency: str | None = None,
    taken: Collection[int] = (),
) -> list[OverallCandidate]:
    """Return the candidates for the overall score and grade, the best supported first.

    Left out are figures that the words around them make national, of an earlier year than `fiscal_year` (B.E.), a
    change, a threshold or anything else, and those of single indicators. `agency` is the report's own; `taken` holds
    the offsets in the document of figures that are known to be an indicator's.
    """
    reader = _Reader(fiscal_year, agency, taken)
    candidates: list[OverallCandidate] = []
    for i, item in enumerate(flow):
        if isinstance(item, Grid):
            candidates += row_candidates(item, fiscal_year)
        else:
            candidates += reader.paragraph(flow, i, item)
        candidates += _from_lines(flow[i : i + 2])
    return sorted(candidates, key=lambda candidate: -candidate.weight)


class _Reader:
    """Reads the overall score from sentences and lines of one report."""

    def __init__(self, year: int | None, agency: str | None, taken: Collection[int]) -> None:
        self.year = year
        self.agency = agency
        self.taken = taken

    def paragraph(self, flow: Sequence[FlowItem], i: int, para: FlowParagraph) -> list[OverallCandidate]:
        text = _with_line_above(flow, i, para)
        found = list(self._from_sentence(text))
        if len(found) == 1 and found[0].grade is None and len(text) <= _LABEL_LINE:
            found = [_with_level_below(found[0], flow[i + 1 : i + 2])]
        return found or list(grade_without_score(text))

    def _from_sentence(self, text: SourceText) -> Iterator[OverallCandidate]:
        if not any(char.isdecimal() for char in text.chars):
            return
        names = find_indicators(text.chars, self.year)
        figures = figures_beside(text.chars, names)
        paired = {pair.figure.start for pair in pair_scores(text.chars, names, self.year)}
        for figure in figures:
            if figure.start in paired or not self._may_be_overall(text, figure, figures, names):
                continue
            candidate = self._candidate(text, figure, figures)
            if candidate.weight >= _LEAST:
                yield candidate

    def _may_be_overall(
        self, text: SourceText, figure: Figure, figures: Sequence[Figure], names: Sequence[Found]
    ) -> bool:
        """Return whether a figure is written like a score, of this year, and no indicator's or instrument's."""
        chars = text.chars
        start = text.origin[figure.start]
        if not figure.is_own(self.year) or not 0 <= figure.number.value <= _MAX_SCORE or start in self.taken:
            return False
        before = chars[max(0, figure.start - _NEAR_NAME) : figure.start]
        if not looks_like_score(figure.number, before[-12:], chars[figure.end :].lstrip()):
            return False
        if is_whole(figure.number) and not (_STATED.search(before) or _UNIT.match(chars, figure.end)):
            return False
        clause = max((other.end for other in figures if other.end <= figure.start), default=0)
        named = [name for name in names if clause <= name.start and name.end <= figure.start]
        behind = [name for name in names if 0 <= name.start - figure.end <= 30]
        words = fold(chars[named[-1].end if named else clause : figure.start])
        if figure.overall and (not named or pattern("before", "overall").search(words)):
            return True
        about = chars[max(clause, figure.start - _NEAR_NAME) : figure.start]
        return not named and not behind and find_instrument(about) is None

    def _candidate(self, text: SourceText, figure: Figure, figures: Sequence[Figure]) -> OverallCandidate:
        chars = text.chars
        grade = grade_beside(chars, figure, figures)
        clause = max((other.end for other in figures if other.end <= figure.start and other.plain), default=0)
        around = chars[max(clause, figure.start - 160) : figure.end + 60]
        label = len(chars) <= _LABEL_LINE and figure.result and _BARE_LABEL.match(chars[: figure.start]) is not None
        unit = figure.number.percent or bool(_UNIT.match(chars, figure.end)) or chars[: figure.start].rstrip().endswith("คะแนน")
        own = self._is_own(around)
        weight = (
            _OVERALL * figure.overall
            + figure.result
            + unit
            + (not is_whole(figure.number))
            + bool(_ABOUT_ITA.search(fold(chars)))
            + (own is True)
            + label
            + (figure.year is not None and figure.year == self.year)
            + _LEVEL * (grade is not None)
            + _OTHER_AGENCY * (own is False)
        )
        stated = figure.overall or figure.result or grade is not None
        return OverallCandidate(
            figure.number.value,
            text[figure.start : figure.end],
            grade,
            text[grade.start : grade.end] if grade else None,
            int(weight) if stated else 0,
            own=own is not False and bool(own or label or grade is not None or figure.year == self.year is not None),
        )

    def _is_own(self, around: str) -> bool | None:
        """Return whether a clause speaks of the report's own agency; None if it names none."""
        own = fold(self.agency) if self.agency else ""
        if own and own in fold(around):
            return True
        others = [fold(agency.name) for agency in find_agencies(around)]
        if own and any(other not in own and own not in other for other in others):
            return False
        return True if others or _SELF.search(around) else None


def _with_line_above(flow: Sequence[FlowItem], i: int, para: FlowParagraph) -> SourceText:
    """Return a line; with the line above it if it starts with a figure in the middle of a sentence."""
    above = flow[i - 1] if i else None
    if (
        isinstance(above, FlowParagraph)
        and not above.heading
        and not above.running
        and re.match(r"\s*[0-9๐-๙]{2,3}[.][0-9๐-๙]{2}\s*(?:คะแนน|%)", para.text.chars)
        and not re.search(r"[0-9๐-๙.]\s*(?:คะแนน)?\s*$", above.text.chars)
        and pattern("before", "overall", "result").search(fold(above.text.chars[-40:]))
    ):
        return SourceText.join([above.text, para.text], " ")
    return para.text


def _with_level_below(candidate: OverallCandidate, below: Sequence[FlowItem]) -> OverallCandidate:
    """Return a candidate with the level on the line below it, if that line states only a level."""
    for item in below:
        if isinstance(item, FlowParagraph) and len(item.text) <= _LABEL_LINE:
            grade = parse_grade(item.text.chars)
            if grade is not None and not any(char.isdecimal() for char in item.text.chars):
                level = item.text[grade.start : grade.end]
                return OverallCandidate(
                    candidate.value, candidate.score, grade, level, candidate.weight + _LEVEL, (), own=True
                )
    return candidate


def _from_lines(lines: Sequence[FlowItem]) -> Iterator[OverallCandidate]:
    """Yield the score or grade on the line below a line that contains only คะแนนรวม or ระดับ."""
    if len(lines) < 2 or not (isinstance(lines[0], FlowParagraph) and isinstance(lines[1], FlowParagraph)):
        return
    heading, below = match_heading(lines[0].text.chars), lines[1].text
    if heading is None or heading.role not in (Role.TOTAL, Role.GRADE):
        return
    value = read_score(below) if heading.role == Role.TOTAL else None
    grade = parse_grade(below.chars) if heading.role == Role.GRADE else None
    if value is not None and 0 <= value[1].value <= _MAX_SCORE:
        yield OverallCandidate(value[1].value, value[0], None, None, ROW - 1, (lines[0].text,), own=True)
    if grade is not None:
        yield OverallCandidate(None, None, grade, below[grade.start : grade.end], 2)
