"""Visible content of a PDF page: crossed-out, covered and hidden text, watermarks, note marks, fields, annotations."""

from __future__ import annotations

import pytest
from support.make_pdf import HEIGHT, Sheet, pdf_of
from support.own_recognizer import LINES, RecordsShade
from support.pdf_bytes import PdfBytes, utf16

from thaita.extract.options import PdfOptions
from thaita.extract.pipeline import read_bytes
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.pdf.reader import read_pdf
from thaita.models.document import Document, Paragraph

ENGINES = ("pdfium", "pdfplumber")


def seen(document: Document) -> list[str]:
    """Return the lines that yield values."""
    asides = {id(b.text) for b in document.blocks if isinstance(b, Paragraph) and b.role == "aside"}
    return [line.chars for line in document.lines() if id(line) not in asides]


def asides(document: Document) -> list[tuple[str, str]]:
    """Return the asides, each with its flag."""
    found = [b.text for b in document.blocks if isinstance(b, Paragraph) and b.role == "aside"]
    return [(flag_of(document, text.chars), text.chars) for text in found]


def flag_of(document: Document, chars: str) -> str:
    return "|".join(m.flag for m in document.marks if document.text[slice(*m.span)] == chars)


def read(*sheets: Sheet, pdf: PdfBytes | None = None, engine: str = "pdfium") -> Document:
    return read_pdf(pdf_of(*sheets, pdf=pdf).done(), engine=engine)


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


# ---- crossed out ----------------------------------------------------------------------------

# "81.00" is 25 points wide from x = 100; the middle of its letters is about 3 points above the baseline at
# 100
STRUCK = [
    (Sheet().text(100, 100, "81.00").line(99, 97, 126, 97), [], ["81.00"]),
    # a thin area, as word processors draw it
    (Sheet().text(100, 100, "81.00").fill(99, 96.6, 126, 97.4, 0), [], ["81.00"]),
    # two lines
    (Sheet().text(100, 100, "81.00").line(99, 96, 126, 96).line(99, 98, 126, 98), [], ["81.00"]),
    # the text beside it is read
    (Sheet().text(100, 100, "81.00").text(140, 100, "81.68").line(99, 97, 126, 97), ["81.68"], ["81.00"]),
    # one word of a text object
    (Sheet().text(100, 100, "abcdefgh klmno").line(144, 97, 171, 97), ["abcdefgh"], ["klmno"]),
    # one part of a word
    (Sheet().text(100, 100, "abcdefgh").line(120, 97, 141, 97), ["abcd"], ["efgh"]),
    # in a cell, whose edges are not such lines
    (
        Sheet()
        .grid([90, 200, 300], [85, 110, 130])
        .text(100, 100, "81.00")
        .text(210, 100, "ปี")
        .line(99, 97, 126, 97),
        ["ปี"],
        ["81.00"],
    ),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("sheet", "kept", "struck"), STRUCK)
def test_crossed_out_text_becomes_an_aside(sheet, kept, struck, engine):
    document = read(sheet, engine=engine)
    assert seen(document) == kept
    assert [said for _, said in asides(document)] == struck
    assert codes(document) == ["struck_text"]


NOT_STRUCK = [
    # underlined, overlined
    Sheet().text(100, 100, "81.00").line(99, 101.5, 126, 101.5),
    Sheet().text(100, 100, "81.00").line(99, 91, 126, 91),
    # a line to write on, drawn first
    Sheet().line(99, 97, 126, 97).text(100, 100, "81.00"),
    # the edge of a row that is too low for its text
    Sheet().text(100, 100, "81.00").line(40, 97, 400, 97),
    Sheet().text(100, 100, "81.00").grid([99, 126, 150], [85, 97, 130]),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("sheet", NOT_STRUCK)
def test_other_lines_do_not_strike_text_out(sheet, engine):
    document = read(sheet, engine=engine)
    assert [line for line in seen(document) if line] == ["81.00"]
    assert codes(document) == []


def test_text_next_to_crossed_out_text_is_flagged():
    sheet = Sheet().grid([90, 200, 300], [85, 120, 150]).text(210, 100, "ปี")
    sheet.text(100, 100, "81.00").line(99, 97, 126, 97).text(100, 114, "81.68")
    document = read(sheet)
    assert (flag_of(document, "81.68"), flag_of(document, "ปี")) == ("struck", "")


# ---- covered and hidden ---------------------------------------------------------------------


def layered(state: bytes) -> tuple[PdfBytes, bytes]:
    """Return a PDF with a layer, and the resources by which a page names it /L."""
    pdf = PdfBytes()
    layer = pdf.add(b"<</Type/OCG/Name(L)>>")
    pdf.catalog = b"/OCProperties<</OCGs[%d 0 R]/D<<%s>>>>" % (layer, state.replace(b"L", b"%d 0 R" % layer))
    return pdf, b"/Properties<</L %d 0 R>>" % layer


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("state", "kept"),
    [
        (b"/OFF[L]", ["ใหม่"]),
        (b"/BaseState/OFF", ["ใหม่"]),
        (b"/BaseState/OFF/ON[L]", ["เก่า", "ใหม่"]),
        (b"", ["เก่า", "ใหม่"]),
    ],
)
def test_text_on_a_layer_that_is_off_is_hidden(state, kept, engine):
    pdf, resources = layered(state)
    sheet = (
        Sheet(resources=resources).raw(b"/OC/L BDC").text(100, 100, "เก่า").raw(b"EMC").text(100, 200, "ใหม่")
    )
    document = read(sheet, pdf=pdf, engine=engine)
    assert seen(document) == kept
    assert ("hidden_text" in codes(document)) == (len(kept) == 1)


COVERED = [
    (Sheet().text(100, 100, "เก่า").fill(90, 85, 200, 110, 1), []),
    (Sheet().text(100, 100, "เก่า").fill(90, 85, 200, 110, 1).text(100, 100, "ใหม่"), ["ใหม่"]),
    (Sheet().text(100, 100, "เก่า").fill(90, 85, 200, 110, 0), []),
    # the shade of a cell is painted first
    (Sheet().fill(90, 85, 200, 110, 0.8).text(100, 100, "เห็น"), ["เห็น"]),
    # beside it
    (Sheet().text(100, 100, "เห็น").fill(90, 105, 200, 130, 1), ["เห็น"]),
    # a part of a text object; a box drawn by hand, which leaves the feet of the letters
    (Sheet().text(100, 100, "abcdefgh").fill(120, 85, 200, 110, 1), ["abcd"]),
    (Sheet().text(100, 100, "เก่า").fill(90, 85, 200, 99.6, 1), []),
    # the same text typed again over it
    (Sheet().text(100, 100, "เห็น").fill(90, 85, 200, 110, 1).text(100, 100, "เห็น"), ["เห็น"]),
    # clipped, so that it covers nothing of it
    (
        Sheet().text(100, 100, "เห็น").raw(b"q 400 400 9 9 re W n").fill(90, 85, 200, 110, 1).raw(b"Q"),
        ["เห็น"],
    ),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("sheet", "kept"), COVERED)
def test_text_under_a_box_painted_after_it_is_hidden(sheet, kept, engine):
    document = read(sheet, engine=engine)
    assert seen(document) == kept
    if kept != ["เห็น"]:
        assert "hidden_text" in codes(document)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("state", "kept"), [(b"/BM/Multiply", ["เห็น"]), (b"/ca 0.2", ["เห็น"]), (b"/ca 1", [])]
)
def test_a_marker_pen_hides_nothing(state, kept, engine):
    sheet = Sheet(resources=b"/ExtGState<</G<<%s>>>>" % state).text(100, 100, "เห็น")
    sheet.raw(b"q /G gs 1 1 0 rg 90 690 110 25 re f Q")
    assert seen(read(sheet, engine=engine)) == kept


def test_a_marker_pen_over_text_of_a_form_drawn_smaller_hides_nothing():
    """The scale of the form counts: browsers draw a page four times as large, inside a form that reduces it."""
    pdf = PdfBytes()
    font = pdf.simple_font({ord("a"): "ก"})
    form = pdf.form(
        b"BT /F 40 Tf 400 2400 Td (aaa) Tj ET", b"/Font<</F %d 0 R>>" % font, box=b"[0 0 2400 3200]"
    )
    resources = b"/XObject<</X %d 0 R>>/ExtGState<</G<</BM/Multiply>>>>" % form
    sheet = Sheet(resources=resources).raw(
        b"q .25 0 0 .25 0 0 cm /X Do Q q /G gs 1 1 0 rg 90 590 110 25 re f Q"
    )
    assert seen(read(sheet, pdf=pdf)) == ["กกก"]


@pytest.mark.parametrize("engine", ENGINES)
def test_nearly_transparent_text_is_hidden(engine):
    sheet = Sheet(resources=b"/ExtGState<</G<</ca 0.05>>>>").raw(b"q /G gs").text(100, 100, "ลับ").raw(b"Q")
    assert seen(read(sheet.text(100, 200, "เห็น"), engine=engine)) == ["เห็น"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_nearly_transparent_form_is_hidden(engine):
    pdf = PdfBytes()
    font = pdf.simple_font({ord("a"): "ก"})
    form = pdf.form(b"BT /F 10 Tf 100 600 Td (aaa) Tj ET", b"/Font<</F %d 0 R>>" % font)
    resources = b"/XObject<</X %d 0 R>>/ExtGState<</G<</ca 0.05>>>>" % form
    sheet = Sheet(resources=resources).raw(b"q /G gs /X Do Q").text(100, 100, "เห็น")
    assert seen(read(sheet, pdf=pdf, engine=engine)) == ["เห็น"]


# ---- watermarks, footnote marks, turned pages -----------------------------------------------


def slanting(sheet: Sheet, chars: str, size: float) -> Sheet:
    return sheet.raw(
        b"q 0.7 g BT /F %g Tf 0.7 0.7 -0.7 0.7 120 640 Tm %s Tj ET Q" % (size, sheet.string(chars))
    )


def test_a_watermark_across_a_table_is_in_no_cell():
    sheet = Sheet().grid([90, 200, 300], [60, 120, 180]).text(100, 100, "คะแนน").text(210, 100, "79.33")
    document = read(slanting(sheet, "สำเนา", 60))
    assert (seen(document), asides(document)) == (["คะแนน", "79.33"], [("watermark", "สำเนา")])


def test_a_large_pale_word_under_text_is_a_watermark():
    sheet = Sheet().raw(b"q 0.8 g").text(100, 110, "ร่าง", size=50).raw(b"Q").text(100, 100, "คะแนน 79.33")
    assert asides(read(sheet)) == [("watermark", "ร่าง")]


def test_small_slanted_labels_are_not_watermarks():
    sheet = Sheet().text(100, 300, "คะแนน").raw(b"0.7 w")
    sheet.raw(b"BT /F 10 Tf 0.7 0.7 -0.7 0.7 120 640 Tm %s Tj ET" % sheet.string("ตัวชี้วัด"))
    assert asides(read(sheet)) == []


MARKS = [
    (Sheet().text(100, 100, "86.75").text(125, 96.5, "1", size=6), "86.75", ["1"]),
    (Sheet().text(100, 100, "86.75").text(125, 96.5, "*", size=6), "86.75", ["*"]),
    (
        Sheet().text(100, 100, "86.75").text(125, 96.5, "1", size=6).text(128, 96.5, ")", size=6),
        "86.75",
        ["1)"],
    ),
    # raised in full size
    (Sheet().text(100, 100, "86.75").text(125, 96, "2"), "86.75", ["2"]),
    # before the number
    (Sheet().text(97, 96.5, "1", size=6).text(100, 100, "86.75"), "86.75", ["1"]),
    # digits of another font or size on the same line belong to it, and so do those below it
    (Sheet().text(100, 100, "86.7").text(120, 100, "5", size=9), "86.75", []),
    (Sheet().text(100, 100, "86.7").text(120, 101, "5", size=6), "86.75", []),
    # minutes and powers belong to their number
    (Sheet().text(100, 100, "08").text(109, 96.5, "30", size=6), "0830", []),
    (Sheet().text(100, 100, "08").text(109, 96.5, "3", size=6).text(112, 96.5, "0", size=6), "0830", []),
    (Sheet().text(100, 100, "3x10").text(118, 96.5, "2", size=6), "3x102", []),
    # a letter beside a small digit is not a mark of it
    (Sheet().text(100, 102, "2", size=6).text(103, 100, "k"), "2k", []),
    # a raised mark at a word is not a digit of a number
    (Sheet().text(100, 100, "คะแนน").text(125, 96.5, "1", size=6), "คะแนน1", []),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("sheet", "kept", "marks"), MARKS)
def test_a_raised_mark_is_not_a_digit_of_the_number(sheet, kept, marks, engine):
    document = read(sheet, engine=engine)
    assert seen(document) == [kept]
    assert [said for _, said in asides(document)] == marks
    assert flag_of(document, kept) == ("note_mark" if marks else "")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("turn", "at"), [(b"0 1 -1 0", b"100 100"), (b"0 -1 1 0", b"500 700"), (b"-1 0 0 -1", b"500 100")]
)
def test_a_page_drawn_sideways_is_read_upright(turn, at, engine):
    sheet = Sheet()
    said = ["บรรทัดแรกของรายงานผลการประเมิน", "บรรทัดที่สองของรายงานผลการประเมิน"]
    words = b" ".join(b"%s Tj 0 -20 Td" % sheet.string(line) for line in said)
    sheet.raw(b"BT /F 10 Tf %s %s Tm %s ET" % (turn, at, words))
    document = read(sheet, engine=engine)
    assert seen(document) == said
    assert [(page.width, page.height) for page in document.pages] == [(600, 800)]
    x, y = map(float, at.split())
    box = document.places[0].box
    assert box.x0 - 12 <= x <= box.x1 + 12
    assert box.top - 12 <= HEIGHT - y <= box.bottom + 12


# ---- form fields and annotations ------------------------------------------------------------


def annotated(*entries: bytes, sheet: Sheet | None = None, engine: str = "pdfium") -> Document:
    pdf = PdfBytes()
    numbers = [pdf.add(b"<</Type/Annot/F 4%s>>" % entry) for entry in entries]
    annots = b"/Annots[%s]" % b" ".join(b"%d 0 R" % number for number in numbers)
    sheet = sheet or Sheet().text(100, 100, "คะแนน")
    sheet.more += annots
    return read(sheet, pdf=pdf, engine=engine)


AT = b"/Rect[140 694 300 712]"
"""A place on the line of "คะแนน", to the right of it."""

FIELDS = [
    (b"/Subtype/Widget/FT/Tx/V%s" % utf16("๘๖.๗๕"), "๘๖.๗๕"),
    (b"/Subtype/Widget/FT/Tx/V(86.75)/DA(/Helv 9 Tf 0 g)", "86.75"),
    # the value belongs to the parent field
    (b"/Subtype/Widget/Parent<</FT/Tx/V(86.75)>>", "86.75"),
    (b"/Subtype/Widget/FT/Ch/V(a)/Opt[[(a)%s][(b)(B)]]" % utf16("กองคลัง"), "กองคลัง"),
    (b"/Subtype/Widget/FT/Ch/V%s" % utf16("กองช่าง"), "กองช่าง"),
    (b"/Subtype/Widget/FT/Btn/V/Yes/AS/Yes", "☑"),
    (b"/Subtype/Widget/FT/Btn/V/Off/AS/Off", "☐"),
    # a radio button of a group in which another one is chosen
    (b"/Subtype/Widget/AS/Off/Parent<</FT/Btn/Ff 32768/V/b>>", "☐"),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("field", "said"), FIELDS)
def test_a_form_field_is_read_at_its_place(field, said, engine):
    document = annotated(field + AT, engine=engine)
    assert seen(document) == [f"คะแนน {said}"]
    assert flag_of(document, f"คะแนน {said}") == "form_field"


SILENT = [
    b"/Subtype/Widget/FT/Tx" + AT,
    b"/Subtype/Widget/FT/Tx/Ff 8192/V(secret)" + AT,
    b"/Subtype/Widget/FT/Btn/Ff 65536/V(Submit)" + AT,
    b"/Subtype/Widget/FT/Tx/V(hidden)/F 2" + AT,
    b"/Subtype/Link/Contents(link)" + AT,
    b"/Subtype/Popup/Contents(window)" + AT,
]


@pytest.mark.parametrize("entry", SILENT)
def test_empty_hidden_and_password_fields_are_ignored(entry):
    document = annotated(entry)
    assert (seen(document), document.marks) == (["คะแนน"], ())


ANNOTATIONS = [
    (b"/Subtype/FreeText/Contents%s" % utf16("86.75"), ["คะแนน 86.75"], []),
    (b"/Subtype/Stamp/Contents(86.75)", ["คะแนน 86.75"], []),
    (b"/Subtype/Text/Contents%s" % utf16("ตรวจแล้ว 99.99"), ["คะแนน"], [("comment", "ตรวจแล้ว 99.99")]),
    (b"/Subtype/Highlight/QuadPoints[0 0 1 0 0 1 1 1]/Contents(?)", ["คะแนน"], [("comment", "?")]),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("entry", "kept", "apart"), ANNOTATIONS)
def test_typed_text_is_read_and_comments_become_asides(entry, kept, apart, engine):
    document = annotated(entry + AT, engine=engine)
    assert (seen(document), asides(document)) == (kept, apart)
    if not apart:
        assert flag_of(document, kept[0]) == "annotation"


def test_strikeout_annotations_strike_text_out():
    quads = b"/QuadPoints[99 707 126 707 99 697 126 697]"
    document = annotated(
        b"/Subtype/StrikeOut/Rect[99 697 126 707]" + quads, sheet=Sheet().text(100, 100, "81.00")
    )
    assert (seen(document), asides(document)) == ([], [("struck", "81.00")])


@pytest.mark.parametrize("engine", ENGINES)
def test_the_text_drawn_by_a_stamp_is_read(engine):
    pdf = PdfBytes()
    font = pdf.simple_font({ord("a"): "ก", ord("b"): "ข"})
    form = pdf.form(b"BT /F 10 Tf 2 4 Td (ab) Tj ET", b"/Font<</F %d 0 R>>" % font, box=b"[0 0 80 9]")
    stamp = pdf.add(b"<</Type/Annot/Subtype/Stamp/F 4/Rect[140 694 300 712]/AP<</N %d 0 R>>>>" % form)
    sheet = Sheet(b"/MediaBox[0 0 600 800]/Annots[%d 0 R]" % stamp).text(100, 100, "คะแนน")
    assert "กข" in "".join(seen(read(sheet, pdf=pdf, engine=engine))).replace(" ", "")


def test_a_box_laid_over_the_page_hides_what_lies_under_it():
    pdf = PdfBytes()
    form = pdf.form(b"1 g 0 0 60 25 re f", b"", box=b"[0 0 60 25]")
    square = pdf.add(b"<</Type/Annot/Subtype/Square/F 4/Rect[90 690 150 715]/AP<</N %d 0 R>>>>" % form)
    sheet = (
        Sheet(b"/MediaBox[0 0 600 800]/Annots[%d 0 R]" % square).text(100, 100, "เก่า").text(200, 100, "ใหม่")
    )
    assert seen(read(sheet, pdf=pdf)) == ["ใหม่"]


@pytest.mark.parametrize(
    "entry", [b"/Subtype/Widget/FT/Tx/V 7" + AT, b"/Subtype/FreeText/Contents(a)", b"/Rect[1]"]
)
def test_a_damaged_annotation_does_not_lose_the_page(entry):
    assert "คะแนน" in seen(annotated(entry))


# ---- what a PDF carries beside its pages ----------------------------------------------------


def test_attached_files_are_reported():
    pdf = PdfBytes()
    file = pdf.add(b"/Type/EmbeddedFile", b"x")
    spec = pdf.add(b"<</Type/Filespec/F(a.pdf)/UF%s/EF<</F %d 0 R>>>>" % (utf16("รายงาน.pdf"), file))
    pdf.catalog = b"/Names<</EmbeddedFiles<</Names[(a)%d 0 R]>>>>" % spec
    document = read(Sheet().text(100, 100, "ก"), pdf=pdf)
    assert codes(document) == ["attachment"]
    assert "«รายงาน.pdf»" in document.problems[0].message


@pytest.mark.parametrize(
    ("annots", "said"), [(b"", ["xfa"]), (b"/Annots[<</Subtype/Widget/FT/Tx/V(1)%s>>]" % AT, [])]
)
def test_a_dynamic_form_is_reported(annots, said):
    pdf = PdfBytes()
    form = pdf.add(b"", b"<xdp/>")
    pdf.catalog = b"/AcroForm<</Fields[]/XFA %d 0 R>>" % form
    assert codes(read(Sheet(b"/MediaBox[0 0 600 800]" + annots).text(100, 100, "ก"), pdf=pdf)) == said


# ---- pages that are pictures ----------------------------------------------------------------

OWN = "support.own_recognizer:Fixed"
SIGNED = "ลงนามด้วยลายมือชื่ออิเล็กทรอนิกส์ Scanned"


def picture(*, entries: bytes = b"", shade: bytes = b"\xff") -> tuple[PdfBytes, bytes]:
    """Return a PDF with a picture of one pixel, and the resources by which a page names it /I."""
    pdf = PdfBytes()
    head = b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    return pdf, b"/XObject<</I %d 0 R>>" % pdf.add(head + entries, shade)


def scanned(*, over: bool, lines: int = 1, size: bytes = b"600 0 0 800 0 0") -> bytes:
    """Return a page with a picture over or under lines of text."""
    pdf, resources = picture()
    sheet, draw = Sheet(resources=resources), b"q %s cm /I Do Q" % size
    sheet = sheet if over else sheet.raw(draw)
    sheet.lines(100, 300, [SIGNED] * lines)
    return pdf_of(sheet.raw(draw) if over else sheet, pdf=pdf).done()


def test_a_scan_with_a_drawn_line_is_read_and_the_line_kept_at_its_place():
    document = read_pdf(scanned(over=False), ocr=OWN)
    assert codes(document) == ["ocr"]
    assert seen(document) == [*LINES, SIGNED]
    (box,) = [place.box for place in document.places if document.text[slice(*place.span)] == SIGNED]
    assert (box.x0, box.bottom) == pytest.approx((100, 302), abs=1)


def test_drawn_content_is_not_passed_to_the_recognizer():
    read_pdf(scanned(over=False), ocr="support.own_recognizer:RecordsShade")
    assert (RecordsShade.asked, RecordsShade.darkest) == (1, 255)


def test_text_that_a_picture_covers_is_not_read():
    document = read_pdf(scanned(over=True, lines=20), ocr=OWN)
    assert seen(document) == LINES


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("masked", "kept"), [(False, 0), (True, 1)])
def test_a_transparent_picture_hides_nothing(masked, kept, engine):
    pdf, resources = picture(shade=b"\x00")
    image = max(pdf.objects)
    if masked:  # black on its own, which lets everything through
        pdf.objects[image] += b"/SMask %d 0 R" % pdf.add(pdf.objects[image], b"\x00")
    sheet = Sheet(resources=resources).text(100, 100, "เห็น")
    document = read(sheet.raw(b"q 100 0 0 40 90 680 cm /I Do Q"), pdf=pdf, engine=engine)
    assert len(seen(document)) == kept


REFUSED = [
    # a scan that was not recognized
    (scanned(over=False), "no_text_layer"),
    # a page of prose on a picture that may hold more text
    (scanned(over=False, lines=30), "image"),
    # a small picture is a seal
    (scanned(over=False, size=b"60 0 0 60 0 0"), "not_ita"),
]


@pytest.mark.parametrize(("data", "code"), REFUSED)
def test_a_file_with_an_unread_picture_is_not_rejected_as_not_a_report(data, code):
    with pytest.raises(UnreadableFileError) as refusal:
        read_bytes(data, "a.pdf", PdfOptions(ocr="off"))
    assert refusal.value.code == code
