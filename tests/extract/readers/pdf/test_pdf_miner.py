"""The pdfminer engine on small pages: actual text once, displayed positions, rules, invisible text."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.pdf_bytes import ADVANCE, LETTERS, PdfBytes, one_page, text, utf16

from thaita.extract.readers.page.content import Glyph, PageContent, Rule
from thaita.extract.readers.pdf.pdfminer_device import UNKNOWN
from thaita.extract.readers.pdf.pdfminer_drawing import decode_text_string
from thaita.extract.readers.pdf.pdfminer_pages import PdfminerEngine


def read(pdf: PdfBytes, password: str | None = None) -> list[PageContent]:
    return list(PdfminerEngine().pages(pdf.done(), password))


def only(content: bytes, more: bytes = b"/MediaBox[0 0 600 800]") -> PageContent:
    (page,) = read(one_page(content, more))
    return page


def said(glyphs: Iterable[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs)


def corners(glyph: Glyph) -> tuple[int, int, int, int]:
    box = glyph.box
    return round(box.x0), round(box.top), round(box.x1), round(box.bottom)


SPAN = b"/Span<</ActualText%s>>BDC %s EMC "
SPANS = [
    # a cluster of two glyphs whose actual text is three letters
    (SPAN % (utf16("ที่"), b"(TI)Tj"), ["ที่"]),
    # letters before and after keep their place in the stream
    (b"(a)Tj " + SPAN % (utf16("ที่"), b"(TI)Tj") + b"(b)Tj", ["a", "ที่", "b"]),
    # PDFDocEncoding without a byte order mark
    (SPAN % (b"(caf\\351)", b"(a)Tj"), ["café"]),
    # UTF-8 with a byte order mark (PDF 2.0)
    (SPAN % (b"<EFBBBFE0B881>", b"(a)Tj"), ["ก"]),
    # a language code in the string is not text
    (SPAN % (b"<FEFF001B00740068001B0E01>", b"(a)Tj"), ["ก"]),
    # used once, also if the glyphs are in several strings
    (SPAN % (utf16("กำ"), b"(a)Tj (b)Tj [(c) -20 (d)]TJ"), ["กำ"]),
    # the outer one replaces all text inside it
    (SPAN % (utf16("นอก"), b"(a)Tj " + SPAN % (utf16("ใน"), b"(b)Tj") + b"(c)Tj"), ["นอก"]),
    # an outer one without text leaves the text to the inner one
    (b"/P<</MCID 0>>BDC (a)Tj " + SPAN % (utf16("ใน"), b"(b)Tj") + b"(c)Tj EMC", ["a", "ใน", "c"]),
    # a sequence without properties closes by its own EMC, not by the span's
    (SPAN % (utf16("กก"), b"/Artifact BMC (a)Tj EMC (b)Tj") + b"(c)Tj", ["กก", "c"]),
    # a soft hyphen at a line's end is empty
    (SPAN % (b"<FEFF>", b"(a)Tj") + b"(b)Tj", ["b"]),
    # if it equals the drawn text, each letter keeps its own box
    (SPAN % (utf16("ab"), b"(ab)Tj"), ["a", "b"]),
    # not a string: ignored
    (SPAN % (b" 12", b"(a)Tj"), ["a"]),
    # closed too often
    (b"EMC EMC (a)Tj", ["a"]),
    # never closed
    (b"/Span<</ActualText%s>>BDC (a)Tj" % utf16("กำ"), ["กำ"]),
    # nothing drawn: nothing to place
    (SPAN % (utf16("กำ"), b""), []),
    # properties under a missing name
    (b"/Span /Nowhere BDC (a)Tj EMC", ["a"]),
]


@pytest.mark.parametrize(("content", "expected"), SPANS)
def test_actual_text_is_used_once(content, expected):
    glyphs = only(text(content)).glyphs
    assert [glyph.text for glyph in glyphs] == expected
    assert [glyph.order for glyph in glyphs] == list(range(len(expected)))


def test_named_actual_text_is_found_in_the_properties():
    pdf = PdfBytes()
    font, spans = pdf.simple_font(LETTERS), pdf.add(b"<</ActualText%s>>" % utf16("ที่"))
    content = text(b"/Span /MC0 BDC (TI)Tj EMC (a)Tj")
    pdf.page(content, b"/Font<</F %d 0 R>>/Properties<</MC0 %d 0 R>>" % (font, spans))
    assert said(read(pdf)[0].glyphs) == "ที่a"


def test_a_form_has_its_own_properties_and_closes_its_spans():
    pdf = PdfBytes()
    font = pdf.simple_font(LETTERS)
    form = pdf.form(
        text(b"/Span /MC0 BDC (TI)Tj"),
        b"/Font<</F %d 0 R>>/Properties<</MC0<</ActualText%s>>>>" % (font, utf16("ที่")),
    )
    resources = b"/Font<</F %d 0 R>>/XObject<</X %d 0 R>>/Properties<</MC0<</ActualText%s>>>>"
    pdf.page(b"/X Do " + text(b"(a)Tj", b"100 600"), resources % (font, form, utf16("ผิด")))
    assert said(read(pdf)[0].glyphs) == "ที่a"


def test_a_span_covers_all_its_glyphs():
    content = text(b"(a)Tj " + SPAN % (utf16("ที่นี่"), b"(TIK)Tj"))
    assert [corners(glyph) for glyph in only(content).glyphs] == [
        (100, 92, 105, 102),
        (105, 92, 120, 102),
    ]


def test_a_span_over_two_lines_is_reported():
    content = text(SPAN % (utf16("กข"), b"(a)Tj 0 -20 Td (b)Tj"))
    assert "span several lines" in only(content).problems[0]
    assert not only(text(SPAN % (utf16("กข"), b"(a)Tj 20 3 Td (b)Tj"))).problems


def test_a_span_without_an_end_is_reported():
    assert "not closed" in only(text(b"/Span<</ActualText%s>>BDC (a)Tj" % utf16("กำ"))).problems[0]
    # without its own text it changes nothing
    assert not only(text(b"/P<</MCID 0>>BDC (a)Tj")).problems


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x1b"), max_size=20))
@settings(max_examples=60)
def test_every_text_string_is_decoded(string):
    assert decode_text_string(b"\xfe\xff" + string.encode("utf-16-be")) == string
    assert decode_text_string(b"\xff\xfe" + string.encode("utf-16-le")) == string


ROTATIONS = [
    # (rotation, displayed size, box of the letter drawn with its foot at 100, 700 of a page of 600 × 800)
    (0, (600, 800), (100, 92, 105, 102)),
    (90, (800, 600), (698, 100, 708, 105)),
    (180, (600, 800), (495, 698, 500, 708)),
    (270, (800, 600), (92, 495, 102, 500)),
    (-90, (800, 600), (92, 495, 102, 500)),
    (450, (800, 600), (698, 100, 708, 105)),
]


@pytest.mark.parametrize(("turn", "size", "expected"), ROTATIONS)
def test_boxes_refer_to_the_displayed_page(turn, size, expected):
    page = only(text(b"(a)Tj"), b"/MediaBox[0 0 600 800]/Rotate %d" % turn)
    assert (page.width, page.height) == size
    assert corners(page.glyphs[0]) == expected
    assert page.glyphs[0].upright == (turn == 0)


UPRIGHT = [
    (b"1 0 0 1", True),
    # an italic made by shear
    (b"1 0 0.3 1", True),
    # a line that rises slightly, as on a scan
    (b"1 0.05 -0.05 1", True),
    (b"0 1 -1 0", False),
    (b"0 -1 1 0", False),
    (b"-1 0 0 -1", False),
    # mirrored
    (b"1 0 0 -1", False),
    (b"-1 0 0 1", False),
]


@pytest.mark.parametrize(("matrix", "expected"), UPRIGHT)
def test_rotated_text_is_not_upright(matrix, expected):
    glyph = only(b"BT /F 10 Tf %s 300 400 Tm (a)Tj ET" % matrix).glyphs[0]
    assert glyph.upright is expected
    assert glyph.size == pytest.approx(10, abs=0.5)


def test_the_size_is_the_displayed_size():
    content = b"0.5 0 0 -0.5 0 800 cm BT /F 12 Tf 2 0 0 -2 100 100 Tm (a)Tj ET"
    assert only(content).glyphs[0].size == pytest.approx(12)


BOXES = [
    # a page whose box does not start at 0
    b"/MediaBox[50 50 650 850]",
    # its corners in reverse order
    b"/MediaBox[650 850 50 50]",
    # only a part of the sheet is displayed
    b"/MediaBox[0 0 1000 1000]/CropBox[50 50 650 850]",
    # a crop box larger than the sheet displays the sheet
    b"/MediaBox[50 50 650 850]/CropBox[-100 -100 5000 5000]",
]


@pytest.mark.parametrize("boxes", BOXES)
def test_positions_are_measured_from_the_displayed_corner(boxes):
    page = only(text(b"(a)Tj", b"150 750") + b"150 150 m 350 150 l S", boxes)
    assert (page.width, page.height) == (600, 800)
    assert corners(page.glyphs[0]) == (100, 92, 105, 102)
    assert page.rules == (Rule(100, 700, 300, 700),)


def test_a_form_matrix_applies_to_its_form_only():
    pdf = PdfBytes()
    font = pdf.simple_font(LETTERS)
    form = pdf.form(
        text(b"(a)Tj", b"0 0") + b"0 0 m 50 0 l S", b"/Font<</F %d 0 R>>" % font, b"[2 0 0 2 10 20]"
    )
    resources = b"/Font<</F %d 0 R>>/XObject<</X %d 0 R>>" % (font, form)
    pdf.page(b"1 0 0 1 100 100 cm /X Do " + text(b"(b)Tj", b"0 0"), resources)
    page = read(pdf)[0]
    assert [corners(glyph) for glyph in page.glyphs] == [(110, 664, 120, 684), (100, 692, 105, 702)]
    assert page.rules == (Rule(110, 680, 210, 680),)


CLIPS = [
    # a row cut by the page's end, as browsers leave it
    (b"q 0 400 600 300 re W n " + text(b"(a)Tj", b"100 705") + b"Q " + text(b"(b)Tj", b"100 705"), "b"),
    (b"q 0 400 600 300 re W* n " + text(b"(a)Tj", b"100 600") + b"Q", "a"),
    # one clip within another
    (b"0 0 300 800 re W n 200 0 400 800 re W n " + text(b"(a)Tj") + text(b"(b)Tj", b"250 700"), "b"),
    # a path that clips may be painted as well
    (b"0 0 90 90 re W f " + text(b"(a)Tj"), ""),
    # requested without a path: no clip
    (b"W n " + text(b"(a)Tj"), "a"),
]


@pytest.mark.parametrize(("content", "expected"), CLIPS)
def test_clipped_text_is_not_visible(content, expected):
    assert said(glyph for glyph in only(content).glyphs if glyph.visible) == expected


def test_a_form_is_clipped_to_its_box_and_what_follows_is_not():
    pdf = PdfBytes()
    font = pdf.simple_font(LETTERS)
    drawn = text(b"(a)Tj", b"10 10") + text(b"(b)Tj", b"10 300")
    form = pdf.form(drawn, b"/Font<</F %d 0 R>>" % font, box=b"[0 0 100 100]")
    resources = b"/Font<</F %d 0 R>>/XObject<</X %d 0 R>>" % (font, form)
    pdf.page(b"1 0 0 1 50 50 cm /X Do " + text(b"(c)Tj", b"10 300"), resources)
    assert [(glyph.text, glyph.visible) for glyph in read(pdf)[0].glyphs] == [
        ("a", True),
        ("b", False),
        ("c", True),
    ]


INVISIBLE = [
    (text(b"3 Tr (a)Tj 0 Tr (b)Tj"), [False, True]),
    (text(b"7 Tr (a)Tj"), [False]),
    # stroked letters are letters
    (text(b"1 Tr (a)Tj 2 Tr (b)Tj"), [True, True]),
    # beside the page
    (text(b"(a)Tj", b"700 700"), [False]),
]


@pytest.mark.parametrize(("content", "expected"), INVISIBLE)
def test_invisible_text_is_kept_and_marked(content, expected):
    assert [glyph.visible for glyph in only(content).glyphs] == expected


BOLD = [
    # a string drawn twice, a little to the right
    (text(b"(ab)Tj") + text(b"(ab)Tj", b"100.4 700"), "ab"),
    # letter by letter
    (text(b"(a)Tj -4.6 0 Td (a)Tj"), "aa"),
    (text(b"(a)Tj 0.3 0 Td (a)Tj"), "a"),
    # doubled letters of a word are side by side
    (text(b"(aab)Tj"), "aab"),
    # a letter just above the same letter, as in a fraction of small print
    (text(b"(a)Tj") + text(b"(a)Tj", b"100 701.5"), "aa"),
    # two spaces at one place are not letters, and both stay
    (text(b"( )Tj 0 0 Td ( )Tj"), "  "),
    # a cluster drawn twice
    (text(SPAN % (utf16("ที่"), b"(TI)Tj")) + text(SPAN % (utf16("ที่"), b"(TI)Tj"), b"100.3 700"), "ที่"),
    # the same letter below an invisible one of a text layer: both stay, one of them visible
    (text(b"3 Tr (a)Tj") + text(b"0 Tr (a)Tj"), "aa"),
]


@pytest.mark.parametrize(("content", "expected"), BOLD)
def test_letters_doubled_for_bold_are_read_once(content, expected):
    assert said(only(content).glyphs) == expected


def test_a_glyph_without_a_character_is_unknown():
    pdf = PdfBytes()
    font = pdf.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font"
        b"/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>"
    )
    pdf.page(text(b"<0041>Tj"), b"/Font<</F %d 0 R>>" % font)
    assert said(read(pdf)[0].glyphs) == UNKNOWN


@pytest.mark.parametrize("nothing", ["\0", "\uffff"])
def test_a_font_table_without_characters_is_accepted(nothing):
    pdf = PdfBytes()
    font = pdf.simple_font({ord("a"): nothing, ord("b"): "b"})
    pdf.page(text(b"(ab)Tj"), b"/Font<</F %d 0 R>>" % font)
    assert said(read(pdf)[0].glyphs) == UNKNOWN + "b"


def test_widths_and_fonts_are_kept():
    glyph = only(text(b"(a)Tj")).glyphs[0]
    assert glyph.box.x1 - glyph.box.x0 == pytest.approx(10 * ADVANCE / 1000)
    assert glyph.font == "ABCDEF+Test"
