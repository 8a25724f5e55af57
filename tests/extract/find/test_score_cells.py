"""Cells of a score column: numbers in unusual characters, with a grade or a picture next to them."""

from __future__ import annotations

import pytest

from thaita.extract.find.score_candidates import read_score
from thaita.extract.pipeline import read_bytes
from thaita.models.source_text import SourceText
from thaita.normalize.thai.repair import repair_source

CELLS: list[tuple[str, str | None, tuple[str, ...]]] = [
    ("９１.４０", "91.40", ()),  # full-width digits
    ("９１．４０", "91.40", ()),  # and the full-width point
    ("𝟖𝟔.𝟕𝟓", "86.75", ()),  # mathematical bold
    ("໙໓.໗໕", "93.75", ()),  # Lao
    ("៩៣.៧៥", "93.75", ()),  # Khmer
    ("๘๕·๐๒", "85.02", ()),  # a middle dot
    ("๘๑,๖๘", "81.68", ("comma_decimal",)),
    ("๘๓ .๙๙", "83.99", ()),
    ("๘๘.๑๔%", "88.14", ()),
    ("๘๘.๑๔％", "88.14", ()),
    ("ร้อยละ ๘๔.๕๗", "84.57", ()),
    ("๗๙.๓๓/๑๐๐", "79.33", ()),
    ("๙๒.๘๖ จาก ๑๐๐ คะแนน", "92.86", ()),
    ("92.86 (เต็ม 100)", "92.86", ()),
    ("38.50/40", None, ()),  # points of another total
    ("\u202a๘๕.๐๒\u202c", "85.02", ()),
    ("\u061c๙๓.๗๕\ufe0f", "93.75", ()),
    ("\u2009๗๙.๓๓\u3000", "79.33", ()),
    ("92.86 (AA)", "92.86", ()),
    ("A 88.10", "88.10", ()),
    ("๘๑.๖๘ / B", "81.68", ()),
    ("๘๓.๙๙ ระดับ B", "83.99", ()),
    ("๗๙.๓๓ – ผ่าน", "79.33", ()),
    ("ต้องปรับปรุง ๖๐.๑", "60.1", ()),
    ("🟢 ๙๓.๗๕", "93.75", ()),
    ("▲ 91.2", "91.2", ("sign",)),  # may be a change
    ("91.2 ↓", "91.2", ("sign",)),
    ("91.40 (87.20)", None, ()),  # two numbers that disagree
    ("87.20 → 91.40", None, ()),
    ("> 85", None, ()),  # a threshold
    ("≥ 85", None, ()),
    ("86.75¹", "86.75", ()),  # a raised footnote mark is no digit
    ("24 คน", None, ()),
    ("91.40 ผ่านเกณฑ์", None, ()),
]


@pytest.mark.parametrize(("cell", "value", "doubt"), CELLS)
def test_a_score_cell_is_read(cell: str, value: str | None, doubt: tuple[str, ...]) -> None:
    found = read_score(repair_source(SourceText.at(cell, 0)))
    assert (str(found[1].value) if found else None) == value
    assert found is None or found[1].doubt == doubt


def test_a_number_in_unusual_characters_is_quoted_as_in_the_source() -> None:
    report = "ผลการประเมิน ITA\n\nตัวชี้วัด\tคะแนน\nการใช้\u2060อำนาจ\t𝟖𝟔·𝟕𝟓\nการใช้งบประมาณ\t80.00\n"
    score = next(s for s in read_bytes(report.encode(), "a.txt").scores if s.indicator_no == 3)
    assert (score.score_as_written, "repaired" in score.flags) == ("86.75", True)
    assert score.provenance.quote == "การใช้\u2060อำนาจ\t𝟖𝟔·𝟕𝟓"


@pytest.mark.parametrize("written", ["�８．１２", "9�.12", "98.�2", "98.1�"])
def test_a_score_next_to_an_unreadable_character_is_flagged_or_not_read(written):
    rows = f"| การใช้อำนาจ | {written} |\n| การใช้งบประมาณ | 93.40 |\n"
    text = f"ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\n| ตัวชี้วัด | คะแนน |\n|--|--|\n{rows}"
    scores = {score.indicator_no: score.flags for score in read_bytes(text.encode(), "a.txt").scores}
    assert "garbled" in scores.get(3, ("garbled",))
    assert "garbled" not in scores[2]


@pytest.mark.parametrize("glue", [" ", "<br>"])
def test_a_cell_with_name_and_figure_yields_a_score(glue):
    cards = [("การปฏิบัติหน้าที่", "98.12"), ("การใช้งบประมาณ", "93.40"), ("การใช้อำนาจ", "95.06")]
    cards += [("การเปิดเผยข้อมูล", "87.50")]
    cells = [f"<td>{name}{glue}{score} คะแนน</td>" for name, score in cards]
    page = f"<table><tr>{''.join(cells[:2])}</tr><tr>{''.join(cells[2:])}</tr></table>"
    reading = read_bytes(page.encode(), "report.html")
    assert {(s.indicator_no, str(s.score)) for s in reading.scores} == {
        (no, score) for no, (_, score) in zip((1, 2, 3, 9), cards, strict=True)
    }
