"""The error that readers raise when a file cannot become a document."""

from __future__ import annotations

from thaita.models.errors import ThaitaError
from thaita.models.problem_codes import ProblemCode


class UnreadableFileError(ThaitaError):
    """A file that cannot be read as a document.

    `code` is for programs; the message tells the user what is wrong and what to do next.
    """

    def __init__(self, code: ProblemCode, message: str) -> None:
        super().__init__(message)
        self.code = code

    def __reduce__(self) -> tuple[type[UnreadableFileError], tuple[ProblemCode, str]]:
        """Pickle both parts, so that the error can cross process boundaries."""
        return type(self), (self.code, str(self))
