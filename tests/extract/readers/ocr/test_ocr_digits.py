"""The digit recognizer reads drawn numbers, reports its confidence, and accepts any picture."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from support.ocr_data import FONT

from thaita.extract.readers.ocr.digits import NumberReading, best_path, number_text, path_score, read_number
from thaita.extract.readers.ocr.digits_network import ALPHABET, LETTER, trained_network

FONTS = [
    FONT,
    *(
        path
        for name in ("tlwg/Laksaman.ttf", "tlwg/Kinnari.ttf", "noto/NotoSansThai-Regular.ttf")
        if (path := Path("/usr/share/fonts/truetype") / name).exists()
    ),
]
CELLS = ["๙๖.๔๒", "๗๘.๒๘", "๘๕.๗๐", "๑๐๐", "๑๐๐.๐๐", "๒๕๖๘", "๖๖.๕๐"]


def cell(text: str, font: Path, dpi: int = 300, points: float = 16, margin: int = 20) -> Image.Image:
    drawn = ImageFont.truetype(str(font), round(points * dpi / 72))
    left, top, right, bottom = drawn.getbbox(text)
    image = Image.new("L", (int(right - left) + 2 * margin, int(bottom - top) + 2 * margin), 246)
    ImageDraw.Draw(image).text((margin - left, margin - top), text, font=drawn, fill=20)
    return image.filter(ImageFilter.GaussianBlur(0.8))


def read(image: Image.Image, dpi: float = 300) -> NumberReading:
    return read_number(np.asarray(image), dpi)


@pytest.mark.parametrize("font", FONTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("dpi", [200, 300])
def test_reads_thai_digits(font, dpi):
    for text in CELLS:
        reading = read(cell(text, font, dpi), dpi)
        assert (reading.text, dpi) == (text, dpi)
        assert "".join(character for character, _ in reading.characters) == text


@pytest.mark.parametrize("text", ["89.62", "100.00", "2568", "75"])
def test_reads_arabic_digits(text):
    assert read(cell(text, FONT)).text == text


def test_reads_between_ruling_lines():
    image = cell("๙๐.๖๔", FONT, margin=30)
    pen = ImageDraw.Draw(image)
    pen.line((0, 3, image.width, 5), fill=0, width=3)
    pen.line((3, 0, 4, image.height), fill=0, width=3)
    assert read(image).text == "๙๐.๖๔"


def test_reads_white_on_black_and_skewed():
    image = cell("๘๗.๑๗", FONT)
    assert read(image.point(lambda level: 255 - level)).text == "๘๗.๑๗"
    assert read(image.rotate(1.5, expand=True, fillcolor=246)).text == "๘๗.๑๗"


def test_letters_are_not_read_as_digits():
    reading = read(cell("ปี ๒๕๖๔", FONT))
    assert reading.text == "๒๕๖๔"
    assert reading.characters[0][0] == LETTER
    assert read(cell("หน่วยงาน", FONT)).text == ""


def test_a_blurred_number_has_a_lower_confidence():
    image = cell("๙๖.๔๒", FONT, 150)
    sharp = read(image, 150)
    dim = read(image.filter(ImageFilter.GaussianBlur(3)), 150)
    assert sharp.confidence > 0.9
    assert dim.confidence < sharp.confidence


@pytest.mark.parametrize("shape", [(0, 0), (1, 1), (2, 400), (40, 200), (3, 3)])
@pytest.mark.parametrize("level", [0, 128, 255])
def test_nothing_is_read_from_an_even_picture(shape, level):
    assert read_number(np.full(shape, level, np.uint8)).text == ""


def test_nothing_is_read_from_grainy_paper():
    grain = np.random.default_rng(3).normal(238, 5, (60, 240))
    assert read_number(np.clip(grain, 0, 255).astype(np.uint8)).text == ""


@settings(max_examples=60, deadline=None)
@given(
    image=hnp.arrays(np.uint8, st.tuples(st.integers(0, 60), st.integers(0, 160))),
    dpi=st.floats(1, 2400, allow_nan=False),
)
def test_never_raises(image, dpi):
    reading = read_number(image, dpi)
    assert 0 <= reading.confidence <= 1
    assert all(0 <= sure <= 1 for _, sure in reading.characters)
    assert set(reading.text) <= set(ALPHABET) - {LETTER} | {" "}


def test_a_very_long_picture_is_read():
    image = np.full((20, 30_000), 255, np.uint8)
    image[5:15, 100:29_000:9] = 0
    assert isinstance(read_number(image), NumberReading)


def test_the_score_sums_over_all_alignments():
    # Two columns, "a" or blank with equal probability: a-a, a-blank and blank-a all mean "a".
    answer = np.log(np.array([[0.5, 0.5], [0.5, 0.5]], dtype=np.float32))
    assert path_score(answer, (1,)) == pytest.approx(np.log(0.75))
    assert path_score(answer, ()) == pytest.approx(np.log(0.25))
    assert best_path([answer])[0] in {(), (1,)}


def test_letters_stand_apart_from_the_number():
    assert number_text(f"{LETTER}๒๕๖๔{LETTER}") == "๒๕๖๔"
    assert number_text(f"๑{LETTER}๒") == "๑ ๒"


def test_calibration_maps_are_increasing():
    for points in (trained_network().line_map, trained_network().character_map):
        assert (np.diff(points[0]) >= 0).all()
        assert (np.diff(points[1]) >= 0).all()
        assert points[1].min() >= 0
        assert points[1].max() < 1
