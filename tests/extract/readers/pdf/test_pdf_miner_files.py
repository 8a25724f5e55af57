"""Whole files with the pdfminer engine: order, rejections, malicious files, and real reports."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.paths import SHARED
from support.pdf_bytes import LETTERS, PdfBytes, one_page, text, three_pages

from thaita.extract.readers.docx.reader import read_docx
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.page.content import Glyph, PageContent
from thaita.extract.readers.pdf.pdfminer_device import MAX_CONTENT, MAX_DEPTH
from thaita.extract.readers.pdf.pdfminer_pages import MAX_SIDE, PdfminerEngine

REPORTS = SHARED / "reports"


def read(pdf: PdfBytes, password: str | None = None) -> list[PageContent]:
    return list(PdfminerEngine().pages(pdf.done(), password))


def said(glyphs: Iterable[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs)


def test_pages_come_in_order():
    assert [(page.number, said(page.glyphs)) for page in read(three_pages())] == [
        (1, "a"),
        (2, "b"),
        (3, "c"),
    ]


UNREADABLE = [
    (b"", None, "empty"),
    (b"\0\0 \n", None, "empty"),
    (PdfBytes().done(), None, "empty"),
    (b"no PDF at all", None, "damaged"),
    (b"%PDF-1.7\n", None, "damaged"),
    (three_pages().done(b"secret"), None, "encrypted"),
    (three_pages().done(b"secret"), "wrong", "encrypted"),
]


@pytest.mark.parametrize(("data", "password", "code"), UNREADABLE)
def test_an_unreadable_file_is_rejected_with_a_reason(data, password, code):
    with pytest.raises(UnreadableFileError) as raised:
        list(PdfminerEngine().pages(data, password))
    assert raised.value.code == code
    assert str(raised.value).isprintable()


def test_the_password_opens_the_file():
    pages = PdfminerEngine().pages(three_pages().done(b"secret"), "secret")
    assert [said(page.glyphs) for page in pages] == ["a", "b", "c"]
    # an empty password needs no input
    assert said(next(PdfminerEngine().pages(three_pages().done(b""))).glyphs) == "a"


@given(st.integers(0, len(three_pages().done())))
@settings(max_examples=40, deadline=None)
def test_a_truncated_file_yields_pages_or_a_reason(length):
    try:
        outcome = len(list(PdfminerEngine().pages(three_pages().done()[:length])))
    except UnreadableFileError as error:
        outcome = error.code
    assert outcome in {1, 2, 3, "empty", "damaged"}


def test_a_failing_page_does_not_affect_the_others():
    pdf = three_pages()
    stream = max(pdf.streams)
    pdf.objects[stream], pdf.streams[stream] = b"/Filter/NoSuchFilter", b"x"
    first, second, third = read(pdf)
    assert said((*first.glyphs, *second.glyphs)) == "ab"
    assert not third.glyphs
    assert "cannot be read" in third.problems[0]


def test_a_page_without_a_valid_size_is_reported():
    page = read(one_page(text(b"(a)Tj"), b"/MediaBox[0 0 %d 800]" % (MAX_SIDE + 1)))[0]
    assert not page.glyphs
    assert "not a valid page size" in page.problems[0]


def test_recursive_forms_terminate():
    pdf = PdfBytes()
    font = pdf.simple_font(LETTERS)
    first = max(pdf.objects) + 1
    pdf.form(text(b"(a)Tj") + b"/X Do", b"/Font<</F %d 0 R>>/XObject<</X %d 0 R>>" % (font, first + 1))
    pdf.form(b"/X Do", b"/XObject<</X %d 0 R>>" % first)
    pdf.page(b"/X Do", b"/XObject<</X %d 0 R>>" % first)
    assert said(read(pdf)[0].glyphs) == "a"


def test_forms_nested_too_deeply_are_reported():
    pdf = PdfBytes()
    inner = pdf.form(b"", b"")
    for _ in range(MAX_DEPTH + 1):
        inner = pdf.form(b"/X Do", b"/XObject<</X %d 0 R>>" % inner)
    pdf.page(b"/X Do", b"/XObject<</X %d 0 R>>" % inner)
    assert "deep" in read(pdf)[0].problems[0]


def test_endless_content_is_reported():
    pdf = PdfBytes()
    pdf.page(b"q Q " * (MAX_CONTENT // 4 + 1), b"")
    form = pdf.form(b" " * (MAX_CONTENT // 2 + 1), b"")
    # not long in itself, but drawn repeatedly
    pdf.page(b"/X Do /X Do", b"/XObject<</X %d 0 R>>" % form)
    for page in read(pdf):
        assert "bytes of drawing operators" in page.problems[0]


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def lines(pages: Iterable[PageContent]) -> list[str]:
    """Return the visible text in stream order, split where the next glyph is not beside the previous one."""
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
"""A Lao vowel in place of a Thai one in one report: LibreOffice draws it last, from another font."""


SMALLEST = sorted(
    (path for producer in ("word", "browser") for path in (REPORTS / producer).glob("*.pdf")),
    key=lambda path: path.stat().st_size,
)[:4]
"""Not all of them: pdfminer reads about twenty pages a second."""


@pytest.mark.skipif(not SMALLEST, reason="the real reports are not here")
@pytest.mark.parametrize("path", SMALLEST, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_letter_of_a_real_report_is_right(path):
    """Each drawn line occurs in the report, and each letter of the report in some line.

    The order of whole lines is not compared, because rows cut by a page and repeated headings change it.
    """
    truth = squeezed(read_docx((REPORTS / "docx" / f"{path.stem}.docx").read_bytes()).text)
    truth = truth.replace(FOREIGN_GLYPH, "")
    covered = bytearray(len(truth))
    wrong = []
    for line in lines(PdfminerEngine().pages(path.read_bytes())):
        words = line.replace(FOREIGN_GLYPH, "")
        starts = [match.start() for match in re.finditer(re.escape(words), truth)] if words else []
        for start in starts:
            covered[start : start + len(words)] = b"\1" * len(words)
        wrong += [words] if words and not starts else []
    assert (wrong, covered.count(0)) == ([], 0)
