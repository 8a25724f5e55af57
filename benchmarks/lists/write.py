"""Write a document as DOCX, text, Markdown, XLSX, CSV or HTML."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from html import escape
from random import Random

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from grid import Cell, Document, Table, Text

_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def shown(document: Document, words: str) -> str:
    """Return words in the digits of the document."""
    return words.translate(_THAI) if document.thai_digits else words


def as_docx(document: Document) -> bytes:
    """Return a Word file."""
    word = docx.Document()
    if document.landscape:
        section = word.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    for block in document.blocks:
        if isinstance(block, Text):
            words = shown(document, block.words)
            word.add_heading(words, 1) if block.heading else word.add_paragraph(words)
        else:
            word.element.body.insert(len(word.element.body) - 1, parse_xml(_word_table(document, block)))
            word.add_paragraph("")
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _word_table(document: Document, table: Table) -> str:
    rows = []
    for number, cells in enumerate(table.rows):
        parts, column = [], 0
        while column < len(cells):
            cell = cells[column]
            above = cell or _covering(table, number, column)
            merge = '<w:vMerge w:val="restart"/>' if cell and cell.rows > 1 else "" if cell else "<w:vMerge/>"
            turned = '<w:textDirection w:val="btLr"/>' if cell and cell.turned else ""
            span = f'<w:gridSpan w:val="{above.columns}"/>' if above.columns > 1 else ""
            words = escape(shown(document, cell.text)) if cell else ""
            parts.append(
                f'<w:tc><w:tcPr>{span}{merge}{turned}</w:tcPr><w:p><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p></w:tc>'
            )
            column += above.columns
        head = "<w:trPr><w:tblHeader/></w:trPr>" if number < table.header else ""
        rows.append(f"<w:tr>{head}{''.join(parts)}</w:tr>")
    grid = "<w:gridCol/>" * len(table.rows[0])
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _covering(table: Table, row: int, column: int) -> Cell:
    for up in range(row, -1, -1):
        for left in range(column, -1, -1):
            cell = table.rows[up][left]
            if cell is not None and up + cell.rows > row and left + cell.columns > column:
                return cell
    raise ValueError((row, column))


def as_html(document: Document) -> str:
    """Return a page to print."""
    page = "A4 landscape" if document.landscape else "A4"
    style = (
        f"@page {{ size: {page}; margin: 1.5cm }} body {{ font: 11pt Sarabun, 'TH Sarabun New', Garuda }} "
        "table { border-collapse: collapse; margin: 8pt 0 } td, th { border: 1px solid #333; padding: 2pt 4pt } "
        "th.turned { writing-mode: vertical-rl; transform: rotate(180deg) } thead { display: table-header-group }"
    )
    parts = [f"<html><head><meta charset='utf-8'><style>{style}</style></head><body>"]
    for block in document.blocks:
        if isinstance(block, Text):
            tag = "h2" if block.heading else "p"
            parts.append(f"<{tag}>{escape(shown(document, block.words))}</{tag}>")
        else:
            parts.append("<table>")
            for number, cells in enumerate(block.rows):
                head = number < block.header
                parts.append("<thead>" * (head and number == 0) + "<tr>")
                parts += [_html_cell(document, cell, head) for cell in cells if cell]
                parts.append("</tr>" + "</thead>" * (head and number == block.header - 1))
            parts.append("</table>")
    return "".join([*parts, "</body></html>"])


def _html_cell(document: Document, cell: Cell, head: bool) -> str:
    tag = "th" if head else "td"
    turned = " class=turned" if cell.turned else ""
    words = escape(shown(document, cell.text))
    return f"<{tag} rowspan={cell.rows} colspan={cell.columns}{turned}>{words}</{tag}>"


def _plain(document: Document, table: Table) -> list[list[str]]:
    return [[shown(document, cell.text) if cell else "" for cell in cells] for cells in table.rows]


def as_text(document: Document) -> str:
    """Return text with tabs between the cells."""
    parts = []
    for block in document.blocks:
        if isinstance(block, Text):
            parts += [shown(document, block.words), ""]
        else:
            parts += ["\t".join(cells) for cells in _plain(document, block)] + [""]
    return "\n".join(parts)


def as_markdown(document: Document) -> str:
    """Return Markdown with tables of pipes."""
    parts = []
    for block in document.blocks:
        if isinstance(block, Text):
            parts += ["# " * block.heading + shown(document, block.words), ""]
            continue
        rows = _plain(document, block)
        lines = [f"| {' | '.join(cells)} |" for cells in rows]
        if block.header:
            lines.insert(1, "|" + " --- |" * len(rows[0]))
        else:
            lines = ["|" + "  |" * len(rows[0]), "|" + " --- |" * len(rows[0]), *lines]
        parts += [*lines, ""]
    return "\n".join(parts)


def as_csv(document: Document, random: Random) -> bytes:
    """Return a CSV file as Excel saves it in one of its ways."""
    encoding, separator = random.choice(
        (("utf-8-sig", ","), ("cp874", ","), ("utf-8", ";"), ("utf-16", "\t"))
    )
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator)
    for block in document.blocks:
        if isinstance(block, Text):
            writer.writerow([shown(document, block.words)])
        else:
            writer.writerows([*_plain(document, block), []])
    return file.getvalue().encode(encoding)


def as_xlsx(document: Document, random: Random) -> bytes:
    """Return a workbook with all blocks on one sheet, numbers as numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "ITA"
    at, left = random.choice((1, 1, 3)), random.choice((1, 1, 2))
    for block in document.blocks:
        if isinstance(block, Text):
            sheet.cell(at, left, shown(document, block.words))
            at += 1
            continue
        at += 1
        for number, cells in enumerate(block.rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    _fill(document, sheet, at + number, left + column, cell)
        at += len(block.rows) + 1
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(document: Document, sheet: object, row: int, column: int, cell: Cell) -> None:
    number = isinstance(cell.value, Decimal) and not document.thai_digits
    made = sheet.cell(
        row,
        column,
        float(cell.value)
        if number
        else cell.value
        if not document.thai_digits
        else shown(document, cell.text),
    )
    if number:
        made.number_format = "0.00"
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_cells(
            start_row=row,
            start_column=column,
            end_row=row + cell.rows - 1,
            end_column=column + cell.columns - 1,
        )
