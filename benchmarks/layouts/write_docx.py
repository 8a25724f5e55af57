"""Write a document as a Word file, the same bytes on every run."""

from __future__ import annotations

import io
import zipfile
from itertools import count

import docx
from document import Bars, Block, Cards, Cell, Document, Heading, Item, PageBreak, Paragraph, Table
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as WordParagraph
from PIL import Image
from word_extras import add_comment, add_control, add_link
from word_tables import ALIGN, add_table

FIXED_TIME = (2024, 1, 1, 0, 0, 0)


def as_docx(document: Document) -> bytes:
    """Return a document as a Word file."""
    word = docx.Document()
    _set_up(word, document)
    lists = _Lists(word)
    for block in document.blocks:
        _add(word, block, document, lists)
    if document.control:
        add_control(word, document.control)
    if document.comment:
        add_comment(word, document.comment)
    file = io.BytesIO()
    word.save(file)
    return _fixed(file.getvalue())


def _fixed(data: bytes) -> bytes:
    """Return a Word file without the times at which its parts were written."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(zipfile.ZipInfo(name, FIXED_TIME), source.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _set_up(word: WordDocument, document: Document) -> None:
    for style in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Title"):
        font = word.styles[style].font
        font.name = document.font
        font.size = Pt(document.size + {"Heading 1": 3, "Heading 2": 2, "Title": 6}.get(style, 0))
        fonts = word.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), document.font)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
        size = OxmlElement("w:szCs")
        size.set(qn("w:val"), str(int(font.size.pt * 2)))
        word.styles[style].element.get_or_add_rPr().append(size)
    word.styles["Normal"].paragraph_format.space_after = Pt(4)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if document.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    if document.two_columns:
        columns = section._sectPr.get_or_add_cols() if hasattr(section._sectPr, "get_or_add_cols") else None
        columns = columns if columns is not None else section._sectPr.find(qn("w:cols"))
        if columns is None:
            columns = OxmlElement("w:cols")
            section._sectPr.append(columns)
        columns.set(qn("w:num"), "2")
        columns.set(qn("w:space"), "567")
    if document.running_head or document.page_numbers == "top":
        _furniture(section.header.paragraphs[0], document.running_head, document.page_numbers == "top")
    if document.footer or document.page_numbers == "bottom":
        _furniture(section.footer.paragraphs[0], document.footer, document.page_numbers == "bottom")
    if document.watermark:
        _watermark(section.header.paragraphs[0], document.watermark)


def _furniture(paragraph: WordParagraph, text: str, numbered: bool) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text + ("  " if text and numbered else ""))
    if numbered:
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)


def _watermark(paragraph: WordParagraph, text: str) -> None:
    """Set words across the page behind the text, as Word's own watermark does."""
    paragraph._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')} xmlns:v='urn:schemas-microsoft-com:vml'><w:pict><v:shape type='#_x0000_t136' "
            "style='position:absolute;width:400pt;height:90pt;rotation:315;z-index:-251' fillcolor='silver' "
            f"stroked='f'><v:textpath style='font-size:1pt' string='{text}'/></v:shape></w:pict></w:r>"
        )
    )


class _Lists:
    """Numbered lists of Word's own, one for each list of the document so that each starts at 1."""

    def __init__(self, word: WordDocument) -> None:
        self.numbering = word.part.numbering_part.element
        self._ids = count(100)
        self._current = 0

    def numbered(self, paragraph: WordParagraph, item: Item) -> None:
        if item.first or not self._current:
            self._current = next(self._ids)
            digits = "decimal" if item.marker[0].isascii() else "thaiNumbers"
            levels = "".join(
                f"<w:lvl w:ilvl='{level}'><w:start w:val='1'/><w:numFmt w:val='{digits}'/>"
                f"<w:lvlText w:val='%{level + 1}.'/><w:pPr><w:ind w:left='{720 + 400 * level}' "
                "w:hanging='360'/></w:pPr></w:lvl>"
                for level in range(3)
            )
            xml = f"<w:abstractNum {nsdecls('w')} w:abstractNumId='{self._current}'>{levels}</w:abstractNum>"
            first_num = self.numbering.find(qn("w:num"))
            first_num.addprevious(parse_xml(xml))
            self.numbering.append(
                parse_xml(
                    f"<w:num {nsdecls('w')} w:numId='{self._current}'>"
                    f"<w:abstractNumId w:val='{self._current}'/></w:num>"
                )
            )
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = item.depth
        properties.get_or_add_numId().val = self._current


def _add(word: WordDocument, block: Block, document: Document, lists: _Lists) -> None:
    match block:
        case Heading():
            _heading(word, block)
        case Paragraph():
            _paragraph(word, block)
        case Item():
            paragraph = word.add_paragraph()
            if block.automatic:
                lists.numbered(paragraph, block)
                paragraph.add_run(block.text)
            else:
                paragraph.paragraph_format.left_indent = Cm(1 + 0.8 * block.depth)
                paragraph.paragraph_format.first_line_indent = Cm(-0.6)
                paragraph.add_run(f"{block.marker} {block.text}")
        case Table():
            add_table(word, block, document)
        case Bars():
            _bars(word, block)
        case Cards():
            rows = [block.boxes[at : at + block.per_row] for at in range(0, len(block.boxes), block.per_row)]
            rows[-1] += [[""]] * (block.per_row - len(rows[-1]))
            add_table(
                word,
                Table([[Cell("\n".join(box), align="center") for box in row] for row in rows], 0),
                document,
            )
        case PageBreak():
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _bars(word: WordDocument, block: Bars) -> None:
    """Draw each bar as a picture between its label and its figure."""
    for label, value in zip(block.labels, block.values, strict=True):
        picture = io.BytesIO()
        Image.new("RGB", (60, 6), "steelblue").save(picture, "PNG")
        paragraph = word.add_paragraph(f"{label} ")
        paragraph.add_run().add_picture(picture, Cm(4), Cm(0.4))
        paragraph.add_run(f" {value}")


def _heading(word: WordDocument, block: Heading) -> None:
    paragraph = word.add_heading(level=block.level) if block.look == "style" else word.add_paragraph()
    paragraph.alignment = ALIGN[block.align]
    paragraph.paragraph_format.keep_with_next = True
    run = paragraph.add_run(block.text)
    run.bold = block.look in ("style", "bold", "boxed") or None
    run.underline = block.look == "underline" or None


def _paragraph(word: WordDocument, block: Paragraph) -> None:
    paragraph = word.add_paragraph()
    paragraph.alignment = ALIGN[block.align]
    if block.bold:
        paragraph.paragraph_format.keep_with_next = True
    if block.indent:
        paragraph.paragraph_format.first_line_indent = Cm(1.5)
    if block.leaders:
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(14), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    for number, line in enumerate(block.text.split("\n")):
        run = paragraph.add_run(f"\n{line}" if number else line)
        run.bold = block.bold or None
    if block.link:
        paragraph.add_run(" ")
        add_link(paragraph, block.link)
