"""`show --draw`: the displayed page with marks at the positions of the extracted values."""

import math
from io import BytesIO

import pytest
from click.testing import CliRunner
from PIL import Image
from support.make_pdf import Sheet, pdf_of
from support.paths import SAMPLES

from thaita.cli.main import cli
from thaita.extract.pipeline import read_with_document
from thaita.extract.readers.pdf.table_cells import cell_boxes
from thaita.models.document import Box, Page
from thaita.out.pages import drawing as page_picture
from thaita.out.pages.drawing import SCALE, STYLES, PictureError, draw_page
from thaita.out.pages.marks import Mark, page_marks

SAMPLE = min((SAMPLES / "word").glob("*.pdf"))
ITA = "คุณธรรมและความโปร่งใส"


def run(*arguments):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def marks_of(data, number):
    reading, document = read_with_document(data, "a.pdf")
    cells = cell_boxes(data, number)
    return page_marks(document, reading, number, cells), document.pages[number - 1], cells


def pixel(picture, x, y):
    return picture.getpixel((round(x * SCALE), round(y * SCALE)))


def has_outline(picture, box, color):
    """Return whether the midpoints of all four edges of a box have a color."""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    corners = [(x, box.top), (x, box.bottom), (box.x0, y), (box.x1, y)]
    return all(pixel(picture, *corner) == color for corner in corners)


# -- a real report ------------------------------------------------------------------------------


def test_a_page_of_a_sample_is_drawn(tmp_path):
    target = tmp_path / "a.png"
    result = run("show", SAMPLE, "--page", 2, "--draw", target)
    assert (result.exit_code, result.stderr) == (0, "")
    _, page, cells = marks_of(SAMPLE.read_bytes(), 2)
    assert result.stdout.startswith("page 2 of ")
    assert result.stdout.endswith(f" drawn: {target}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]
    with Image.open(target) as picture:
        assert (picture.format, picture.mode) == ("PNG", "RGB")
        assert picture.width == math.ceil(page.width * SCALE)
        assert 0 < picture.height - math.ceil(page.height * SCALE) < 200
        assert len(cells) > 10
        assert all(has_outline(picture, box, STYLES["cell"].color) for box in cells)


def test_marks_are_drawn_at_their_positions():
    """Every mark is on the page; each of the seven scores in the table has a cell for its name and one for its figure."""
    data = SAMPLE.read_bytes()
    pages = len(read_with_document(data, "a.pdf")[1].pages)
    seen, in_cells = set(), []
    for number in range(1, pages + 1):
        marks, page, cells = marks_of(data, number)
        seen |= {mark.kind for mark in marks}
        for mark in marks:
            box = mark.box
            assert -1 <= box.x0 < box.x1 <= page.width + 1
            assert -1 <= box.top < box.bottom <= page.height + 1
        in_cells += [mark for mark in marks if mark.kind == "scores" and in_one_of(cells, mark.box)]
    assert seen >= {"cell", "paragraph", "reports", "scores", "findings", "measures"}
    assert len(in_cells) >= 14


def in_one_of(cells, box):
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return any(cell.x0 <= x <= cell.x1 and cell.top <= y <= cell.bottom for cell in cells)


def test_page_1_is_the_default_and_replaces_an_older_picture(tmp_path):
    target = tmp_path / "a.PNG"
    target.write_bytes(b"old")
    assert run("show", SAMPLE, "--draw", target).stdout.startswith("page 1 of ")
    first = target.read_bytes()
    run("show", SAMPLE, "--page", 1, "--draw", target)
    assert target.read_bytes() == first


def test_a_full_disk_keeps_the_older_picture(tmp_path, monkeypatch):
    target = tmp_path / "a.png"
    target.write_bytes(b"old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("thaita.out.atomic.os.fsync", full)
    result = run("show", SAMPLE, "--draw", target)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"Error: cannot draw to {target}: No space left on device\n"
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.png", b"old")]


# -- drawn pages --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("turn", "size", "box"),
    [
        (0, (600, 800), Box(100, 200, 300, 240)),
        (90, (800, 600), Box(560, 100, 600, 300)),
        (180, (600, 800), Box(300, 560, 500, 600)),
        (270, (800, 600), Box(200, 300, 240, 500)),
    ],
)
def test_rotated_pages_are_drawn_upright(turn, size, box):
    """The box is at the displayed position of the upper left cell of the table on the rotated page."""
    sheet = Sheet(b"/MediaBox[0 0 600 800]/Rotate %d" % turn).grid([100, 300, 500], [200, 240, 280, 320])
    data = pdf_of(sheet.text(110, 225, ITA).text(310, 225, "กข").text(110, 305, "ค")).done()
    marks, page, _ = marks_of(data, 1)
    with Image.open(BytesIO(draw_page(data, None, page, marks))) as picture:
        assert (page.width, page.height) == size
        assert picture.width == size[0] * SCALE
        assert has_outline(picture, box, STYLES["cell"].color)


def test_a_cropped_page_is_drawn():
    sheet = Sheet(b"/MediaBox[0 0 600 800]/CropBox[50 100 550 700]")
    sheet.grid([100, 300, 500], [200, 240, 280]).text(110, 225, ITA).text(110, 265, "ก")
    data = pdf_of(sheet).done()
    marks, page, _ = marks_of(data, 1)
    with Image.open(BytesIO(draw_page(data, None, page, marks))) as picture:
        assert picture.width == 500 * SCALE
        assert has_outline(picture, Box(50, 100, 250, 140), STYLES["cell"].color)


def test_running_heads_have_their_own_color():
    sheets = [Sheet().text(250, 40, f"- {n} -").text(100, 400, f"{ITA} ก{n}") for n in (1, 2, 3)]
    marks, _, _ = marks_of(pdf_of(*sheets).done(), 2)
    heads = [mark.box for mark in marks if mark.kind == "running"]
    assert [round(box.x0) for box in heads] == [250]
    assert [mark.box.x0 for mark in marks if mark.kind == "paragraph"] == [pytest.approx(100, abs=2)]


def test_the_text_shows_through_a_value():
    data = pdf_of(Sheet().fill(100, 100, 150, 150, 0)).done()
    mark = Mark("scores", Box(100, 100, 200, 150))
    with Image.open(BytesIO(draw_page(data, None, Page(1, 600, 800), [mark]))) as picture:
        black, white = pixel(picture, 125, 125), pixel(picture, 175, 125)
        assert sum(black) < 250
        assert sum(white) > 600
        assert white != (255, 255, 255)


def test_a_huge_page_is_drawn_small_enough(monkeypatch):
    monkeypatch.setattr(page_picture, "LONGEST", 500)
    data = pdf_of(Sheet(b"/MediaBox[0 0 2000 1000]")).done()
    drawn = draw_page(data, None, Page(1, 2000, 1000), [Mark("cell", Box(0, 0, 2000, 1000))])
    with Image.open(BytesIO(drawn)) as picture:
        assert picture.width == 500
        assert picture.getpixel((250, 249)) != (255, 255, 255)


def test_a_page_narrower_than_the_legend_is_drawn():
    data = pdf_of(Sheet(b"/MediaBox[0 0 20 20]")).done()
    with Image.open(BytesIO(draw_page(data, None, Page(1, 20, 20), []))) as picture:
        assert picture.width > 200
        assert picture.height > 20 * SCALE + 100


def test_a_locked_page_is_drawn(tmp_path):
    path = tmp_path / "locked.pdf"
    path.write_bytes(pdf_of(Sheet().text(100, 100, ITA)).done(b"secret"))
    result = run("show", path, "--password", "secret", "--draw", tmp_path / "a.png")
    assert result.exit_code == 0
    assert run("show", path, "--draw", tmp_path / "b.png").exit_code == 1
    assert not (tmp_path / "b.png").exists()


@pytest.mark.parametrize(
    "page", [Page(1, 0, 0), Page(1, math.inf, 800), Page(9, 600, 800)], ids=["no size", "endless", "none"]
)
def test_a_page_that_cannot_be_drawn_is_reported(page):
    with pytest.raises(PictureError, match=f"page {page.number} "):
        draw_page(pdf_of(Sheet()).done(), None, page, [])


# -- mistakes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{pdf}", "--page", "99", "--draw", "{tmp}/a.png"], "no page 99: the report has {pages} pages"),
        (["{pdf}", "--page", "0", "--draw", "{tmp}/a.png"], "--page"),
        (["{pdf}", "--page", "1"], "--draw OUT.png"),
        (["{pdf}", "--draw", "{tmp}/a.png", "--quotes"], "prints no tables"),
        (["{docx}", "--draw", "{tmp}/a.png"], "no pages to draw"),
        (["{txt}", "--draw", "{tmp}/a.png"], "no pages to draw"),
        (["{pdf}", "--draw", "{tmp}/none/a.png"], "there is no folder {tmp}/none"),
        (["{pdf}", "--draw", "{tmp}/report.pdf"], "ends in .png"),
        (["{pdf}", "--draw", "{tmp}/dir.png"], "is a folder"),
    ],
)
def test_invalid_arguments_exit_with_2_and_change_nothing(tmp_path, arguments, message):
    (tmp_path / "dir.png").mkdir()
    names = {kind: min(SAMPLES.glob(f"*.{kind}")) for kind in ("txt", "docx")}
    pages = len(read_with_document(SAMPLE.read_bytes(), "a.pdf")[1].pages)
    names |= {"tmp": tmp_path, "pdf": SAMPLE, "pages": pages}
    result = run("show", *(argument.format(**names) for argument in arguments))
    assert (result.exit_code, result.stdout) == (2, "")
    assert message.format(**names) in result.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["dir.png"]
