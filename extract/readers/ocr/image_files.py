"""Image files of pages, read by OCR: JPEG, PNG and TIFF, with one page or several."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps, ImageSequence

from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.ocr.page import (
    OcrPage,
    ocr_done_problem,
    ocr_failed_problem,
    read_page,
    set_word_confidences,
)
from thaita.extract.readers.ocr.recognizer import recognizer_of_pictures
from thaita.extract.readers.page.compose import compose_pages
from thaita.extract.readers.page.layout import PageDraft
from thaita.extract.readers.page.whole_page import lay_out_whole_page
from thaita.extract.readers.work_limits import current_limits, limit_problem, page_limit_problem
from thaita.models.document import Document, Page, Place, ReaderProblem
from thaita.models.problem_codes import ProblemCode

MAX_PIXELS = 80_000_000
"""Maximum number of pixels in a page: A3 at 600 dots per inch has 70 million."""

_A4_INCHES = 11.69
"""The longer side of A4 in inches: the assumed size of a page whose file states no resolution."""

_RESOLUTIONS = (72.0, 1200.0)
_DPI_RANGE = (200.0, 300.0)
"""Resolution range for OCR in dots per inch: coarser pages are enlarged, finer ones reduced."""


_Frame = tuple[np.ndarray, float, str]
"""A grayscale page, its resolution in dots per inch, and the media type of the file."""


def read_image(data: bytes, ocr: str) -> Document:
    """Return the document shown by the images in a file.

    Raises UnreadableFileError with the code `damaged`, `too_large`, `unsupported_format` (OCR is off),
    `ocr_missing` (the recognizer cannot be loaded) or `ocr_failed` (no page could be recognized). `problems`
    lists pages after the first that are damaged, too large, or beyond the limits in `work_limits`.
    """
    recognizer = recognizer_of_pictures(ocr)
    drafts: list[PageDraft] = []
    pages: list[Page] = []
    read: dict[int, OcrPage] = {}
    problems: list[ReaderProblem] = []
    for number, (image, dpi, kind) in enumerate(_within_limits(_frames(data, problems), problems), 1):
        media = kind
        pages.append(Page(number, image.shape[1] * 72 / dpi, image.shape[0] * 72 / dpi))
        try:
            read[number] = read_page(image, dpi, number, recognizer)
        except Exception as error:  # one failing page must not stop the others
            problems.append(ocr_failed_problem(number, error))
            continue
        drafts.append(lay_out_whole_page(read[number].content))
        set_word_confidences(drafts[-1], read[number])
        problems.append(ocr_done_problem(read[number]))
    if not read:
        raise UnreadableFileError(
            ProblemCode.OCR_FAILED, problems[0].message if problems else "The picture has no pages."
        )
    composed = compose_pages(drafts)
    places = (Place(one.span, one.page, read[one.page].to_original(one.box)) for one in composed.places)
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


def _within_limits(frames: Iterator[_Frame], problems: list[ReaderProblem]) -> Iterator[_Frame]:
    """Yield the pages that the limits of a report allow; add the problem to `problems` if they end early."""
    pixels = 0
    for read, frame in enumerate(frames):
        pixels += frame[0].size
        problem = page_limit_problem(read) or limit_problem(read, current_limits().ocr_stop_reason(pixels))
        if problem is not None:
            problems.append(problem)
            return
        yield frame


def _frames(data: bytes, problems: list[ReaderProblem]) -> Iterator[_Frame]:
    """Yield each page as grayscale, its resolution in dots per inch, and the media type of the file.

    An error after the first page ends the file and is added to the problems.
    """
    number = 0
    try:
        for frame in _decoded_frames(data):
            number += 1
            yield frame
    except UnreadableFileError as error:
        if not number:
            raise
        problems.append(
            ReaderProblem.of(ProblemCode.PAGE_DAMAGED, f"Only the first {number:,} pages were read: {error}")
        )


def _decoded_frames(data: bytes) -> Iterator[_Frame]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="PIL")  # damage shows in the decoded pages
        try:
            with Image.open(BytesIO(data)) as file:
                media = Image.MIME.get(file.format or "", "image/unknown")
                for frame in ImageSequence.Iterator(file):
                    if frame.width * frame.height > MAX_PIXELS:
                        raise UnreadableFileError(
                            ProblemCode.TOO_LARGE, f"The picture has more than {MAX_PIXELS:,} pixels."
                        )
                    yield *_page_pixels(frame), media
        except UnreadableFileError:
            raise
        except Exception as error:  # Pillow's decoders raise many kinds of errors
            message = f"The picture is damaged ({type(error).__name__}): scan or download it again."
            raise UnreadableFileError(ProblemCode.DAMAGED, message) from error


def page_image(data: bytes, number: int) -> tuple[Image.Image, float, float]:
    """Return page `number` (from 1) of an image file, upright and in RGB, and its width and height in PDF points.

    The boxes of a report read from this file are in these points. Raises UnreadableFileError as `read_image`
    does, and `not_found` if there is no such page.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(data)) as file:
                if getattr(file, "n_frames", 1) < number:
                    raise UnreadableFileError(ProblemCode.NOT_FOUND, f"The picture has no page {number}.")
                file.seek(number - 1)
                if file.width * file.height > MAX_PIXELS:
                    raise UnreadableFileError(
                        ProblemCode.TOO_LARGE, f"The picture has more than {MAX_PIXELS:,} pixels."
                    )
                upright, dpi = _upright(file)
        except UnreadableFileError:
            raise
        except Exception as error:  # as in _frames
            raise UnreadableFileError(
                ProblemCode.DAMAGED, f"The picture is damaged ({type(error).__name__})."
            ) from error
    return upright.convert("RGB"), upright.width * 72 / dpi, upright.height * 72 / dpi


def _upright(frame: Image.Image) -> tuple[Image.Image, float]:
    """Return a page as it is displayed, and its resolution in dots per inch."""
    upright = ImageOps.exif_transpose(frame) or frame
    if upright.mode in ("RGBA", "LA", "P", "PA"):
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright.convert("RGBA"))
    stated = frame.info.get("dpi", (0, 0))[0]
    longer = max(upright.size)
    return upright, float(stated) if _RESOLUTIONS[0] < stated <= _RESOLUTIONS[1] else longer / _A4_INCHES


def _page_pixels(frame: Image.Image) -> tuple[np.ndarray, float]:
    upright, dpi = _upright(frame)
    wanted = min(max(dpi, _DPI_RANGE[0]), _DPI_RANGE[1])
    if wanted != dpi:
        size = (max(1, round(upright.width * wanted / dpi)), max(1, round(upright.height * wanted / dpi)))
        if size[0] * size[1] <= MAX_PIXELS:
            upright, dpi = upright.convert("L").resize(size, Image.Resampling.LANCZOS), wanted
    return np.array(upright.convert("L")), dpi
