"""Word files (.docx, .docm, .dotx): what they show, as paragraphs and tables with offsets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thaita.extract.readers.blocks import Draft, ParagraphDraft, assemble_blocks, paragraphs_with_role
from thaita.extract.readers.docx.numbering import Counters, Numbering
from thaita.extract.readers.docx.omissions import Tally
from thaita.extract.readers.docx.package import Package
from thaita.extract.readers.docx.revisions import settle
from thaita.extract.readers.docx.story import Story
from thaita.extract.readers.docx.styles import Styles
from thaita.extract.readers.docx.xml import Element, R, W, switched_on, value
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.document import Document, ParagraphRole, ReaderProblem

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""The media type of Word files, with macros and templates too, in ECMA-376 Part 1, 15.2."""

_NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment"))
"""Parts of notes in the order in which they follow the text, and the element of one note."""


def read_docx(data: bytes) -> Document:
    """Return the document in a Word file's bytes: headers, body, notes and comments, footers.

    Raises UnreadableFileError with a code (`empty`, `encrypted`, `damaged`, `wrong_format`,
    `too_large`) and a message that says what to do. What Word computes is computed: numbers of lists,
    states of boxes; tracked changes count as accepted; what is left out stands in `problems`.
    """
    return read_package(Package.open(data))


def read_package(package: Package) -> Document:
    """Return the document of an open package; raises what `read_docx` does."""
    file = _WordFile(package)
    try:
        text, blocks, marks = assemble_blocks(file.drafts())
    except RecursionError as error:
        message = "The file nests tables or boxes deeper than Word does: save it anew in Word."
        raise UnreadableFileError("damaged", message) from error
    problems = [*file.problems()]
    if not blocks:
        message = "The file holds no text: if its pages are pictures, give the PDF or scan instead."
        problems.append(ReaderProblem("warning", "no_text", message))
    return Document(text=text, media_type=MEDIA_TYPE, blocks=blocks, problems=tuple(problems), marks=marks)


class _WordFile:
    """A package with what all of its stories share."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._name, self._root = package.main()
        self._styles = Styles.read(self._related("styles"))
        numbering = self._related("numbering")
        if numbering is not None:
            settle(numbering)
        self._numbering = Numbering.read(numbering, self._styles)
        self._tally = Tally()
        self._formats: list[Counters] = []
        settings = self._related("settings")
        even = None if settings is None else settings.find(W + "evenAndOddHeaders")
        self._even_pages = bool(switched_on(even))

    def drafts(self) -> list[Draft]:
        """Return the drafts of all stories in the order of the extracted text."""
        body = self._story(self._name)
        body.settle(self._root)
        main = [draft for child in self._root.findall(W + "body") for draft in body.blocks(child)]
        sections = list(self._root.iter(W + "sectPr"))
        return [
            *self._running(sections, "header"),
            *main,
            *(draft for kind, tag in _NOTES for draft in self._notes(kind, tag, body.references)),
            *self._running(sections, "footer"),
        ]

    def problems(self) -> Iterator[ReaderProblem]:
        """Yield what was left out of the drafts or read with doubt."""
        self._tally.parts = self._package.broken
        self._tally.formats = {name for counters in self._formats for name in counters.unknown}
        yield from self._tally.problems()

    def _story(self, name: str) -> Story:
        counters = Counters(self._numbering)
        self._formats.append(counters)
        return Story(self._package, name, self._styles, counters, self._tally)

    def _related(self, kind: str) -> Element | None:
        return next(map(self._package.part, self._package.linked(self._name, kind)), None)

    def _notes(self, kind: str, tag: str, references: Iterable[tuple[str, str]]) -> Iterator[Draft]:
        """Yield the notes of a kind that the text points to, each once."""
        wanted = dict.fromkeys(note for found, note in references if found == kind)
        names = self._package.linked(self._name, kind) if wanted else []
        for name in names[:1]:
            root = self._package.part(name)
            if root is None:
                continue
            story = self._story(name)
            story.settle(root)
            notes = {value(note, "id"): note for note in root.iter(W + tag)}
            for note in wanted:
                if note in notes:
                    yield from _with_text(story.blocks(notes[note]), "note")

    def _running(self, sections: list[Element], kind: str) -> Iterator[Draft]:
        """Yield the headers or footers that some page shows, those of the same text once."""
        names = dict.fromkeys(name for section in sections for name in self._shown(section, kind))
        seen: set[tuple[str, ...]] = set()
        for name in names:
            root = self._package.part(name)
            if root is None:
                continue
            story = self._story(name)
            story.settle(root)
            drafts = list(_with_text(story.blocks(root), "running"))
            text = tuple(line.strip() for draft in drafts for line in draft.lines)
            if text not in seen:
                seen.add(text)
                yield from drafts

    def _shown(self, section: Element, kind: str) -> Iterator[str]:
        """Yield the parts of a section's headers or footers, without those that its settings switch off."""
        first = switched_on(section.find(W + "titlePg")) or False
        for reference in section.findall(f"{W}{kind}Reference"):
            shown = {"first": first, "even": self._even_pages}.get(value(reference, "type") or "", True)
            link = self._package.links(self._name).get(reference.get(R + "id") or "")
            if shown and link is not None:
                yield link.target


def _with_text(drafts: list[Draft], role: ParagraphRole) -> Iterator[ParagraphDraft]:
    return (draft for draft in paragraphs_with_role(drafts, role) if any(map(str.strip, draft.lines)))
