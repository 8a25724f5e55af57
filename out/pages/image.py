"""A report for the review page: an image of a page without marks, the report's text, and its lines."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from thaita.corpus.run.task import file_bytes
from thaita.extract.documents import is_pdf, is_picture
from thaita.extract.options import PdfOptions
from thaita.models.extras import MissingPackageError, require
from thaita.out.pages.marks import Lines

LONGEST = 1700
"""Maximum length of an image's longer side in pixels: A4 at 144 dpi."""

_QUALITY = 88


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as JPEG, its width and height in PDF points, the unit of boxes, and the report's number of pages."""

    jpeg: bytes
    width: float
    height: float
    pages: int


def page_image_of(path: str, number: int, password: str | None) -> PageImage | str:
    """Return page `number` (from 1) of the PDF or image at a path, or the reason why it cannot be shown.

    Raises OSError and UnreadableFileError.
    """
    data = file_bytes(Path(path))
    if is_pdf(data):
        return _of_pdf(data, number, password)
    if is_picture(data):
        try:
            require("ocr", "cv2", "numpy")
        except MissingPackageError as error:
            return str(error)
        from thaita.extract.readers.ocr.image_files import page_image

        picture, width, height = page_image(data, number)
        if max(picture.size) > LONGEST:
            picture.thumbnail((LONGEST, LONGEST), Image.Resampling.BOX)
        with Image.open(BytesIO(data)) as file:
            pages = int(getattr(file, "n_frames", 1))
        return PageImage(_jpeg(picture), width, height, pages)
    return "the file has no pages"


def text_of(path: str, source: str) -> str:
    """Return the extracted text of the report at a path, to which the spans of its records refer.

    Raises OSError and UnreadableFileError.
    """
    from thaita.extract.pipeline import read_with_document

    return read_with_document(file_bytes(Path(path)), source, PdfOptions())[1].text


def lines_of(path: str, source: str, password: str | None) -> Lines:
    """Return the lines of the report at a path, which locate spans of its text on its pages.

    Raises OSError and UnreadableFileError.
    """
    from thaita.extract.pipeline import read_with_document

    document = read_with_document(file_bytes(Path(path)), source, PdfOptions(password))[1]
    return Lines(document.text, document.places)


def ready() -> None:
    """Import the drawing libraries, so that the first page does not have to wait for them."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: F401

    Image.preinit()


def _of_pdf(data: bytes, number: int, password: str | None) -> PageImage | str:
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(data, password=password)
        try:
            if number > len(pdf):
                return f"there is no page {number}: the report has {len(pdf)}"
            page = pdf[number - 1]
            width, height = page.get_size()
            if not (0 < width < 1e6 and 0 < height < 1e6):
                return f"page {number} is damaged"
            drawn = page.render(scale=min(2.0, LONGEST / max(width, height)))
            return PageImage(_jpeg(drawn.to_pil().convert("RGB")), width, height, len(pdf))
        finally:
            pdf.close()
    except pdfium.PdfiumError:
        return f"page {number} cannot be drawn: the PDF is locked or damaged"


def _jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    return out.getvalue()
