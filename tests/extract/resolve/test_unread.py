"""Text that no table uses, by kind."""

import pytest

from thaita.extract.pipeline import read_bytes

TITLE = "รายงานผลการประเมิน ITA เทศบาลตำบลหนองบัว ปีงบประมาณ พ.ศ. 2568\n\n"
LONG = "การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐเป็นเครื่องมือที่ใช้ในการพัฒนาการทำงานของหน่วยงานให้ดียิ่งขึ้นต่อไปในอนาคต"


def kinds(text: str) -> dict[str, str]:
    return {block.text: block.kind for block in read_bytes((TITLE + text).encode(), "report.txt").unread}


@pytest.mark.parametrize(
    ("text", "block", "kind"),
    [
        (LONG, LONG, "narrative"),
        ("คำนำ", "คำนำ", "heading"),
        ("ก\n\n- 12 -", "- 12 -", "boilerplate"),
        ("ลงชื่อ .......... ผู้รายงาน", None, "boilerplate"),
        ("<b>ก</b>", "<b>", "boilerplate"),
        # a labelled finding that says nothing, a score out of range: a person should look
        ("จุดอ่อน: ไม่มี", "จุดอ่อน: ไม่มี", "unclear"),
        ("การใช้อำนาจ ได้คะแนน 850.00", None, "unclear"),
        # the cells of a table that nothing is known of
        ("ก่อน\tหลัง\tรวม\nดี\tดีมาก\tสอง\n", "ดีมาก", "unclear"),
    ],
)
def test_unread_blocks_have_a_kind(text, block, kind):
    found = kinds(text + "\n")
    if block is None:
        assert kind in found.values()
    else:
        assert found[block] == kind


def test_text_used_by_a_row_is_not_unread():
    found = kinds("ตัวชี้วัด\tคะแนน\nการใช้อำนาจ\t80.00\n\nจุดแข็ง: ความโปร่งใสของหน่วยงาน\n")
    assert not [text for text in found if "การใช้อำนาจ" in text or "80.00" in text or "ความโปร่งใส" in text]


def test_a_repeated_header_is_page_furniture():
    rows = "มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\nก\tข\tกองคลัง\n"
    reading = read_bytes((TITLE + rows + "\n- 2 -\n\n" + rows).encode(), "report.txt")
    again = [block for block in reading.unread if block.text == "ขั้นตอน"]
    assert [block.kind for block in again] == ["heading", "boilerplate"]
