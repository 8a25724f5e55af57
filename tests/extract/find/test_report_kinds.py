"""Kinds of reports that the document states: news, the nation's results, passages of other documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from thaita.extract.find.report_kinds import stated_kinds
from thaita.extract.pipeline import read_bytes
from thaita.extract.resolve.derive import derive
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.records import ReportKind
from thaita.models.source_text import SourceText
from thaita.normalize.names import read_table

ROWS = read_table("report_kinds.csv")
UNKNOWN = "ฌฌฌ"
BESIDE = {
    "told": "เลขานุการชี้แจงต่อสื่อมวลชน",
    "notice": "จึงประกาศให้ทราบ",
    "closing": "ประกาศเทศบาล",
    "assessor": "ผลทั้งประเทศ",
}
"""A line without which the words of a place do not count."""


def _kinds(*lines: str, analysed: bool = False) -> tuple[ReportKind, ...]:
    flow: list[FlowItem] = [FlowParagraph(SourceText.at(line, 0), 0) for line in lines]
    return stated_kinds(flow, passage=False, analysed=analysed)


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['kind']} {row['place']} {row['phrase']}" for row in ROWS])
def test_a_phrase_decides_its_example(row: dict[str, str]) -> None:
    beside = BESIDE.get(row["place"], "ผล ITA ปี 2567")
    if row["phrase"] == "สื่อมวลชน":
        beside = "ผู้สื่อข่าวรายงาน"
    assert row["kind"] in _kinds(row["example"], beside)
    if row["place"] != "assessor":
        without = row["example"].lower().replace(row["phrase"].lower(), UNKNOWN)
        assert row["kind"] not in _kinds(without, beside)


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        # a report may speak of news and of the press
        (
            ("รายงานผลการประเมิน ITA เทศบาลตำบลท่ายาง", "1. ข่าวประชาสัมพันธ์ควรเผยแพร่ให้ทั่วถึง", "2. แถลงข่าวทุกเดือน"),
            (),
        ),
        (("ประกาศเทศบาลตำบลท่ายาง เรื่อง ผลการประเมิน", "จึงประกาศให้ทราบ"), ("news",)),
        # an agency in the title: the nation's mean only stands beside its own
        (("เทศบาลตำบลท่ายาง ได้อันดับ 1 ระดับประเทศ", "ผล ITA"), ()),
        (("ผลการประเมิน ITA ระดับประเทศ", "สำนักงาน ป.ป.ช."), ("national",)),
        (("ผลการประเมินของหน่วยงาน", "ค่าเฉลี่ยของหน่วยงาน 88"), ()),
        ((), ()),
    ],
)
def test_kinds_need_evidence(lines: tuple[str, ...], kinds: tuple[ReportKind, ...]) -> None:
    assert _kinds(*lines) == kinds


def test_what_is_analysed_is_no_notice() -> None:
    notice = ("ประกาศเทศบาลตำบลท่ายาง เรื่อง มาตรการส่งเสริมคุณธรรม", "จึงประกาศให้ทราบ")
    assert (_kinds(*notice), _kinds(*notice, analysed=True)) == (("news",), ())


DOCUMENTS = sorted((Path(__file__).parents[2] / "kinds").glob("*/*"))
"""Small documents of each kind, in the folder of their kind, written before the words were chosen."""


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_documents_of_each_kind(path: Path) -> None:
    stated = set(read_bytes(path.read_bytes(), path.name).report.kind) & {"news", "plan", "national"}
    assert stated == {path.parent.name}


PLAN = "\n".join(
    [
        "แผนพัฒนาท้องถิ่น เทศบาลตำบลท่ายาง",
        *(f"{i}. โครงการก่อสร้างถนน หมู่ที่ {i}\nงบประมาณ {i}00,000 บาท" for i in range(1, 8)),
        "8. ผลการประเมิน ITA\nเทศบาลตำบลท่ายางได้คะแนน ITA ปี 2567 เท่ากับ 92.41 คะแนน",
        "9. การติดตามโครงการก่อสร้าง\nรายงานต่อสภาปีละครั้ง",
    ]
)


def test_passages_of_a_longer_document_are_part_of_a_plan() -> None:
    reading = read_bytes(PLAN.encode(), "plan.txt")
    assert "plan" in reading.report.kind
    assert derive(reading).report.kind == reading.report.kind


def test_a_letter_about_the_assessment_is_read_whole() -> None:
    letter = "บันทึกข้อความ\nเรื่อง ผลการประเมินของสำนักงาน ป.ป.ช.\nเรียน ผู้บริหาร\n" + PLAN.partition("\n")[2]
    assert "plan" not in read_bytes(letter.encode(), "letter.txt").report.kind
