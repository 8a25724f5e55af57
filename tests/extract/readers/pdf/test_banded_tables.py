"""Tables whose rows alone are separated, and columns that are read one after the other."""

import pytest
from support.make_pdf import Sheet, pdf_of

from thaita.extract.readers.pdf.reader import read_pdf
from thaita.models.document import Paragraph, Table

XS = (60, 90, 230, 380, 470)
RIGHT = 560
ROWS = [
    ("ที่", "มาตรการ", "ผลการดำเนินการ", "ผู้รับผิดชอบ", "สถานะ"),
    ("1", "ทำทะเบียนยืมคืน\nด้วยบาร์โค้ด", "ติดบาร์โค้ด 86 ชิ้น\nไม่มีสูญหาย", "กองคลัง", "ดำเนินการแล้ว"),
    ("2", "เผยแพร่ขั้นตอน", "เผยแพร่แล้ว 14 เรื่อง\nจากเป้าหมาย 20 เรื่อง", "สำนักปลัด", "อยู่ระหว่างดำเนินการ"),
    ("3", "ชี้แจงเกณฑ์ประเมิน\nก่อนรอบ", "จัดประชุม 2 ครั้ง", "กองการเจ้าหน้าที่", "ยังไม่ดำเนินการ"),
]
JOINED = [tuple(cell.replace("\n", "") for cell in row) for row in ROWS]
TOPS = [100, 130, 170, 210, 250]


def banded(head: str) -> Sheet:
    """Draw the rows with lines between them; `head` is how the heads are drawn. The last column holds colored labels."""
    sheet = Sheet()
    if head == "colored":
        for x0, x1 in zip(XS, (*XS[1:], RIGHT), strict=True):
            sheet.fill(x0 - 4, TOPS[0], x1 - 4, TOPS[1], 0.8)
    for y in TOPS[head != "lined" :]:
        sheet.line(XS[0] - 4, y, RIGHT - 4, y)
    for y in TOPS[1:-1]:
        sheet.fill(XS[4] - 2, y + 4, RIGHT - 8, y + 20, 0.9)
    for y, row in zip(TOPS, ROWS, strict=False):
        for x, cell in zip(XS, row, strict=True):
            sheet.lines(x, y + 15, cell.split("\n"), 13)
    return sheet


def tables(sheet: Sheet) -> list[Table]:
    return [block for block in read_pdf(pdf_of(sheet).done()).blocks if isinstance(block, Table)]


@pytest.mark.parametrize("head", ["colored", "lined", "open"])
def test_lines_between_rows_and_white_space_make_a_table(head):
    (table,) = tables(banded(head))
    cells = [tuple(cell.text.chars.replace("\n", "") if cell else "" for cell in row) for row in table.grid()]
    assert cells == JOINED


def test_a_title_across_the_columns_is_one_cell_and_rows_go_on_below_it():
    sheet = banded("colored").text(60, 265, "กลุ่มที่สอง " + "งานบริการประชาชนของทุกสำนักและกองทั้งหมด" * 2)
    sheet.line(XS[0] - 4, 275, RIGHT - 4, 275)
    for x, cell in zip(XS, ("4", "ลดเวลา", "ลดได้ 3 วัน", "กองช่าง", "ดำเนินการแล้ว"), strict=True):
        sheet.text(x, 290, cell)
    (table,) = tables(sheet.line(XS[0] - 4, 300, RIGHT - 4, 300))
    assert table.rows == 6
    assert [cell.column_span for cell in table.cells if cell.row == 4] == [5]
    assert table.grid()[5][1].text.chars == "ลดเวลา"


def test_lines_between_paragraphs_make_no_table():
    sheet = Sheet()
    for i in range(4):
        sheet.line(60, 100 + 40 * i, 560, 100 + 40 * i)
        sheet.lines(
            60, 115 + 40 * i, ["หน่วยงานจัดทำคู่มือการให้บริการประชาชนและเผยแพร่บนเว็บไซต์ของ", "หน่วยงานครบทุกงาน"]
        )
    assert tables(sheet) == []


def test_headed_lists_side_by_side_are_read_one_after_the_other():
    sheet = Sheet().raw(b"2 Tr").text(60, 100, "ปัญหา").text(320, 100, "ข้อเสนอแนะ").raw(b"0 Tr")
    for x, word in ((60, "บุคลากร"), (320, "งบประมาณ")):
        sheet.lines(x, 116, [f"- {word}ย้ายบ่อย", f"- {word}ไม่เพียงพอ"], 14)
    document = read_pdf(pdf_of(sheet).done())
    texts = [block.text.chars for block in document.blocks if isinstance(block, Paragraph)]
    assert texts == [
        "ปัญหา", "- บุคลากรย้ายบ่อย", "- บุคลากรไม่เพียงพอ", "ข้อเสนอแนะ", "- งบประมาณย้ายบ่อย", "- งบประมาณไม่เพียงพอ",
    ]  # fmt: skip


def test_bold_words_at_the_start_of_a_paragraph_are_its_lead():
    sheet = (
        Sheet()
        .text(60, 100, "1. ")
        .raw(b"2 Tr")
        .text(75, 100, "เปิดระบบ")
        .raw(b"0 Tr")
        .text(116, 100, " ให้ประชาชน")
    )
    (paragraph,) = read_pdf(pdf_of(sheet).done()).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text.chars[: paragraph.lead] == "1. เปิดระบบ"


def test_heads_below_a_title_begin_another_table():
    sheet = banded("colored").text(60, 275, "เทศบาลนคร")
    for x0, x1 in zip(XS, (*XS[1:], RIGHT), strict=True):
        sheet.fill(x0 - 4, 285, x1 + 4 if x1 < RIGHT else x1 - 4, 310, 0.8)
    for x, y in ((x, y) for y in (300, 325, 345) for x in XS):
        sheet.text(x, y, "การ")
    for y in (330, 350):
        sheet.line(XS[0] - 4, y, RIGHT - 4, y)
    assert [table.rows for table in tables(sheet)] == [4, 3]
