"""The pdfminer engine: true text, places, rules, and what it says of files that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_bytes import ADVANCE, PdfBytes, utf16

from thaita.extract.readers.docx import read_docx
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.pdf_miner import MAX_SIDE, MinerEngine
from thaita.extract.readers.pdf_miner_device import MAX_CONTENT, MAX_DEPTH, UNKNOWN, decode_text_string
from thaita.extract.readers.pdf_page import Glyph, PageContent, Rule

REPORTS = Path(__file__).resolve().parents[2] / "shared" / "reports"
LETTERS = {ord(letter): letter for letter in "abcdefg "} | {
    ord("K"): "ก",
    ord("T"): "ท",
    ord("I"): "ี",
    ord("2"): "่",
}


def read(pdf: PdfBytes, password: str | None = None) -> list[PageContent]:
    return list(MinerEngine().pages(pdf.done(), password))


def one_page(content: bytes, more: bytes = b"/MediaBox[0 0 600 800]", resources: bytes = b"") -> PageContent:
    pdf = PdfBytes()
    font = pdf.simple_font(LETTERS)
    pdf.page(content, b"/Font<</F %d 0 R>>%s" % (font, resources), more)
    return read(pdf)[0]


def said(glyphs: Iterable[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs)


def corners(glyph: Glyph) -> tuple[int, int, int, int]:
    box = glyph.box
    return round(box.x0), round(box.top), round(box.x1), round(box.bottom)


def text(content: bytes, at: bytes = b"100 700") -> bytes:
    return b"BT /F 10 Tf %s Td %s ET\n" % (at, content)


SPAN = b"/Span<</ActualText%s>>BDC %s EMC "
SPANS = [
    # a cluster of two glyphs whose true text is three letters
    (SPAN % (utf16("ที่"), b"(TI)Tj"), ["ที่"]),
    # letters before and after keep their place in the stream
    (b"(a)Tj " + SPAN % (utf16("ที่"), b"(TI)Tj") + b"(b)Tj", ["a", "ที่", "b"]),
    # PDFDocEncoding where there is no mark
    (SPAN % (b"(caf\\351)", b"(a)Tj"), ["café"]),
    # UTF-8 with its mark (PDF 2.0)
    (SPAN % (b"<EFBBBFE0B881>", b"(a)Tj"), ["ก"]),
    # the language named within the string is no text
    (SPAN % (b"<FEFF001B00740068001B0E01>", b"(a)Tj"), ["ก"]),
    # said once, also where the glyphs stand in several strings
    (SPAN % (utf16("กำ"), b"(a)Tj (b)Tj [(c) -20 (d)]TJ"), ["กำ"]),
    # the outer one speaks for all in it
    (SPAN % (utf16("นอก"), b"(a)Tj " + SPAN % (utf16("ใน"), b"(b)Tj") + b"(c)Tj"), ["นอก"]),
    # an outer one without text leaves the word to the inner one
    (b"/P<</MCID 0>>BDC (a)Tj " + SPAN % (utf16("ใน"), b"(b)Tj") + b"(c)Tj EMC", ["a", "ใน", "c"]),
    # a sequence without properties closes by its own EMC, not by the span's
    (SPAN % (utf16("กก"), b"/Artifact BMC (a)Tj EMC (b)Tj") + b"(c)Tj", ["กก", "c"]),
    # a soft hyphen at a line's end says nothing
    (SPAN % (b"<FEFF>", b"(a)Tj") + b"(b)Tj", ["b"]),
    # where it says what is drawn, each letter keeps its own box
    (SPAN % (utf16("ab"), b"(ab)Tj"), ["a", "b"]),
    # no string: as if there were none
    (SPAN % (b" 12", b"(a)Tj"), ["a"]),
    # closed too often
    (b"EMC EMC (a)Tj", ["a"]),
    # never closed
    (b"/Span<</ActualText%s>>BDC (a)Tj" % utf16("กำ"), ["กำ"]),
    # nothing drawn: nothing to place
    (SPAN % (utf16("กำ"), b""), []),
    # properties by a name that is not there
    (b"/Span /Nowhere BDC (a)Tj EMC", ["a"]),
]


@pytest.mark.parametrize(("content", "expected"), SPANS)
def test_actual_text_is_said_once(content, expected):
    glyphs = one_page(text(content)).glyphs
    assert [glyph.text for glyph in glyphs] == expected
    assert [glyph.order for glyph in glyphs] == list(range(len(expected)))


def test_actual_text_by_name_stands_in_the_properties():
    pdf = PdfBytes()
    font, spans = pdf.simple_font(LETTERS), pdf.add(b"<</ActualText%s>>" % utf16("ที่"))
    content = text(b"/Span /MC0 BDC (TI)Tj EMC (a)Tj")
    pdf.page(content, b"/Font<</F %d 0 R>>/Properties<</MC0 %d 0 R>>" % (font, spans))
    assert said(read(pdf)[0].glyphs) == "ที่a"


def test_a_form_has_its_own_properties_and_its_open_spans_end_with_it():
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
    assert [corners(glyph) for glyph in one_page(content).glyphs] == [
        (100, 92, 105, 102),
        (105, 92, 120, 102),
    ]


def test_a_span_over_two_lines_is_said_to_be_doubtful():
    content = text(SPAN % (utf16("กข"), b"(a)Tj 0 -20 Td (b)Tj"))
    assert "more than one line" in one_page(content).problems[0]
    assert not one_page(text(SPAN % (utf16("กข"), b"(a)Tj 20 3 Td (b)Tj"))).problems


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x1b"), max_size=20))
@settings(max_examples=60)
def test_every_text_string_comes_back(string):
    assert decode_text_string(b"\xfe\xff" + string.encode("utf-16-be")) == string
    assert decode_text_string(b"\xff\xfe" + string.encode("utf-16-le")) == string


ROTATIONS = [
    # (rotation, size shown, box of the letter drawn with its foot at 100, 700 of a page of 600 × 800)
    (0, (600, 800), (100, 92, 105, 102)),
    (90, (800, 600), (698, 100, 708, 105)),
    (180, (600, 800), (495, 698, 500, 708)),
    (270, (800, 600), (92, 495, 102, 500)),
    (-90, (800, 600), (92, 495, 102, 500)),
    (450, (800, 600), (698, 100, 708, 105)),
]


@pytest.mark.parametrize(("turn", "size", "expected"), ROTATIONS)
def test_boxes_are_on_the_page_as_it_is_shown(turn, size, expected):
    page = one_page(text(b"(a)Tj"), b"/MediaBox[0 0 600 800]/Rotate %d" % turn)
    assert (page.width, page.height) == size
    assert corners(page.glyphs[0]) == expected
    assert page.glyphs[0].upright == (turn == 0)


UPRIGHT = [
    (b"1 0 0 1", True),
    # an italic made by shear
    (b"1 0 0.3 1", True),
    # a line that rises a little, as on a scan
    (b"1 0.05 -0.05 1", True),
    (b"0 1 -1 0", False),
    (b"0 -1 1 0", False),
    (b"-1 0 0 -1", False),
]


@pytest.mark.parametrize(("matrix", "expected"), UPRIGHT)
def test_turned_text_is_not_upright(matrix, expected):
    glyph = one_page(b"BT /F 10 Tf %s 300 400 Tm (a)Tj ET" % matrix).glyphs[0]
    assert glyph.upright is expected
    assert glyph.size == pytest.approx(10, abs=0.5)


def test_the_size_is_the_one_shown():
    content = b"0.5 0 0 -0.5 0 800 cm BT /F 12 Tf 2 0 0 -2 100 100 Tm (a)Tj ET"
    assert one_page(content).glyphs[0].size == pytest.approx(12)


BOXES = [
    # a page whose box does not start at 0
    b"/MediaBox[50 50 650 850]",
    # its corners given the other way round
    b"/MediaBox[650 850 50 50]",
    # only a part of the sheet is shown
    b"/MediaBox[0 0 1000 1000]/CropBox[50 50 650 850]",
    # a crop larger than the sheet shows the sheet
    b"/MediaBox[50 50 650 850]/CropBox[-100 -100 5000 5000]",
]


@pytest.mark.parametrize("boxes", BOXES)
def test_places_count_from_the_corner_that_is_shown(boxes):
    page = one_page(text(b"(a)Tj", b"150 750") + b"150 150 m 350 150 l S", boxes)
    assert (page.width, page.height) == (600, 800)
    assert corners(page.glyphs[0]) == (100, 92, 105, 102)
    assert page.rules == (Rule(100, 700, 300, 700),)


def test_a_form_stands_where_its_matrix_puts_it_and_moves_nothing_after_it():
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
    # a row cut by the page's end: what a browser leaves of the next page's letters
    (b"q 0 400 600 300 re W n " + text(b"(a)Tj", b"100 705") + b"Q " + text(b"(b)Tj", b"100 705"), "b"),
    (b"q 0 400 600 300 re W* n " + text(b"(a)Tj", b"100 600") + b"Q", "a"),
    # one clip within another
    (b"0 0 300 800 re W n 200 0 400 800 re W n " + text(b"(a)Tj") + text(b"(b)Tj", b"250 700"), "b"),
    # a path that clips may be painted as well
    (b"0 0 90 90 re W f " + text(b"(a)Tj"), ""),
    # asked for, with no path: no clip
    (b"W n " + text(b"(a)Tj"), "a"),
]


@pytest.mark.parametrize(("content", "expected"), CLIPS)
def test_what_a_clip_hides_is_not_visible(content, expected):
    assert said(glyph for glyph in one_page(content).glyphs if glyph.visible) == expected


INVISIBLE = [
    (text(b"3 Tr (a)Tj 0 Tr (b)Tj"), [False, True]),
    (text(b"7 Tr (a)Tj"), [False]),
    # stroked letters are letters
    (text(b"1 Tr (a)Tj 2 Tr (b)Tj"), [True, True]),
    # beside the page
    (text(b"(a)Tj", b"700 700"), [False]),
]


@pytest.mark.parametrize(("content", "expected"), INVISIBLE)
def test_text_without_ink_is_kept_as_invisible(content, expected):
    assert [glyph.visible for glyph in one_page(content).glyphs] == expected


BOLD = [
    # a string drawn twice, a little to the right
    (text(b"(ab)Tj") + text(b"(ab)Tj", b"100.4 700"), "ab"),
    # letter by letter
    (text(b"(a)Tj -4.6 0 Td (a)Tj"), "aa"),
    (text(b"(a)Tj 0.3 0 Td (a)Tj"), "a"),
    # doubled letters of a word stand side by side
    (text(b"(aab)Tj"), "aab"),
    # two spaces at one place are no letters, and both stay
    (text(b"( )Tj 0 0 Td ( )Tj"), "  "),
    # a cluster drawn twice
    (text(SPAN % (utf16("ที่"), b"(TI)Tj")) + text(SPAN % (utf16("ที่"), b"(TI)Tj"), b"100.3 700"), "ที่"),
    # the same letter below an invisible one of a text layer: both, one of them visible
    (text(b"3 Tr (a)Tj") + text(b"0 Tr (a)Tj"), "aa"),
]


@pytest.mark.parametrize(("content", "expected"), BOLD)
def test_letters_doubled_for_bold_are_said_once(content, expected):
    assert said(one_page(content).glyphs) == expected


RULES = [
    (b"100 700 m 300 700 l S", [Rule(100, 100, 300, 100)]),
    # as Chromium and Word draw borders
    (b"100 700 200 0.75 re f", [Rule(100, 99.625, 300, 99.625)]),
    (b"100 500 1 200 re f", [Rule(100.5, 100, 100.5, 300)]),
    # the old name of the operator
    (b"100 700 200 1 re F", [Rule(100, 99.5, 300, 99.5)]),
    # a cell's frame has four edges
    (
        b"100 600 200 100 re S",
        [
            Rule(100, 100, 300, 100),
            Rule(100, 200, 300, 200),
            Rule(100, 100, 100, 200),
            Rule(300, 100, 300, 200),
        ],
    ),
    # the joint of two borders
    (b"100 700 1 1 re f", []),
    # a shade without a frame, and paper
    (b"0.8 g 100 600 200 100 re f", []),
    (b"1 g 0 0 600 800 re f", []),
    # a short stroke, as in a drawn letter
    (b"100 700 m 102 700 l S", []),
    # a white line on a shade is a line
    (b"1 g 100 700 200 1 re f", [Rule(100, 99.5, 300, 99.5)]),
    # never painted
    (b"100 700 m 300 700 l n", []),
    # slanting
    (b"100 700 m 300 600 l S", []),
    # a frame with a round corner: the straight parts only
    (
        b"100 700 m 300 700 l 310 700 310 700 310 690 c 310 600 l S",
        [Rule(100, 100, 300, 100), Rule(310, 110, 310, 200)],
    ),
]


@pytest.mark.parametrize(("content", "expected"), RULES)
def test_rules_are_what_a_person_sees_as_lines(content, expected):
    assert set(one_page(content).rules) == set(expected)


def test_rules_turn_with_the_page():
    page = one_page(b"100 700 m 300 700 l S", b"/MediaBox[0 0 600 800]/Rotate 90")
    assert page.rules == (Rule(700, 100, 700, 300),)
    assert not page.rules[0].horizontal


def test_pictures_have_their_boxes():
    pdf = PdfBytes()
    head = b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
    picture = pdf.add(head, b"\0")
    pdf.page(b"q 200 0 0 100 50 600 cm /I Do Q", b"/XObject<</I %d 0 R>>" % picture)
    (box,) = read(pdf)[0].images
    assert (box.x0, box.top, box.x1, box.bottom) == (50, 100, 250, 200)


def test_a_glyph_that_says_nothing_is_unknown():
    pdf = PdfBytes()
    font = pdf.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font"
        b"/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>"
    )
    pdf.page(text(b"<0041>Tj"), b"/Font<</F %d 0 R>>" % font)
    assert said(read(pdf)[0].glyphs) == UNKNOWN


@pytest.mark.parametrize("nothing", ["\0", "\uffff"])
def test_a_font_table_may_name_no_character(nothing):
    pdf = PdfBytes()
    font = pdf.simple_font({ord("a"): nothing, ord("b"): "b"})
    pdf.page(text(b"(ab)Tj"), b"/Font<</F %d 0 R>>" % font)
    assert said(read(pdf)[0].glyphs) == UNKNOWN + "b"


def test_widths_and_fonts_are_kept():
    glyph = one_page(text(b"(a)Tj")).glyphs[0]
    assert glyph.box.x1 - glyph.box.x0 == pytest.approx(10 * ADVANCE / 1000)
    assert glyph.font == "ABCDEF+Test"


def whole() -> PdfBytes:
    pdf = PdfBytes()
    font = pdf.simple_font(LETTERS)
    for letter in (b"a", b"b", b"c"):
        pdf.page(text(b"(%s)Tj" % letter), b"/Font<</F %d 0 R>>" % font)
    return pdf


def test_pages_come_in_order():
    assert [(page.number, said(page.glyphs)) for page in read(whole())] == [(1, "a"), (2, "b"), (3, "c")]


UNREADABLE = [
    (b"", None, "empty"),
    (b"\0\0 \n", None, "empty"),
    (PdfBytes().done(), None, "empty"),
    (b"no PDF at all", None, "damaged"),
    (b"%PDF-1.7\n", None, "damaged"),
    (whole().done(b"secret"), None, "encrypted"),
    (whole().done(b"secret"), "wrong", "encrypted"),
]


@pytest.mark.parametrize(("data", "password", "code"), UNREADABLE)
def test_a_file_that_cannot_be_read_says_why(data, password, code):
    with pytest.raises(UnreadableFileError) as raised:
        list(MinerEngine().pages(data, password))
    assert raised.value.code == code
    assert str(raised.value).isprintable()


def test_the_password_opens_the_file():
    pages = MinerEngine().pages(whole().done(b"secret"), "secret")
    assert [said(page.glyphs) for page in pages] == ["a", "b", "c"]
    # an empty password asks nobody for anything
    assert said(next(MinerEngine().pages(whole().done(b""))).glyphs) == "a"


@given(st.integers(0, len(whole().done())))
@settings(max_examples=40, deadline=None)
def test_a_cut_file_gives_pages_or_says_why(length):
    try:
        outcome = len(list(MinerEngine().pages(whole().done()[:length])))
    except UnreadableFileError as error:
        outcome = error.code
    assert outcome in {1, 2, 3, "empty", "damaged"}


def test_a_page_that_fails_leaves_the_others():
    pdf = whole()
    stream = max(pdf.streams)
    pdf.objects[stream], pdf.streams[stream] = b"/Filter/NoSuchFilter", b"x"
    first, second, third = read(pdf)
    assert said((*first.glyphs, *second.glyphs)) == "ab"
    assert not third.glyphs
    assert "cannot be read" in third.problems[0]


def test_a_page_of_no_size_is_named():
    page = one_page(text(b"(a)Tj"), b"/MediaBox[0 0 %d 800]" % (MAX_SIDE + 1))
    assert not page.glyphs
    assert "no size of a page" in page.problems[0]


def test_forms_that_call_each_other_end():
    pdf = PdfBytes()
    font = pdf.simple_font(LETTERS)
    first = max(pdf.objects) + 1
    pdf.form(text(b"(a)Tj") + b"/X Do", b"/Font<</F %d 0 R>>/XObject<</X %d 0 R>>" % (font, first + 1))
    pdf.form(b"/X Do", b"/XObject<</X %d 0 R>>" % first)
    pdf.page(b"/X Do", b"/XObject<</X %d 0 R>>" % first)
    assert said(read(pdf)[0].glyphs) == "a"


def test_forms_nested_too_deep_are_named():
    pdf = PdfBytes()
    inner = pdf.form(b"", b"")
    for _ in range(MAX_DEPTH + 1):
        inner = pdf.form(b"/X Do", b"/XObject<</X %d 0 R>>" % inner)
    pdf.page(b"/X Do", b"/XObject<</X %d 0 R>>" % inner)
    assert "deep" in read(pdf)[0].problems[0]


def test_endless_content_is_named():
    pdf = PdfBytes()
    pdf.page(b"q Q " * (MAX_CONTENT // 4 + 1), b"")
    form = pdf.form(b" " * (MAX_CONTENT // 2 + 1), b"")
    # not long in itself, but drawn again and again
    pdf.page(b"/X Do /X Do", b"/XObject<</X %d 0 R>>" % form)
    for page in read(pdf):
        assert "bytes of drawing operators" in page.problems[0]


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def lines(pages: Iterable[PageContent]) -> list[str]:
    """Return the visible text in stream order, parted where the next glyph is not beside the last."""
    parts: list[str] = []
    for page in pages:
        last = None
        for glyph in (glyph for glyph in page.glyphs if glyph.visible):
            beside = last is not None and abs(glyph.box.bottom - last.box.bottom) <= 1
            if last is None or not beside or not -1 <= glyph.box.x0 - last.box.x1 <= glyph.size:
                parts.append("")
            parts[-1] += glyph.text
            last = glyph
    return [line for line in map(squeezed, parts) if line]


FOREIGN_GLYPH = "\u0eb0"
"""A Lao vowel that one report has for a Thai one: LibreOffice draws it last, from another font."""


SMALLEST = sorted(
    (path for producer in ("word", "browser") for path in (REPORTS / producer).glob("*.pdf")),
    key=lambda path: path.stat().st_size,
)[:4]
"""Not all of them: pdfminer reads some twenty pages a second."""


@pytest.mark.skipif(not SMALLEST, reason="the real reports are not here")
@pytest.mark.parametrize("path", SMALLEST, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_letter_of_a_real_report_is_right(path):
    """Each line drawn stands in the report, and each letter of the report on some line.

    The order of whole lines is not compared: rows cut by a page and repeated headings move them.
    """
    truth = squeezed(read_docx((REPORTS / "docx" / f"{path.stem}.docx").read_bytes()).text)
    truth = truth.replace(FOREIGN_GLYPH, "")
    covered = bytearray(len(truth))
    wrong = []
    for line in lines(MinerEngine().pages(path.read_bytes())):
        words = line.replace(FOREIGN_GLYPH, "")
        starts = [match.start() for match in re.finditer(re.escape(words), truth)] if words else []
        for start in starts:
            covered[start : start + len(words)] = b"\1" * len(words)
        wrong += [words] if words and not starts else []
    assert (wrong, covered.count(0)) == ([], 0)
