"""Pictures of pages: JPEG, PNG and TIFF files, of one page or several, read by OCR."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps, ImageSequence

from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.ocr.page import OcrPage, failed, note_confidence, read_page, was_read
from thaita.extract.readers.ocr.recognizer import NoRecognizerError, Recognizer, recognizer_of
from thaita.extract.readers.page.compose import compose_pages
from thaita.extract.readers.page.layout import PageDraft
from thaita.extract.readers.page.whole_page import lay_out_whole_page
from thaita.extract.readers.work_limits import current_limits, limit_problem, page_limit_problem
from thaita.models.document import Document, Page, Place, ReaderProblem

PIXELS = 80_000_000
"""Pixels of a page at most: A3 at 600 dots an inch has 70 million."""

_A4 = 11.69
"""Inches of the longer side of A4, which a page is taken to be whose file does not say its resolution."""

_RESOLUTIONS = (72.0, 1200.0)
_READ_AT = (200.0, 300.0)
"""Dots an inch at which pages are read: coarser ones are drawn larger, finer ones smaller."""


_Frame = tuple[np.ndarray, float, str]
"""A page as grayscale, its dots an inch, and the media type of the file."""


def read_image(data: bytes, ocr: str) -> Document:
    """Return the document that the pictures in a file show.

    Raises UnreadableFileError: `damaged`, `too_large`, `unsupported_format` where OCR is off, `ocr_missing` where it
    cannot be had, `ocr_failed` where it reads no page. Pages after the first that are damaged, too large, or beyond
    the budget of a report (`work_limits`) stand in `problems`.
    """
    recognizer = _recognizer(ocr)
    drafts: list[PageDraft] = []
    pages: list[Page] = []
    read: dict[int, OcrPage] = {}
    problems: list[ReaderProblem] = []
    for number, (image, dpi, kind) in enumerate(_within_budget(_frames(data, problems), problems), 1):
        media = kind
        pages.append(Page(number, image.shape[1] * 72 / dpi, image.shape[0] * 72 / dpi))
        try:
            read[number] = read_page(image, dpi, number, recognizer)
        except Exception as error:  # one page, whatever it does, must not stop the others
            problems.append(failed(number, error))
            continue
        drafts.append(lay_out_whole_page(read[number].content))
        note_confidence(drafts[-1], read[number])
        problems.append(was_read(read[number]))
    if not read:
        raise UnreadableFileError(
            "ocr_failed", problems[0].message if problems else "The picture has no pages."
        )
    composed = compose_pages(drafts)
    places = (Place(one.span, one.page, read[one.page].back(one.box)) for one in composed.places)
    return Document(
        text=composed.text(),
        media_type=media,
        blocks=tuple(composed.blocks),
        pages=tuple(pages),
        places=tuple(places),
        problems=tuple(problems),
        confidences=tuple(composed.confidences),
        notes={"engine": recognizer.name},
    )


def _within_budget(frames: Iterator[_Frame], problems: list[ReaderProblem]) -> Iterator[_Frame]:
    """Yield the pages that the budget of a report allows; what ends them is added to the problems."""
    pixels = 0
    for read, frame in enumerate(frames):
        pixels += frame[0].size
        problem = page_limit_problem(read) or limit_problem(read, current_limits().ocr_stop_reason(pixels))
        if problem is not None:
            problems.append(problem)
            return
        yield frame


def _recognizer(ocr: str) -> Recognizer:
    try:
        recognizer = recognizer_of(ocr)
    except NoRecognizerError as error:
        raise UnreadableFileError("ocr_missing", str(error)) from error
    if recognizer is None:
        raise UnreadableFileError("unsupported_format", "The file is a picture, and OCR is off.")
    return recognizer


def _frames(data: bytes, problems: list[ReaderProblem]) -> Iterator[_Frame]:
    """Yield each page as grayscale, its dots an inch, and the media type of the file.

    What ends the file after its first page is added to the problems.
    """
    number = 0
    try:
        for frame in _whole_frames(data):
            number += 1
            yield frame
    except UnreadableFileError as error:
        if not number:
            raise
        problems.append(
            ReaderProblem("warning", "page_damaged", f"Only the first {number:,} pages were read: {error}")
        )


def _whole_frames(data: bytes) -> Iterator[_Frame]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="PIL")  # what it makes of damage is seen by what comes out
        try:
            with Image.open(BytesIO(data)) as file:
                media = Image.MIME.get(file.format or "", "image/unknown")
                for frame in ImageSequence.Iterator(file):
                    if frame.width * frame.height > PIXELS:
                        raise UnreadableFileError(
                            "too_large", f"The picture has more than {PIXELS:,} pixels."
                        )
                    yield *_page(frame), media
        except UnreadableFileError:
            raise
        except Exception as error:  # Pillow's decoders raise many kinds
            message = f"The picture is damaged ({type(error).__name__}): scan or download it again."
            raise UnreadableFileError("damaged", message) from error


def page_image(data: bytes, number: int) -> tuple[Image.Image, float, float]:
    """Return a page of a picture file, from 1, upright and in RGB, and its width and height in PDF points.

    Boxes of a report that was read from the file count in these points. Raises UnreadableFileError as
    `read_image` does, `not_found` where there is no such page.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(data)) as file:
                if getattr(file, "n_frames", 1) < number:
                    raise UnreadableFileError("not_found", f"The picture has no page {number}.")
                file.seek(number - 1)
                if file.width * file.height > PIXELS:
                    raise UnreadableFileError("too_large", f"The picture has more than {PIXELS:,} pixels.")
                upright, dpi = _upright(file)
        except UnreadableFileError:
            raise
        except Exception as error:  # as in _frames
            raise UnreadableFileError(
                "damaged", f"The picture is damaged ({type(error).__name__})."
            ) from error
    return upright.convert("RGB"), upright.width * 72 / dpi, upright.height * 72 / dpi


def _upright(frame: Image.Image) -> tuple[Image.Image, float]:
    """Return a page as it is to be looked at, and its dots an inch."""
    upright = ImageOps.exif_transpose(frame) or frame
    if upright.mode in ("RGBA", "LA", "P", "PA"):
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright.convert("RGBA"))
    stated = frame.info.get("dpi", (0, 0))[0]
    longer = max(upright.size)
    return upright, float(stated) if _RESOLUTIONS[0] < stated <= _RESOLUTIONS[1] else longer / _A4


def _page(frame: Image.Image) -> tuple[np.ndarray, float]:
    upright, dpi = _upright(frame)
    wanted = min(max(dpi, _READ_AT[0]), _READ_AT[1])
    if wanted != dpi:
        size = (max(1, round(upright.width * wanted / dpi)), max(1, round(upright.height * wanted / dpi)))
        if size[0] * size[1] <= PIXELS:
            upright, dpi = upright.convert("L").resize(size, Image.Resampling.LANCZOS), wanted
    return np.array(upright.convert("L")), dpi
