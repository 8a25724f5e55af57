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
    ],
)
def test_an_item_names_its_own_indicator(item):
    assert found(f"จุดแข็ง\n{item}\n") == [("strength", (3,), TEXT)]


def test_brackets_behind_an_item_name_its_indicator_and_are_words_of_it():
    text = f"{TEXT} (ตัวชี้วัดที่ 3 การใช้อำนาจ)"
    assert found(f"จุดแข็ง\n1) {text}\n") == [("strength", (3,), text)]


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


@pytest.mark.parametrize(
    "sentence",
    [
        "การใช้อำนาจได้คะแนนน้อยที่สุดเพราะบุคลากรไม่ทราบเกณฑ์การเลื่อนเงินเดือน",  # its subject
        "บุคลากรไม่ทราบเกณฑ์การเลื่อนเงินเดือน ทำให้การใช้อำนาจได้คะแนนน้อยที่สุด",  # told of within it
        "ตัวชี้วัดที่ 3 บุคลากรบางส่วนไม่ทราบเกณฑ์การเลื่อนเงินเดือนและการมอบหมายงาน",  # by number, and nothing parts them
    ],
)
def test_a_sentence_about_an_indicator_is_a_finding_and_no_heading(sentence):
    second = "ประชาชนรอรับเอกสารนานเพราะมีเจ้าหน้าที่เพียงคนเดียว"
    findings = found(f"จุดอ่อน\n- {sentence}\n- {second}\n")
    assert [(kind, numbers) for kind, numbers, _ in findings] == [("weakness", (3,)), ("weakness", ())]


def test_a_column_may_name_the_kind_of_each_finding():
    rows = f"ลำดับ\tตัวชี้วัด\tประเภท\tรายละเอียด\n1\tการใช้อำนาจ\tจุดแข็ง\t{TEXT}\n2\tการใช้งบประมาณ\tจุดอ่อน\tบุคลากรไม่ทราบแผนการใช้จ่าย\n"
    assert found(rows) == [("strength", (3,), TEXT), ("weakness", (2,), "บุคลากรไม่ทราบแผนการใช้จ่าย")]


@pytest.mark.parametrize("heading", ["จุดแข็ง การใช้อำนาจ", "จุดแข็ง – จุดอ่อน"])
def test_a_heading_of_a_kind_may_name_its_subject_or_another_kind(heading):
    numbers = (3,) if "อำนาจ" in heading else ()
    assert found(f"{heading}\n{TEXT}\n") == [("strength", numbers, TEXT)]


@pytest.mark.parametrize("lead", ["3.1 ข้อ I๔", "- I4", "1) (I4)", "3.1 ข้อคำถาม I4:"])
def test_an_item_code_that_leads_an_entry_is_its_label(lead):
    reading = read_bytes((TITLE + f"3. จุดอ่อน\n{lead} {TEXT}\n").encode(), "report.txt")
    assert [(f.item_code, f.instrument, f.text) for f in reading.findings] == [("I4", "IIT", TEXT)]


def test_the_name_of_an_indicator_behind_its_number_is_a_heading():
    weak = "ประชาชนไม่ทราบช่องทางร้องเรียนของหน่วยงาน"
    text = f"3.2 จุดอ่อน\nตัวชี้วัดที่ 3 การใช้อำนาจ\n{TEXT}\nตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร\n{weak}\n"
    assert found(text) == [("weakness", (3,), TEXT), ("weakness", (7,), weak)]


def test_what_stands_right_below_the_subject_of_a_section_is_about_it():
    plain = "เว็บไซต์ขาดแผนการจัดซื้อจัดจ้างและคู่มือการให้บริการ"
    text = f"2. ผลการวิเคราะห์รายตัวชี้วัด\n2.1 การใช้อำนาจ\n{TEXT}\n2.2 การเปิดเผยข้อมูล\n{plain}\n"
    assert found(text) == [("observation", (3,), TEXT), ("observation", (9,), plain)]


def test_a_dashboard_with_short_lines_before_its_scores_is_no_document_of_another_matter():
    text = f"ITA Dashboard (export) 2567\n\nคะแนนรวม: 86.91\n\nลำดับ | ค่า\n1 | 2\n\nจุดแข็ง\n\n- {TEXT}\n"
    assert [one.text for one in read_bytes(("เทศบาลตำบลหนองบัว\n\n" + text).encode(), "a.txt").findings] == [
        TEXT
    ]


def test_an_item_code_of_another_instrument_than_the_heading_is_a_doubt():
    text = f"จุดอ่อน\nตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ\n- ข้อ E10 {TEXT}\n"
    (finding,) = read_bytes((TITLE + text).encode(), "report.txt").findings
    assert (finding.item_code, finding.indicator_no, finding.text) == ("E10", (4,), TEXT)
    assert "instrument_conflict" in finding.flags
