"""Ruling lines and pictures by the pdfminer engine."""

from __future__ import annotations

import pytest
from support.pdf_bytes import PdfBytes, one_page

from thaita.extract.readers.page.content import PageContent, Rule
from thaita.extract.readers.pdf.pdfminer_pages import PdfminerEngine


def read(pdf: PdfBytes) -> list[PageContent]:
    return list(PdfminerEngine().pages(pdf.done()))


def only(content: bytes, more: bytes = b"/MediaBox[0 0 600 800]") -> PageContent:
    (page,) = read(one_page(content, more))
    return page


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
    # a bow whose ends are level
    (b"100 700 m 150 750 250 750 300 700 c S", []),
    # a frame with a round corner: the straight parts only
    (
        b"100 700 m 300 700 l 310 700 310 700 310 690 c 310 600 l S",
        [Rule(100, 100, 300, 100), Rule(310, 110, 310, 200)],
    ),
]


@pytest.mark.parametrize(("content", "expected"), RULES)
def test_visible_lines_are_ruling_lines(content, expected):
    assert set(only(content).rules) == set(expected)


def test_ruling_lines_rotate_with_the_page():
    page = only(b"100 700 m 300 700 l S", b"/MediaBox[0 0 600 800]/Rotate 90")
    assert page.rules == (Rule(700, 100, 700, 300),)
    assert not page.rules[0].horizontal


def test_pictures_have_their_boxes():
    pdf = PdfBytes()
    head = b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
    picture = pdf.add(head, b"\0")
    pdf.page(b"q 200 0 0 100 50 600 cm /I Do Q", b"/XObject<</I %d 0 R>>" % picture)
    (box,) = read(pdf)[0].images
    assert (box.x0, box.top, box.x1, box.bottom) == (50, 100, 250, 200)
