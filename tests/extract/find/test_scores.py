"""Indicator scores from tables and sentences, and figures that are not scores."""

from decimal import Decimal

import pytest

from thaita.extract.pipeline import read_bytes
from thaita.models.records import Score

TITLE = "รายงานผลการประเมิน ITA เทศบาลตำบลหนองบัว ปีงบประมาณ พ.ศ. 2568\n\n"


def scores(text: str) -> tuple[Score, ...]:
    return read_bytes((TITLE + text).encode(), "report.txt").scores


def values(text: str) -> dict[int, str]:
    return {score.indicator_no: str(score.score) for score in scores(text)}


def table(*rows: str) -> str:
    return "".join(row.replace("|", "\t") + "\n" for row in rows)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (table("ตัวชี้วัด|คะแนน", "การใช้อำนาจ|80.00", "การใช้งบประมาณ|๗๐.๕๐"), {3: "80.00", 2: "70.50"}),
        # the name decides, not the number
        (table("ที่|ตัวชี้วัด|คะแนน", "1|การเปิดเผยข้อมูล|92.00", "2|การใช้อำนาจ|80.00"), {9: "92.00", 3: "80.00"}),
        # no header
        (table("1|การใช้อำนาจ|90.00", "2|การใช้งบประมาณ|75.00"), {3: "90.00", 2: "75.00"}),
        # the nation's mean and the weight stand beside it, on either side
        (table("ตัวชี้วัด|คะแนน|ค่าเฉลี่ยประเทศ", "การใช้อำนาจ|80.00|90.00"), {3: "80.00"}),
        (table("ตัวชี้วัด|ค่าเฉลี่ยประเทศ|คะแนน", "การใช้อำนาจ|80.00|90.00"), {3: "90.00"}),
        (table("ตัวชี้วัด|น้ำหนัก|คะแนน", "การใช้อำนาจ|30|80.00"), {3: "80.00"}),
        # several years: the year of the report, whatever the order
        (table("ตัวชี้วัด|ปี 2567|ปี 2568", "การใช้อำนาจ|80.00|90.00"), {3: "90.00"}),
        (table("ตัวชี้วัด|ปี 2568|ปี 2567", "การใช้อำนาจ|80.00|90.00"), {3: "80.00"}),
        # the score in the cell of the name
        (table("ตัวชี้วัด|ข้อค้นพบ", "การใช้อำนาจ (87.50)|ควรปรับปรุง"), {3: "87.50"}),
        # a total is no indicator
        (table("ตัวชี้วัด|คะแนน", "การใช้อำนาจ|80.00", "คะแนนรวม|85.00"), {3: "80.00"}),
        # sentences
        ("การใช้อำนาจ ได้คะแนน 85.00 คะแนน\n", {3: "85.00"}),
        ("ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล เท่ากับ 90.00\n", {9: "90.00"}),
        ("1. การใช้อำนาจ = 85.00\n2. การใช้งบประมาณ = 86.00\n", {3: "85.00", 2: "86.00"}),
        ("การใช้อำนาจ ได้คะแนน 85.00 สูงกว่าปีที่ผ่านมาที่ได้ 80.00\n", {3: "85.00"}),
        # the score below the name
        ("การใช้อำนาจ\n\n85.00\n", {3: "85.00"}),
    ],
)
def test_scores_are_read(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ตัวชี้วัดการใช้อำนาจ เพิ่มขึ้น 13.35 คะแนน จากปีที่ผ่านมา\n",
        "การใช้อำนาจ เป้าหมายร้อยละ 95.00\n",
        "การใช้อำนาจ ได้คะแนนต่ำกว่า 85 คะแนน\n",
        "การใช้อำนาจ ได้คะแนนระหว่าง 80 - 90 คะแนน\n",
        "การใช้อำนาจ จำนวน 12 ข้อ\n",
        "การใช้อำนาจ ในปี 2568\n",
        # 100 and the number of a note, glued together
        "การใช้อำนาจ ร้อยละ 1001\n",
    ],
)
def test_other_figures_are_not_scores(text):
    assert values(text) == {}


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("การใช้อำนาจ คะแนน 90.09\n\nการใช้อำนาจ คะแนน 91.00\n", "score_conflict"),
        (table("ที่|ตัวชี้วัด|คะแนน", "1|การใช้อำนาจ|80.00"), "number_conflict"),
        (
            table("ตัวชี้วัด|คะแนน", "แบบวัด EIT|", "การใช้อำนาจ|80.00", "การใช้งบประมาณ|80.00"),
            "instrument_conflict",
        ),
        (table("ตัวชี้วัด|คะแนน", "การใช้อำนาจ|180.00"), "range"),
        (table("ตัวชี้วัด|คะแนน", "การใช้อำนาจ|86.751"), "extra_decimals"),  # 86.75 and the number of a note
        ("การใช้อำนาจ คะแนน 90,09\n", "comma_decimal"),
        ("การใช้อำนาจ ร้อยละ 90 .09\n", "repaired"),
    ],
)
def test_a_doubtful_score_is_flagged(text, flag):
    assert flag in scores(text)[0].flags


def test_a_score_stated_several_times_takes_the_most_frequent_value():
    text = (
        table("ตัวชี้วัด|คะแนน", "การใช้อำนาจ|80.00")
        + "\nการใช้อำนาจ ได้ 80.00 คะแนน\n\nการใช้อำนาจ ได้ 81.00 คะแนน\n"
    )
    (score,) = scores(text)
    assert (score.score, score.flags) == (Decimal("80.00"), ("score_conflict",))


def test_a_summary_yields_rows_for_each_agency():
    head = "ชื่อหน่วยงาน|การปฏิบัติหน้าที่|การใช้งบประมาณ|การใช้อำนาจ|คะแนนรวม"
    text = table(head, "อบต.หนองบัว|90.00|80.00|70.00|85.00", "อบต.บ้านนา|91.00|81.00|71.00|86.00")
    found = scores(text)
    assert [(s.indicator_no, str(s.score)) for s in found] == [
        (1, "90.00"), (2, "80.00"), (3, "70.00"), (1, "91.00"), (2, "81.00"), (3, "71.00")
    ]  # fmt: skip
    assert len({s.agency for s in found}) == 2


def test_each_score_has_the_span_of_its_text():
    data = (TITLE + table("ตัวชี้วัด|คะแนน", "การใช้อำนาจ|๘๐.๐๐", "การใช้งบประมาณ|70.00")).encode()
    for score in read_bytes(data, "report.txt").scores:
        assert score.score_as_written in score.provenance.quote
        assert score.name_as_written in score.provenance.quote


THIS = table("ตัวชี้วัด|คะแนน", "การใช้อำนาจ|80.00", "การใช้งบประมาณ|70.50")
LAST = table("ตัวชี้วัด|คะแนน", "การใช้อำนาจ|60.00", "การใช้งบประมาณ|50.50")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"ผลคะแนน ปีงบประมาณ 2567\n\n{LAST}\nผลคะแนน ปีงบประมาณ 2568\n\n{THIS}", ("80.00", 2568)),
        (f"ผลคะแนน ปีงบประมาณ 2568\n\n{THIS}\nผลคะแนน ปีงบประมาณ 2567\n\n{LAST}", ("80.00", 2568)),
        (f"คะแนนรายตัวชี้วัด ปี 2567\n\n{LAST}\nคะแนนปีปัจจุบัน\n\n{THIS}", ("80.00", 2568)),
        (
            "คะแนน ปี 2567\n\nการใช้อำนาจ ได้คะแนน 60.00\n\nคะแนน ปี 2568\n\nการใช้อำนาจ ได้คะแนน 80.00\n",
            ("80.00", 2568),
        ),
        (f"ผลคะแนน ปีงบประมาณ 2567\n\n{LAST}", ("60.00", 2567)),  # only last year's: said as that
        (f"คะแนนสูงกว่าปี 2567 และปี 2568 ดังตาราง\n\n{THIS}", ("80.00", 2568)),  # two years say nothing
    ],
)
def test_the_line_above_scores_determines_their_year(text: str, expected: tuple[str, int]) -> None:
    found = [
        score for score in scores("ผลการประเมิน ITA ปีงบประมาณ 2568\n\n" + text) if score.indicator_no == 3
    ]
    assert (str(found[0].score), found[0].fiscal_year) == expected  # the latest year first
    assert [(str(score.score), score.fiscal_year) for score in found[1:]] in ([], [("60.00", 2567)])
    assert "score_conflict" not in found[0].flags
