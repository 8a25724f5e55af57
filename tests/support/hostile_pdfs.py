"""Malicious PDFs: endless or excessive pages, forms and marks."""

from __future__ import annotations

import re
from collections.abc import Callable

from support.make_pdf import Sheet, pdf_of
from support.pdf_bytes import LETTERS, PdfBytes, one_page

ITA = {ord(letter): letter for letter in "ITA 2568"}
SHOWN = b"BT /F 10 Tf 100 700 Td (ITA 2568) Tj ET\n"


def good() -> bytes:
    """Return a report of three pages about an assessment."""
    return pdf_of(*(Sheet().lines(100, 100, ["ITA 2568", "1. คะแนน"]) for _ in range(3))).done()


def page(content: bytes, more: bytes = b"/MediaBox[0 0 600 800]", resources: bytes = b"") -> bytes:
    """Return a PDF of one page with the text ITA 2568 before its other content."""
    pdf = PdfBytes()
    font = pdf.simple_font(ITA)
    pdf.page(SHOWN + content, b"/Font<</F %d 0 R>>%s" % (font, resources), more)
    return pdf.done()


def boxed(size: bytes) -> bytes:
    return page(b"", b"/MediaBox[0 0 %s %s]" % (size, size))


def many_pages(count: int) -> bytes:
    pdf = PdfBytes()
    font = pdf.simple_font(ITA)
    for _ in range(count):
        pdf.page(SHOWN, b"/Font<</F %d 0 R>>" % font)
    return pdf.done()


def circular_tree() -> bytes:
    """Return a PDF with one page and a branch of the page tree that contains the root."""
    pdf = one_page(b"")
    fonts = b"/Font<</F %d 0 R>>" % pdf.simple_font(ITA)
    pdf.kids = [pdf.page(SHOWN, fonts), pdf.add(b"<</Type/Pages/Parent 2 0 R/Count 1/Kids[2 0 R]>>")]
    return pdf.done()


def nested_forms(depth: int, fan: int = 1) -> bytes:
    """Return a PDF of nested forms; each draws the inner one `fan` times."""
    pdf = PdfBytes()
    font = pdf.simple_font(ITA)
    fonts = b"/Font<</F %d 0 R>>" % font
    form = pdf.form(SHOWN, fonts)
    for _ in range(depth):
        form = pdf.form(b"/X Do " * fan, b"/XObject<</X %d 0 R>>" % form)
    pdf.page(SHOWN + b"/X Do", b"%s/XObject<</X %d 0 R>>" % (fonts, form))
    return pdf.done()


def form_in_itself(times: int = 1) -> bytes:
    pdf = PdfBytes()
    fonts = b"/Font<</F %d 0 R>>" % pdf.simple_font(ITA)
    itself = b"%s/XObject<</X %d 0 R>>" % (fonts, max(pdf.objects) + 1)
    pdf.form(b"/X Do " * times, itself)
    pdf.page(SHOWN + b"/X Do", itself)
    return pdf.done()


def font_of(resources: bytes) -> bytes:
    """Return a PDF whose font is missing."""
    pdf = PdfBytes()
    pdf.page(SHOWN, resources)
    return pdf.done()


def wrong_offsets() -> bytes:
    """Return a PDF whose cross-reference table has a wrong offset for every object."""
    return re.sub(rb"\d{10} 00000 n", b"0000000007 00000 n", good())


def circular_xref() -> bytes:
    """Return a PDF whose cross-reference table refers to itself as the previous one."""
    data = good()
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % data.rindex(b"xref\n0"))


def locked() -> bytes:
    pdf = one_page(b"BT /F 10 Tf 100 700 Td (abc) Tj ET")
    return pdf.done(b"secret")


def lines(count: int) -> bytes:
    """Return a PDF of one page with tiny lines, each at a different place."""
    drawn = (b"%d %d m %d %d l S\n" % (i % 600, i // 600, i % 600 + 1, i // 600) for i in range(count))
    return page(b"".join(drawn))


def no_pages() -> bytes:
    pdf = PdfBytes()
    pdf.simple_font(LETTERS)
    return pdf.done()


ENDLESS: dict[str, Callable[[], bytes]] = {
    "forms drawn twice, 30 deep": lambda: nested_forms(30, 2),
    "form twice in itself": lambda: form_in_itself(2),
    "marks never closed": lambda: page(b"/Span<</ActualText(a)>>BDC " * 2_000_000),
}
