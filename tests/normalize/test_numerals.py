"""Numbers, list markers and steps, as reports write them."""

import html
import json
import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.paths import SHARED

from thaita.normalize.list_items import split_items
from thaita.normalize.numerals import find_numbers, strip_marker, to_arabic

THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("๙๐.๐๙", "90.09"),
        ("๒๕๖7", "2567"),  # digits of both scripts
        ("1,234,567.80", "1234567.80"),
        ("๒๗๙ ,๖๖๘.๔๔", "279668.44"),  # a space before the thousands comma
        ("๕๘๑,๐๙๖ .๐๐", "581096.00"),  # and before the point
        (" ๘๗.๕ % ", "87.5"),
        ("0.5", "0.5"),
    ],
)
def test_a_number_is_found(text, value):
    assert [number.value for number in find_numbers(text)] == [Decimal(value)]


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False))
def test_every_number_is_read_in_both_scripts(value):
    written = f"{value:,}"
    found = [find_numbers(text) for text in (written, written.translate(THAI))]
    assert [[number.value for number in numbers] for numbers in found] == [[value], [value]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ได้คะแนน ๘๗.๕๐ อยู่ในระดับ", [("87.50", ())]),
        ("เงิน ๒๗๙ ,๖๖๘.๔๔ บาท", [("279668.44", ())]),
        ("(๐๒๕, ๐๒๖)", []),  # item codes, not thousands
        ("ข้อ O34 E๑๑ 0๗", []),
        ("คะแนน ๘๕,๗๐", [("85.70", ("comma_decimal",))]),
        ("กลุ่ม 3,4", [("3", ()), ("4", ())]),  # one digit after the comma is a list
        ("11,12,13", [("11", ()), ("12", ()), ("13", ())]),  # and so are three of them
        ("ได้ 1๑๙", [("119", ("mixed_digits",))]),  # may be I19 misread
        ("เปลี่ยนแปลง -3.5", [("3.5", ("sign",))]),
        ("ข้อ 1.2.3 และ ปี พ.ศ. 2563 ๓๐ ก.ย. ๖๖", []),
        ("โทร 0-4212-3456 เวลา 08.30 น.", []),
        ("๑. การปฏิบัติหน้าที่ ๙๖.๔๒", [("96.42", ())]),  # the marker counts nothing
        ("๑. ก ได้ ๙๐ ๒. ข ได้ ๙๑", [("90", ()), ("91", ())]),
        ("ตัวชี้วัดที่ 9 ตามมาตรา ๙ ได้ 100", [("100", ())]),  # references count nothing
        ("รวม 2568 บาท", [("2568", ())]),  # four digits with no word for a year
    ],
)
def test_only_quantities_are_found(text, found):
    assert [(str(n.value), n.doubt) for n in find_numbers(text)] == found


def test_percent_signs_and_offsets_are_reported():
    text = "ร้อยละ ๘๗ หรือ 87.5 %"
    first, second = find_numbers(text)
    assert first.percent
    assert second.percent
    assert text[second.start : second.end] == second.as_written == "87.5 %"
    assert not find_numbers("ได้ 87")[0].percent


@pytest.mark.parametrize(
    ("text", "marker", "rest"),
    [
        ("๑. ประชุม", "๑.", "ประชุม"),
        ("๑.ประชุม", "๑.", "ประชุม"),
        ("๑) ประชุม", "๑)", "ประชุม"),
        ("(๑)กระบวนการ", "(๑)", "กระบวนการ"),
        ("1.1 ประชุม", "1.1", "ประชุม"),
        ("- ประชุม", "-", "ประชุม"),
        ("✓ ประชุม", "✓", "ประชุม"),
        ("ก. ประชุม", "ก.", "ประชุม"),
        ("อ.เมือง", "", "อ.เมือง"),  # a label, not a letter marker
        ("ก.ย. ๖๖", "", "ก.ย. ๖๖"),
        ("๓๐ ก.ย. ๖๖", "", "๓๐ ก.ย. ๖๖"),
        ("90.09 คะแนน", "", "90.09 คะแนน"),
        ("12.5 คะแนน", "", "12.5 คะแนน"),  # could be a section, but counts points
        ("-3.5", "", "-3.5"),
        ("**หนา**", "", "**หนา**"),
        ("๑ ประกาศ", "", "๑ ประกาศ"),
    ],
)
def test_a_list_marker_is_stripped(text, marker, rest):
    found, start = strip_marker(text)
    assert (found, text[start:]) == (marker, rest)


def test_a_bare_number_is_a_marker_only_when_asked():
    assert strip_marker("๑ ประกาศ", bare=True) == ("๑", 2)
    assert strip_marker("๓๐ ก.ย. ๖๖", bare=True) == ("", 0)


def _items(text):
    return [(i.number, text[i.start : i.end]) for i in split_items(text)]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("๑. ประชุม ๒.แจ้งเวียน ๓. ติดตาม", [(1, "ประชุม"), (2, "แจ้งเวียน"), (3, "ติดตาม")]),
        ("1) ประชุม 2) แจ้ง", [(1, "ประชุม"), (2, "แจ้ง")]),
        ("(1) ประชุม (2) แจ้ง", [(1, "ประชุม"), (2, "แจ้ง")]),
        (
            "๑ ประกาศนโยบาย ๒ ประกาศคู่มือ ๓ มีการทบทวน",
            [(1, "ประกาศนโยบาย"), (2, "ประกาศคู่มือ"), (3, "มีการทบทวน")],
        ),
        ("1. ประชุม\n2. แจ้ง\n5. รายงาน", [(1, "ประชุม"), (2, "แจ้ง"), (5, "รายงาน")]),
        ("1.1 ประชุม 1.2 แจ้ง", [(1, "ประชุม"), (2, "แจ้ง")]),
        ("ก. ประชุม ข. แจ้ง", [(1, "ประชุม"), (2, "แจ้ง")]),
        # a number that repeats is another step all the same
        ("๑. ประชุม ๒. แจ้ง ๓. วาง ๓. ติดตาม", [(1, "ประชุม"), (2, "แจ้ง"), (3, "วาง"), (3, "ติดตาม")]),
        # a lead-in is a part of its own
        ("ดำเนินการ ดังนี้ ๑. ประชุม ๒. แจ้ง", [(None, "ดำเนินการ ดังนี้"), (1, "ประชุม"), (2, "แจ้ง")]),
        ("ดังนี้ ๑. ประชุม", [(None, "ดังนี้"), (1, "ประชุม")]),
        # a cell that goes on from the page before
        ("๒. จัดอบรม ๓. ติดตาม", [(2, "จัดอบรม"), (3, "ติดตาม")]),
        # what stands deeper stays inside
        ("๑. ทำ ดังนี้\n- เว็บไซต์\n- เพจ\n๒. ติด", [(1, "ทำ ดังนี้\n- เว็บไซต์\n- เพจ"), (2, "ติด")]),
        ("1. ก่อน 1.1 หนึ่ง 1.2 สอง 2. หลัง", [(1, "ก่อน 1.1 หนึ่ง 1.2 สอง"), (2, "หลัง")]),
        ("- สำนักปลัด - กองคลัง", [(None, "สำนักปลัด"), (None, "กองคลัง")]),
        ("-สำรวจ\n-เผยแพร่", [(None, "สำรวจ"), (None, "เผยแพร่")]),
        # the hyphen of a word stays where lines carry the bullets
        ("- ทำทะเบียน\n- กำหนดการยืม - คืน", [(None, "ทำทะเบียน"), (None, "กำหนดการยืม - คืน")]),
        ("1. คะแนน 80.5 ครบ\n2. แจ้ง", [(1, "คะแนน 80.5 ครบ"), (2, "แจ้ง")]),
        ("๑. ทบทวน ข้อ ๒. ของระเบียบ", [(1, "ทบทวน ข้อ ๒. ของระเบียบ")]),
        # เจ้าหน้าที่ and งบประมาณ end like words that refer
        ("๑. อบรมเจ้าหน้าที่ ๒. ใช้งบประมาณ ๓. แจ้ง", [(1, "อบรมเจ้าหน้าที่"), (2, "ใช้งบประมาณ"), (3, "แจ้ง")]),
    ],
)
def test_list_items_are_split(text, items):
    assert _items(text) == items


@pytest.mark.parametrize(
    "text",
    [
        "ทบทวนเอกสารจนครบ ๕ องค์ประกอบ",
        "ตามมาตรา ๙ ของพระราชบัญญัติ พ.ศ. ๒๕๔๐",
        "ทำอย่างน้อย ๑ คู่มือ /งาน ๒ ฉบับ",
        "รายงานผล รอบ 6 เดือน",
        "ขาดเนื้อหาหัวข้อที่ (๒) งบประมาณ",
        "สรุป(๑)เรื่องแรก และ(๒)เรื่องที่สอง",
        "ปรับวิธีการยืม - คืน ให้ง่าย",
        "ระบบ E - Service",
        "แผน (พ.ศ. 2561 – 2580)",
        "๑ ต.ค. ๖๕ - ๓๐ ก.ย. ๖๖",
        "๑ ต.ค. ๖๕ ๒ พ.ย. ๖๕",  # bare numbers that run on, but are dates
        "ต.ค. - ก.ย. ๖๙",
        "**หัวข้อ** และ *เน้น*",
    ],
)
def test_a_sentence_is_not_split(text):
    assert _items(text) == [(None, text)]


def test_a_short_word_after_a_hyphen_is_doubtful():
    first, second = split_items("- ทะเบียนการยืม - คืน พัสดุ")
    assert (first.doubt, second.doubt) == ((), ("short_bullet",))


@settings(max_examples=40)
@given(st.text(alphabet="กข ๑๒1 2.)(-•\nงจ", max_size=40))
def test_list_items_never_overlap_and_lose_no_letter(text):
    items = split_items(text)
    assert all(a.end <= b.start for a, b in pairwise(items))
    kept = "".join(text[i.start : i.end] + i.marker for i in items)
    assert sorted(c for c in text if c in "กข") == sorted(c for c in kept if c in "กข")
    assert len(to_arabic(text)) == len(text)


def _cells(text, header):
    """Yield the cells below a header of a tab or pipe table, with split rows joined and merged cells empty."""
    column, merged = None, []
    for line in text.split("\n"):
        if "\t" not in line and not line.startswith("|"):
            continue
        row = [
            html.unescape(re.sub(r"<[^>]+>", "\n", cell)).strip()
            for cell in re.split(r"\t|\|", line.strip("|"))
        ]
        titles = [i for i, cell in enumerate(row) if header in cell and len(cell) < 40]
        if titles:
            column = titles[0]
        elif column is not None and len(row) > column and set("".join(row)) - set("-: "):
            broken = not row[0] or (not any(row[column + 1 :]) and not strip_marker(row[0])[0])
            if merged and broken:
                merged[-1] += "\n" + row[column]
            else:
                merged.append(row[column])
    return [cell for cell in merged if cell.strip()]


@pytest.mark.skipif(not SHARED.exists(), reason="the real reports are not on this machine")
def test_every_step_of_the_real_reports_is_found():
    checked = 0
    for gold in sorted((SHARED / "gold").glob("*.json")):
        text = next((SHARED / "seeds").glob(gold.name.split(".")[0] + "*")).read_text()
        measures = json.loads(gold.read_text())["measures"]
        cells = _cells(text, "ขั้นตอน")
        if len(cells) != len(measures):  # a table whose cells stand one a block
            blocks = re.split(r"\n[ \t]*\t", text)
            cells = [
                b
                for m in measures
                for b in blocks
                if re.sub(r"\s", "", m["steps"][-1]) in re.sub(r"\s", "", b)
            ]
        for cell, measure in zip(cells, measures, strict=True):
            steps = [re.sub(r"\s", "", cell[i.start : i.end]) for i in split_items(cell)]
            assert steps == [re.sub(r"\s", "", step) for step in measure["steps"]], gold.name
            checked += 1
    assert checked > 40


@pytest.mark.parametrize(
    ("text", "doubted"), [("การใช้งบประมาณ 8 4.1", [True, False]), ("ได้ 8 คะแนน", [False])]
)
def test_a_digit_right_before_a_decimal_is_in_doubt(text, doubted):
    assert [bool(number.doubt) for number in find_numbers(text)] == doubted
