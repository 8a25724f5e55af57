"""Figures that are not scores (pages, people, questions, years): none is read as a score or dropped silently."""

from __future__ import annotations

from decimal import Decimal

import pytest

from thaita.extract.pipeline import read_bytes
from thaita.models.records import Reading
from thaita.normalize.frameworks import every_indicator

HEAD = "รายงานผลการประเมิน ITA เทศบาลตำบลหนองบัว ปีงบประมาณ พ.ศ. 2568\n\n"
NAMES = [one.name for one in every_indicator().values()]


def read(text: str) -> Reading:
    return read_bytes((HEAD + text).encode(), "a.txt")


def rows(head: str, *columns: list[str]) -> str:
    return "\n".join([head, *("\t".join(cells) for cells in zip(NAMES, *columns, strict=True))])


def lines(gap: str) -> str:
    return "\n".join(f"{i}. {name}{gap}{10 + 2 * i}" for i, name in enumerate(NAMES, 1))


WHOLE = [str(24 + i) for i in range(10)]
EXACT = [f"{80 + i}.50" for i in range(10)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("สารบัญ\n\n" + lines(" ........ "), False),  # pages of a list of contents
        ("สารบัญ\n\n" + lines("   "), True),  # set in columns: nothing says what they are
        ("สารบัญ\n\n" + "\n\n".join(f"{name}\n\n{12 + i}" for i, name in enumerate(NAMES)), False),
        (rows("ตัวชี้วัด\tหน้า", WHOLE), False),
        (rows("ตัวชี้วัด\tจำนวนข้อคำถาม\tจำนวนผู้ตอบ (คน)", WHOLE, WHOLE), False),
        (rows("ตัวชี้วัด\tผู้มีส่วนได้ส่วนเสียภายใน (คน)", WHOLE), False),
        (rows("ตัวชี้วัด\tค่าที่วัดได้", WHOLE), True),  # whole numbers under a head that does not say what they are
        (rows("ตัวชี้วัด\tคะแนน", [value.replace(".", ". .") for value in EXACT]), True),
        (rows("ตัวชี้วัด\tคะแนน", ["-"] * 10), False),
    ],
)
def test_counts_are_not_scores(text: str, told: bool) -> None:
    reading = read(text)
    assert reading.scores == ()
    problems = [problem for problem in reading.problems if problem.code == "scores_missing"]
    assert bool(problems) == told
    assert not told or all(name in problems[0].message for name in NAMES)


def test_counts_next_to_scores_do_not_affect_them() -> None:
    reading = read(rows("ตัวชี้วัด\tจำนวนผู้ตอบ (คน)", WHOLE) + "\n\nผลคะแนน\n\n" + rows("ตัวชี้วัด\tคะแนน", EXACT))
    assert [str(score.score) for score in reading.scores] == EXACT
    assert all(score.flags == () for score in reading.scores)


def test_whole_scores_are_read_under_a_head_for_scores() -> None:
    assert [str(score.score) for score in read(rows("ตัวชี้วัด\tคะแนน", WHOLE)).scores] == WHOLE


def test_missing_scores_are_reported_even_if_there_are_findings() -> None:
    cells = ["88. .10", *EXACT[1:]]
    reading = read(rows("ตัวชี้วัด\tคะแนน\tจุดแข็ง", cells, ["ให้บริการดีมาก"] * 10))
    problem = next(p for p in reading.problems if p.code == "scores_missing")
    assert (len(reading.scores), len(reading.findings)) == (9, 10)
    assert problem.message.count(NAMES[0]) == 2
    assert NAMES[1] not in problem.message
    assert problem.provenance.quote == NAMES[0]


@pytest.mark.parametrize(
    ("sentence", "score"),
    [
        ("ผลคะแนนภาพรวมย้อนหลัง ๓ ปี ดังตาราง", None),
        ("ผลการประเมินในภาพรวมทั้ง 10 ตัวชี้วัด เป็นดังนี้", None),
        ("ผลคะแนนภาพรวมสูงขึ้น 5 อันดับ", None),
        ("คะแนนเฉลี่ยรวมจากผู้ตอบ 45 คน", None),
        ("ผลการประเมินในภาพรวมของ 3 เครื่องมือ", None),
        ("ผลคะแนนในภาพรวมได้ 88 คะแนน", "88"),
        ("ผลการประเมินในภาพรวมเท่ากับ 88.26 ปี 2568", "88.26"),
        ("ตัวชี้วัด\tผู้ตอบ\nการใช้อำนาจ\t24\nการใช้งบประมาณ\t25\nรวม\t49", None),
    ],
)
def test_counts_are_not_the_overall_score(sentence: str, score: str | None) -> None:
    assert read(sentence + "\n").report.overall_score == (Decimal(score) if score else None)


@pytest.mark.parametrize("unit", ["วัน", "เดือน", "ปี"])
def test_a_unit_in_a_period_head_does_not_change_its_role(unit: str) -> None:
    text = f"มาตรการ\tผู้รับผิดชอบ\tระยะเวลา ({unit})\nจัดทำทะเบียนยืมครุภัณฑ์\tกองคลัง\tต.ค. 2567 - ก.ย. 2568\n"
    assert [str(measure.period_end) for measure in read(text).measures] == ["2025-09-30"]


MARKS = [100, 95, 90, 88, 85, 100, 92, 80, 100, 75]


def listed(gap: str, marks: list[object]) -> str:
    return "\n".join(
        f"{i}. {name}{gap}{mark}" for i, (name, mark) in enumerate(zip(NAMES, marks, strict=True), 1)
    )


@pytest.mark.parametrize("gap", [" ", " : ", " ........ "])
@pytest.mark.parametrize(
    "head", ["ผลคะแนนรายตัวชี้วัด (คะแนนเต็ม 100)", "คะแนนรายตัวชี้วัด ปี 2568", "ผลการประเมิน (ร้อยละ)"]
)
def test_whole_scores_in_a_list_are_judged_together(head: str, gap: str) -> None:
    reading = read(f"{head}\n" + listed(gap, [*MARKS]))
    assert [int(score.score) for score in reading.scores] == MARKS
    assert all(score.flags == () for score in reading.scores)


def test_one_decimal_marks_a_list_as_scores() -> None:
    marks = [*MARKS[:9], "75.25"]
    assert [str(score.score) for score in read(listed(" ", marks)).scores] == [*map(str, marks)]


@pytest.mark.parametrize(
    ("head", "marks"),
    [
        ("จังหวัดเชียงใหม่", MARKS),  # no line says what they are
        ("จำนวนผู้ตอบ", MARKS),
        ("ผลการประเมิน ผู้ตอบแบบวัด (คน)", MARKS),
        ("น้ำหนักคะแนน", MARKS),
        ("ผลการประเมิน", list(range(60, 100, 4))),  # rising in order, as pages do
        ("คะแนนรายตัวชี้วัด", [3, 1, 2, 10, 9, 8, 7, 6, 5, 4]),  # ranks
        ("คะแนนรายตัวชี้วัด", [10, 8, 12, 10, 10, 10, 10, 10, 10, 10]),  # weights
        ("คะแนน (เต็ม 5)", [f"4.{mark}" for mark in range(10, 20)]),
    ],
)
def test_an_ambiguous_list_is_reported_completely(head: str, marks: list[object]) -> None:
    reading = read(f"{head}\n" + listed(" ........ ", marks))
    problem = next(p for p in reading.problems if p.code == "scores_missing")
    assert reading.scores == ()
    assert all(name in problem.message for name in NAMES)


@pytest.mark.parametrize(
    "line",
    [
        "ปี 2567 ได้ 99.{i}1 คะแนน ปีนี้ 88.{i}2 คะแนน",
        "ปี 2567 ได้ 99.{i}1 คะแนน ปี 2568 ได้ 88.{i}2 คะแนน",
        "ปี 2568 ได้ 88.{i}2 คะแนน ปี 2567 ได้ 99.{i}1 คะแนน",
        "ปีนี้ได้ 88.{i}2 คะแนน สูงกว่าปี 2567 ที่ได้ 79.{i}1 คะแนน",
        "ปีก่อน 99.{i}1 คะแนน ปีปัจจุบัน 88.{i}2 คะแนน",
    ],
)
def test_of_two_years_in_a_line_the_reports_year_is_read(line: str) -> None:
    reading = read("\n".join(f"{i + 1}. {name} {line.format(i=i)}" for i, name in enumerate(NAMES)))
    assert reading.report.fiscal_year == 2568
    this = [score for score in reading.scores if score.fiscal_year == 2568]
    assert [str(score.score) for score in this] == [f"88.{i}2" for i in range(10)]
    assert all(score.flags == () for score in reading.scores)


def test_scores_of_an_earlier_year_are_not_this_years_scores() -> None:
    reading = read(listed(" ปี 2567 ได้ ", [f"9{i}.10 คะแนน" for i in range(10)]))
    assert reading.report.fiscal_year == 2568
    assert {score.fiscal_year for score in reading.scores} == {2567}


def test_of_two_figures_in_a_cell_the_first_is_given_with_a_doubt() -> None:
    reading = read(rows("ตัวชี้วัด\tคะแนน", [f"{value} ({value[:-1]}1)" for value in EXACT]))
    assert [str(score.score) for score in reading.scores] == EXACT
    assert all("ambiguous_score" in score.flags for score in reading.scores)


@pytest.mark.parametrize(("total", "read_ones"), [("5", 0), ("๕", 0), ("100", 10), ("๑๐๐", 10)])
def test_a_column_with_another_maximum_has_no_scores(total: str, read_ones: int) -> None:
    reading = read(rows(f"ตัวชี้วัด\tคะแนน (เต็ม {total})", [f"4.{i}1" for i in range(10)]))
    assert len(reading.scores) == read_ones
    assert ("scores_missing" in {p.code for p in reading.problems}) == (not read_ones)
