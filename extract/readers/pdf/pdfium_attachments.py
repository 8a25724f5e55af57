"""Attached files and dynamic XFA forms: PDF content outside the pages."""

from __future__ import annotations

from collections.abc import Iterator

from thaita.extract.readers.pdf import pdfium_api as api
from thaita.models.document import ReaderProblem
from thaita.models.problem_codes import ProblemCode

_MAX_NAMED = 5
"""Maximum number of attachments named in a message."""


def package_problems(data: bytes, password: str | None, *, fields: bool) -> Iterator[ReaderProblem]:
    """Yield the problems of a PDF with attached files or with a form whose pages are not in the file.

    `fields` is True if the pages have form fields: an XFA form with such pages can be read.
    """
    document = api.load_document(data, len(data), None if password is None else password.encode())
    if not document:
        return
    try:
        form = api.form_type(document)
        if form == api.XFA or (form == api.XFA_AND_PAGES and not fields):
            message = "The PDF is a dynamic XFA form and does not contain its pages: open it in Adobe Reader, print it to a PDF, and extract that file."
            yield ReaderProblem.of(ProblemCode.XFA, message)
        count = api.count_attachments(document)
        if count > 0:
            names = ", ".join(f"«{api.attachment_name(document, i)}»" for i in range(min(count, _MAX_NAMED)))
            more = f" and {count - _MAX_NAMED} more" if count > _MAX_NAMED else ""
            message = f"The PDF has attached files that were not read: {names}{more}. Save them from the PDF and extract them."
            yield ReaderProblem.of(ProblemCode.ATTACHMENT, message)
    finally:
        api.close_document(document)
