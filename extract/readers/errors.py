"""What a reader raises when a file cannot become a document."""

from __future__ import annotations

from thaita.models.problem_codes import ProblemCode


class UnreadableFileError(ValueError):
    """A file that no document can be made of.

    `code` is for programs; the message says to a person what is wrong and what to do next.
    """

    def __init__(self, code: ProblemCode, message: str) -> None:
        super().__init__(message)
        self.code = code

    def __reduce__(self) -> tuple[type[UnreadableFileError], tuple[ProblemCode, str]]:
        """Let the error travel between processes, with both of its parts."""
        return type(self), (self.code, str(self))
