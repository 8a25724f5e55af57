"""What a Word file holds that is not read, counted while reading, and told as problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from thaita.models.document import ReaderProblem
from thaita.models.problem_codes import ProblemCode

_SAMPLE = 60


@dataclass(slots=True)
class Tally:
    """Counts of what is left out or doubtful; `parts` are names of parts that could not be read."""

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
        """Yield a problem for each kind of thing counted, with what to do about it."""
        yield from self._not_stated()
        yield from self._not_read()
        yield from self.of_imported
        yield from self._broken()

    def _not_stated(self) -> Iterator[ReaderProblem]:
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
                f"{self.deleted} deletions and {self.inserted} insertions await a decision; "
                "they were read as accepted: accept or reject them in Word to be sure.",
            )

    def _not_read(self) -> Iterator[ReaderProblem]:
        if self.pictures:
            yield ReaderProblem.of(
                ProblemCode.IMAGE,
                f"{self.pictures} large pictures hold text that was not read, if they hold any: "
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

    def _broken(self) -> Iterator[ReaderProblem]:
        for name in self.parts:
            yield ReaderProblem.of(
                ProblemCode.PART, f"The part {name} is damaged and was left out: save the file anew in Word."
            )
        if self.formats:
            yield ReaderProblem.of(
                ProblemCode.NUMBER_FORMAT,
                f"Lists numbered as {', '.join(sorted(self.formats))} were numbered 1, 2, 3 instead.",
            )
