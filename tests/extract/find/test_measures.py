"""Measures from tables and from labelled paragraphs."""

from datetime import date

import pytest

from thaita.extract.pipeline import read_bytes
from thaita.models.records import Measure

TITLE = "มาตรการส่งเสริมคุณธรรมและความโปร่งใส ITA เทศบาลตำบลหนองบัว ประจำปีงบประมาณ พ.ศ. 2568\n\n"
HEAD = "ลำดับ|มาตรการ|ขั้นตอน|ผู้รับผิดชอบ|ระยะเวลา"
ROW = "1|จัดทำคู่มือ|1. ประชุม 2. จัดทำ|สำนักปลัด, กองคลัง|ต.ค. 67 - ก.ย. 68"


def measures(text: str) -> tuple[Measure, ...]:
    return read_bytes((TITLE + text).encode(), "report.txt").measures


def table(*rows: str) -> str:
    return "".join(row.replace("|", "\t") + "\n" for row in rows)


def shown(measure: Measure) -> tuple:
    return measure.title, [s.text for s in measure.steps], [o.owner for o in measure.owners]


def test_a_row_is_a_measure_with_steps_owners_and_period():
    (measure,) = measures(table(HEAD, ROW))
    assert shown(measure) == ("จัดทำคู่มือ", ["ประชุม", "จัดทำ"], ["สำนักปลัด", "กองคลัง"])
    assert measure.measure_no == "1"
    assert (measure.period_start, measure.period_end) == (date(2024, 10, 1), date(2025, 9, 30))
    assert measure.period_as_written == "ต.ค. 67 - ก.ย. 68"
    assert measure.flags == ()
    assert all(part.measure_id == measure.measure_id for part in (*measure.steps, *measure.owners))


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, ROW, "-|-|-|-|-"],
        [HEAD, ROW, "||||"],
        # the header again on the next page
        [HEAD, ROW, "", HEAD],
    ],
)
def test_rows_without_words_are_not_measures(rows):
    assert len(measures(table(*rows))) == 1


def test_the_order_of_columns_does_not_matter():
    turned = [
        measures(table(*("|".join(reversed(row.split("|"))) for row in (HEAD, ROW))))[0],
        measures(table(HEAD, ROW))[0],
    ]
    assert shown(turned[0]) == shown(turned[1])


def test_a_row_split_by_a_page_break_is_one_measure():
    text = (
        table(HEAD, ROW.replace(" 2. จัดทำ", ""))
        + "\n- 2 -\n\n"
        + table("||2. จัดทำ||", ROW.replace("1|จัดทำ", "2|เผยแพร่", 1))
    )
    first, second = measures(text)
    assert shown(first)[1] == ["ประชุม", "จัดทำ"]
    assert first.flags == ()
    assert second.measure_no == "2"


def test_an_owner_merged_over_two_measures_belongs_to_both_and_is_flagged():
    first, second = measures(table(HEAD, ROW, "2|อบรม|1. เชิญ||ม.ค. 2568"))
    assert [o.owner for o in second.owners] == [o.owner for o in first.owners]
    assert "inherited" in second.flags
    assert "inherited" not in first.flags


@pytest.mark.parametrize(
    ("cell", "status", "result"),
    [
        ("☑ ดำเนินการ จัดอบรมแล้ว ☐ ยังไม่ได้ดำเนินการ", "done", None),
        ("☐ ยังไม่ได้ดำเนินการ ☑ ดำเนินการ จัดอบรมแล้ว", "done", "จัดอบรมแล้ว"),
        ("จัดอบรมแล้วเมื่อต้นปี", None, "จัดอบรมแล้วเมื่อต้นปี"),
    ],
)
def test_the_ticked_answer_is_the_status_and_the_rest_the_result(cell, status, result):
    (measure,) = measures(table("มาตรการ|ผู้รับผิดชอบ|ผลการดำเนินการ", f"อบรม|กองคลัง|{cell}"))
    assert measure.status == status
    if result is not None:
        assert measure.result == result


@pytest.mark.parametrize(
    ("cell", "status", "flagged"),
    [
        ("ดำเนินการแล้วเสร็จ", "done", False),
        ("อยู่ระหว่างดำเนินการ", "in_progress", False),
        ("ยังไม่ได้ดำเนินการ", "not_started", False),
        ("แล้วเสร็จบางส่วน", "in_progress", False),
        ("แล้วเสร็จไม่ครบ", None, True),
    ],
)
def test_a_status_column_is_read(cell, status, flagged):
    (measure,) = measures(table("มาตรการ|ผู้รับผิดชอบ|สถานะ", f"อบรม|กองคลัง|{cell}"))
    assert measure.status == status
    assert ("ambiguous_status" in measure.flags) is flagged


PROSE = """มาตรการที่ 1 จัดทำคู่มือการปฏิบัติงาน
ขั้นตอน: 1. ประชุม 2. จัดทำ
ผู้รับผิดชอบ: สำนักปลัด
ระยะเวลา: ตุลาคม 2567 - มีนาคม 2568

มาตรการที่ 2 อบรม
ขั้นตอน: 1. เชิญวิทยากร
ผู้รับผิดชอบ: กองคลัง
ระยะเวลา: เมษายน 2568
"""


def test_labelled_paragraphs_are_measures():
    first, second = measures(PROSE)
    assert shown(first) == ("จัดทำคู่มือการปฏิบัติงาน", ["ประชุม", "จัดทำ"], ["สำนักปลัด"])
    assert shown(second) == ("อบรม", ["เชิญวิทยากร"], ["กองคลัง"])
    assert second.period_end == date(2025, 4, 30)


def test_a_measure_without_a_description_is_ignored():
    assert measures("มาตรการที่ 1 จัดทำคู่มือการปฏิบัติงาน\n\nหน่วยงานจะติดตามต่อไป\n") == ()


def test_a_transposed_table_is_one_measure():
    text = table("มาตรการ|จัดทำคู่มือ", "ขั้นตอน|1. ประชุม", "|2. จัดทำ", "ผู้รับผิดชอบ|กองคลัง", "ระยะเวลา|ต.ค. 2567")
    (measure,) = measures(text)
    assert shown(measure) == ("จัดทำคู่มือ", ["ประชุม", "จัดทำ"], ["กองคลัง"])


def test_each_part_has_the_span_of_its_text():
    data = (TITLE + table(HEAD, ROW)).encode()
    (measure,) = read_bytes(data, "report.txt").measures
    assert [step.provenance.quote.strip() for step in measure.steps] == ["ประชุม", "จัดทำ"]
    assert [owner.provenance.quote for owner in measure.owners] == ["สำนักปลัด", "กองคลัง"]
