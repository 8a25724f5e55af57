"""Tables of Word files."""

from __future__ import annotations

from document import Cell, Document, Table, column_widths, table_size
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell

ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
FULL_WIDTH_CM = {False: 16.0, True: 24.5}
TURNED_CM = 4.2
"""Height of a row whose cells are turned: the longest name of an indicator fits."""


def add_table(word: WordDocument, block: Table, document: Document) -> None:
    """Add a table at the end of a Word document."""
    table = word.add_table(len(block.rows), block.columns)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    if block.borders == "all":
        table.style = "Table Grid"
    elif block.borders != "none":
        _borders(table, block.borders)
    table.autofit = False
    size = table_size(document, block)
    widths = column_widths(block, size, FULL_WIDTH_CM[document.landscape])
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    _fill(table, block, widths, size)
    for row in table.rows[: block.header_rows]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    word.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(table: WordTable, block: Table, widths: list[float], size: int) -> None:
    """Write the cells; a cell that spans others is merged with them first."""
    for at, column, cell in block.placed():
        target = table.cell(at, column)
        if cell.rows * cell.columns > 1:
            target = target.merge(table.cell(at + cell.rows - 1, column + cell.columns - 1))
        target.width = Cm(sum(widths[column : column + cell.columns]))
        _cell(target, cell, size)
        if cell.turned:
            table.rows[at].height = Cm(TURNED_CM)


def _borders(table: WordTable, kind: str) -> None:
    sides = ("top", "bottom", "insideH") if kind == "rows" else ("top", "bottom", "left", "right")
    lines = "".join(f"<w:{side} w:val='single' w:sz='4' w:color='000000'/>" for side in sides)
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))


def _cell(target: WordCell, cell: Cell, size: int) -> None:
    properties = target._tc.get_or_add_tcPr()
    if cell.fill:
        properties.append(parse_xml(f"<w:shd {nsdecls('w')} w:val='clear' w:fill='{cell.fill}'/>"))
    if cell.turned:
        properties.append(parse_xml(f"<w:textDirection {nsdecls('w')} w:val='btLr'/>"))
    for number, line in enumerate(cell.text.split("\n")):
        paragraph = target.paragraphs[0] if not number else target.add_paragraph()
        paragraph.alignment = ALIGN[cell.align]
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(line)
        run.bold = cell.bold or None
        run.font.size = Pt(size)
        complex_size = OxmlElement("w:szCs")
        complex_size.set(qn("w:val"), str(size * 2))
        run._r.get_or_add_rPr().append(complex_size)
