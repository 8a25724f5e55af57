"""The layout of PDF pages: tables in any drawing style, text in columns, rows cut by a page break."""

from __future__ import annotations

import itertools

import pytest
from support.make_pdf import HEIGHT, Sheet, pdf_of

from thaita.extract.pipeline import read_bytes
from thaita.extract.readers.page.content import Glyph
from thaita.extract.readers.page.lines import read_lines
from thaita.extract.readers.pdf.reader import read_pdf
from thaita.models.document import Box, Document, Paragraph, Table

XS, YS = [60, 100, 260, 420], [100, 125, 165, 190, 230]
"""The grid of the table in each drawing: a header and three rows, two of them with two lines."""

ROWS = [
    ("ที่", "มาตรการ", "ผู้รับผิดชอบ"),
    ("1.", "จัดทำทะเบียนครุภัณฑ์ทั้งหมด\nของหน่วยงาน", "กองคลังร่วมกับสำนักปลัดและ\nกองช่าง"),
    ("2.", "เปิดเผยข้อมูล", "สำนักปลัด"),
    ("3.", "ลดเวลาขออนุญาตก่อสร้างใน\nทุกขั้นตอน", "กองช่าง"),
]
JOINED = [tuple(cell.replace("\n", "") for cell in row) for row in ROWS]


def filled(sheet: Sheet) -> Sheet:
    """Write the rows into the grid."""
    for y, row in zip(YS, ROWS, strict=False):
        for x, cell in zip(XS, row, strict=False):
            sheet.lines(x + 5, y + 15, cell.split("\n"), 14)
    return sheet


def marks(on: float, off: float, thick: float) -> Sheet:
    """Draw every line of the grid as dashes with gaps."""
    sheet = Sheet()
    for y in YS:
        for i in range(int((XS[-1] - XS[0]) / (on + off)) + 1):
            sheet.fill(XS[0] + i * (on + off), y, XS[0] + i * (on + off) + on, y + thick, 0.4)
    for x in XS:
        for i in range(int((YS[-1] - YS[0]) / (on + off)) + 1):
            sheet.fill(x, YS[0] + i * (on + off), x + thick, YS[0] + i * (on + off) + on, 0.4)
    return sheet


def boxes(draw, gap: float) -> Sheet:
    """Draw each cell of the grid as a separate shape."""
    sheet = Sheet()
    for top, bottom in itertools.pairwise(YS):
        for x0, x1 in itertools.pairwise(XS):
            draw(sheet, x0 + gap / 2, top + gap / 2, x1 - gap / 2, bottom - gap / 2)
    return sheet


def colored(sheet: Sheet, x0: float, top: float, x1: float, bottom: float) -> None:
    sheet.fill(x0, top, x1, bottom, 0.8)


def rounded(sheet: Sheet, x0: float, top: float, x1: float, bottom: float, r: float = 5) -> None:
    y0, y1 = HEIGHT - bottom, HEIGHT - top
    path = [
        (x0 + r, y0, "m"), (x1 - r, y0, "l"), (x1, y0, x1, y0, x1, y0 + r, "c"), (x1, y1 - r, "l"),
        (x1, y1, x1, y1, x1 - r, y1, "c"), (x0 + r, y1, "l"), (x0, y1, x0, y1, x0, y1 - r, "c"),
        (x0, y0 + r, "l"), (x0, y0, x0, y0, x0 + r, y0, "c"),
    ]  # fmt: skip
    sheet.raw(
        b" ".join(b"%s %s" % (b" ".join(b"%g" % n for n in p[:-1]), p[-1].encode()) for p in path) + b" h S"
    )


def stripes(rows: tuple[int, ...], sheet: Sheet | None = None) -> Sheet:
    """Color some rows of the grid, and draw nothing else."""
    sheet = sheet or Sheet()
    for row in rows:
        sheet.fill(XS[0], YS[row], XS[-1], YS[row + 1], 0.85)
    return sheet


def framed(sheet: Sheet) -> Sheet:
    return sheet.grid([XS[0], XS[-1]], [YS[0], YS[-1]])


DRAWN = {
    "dotted": lambda: marks(1, 1, 1),
    "dashed": lambda: marks(6, 4, 1.5),
    "colored cells, white gaps": lambda: boxes(colored, 6),
    "colored cells that touch": lambda: boxes(colored, 0),
    "framed cells with gaps": lambda: boxes(lambda s, *box: s.grid(list(box[::2]), list(box[1::2])), 9),
    "round frames": lambda: boxes(rounded, 5),
    "stripes": lambda: stripes((0, 2)),
    "stripes that begin with a row": lambda: stripes((1, 3)),
    "a frame and stripes": lambda: framed(stripes((0, 2))),
    "a frame alone": lambda: framed(Sheet()),
    "the head's ground": lambda: stripes((0,)),
    "lines across": lambda: Sheet().grid(XS[::3], YS, [("v", x, r) for x in (0, 1) for r in range(4)]),
    "lines across in a frame": lambda: Sheet().grid(XS[::3], YS),
    "upright lines": lambda: Sheet().grid(XS, YS[:1] + YS[-1:]),
    "upright lines and stripes": lambda: stripes((0, 2), Sheet().grid(XS, YS[:1] + YS[-1:])),
    "nothing": Sheet,
}


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("drawn", DRAWN)
def test_a_table_is_read_in_every_drawing_style(drawn, engine):
    document = read_pdf(pdf_of(filled(DRAWN[drawn]())).done(), engine=engine)
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    shown = [[cell.text.chars.replace("\n", "") for cell in row if cell] for row in table.grid()]
    assert [tuple(row) for row in shown if any(row)] == JOINED


def test_cards_with_headings_are_not_a_table():
    sheet = boxes(lambda s, *box: s.grid(list(box[::2]), list(box[1::2])), 6)
    for (top, _), (x0, _) in itertools.product(itertools.pairwise(YS), itertools.pairwise(XS)):
        sheet.lines(x0 + 6, top + 8, ["ก"] * 4, 5, size=4)
    assert not [b for b in read_pdf(pdf_of(sheet).done()).blocks if isinstance(b, Table)]


# ---- running text ---------------------------------------------------------------------------

LEFT = ["1. หน่วยงานเปิดเผยข้อมูลครบทุก", "รายการ", "2. ผู้มาติดต่อพอใจการให้บริการของ", "เจ้าหน้าที่ทุกคน"]
RIGHT = ["3. ข่าวสารบนเว็บไซต์ปรับปรุงล่าช้า", "กว่ากำหนด", "4. ขั้นตอนขออนุญาตใช้เวลานานเกิน", "ไป"]
ITEMS = [a + b for a, b in (LEFT[:2], LEFT[2:], RIGHT[:2], RIGHT[2:])]
WIDE = "ก" * 90
"""A line across the whole page, which shows the width of the page's text."""


def texts(document: Document) -> list[str]:
    return [block.text.chars for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("step", [0, 7, 3])
def test_columns_of_text_are_read_one_after_the_other(step):
    sheet = Sheet().text(60, 80, WIDE).lines(60, 120, LEFT).lines(320, 120 + step, RIGHT).text(60, 210, WIDE)
    assert texts(read_pdf(pdf_of(sheet).done())) == [WIDE, *ITEMS, WIDE]


@pytest.mark.parametrize("mark", ["- ", "1) "])
def test_cards_side_by_side_keep_their_items_apart(mark):
    """Each card has a heading and two items, with nothing drawn: no text mixes words of two cards or two items."""
    cards = [["จุดแข็ง", "บุคลากรปฏิบัติงานเต็มความสามารถ", "เปิดเผยข้อมูลครบถ้วน"]]
    cards += [["จุดอ่อน", "การสื่อสารยังไม่ทั่วถึง", "ขาดช่องทางออนไลน์"]]
    cards += [["โอกาส", "รัฐบาลสนับสนุนระบบดิจิทัล", "ประชาชนใช้สมาร์ทโฟน"]]
    cards += [["ข้อเสนอแนะ", "ควรเพิ่มช่องทางประชาสัมพันธ์", "ควรจัดอบรมบุคลากร"]]
    cards = [[head, *(mark + item for item in items)] for head, *items in cards]
    sheet = Sheet().text(60, 80, WIDE)
    for i, card in enumerate(cards):
        sheet.lines(60 + 276 * (i % 2), 120 + 87 * (i // 2), card, 22.5, size=12)
    document = read_pdf(pdf_of(sheet).done())
    cells = [cell.text.chars for block in document.blocks if isinstance(block, Table) for cell in block.cells]
    assert sorted([*texts(document)[1:], *cells]) == sorted(line for card in cards for line in card)


def test_text_beside_a_picture_is_joined_by_its_own_width():
    sheet = Sheet().text(60, 80, WIDE).lines(60, 120, LEFT).fill(250, 110, 520, 190, 0.5)
    assert texts(read_pdf(pdf_of(sheet).done())) == [WIDE, *ITEMS[:2]]


def test_text_in_half_a_page_is_joined_where_its_items_show_the_width():
    sheet = Sheet().text(60, 80, WIDE).lines(60, 120, LEFT)
    assert texts(read_pdf(pdf_of(sheet).done())) == [WIDE, *ITEMS[:2]]


def test_short_lines_without_items_stay_lines():
    lines = ["องค์การบริหารส่วนตำบลตัวอย่าง", "อำเภอเมือง", "จังหวัดตัวอย่าง", "โทรศัพท์"]
    sheet = Sheet().text(60, 80, WIDE).lines(60, 120, lines)
    assert texts(read_pdf(pdf_of(sheet).done())) == [WIDE, *lines]


def test_a_finding_with_an_uncertain_end_is_flagged():
    lines = ["จุดแข็ง", "1. หน่วยงานเปิดเผยข้อมูลครบทุกรายการ", "ตามที่กำหนด", "2. เจ้าหน้าที่", "สุภาพ", "3. ดี"]
    sheet = (
        Sheet().text(60, 80, "รายงานผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567 " + "ก" * 50).lines(60, 120, lines)
    )
    reading = read_bytes(pdf_of(sheet).done(), "a.pdf")
    assert [("layout_uncertain" in one.flags) for one in reading.findings][:2] == [True, True]
    assert {one.text: one.kind for one in reading.unread}["สุภาพ"] == "unclear"


# ---- rows that a page cuts, numbers that a column breaks ------------------------------------


def _columns(y: float, row: tuple[str, ...], bottom: float, sheet: Sheet | None = None) -> Sheet:
    sheet = sheet or Sheet().text(60, 60, "รายงานผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567")
    sheet.grid([60, 160, 320, 420], [y, bottom])
    for x, cell in zip((65, 165, 325), row, strict=True):
        sheet.lines(x, y + 14, cell.split("\n"), 14)
    return sheet


def test_the_rest_of_a_row_is_not_a_header_and_gets_no_extra_space():
    first = _columns(660, ("มาตรการ", "ขั้นตอน", "ระยะเวลา"), 680)
    _columns(680, ("1. เปิดรับฟังความ", "1. จัดเวทีละหนึ่งครั้งในแต่", "มกราคม - มิถุนายน"), 700, first)
    second = _columns(40, ("เห็นของประชาชน", "ละไตรมาส", "2568"), 60, Sheet())
    _columns(60, ("2. ลดเวลา", "1. ทำคู่มือ", "กันยายน 2568"), 80, second)
    measures = read_bytes(pdf_of(first, second).done(), "a.pdf").measures
    assert [one.title for one in measures] == ["เปิดรับฟังความเห็นของประชาชน", "ลดเวลา"]
    assert [one.period_as_written for one in measures] == ["มกราคม - มิถุนายน 2568", "กันยายน 2568"]


@pytest.mark.parametrize(("after", "goes_on"), [(("", "ต่อท้าย", ""), (1,)), (("2. ข", "ใหม่", "2568"), ())])
def test_a_sparse_row_continues_the_previous_row(after, goes_on):
    """Lines that are kept together leave more room at the foot of a page than one line needs."""
    first = _columns(560, ("มาตรการ", "ขั้นตอน", "ระยะเวลา"), 580)
    _columns(580, ("1. ก", "1. ทำคู่มือ\n2. จัดเวที", "2568"), 657, first)
    second = _columns(40, after, 60, Sheet())
    _columns(60, ("3. ลดเวลา", "1. ทำคู่มือ", "2568"), 80, second)
    *_, table = (block for block in read_pdf(pdf_of(first, second).done()).blocks if isinstance(block, Table))
    assert table.goes_on == goes_on


SCORES = [
    # broken after or before the point, or between digits: the whole column agrees
    (["91.\n40", "86\n.75", "85.0\n2"], ["91.40", "86.75", "85.02"]),
    # a whole number shows the format
    (["91.40", "86.\n75"], ["91.40", "86.75"]),
    # another format in the column: two figures, not one
    (["91.\n40", "86.7", "85.02"], ["91. 40", "86.7", "85.02"]),
    # a single cell is not enough evidence
    (["91.\n40"], ["91. 40"]),
]


@pytest.mark.parametrize(("written", "expected"), SCORES)
def test_a_broken_number_is_joined_if_the_column_is_unambiguous(written, expected):
    ys = [100 + 34 * i for i in range(len(written) + 1)]
    sheet = Sheet().grid([60, 200, 227], ys)
    for y, cell in zip(ys, written, strict=False):
        sheet.text(65, y + 14, "การใช้อำนาจ").lines(201, y + 14, cell.split("\n"), 14)
    (table,) = [block for block in read_pdf(pdf_of(sheet).done()).blocks if isinstance(block, Table)]
    shown = [cell.text.chars.replace("\n", " ") for cell in table.cells if cell.column == 1]
    assert shown == expected


def test_the_size_of_a_line_is_that_of_its_letters():
    glyphs = [Glyph("คะแนน", Box(0, 10, 30, 20), 10, 0), Glyph(". ", Box(31, 7, 33, 21), 14, 1)]
    (line,) = read_lines([*glyphs, Glyph("รวม", Box(36, 10, 52, 20), 10, 2)])
    assert line.size == 10


def test_a_space_drawn_early_is_read_where_it_is_displayed():
    space, word = Glyph(" ", Box(31, 10, 31, 20), 10, 0), Glyph("ฉบับย่อ", Box(0, 10, 30, 20), 10, 1)
    (line,) = read_lines([space, word, Glyph("2", Box(33, 10, 38, 20), 10, 2)])
    assert line.text == "ฉบับย่อ 2"
