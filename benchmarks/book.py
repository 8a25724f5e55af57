"""Books for typesetting: paragraphs and tables as HTML and Word files, with the expected cell texts.

A book is made from a sample report (`sample`), from a generated report of any length (`long_report`), or from
words that are hard to extract (`hard_text`).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import chain, cycle, islice
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from thaita.extract.readers.docx.reader import read_docx
from thaita.models.document import Cell, Paragraph, Table
from thaita.models.source_text import SourceText

SAMPLES = Path(__file__).resolve().parent.parent / "corpus" / "samples"
TABLE_ROWS = 12
"""Rows of a table in the long report, including the header: it fills about half a page."""
HEADINGS = ("ลำดับ", "ตัวชี้วัด", "ประเด็นที่ต้องแก้ไข", "ผู้รับผิดชอบ", "คะแนน")
HARD_WORDS = (
    "ที่ปี่ฟื้นป้องน้ำต่ำซ้ำก๊ำจำกำหนดสำนักปลัดเป็นผู้รู้ญี่ปุ่นฐานะปฏิญญาฎีกาทฤษฎีฤๅษีวัตถุสิทธิ์องค์การทัณฑ์เพ็ชร์"
    "กตัญญูวิญญูฐูปดูปฏิบัติเครื่องมือชี้วัดทั้งสิ้นใช้อำนาจโปร่งใสตั้งแต่เมื่อท้องถิ่นผลสัมฤทธิ์พิพิธภัณฑ์ๆฯ๐๑๒๓๔๕๖๗๘๙"
)
"""Every kind of cluster: marks over tall letters, under letters with a foot, tone over vowel, sara am."""


@dataclass
class Book:
    """Paragraphs and tables in reading order; `None` starts a new page."""

    blocks: list[str | Table | None] = field(default_factory=list)

    def pages(self) -> Iterator[list[str]]:
        """Yield the cell texts of each page between forced page breaks, without white space."""
        cells: list[str] = []
        for block in self.blocks:
            if block is None:
                yield cells
                cells = []
            elif isinstance(block, Table):
                cells += [squeeze(cell.text.chars) for cell in block.cells if squeeze(cell.text.chars)]
        yield cells

    def text(self) -> str:
        """Return the paragraphs and cells, one per line."""
        return "\n".join(_lines(self.blocks))


def squeeze(text: str) -> str:
    """Return the text without white space."""
    return "".join(text.split())


def _lines(blocks: Iterable[str | Table | None]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, str):
            yield block
        elif isinstance(block, Table):
            yield from (cell.text.chars for cell in block.cells)


def sample_stems() -> list[str]:
    """Return the names of the sample reports."""
    return sorted(path.stem for path in SAMPLES.glob("*.docx"))


def sample(stem: str) -> Book:
    """Return a sample report with the content of its Word file."""
    document = read_docx((SAMPLES / f"{stem}.docx").read_bytes())
    blocks = (block.text.chars if isinstance(block, Paragraph) else block for block in document.blocks)
    return Book(list(blocks))


def hard_text() -> Book:
    """Return the words of the sample reports without tables, and the hard words, as paragraphs."""
    lines = chain([HARD_WORDS], *(_lines(sample(stem).blocks) for stem in sample_stems()))
    return Book([" ".join(line.split()) for line in lines if line.strip()])


def long_report(pages: int) -> Book:
    """Return a report with a heading, a paragraph and a ruled table on each page, in words of the samples.

    Every second table has an indicator merged over two rows, as in real reports.
    """
    words = _cell_texts()
    blocks: list[str | Table | None] = []
    for number in range(1, pages + 1):
        blocks += [None] if number > 1 else []
        blocks += [f"๔.{number} ผลการวิเคราะห์ ส่วนที่ {number}", next(words), _table(number, words)]
    return Book(blocks)


def _cell_texts() -> Iterator[str]:
    """Yield the short cell texts of the samples, repeatedly."""
    texts = [
        " ".join(cell.text.chars.split())
        for stem in sample_stems()
        for block in sample(stem).blocks
        if isinstance(block, Table)
        for cell in block.cells
    ]
    return cycle(text for text in dict.fromkeys(texts) if 12 <= len(text) <= 60)


def _table(number: int, words: Iterator[str]) -> Table:
    cells = [Cell(0, column, _source_text(text)) for column, text in enumerate(HEADINGS)]
    for row in range(1, TABLE_ROWS):
        merged = number % 2 == 0 and row in {3, 4}
        texts = [f"{number}.{row}", *islice(words, 3), f"{70 + (number * 7 + row * 13) % 3000 / 100:.2f}"]
        for column, text in enumerate(texts):
            if merged and column == 1 and row == 4:
                continue
            cells.append(Cell(row, column, _source_text(text), row_span=2 if merged and column == 1 else 1))
    return Table(TABLE_ROWS, len(HEADINGS), tuple(cells), drawn_spans=True, header_rows=1)


def _source_text(text: str) -> tuple[SourceText, ...]:
    return (SourceText.at(text, 0),)


STYLE = """@page {{ size: A4; margin: 18mm 15mm }} body {{ font: {size}pt "{font}"; line-height: 1.5; margin: 0 }}
table {{ border-collapse: collapse; width: 100%; margin: 6pt 0 }} p {{ margin: 3pt 0 }}
td, th {{ border: 1px solid #000; padding: 2pt 4pt; text-align: left; vertical-align: top; font-weight: normal }}
hr {{ break-after: page; border: 0; margin: 0; height: 0 }}"""


def as_html(book: Book, font: str, size: float = 12) -> str:
    """Return a book as a web page, in an installed font and a size in points."""
    parts = [
        _html_table(b) if isinstance(b, Table) else "<hr>" if b is None else _html_line(b)
        for b in book.blocks
    ]
    style = STYLE.format(font=font, size=size)
    head = f'<!doctype html><html lang="th"><meta charset="utf-8"><title>report</title><style>{style}</style>'
    return head + "\n".join(parts)


def _html_line(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text.strip() else ""


def _html_table(table: Table) -> str:
    rows: list[str] = []
    for number in range(table.rows):
        cells = (cell for cell in table.cells if cell.row == number)
        row = "".join(_html_cell(cell) for cell in sorted(cells, key=lambda cell: cell.column))
        rows.append(f"<tr>{row}</tr>")
    head, body = "".join(rows[: table.header_rows]), "".join(rows[table.header_rows :])
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"


def _html_cell(cell: Cell) -> str:
    lines = "<br>".join(escape(line.chars) for line in cell.lines)
    return f'<td rowspan="{cell.row_span}" colspan="{cell.column_span}">{lines}</td>'


def as_docx(book: Book, font: str) -> bytes:
    """Return a book as a Word file in an installed font."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.size, normal.paragraph_format.space_after = Pt(10), Pt(0)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    end = document.element.body.sectPr
    break_before = False
    for block in book.blocks:
        if block is None:
            break_before = True
        elif isinstance(block, Table):
            end.addprevious(parse_xml(_word_table(block)))
        else:
            document.add_paragraph(block).paragraph_format.page_break_before = break_before
            break_before = False
    return in_font(document, font)


def _word_table(table: Table) -> str:
    rows: list[str] = []
    grid = table.grid()
    for number in range(table.rows):
        cells = dict.fromkeys(cell for cell in grid[number] if cell)
        row = "".join(_word_cell(cell, number) for cell in sorted(cells, key=lambda cell: cell.column))
        head = "<w:trPr><w:tblHeader/></w:trPr>" if number < table.header_rows else ""
        rows.append(f"<w:tr>{head}{row}</w:tr>")
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{edge} w:val="single" w:sz="4" w:color="000000"/>' for edge in edges)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in _widths(table))
    head = f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    return f"<w:tbl {nsdecls('w')}>{head}{''.join(rows)}</w:tbl>"


def _widths(table: Table) -> list[int]:
    """Return column widths in twentieths of a point, wider for longer texts, 180 mm in total."""
    longest = [1] * table.columns
    for cell in table.cells:
        longest[cell.column] = max(longest[cell.column], len(cell.text.chars) // cell.column_span)
    weights = [5 + min(length, 60) for length in longest]
    return [10_200 * weight // sum(weights) for weight in weights]


def _word_cell(cell: Cell, row: int) -> str:
    span = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
    merge = ""
    if cell.row_span > 1:
        merge = '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
    lines = [line.chars for line in cell.lines] if row == cell.row else []
    text = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{text or '<w:p/>'}</w:tc>"


def in_font(document: WordDocument, font: str) -> bytes:
    """Return a Word document with every run in one font, including Thai text."""
    names = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
    normal = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    for fonts in {
        normal,
        *document.styles.element.iter(qn("w:rFonts")),
        *document.element.iter(qn("w:rFonts")),
    }:
        fonts.attrib.clear()
        for name in names:
            fonts.set(qn(name), font)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
