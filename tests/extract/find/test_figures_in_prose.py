"""Overall scores, levels and indicator scores in sentences, lines and small tables, in orders and words of all kinds."""

from __future__ import annotations

import pytest

from thaita.extract.pipeline import read_bytes
from thaita.models.records import Reading
from thaita.normalize.frameworks import every_indicator

HEAD = "รายงานผลการประเมิน ITA เทศบาลตำบลหนองบัว ปีงบประมาณ พ.ศ. 2567\n\n"
NAMES = [one.name for one in every_indicator().values()]
VALUES = [
    "92.31",
    "90.12",
    "88.23",
    "86.34",
    "84.45",
    "93.56",
    "94.67",
    "91.78",
    "100.00",
    "89.90",
]
PAIRS = list(enumerate(zip(NAMES, VALUES, strict=True), 1))


def read(text: str) -> Reading:
    return read_bytes((HEAD + text + "\n").encode(), "a.txt")


def sections(form: str) -> str:
    return "\n\n".join(form.format(i=i, n=n, v=v) for i, (n, v) in PAIRS)


@pytest.mark.parametrize(
    ("text", "score", "grade"),
    [
        ("ได้รับ 93.51 คะแนน อยู่ในเกณฑ์ระดับ ผ่านดี", "93.51", "ผ่านดี"),
        ("ระดับ A (ต่อเนื่องเป็นปีที่ 4) ด้วยคะแนน 91.62", "91.62", "A"),
        ("ผลการประเมิน จำนวน 88.37 คะแนน จากคะแนนเต็ม 100", "88.37", None),
        ("ผลการประเมินแบ่งออกเป็น 17 ประเภท", None, None),
        ("ผลการประเมินต้องได้ 85 คะแนนขึ้นไป แต่มีเครื่องมือที่น้อยกว่า 85 คะแนน", None, None),
        ("ผลการประเมินภาพรวม 4.76 จากคะแนนเต็ม 5", None, None),
        ("ผลคะแนนสูงขึ้นจาก 86.09 ในปี 2566 เป็น 89.01 ในปี 2567", "89.01", None),
        ("ผลการประเมินเพิ่มขึ้น 4.05 คะแนน จาก 88.10 เป็น 92.15 คะแนน", "92.15", None),
        ("ค่าเฉลี่ยทั่วประเทศ 90.10 คะแนน ขณะที่เทศบาลตำบลหนองบัวได้ 92.15 คะแนน", "92.15", None),
        ("คาดว่าคะแนนภาพรวมปีหน้าจะอยู่ที่ 95.00 คะแนน", None, None),
        ("92.15 คะแนน\nคะแนนภาพรวม", "92.15", None),
        ("ปีงบประมาณ\tผลคะแนน\tระดับ\n2566\t88.10\tผ่าน\n2567\t92.15\tผ่านดี", "92.15", "ผ่านดี"),
        ("รายการ\tปี 2566\tปี 2567\nคะแนน\t88.10\t92.15\nระดับ\tผ่าน\tผ่านดี", "92.15", "ผ่านดี"),
        ("เลื่อนจากระดับ ผ่าน ในปี 2566 มาเป็นระดับ ผ่านดี ในปีนี้", None, "ผ่านดี"),
        ("หน่วยงานที่ได้คะแนนตั้งแต่ 70.00 ถึง 84.99 จัดอยู่ในระดับต้องปรับปรุง", None, None),
    ],
)
def test_the_overall_score_needs_evidence(text: str, score: str | None, grade: str | None) -> None:
    report = read(text).report
    assert (str(report.overall_score) if report.overall_score is not None else None, report.grade) == (
        score,
        grade,
    )


@pytest.mark.parametrize(
    "text",
    [
        sections("{n}\n\n{v}"),
        sections("{v}\n\n{n}"),
        sections("{v} {n}"),
        sections("{v} คะแนน: {n}"),
        sections("ตัวชี้วัดที่ {i} {n}\n\nคะแนน: {v}\n\nน้ำหนัก: 10\n\nอันดับ: {i}"),
        sections("{n}\n\nคะแนนที่ได้\n\n{v}\n\nค่าเป้าหมาย\n\n95.00"),
        sections("{n}\n\nค่าคะแนน ปี 2566 : 80.1{i}\n\nค่าคะแนน ปี 2567 : {v}\n\nผลต่าง : 2.2{i}"),
        sections("{i}. {n}\n\nคะแนน: {v} | น้ำหนัก: 10 | ค่าเฉลี่ยประเทศ: 80.11"),
        "หน่วยงานได้ " + " ".join(f"{v} คะแนน ในตัวชี้วัด{n}" for _, (n, v) in PAIRS),
        f"ตัวชี้วัด {', '.join(NAMES[:-1])} และ {NAMES[-1]} ได้คะแนน {', '.join(VALUES)} ตามลำดับ",
        "คะแนนเรียงจากมากไปน้อย " + " รองลงมา ".join(f"{n} = {v}" for _, (n, v) in PAIRS),
    ],
)
def test_the_order_of_names_and_figures_is_that_of_the_whole_list(text: str) -> None:
    reading = read(text)
    assert [str(score.score) for score in reading.scores if score.fiscal_year != 2566] == VALUES
    assert all("ambiguous_score" not in score.flags for score in reading.scores)
