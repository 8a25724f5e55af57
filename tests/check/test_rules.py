"""Levels, their bands, the weights, the overall score, and the digits that explain a wrong sum."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thaita.normalize.grades import find_grades, grade_band, parse_grade
from thaita.normalize.weights import Change, overall, reconcile, weights

# --- levels -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "level", "rank", "scheme"),
    [
        ("ระดับ A", "A", 2, "letter"),
        ("AA", "AA", 1, "letter"),
        ("(B)", "B", 3, "letter"),
        ("อยู่ในระดับ B  ตามตาราง", "B", 3, "letter"),
        ("ระดับผลการประเมิน AA", "AA", 1, "letter"),
        ("เกรด C", "C", 4, "letter"),
        ("คะแนน ๘๗.๑๒ ระดับ A\n", "A", 2, "letter"),
        ("ระดับ A (85.00 – 94.99)", "A", 2, "letter"),
        ('ได้ระดับ "ผ่าน" ในปีนี้', "ผ่าน", 3, "pass"),
        ("อยู่ในระดับ ผ่าน หน่วยงานจึง", "ผ่าน", 3, "pass"),
        ("ผ่าน", "ผ่าน", 3, "pass"),
        ("“ผ่านดี”", "ผ่านดี", 2, "pass"),
        # the longest level wins
        ("ผ่านดีเยี่ยม", "ผ่านดีเยี่ยม", 1, "pass"),
        ("ระดับผ่าน ดีเยี่ยม", "ผ่านดีเยี่ยม", 1, "pass"),
        ("ต้องปรับปรุงโดยด่วน", "ต้องปรับปรุงโดยด่วน", 5, "pass"),
        ("อยู่ในระดับ ต้องปรับปรุง ซึ่ง", "ต้องปรับปรุง", 4, "pass"),
        ("ผลการประเมิน : **ผ่านดี**", "ผ่านดี", 2, "pass"),
    ],
)
def test_a_level_is_found(text, level, rank, scheme):
    grade = parse_grade(text)
    assert grade is not None
    assert (grade.level, grade.rank, grade.scheme) == (level, rank, scheme)
    assert text[grade.start : grade.end] == grade.as_written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ระดับ ดีมาก",
        "ระดับ 5",
        "ระดับสูง",
        "ผ่านเกณฑ์",
        "ระดับ ผ่าน เกณฑ์",
        "ไม่ผ่าน",
        "ระดับ ไม่ผ่าน",
        "ผ่านช่องทางต่าง ๆ",
        "ผ่านทางเว็บไซต์",
        "เมื่อปีที่ผ่านมา",
        "ประเด็นที่ต้องปรับปรุง มีดังนี้",
        "สิ่งที่ต้องปรับปรุงแก้ไข",
        "ระดับ AAA",
        "ระดับ A+",
        "ระดับ A1",
        "แผน A ของหน่วยงาน",
        "E-Service",
        # a scale, not a result; two results
        "ระดับ A – F",
        "จากระดับ B เป็นระดับ A",
    ],
)
def test_a_text_without_exactly_one_level(text):
    assert parse_grade(text) is None


def test_every_level_of_a_text_is_found():
    assert [grade.level for grade in find_grades("จากระดับ B เป็นระดับ A")] == ["B", "A"]


@pytest.mark.parametrize(
    ("grade", "year", "low", "high"),
    [
        ("AA", 2562, "95", "100"),
        ("F", 2565, "0", "49.99"),
        ("ผ่านดี", 2566, "85", "100"),
        ("ผ่าน", 2568, "85", "100"),
        ("ต้องปรับปรุง", 2568, "70", "84.99"),
        ("ต้องปรับปรุง โดยด่วน", 2567, "0", "69.99"),
        ("สูงมาก", 2561, "80", "100"),
    ],
)
def test_a_level_has_a_band(grade, year, low, high):
    band = grade_band(grade, year)
    assert band is not None
    assert (band.min, band.max) == (Decimal(low), Decimal(high))
    assert band.confidence
    assert band.source


@pytest.mark.parametrize(
    ("grade", "year"), [("A", 2566), ("ผ่าน", 2565), ("A", 2599), ("ดีมาก", 2566), ("", 2565)]
)
def test_no_band_for_a_level_of_another_year(grade, year):
    assert grade_band(grade, year) is None


# --- the overall score ------------------------------------------------------------------------------

SCORES = {1: 90.0, 2: 80.0, 3: 85.5, 4: 70.25, 5: 88.0, 6: 91.0, 7: 82.5, 8: 77.0, 9: 93.5, 10: 100.0}
# IIT 82.75, EIT 83.5, OIT 96.75: 24.825 + 25.05 + 38.7 = 88.575, rounded half up
TOTAL = Decimal("88.58")


def test_the_overall_score_is_weighted_and_rounded_half_up():
    assert overall(SCORES, 2568) == TOTAL
    assert overall({no: Decimal(str(score)) for no, score in SCORES.items()}, 2568) == TOTAL


@pytest.mark.parametrize("year", [2561, 2570, 0])
def test_no_overall_score_without_the_years_weights(year):
    assert weights(year) is None
    assert overall(SCORES, year) is None
    assert reconcile(SCORES, 50, year) == []


@pytest.mark.parametrize("no", range(1, 11))
def test_no_overall_score_while_an_indicator_is_missing(no):
    rest = {key: score for key, score in SCORES.items() if key != no}
    assert overall(rest, 2568) is None
    assert reconcile(rest, 50, 2568) == []


@pytest.mark.parametrize("year", range(2562, 2569))
def test_the_weights_of_a_year_add_up_and_name_their_source(year):
    known = weights(year)
    assert known is not None
    assert sum(known.shares.values()) == 1
    assert known.confidence
    assert known.source


@pytest.mark.parametrize("published", [88.58, 88.57, 88.59])
def test_a_correct_sum_needs_no_change(published):
    assert reconcile(SCORES, published, 2568) == []


def test_a_misread_digit_of_a_score_is_among_the_changes():
    misread = {**SCORES, 4: 10.25}
    assert Change(4, Decimal("10.25"), Decimal("70.25"), TOTAL) in reconcile(misread, 88.58, 2568)


def test_a_misread_digit_of_the_total_is_among_the_changes():
    changes = reconcile(SCORES, 38.58, 2568)
    assert Change(None, Decimal("38.58"), Decimal("88.58"), TOTAL) in changes
    assert next(change for change in changes if change.indicator_no is None).overall == TOTAL


def test_no_single_digit_explains_two_errors():
    assert reconcile({**SCORES, 1: 50.0, 2: 20.0, 9: 12.0}, 88.58, 2568) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.decimals("10", "99.99", places=2), min_size=10, max_size=10),
    st.integers(0, 9),
    st.integers(0, 3),
    st.integers(1, 9),
)
def test_the_true_digit_is_always_offered(values, which, place, digit):
    true = dict(enumerate(values, start=1))
    total = overall(true, 2567)
    assert total is not None
    written = f"{values[which]:.2f}".replace(".", "")
    wrong = written[:place] + str(digit) + written[place + 1 :]
    misread = {**true, which + 1: Decimal(f"{wrong[:-2]}.{wrong[-2:]}")}
    changes = reconcile(misread, total, 2567)
    assert all(
        abs(change.overall - (change.new if change.indicator_no is None else total)) <= Decimal("0.01")
        for change in changes
    )
    holds = abs((overall(misread, 2567) or 0) - total) <= Decimal("0.01")
    assert holds or any((change.indicator_no, change.new) == (which + 1, values[which]) for change in changes)
