"""Word files (.docx, .docm, .dotx): their displayed content as paragraphs and tables with offsets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thaita.extract.readers.blocks import Draft, ParagraphDraft, assemble_blocks, paragraphs_with_role
from thaita.extract.readers.docx.numbering import Counters, Numbering
from thaita.extract.readers.docx.omissions import Omissions
from thaita.extract.readers.docx.package import Package
from thaita.extract.readers.docx.revisions import apply_revisions
from thaita.extract.readers.docx.story import Story
from thaita.extract.readers.docx.styles import Styles
from thaita.extract.readers.docx.xml import Element, R, W, switched_on, value
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.document import Document, ParagraphRole, ReaderProblem
from thaita.models.problem_codes import ProblemCode

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""Media type of Word files, including macros and templates (ECMA-376 Part 1, 15.2)."""

_NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment"))
"""Parts that hold notes, in the order in which they follow the text, and the element of one note."""


def read_docx(data: bytes) -> Document:
    """Return the document in a Word file's bytes: headers, body, notes and comments, footers.

    Content that Word computes is computed: list numbers and the states of check boxes. Tracked changes count
    as accepted. `problems` lists omitted content. Raises UnreadableFileError with a code (`empty`,
    `encrypted`, `damaged`, `wrong_format`, `too_large`) and a message with advice on what to do.
    """
    return read_package(Package.open(data))


def read_package(package: Package) -> Document:
    """Return the document of an open package. Raises the same errors as `read_docx`."""
    file = _WordFile(package)
    try:
        text, blocks, marks = assemble_blocks(file.drafts())
    except RecursionError as error:
        message = "The file nests tables or boxes deeper than Word allows: save it again in Word."
        raise UnreadableFileError(ProblemCode.DAMAGED, message) from error
    problems = [*file.problems()]
    if not blocks:
        message = "The file contains no text: if its pages are pictures, use the PDF or scan instead."
        problems.append(ReaderProblem.of(ProblemCode.NO_TEXT, message))
    return Document(text=text, media_type=MEDIA_TYPE, blocks=blocks, problems=tuple(problems), marks=marks)


class _WordFile:
    """A package, with the data shared by all of its stories."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._name, self._root = package.main()
        self._styles = Styles.read(self._related("styles"))
        numbering = self._related("numbering")
        if numbering is not None:
            apply_revisions(numbering)
        self._numbering = Numbering.read(numbering, self._styles)
        self._omissions = Omissions()
        self._formats: list[Counters] = []
        settings = self._related("settings")
        even = None if settings is None else settings.find(W + "evenAndOddHeaders")
        self._even_pages = bool(switched_on(even))

    def drafts(self) -> list[Draft]:
        """Return the drafts of all stories, in the order of the extracted text."""
        body = self._story(self._name)
        body.prepare(self._root)
        main = [draft for child in self._root.findall(W + "body") for draft in body.blocks(child)]
        sections = list(self._root.iter(W + "sectPr"))
        return [
            *self._headers_or_footers(sections, "header"),
            *main,
            *(draft for kind, tag in _NOTES for draft in self._notes(kind, tag, body.references)),
            *self._headers_or_footers(sections, "footer"),
        ]

    def problems(self) -> Iterator[ReaderProblem]:
        """Yield the problems of content that was left out or is uncertain."""
        self._omissions.parts = self._package.broken
        self._omissions.formats = {name for counters in self._formats for name in counters.unknown}
        yield from self._omissions.problems()

    def _story(self, name: str) -> Story:
        counters = Counters(self._numbering)
        self._formats.append(counters)
        return Story(self._package, name, self._styles, counters, self._omissions)

    def _related(self, kind: str) -> Element | None:
        return next(map(self._package.part, self._package.linked(self._name, kind)), None)

    def _notes(self, kind: str, tag: str, references: Iterable[tuple[str, str]]) -> Iterator[Draft]:
        """Yield the notes of one kind that the text refers to, each once."""
        wanted = dict.fromkeys(note for found, note in references if found == kind)
        names = self._package.linked(self._name, kind) if wanted else []
        for name in names[:1]:
            root = self._package.part(name)
            if root is None:
                continue
            story = self._story(name)
            story.prepare(root)
            notes = {value(note, "id"): note for note in root.iter(W + tag)}
            for note in wanted:
                if note in notes:
                    yield from _with_text(story.blocks(notes[note]), "note")

    def _headers_or_footers(self, sections: list[Element], kind: str) -> Iterator[Draft]:
        """Yield the headers or footers that are displayed on some page; those with the same text once."""
        names = dict.fromkeys(name for section in sections for name in self._enabled_parts(section, kind))
        seen: set[tuple[str, ...]] = set()
        for name in names:
            root = self._package.part(name)
            if root is None:
                continue
            story = self._story(name)
            story.prepare(root)
            drafts = list(_with_text(story.blocks(root), "running"))
            text = tuple(line.strip() for draft in drafts for line in draft.lines)
            if text not in seen:
                seen.add(text)
                yield from drafts

    def _enabled_parts(self, section: Element, kind: str) -> Iterator[str]:
        """Yield the parts of a section's headers or footers that its settings enable."""
        first = switched_on(section.find(W + "titlePg")) or False
        for reference in section.findall(f"{W}{kind}Reference"):
            shown = {"first": first, "even": self._even_pages}.get(value(reference, "type") or "", True)
            link = self._package.links(self._name).get(reference.get(R + "id") or "")
            if shown and link is not None:
                yield link.target


def _with_text(drafts: list[Draft], role: ParagraphRole) -> Iterator[ParagraphDraft]:
    return (draft for draft in paragraphs_with_role(drafts, role) if any(map(str.strip, draft.lines)))
