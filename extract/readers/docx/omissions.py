"""Content of a Word file that is not read: counted while reading, then reported as problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from thaita.models.document import ReaderProblem
from thaita.models.problem_codes import ProblemCode

_SAMPLE = 60


@dataclass(slots=True)
class Omissions:
    """Counts of content left out or uncertain; `parts` are the names of parts that could not be read."""

    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    pictures: int = 0
    objects: int = 0
    imported: int = 0
    of_imported: list[ReaderProblem] = field(default_factory=list)
    deleted: int = 0
    inserted: int = 0
    parts: list[str] = field(default_factory=list)
    formats: set[str] = field(default_factory=set)

    def problems(self) -> Iterator[ReaderProblem]:
        """Yield a problem for each kind of counted content, with advice on what to do."""
        yield from self._excluded_text_problems()
        yield from self._unread_content_problems()
        yield from self.of_imported
        yield from self._damage_problems()

    def _excluded_text_problems(self) -> Iterator[ReaderProblem]:
        hidden = "".join(self.hidden)
        if hidden.strip():
            sample = " ".join(hidden.split())[:_SAMPLE]
            yield ReaderProblem.of(
                ProblemCode.HIDDEN_TEXT,
                f"{len(hidden)} characters of hidden text were left out, from: {sample!r}. "
                "Show hidden text in Word to check that nothing of the report is in it.",
            )
        if self.struck:
            sample = " ".join(" ".join(self.struck).split())[:_SAMPLE]
            yield ReaderProblem.of(
                ProblemCode.STRUCK_TEXT,
                f"Crossed-out text in {len(self.struck)} places was left out, from: {sample!r}.",
            )
        if self.deleted or self.inserted:
            yield ReaderProblem.of(
                ProblemCode.TRACKED_CHANGES,
                f"{self.deleted} deletions and {self.inserted} insertions are undecided; "
                "they were read as accepted: accept or reject them in Word to be sure.",
            )

    def _unread_content_problems(self) -> Iterator[ReaderProblem]:
        if self.pictures:
            yield ReaderProblem.of(
                ProblemCode.IMAGE,
                f"{self.pictures} large pictures may contain text that was not read: "
                "look whether scores are shown in a picture.",
            )
        if self.objects:
            yield ReaderProblem.of(
                ProblemCode.OBJECT,
                f"{self.objects} embedded objects (such as Excel sheets) were not read: "
                "paste their content into the document as a table.",
            )
        if self.imported:
            yield ReaderProblem.of(
                ProblemCode.IMPORTED_PART,
                f"{self.imported} imported documents were not read: open and save the file in Word once.",
            )

    def _damage_problems(self) -> Iterator[ReaderProblem]:
        for name in self.parts:
            yield ReaderProblem.of(
                ProblemCode.PART,
                f"The part {name} is damaged and was left out: save the file again in Word.",
            )
        if self.formats:
            yield ReaderProblem.of(
                ProblemCode.NUMBER_FORMAT,
                f"Lists numbered as {', '.join(sorted(self.formats))} were numbered 1, 2, 3 instead.",
            )
