"""Item codes in all spellings, and text that is not an item code."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thaita.normalize.items import INSTRUMENT_OF, LAST_NUMBER, decode_item, find_items, last_number, wordings

BUDGET = "ท่านทราบข้อมูลเกี่ยวกับงบประมาณของหน่วยงาน หรือของส่วนงานที่ท่านปฏิบัติหน้าที่ มากน้อยเพียงใด"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # letter and number, in either script, case and spacing
        ("E๑๑ การปฏิบัติหรือการให้บริการของเจ้าหน้าที่", "E11"),
        ("E11", "E11"),
        ("E ๑๑ การปฏิบัติ", "E11"),
        ("e๓", "E3"),
        ("i๘ ท่านเคยเข้าไปมีส่วนร่วม", "I8"),
        ("I8", "I8"),
        ("o34", "O34"),
        ("O๓๔", "O34"),
        ("O-34 การประเมิน", "O34"),
        ("ข้อ O12", "O12"),
        ("ข้อที่ O๑๒", "O12"),
        ("(O12)", "O12"),
        ("- O12 รายงาน", "O12"),
        ("E.11", "E11"),
        # the number of the list's line before it
        ("๑) E๑๑ การปฏิบัติ", "E11"),
        ("1. O34 การประเมิน", "O34"),
        ("๒.i๘ ท่านเคย", "I8"),
        # one for I: l, |, or a digit of another script
        ("l19", "I19"),
        ("|๑๙ ท่านรู้แนวปฏิบัติ", "I19"),
        ("1๑๙ ท่านรู้ แนวทางปฏิบัติ ของหน่วยงาน", "I19"),
        ("1๒๗ ท่านทราบ เกี่ยวกับ มาตรฐานทาง จริยธรรม", "I27"),
        ("๑19 ท่านรู้แนวปฏิบัติของหน่วยงาน", "I19"),
        # zero for O
        ("๐๓๔ การ ประเมินความ เสี่ยงการทุจริต", "O34"),
        ("๐๓๘ รายงาน ผลการ ดำเนินการ", "O38"),
        ("034", "O34"),
        ("๐๔๒\nมาตรการ", "O42"),
    ],
)
def test_every_spelling_of_a_code_is_read(text, code):
    item = decode_item(text, 2566)
    assert item is not None
    assert (item.code, item.certain) == (code, True)
    assert (item.instrument, item.no) == (INSTRUMENT_OF[code[0]], int(code[1:]))
    assert item.candidates == (code,)


def test_the_span_covers_the_code():
    item = decode_item("  ข้อ O๑๒ รายงาน")
    assert item is not None
    assert "  ข้อ O๑๒ รายงาน"[item.start : item.end] == "O๑๒"


@pytest.mark.parametrize(
    ("text", "year", "code", "certain"),
    [
        # the letter misread as a digit: what is left of the code and the wording agree
        (f"๓๗ {BUDGET}", 2566, "I7", True),
        (f"๗ {BUDGET}", 2566, "I7", True),
        (f"17 {BUDGET}", 2566, "I7", True),
        ("๑๑ การปฏิบัติหรือการให้บริการของเจ้าหน้าที่ ดีขึ้นกว่าที่ผ่านมาเล็กน้อยเพียงใด", 2566, "E11", True),
        ("๓๔ การประเมินความเสี่ยงการทุจริตและประพฤติมิชอบ ประจำปี", 2566, "O34", True),
        # no code at all: the question itself
        (BUDGET, 2566, "I7", True),
        ("ท่านได้รับมอบหมายงานจากผู้บังคับบัญชาอย่างเป็นธรรม มากน้อยเพียงใด", 2564, "I13", True),
        # a number that the code does not explain
        (f"๒. {BUDGET}", 2566, "I7", False),
        # the year's own questions are not known: a neighbour's, with doubt
        (f"๓๗ {BUDGET}", 2567, "I7", False),
        (f"๓๗ {BUDGET}", None, "I7", False),
        # a two-digit zero code is a number too, until its wording says what it is
        ("๐๖ กฎหมายที่เกี่ยวข้อง", 2566, "O6", True),
        ("๐๖ จัดประชุม", 2566, "O6", False),
        ("1๒๐", 2566, "I20", False),
        # beyond the year's list
        ("O42 มาตรการ", 2568, "O42", False),
        ("O48", 2562, "O48", True),
        ("O48", 2564, "O48", False),
    ],
)
def test_the_wording_resolves_an_ambiguous_code(text, year, code, certain):
    item = decode_item(text, year)
    assert item is not None
    assert (item.code, item.certain) == (code, certain)


def test_the_wording_of_another_item_makes_a_code_uncertain():
    item = decode_item(f"E๗ {BUDGET}", 2566)
    assert item is not None
    assert (item.code, item.certain, item.candidates) == ("E7", False, ("E7", "I7"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "๑. จัดทำแบบประเมินความพึงพอใจ",
        "๓๗ ประชุมชี้แจงเจ้าหน้าที่ทุกส่วนราชการเพื่อทราบ",
        "๐๖ มกราคม ๒๕๖๖",
        "๐๑ ต.ค. ๒๕๖๕",
        "๐.๕",
        "๐๘.๓๐ น.",
        "034-123456",
        "0812345678",
        "๒๕๖๖",
        "1๒๐ คน",
        "1๒๐,๐๐๐ บาท",
        "E20",  # past the last question
        "I0",
        "O2O",
        "E-Service",
        "1.034 บาท",
        "๓.๑ แบบวัดการรับรู้",
        "I. บทนำ",
        "โครงสร้าง",  # a title alone names documents, not items
        "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
        "แผนปฏิบัติการป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. ๒๕๖๖",
        "ประชาชนบางส่วนเห็นว่าเจ้าหน้าที่ยังปรับปรุงการให้บริการไม่มากเท่าที่ควร",
        "ITA ๒๕๖๖",
    ],
)
def test_text_without_an_item(text):
    assert decode_item(text, 2566) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("แผนและรายงานผล (๐๖, ๐๗), รายงานบุคคล (๐๑๕)", ["O6", "O7", "O15"]),
        ("(๐๒๕,๐๒๖)", ["O25", "O26"]),
        ("(O6 และ ๐๗)", ["O6", "O7"]),
        ("เปิดเผยตามข้อ O6 และ O7", ["O6", "O7"]),
        ("ข้อ ๐๖ และ ๐๗ ไม่ครบ", ["O6", "O7"]),
        ("ข้อคำถาม E๑๑, I๗", ["E11", "I7"]),
        ("คำถาม l19", ["I19"]),
        # a word right before the code
        ("รายการO12ไม่ครบถ้วน", ["O12"]),
        ("ข้อ O6/O7", ["O6", "O7"]),
        # what is no code
        ("www.o2.th/E11 ก.O", []),
        ("ปี ๒๕๖๖ (๒๕๖๗) พ.ศ. 2564", []),
        ("โทร. 0812345678, 044-034567, 044 034 567", []),
        ("ร้อยละ ๐.๕ เพิ่มขึ้น 13.35 คะแนน 1,034 บาท", []),
        ("เวลา ๐๘.๓๐ - ๑๖.๓๐ น. และ 08:30", []),
        ("วันที่ ๐๑/๑๐/๒๕๖๖ และ 01 ตุลาคม 2566", []),
        ("ข้อ ๖ และข้อ ๑๒ (๑) (๑๒)", []),
        ("E-Service COVID19 G20 E20 MP3 H1N1 ITA2566", []),
        ("1๒๐ คน 1๒๗,๕๐๐ บาท", []),
        ("๐๓๔ แห่ง", []),
        ("", []),
    ],
)
def test_codes_in_running_text(text, expected):
    found = find_items(text)
    assert [item.code for item in found] == expected
    assert all(item.certain for item in found)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        # the ends of a range speak of a list
        ("เปิดเผยข้อมูล O1-O43 ครบ", ["O1", "O43"]),
        ("ข้อ O1 ถึง O43", ["O1", "O43"]),
        # a zero before two digits that nothing introduces
        ("พบว่า ๐๓๔ ไม่มีข้อมูล", ["O34"]),
        # the number of a list's line
        ("(๐๑) จัดประชุม", ["O1"]),
    ],
)
def test_uncertain_codes_in_running_text(text, codes):
    found = find_items(text)
    assert [item.code for item in found] == codes
    assert not any(item.certain for item in found)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from("IEO"), st.integers(1, 48), st.booleans(), st.sampled_from(["", " ", "-"]))
def test_exactly_the_valid_codes_are_read(letter, no, thai, gap):
    digits = str(no).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) if thai else str(no)
    item = decode_item(f"{letter}{gap}{digits} ข้อความ")
    if no > LAST_NUMBER[letter]:
        assert item is None
    else:
        assert item is not None
        assert (item.code, item.certain) == (f"{letter}{no}", True)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="IEOilo01๐๑๓๔9 ().,-/กข", max_size=30))
def test_any_text_yields_only_valid_codes_at_their_offsets(text):
    for item in [*find_items(text), *filter(None, [decode_item(text)])]:
        assert 1 <= item.no <= LAST_NUMBER[item.code[0]]
        assert item.candidates[0] == item.code
        assert 0 <= item.start < item.end <= len(text)


def test_each_wording_names_its_own_item_in_its_year():
    for year in (2564, 2566):
        questions = [known for known in wordings(year) if known.key and known.key[0] in "IE"]
        found = [(known.key, decode_item(known.text, year)) for known in questions if len(known.folded) >= 20]
        assert len(found) >= 10
        # I9 of FY2564 is told from its neighbours by few words; whoever is not clear must be refused
        assert all(item is None or item.code == key for key, item in found)
        assert sum(item is not None for _, item in found) >= 0.8 * len(found)


@pytest.mark.parametrize(
    ("letter", "year", "last"),
    [
        ("O", 2562, 48),
        ("O", 2566, 43),
        ("O", 2567, 35),
        ("O", 2568, 28),
        ("I", 2564, 30),
        # a list with gaps tells no end
        ("O", 2569, 48),
        ("I", 2566, 30),
        ("E", None, 15),
    ],
)
def test_the_number_of_items_in_a_year(letter, year, last):
    assert last_number(letter, year) == last
