"""Consistency checks on the records of a report: each contradiction becomes a problem row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from thaita.extract.resolve.total import total_of
from thaita.models.flags import Flag
from thaita.models.problem_codes import ProblemCode
from thaita.models.records import Evidence, Problem, Provenance, Reading, Report, Score
from thaita.normalize.frameworks import framework
from thaita.normalize.grades import grade_band
from thaita.normalize.numerals import find_numbers
from thaita.normalize.weights import reconcile, weights

VALUE_PROBLEMS = frozenset(
    {
        ProblemCode.RANGE,
        ProblemCode.INSTRUMENT_CONFLICT,
        ProblemCode.SCORE_CONFLICT,
        ProblemCode.NUMBER_CONFLICT,
        ProblemCode.SUM_MISMATCH,
        ProblemCode.GRADE_BAND,
    }
)
"""The codes of `value_problems`: problems that a reviewer can resolve by deciding on the values involved."""


def value_problems(reading: Reading) -> Iterator[Problem]:
    """Yield the problems that can be determined from the records alone.

    Overall scores and grades are checked for ITA only, not for reports of another scheme.
    """
    yield from check_scores(reading)
    yield from check_numbers(reading)
    if not any(problem.code == ProblemCode.OTHER_SCHEME for problem in reading.problems):
        yield from check_sum(reading)
        yield from check_grade(reading.report)


def check_scores(reading: Reading) -> Iterator[Problem]:
    """Yield problems of single scores: values out of range, wrong numbers, contradictory statements."""
    written = _as_written(reading.evidence)
    for score in reading.scores:
        if Flag.RANGE in score.flags:
            message = f"The score {score.score} is not between 0 and 100."
            thai = f"คะแนน {score.score} ไม่อยู่ระหว่าง 0 ถึง 100"
            yield _problem(reading.report, ProblemCode.RANGE, (message, thai), score)
        if Flag.INSTRUMENT_CONFLICT in score.flags:
            message = (
                f"{score.indicator} stands under another instrument's heading; it is of {score.instrument}."
            )
            thai = f"{score.indicator} อยู่ใต้หัวข้อของเครื่องมืออื่น ที่ถูกคือ {score.instrument}"
            yield _problem(reading.report, ProblemCode.INSTRUMENT_CONFLICT, (message, thai), score)
        if Flag.SCORE_CONFLICT in score.flags:
            same = (one for one in reading.scores if _subject(one) == _subject(score))
            figures = {*map(_value, written[score.score_id]), *(str(one.score) for one in same)}
            others = sorted(figures - {str(score.score)})
            message = (
                f"{score.indicator} is {score.score} here and {', '.join(others)} elsewhere in the report."
            )
            thai = f"{score.indicator} ได้ {score.score} ในที่นี้ แต่ได้ {', '.join(others)} ในส่วนอื่นของรายงาน"
            yield _problem(reading.report, ProblemCode.SCORE_CONFLICT, (message, thai), score)


def _subject(score: Score) -> tuple[str | None, int | None, int]:
    return score.agency, score.fiscal_year, score.indicator_no


def _as_written(evidence: Sequence[Evidence]) -> Mapping[str, list[str]]:
    """Return, by score, the figures in all statements of that score."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in evidence:
        if (one.table, one.column) == ("scores", "score"):
            found[one.row_id].append(one.value)
    return found


def _value(written: str) -> str:
    """Return the value of a figure. The added sign keeps "82. 07" from being read as an item number."""
    numbers = find_numbers(f"= {written}")
    return str(numbers[0].value) if len(numbers) == 1 else written


def _problem(report: Report, code: ProblemCode, messages: tuple[str, str], score: Score) -> Problem:
    return Problem(
        report_id=report.report_id,
        source=report.source,
        severity=code.severity,
        code=code,
        message_en=messages[0],
        message_th=messages[1],
        table="scores",
        row_id=score.score_id,
        provenance=score.provenance,
    )


def check_numbers(reading: Reading) -> Iterator[Problem]:
    """Yield one note if a report numbers the indicators differently from the official list."""
    own = [score for score in reading.scores if Flag.NUMBER_CONFLICT in score.flags]
    if own:
        listed = "; ".join(f"{s.no_as_written} {s.indicator} = {s.indicator_no}" for s in own)
        message = f"The report numbers indicators in its own order; the names decide: {listed}."
        thai = f"รายงานเรียงลำดับตัวชี้วัดเอง จึงพิจารณาจากชื่อ: {listed}"
        yield _problem(reading.report, ProblemCode.NUMBER_CONFLICT, (message, thai), own[0])


def check_sum(reading: Reading) -> Iterator[Problem]:
    """Yield a problem if the published overall score differs from the one computed from the indicators.

    The message lists the single-digit changes that would make them equal, as hints only.
    """
    report = reading.report
    computed, published, year = report.overall_computed, report.overall_score, report.fiscal_year
    if Flag.SUM_MISMATCH not in report.flags or computed is None or published is None or year is None:
        return
    figures = total_of(report.agency, year, reading.scores).figures
    hints = [
        f"{'overall' if change.indicator_no is None else 'indicator ' + str(change.indicator_no)}"
        f" {change.old}→{change.new}"
        for change in reconcile(figures, published, year)
    ]
    used = weights(year)
    source = f" under the weights of FY{year} ({used.confidence})" if used else ""
    message = f"The indicators give {computed}{source}; the report publishes {published}."
    thai = f"ตัวชี้วัดให้ผลรวม {computed} ตามน้ำหนักปี {year} แต่รายงานเผยแพร่ {published}"
    if hints:
        message += f" One changed digit would reconcile them: {'; '.join(hints)}."
        thai += f" ถ้าแก้เลขหลักเดียวจะตรงกัน: {'; '.join(hints)}"
    yield Problem(
        report_id=report.report_id,
        source=report.source,
        severity=ProblemCode.SUM_MISMATCH.severity,
        code=ProblemCode.SUM_MISMATCH,
        message_en=message,
        message_th=thai.replace("overall", "ภาพรวม").replace("indicator ", "ตัวชี้วัดที่ "),
        table="reports",
        row_id=report.report_id,
    )


def check_missing(
    report: Report, figures: Mapping[int, Decimal], beside: Mapping[int, Provenance]
) -> Iterator[Problem]:
    """Yield a note if some of the year's indicators have no score although others do, or figures were found.

    `beside` maps indicators without a score, whose names were found next to figures, to their position.
    """
    asked = framework(report.fiscal_year).indicators
    missing = {no: one.name for no, one in asked.items() if no not in figures}
    lost = [name for no, name in missing.items() if no in beside]
    said = [f"No score is stated for: {', '.join(missing.values())}."] if figures and missing else []
    thai = [f"ไม่พบคะแนนของ {', '.join(missing.values())}"] if said else []
    if lost:
        said.append(f"Figures that were not read as scores stand beside: {', '.join(lost)}.")
        thai.append(f"มีตัวเลขที่ไม่ได้อ่านเป็นคะแนนอยู่ข้าง {', '.join(lost)}")
    if said:
        yield Problem(
            report_id=report.report_id,
            source=report.source,
            severity=ProblemCode.SCORES_MISSING.severity,
            code=ProblemCode.SCORES_MISSING,
            message_en=" ".join(said),
            message_th=" ".join(thai),
            table="scores",
            provenance=beside[min(missing.keys() & beside.keys())] if lost else Provenance(),
        )


def check_grade(report: Report) -> Iterator[Problem]:
    """Yield a problem if the overall score is outside the band of the grade."""
    if report.grade is None or report.overall_score is None or report.fiscal_year is None:
        return
    band = grade_band(report.grade, report.fiscal_year)
    if band is None or band.min <= report.overall_score <= band.max:
        return
    certain = band.confidence.startswith("seen")
    yield Problem(
        report_id=report.report_id,
        source=report.source,
        severity="warning" if certain else "info",
        code=ProblemCode.GRADE_BAND,
        message_en=(
            f"{report.grade} goes with {band.min} to {band.max} in FY{report.fiscal_year}"
            f" ({band.confidence}); the report publishes {report.overall_score}."
        ),
        message_th=(
            f"ปี {report.fiscal_year} ระดับ {report.grade} คือ {band.min} ถึง {band.max}"
            f" แต่รายงานเผยแพร่ {report.overall_score}"
        ),
        table="reports",
        row_id=report.report_id,
    )
