"""Lines with impossible Thai spelling: the other engine's reading, or a flag."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.paths import PDFS

import thaita
from thaita.extract.readers.page.layout import PageDraft
from thaita.extract.readers.page.lines import Line, Segment
from thaita.extract.readers.pdf.second_reading import apply_second_readings
from thaita.models.document import Box

PDF = PDFS / "font_names_wrong_letters.pdf"
"""A page made by WeasyPrint whose ToUnicode table names some letters wrongly."""

WORDS = "งานที่ไม่มีข้อสงสัย"


def line(text: str, top: float, width: float = 200) -> Line:
    box = Box(70, top, 70 + width, top + 14)
    return Line((Segment(text, box.x0, box.x1),), box, 14, 0)


def taken(first: str, second: Line) -> tuple[Line, list[str]]:
    """Return a line after a second reading, and the codes of the problems."""
    read = line(first, 100)
    page = PageDraft(1, 595, 842, [line(WORDS, 80 - i) for i in range(60)] + [read])
    again = replace(page, items=[second])
    codes = [
        problem.code
        for problem in apply_second_readings([page], lambda numbers: [again] if 1 in numbers else [])
    ]
    return read, codes


def test_a_possible_second_reading_is_used_and_both_are_reported() -> None:
    read, codes = taken("การใช้อĻานาจ", line("การใช้อำนาจ", 101))
    assert (read.text, read.doubtful, codes) == ("การใช้อำนาจ", True, ["second_reading"])


@pytest.mark.parametrize(
    "second",
    [
        line("การใช้อĻานาจ", 100),  # no better
        line("การใช้อำนาจ", 130),  # another line
        line("การใช้อำนาจ", 100, 40),  # a part of the line
        line("การใช้อำนาจ 91", 100),  # another figure
        line("รายงานการประชุมสภา", 100),  # other words
    ],
)
def test_any_other_second_reading_is_rejected(second: Line) -> None:
    read, codes = taken("การใช้อĻานาจ", second)
    assert (read.text, codes) == ("การใช้อĻานาจ", [])


@pytest.mark.parametrize("first", ["ส านักงาน", "ลำดั", "คะแ", "ะเบียน"])
def test_possible_thai_and_narrow_columns_need_no_second_engine(first: str) -> None:
    page = PageDraft(1, 595, 842, [line(first, 100), line(WORDS, 120)])
    asked: list[frozenset[int]] = []
    assert list(apply_second_readings([page], lambda numbers: asked.append(numbers) or [])) == []
    assert asked == []


def test_every_value_of_a_page_whose_fonts_name_wrong_letters_is_flagged() -> None:
    reading = thaita.read(PDF)
    scores = {score.indicator: (score.score_as_written, "garbled" in score.flags) for score in reading.scores}
    assert scores == {
        "การปฏิบัติหน้าที่": ("91.25", True),
        "การใช้อำนาจ": ("88.40", True),
        "การป้องกันการทุจริต": ("75.00", True),
    }
    assert all("garbled" in finding.flags for finding in reading.findings)
    assert {problem.code for problem in reading.problems} >= {"garbled_text", "second_reading"}
