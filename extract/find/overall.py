"""Candidates for the published overall score and grade."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from thaita.extract.find.overall_candidates import ROW, STATED, OverallCandidate, is_whole
from thaita.extract.find.overall_evidence import LABEL_LINE, LEVEL, SELF, Judge
from thaita.extract.find.overall_grades import grade_without_score
from thaita.extract.find.overall_tables import row_candidates, small_table_candidates
from thaita.extract.find.score_candidates import looks_like_score, read_score
from thaita.extract.find.score_pairs import figures_beside, pair_scores
from thaita.extract.structure.grid import Grid, GridRow
from thaita.extract.structure.labels import read_label
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.extract.structure.passages import names_assessment
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.figure_cues import pattern
from thaita.normalize.figures import Figure, read_figures
from thaita.normalize.grades import Grade, find_grades, only_grade, parse_grade
from thaita.normalize.headings import match_heading
from thaita.normalize.indicators import Found, find_indicators, find_instrument
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import Number

_LEAST = 2
"""Minimum weight of a candidate; one below `STATED` counts only if the indicator scores confirm it."""
_NEAR_NAME = 90
"""Maximum characters between the name of an indicator or instrument and a figure that may be its score."""
_MAX_SCORE = 100
_BOX_LINES = 5
"""Most lines of a box with the overall score."""
_STATED = re.compile(r"(?:คะแนน|ร้อยละ|เท่ากับ|ได้|รวม|เฉลี่ย|คือ|เป็น|อยู่ที่|[:=(])\s*$")
_UNIT = re.compile(r"\s*(?:คะแนน|%|points?)")


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
            rows = row_candidates(item, fiscal_year)
            stated = any(candidate.value is not None for candidate in rows)
            candidates += rows if stated else [*rows, *small_table_candidates(item, reader.judge)]
            candidates += reader.cells(item)
        else:
            candidates += reader.paragraph(flow, i, item)
        candidates += [
            one
            for one in _from_lines(flow[i - 1] if i else None, flow[i : i + 2])
            if one.score is None or one.score.origin[0] not in taken
        ]
    return sorted(candidates, key=lambda candidate: -candidate.weight)


def _with_level_of_row(found: Iterable[OverallCandidate], row: GridRow) -> Iterator[OverallCandidate]:
    """Yield the candidates of a row; those without a level get the only one that fills a cell of the row."""
    levels = [cell.text.strip() for cell in row.own_cells() if only_grade(cell.text.chars)]
    grade = next(iter(find_grades(levels[0].chars)), None) if len(levels) == 1 else None
    for one in found:
        known = one.grade is not None or grade is None
        yield one if known else replace(one, grade=grade, grade_text=levels[0])


class _Reader:
    """Reads the overall score from sentences and lines of one report."""

    def __init__(self, year: int | None, agency: str | None, taken: Collection[int]) -> None:
        self.year = year
        self.judge = Judge(year, agency)
        self.taken = taken

    def cells(self, grid: Grid) -> Iterator[OverallCandidate]:
        """Yield the candidates of rows with one cell and of boxes, and figures that count only if the scores give them.

        A cell of several lines may be a strip of boxes side by side, so each line must name the score itself; in a
        box the name, the score and the level stand on lines of their own.
        """
        for head in grid.heads:
            yield from self._only_confirmed(head.text)
        for row in grid.rows:
            cells = row.own_cells()
            single = [line for cell in cells for line in cell.lines] if len(cells) == 1 else []
            found = [one for line in single for one in self._from_sentence(line)]
            found += [one for cell in cells for one in _from_box(cell.lines)]
            found = found or [one for cell in cells for one in self._only_confirmed(cell.text)]
            yield from _with_level_of_row(found, row)

    def _only_confirmed(self, text: SourceText) -> Iterator[OverallCandidate]:
        """Yield the figures of a short text that counts only if the indicator scores give it."""
        if len(text) > LABEL_LINE or not any(char.isdecimal() for char in text.chars):
            return
        for figure in read_figures(text.chars, self.judge.agency):
            number = figure.number
            fits = figure.is_own(self.year) and 0 <= number.value <= _MAX_SCORE and not is_whole(number)
            if fits and text.origin[figure.start] not in self.taken and not find_indicators(text.chars):
                yield OverallCandidate(number.value, text[figure.start : figure.end], None, None, _LEAST)

    def paragraph(self, flow: Sequence[FlowItem], i: int, para: FlowParagraph) -> list[OverallCandidate]:
        text = _with_line_above(flow, i, para)
        found = list(self._from_sentence(text))
        if len(found) == 1 and found[0].grade is None and len(text) <= LABEL_LINE:
            found = [_with_level_below(found[0], flow[i + 1 : i + 2])]
        return found or [*grade_without_score(text, self.year), *self._only_confirmed(para.text)]

    def _from_sentence(self, text: SourceText) -> Iterator[OverallCandidate]:
        if not any(char.isdecimal() for char in text.chars):
            return
        names = find_indicators(text.chars, self.year)
        figures = figures_beside(text.chars, names, self.judge.agency)
        paired = {pair.figure.start for pair in pair_scores(text.chars, names, self.year)}
        for figure in figures:
            if figure.start in paired or not self._may_be_overall(text, figure, figures, names):
                continue
            evidence = self.judge.weigh(text.chars, figure, figures)
            if evidence.weight >= _LEAST:
                grade = evidence.grade
                yield OverallCandidate(
                    figure.number.value,
                    text[figure.start : figure.end],
                    grade,
                    text[grade.start : grade.end] if grade else None,
                    evidence.weight,
                    own=evidence.own,
                )

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
    """Return a candidate with the level on the line below it, if that line states only a level, or begins with it."""
    for item in below:
        if isinstance(item, FlowParagraph):
            only = len(item.text) <= LABEL_LINE and not any(char.isdecimal() for char in item.text.chars)
            grade = parse_grade(item.text.chars) if only else _first_grade(item.text)
            if grade is not None:
                level = item.text[grade.start : grade.end]
                return OverallCandidate(
                    candidate.value, candidate.score, grade, level, candidate.weight + LEVEL, (), own=True
                )
    return candidate


def _first_grade(line: SourceText) -> Grade | None:
    """Return the level with which a line begins after a label: "ระดับผลการประเมิน C ต่ำกว่าเป้าหมาย 85 คะแนน"."""
    label = read_label(line, loose=True)
    if label is None or label.heading.role != Role.GRADE or not label.rest:
        return None
    begin = len(line) - len(label.rest)
    return next((grade for grade in find_grades(line.chars) if grade.start == begin), None)


def _from_lines(above: FlowItem | None, lines: Sequence[FlowItem]) -> Iterator[OverallCandidate]:
    """Yield the score or grade on the line below a line that contains only คะแนนรวม or ระดับ, or the score above it."""
    if len(lines) < 2 or not (isinstance(lines[0], FlowParagraph) and isinstance(lines[1], FlowParagraph)):
        return
    first, second = lines[0].text, lines[1].text
    heading = match_heading(first.chars)
    if heading is not None and heading.role == Role.GRADE:
        grade = parse_grade(second.chars)
        if grade is not None:
            yield OverallCandidate(None, None, grade, second[grade.start : grade.end], 2)
    if (weight := _label_weight(first.chars)) and (value := _bare_score(second)):
        yield OverallCandidate(value[1].value, value[0], None, None, weight, (first,), own=True)
    labelled = isinstance(above, FlowParagraph) and _label_weight(above.text.chars)
    if not labelled and (weight := _label_weight(second.chars)) and (value := _bare_score(first)):
        yield OverallCandidate(value[1].value, value[0], None, None, weight - 1, (second,), own=True)


def _from_box(lines: Sequence[SourceText]) -> Iterator[OverallCandidate]:
    """Yield the score of a box whose lines are the name of the overall score, the score and perhaps its level."""
    if not 2 <= len(lines) <= _BOX_LINES:
        return
    weights = [_label_weight(line.chars) for line in lines]
    values = [value for line in lines if (value := _bare_score(line)) is not None]
    if sum(weight > 0 for weight in weights) != 1 or len(values) != 1:
        return
    grade, level = None, None
    for line in lines:
        if len(line) <= LABEL_LINE and (found := parse_grade(line.chars)) is not None:
            grade, level = found, line[found.start : found.end]
    text, number = values[0]
    label = lines[weights.index(max(weights))]
    yield OverallCandidate(number.value, text, grade, level, max(weights), (label,), own=True)


def _label_weight(chars: str) -> int:
    """Return the weight of a figure beside a line that only names the overall score; 0 for other lines."""
    heading = match_heading(chars)
    if heading is not None and heading.role == Role.TOTAL:
        return ROW - 1
    short = len(chars) <= LABEL_LINE and not re.search(r"\d", chars)
    figure = next(iter(read_figures(f"{chars} 90.00")), None) if short else None
    if figure is None or not figure.plain or find_indicators(chars) or find_instrument(chars):
        return 0
    return (
        STATED + 1
        if figure.overall or (figure.result and (names_assessment(chars) or SELF.search(chars)))
        else 0
    )


def _bare_score(text: SourceText) -> tuple[SourceText, Number] | None:
    value = read_score(text)
    fits = (
        value is not None and 0 <= value[1].value <= _MAX_SCORE and looks_like_score(value[1], "", text.chars)
    )
    return value if fits else None
