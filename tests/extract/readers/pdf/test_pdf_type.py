"""What type and shapes say in a PDF: bold lines, pale lines, bullets drawn without letters."""

import pytest
from support.make_docx import docx, p, r, t
from support.make_pdf import Sheet, pdf_of

from thaita.extract.readers.docx.reader import read_docx
from thaita.extract.readers.pdf.reader import read_pdf
from thaita.models.document import Document, Paragraph

BOLD = b"2 Tr 0.4 w %s 0 Tr"
"""Type filled and stroked, as Chromium and Word make plain type bold."""


def read(sheet: Sheet, engine: str = "pdfium") -> Document:
    return read_pdf(pdf_of(sheet).done(), engine=engine)


def lines(document: Document) -> list[str]:
    return [block.text.chars for block in document.blocks if isinstance(block, Paragraph)]


def bold(sheet: Sheet, x: float, y: float, chars: str) -> Sheet:
    operators, sheet.operators = sheet.operators, []
    drawn = sheet.text(x, y, chars).operators[0]
    sheet.operators = [*operators, BOLD % drawn]
    return sheet


def test_a_bold_line_is_no_part_of_the_plain_line_above():
    full = "ก" * 96  # leaves no room for a word on its line
    plain = Sheet().text(60, 100, full).text(60, 114, "ข" * 20)
    assert lines(read(plain)) == [full + "ข" * 20]
    title = bold(Sheet().text(60, 100, full), 60, 114, "ข" * 20)
    assert lines(read(title)) == [full, "ข" * 20]
    assert [block.bold for block in read(title).blocks if isinstance(block, Paragraph)] == [False, True]


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_a_drawn_square_before_text_is_a_bullet(engine):
    sheet = Sheet().text(60, 100, "ก" * 20)
    for y in (128, 142):
        sheet = sheet.fill(66, y - 6, 70, y - 2, 0).text(78, y, "ข" * 12)
    sheet = sheet.fill(66, 164, 70, 168, 0)  # a square beside no text
    assert lines(read(sheet, engine)) == ["ก" * 20, "•" + " " + "ข" * 12, "•" + " " + "ข" * 12]


def test_a_square_that_touches_the_text_before_it_is_none():
    sheet = Sheet().text(60, 100, "ก" * 4).fill(80.5, 94, 84.5, 98, 0).text(92, 100, "ข" * 12)
    assert "•" not in read(sheet).text


def test_a_bold_paragraph_of_word_is_known():
    document = read_docx(
        docx(p(r(t("จุดแข็ง"), "<w:bCs/>")), p(r(t("จุด"), "<w:b/>") + r(t("แข็ง"))), p(r(t("จุดแข็ง"))))
    )
    assert [block.bold for block in document.blocks if isinstance(block, Paragraph)] == [True, False, False]
