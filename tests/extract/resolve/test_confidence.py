"""The confidence of values, and the flags that follow from it."""

from __future__ import annotations

import pytest

from thaita import read
from thaita.extract.resolve.confidence import SHIFT, SLOPE, judge
from thaita.extract.resolve.doubt import FLAGGED, doubt_of
from thaita.models.flags import NOTES, Flag
from thaita.normalize.names import read_table

LETTER = """บันทึกข้อความ
ส่วนราชการ เทศบาลตำบลบ้านกลาง อำเภอเมืองลำพูน จังหวัดลำพูน
เรื่อง ผลการประเมินคุณธรรมและความโปร่งใส (ITA) ประจำปีงบประมาณ พ.ศ. 2567

จุดแข็ง
1. เจ้าหน้าที่ให้บริการตามขั้นตอนและระยะเวลาที่ประกาศไว้
2. ผู้บริหารมอบหมายงานอย่างเป็นธรรมและไม่เลือกปฏิบัติ

จุดอ่อน
เจ้าหน้าที่บางส่วนยังไม่ทราบขั้นตอนการยืมทรัพย์สินของราชการ

จึงเรียนมาเพื่อโปรดทราบและพิจารณาดำเนินการต่อไป
ขอแสดงความนับถือ
"""


def test_the_closing_of_a_letter_is_no_certain_finding() -> None:
    """What ends the letter is unread, or has a flag: it is below the last heading, but its words are no weakness."""
    reading = read(LETTER.encode(), source="letter.txt")
    certain = [one.text for one in reading.findings if not one.flags]
    assert not any("จึงเรียนมา" in text or "ขอแสดง" in text for text in certain)
    assert any("ไม่เลือกปฏิบัติ" in one.text for one in reading.findings)
    told = [one.text for one in (*reading.findings, *reading.unread)]
    assert any("ขอแสดงความนับถือ" in text for text in told)


def test_every_row_has_a_confidence_and_a_low_one_has_a_flag() -> None:
    """A row without a flag is never one that the program doubts."""
    reading = read(LETTER.encode(), source="letter.txt")
    for one in (*reading.scores, *reading.findings, *reading.measures):
        sure = one.provenance.confidence
        assert sure is not None
        assert 0 < sure < 1
        doubted = any(Flag.known(flag) not in NOTES for flag in one.flags)
        assert sure >= FLAGGED or doubted
    fields = {one.column for one in reading.evidence if one.table == "reports" and one.provenance.confidence}
    assert {"agency", "fiscal_year"} <= fields


def test_every_reason_against_a_value_has_a_name() -> None:
    """A flag always says more than that a value is uncertain."""
    weights = read_table("confidence_weights.csv")
    unnamed = {
        row["reason"]
        for row in weights
        if float(row["weight"]) < 0
        and not row["part"].startswith("reports")  # flags of reports name the field
        and not row["reason"].startswith("(")
        and doubt_of(row["reason"]) == "unsure_evidence"
    }
    assert not unnamed


@pytest.mark.parametrize("part", sorted({row["part"] for row in read_table("confidence_weights.csv")}))
def test_a_reason_against_a_value_never_makes_it_more_likely(part: str) -> None:
    """The calibration keeps the order of the odds."""
    weights = {
        row["reason"]: float(row["weight"])
        for row in read_table("confidence_weights.csv")
        if row["part"] == part
    }
    assert weights[SLOPE] >= 0
    assert SHIFT in weights
    for reason, weight in weights.items():
        if not reason.startswith("(") and weight < 0:
            assert judge(part, [reason]).confidence <= judge(part, []).confidence
