"""Findings below headings, in boxes and in tables that no list knows."""

import pytest

from thaita.extract.pipeline import read_bytes
from thaita.normalize.heading_model import likely_labels
from thaita.normalize.headings import likely_heading

TITLE = "รายงานผลการประเมิน ITA เทศบาลตำบลหนองบัว ปีงบประมาณ พ.ศ. 2568\n\n"


def findings(text: str) -> list:
    return list(read_bytes((TITLE + text).encode(), "report.txt").findings)


def found(text: str) -> list[tuple]:
    return [(f.kind, f.instrument, f.indicator_no, f.text) for f in findings(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # kinds above subjects, numbered through three levels
        (
            "1. จุดแข็งของหน่วยงาน\n1.1 การใช้งบประมาณ\n1.1.1 เผยแพร่แผนการใช้จ่ายทางเว็บไซต์\n1.2 การใช้อำนาจ\n"
            "1.2.1 มอบหมายงานอย่างเป็นธรรม\n2. จุดที่ต้องพัฒนา\n2.1 การใช้ทรัพย์สินของราชการ\n2.1.1 ขั้นตอนการยืมไม่ชัดเจน\n",
            [
                ("strength", "IIT", (2,), "เผยแพร่แผนการใช้จ่ายทางเว็บไซต์"),
                ("strength", "IIT", (3,), "มอบหมายงานอย่างเป็นธรรม"),
                ("improvement", "IIT", (4,), "ขั้นตอนการยืมไม่ชัดเจน"),
            ],
        ),
        # a kind over nested lists of instruments
        (
            "จุดแข็ง\n1. แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)\n- บุคลากรตรงต่อเวลา\n"
            "2. แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)\n- ผู้รับบริการพึงพอใจ\n",
            [("strength", "IIT", (), "บุคลากรตรงต่อเวลา"), ("strength", "EIT", (), "ผู้รับบริการพึงพอใจ")],
        ),
        # subjects above kinds: a kind keeps the subject above it
        (
            "1. ตัวชี้วัดการใช้อำนาจ\nจุดแข็ง\n- มีเกณฑ์ชัดเจน\nจุดอ่อน\n- งานกระจุกตัว\n2. ตัวชี้วัดการใช้งบประมาณ\nจุดแข็ง\n- เบิกจ่ายตามแผน\n",
            [
                ("strength", "IIT", (3,), "มีเกณฑ์ชัดเจน"),
                ("weakness", "IIT", (3,), "งานกระจุกตัว"),
                ("strength", "IIT", (2,), "เบิกจ่ายตามแผน"),
            ],
        ),
        # the fields of SWOT, each with its list
        (
            "<table><tr><td>จุดแข็ง (S)<br>1. ผู้บริหารมีนโยบายชัดเจน<br>2. มีระบบสารสนเทศที่ดี</td>"
            "<td>จุดอ่อน (W)<br>1. บุคลากรมีน้อย</td></tr></table>\n",
            [
                ("strength", None, (), "ผู้บริหารมีนโยบายชัดเจน"),
                ("strength", None, (), "มีระบบสารสนเทศที่ดี"),
                ("weakness", None, (), "บุคลากรมีน้อย"),
            ],
        ),
        # a list drawn as a table without heads
        (
            "จุดแข็ง\n\n<table><tr><td>IIT</td><td>บุคลากรตรงต่อเวลา</td></tr><tr><td>EIT</td><td>ผู้รับบริการพึงพอใจ</td></tr></table>\n",
            [("strength", "IIT", (), "บุคลากรตรงต่อเวลา"), ("strength", "EIT", (), "ผู้รับบริการพึงพอใจ")],
        ),
        # numbered findings of one cell; a name below a heading is no finding
        (
            "ตัวชี้วัด\tจุดแข็ง\tจุดอ่อน\nการใช้อำนาจ\t1) มีเกณฑ์ 2) มีคู่มือ\tงานกระจุกตัว\n",
            [("strength", "IIT", (3,), "มีเกณฑ์"), ("strength", "IIT", (3,), "มีคู่มือ"), ("weakness", "IIT", (3,), "งานกระจุกตัว")],
        ),
        ("จุดแข็ง\nการใช้อำนาจ\n", []),
    ],
)  # fmt: skip
def test_structure_gives_findings_their_kind_and_subject(text, expected):
    assert found(text) == expected


def test_findings_below_unknown_words_are_flagged():
    (one,) = findings("1. เรื่องที่หน่วยงานทำได้โดดเด่น\n- บุคลากรตรงต่อเวลาทุกคน\n")
    assert (one.kind, one.flags) == ("strength", ("likely_heading",))
    (other,) = findings("จุดแข็ง\n- บุคลากรตรงต่อเวลาทุกคน\n")
    assert other.flags == ()


@pytest.mark.parametrize(
    ("text", "announces"),
    [
        ("สิ่งที่หน่วยงานทำได้ดีมาก", "strength"),
        ("ส่วนที่อ่อนแอขององค์กร", "weakness"),
        ("ข้อเสนอแนะต่อผู้บริหารของหน่วยงาน", "improvement"),
        ("ผู้ที่ต้องรับผิดชอบงาน", "owner"),
        ("ช่วงเวลาที่จะทำ", "period"),
        ("เจ้าหน้าที่ให้บริการประชาชนด้วยความสุภาพ", None),
        ("องค์การบริหารส่วนตำบลหนองบัว", None),
        ("จุดแข็ง จุดอ่อน และข้อเสนอแนะ", None),
    ],
)
def test_what_unknown_words_announce(text, announces):
    heading = likely_heading(text, 0.5, 2.0)
    assert (heading and str(heading.kind or heading.role)) == announces


def test_probabilities_of_labels_sum_to_one():
    assert abs(sum(chance for _, chance in likely_labels("จุดแข็งของหน่วยงาน")) - 1) < 1e-9


def test_only_the_passage_counts_in_a_document_of_another_matter():
    other = "".join(f"{n}. โครงการถนนสายที่ {n} ดำเนินการแล้วเสร็จตามสัญญา\n" for n in range(1, 9))
    plan = (
        "แผนพัฒนาท้องถิ่นห้าปี เทศบาลตำบลหนองบัว\n\nส่วนที่ 1 สภาพทั่วไป\n\nจุดแข็ง\n- มีลำห้วยไหลผ่านทุกหมู่บ้าน\n\n" + other
        + "\nส่วนที่ 2 ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568\n\nจุดแข็ง\n- บุคลากรตรงต่อเวลา\n\n"
        "ส่วนที่ 3 ยุทธศาสตร์การพัฒนา\n\nจุดอ่อน\n- ดินเค็มเป็นหย่อม\n"
    )  # fmt: skip
    reading = read_bytes(plan.encode(), "plan.txt")
    assert [f.text for f in reading.findings] == ["บุคลากรตรงต่อเวลา"]
    assert "passage_only" in {problem.code for problem in reading.problems}
    assert any("ดินเค็มเป็นหย่อม" in block.text for block in reading.unread)
