"""What a PDF carries beside its pages: other files, and forms that only a form program can build."""

from __future__ import annotations

from collections.abc import Iterator

from thaita.extract.readers.pdf import pdfium_api as api
from thaita.models.document import ReaderProblem
from thaita.models.problem_codes import ProblemCode

_SHOWN = 5
"""Files that are named at most."""


def package_problems(data: bytes, password: str | None, *, fields: bool) -> Iterator[ReaderProblem]:
    """Yield what a person should know of a PDF's attached files and of a form whose pages are not in it.

    `fields` says whether the pages have form fields: an XFA form with pages that show them can be read.
    """
    document = api.load_document(data, len(data), None if password is None else password.encode())
    if not document:
        return
    try:
        form = api.form_type(document)
        if form == api.XFA or (form == api.XFA_AND_PAGES and not fields):
            message = "The PDF is a dynamic XFA form, whose pages are not in the file: open it in Adobe Reader, print it to a PDF, and extract that."
            yield ReaderProblem.of(ProblemCode.XFA, message)
        count = api.count_attachments(document)
        if count > 0:
            names = ", ".join(f"«{api.attachment_name(document, i)}»" for i in range(min(count, _SHOWN)))
            more = f" and {count - _SHOWN} more" if count > _SHOWN else ""
            message = f"The PDF carries other files, which were not read: {names}{more}. Save them from the PDF and extract them."
            yield ReaderProblem.of(ProblemCode.ATTACHMENT, message)
    finally:
        api.close_document(document)
