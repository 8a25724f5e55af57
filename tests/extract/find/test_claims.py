"""Claims in the prose about indicators, checked against the scores."""

from decimal import Decimal

import pytest

from thaita.extract.find.claims import contradictions, find_claims
from thaita.extract.pipeline import read_bytes
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.source_text import SourceText

SCORES = {1: Decimal("95.00"), 2: Decimal("90.00"), 3: Decimal("80.00"), 9: Decimal("85.00")}


def claims(text: str) -> list[tuple]:
    return [(claim.claimed, claim.no) for claim in find_claims([FlowParagraph(SourceText.at(text, 0), 0)])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ตัวชี้วัดที่มีคะแนนสูงสุด คือ การใช้อำนาจ", [("highest", 3)]),
        ("ตัวชี้วัดที่ได้คะแนนต่ำที่สุด ได้แก่ ตัวชี้วัดการใช้อำนาจ", [("lowest", 3)]),
        ("จุดแข็ง คือ การใช้งบประมาณ", [("strength", 2)]),
        ("จุดอ่อนของหน่วยงาน ได้แก่ การเปิดเผยข้อมูล", [("weakness", 9)]),
        ("การใช้อำนาจ ซึ่งเป็นคะแนนที่ต่ำที่สุด", [("lowest", 3)]),
        # the second place is not the first
        ("คะแนนสูงสุด คือ การใช้อำนาจ รองลงมา คือ การใช้งบประมาณ", [("highest", 3)]),
        ("การใช้อำนาจ ได้คะแนน 80.00", []),
        ("", []),
    ],
)
def test_claims_are_found(text, expected):
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("คะแนนสูงสุด คือ การปฏิบัติหน้าที่", 0),
        ("คะแนนสูงสุด คือ การใช้อำนาจ", 1),
        ("คะแนนต่ำสุด คือ การใช้อำนาจ", 0),
        ("คะแนนต่ำสุด คือ การใช้งบประมาณ", 1),
        ("จุดแข็ง คือ การใช้อำนาจ", 1),
        ("จุดอ่อน คือ การปฏิบัติหน้าที่", 1),
        ("จุดแข็ง คือ การใช้งบประมาณ", 0),
        # a score that the report does not state
        ("คะแนนสูงสุด คือ การป้องกันการทุจริต", 0),
    ],
)
def test_claims_are_checked_against_the_scores(text, count):
    found = list(contradictions(list(find_claims([FlowParagraph(SourceText.at(text, 0), 0)])), SCORES))
    assert len(found) == count
    assert all("80.00" in c.message or "95.00" in c.message for c in found)


def test_ties_and_two_scores_contradict_no_claim():
    said = list(find_claims([FlowParagraph(SourceText.at("คะแนนสูงสุด คือ การใช้อำนาจ", 0), 0)]))
    assert not list(contradictions(said, {3: Decimal(90), 1: Decimal(90), 2: Decimal(80)}))
    assert not list(contradictions(said, {3: Decimal(80), 1: Decimal(90)}))


def test_claims_become_evidence():
    text = "ITA ปี 2564\n\nตัวชี้วัด\tคะแนน\nการใช้งบประมาณ\t90.00\nการใช้อำนาจ\t80.00\n\nจุดอ่อน คือ การใช้อำนาจ\n"
    reading = read_bytes(text.encode(), "a.txt")
    (said,) = [one for one in reading.evidence if one.column == "claimed"]
    (score,) = [one for one in reading.scores if one.indicator_no == 3]
    assert (said.row_id, said.value, said.provenance.quote) == (
        score.score_id,
        "weakness",
        "จุดอ่อน คือ การใช้อำนาจ",
    )
