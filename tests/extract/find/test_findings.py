"""Findings from tables, labels and lists."""

import pytest

from thaita.extract.pipeline import read_bytes

TITLE = "รายงานผลการประเมิน ITA เทศบาลตำบลหนองบัว ปีงบประมาณ พ.ศ. 2568\n\n"


def found(text: str) -> list[tuple]:
    reading = read_bytes((TITLE + text).encode(), "report.txt")
    return [(f.kind, f.instrument, f.indicator_no, f.text) for f in reading.findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a column of findings; a dash is none
        (
            "ตัวชี้วัด\tคะแนน\tข้อบกพร่องที่ต้องพัฒนา\nการใช้อำนาจ\t80.00\tควรเพิ่มช่องทาง\nการใช้งบประมาณ\t90.00\t-\n",
            [("improvement", "IIT", (3,), "ควรเพิ่มช่องทาง")],
        ),
        # a drawn cell merged over two indicators is one finding of both
        (
            "<table><tr><td>ตัวชี้วัด</td><td>จุดอ่อน</td></tr><tr><td>การใช้งบประมาณ</td><td rowspan=2>ขาดการเผยแพร่</td></tr>"
            "<tr><td>การใช้อำนาจ</td></tr></table>\n",
            [("weakness", "IIT", (2, 3), "ขาดการเผยแพร่")],
        ),
        # two columns of findings of different kinds
        (
            "ตัวชี้วัด\tจุดแข็ง\tจุดอ่อน\nการเปิดเผยข้อมูล\tข้อมูลครบถ้วน\tข้อมูลไม่เป็นปัจจุบัน\n",
            [("strength", "OIT", (9,), "ข้อมูลครบถ้วน"), ("weakness", "OIT", (9,), "ข้อมูลไม่เป็นปัจจุบัน")],
        ),
        # labels and the lists that they open
        (
            "จุดแข็ง\n1. หน่วยงานมีความโปร่งใส\n2. บุคลากรมีความรู้\n\nข้อเสนอแนะ\n- ควรจัดอบรมเป็นประจำ\n",
            [
                ("strength", None, (), "หน่วยงานมีความโปร่งใส"),
                ("strength", None, (), "บุคลากรมีความรู้"),
                ("improvement", None, (), "ควรจัดอบรมเป็นประจำ"),
            ],
        ),
        # below an indicator's heading
        (
            "2. การใช้งบประมาณ\n\nจุดอ่อน: บุคลากรไม่รู้แผนการใช้จ่าย\n",
            [("weakness", "IIT", (2,), "บุคลากรไม่รู้แผนการใช้จ่าย")],
        ),
        # a limitation is of no indicator
        (
            "2. การใช้งบประมาณ\n\nปัญหา/อุปสรรค: งบประมาณไม่เพียงพอ\n",
            [("limitation", None, (), "งบประมาณไม่เพียงพอ")],
        ),
        # a list item that names the indicator first
        (
            "ข้อเสนอแนะ\n1. ตัวชี้วัดการใช้อำนาจ: ควรมอบหมายงานให้เป็นธรรม\n",
            [("improvement", "IIT", (3,), "ควรมอบหมายงานให้เป็นธรรม")],
        ),
    ],
)
def test_findings_are_read(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "จุดอ่อน: ไม่มี\n\nจุดแข็ง: -\n",
        # the prose behind a list, and the next section's heading
        "ส่วนที่ 2 มาตรการ\n\nหน่วยงานได้กำหนดมาตรการดังต่อไปนี้เพื่อยกระดับการประเมินในปีต่อไป\n",
        # a list item that is a score
        "จุดแข็ง\n1. การใช้อำนาจ 95.00 คะแนน\n",
    ],
)
def test_other_text_is_not_a_finding(text):
    assert found(text) == []


def test_a_finding_from_a_merged_cell_is_flagged():
    reading = read_bytes(
        (TITLE + "<table><tr><td>ตัวชี้วัด</td><td>จุดอ่อน</td></tr><tr><td>การใช้งบประมาณ</td><td rowspan=2>ขาดแผน</td></tr>"
         "<tr><td>การใช้อำนาจ</td></tr></table>\n").encode(), "report.txt"
    )  # fmt: skip
    assert "merged" in reading.findings[0].flags


def test_findings_have_ids_in_reading_order():
    reading = read_bytes((TITLE + "จุดแข็ง: ความโปร่งใส\n\nจุดอ่อน: งบประมาณน้อย\n").encode(), "report.txt")
    assert [f.finding_id.rpartition("-")[2] for f in reading.findings] == ["f01", "f02"]
