"""Measures in layouts with unknown heads and keys: contents, words and repetition decide."""

import os
import subprocess
import sys
from datetime import date

import pytest
from support.make_docx import docx, p, r, t, tbl, tc, tr

from thaita.extract.find.measure_groups import style_of
from thaita.extract.pipeline import read_bytes
from thaita.models.flags import Flag
from thaita.models.records import Measure
from thaita.models.source_text import SourceText

TITLE = "แผนยกระดับผลการประเมิน ITA เทศบาลตำบลหนองบัว ประจำปีงบประมาณ พ.ศ. 2568\n\n"
MANUAL, HOTLINE = "จัดทำคู่มือการให้บริการประชาชน", "เปิดช่องทางรับเรื่องร้องเรียน"
FIRST, LAST = date(2024, 10, 1), date(2025, 3, 31)


def measures(text: str) -> tuple[Measure, ...]:
    return read_bytes((TITLE + text).encode(), "report.txt").measures


def table(*rows: str) -> str:
    return "".join(row.replace("|", "\t") + "\n" for row in rows)


def names(found: tuple[Measure, ...]) -> list[str | None]:
    return [measure.title for measure in found]


# --- tables -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        "ที่|งานที่จะทำ|ขั้นตอนย่อย|ใครทำ|เมื่อใด",  # words for the fields, in no list of heads
        "ที่|สิ่งที่ตั้งใจ|อย่างไร|ผู้ขับเคลื่อนงาน|กำหนดส่งงาน",  # one head without any known word
        "ลำดับ|มาตรการ|ขั้นตอน|ผู้รับผิดชอบ|ระยะเวลา",
    ],
)
def test_heads_of_a_plan_may_be_unknown(head):
    rows = [
        f"1|{MANUAL}|1) ตั้งคณะทำงาน 2) เผยแพร่คู่มือ|สำนักปลัด|ต.ค. 67 - มี.ค. 68",
        f"2|{HOTLINE}|1) พัฒนาระบบ 2) ทดสอบ|กองคลัง|ไตรมาสแรก ปีงบประมาณ 2568",
    ]
    found = measures(table(head, *rows))
    assert names(found) == [MANUAL, HOTLINE]
    assert [step.text for step in found[0].steps] == ["ตั้งคณะทำงาน", "เผยแพร่คู่มือ"]
    assert [owner.owner for measure in found for owner in measure.owners] == ["สำนักปลัด", "กองคลัง"]
    assert [measure.period_start for measure in found] == [FIRST, FIRST]


def test_a_report_of_progress_has_results_where_a_plan_has_reports():
    (first, second) = measures(
        table(
            "งานที่จะทำ|สถานะงาน|รายงานผล|ความสำเร็จ",
            f"{MANUAL}|✓ เสร็จ|จัดทำคู่มือครบทุกงานแล้ว|ประชาชนทราบขั้นตอนมากขึ้น",
            f"{HOTLINE}|แล้วเสร็จบางส่วน|ทดสอบระบบกับผู้ใช้สิบคน|เจ้าหน้าที่รับเรื่องได้เร็วขึ้น",
        )
    )
    assert (first.status, second.status) == ("done", "in_progress")
    assert first.result == "จัดทำคู่มือครบทุกงานแล้ว"
    assert second.outcome == "เจ้าหน้าที่รับเรื่องได้เร็วขึ้น"
    assert second.owners == ()  # a sentence about officers names no unit


def test_the_cells_decide_against_a_head_and_the_row_is_flagged():
    rows = [f"{MANUAL}|ต.ค. 67 - มี.ค. 68|สำนักปลัด", f"{HOTLINE}|ม.ค. 68|กองคลัง"]
    (first, _) = measures(table("มาตรการ|ผู้รับผิดชอบ|ระยะเวลา", *rows))
    assert [owner.owner for owner in first.owners] == ["สำนักปลัด"]
    assert (first.period_start, first.period_end) == (FIRST, LAST)
    assert Flag.AMBIGUOUS_COLUMN in first.flags


def test_a_column_beside_the_title_gives_the_indicator():
    rows = [f"การปฏิบัติหน้าที่|{MANUAL}|สำนักปลัด|ม.ค. 68", f"การใช้งบประมาณ|{HOTLINE}|กองคลัง|ก.พ. 68"]
    found = measures(table("ด้านที่ดู|งานที่จะทำ|ใครทำ|เมื่อใด", *rows))
    assert [measure.indicator_no for measure in found] == [(1,), (2,)]


def test_quarters_below_a_merged_head_give_the_period():
    head = (
        "มาตรการ|"
        + "|".join(f"กำหนดเวลา (ไตรมาส) ปีงบประมาณ พ.ศ. 2568 {n}" for n in range(1, 5))
        + "|ผู้รับผิดชอบ"
    )
    (first, second) = measures(table(head, f"{MANUAL}|/|/|||สำนักปลัด", f"{HOTLINE}||||/|กองคลัง"))
    assert (first.period_start, first.period_end) == (FIRST, LAST)
    assert (second.period_start, second.period_end) == (date(2025, 7, 1), date(2025, 9, 30))


def test_a_table_of_scores_is_no_table_of_measures():
    rows = ["การปฏิบัติหน้าที่|88.50|สำนักปลัด", "การใช้งบประมาณ|84.20|กองคลัง"]
    assert measures(table("ตัวชี้วัด|คะแนน|หน่วยงาน", *rows)) == ()


def test_columns_held_by_spaces_are_a_table():
    text = (
        "งานที่จะทำ                         ขั้นตอนย่อย             เมื่อใด              ใครทำ\n"
        f"{MANUAL}      1) ตั้งคณะทำงาน        ม.ค. 2568          สำนักปลัด\n"
        "                                 2) เผยแพร่คู่มือ\n"
        f"{HOTLINE}        พัฒนาระบบ             ก.พ. 2568          กองคลัง\n"
    )
    found = measures(text)
    assert names(found) == [MANUAL, HOTLINE]
    assert [len(measure.steps) for measure in found] == [2, 1]


# --- groups of lines --------------------------------------------------------------------------------------------


def group(title: str, *lines: str) -> str:
    return "\n".join((title, *lines)) + "\n"


@pytest.mark.parametrize(
    ("first", "second", "steps", "keys"),
    [
        ("1. {}", "2. {}", ("1.1 ", "1.2 "), ("ผู้รับผิดชอบ: {}", "ระยะเวลา: {}")),
        ("มาตรการที่ 1 {}", "มาตรการที่ 2 {}", ("(1) ", "(2) "), ("ผู้รับผิดชอบ {}", "ระยะเวลา {}")),
        ("ข้อ ๑ {} ดังนี้", "ข้อ ๒ {} ดังนี้", ("- ", "- "), ("(ผู้รับผิดชอบ: {} / ระยะเวลา: {})",)),
        ("๔.๑ {}", "๔.๒ {}", ("๑) ", "๒) "), ("ผู้รับผิดชอบ {} ระยะเวลา {}",)),
        ("{}", "{}", ("• ", "• "), ("คนรับงาน: {}", "ทำเมื่อ: {}")),  # keys of no list, plain titles
        ("มาตรการ: {}", "มาตรการ: {}", ("ขั้นตอน: 1) ", "2) "), ("ใครทำ – {}", "เมื่อใด – {}")),
    ],
)
def test_groups_with_the_same_keys_are_measures(first, second, steps, keys):
    def lines(owner: str, period: str) -> list[str]:
        values = iter((owner, period))
        return [key.format(*(next(values) for _ in range(key.count("{}")))) for key in keys]

    text = group(
        first.format(MANUAL),
        f"{steps[0]}ตั้งคณะทำงาน",
        f"{steps[1]}เผยแพร่คู่มือ",
        *lines("สำนักปลัด", "ต.ค. 67 - มี.ค. 68"),
    )
    text += group(
        second.format(HOTLINE),
        f"{steps[0]}พัฒนาระบบ",
        f"{steps[1]}ทดสอบ",
        *lines("กองคลัง", "ม.ค. 68 - มี.ค. 68"),
    )
    found = measures("มาตรการส่งเสริมความโปร่งใส\n" + text)
    assert names(found) == [MANUAL, HOTLINE]
    assert [step.text for step in found[0].steps] == ["ตั้งคณะทำงาน", "เผยแพร่คู่มือ"]
    assert [owner.owner for measure in found for owner in measure.owners] == ["สำนักปลัด", "กองคลัง"]
    assert [measure.period_end for measure in found] == [LAST, LAST]


def test_lines_of_progress_give_status_result_and_outcome():
    text = group(f"1) {MANUAL}", "สถานะ: เสร็จสมบูรณ์", "ผลการดำเนินการ: เผยแพร่คู่มือครบทุกงาน", "ผลลัพธ์: ประชาชนพอใจ")
    text += group(f"2) {HOTLINE}", "สถานะ: กำลังดำเนินการ", "ผลการดำเนินการ: ทดสอบระบบแล้ว", "ผลลัพธ์: เรื่องค้างลดลง")
    (first, second) = measures(text)
    assert (first.title, first.status, first.result, first.outcome) == (
        MANUAL,
        "done",
        "เผยแพร่คู่มือครบทุกงาน",
        "ประชาชนพอใจ",
    )
    assert (second.measure_no, second.status) == ("2", "in_progress")


def test_a_line_between_title_and_steps_is_the_guideline():
    text = group(f"1. {MANUAL}", "ถือคู่มือเป็นหลัก", "1.1 ตั้งคณะทำงาน", "ผู้รับผิดชอบ: สำนักปลัด", "ระยะเวลา: ม.ค. 68")
    text += group(f"2. {HOTLINE}", "แจ้งได้ทุกเวลา", "2.1 พัฒนาระบบ", "ผู้รับผิดชอบ: กองคลัง", "ระยะเวลา: ม.ค. 68")
    found = measures(text)
    assert [measure.guideline for measure in found] == ["ถือคู่มือเป็นหลัก", "แจ้งได้ทุกเวลา"]
    assert [step.text for measure in found for step in measure.steps] == ["ตั้งคณะทำงาน", "พัฒนาระบบ"]


@pytest.mark.parametrize(
    "text",
    [
        "ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่\nผลคะแนน: 88.50\nตัวชี้วัดที่ 2 การใช้งบประมาณ\nผลคะแนน: 84.20\n",
        "จุดแข็ง: บริการรวดเร็ว\nจุดอ่อน: ขาดเจ้าหน้าที่\nจุดแข็ง: มีช่องทางหลากหลาย\nจุดอ่อน: ขาดงบประมาณ\n",
        "จุดเด่นในปีงบประมาณ พ.ศ. 2568\n- บริการรวดเร็ว\nจุดเด่นในปีงบประมาณ พ.ศ. 2568\n- เปิดเผยข้อมูลครบ\n",
    ],
)
def test_groups_of_scores_and_findings_are_no_measures(text):
    assert measures(text) == ()


# --- cards ------------------------------------------------------------------------------------------------------


def test_cards_with_the_same_keys_are_measures():
    cards = [
        (MANUAL, "เผยแพร่คู่มือ", "สำนักปลัด", "ต.ค. 67 - มี.ค. 68"),
        (HOTLINE, "พัฒนาระบบ", "กองคลัง", "ม.ค. 68 - มี.ค. 68"),
    ]
    keys = ("เรื่องที่จะดำเนินการ", "รายละเอียดขั้นตอน", "ใครทำ", "เมื่อใด")
    text = "\n".join(
        table(*(f"{key}|{value}" for key, value in zip(keys, card, strict=True))) for card in cards
    )
    found = measures(text)
    assert names(found) == [MANUAL, HOTLINE]
    assert [owner.owner for measure in found for owner in measure.owners] == ["สำนักปลัด", "กองคลัง"]
    assert [measure.period_end for measure in found] == [LAST, LAST]


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("1. ประชุม", ("n.", 1)),
        ("๒.๓ ประชุม", ("n.n", 3)),
        ("(4) ประชุม", ("(n)", 4)),
        ("มาตรการที่ ๕ ประชุม", ("named", 5)),
        ("ข้อ 6. ประชุม", ("named", 6)),
        ("- ประชุม", ("-", None)),
        ("ประชุม", ("", None)),
        ("การปฏิบัติหน้าที่", ("heading", None)),
    ],
)
def test_the_style_of_a_line(text, style):
    assert style_of(SourceText.at(text, 0)) == style


@pytest.mark.parametrize("title", ["มาตรการ", "มาตรการที่ {}"])
def test_keys_may_stand_alone_above_their_values(title):
    text = ""
    for number, (name, step, owner) in enumerate(
        [(MANUAL, "เผยแพร่คู่มือ", "สำนักปลัด"), (HOTLINE, "ทดสอบ", "กองคลัง")], 1
    ):
        steps = ("1. ตั้งคณะทำงาน", f"2. {step}")
        text += group(
            title.format(number), name, "ขั้นตอน", *steps, "ผู้รับผิดชอบ", owner, "ระยะเวลา", "ต.ค. 67 - มี.ค. 68"
        )
    found = measures(text)
    assert names(found) == [MANUAL, HOTLINE]
    assert [owner.owner for measure in found for owner in measure.owners] == ["สำนักปลัด", "กองคลัง"]
    assert [len(measure.steps) for measure in found] == [2, 2]
    assert [measure.period_end for measure in found] == [LAST, LAST]


# --- what holds for several measures, and what a sentence says --------------------------------------------------


def test_clauses_say_in_a_sentence_who_is_responsible():
    clause = "ข้อ {} ให้{} โดยมีวิธีปฏิบัติดังนี้\n(ก) ตั้งคณะทำงาน\n(ข) เผยแพร่ผล\nทั้งนี้ ให้{}เป็นผู้รับผิดชอบ\n"
    found = measures(clause.format(1, MANUAL, "สำนักปลัด") + clause.format(2, HOTLINE, "กองคลัง"))
    assert names(found) == [f"ให้{MANUAL}", f"ให้{HOTLINE}"]
    assert [owner.owner for measure in found for owner in measure.owners] == ["สำนักปลัด", "กองคลัง"]
    assert [[step.text for step in measure.steps] for measure in found] == [["ตั้งคณะทำงาน", "เผยแพร่ผล"]] * 2


def test_one_field_is_enough_for_the_measures_of_a_numbered_list():
    found = measures(
        f"๓. มาตรการในปีงบประมาณ พ.ศ. ๒๕๖๘\n\n๓.๑ {MANUAL}\nผู้รับผิดชอบ งานอำนวยการ\n\n"
        f"๓.๒ {HOTLINE}\nผู้รับผิดชอบ งานสอบสวน\n"
    )
    assert names(found) == [MANUAL, HOTLINE]
    assert [owner.owner for measure in found for owner in measure.owners] == ["งานอำนวยการ", "งานสอบสวน"]


def test_a_sentence_that_gives_a_unit_a_task_states_owner_and_period():
    found = measures(
        f"1) {MANUAL} มอบหมายกองคลังดำเนินการให้แล้วเสร็จภายในเดือนมีนาคม 2568\n\n"
        f"2) {HOTLINE} มอบหมายสำนักปลัดดำเนินการให้แล้วเสร็จภายในเดือนมีนาคม 2568\n"
    )
    assert names(found) == [MANUAL, HOTLINE]
    assert [owner.owner for measure in found for owner in measure.owners] == ["กองคลัง", "สำนักปลัด"]
    assert [measure.period_end for measure in found] == [LAST, LAST]


def test_a_column_of_owners_may_hold_the_periods():
    (found,) = measures(
        "<table><tr><td>มาตรการ</td><td>ขั้นตอน</td><td>ผู้รับผิดชอบ / ระยะเวลา</td></tr>"
        f"<tr><td>{MANUAL}</td><td>1) ตั้งคณะทำงาน</td><td>กองคลัง<br>ตุลาคม 2567 – มีนาคม 2568</td></tr></table>\n"
    )
    assert [owner.owner for owner in found.owners] == ["กองคลัง"]
    assert (found.period_start, found.period_end) == (FIRST, LAST)


def test_a_figure_is_no_tick():
    (found,) = measures(table("มาตรการ|ผู้รับผิดชอบ|สถานะ|คืบหน้า", f"{MANUAL}|กองคลัง|ดำเนินการแล้ว|100%"))
    assert found.status == "done"


def test_a_number_of_a_measure_and_an_owner_in_brackets_are_enough():
    found = measures(f"มาตรการที่ 1 {MANUAL} (ผู้รับผิดชอบ: กองช่าง)\nมาตรการที่ 2 {HOTLINE} (ผู้รับผิดชอบ: กองคลัง)\n")
    assert [(one.title, one.owners[0].owner) for one in found] == [(MANUAL, "กองช่าง"), (HOTLINE, "กองคลัง")]


def test_a_row_of_an_indicator_alone_heads_the_rows_below():
    rows = ["มาตรการ|ผู้รับผิดชอบ|ระยะเวลา", "1. ด้านการใช้งบประมาณ||", f"{MANUAL}|สำนักปลัด|ต.ค. 67 - มี.ค. 68",
            "2. ด้านการใช้อำนาจ||", f"{HOTLINE}|กองคลัง|ต.ค. 67 - มี.ค. 68"]  # fmt: skip
    assert [(one.title, one.indicator_no) for one in measures(table(*rows))] == [
        (MANUAL, (2,)),
        (HOTLINE, (3,)),
    ]


def test_a_title_over_all_columns_holds_for_every_measure_of_its_table():
    html = "".join(
        f"<table><tr><td colspan=2>ผู้รับผิดชอบ: {owner}</td></tr><tr><td>มาตรการ</td><td>ระยะเวลา</td></tr>"
        f"<tr><td>{title}</td><td>ต.ค. 67 - มี.ค. 68</td></tr></table>\n"
        for title, owner in ((MANUAL, "สำนักปลัด"), (HOTLINE, "กองคลัง"))
    )
    found = measures(html)
    assert [(one.title, one.owners[0].owner) for one in found] == [(MANUAL, "สำนักปลัด"), (HOTLINE, "กองคลัง")]
    assert all(Flag.INHERITED in one.flags for one in found)


TIED = """
from thaita.extract.find.measure_roles import choose_roles
from thaita.extract.structure.column_heads import Head
from thaita.extract.structure.grid import GridCell, GridRow
from thaita.models.source_text import SourceText
cells = ["เผยแพร่ขั้นตอนการให้บริการ", "ช่องทางประชาสัมพันธ์ข้อมูล", "กองคลัง", "อยู่ระหว่างดำเนินการ", "เผยแพร่แล้ว 14 เรื่อง"]
row = GridRow(tuple(GridCell((SourceText.at(cell, 0),)) for cell in cells))
print(*(head.role for head in choose_roles([Head(None)] * len(cells), [row] * 3)[0]))
"""


def test_columns_that_fit_equally_well_get_the_same_roles_in_every_process():
    said = {
        subprocess.run(
            [sys.executable, "-c", TIED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "0123"
    }
    assert len(said) == 1


def test_cells_may_stand_on_lines_of_their_own():
    found = measures(
        "มาตรการ\nขั้นตอน/วิธีการ\nผู้รับผิดชอบ\nระยะเวลา\n"
        f"๑. {MANUAL}\n- ตั้งคณะทำงาน\n- เผยแพร่คู่มือ\n- กองคลัง\n- สำนักปลัดเทศบาล\nต.ค. ๖๗ - มี.ค. ๖๘\n"
        f"๒. {HOTLINE}\n- พัฒนาระบบ\n- กองช่าง\nต.ค. ๖๗ - มี.ค. ๖๘\n\nลงชื่อ ........................ ผู้รายงาน\n"
    )
    assert names(found) == [MANUAL, HOTLINE]
    assert [[step.text for step in one.steps] for one in found] == [
        ["ตั้งคณะทำงาน", "เผยแพร่คู่มือ"],
        ["พัฒนาระบบ"],
    ]
    assert [[owner.owner for owner in one.owners] for one in found] == [
        ["กองคลัง", "สำนักปลัดเทศบาล"],
        ["กองช่าง"],
    ]
    assert [(one.period_start, one.period_end) for one in found] == [(FIRST, LAST)] * 2


def test_a_list_between_two_keys_is_one_of_steps():
    clauses = [
        f"ข้อ {no} {title}\nตัวชี้วัดที่เกี่ยวข้อง : การเปิดเผยข้อมูล\n(๑) ให้กองคลังจัดทำดัชนีข้อมูล\n(๒) ให้ทุกกองส่งข้อมูล\n"
        "ผู้รับผิดชอบ : กองคลัง\nระยะเวลา : ปีงบประมาณ พ.ศ. 2568\n"
        for no, title in ((3, MANUAL), (4, HOTLINE))
    ]
    found = measures("\n".join(clauses))
    assert names(found) == [MANUAL, HOTLINE]
    assert [[step.text for step in one.steps] for one in found] == [
        ["ให้กองคลังจัดทำดัชนีข้อมูล", "ให้ทุกกองส่งข้อมูล"]
    ] * 2


def test_bold_words_are_the_title_and_other_words_behind_them_stay_unread():
    bold = "<w:b/><w:bCs/>"
    paragraphs = [
        p(r(t(f"มาตรการที่ {no} {title}"), bold) + r(t(f" {rest}"))) + p(r(t("ผู้รับผิดชอบ: กองคลัง")))
        for no, title, rest in (
            (1, MANUAL, "เพื่อให้ประชาชนทราบขั้นตอน"),
            (2, HOTLINE, "ตุลาคม 2567 – มีนาคม 2568"),
        )
    ]
    reading = read_bytes(docx(p(r(t(TITLE.strip()))), *paragraphs), "report.docx")
    assert names(reading.measures) == [MANUAL, HOTLINE]
    assert [one.period_end for one in reading.measures] == [None, LAST]
    assert "เพื่อให้ประชาชนทราบขั้นตอน" in [one.text for one in reading.unread]


def test_a_measure_merged_as_a_whole_is_one_measure_for_all_its_indicators():
    heads = ("ตัวชี้วัด", "คะแนน", "มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา")
    plan = (MANUAL, "กองคลัง", "ต.ค. 67 - มี.ค. 68")
    first = [*map(_cell, ("การใช้งบประมาณ", "80.10")), *(tc(p(r(t(one))), down="restart") for one in plan)]
    second = [*map(_cell, ("การใช้อำนาจ", "81.20")), *(tc(p(), down="continue") for _ in plan)]
    body = tbl(tr(*map(_cell, heads)), tr(*first), tr(*second))
    found = read_bytes(docx(p(r(t(TITLE.strip()))), body), "a.docx").measures
    assert [(one.title, one.indicator_no) for one in found] == [(MANUAL, (2, 3))]


def _cell(text: str) -> str:
    return tc(p(r(t(text))))


def test_a_unit_and_a_period_in_the_brackets_behind_a_title():
    found = measures(f"มาตรการ\n1. {MANUAL} (กองคลัง, ต.ค. 67 – มี.ค. 68)\n2. {HOTLINE} (สำนักปลัด)\n")
    assert names(found) == [MANUAL, HOTLINE]
    assert [[one.owner for one in each.owners] for each in found] == [["กองคลัง"], ["สำนักปลัด"]]
    assert (found[0].period_start, found[0].period_end) == (FIRST, LAST)


def test_a_period_that_holds_for_all_measures_is_given_to_each_and_flagged():
    text = "ให้ทุกมาตรการมีผลตั้งแต่วันที่ 1 ตุลาคม 2567 ถึงวันที่ 31 มีนาคม 2568\n\n"
    found = measures(
        text + table("มาตรการ|ขั้นตอน|ผู้รับผิดชอบ", f"{MANUAL}|ประชุม|กองคลัง", f"{HOTLINE}|ประชุม|กองคลัง")
    )
    assert [(one.period_start, one.period_end) for one in found] == [(FIRST, LAST)] * 2
    assert all(Flag.INHERITED in one.flags for one in found)


def test_a_key_that_is_mostly_elsewhere_is_no_field_of_measures():
    asked = "".join(f"ถาม: ข้อ {i} คืออะไร\nตอบ: คำตอบที่ {i} ของหน่วยงาน\n" for i in range(6))
    field = "ผู้รับผิดชอบ: กองคลัง ระยะเวลา: ต.ค. 67 - มี.ค. 68\n"
    found = measures(f"{asked}ถาม: มีมาตรการอะไรบ้าง\n• {MANUAL}\n{field}• {HOTLINE}\n{field}ถาม: ติดต่อที่ไหน\n")
    assert names(found) == [MANUAL, HOTLINE]


def test_a_measure_refers_to_a_topic_by_the_number_that_the_headings_give_it():
    headings = (
        "ประเด็นที่ (1) กระบวนการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ\n\nประเด็นที่ (2) การให้บริการและระบบ E-Service\n\n"
    )
    rows = table(
        "มาตรการ|วิธีการ|ผู้รับผิดชอบ", f"{MANUAL}|รองรับประเด็นที่ (1)|กองคลัง", f"{HOTLINE}|รองรับประเด็นที่ (2)|กองคลัง"
    )
    assert [one.topic_no for one in measures(headings + "มาตรการ\n\n" + rows)] == [1, 2]
    assert [one.topic_no for one in measures("มาตรการ\n\n" + rows)] == [None, None]


def test_an_indicator_over_all_columns_heads_the_rows_below_it():
    heads = ("ที่", "มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ")
    row = ("1", MANUAL, "1) ประชุม 2) เผยแพร่", "กองคลัง")
    over = tr(tc(p(r(t("ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน"))), span=4))
    body = tbl(tr(*map(_cell, heads)), over, tr(*map(_cell, row)))
    found = read_bytes(docx(p(r(t(TITLE.strip()))), body), "a.docx").measures
    assert [(one.title, one.indicator_no) for one in found] == [(MANUAL, (6,))]


def test_brackets_with_fields_that_go_on_behind_them_are_no_fields():
    found = measures(f"มาตรการ\n1. {MANUAL} (ผู้รับผิดชอบ กองคลัง ระยะเวลา ม.ค. 68) ในพื้นที่นำร่อง\n")
    assert not any("พื้นที่" in one.owner for measure in found for one in measure.owners)
