"""Scans: lines of ink, the recognizer interface, the cache, and reports read from page images."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageDraw, ImageFont
from support import own_recognizer
from support.gold import differences, load
from support.ocr_data import FONT
from support.paths import PDFS, SAMPLES

import thaita
from thaita.cli.main import cli
from thaita.extract.documents import read_document
from thaita.extract.options import PdfOptions
from thaita.extract.pipeline import read_bytes
from thaita.extract.readers import work_limits
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.ocr import tesseract as ocr_tesseract
from thaita.extract.readers.ocr.lines import find_lines
from thaita.extract.readers.ocr.recognizer import NoRecognizerError, load_recognizer
from thaita.extract.structure.repair import repair_document


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """Give each test its own cache of recognized pages."""
    monkeypatch.setenv("THAITA_CACHE", str(tmp_path / "cache"))


def page(*lines: str, size: int = 60, gap: int = 90) -> Image.Image:
    """Return a page of 200 dots per inch with lines of Thai."""
    image = Image.new("L", (1654, 2339), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(str(FONT), size)
    for i, line in enumerate(lines):
        draw.text((150, 200 + gap * i), line, font=font, fill=0)
    return image


def bytes_of(image: Image.Image, form: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


# -- lines ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_diacritics_belong_to_their_line(dpi):
    lines = ["ที่ปี่ฟื้นป้องน้ำต่ำ", "สิ่งที่ผู้รู้กุญแจญาติฎีกา", "ปู่ย่าตายาย ๙๖.๔๒"]
    image = page(*lines, gap=100)
    scaled = image.resize((image.width * dpi // 200, image.height * dpi // 200))
    found = find_lines(np.array(scaled), dpi)
    assert len(found) == 3


def test_columns_are_separate_pieces():
    image = page("การใช้งบประมาณ" + " " * 40 + "๘๕.๗๐")
    assert len(find_lines(np.array(image), 200)) == 2


@settings(max_examples=60, deadline=None)
@given(arrays.arrays(np.uint8, arrays.array_shapes(min_dims=2, max_dims=2, max_side=60)))
def test_line_detection_accepts_any_picture(image):
    for line in find_lines(image, 300):
        assert 0 <= line.box.x0 < line.box.x1 <= image.shape[1]
        assert 0 <= line.box.top < line.box.bottom <= image.shape[0]


# -- the seam ---------------------------------------------------------------------------------------


def test_a_custom_recognizer_is_called_once_per_page():
    own_recognizer.Fixed.asked = 0
    data = bytes_of(Image.new("L", (1654, 2339), 255), "PNG", dpi=(200, 200))
    for _ in range(2):
        reading = read_bytes(data, "a.png", PdfOptions(ocr="support.own_recognizer:Fixed"))
    assert own_recognizer.Fixed.asked == 1
    assert reading.report.media_type == "image/png"
    assert reading.report.page_count == 1
    assert "ocr" in {problem.code for problem in reading.problems}


def test_pages_of_a_tiff_are_pages():
    pages = [Image.new("L", (800, 1100), 250 - i) for i in range(3)]
    data = bytes_of(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert read_bytes(data, "a.tif", PdfOptions(ocr="support.own_recognizer:Fixed")).report.page_count == 3


def test_pages_beyond_the_limits_are_reported_in_one_row(tmp_path, monkeypatch):
    pages = [Image.new("L", (1240, 1754), 250 - i) for i in range(3)]
    tiff = bytes_of(pages[0], "TIFF", save_all=True, append_images=pages[1:], dpi=(150, 150))
    pages[0].save(tmp_path / "a.pdf", save_all=True, append_images=pages[1:], resolution=150)
    pdf, own = (tmp_path / "a.pdf").read_bytes(), PdfOptions(ocr="support.own_recognizer:Fixed")
    for data, pixels in (
        (tiff, 8_000_000),
        (pdf, 20_000_000),
    ):  # two pages at the resolution used for OCR
        monkeypatch.setattr(work_limits, "_limits", work_limits.WorkLimits(pixels=pixels))
        found = [one.code for one in read_document(data, "a", own).problems]
        assert sorted(found) == ["limit_reached", "ocr", "ocr"]
    monkeypatch.setattr(work_limits, "_limits", work_limits.WorkLimits(total=-1))
    with pytest.raises(UnreadableFileError, match="--max-time") as error:
        read_bytes(pdf, "a.pdf", own)
    assert error.value.code == "limit_reached"  # it may be a report


def test_a_page_that_fails_is_a_problem(tmp_path):
    path = scan_of(SAMPLES / "word" / "01_pakkhwae.pdf", tmp_path, pages=1)
    with pytest.raises(UnreadableFileError) as error:
        read_bytes(path.read_bytes(), "a.pdf", PdfOptions(ocr="support.own_recognizer:Broken"))
    assert error.value.code == "ocr_failed"
    assert "no connection" in str(error.value)
    with pytest.raises(UnreadableFileError, match="no connection"):
        read_bytes(
            bytes_of(Image.new("L", (200, 200), 255), "PNG"),
            "a.png",
            PdfOptions(ocr="support.own_recognizer:Broken"),
        )


def test_a_page_of_a_picture_that_fails_does_not_stop_the_others():
    pages = [Image.new("L", (800, 1100), 255), Image.new("L", (810, 1100), 250)]
    data = bytes_of(pages[0], "TIFF", save_all=True, append_images=pages[1:], dpi=(100, 100))
    reading = read_bytes(data, "a.tif", PdfOptions(ocr="support.own_recognizer:FailsOnce"))
    assert [problem.message[:6] for problem in reading.problems if problem.code == "ocr_failed"] == ["page 1"]
    assert reading.report.page_count == 2
    assert reading.report.fiscal_year == 2567


@pytest.mark.parametrize(
    "name", ["nothing.here:Thing", "support.own_recognizer:Missing", "support.own_recognizer"]
)
def test_a_recognizer_that_cannot_be_loaded_is_reported(name):
    with pytest.raises(NoRecognizerError, match=r"package\.module:name"):
        load_recognizer(name)


def test_missing_models_are_named_and_the_archive_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(ocr_tesseract, "_PLACES", ())
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    load_recognizer.cache_clear()
    try:
        with pytest.raises(UnreadableFileError, match="apt-get install tesseract-ocr-tha") as error:
            read_bytes(bytes_of(Image.new("L", (200, 200), 255), "PNG"), "a.png")
        assert error.value.code == "ocr_missing"
        scan = scan_of(SAMPLES / "word" / "01_pakkhwae.pdf", tmp_path, pages=1)
        with pytest.raises(UnreadableFileError, match="apt-get install tesseract-ocr-tha"):
            read_bytes(scan.read_bytes(), "scan.pdf")
        both = PDFS / "font_names_wrong_letters.pdf"
        assert read_bytes(both.read_bytes(), "b.pdf").scores
    finally:
        load_recognizer.cache_clear()


def test_a_damaged_picture_is_a_problem():
    data = bytes_of(Image.new("L", (400, 400), 255), "JPEG")
    with pytest.raises(UnreadableFileError) as error:
        read_bytes(data[:200], "a.jpg", PdfOptions(ocr="support.own_recognizer:Fixed"))
    assert error.value.code == "damaged"


# -- reports ----------------------------------------------------------------------------------------


def scan_of(
    path: Path, folder: Path, dpi: int = 200, keep: tuple[int, ...] = (), turn: float = 0.0, pages: int = 99
) -> Path:
    """Return a PDF with the first pages of another one as images, except for the pages to keep."""
    import pypdfium2 as pdfium

    source, target = pdfium.PdfDocument(str(path)), pdfium.PdfDocument.new()
    for i in range(min(pages, len(source))):
        if i in keep:
            target.import_pages(source, [i])
            continue
        drawn = source[i].render(scale=dpi / 72, grayscale=True).to_pil().rotate(turn, fillcolor=255)
        single = pdfium.PdfDocument(bytes_of(drawn, "PDF", resolution=dpi))
        target.import_pages(single)
    out = folder / "scan.pdf"
    target.save(str(out))
    target.close()
    source.close()
    return out


def test_a_scan_gives_scores_that_are_right_or_flagged(tmp_path):
    path = SAMPLES / "word" / "05_nongbuakhok.pdf"
    right = {score.indicator_no: score.score for score in thaita.read(path).scores}
    scanned = read_bytes(scan_of(path, tmp_path, 300, pages=1).read_bytes(), "scan.pdf")
    found = {score.indicator_no: score for score in scanned.scores}
    silent = [no for no, score in found.items() if score.score != right.get(no) and not score.flags]
    assert silent == []
    assert sum(found[no].score == value for no, value in right.items() if no in found) >= 9
    for score in found.values():
        assert score.provenance.page
        assert score.provenance.box
        assert 0 <= score.provenance.confidence <= 1


def test_a_mixed_pdf_is_read_page_by_page(tmp_path):
    path = SAMPLES / "word" / "04_chamuang.pdf"
    mixed = scan_of(path, tmp_path, 200, keep=(0,))
    reading = read_bytes(mixed.read_bytes(), "mixed.pdf")
    said = [problem.message for problem in reading.problems if problem.code == "ocr"]
    assert said
    assert not any(message.startswith("page 1 ") for message in said)
    gold = load(SAMPLES / "04_chamuang.gold.json")
    assert len(reading.measures) == len(gold.measures)
    assert not [line for line in differences(reading, gold) if line.startswith("report")]


def test_a_picture_that_is_not_a_report_does_not_fail_the_archive(tmp_path):
    archive = tmp_path / "archive"
    archive.mkdir()
    Image.linear_gradient("L").resize((600, 600)).save(archive / "photo.jpg")
    result = CliRunner().invoke(cli, ["extract", str(archive), "-o", str(tmp_path / "d")])
    assert result.exit_code == 0
    assert thaita.load(tmp_path / "d")["problems"]["code"].tolist() == ["not_ita"]


def test_positions_refer_to_the_original_page(tmp_path):
    path = SAMPLES / "word" / "05_nongbuakhok.pdf"
    drawn = repair_document(read_document(path.read_bytes()))
    turned = repair_document(read_document(scan_of(path, tmp_path, 200, turn=2.0, pages=2).read_bytes()))
    for one, other in zip(drawn.pages[:2], turned.pages, strict=True):
        assert (one.width, one.height) == pytest.approx((other.width, other.height), abs=2)
    assert {place.page for place in turned.places} == {1, 2}
    for place in turned.places:
        page = turned.pages[place.page - 1]
        assert -5 <= place.box.x0 < place.box.x1 <= page.width + 5
        assert -5 <= place.box.top < place.box.bottom <= page.height + 5
