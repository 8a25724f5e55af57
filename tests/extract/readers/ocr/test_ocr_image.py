"""A page image before OCR: straight, clean, with the ruling lines of its tables."""

import cv2
import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from support.paths import SHARED

from thaita.extract.readers.ocr.clean_image import back_to_image, clean_page
from thaita.extract.readers.page.ruled_tables import find_lattices
from thaita.extract.readers.pdf.reader import engine_of
from thaita.models.document import Box

DPI = 200
UNIT = DPI / 72
XS = (60, 130, 300, 420, 535)
YS = (200, 230, 300, 380, 460)
WORDS = "Kunatham lae khwam prongsai nai kan damnoen ngan"


def text_line(page, x, y, size=0.8, text=WORDS, thick=2):
    cv2.putText(page, text, (round(x * UNIT), round(y * UNIT)), cv2.FONT_HERSHEY_SIMPLEX, size, 20, thick, 16)


def rule(page, x0, y0, x1, y1, shade=0, thick=2):
    start, end = (round(x0 * UNIT), round(y0 * UNIT)), (round(x1 * UNIT), round(y1 * UNIT))
    cv2.line(page, start, end, shade, thick)


def blank():
    return np.full((round(842 * UNIT), round(595 * UNIT)), 245, np.uint8)


def table_page(shade=0, thick=2):
    """Text, a table of 4 x 4 whose header spans two columns and whose first column spans two rows, text."""
    page = blank()
    for y in (60, 80, 100, 120, 140, 160):
        text_line(page, 60, y)
    for y in YS:
        rule(page, XS[1] if y == YS[2] else XS[0], y, XS[-1], y, shade, thick)
    for x in XS:
        rule(page, x, YS[1] if x == XS[2] else YS[0], x, YS[-1], shade, thick)
    for y in (250, 270, 290, 320, 340):
        text_line(page, XS[1] + 5, y, 0.6, "Matrakan songsoem")
    for y in range(500, 780, 18):
        text_line(page, 60, y, 0.7)
    return page


SHAPE = [
    (0, 0, 1, 1), (0, 1, 1, 2), (0, 3, 1, 1),
    (1, 0, 2, 1), (1, 1, 1, 1), (1, 2, 1, 1), (1, 3, 1, 1),
    (2, 1, 1, 1), (2, 2, 1, 1), (2, 3, 1, 1),
    (3, 0, 1, 1), (3, 1, 1, 1), (3, 2, 1, 1), (3, 3, 1, 1),
]  # fmt: skip


def skewed(page, angle):
    height, width = page.shape
    turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -angle, 1)
    return cv2.warpAffine(page, turn, (width, height), borderValue=245.0)


def noisy(page, sigma=10):
    random = np.random.default_rng(7)
    noise = random.normal(0, sigma, page.shape)
    dark = random.random(page.shape) < 0.0005
    return np.where(dark, 60, np.clip(page + noise, 0, 255)).astype(np.uint8)


def shape(lattice):
    return [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in lattice.cells]


@pytest.mark.parametrize("angle", [-3.0, -0.7, 0.0, 0.3, 2.1])
def test_a_table_is_found_on_a_skewed_noisy_page(angle):
    page = clean_page(noisy(skewed(table_page(), angle)), DPI)
    (lattice,) = find_lattices(page.rules)
    assert shape(lattice) == SHAPE
    assert page.angle == pytest.approx(angle, abs=0.05)
    assert page.rotation == 0
    assert page.pictures == ()


@pytest.mark.parametrize(("shade", "thick"), [(130, 1), (150, 2), (0, 6)])
def test_faint_thin_and_thick_lines_are_found(shade, thick):
    (lattice,) = find_lattices(clean_page(noisy(table_page(shade, thick), 4), DPI).rules)
    assert shape(lattice) == SHAPE


def test_broken_lines_are_closed():
    page = table_page()
    for x in range(80, 535, 47):
        left = round(x * UNIT)
        page[round(195 * UNIT) : round(465 * UNIT), left : left + 9] = 245
    (lattice,) = find_lattices(clean_page(page, DPI).rules)
    assert shape(lattice) == SHAPE


def test_cells_are_found_at_their_positions():
    given_page = noisy(skewed(table_page(), 2.0))
    page = clean_page(given_page, DPI)
    (lattice,) = find_lattices(page.rules)
    straight = clean_page(table_page(), DPI)
    (want,) = find_lattices(straight.rules)
    assert want.xs == pytest.approx(XS, abs=1)
    assert want.ys == pytest.approx(YS, abs=1)
    back = back_to_image(lattice.box, page, DPI)
    corners = [(x, y) for x in (XS[0], XS[-1]) for y in (YS[0], YS[-1])]
    turn = cv2.getRotationMatrix2D((595 / 2, 842 / 2), -2.0, 1)
    moved = np.array([turn @ np.array([x, y, 1]) for x, y in corners])
    assert back == pytest.approx((*moved.min(axis=0), *moved.max(axis=0)), abs=1.5)


def test_a_sideways_page_is_rotated_and_its_boxes_rotated_back():
    page = clean_page(noisy(np.rot90(table_page())), DPI)
    assert page.rotation == 90
    (lattice,) = find_lattices(page.rules)
    assert shape(lattice) == SHAPE
    back = back_to_image(lattice.box, page, DPI)
    assert back == pytest.approx((YS[0], 595 - XS[-1], YS[-1], 595 - XS[0]), abs=1.5)


def test_ruling_lines_are_erased_and_letters_are_kept():
    bare = blank()
    for y in (60, 80, 100):
        text_line(bare, 60, y)
    ruled = bare.copy()
    rule(ruled, 55, 103, 500, 103)
    rule(ruled, 55, 45, 55, 120)
    page = clean_page(ruled, DPI)
    want = clean_page(bare, DPI)
    assert len(page.rules) == 2
    ink = want.without_rules < 128
    assert (page.without_rules[ink] < 160).mean() > 0.97
    assert (page.without_rules < 128).sum() <= 1.01 * ink.sum()
    assert (page.gray < 128).sum() > 1.1 * ink.sum()


def test_underlines_and_large_letters_are_not_a_table():
    page = blank()
    for i, y in enumerate(range(80, 780, 60)):
        text_line(page, 60, y, 2.5, "HITL EFH 11", 8 if i % 2 else 3)
        rule(page, 60, y + 4, 400, y + 4)
    found = clean_page(page, DPI)
    assert find_lattices(found.rules) == []
    assert all(one.horizontal for one in found.rules)


def test_shadow_and_bleed_through_are_removed():
    page = table_page().astype(np.float64)
    page -= 45 * (table_page()[:, ::-1] < 128)
    page *= np.linspace(0.55, 1.0, page.shape[1])
    found = clean_page(np.clip(page, 0, 255).astype(np.uint8), DPI)
    assert np.median(found.gray) == 255
    assert (found.gray > 250).mean() > 0.9
    (lattice,) = find_lattices(found.rules)
    assert shape(lattice) == SHAPE


def test_a_photograph_is_a_picture_and_text_is_not():
    page = table_page()
    random = np.random.default_rng(3)
    coarse = random.integers(20, 160, (12, 12)).astype(np.uint8)
    side = round(90 * UNIT)
    top, left = round(600 * UNIT), round(400 * UNIT)
    page[top - 30 : top + side + 30, left - 30 : left + side + 30] = 245
    page[top : top + side, left : left + side] = cv2.resize(coarse, (side, side))
    (box,) = clean_page(page, DPI).pictures
    assert box == pytest.approx(Box(400, 600, 490, 690), abs=3)


def test_color_is_converted_to_gray():
    page = table_page()
    assert np.array_equal(clean_page(np.dstack([page] * 3), DPI).gray, clean_page(page, DPI).gray)


@given(
    arrays.arrays(np.uint8, st.one_of(arrays.array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=90))),
    st.sampled_from([50, 72, 150, 300]),
)
@settings(max_examples=60, deadline=None)
def test_small_images_raise_no_error(image, dpi):
    page = clean_page(image, dpi)
    assert page.gray.shape == page.without_rules.shape
    assert page.gray.dtype == np.uint8


@pytest.mark.parametrize("dpi", [0, -1, float("nan"), float("inf")])
def test_a_resolution_must_be_positive(dpi):
    with pytest.raises(ValueError, match="dpi"):
        clean_page(blank(), dpi)


@pytest.mark.parametrize("name", ["000_438ddf860a84f21b", "001_89015ff4b27954ce"])
def test_a_scan_has_the_cells_of_its_digital_original(name):
    scan, twin = SHARED / "reports/scan200" / f"{name}.pdf", SHARED / "reports/word" / f"{name}.pdf"
    if not scan.exists() or not twin.exists():
        pytest.skip("the scanned reports are not here")
    want = next(iter(engine_of("pdfium").pages(twin.read_bytes(), only={1})))
    with pypdfium2.PdfDocument(scan) as document:
        picture = document[0].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    page = clean_page(np.asarray(picture), DPI)
    found, drawn = find_lattices(page.rules), find_lattices(want.rules)
    assert [shape(one) for one in found] == [shape(one) for one in drawn]
    shift = (page.gray.shape[1] / UNIT - want.width) / 2, (page.gray.shape[0] / UNIT - want.height) / 2
    for one, other in zip(found, drawn, strict=True):
        assert np.array(one.xs) - shift[0] == pytest.approx(np.array(other.xs), abs=3)
        assert np.array(one.ys) - shift[1] == pytest.approx(np.array(other.ys), abs=3)
