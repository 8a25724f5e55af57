"""Findings that name their own subject, rows with a key, questions, and the ends of lists."""

import pytest

from thaita.extract.pipeline import read_bytes

TITLE = "รายงานผลการประเมิน ITA เทศบาลตำบลหนองบัว ปีงบประมาณ พ.ศ. 2567\n\n"
TEXT = "ผู้บังคับบัญชามอบหมายงานอย่างเป็นธรรมและไม่เลือกปฏิบัติ"


def found(text: str) -> list[tuple]:
    reading = read_bytes((TITLE + text).encode(), "report.txt")
    return [(f.kind, f.indicator_no, f.text) for f in reading.findings]


@pytest.mark.parametrize(
    "item",
    [
        f"- การใช้อำนาจ: {TEXT}",
        f"1. ด้านการใช้อำนาจ {TEXT}",
        f"• การใช้อำนาจ – {TEXT}",
        f"[การใช้อำนาจ] {TEXT}",
        f"ตัวชี้วัดที่ 3 – {TEXT}",
        f"1) {TEXT} (ตัวชี้วัดที่ 3 การใช้อำนาจ)",
    ],
)
def test_an_item_names_its_own_indicator(item):
    assert found(f"จุดแข็ง\n{item}\n") == [("strength", (3,), TEXT)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a card an indicator: the first cell says what the second is
        (
            f"<table><tr><td>ตัวชี้วัดที่ 3</td><td>การใช้อำนาจ</td></tr><tr><td>จุดแข็ง</td><td>{TEXT}</td></tr></table>\n",
            [("strength", (3,), TEXT)],
        ),
        # a question ends the answer to the one before it
        (f"ถาม จุดแข็งคืออะไร\nตอบ {TEXT}\nถาม ติดต่อได้ที่ใด\nตอบ งานนิติการ\n", [("strength", (), TEXT)]),
        # indicators line after line are a list of scores, and the last heads nothing below
        (
            f"การเปิดเผยข้อมูล 97.00\nการป้องกันการทุจริต 93.50\nจุดแข็ง\n- {TEXT}\n",
            [("strength", (), TEXT)],
        ),
        # "1.2 ข้อ…" is a heading and no quantity
        (
            f"1. การใช้อำนาจ\n1.1 จุดแข็ง\n1.1.1 {TEXT}\n1.2 ข้อเสนอแนะ\n1.2.1 ควรจัดทำคู่มือ\n",
            [("strength", (3,), TEXT), ("improvement", (3,), "ควรจัดทำคู่มือ")],
        ),
    ],
)  # fmt: skip
def test_findings_end_with_their_list(text, expected):
    assert found(text) == expected
