"""The PDF reader: text of PDFium's objects, lines, ruled and unruled tables, running heads, broken files."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.make_pdf import Sheet, pdf_of
from support.paths import SHARED
from support.pdf_bytes import PdfBytes

from thaita.extract.documents import read_document
from thaita.extract.readers import work_limits
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.page.content import PageContent, Rule
from thaita.extract.readers.page.ruled_tables import find_lattices
from thaita.extract.readers.pdf.pdfium import PdfiumEngine
from thaita.extract.readers.pdf.reader import read_pdf
from thaita.models.document import Document, Paragraph, Table


def read(*sheets: Sheet) -> Document:
    return read_pdf(pdf_of(*sheets).done())


def content(sheet: Sheet, pdf: PdfBytes | None = None) -> PageContent:
    (page,) = PdfiumEngine().pages(pdf_of(sheet, pdf=pdf).done())
    return page


def said(page: PageContent) -> list[str]:
    return [glyph.text for glyph in page.glyphs if glyph.visible]


def paragraphs(document: Document) -> list[tuple[str, str]]:
    return [(b.role, b.text.chars) for b in document.blocks if isinstance(b, Paragraph)]


def cells(table: Table) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): cell.text.chars for cell in table.cells}


def only_table(document: Document) -> Table:
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    return table


# ---- what the objects say -------------------------------------------------------------------

TRUE_TEXT = [
    # the span's text replaces that of its glyphs
    (Sheet().text(100, 100, "กพ", actual="กำ"), ["กำ"]),
    # and is used once, although it has two objects
    (
        Sheet()
        .raw(b"/Span<</ActualText<FEFF0E010E33>>>BDC")
        .text(100, 100, "ก")
        .text(105, 100, "พ")
        .raw(b"EMC"),
        ["กำ"],
    ),
    # the outer span replaces the one inside it
    (Sheet().raw(b"/Span<</ActualText<FEFF0E01>>>BDC").text(100, 100, "x", actual="y").raw(b"EMC"), ["ก"]),
    # a span with empty text, such as a soft hyphen at a line's end
    (Sheet().raw(b"/Span<</ActualText<FEFF>>>BDC").text(100, 100, "x").raw(b"EMC"), []),
    # UTF-8 with its mark, PDFDocEncoding, and a language named in the string
    (Sheet().raw(b"/S<</ActualText<EFBBBFE0B881>>>BDC").text(100, 100, "x").raw(b"EMC"), ["ก"]),
    (Sheet().raw(b"/S<</ActualText(caf\\351)>>BDC").text(100, 100, "x").raw(b"EMC"), ["café"]),
    (Sheet().raw(b"/S<</ActualText<FEFF001B00740068001B0E01>>>BDC").text(100, 100, "x").raw(b"EMC"), ["ก"]),
    # marks without properties, closed too often
    (Sheet().raw(b"/Artifact BMC").text(100, 100, "ก").raw(b"EMC EMC"), ["ก"]),
    # a hyphen that ends an object is a hyphen
    (Sheet().text(100, 100, "E-").text(111, 100, "Service"), ["E-Service"]),
]


@pytest.mark.parametrize(("sheet", "expected"), TRUE_TEXT)
def test_the_actual_text_of_a_span_is_used_once(sheet, expected):
    assert said(content(sheet)) == expected


INK = [
    # drawn again a third of a point away, to look bold
    (Sheet().text(100, 100, "หัวข้อ").text(100.3, 100, "หัวข้อ"), ["หัวข้อ"]),
    # the same with a span, which PDFium's own text ignores
    (Sheet().text(100, 100, "x", actual="ผล").text(100.3, 100, "x", actual="ผล"), ["ผล"]),
    # two equal letters side by side are two letters
    (Sheet().text(100, 100, "น").text(105, 100, "น"), ["นน"]),
    # render mode 3 paints nothing
    (Sheet().raw(b"3 Tr").text(100, 100, "ลับ").raw(b"0 Tr").text(200, 100, "เห็น"), ["เห็น"]),
    # white type is invisible on the white page and visible on a dark cell
    (Sheet().raw(b"1 g").text(100, 100, "ลับ"), []),
    (Sheet().fill(90, 85, 200, 110, 0.2).raw(b"1 g").text(100, 100, "เห็น"), ["เห็น"]),
    # a fill drawn later is not the background of the type
    (Sheet().raw(b"1 g").text(100, 100, "ลับ").fill(90, 85, 200, 110, 0.2), []),
    # type of no size, and type beside the page
    (Sheet().text(100, 100, "ลับ", size=0.2), []),
    (Sheet().text(700, 100, "ลับ"), []),
    # clipped completely, and clipped only at the side, as in spreadsheets
    (Sheet().raw(b"q 0 0 50 50 re W n").text(100, 100, "ลับ").raw(b"Q"), []),
    (Sheet().raw(b"q 90 690 20 30 re W n").text(100, 100, "ยาวกว่าช่อง").raw(b"Q"), ["ยาวกว่าช่อง"]),
]


@pytest.mark.parametrize(("sheet", "expected"), INK)
def test_invisible_text_is_marked(sheet, expected):
    assert said(content(sheet)) == expected


TURNED = [
    # the page as displayed, with rotation and crop box applied
    (b"/MediaBox[0 0 600 800]", (600, 800), (100, 92)),
    (b"/MediaBox[0 0 600 800]/Rotate 90", (800, 600), None),
    (b"/MediaBox[0 0 600 800]/CropBox[50 100 550 700]", (500, 600), (50, -8 + 0)),
    (b"/MediaBox[0 0 600 800]/Rotate 180", (600, 800), None),
]


@pytest.mark.parametrize(("more", "size", "corner"), TURNED)
def test_positions_refer_to_the_displayed_page(more, size, corner):
    page = content(Sheet(more).text(100, 100, "ก").text(100, 300, "ข"))
    assert (page.width, page.height) == size
    assert all(glyph.upright == (b"Rotate" not in more) for glyph in page.glyphs)
    if corner is not None:
        box = page.glyphs[0].box
        assert (box.x0, box.top) == pytest.approx(corner, abs=1.5)


def test_text_rotated_against_its_page_is_upright():
    sheet = (
        Sheet(b"/MediaBox[0 0 600 800]/Rotate 90").raw(b"q 0 1 -1 0 600 0 cm").text(100, 100, "ก").raw(b"Q")
    )
    (glyph,) = content(sheet).glyphs
    assert glyph.upright


def test_a_form_is_placed_by_its_matrix():
    pdf = PdfBytes()
    inner = Sheet().text(100, 100, "ก").line(0, 800, 0, 700)
    font = pdf.simple_font({code: char for char, code in inner.letters.items()})
    form = pdf.form(b"\n".join(inner.operators), b"/Font<</F %d 0 R>>" % font, b"[2 0 0 2 10 -800]")
    page = content(Sheet(resources=b"/XObject<</X %d 0 R>>" % form).raw(b"/X Do"), pdf)
    (glyph,), (rule,) = page.glyphs, page.rules
    assert (glyph.size, round(glyph.box.bottom)) == (20, 204)
    assert glyph.box.x0 == pytest.approx(210, abs=3)
    assert (rule.x0, round(rule.bottom - rule.top)) == (10, 202)


def test_recursive_forms_terminate():
    pdf = PdfBytes()
    form = pdf.form(b"/X Do", b"/XObject<</X 3 0 R>>")
    page = content(Sheet(resources=b"/XObject<</X %d 0 R>>" % form).raw(b"/X Do").text(100, 100, "ก"), pdf)
    assert said(page) == ["ก"]


def test_a_text_object_over_two_cells_is_split_at_the_line():
    sheet = Sheet().grid([100, 150, 250], [80, 110, 140]).text(105, 100, "กกกกกกกกกกกกกกกก")
    assert len(said(content(sheet))) == 2


# ---- lines and paragraphs -------------------------------------------------------------------

LINES = [
    # letters that touch are one word; a gap as wide as a space is one
    (Sheet().text(100, 100, "ก").text(105, 100, "ข"), "กข"),
    (Sheet().text(100, 100, "ก").text(110, 100, "ข"), "ก ข"),
    # a space glyph is one, also one that PDFium leaves out, and never two
    (Sheet().text(100, 100, "ก ").text(110, 100, "ข"), "ก ข"),
    (Sheet().text(100, 100, "ก").text(105, 100, " ").text(110, 100, " ข"), "ก ข"),
    # a mark drawn after and left of its consonant stays with it
    (Sheet().text(100, 100, "กข").text(101, 100, "ั").text(110, 100, "ค"), "กขัค"),
    # text drawn out of order: position decides
    (Sheet().text(300, 100, "หลัง").text(100, 100, "หน้า"), "หน้า หลัง"),
    # a letter of another font, drawn late into the gap that was left for it
    (Sheet().text(100, 100, "ค").text(111, 100, "แนน").text(105, 100, "ະ"), "คະแนน"),
    # a small raised digit stays in its line
    (Sheet().text(100, 100, "ร้อยละ").text(130, 97, "1", size=6), "ร้อยละ1"),
    # marks drawn on a separate line return to their letters
    (Sheet().text(100, 100, "ก").text(110, 100, "ข").text(111, 94, "ั"), "ก ขั"),
]


@pytest.mark.parametrize(("sheet", "expected"), LINES)
def test_a_line_is_read_as_displayed(sheet, expected):
    assert paragraphs(read(sheet)) == [("body", expected)]


FULL = "ก" * 96
PROSE = [
    # a full line goes on, and Thai goes on without a space
    ([FULL, "ข"], [FULL + "ข"]),
    # a line with room for the next word ended on purpose
    (["กกก", "ข"], ["กกก", "ข"]),
    # a list item starts a paragraph, also after a full line
    ([FULL, "๒. ข"], [FULL, "๒. ข"]),
    ([FULL, "- ข"], [FULL, "- ข"]),
    # but a number that continues one inside the line is not a list marker
    (["(๑) " + "ก" * 50 + " (๒) " + "ก" * 37, "(๓) ข"], ["(๑) " + "ก" * 50 + " (๒) " + "ก" * 37 + " (๓) ข"]),
    # a score at the start of a line is not a list marker
    (["ก" * 92 + " ได้", "85.20 คะแนน"], ["ก" * 92 + " ได้ 85.20 คะแนน"]),
    # a paragraph never ends in an open bracket
    (["ก (", "๑) ข"], ["ก (๑) ข"]),
]


@pytest.mark.parametrize(("lines", "expected"), PROSE)
def test_lines_wrapped_at_the_margin_are_joined(lines, expected):
    # the ruler of full lines elsewhere on the page shows where its column ends
    sheet = Sheet().text(60, 50, FULL).lines(60, 200, lines)
    assert [text for _, text in paragraphs(read(sheet))[1:]] == expected


def test_a_paragraph_split_by_a_page_break_is_joined():
    pages = [
        Sheet().lines(60, 100, [FULL] * 3).text(290, 780, "1"),
        Sheet().text(60, 60, "ข").text(290, 780, "2"),
    ]
    found = paragraphs(read(*pages))
    assert found == [("body", FULL * 3 + "ข"), ("running", "1"), ("running", "2")]


def test_running_heads_and_page_numbers_are_separated():
    def page(i: int) -> Sheet:
        sheet = Sheet().text(200, 40, f"รายงานประจำปี หน้า {i}").text(60, 200, "ก" * i)
        return sheet.text(290, 780, f"- {i} -")

    found = paragraphs(read(*map(page, range(1, 5))))
    assert [text for role, text in found if role == "body"] == ["ก" * i for i in range(1, 5)]
    assert sum(role == "running" for role, _ in found) == 8


def test_a_number_in_the_middle_of_a_page_is_not_a_page_number():
    assert paragraphs(read(Sheet().text(60, 300, "ก").text(290, 400, "25").text(60, 500, "ข"))) == [
        ("body", "ก"),
        ("body", "25"),
        ("body", "ข"),
    ]


# ---- ruled tables ---------------------------------------------------------------------------


def test_a_ruled_table_has_its_merged_cells():
    sheet = Sheet().grid([100, 200, 300], [100, 120, 140, 160], without=[("v", 1, 0), ("h", 2, 0)])
    sheet.text(105, 114, "หัวตาราง").text(105, 134, "รวมแถว").text(205, 134, "๙๐").text(205, 154, "๘๐")
    table = only_table(read(sheet))
    shape = {(c.row, c.column): (c.row_span, c.column_span, c.text.chars) for c in table.cells}
    assert table.drawn_spans
    assert shape == {
        (0, 0): (1, 2, "หัวตาราง"),
        (1, 0): (2, 1, "รวมแถว"),
        (1, 1): (1, 1, "๙๐"),
        (2, 1): (1, 1, "๘๐"),
    }


RULED = [
    # borders drawn as thin filled rectangles with gaps at the corners
    lambda s, x0, y0, x1, y1: (
        s.fill(x0 + 0.5, y0 - 0.4, x1 - 0.5, y1 + 0.4, 0)
        if y0 == y1
        else s.fill(x0 - 0.4, y0 + 0.5, x1 + 0.4, y1 - 0.5, 0)
    ),
    # double lines
    lambda s, x0, y0, x1, y1: s.line(x0, y0, x1, y1).line(
        x0 + (x0 == x1) * 1.5, y0 + (y0 == y1) * 1.5, x1 + (x0 == x1) * 1.5, y1 + (y0 == y1) * 1.5
    ),
]


@pytest.mark.parametrize("draw", RULED)
def test_borders_can_be_drawn_in_other_ways(draw):
    sheet = Sheet()
    for y in (100, 120, 140):
        draw(sheet, 100, y, 200, y)
        draw(sheet, 200, y, 300, y)
    for x in (100, 200, 300):
        draw(sheet, x, 100, x, 120)
        draw(sheet, x, 120, x, 140)
    for i, (x, y) in enumerate([(105, 114), (205, 114), (105, 134), (205, 134)]):
        sheet.text(x, y, str(i))
    assert cells(only_table(read(sheet))) == {(0, 0): "0", (0, 1): "1", (1, 0): "2", (1, 1): "3"}


def test_cells_stroked_as_rectangles_are_a_table():
    sheet = Sheet().raw(b"100 680 100 20 re 200 680 100 20 re 100 660 200 20 re S")
    sheet.text(105, 114, "0").text(205, 114, "1").text(105, 134, "2")
    assert cells(only_table(read(sheet))) == {(0, 0): "0", (0, 1): "1", (1, 0): "2"}


def test_a_table_open_at_its_sides_and_at_a_page_break_keeps_its_outer_cells():
    sheet = (
        Sheet()
        .line(100, 100, 300, 100)
        .line(100, 120, 300, 120)
        .line(180, 100, 180, 160)
        .line(240, 100, 240, 160)
    )
    for x in (105, 185, 245):
        sheet.text(x, 114, f"{x}ก").text(x, 150, f"{x}ข")
    table = only_table(read(sheet))
    assert (table.rows, table.columns) == (2, 3)
    assert cells(table)[1, 2] == "245ข"


def test_several_tables_on_a_page_and_the_text_between_them():
    sheet = Sheet().grid([100, 200, 300], [100, 120, 140]).text(105, 114, "ก")
    sheet.text(100, 170, "ระหว่าง").grid([100, 150, 300], [200, 220, 240]).text(155, 214, "ข")
    blocks = read(sheet).blocks
    assert [type(block) for block in blocks] == [Table, Paragraph, Table]


def test_frames_and_underlines_are_not_tables():
    sheet = Sheet().raw(b"20 20 560 760 re S").text(100, 100, "หัวข้อ").line(100, 102, 130, 102)
    assert paragraphs(read(sheet)) == [("body", "หัวข้อ")]


def test_a_box_holds_paragraphs_and_a_table_may_stand_in_a_cell():
    sheet = Sheet().raw(b"100 600 200 100 re S").text(105, 114, "ในกรอบ")
    assert paragraphs(read(sheet)) == [("box", "ในกรอบ")]
    sheet = Sheet().grid([50, 150, 550], [50, 300, 350]).text(60, 70, "นอก")
    sheet.grid([200, 300, 400], [100, 120, 140]).text(205, 114, "ใน")
    outer = only_table(read(sheet))
    (inner,) = [table for cell in outer.cells for table in cell.tables]
    assert cells(inner)[0, 0] == "ใน"


def test_lines_of_a_narrow_cell_are_joined_by_its_own_width():
    sheet = Sheet().grid([100, 145, 300], [100, 160, 180]).lines(103, 114, ["การประเมิ", "คุณธรรม"], 14)
    sheet.lines(150, 114, ["สำนักปลัด", "กองคลัง"], 14)
    found = cells(only_table(read(sheet)))
    assert found[0, 0] == "การประเมิคุณธรรม"
    assert found[0, 1] == "สำนักปลัด\nกองคลัง"


def test_rotated_heads_keep_their_letters_together():
    sheet = Sheet().grid([100, 130, 300], [100, 200, 220])
    sheet.raw(b"BT /F 10 Tf 0 1 -1 0 120 620 Tm %s Tj ET" % sheet.string("ตัวชี้วัด"))
    assert cells(only_table(read(sheet)))[0, 0] == "ตัวชี้วัด"


def _page(rows: list[tuple[str, ...]], tops: list[float], below: str = "") -> Sheet:
    sheet = Sheet().grid([100, 250, 400], tops)
    for (top, _), row in zip(itertools.pairwise(tops), rows, strict=False):
        for x, chars in zip((105, 255), row, strict=True):
            sheet.lines(x, top + 14, chars.split("\n"), 14)
    return sheet.text(100, tops[-1] + 30, below) if below else sheet


LONG, SHORT = "\n".join(["ก" * 28] * 8), "ข"
CUT = [
    # the cell that ended higher is empty on the next page: the row continues
    ([(LONG, SHORT)], [("คค", "")], (0,)),
    # a cell that ended higher has new text: another row
    ([(LONG, SHORT)], [("คค", "งง")], ()),
    # both cells are full to the last letter: the row continues
    ([(LONG, LONG)], [("ค" * 20, "ง" * 20)], (0, 1)),
    # single lines with room for a word show nothing
    ([("ก", "ข")], [("ค", "ง")], None),
    # consecutive numbered items are separate rows
    ([("๑. " + "ก" * 25, "ก" * 28)], [("๒. " + "ก" * 25, "ข" * 28)], None),
]


@pytest.mark.parametrize(("before", "after", "expected"), CUT)
def test_a_row_cut_by_a_page_break_is_recognized_by_position(before, after, expected):
    height = 20 + 14 * max(text.count("\n") for text in before[-1])
    first = _page([("มาตรการ", "ผล"), *before], [600, 620, 620 + height])
    second = _page([("มาตรการ", "ผล"), *after], [40, 60, 120])
    tables = [block for block in read(first, second).blocks if isinstance(block, Table)]
    assert [table.goes_on for table in tables] == [None, expected]


def test_text_between_two_tables_separates_them():
    first = _page([("มาตรการ", "ผล"), (LONG, SHORT)], [600, 620, 740], below="หัวข้อใหม่")
    second = _page([("มาตรการ", "ผล"), ("คค", "")], [40, 60, 120])
    assert [block.goes_on for block in read(first, second).blocks if isinstance(block, Table)] == [None, None]


# ---- tables without full ruling -------------------------------------------------------------

UNRULED = [("ตัวชี้วัด", "คะแนน"), ("การใช้อำนาจ", "90.50"), ("การใช้งบประมาณ", "85.20"), ("การปฏิบัติหน้าที่", "88.00")]


@pytest.mark.parametrize("ruled", [False, True])
def test_columns_without_vertical_lines_are_a_table(ruled):
    sheet = Sheet().text(60, 100, "ผลการประเมิน").text(60, 300, "สรุป")
    for i, (name, score) in enumerate(UNRULED):
        sheet.text(100, 150 + 20 * i, name).text(350, 150 + 20 * i, score)
        if ruled:
            sheet.line(95, 156 + 20 * i, 420, 156 + 20 * i)
    document = read(sheet)
    table = only_table(document)
    assert not table.drawn_spans
    assert [tuple(c.text.chars for c in table.cells if c.row == r) for r in range(4)] == UNRULED
    assert [text for _, text in paragraphs(document)] == ["ผลการประเมิน", "สรุป"]


NO_TABLES = [
    # a table of contents
    [("คำนำ", "1"), ("บทที่ 1", "2"), ("บทที่ 2", "15")],
    # two similar lines are accidental
    [("ลงชื่อ", "ผู้จัดทำ"), ("ลงชื่อ", "ผู้ตรวจ")],
]


@pytest.mark.parametrize("rows", NO_TABLES)
def test_text_with_accidental_gaps_is_not_a_table(rows):
    sheet = Sheet()
    for i, (left, right) in enumerate(rows):
        sheet.text(100, 150 + 20 * i, left).text(350, 150 + 20 * i, right)
    assert [text for _, text in paragraphs(read(sheet))] == [f"{a} {b}" for a, b in rows]


# ---- the document ---------------------------------------------------------------------------


def test_every_character_has_its_page_and_box_and_no_offset_is_wrong():
    sheet = Sheet().text(60, 60, FULL).lines(60, 200, [FULL, "ข"]).grid([100, 200, 300], [300, 320, 340])
    sheet.text(205, 314, "90.50")
    document = read(Sheet().text(60, 60, "ก"), sheet)
    for block in document.blocks:
        texts = (
            [block.text] if isinstance(block, Paragraph) else [line for c in block.cells for line in c.lines]
        )
        for text in texts:
            assert "".join(document.text[i] for i in text.origin) == text.chars
    (score,) = [p for p in document.places if document.text[slice(*p.span)] == "90.50"]
    assert (score.page, round(score.box.top), 203 < score.box.x0 < 230) == (2, 306, True)
    covered = {i for place in document.places for i in range(*place.span)}
    assert not [c for i, c in enumerate(document.text) if not c.isspace() and i not in covered]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 590), st.integers(5, 795), st.text("กขคัี่ำ 12.", min_size=1, max_size=6)),
        max_size=12,
    )
)
@example([(0, 5, "1"), (581, 5, "1ก1ั.")])  # the other engine does not see the point, which is off the page
def test_no_letter_is_lost_or_repeated(drawn):
    sheet = Sheet()
    places = {(x // 60, y // 30): (x, y, chars) for x, y, chars in drawn}
    for x, y, chars in places.values():
        sheet.text(x, y, chars)
    shown = "".join(said(content(sheet)))
    assert sorted(read(sheet).text.replace("\n", "").replace(" ", "")) == sorted(shown.replace(" ", ""))


@given(
    st.lists(
        st.builds(
            lambda x, y, length, flat: Rule(x, y, x + length * flat, y + length * (not flat)),
            st.floats(0, 600),
            st.floats(0, 800),
            st.floats(1, 400),
            st.booleans(),
        ),
        max_size=25,
    )
)
@settings(max_examples=150, deadline=None)
def test_cells_of_a_ruled_table_cover_it_once(rules):
    for lattice in find_lattices(rules):
        rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
        assert sum(cell.row_span * cell.column_span for cell in lattice.cells) == rows * columns
        assert list(lattice.xs) == sorted(lattice.xs)
        assert list(lattice.ys) == sorted(lattice.ys)
        for i, cell in enumerate(lattice.cells):
            middle = ((cell.box.x0 + cell.box.x1) / 2, (cell.box.top + cell.box.bottom) / 2)
            assert lattice.cell_at(*middle) == i


# ---- hostile and broken files ---------------------------------------------------------------

ONE = pdf_of(Sheet().text(100, 100, "กขค"))


def test_a_pdf_is_recognized_by_its_bytes():
    assert read_document(ONE.done()).media_type == "application/pdf"
    assert read_document(b"\xef\xbb\xbf" + ONE.done()).media_type == "application/pdf"
    # a text that mentions the signature is a text
    assert read_document("ไฟล์ที่ขึ้นต้นด้วย %PDF- คือ PDF".encode()).media_type == "text/plain"


def test_a_password_opens_a_locked_file():
    locked = ONE.done(b"open")
    for password in (None, "wrong"):
        with pytest.raises(UnreadableFileError, match="--password") as refused:
            read_pdf(locked, password)
        assert refused.value.code == "encrypted"
    assert read_pdf(locked, "open").text.strip() == "กขค"


BROKEN = [
    (b"", "empty"),
    (b"%PDF-1.7\n", "damaged"),
    (b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged"),
    (ONE.done()[:120], "damaged"),
    (PdfBytes().done(), "empty"),
]


@pytest.mark.parametrize(("data", "code"), BROKEN)
def test_an_unreadable_file_is_rejected(data, code):
    with pytest.raises(UnreadableFileError) as refused:
        read_pdf(data)
    assert refused.value.code == code


def test_a_truncated_file_is_read_as_far_as_possible_and_reported():
    data = pdf_of(*(Sheet().text(100, 100, f"ก{i}") for i in range(5))).done()
    document = read_pdf(data[: data.rindex(b"xref")])
    assert "ก0" in document.text
    assert [problem.code for problem in document.problems] == ["truncated"]


def test_a_circular_page_tree_terminates():
    pdf = pdf_of(Sheet().text(100, 100, "ก"))
    pdf.kids += [2, 2]
    document = read_pdf(pdf.done())
    assert "ก" in document.text
    assert len(document.pages) <= 3


@pytest.mark.parametrize(
    "box", [b"/MediaBox[0 0 1000000 1000000]", b"/MediaBox[0 0 0 0]", b"/MediaBox[5 5 1 1]", b""]
)
def test_unusual_page_boxes_are_accepted(box):
    document = read_pdf(pdf_of(Sheet(box).text(100, 100, "กขค")).done())
    assert len(document.pages) == 1


def test_a_page_that_is_a_picture_is_sent_to_ocr():
    pdf = PdfBytes()
    image = pdf.add(
        b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\x00"
    )
    draw = b"q 600 0 0 800 0 0 cm /I Do Q"
    sheets = [Sheet(resources=b"/XObject<</I %d 0 R>>" % image).raw(draw) for _ in range(2)]
    sheets[1].raw(b"3 Tr").text(100, 100, "ข้อความที่ซ่อนไว้ใต้ภาพ")
    document = read_pdf(pdf_of(*sheets, pdf=pdf).done())
    assert [problem.code for problem in document.problems] == ["no_text_layer", "no_text_layer"]
    assert not document.text.strip()
    assert "hidden" in document.problems[1].message


def test_hidden_text_is_left_out_and_reported():
    document = read(Sheet().text(100, 100, "เห็น").raw(b"3 Tr").text(100, 200, "ลับ"))
    assert (document.text.strip(), [problem.code for problem in document.problems]) == (
        "เห็น",
        ["hidden_text"],
    )


def test_an_unusable_text_layer_is_reported():
    sheet = Sheet()
    for i in range(10):
        sheet.text(60, 100 + 20 * i, "่ก้ัข๊ี็์ุู่ิค้้่่" * 2)
    assert "hopeless_text" in [problem.code for problem in read(sheet).problems]


def test_pages_beyond_the_limit_are_reported(monkeypatch):
    monkeypatch.setattr(work_limits, "_limits", work_limits.WorkLimits(pages=3))
    document = read_pdf(pdf_of(*(Sheet().text(100, 100, "ก") for _ in range(5))).done())
    assert (len(document.pages), [problem.code for problem in document.problems]) == (3, ["too_many_pages"])


def test_an_unknown_engine_is_rejected():
    with pytest.raises(ValueError, match="pdfium"):
        read_pdf(ONE.done(), engine="abacus")


# ---- real reports, where they are at hand ---------------------------------------------------

REPORTS = (
    sorted((SHARED / "reports").glob("word/*.pdf"))[:2]
    + sorted((SHARED / "reports").glob("browser/*.pdf"))[:1]
)


@pytest.mark.skipif(not REPORTS, reason="the reports typeset as PDF are not at hand")
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: f"{path.parent.name}-{path.stem[:3]}")
def test_a_pdf_report_has_the_same_text_as_its_docx(path):
    truth = read_document((SHARED / "reports" / "docx" / f"{path.stem}.docx").read_bytes())
    document = read_pdf(path.read_bytes())
    for line in _lines(truth):
        assert all(word in "".join(document.text.split()) for word in _words(line))


def _lines(document: Document) -> list[str]:
    lines = []
    for block in document.blocks:
        texts = (
            [block.text] if isinstance(block, Paragraph) else [line for c in block.cells for line in c.lines]
        )
        lines += [text.chars for text in texts]
    return lines


def _words(line: str) -> list[str]:
    return [word for word in line.split() if len(word) < 15]


@pytest.mark.skipif(not (SHARED / "real-pdf").exists(), reason="the real PDFs are not at hand")
@pytest.mark.parametrize(
    ("name", "tables"),
    [
        ("102", [(7, 3), (3, 3), (4, 5), (8, 4)]),
        ("134", [(6, 3), (2, 3)]),
        ("116", []),
        ("117", []),
        ("114", []),
    ],
)
def test_tables_of_real_files_stay_complete(name, tables):
    (path,) = (SHARED / "real-pdf").glob(f"{name}_*.pdf")
    document = read_pdf(path.read_bytes())
    assert [(t.rows, t.columns) for t in document.tables()][: len(tables)] == tables
