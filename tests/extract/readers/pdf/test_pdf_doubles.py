"""Text drawn twice by a browser: outlines, shadows and bold type."""

import pytest

from thaita.extract.readers.pdf.pdfium_doubles import without_doubles
from thaita.extract.readers.pdf.pdfium_runs import DARK, WHITE, Run


def run(text, x0, x1, top=100.0, shade=DARK):
    return Run(text, x0, top, x1, top + 10, top + 8, 10.0, 0, True, True, shade, 0, (1, 0, 0, 1, 0, 0))


@pytest.mark.parametrize(
    ("runs", "kept"),
    [
        ([run("คะแนน", 10, 40), run("คะแนน", 11, 41)], ["คะแนน"]),
        # an outline drawn letter by letter over a run
        ([run("กขค", 10, 28), run("ก", 10, 16), run("ข", 16, 22), run("ค", 22, 28)], ["กขค"]),
        # a letter inside the box of a run is no copy if the rest of the run does not come again
        ([run("รับผิด", 10, 40), run("ผ", 10, 16)], ["รับผิด", "ผ"]),
        # the figure 1 beside another
        ([run("1", 10, 15), run("1", 15.5, 20.5)], ["1", "1"]),
    ],
)
def test_copies_are_left_out(runs, kept):
    assert [one.text for one in without_doubles(runs)] == kept


def test_a_white_shadow_gives_way_to_its_letters():
    kept = list(without_doubles([run("คะแนน", 10, 40, 101, WHITE), run("คะแนน", 10, 40)]))
    assert [one.shade for one in kept] == [DARK]
