"""A story of a Word file (its body, a header, a note or a text box), read into block drafts."""

from __future__ import annotations

from dataclasses import dataclass, field

from thaita.extract.readers.blocks import STRUCK, Draft, ParagraphDraft, TableDraft
from thaita.extract.readers.docx.drawing import read_drawing
from thaita.extract.readers.docx.imported_files import read_imported
from thaita.extract.readers.docx.numbering import Counters
from thaita.extract.readers.docx.omissions import Omissions
from thaita.extract.readers.docx.package import Package
from thaita.extract.readers.docx.paragraph_content import ParagraphContent
from thaita.extract.readers.docx.revisions import PLACEHOLDER, apply_revisions
from thaita.extract.readers.docx.styles import Styles
from thaita.extract.readers.docx.table import read_table
from thaita.extract.readers.docx.xml import Element, R, W
from thaita.models.document import ParagraphRole

_NO_BLOCKS = frozenset(
    W + name
    for name in ("sectPr", "tcPr", "tblPr", "trPr", "sdtPr", "sdtEndPr", "pPr", "rPr", "del", "moveFrom")
)


@dataclass(slots=True)
class Story:
    """Reads one part; `references` collects the notes that its text refers to, in order."""

    package: Package
    part: str
    styles: Styles
    counters: Counters
    omissions: Omissions
    references: list[tuple[str, str]] = field(default_factory=list)
    _in_box: int = 0

    def prepare(self, root: Element) -> None:
        """Prepare the part's XML for reading, and count its tracked changes."""
        changes = apply_revisions(root)
        self.omissions.deleted += changes.deleted
        self.omissions.inserted += changes.inserted

    def blocks(self, container: Element) -> list[Draft]:
        """Return the paragraphs and tables of a body, cell, box or note, and the content anchored in them."""
        drafts: list[Draft] = []
        for child in container:
            if child.tag == W + "p":
                drafts += self._paragraph(child)
            elif child.tag == W + "tbl":
                table = read_table(child, self.blocks)
                if table.pieces:
                    drafts.append(table)
            elif child.tag == W + "altChunk":
                drafts += self._imported(child)
            elif child.tag == W + "subDoc":
                self.omissions.imported += 1
            elif child.tag not in _NO_BLOCKS:
                drafts += self.blocks(child)
        return drafts

    def _imported(self, chunk: Element) -> list[Draft]:
        link = self.package.links(self.part).get(chunk.get(R + "id") or "")
        imported = None if link is None else read_imported(self.package, link.target)
        if imported is None:
            self.omissions.imported += 1
            return []
        drafts, problems = imported
        self.omissions.of_imported += problems
        return drafts

    def _paragraph(self, paragraph: Element) -> list[Draft]:
        look = self.styles.paragraph(paragraph.find(W + "pPr"))
        inline = ParagraphContent(self.styles, self.omissions, self._drawing, look.look)
        inline.read(paragraph)
        self.references += inline.references
        text = inline.text
        marker = self.counters.marker(look, empty=not text.strip() and not inline.asides)
        asides = [ParagraphDraft([f"{marker}{said}"], "aside", (flag,)) for flag, said in inline.asides]
        self.omissions.struck += [said for flag, said in inline.asides if flag == STRUCK]
        if not text.strip():
            marker = "" if asides else marker.rstrip()
        role: ParagraphRole = "box" if self._in_box else "heading" if look.is_heading else "body"
        start = len(text) - len(text.lstrip("\n"))
        lines = (text[:start] + marker + text[start:]).split("\n")
        flags = tuple(dict.fromkeys(flag for flag, _ in inline.asides if flag != PLACEHOLDER))
        lead = 0 if inline.bold() or not inline.lead else inline.lead + len(marker)
        draft = ParagraphDraft(lines, role, flags, inline.bold(), inline.size(), lead)
        return [draft, *asides, *inline.hanging]

    def _drawing(self, drawing: Element) -> list[Draft]:
        return read_drawing(drawing, self._box, self._linked, self.omissions)

    def _box(self, content: Element) -> list[Draft]:
        self._in_box += 1
        drafts = self.blocks(content)
        self._in_box -= 1
        return [
            draft for draft in drafts if isinstance(draft, TableDraft) or any(map(str.strip, draft.lines))
        ]

    def _linked(self, link_id: str) -> Element | None:
        link = self.package.links(self.part).get(link_id)
        return None if link is None else self.package.part(link.target)
