"""Lines that a tool wrapped, and lines that their author ended."""

import pytest

from thaita.extract.readers.text.reader import read_text

WRAPPED_WORDS = """จุดแข็ง
        ผู้มาใช้บริการเห็นว่าพนักงานอธิบายเงื่อนไขด้วยถ้อยคำที่
เข้าใจง่าย และไม่มีการเลือกปฏิบัติ
        เจ้าหน้าที่แจ้งขั้นตอนและระยะเวลาแล้วเสร็จให้ทราบก่อน
ยื่นคำขอทุกครั้ง
"""
TORN_LETTERS = """จุดอ่อน
๑. ครุภัณฑ์ของหน่วยงานถูกยืมใช้โดยไม่ลงทะเบียนใ
นบางภาคเรียน
๒. ผู้ปกครองไม่ทราบข้อมูลหลักสูตรและค่าธรรม
เนียมการศึกษา
"""
HANGING = """ข้อเสนอแนะ
- ควรจัดทำคู่มือการยืมทรัพย์สินของราชการและประกาศให้
  บุคลากรทราบ
- ควรเพิ่มช่องทางรับฟังความคิดเห็นที่ประชาชนเข้าถึงได้
  โดยสะดวก
"""
VERSES = """จุดแข็ง
หน่วยงานให้บริการประชาชนด้วยความเป็นธรรม
บุคลากรปฏิบัติงานด้วยความรับผิดชอบ
งบประมาณถูกใช้อย่างคุ้มค่าตรงตามแผน
ผู้รับบริการพึงพอใจต่อช่องทางการติดต่อ
"""
VALUES = """มาตรการที่ 1 จัดทำคู่มือการใช้ทรัพย์สินของราชการและแบบฟอร์มที่
    เข้าใจง่าย
1) ทบทวนระเบียบพัสดุที่เกี่ยวข้องและรับฟังความเห็นจากทุกกอง
ผู้รับผิดชอบ กองคลัง
"""
NUMBERED_HEADINGS = """๓. ผลการวิเคราะห์ผลการประเมิน
   ๓.๑ การใช้งบประมาณ
      การรับรู้แผนงบประมาณแตกต่างกันมากระหว่างส่วนกลางกับศูนย์ภูมิภาค
   ส่วนกลางรับรู้ครบทุกแผนงาน
   ๓.๒ การใช้อำนาจ
      ผู้บังคับบัญชามอบหมายงานเป็นธรรมและไม่พบการสั่งให้ทำธุระส่วนตัว
   ของผู้บังคับบัญชา
"""
BETWEEN_LABELS = """จุดแข็ง : นายกประกาศไม่รับของขวัญทุกเทศกาลและติดป้ายหน้าอาคาร
จุดอ่อน : พนักงานไม่กล้าแจ้งเบาะแสเพราะกลัว
ถูกเปิดเผยชื่อ
ข้อเสนอแนะ : เปิดตู้จดหมายลับที่สำนักงานประจำจังหวัดรับโดยตรง
"""


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        # first lines are indented, and the full lines end within a sentence
        (WRAPPED_WORDS, ["จุดแข็ง", "ผู้มาใช้", "เจ้าหน้าที่แจ้ง"]),
        # no word begins with นบ, and ค่าธรรมเนียม is one word
        (TORN_LETTERS, ["จุดอ่อน", "๑.", "๒."]),
        (HANGING, ["ข้อเสนอแนะ", "- ควรจัดทำ", "- ควรเพิ่ม"]),
        # lines of like length that each begin a sentence
        (VERSES, ["จุดแข็ง", "หน่วยงาน", "บุคลากร", "งบประมาณ", "ผู้รับบริการ"]),
        # a label and its value follow a full line
        (VALUES, ["มาตรการที่ 1", "1) ทบทวน", "ผู้รับผิดชอบ กองคลัง"]),
        # a short numbered heading is no item that hangs
        (NUMBERED_HEADINGS, ["๓.", "๓.๑", "การรับรู้แผนงบประมาณแตกต่างกัน", "๓.๒", "ผู้บังคับบัญชามอบหมาย"]),
        # where every paragraph has its label, a line without one goes on
        (BETWEEN_LABELS, ["จุดแข็ง", "จุดอ่อน", "ข้อเสนอแนะ"]),
    ],
)
def test_paragraphs_of_wrapped_text(text, starts):
    lines = [line.chars for line in read_text(text.encode()).lines()]
    assert len(lines) == len(starts)
    assert all(line.startswith(start) for line, start in zip(lines, starts, strict=True))


def test_offsets_survive_the_join():
    document = read_text(TORN_LETTERS.encode())
    for line in document.lines():
        assert all(document.text[at] == char for at, char in zip(line.origin, line.chars, strict=True))


def test_a_doubtful_end_is_marked():
    text = TORN_LETTERS + "๓. แผนการใช้จ่ายไม่ได้สื่อสาร\nบุคลากรสายสนับสนุน\n"
    document = read_text(text.encode())
    start, end = document.uncertain[-1]
    assert "บุคลากรสายสนับสนุน" in document.text[start:end]
