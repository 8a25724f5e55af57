"""What readers and forms leave in Word files: comments, fields to fill in, links."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

COMMENT_TIME = "2024-01-01T00:00:00Z"


def add_comment(word: WordDocument, text: str) -> None:
    """Comment on the paragraph in the middle of the document."""
    written = [paragraph for paragraph in word.paragraphs if paragraph.runs and paragraph.text.strip()]
    runs = written[len(written) // 2].runs
    comment = word.add_comment(runs, text, author="งานนิติการ", initials="นก")
    comment._comment_elm.set(qn("w:date"), COMMENT_TIME)


def add_control(word: WordDocument, name: str) -> None:
    """Put the first paragraph that holds a name into a field to fill in, as forms have it."""
    for paragraph in word.paragraphs:
        if name in paragraph.text:
            break
    else:
        return
    field, properties, content = (OxmlElement(f"w:{tag}") for tag in ("sdt", "sdtPr", "sdtContent"))
    alias = OxmlElement("w:alias")
    alias.set(qn("w:val"), "หน่วยงาน")
    properties.append(alias)
    properties.append(OxmlElement("w:text"))
    runs = [run._r for run in paragraph.runs]
    runs[0].addprevious(field)
    for run in runs:
        content.append(run)
    field.append(properties)
    field.append(content)


def add_link(paragraph: WordParagraph, address: str) -> None:
    """Add an address to a paragraph as a link."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(address)
    run.underline = True
    paragraph._p.append(link)
    link.append(run._r)
