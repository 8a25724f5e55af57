"""Matching of names, headings and sentences to indicators and instruments."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thaita.normalize.frameworks import every_indicator
from thaita.normalize.indicators import find_indicators, find_instrument, match_indicator

NAMES = [
    # as the questionnaires write them
    ("การปฏิบัติหน้าที่", 1),
    ("การใช้งบประมาณ", 2),
    ("การใช้อำนาจ", 3),
    ("การใช้ทรัพย์สินของราชการ", 4),
    ("การแก้ไขปัญหาการทุจริต", 5),
    ("คุณภาพการดำเนินงาน", 6),
    ("ประสิทธิภาพการสื่อสาร", 7),
    ("การปรับปรุงการทำงาน", 8),
    ("การเปิดเผยข้อมูล", 9),
    ("การป้องกันการทุจริต", 10),
    # other wordings of the same
    ("การใช้ทรัพย์สินทางราชการ", 4),
    ("การใช้ทรัพย์สินของทางราชการ", 4),
    ("การแก้ปัญหาการทุจริต", 5),
    ("การแก้ไขปัญหาทุจริต", 5),
    ("การปรับปรุงระบบการทำงาน", 8),
    # typing slips
    ("การแก้ปัญหาคาการทุจริต", 5),
    ("คุณภาพการเนื้องาน", 6),
    ("ประสิทธิภาพการสือสาร", 7),
    ("การป้องกันการทุจริด", 10),
    ("การปฎิบัติหน้าที่", 1),
    # sara am lost, decomposed, torn
    ("การใช้อานาจ", 3),
    ("การใช้อ\u0e4d\u0e32นาจ", 3),
    ("การใช้อ ำนาจ", 3),
    # a name broken over the lines of a cell
    ("ประสิทธิภาพ การสื่อสาร", 7),
    ("การแก้ไข ปัญหาการ ทุจริต", 5),
    ("การ\nเปิดเผยข้อมูล", 9),
    # numbers, labels, instruments and scores around the name; the number never decides
    ("๑.การปฏิบัติหน้าที่", 1),
    ("๗. การใช้ทรัพย์สินของราชการ", 4),
    ("(๑๐) การป้องกันการทุจริต", 10),
    ("ตัวชี้วัดที่ ๕ การแก้ไขปัญหาการทุจริต", 5),
    ("ตัวชี้วัดที่ 1 การป้องกันการทุจริต", 10),
    ("ตัวขี้วัดที่ 2 การปฏิบัติหน้าที่", 1),
    ("การใช้อำนาจ (IIT)", 3),
    ("OIT การเปิดเผยข้อมูล", 9),
    ("**ตัวชี้วัดที่ ๒ การใช้งบประมาณ**", 2),
    ("ด้านการปรับปรุงระบบการทำงาน", 8),
    ("การใช้อำนาจ ตัวชี้วัดที่ ๓", 3),
    ("การปฏิบัติหน้าที่ 71.20", 1),
    # English names, alone and in parentheses
    ("Bribery Fraud", 1),
    ("Budget Misallocation", 2),
    ("Power Distortion", 3),
    ("Asset Misappropriation", 4),
    ("Anti-Corruption Improvement", 5),
    ("Service Quality", 6),
    ("Communication Efficiency", 7),
    ("Procedure Improvement", 8),
    ("Open Data", 9),
    ("Anti-Corruption Practice", 10),
    ("การป้องกันการทุจริต (Anti-Corruption Practice)", 10),
]


@pytest.mark.parametrize(("text", "no"), NAMES)
def test_every_spelling_of_a_name_is_matched(text, no):
    match = match_indicator(text)
    assert match is not None
    assert match.no == no
    assert (match.name, match.instrument) == (every_indicator()[no].name, every_indicator()[no].instrument)


@pytest.mark.parametrize(("text", "no"), NAMES[:15])
def test_an_official_name_matches_exactly(text, no):
    match = match_indicator(text)
    assert match is not None
    assert (match.no, match.similarity, match.close) == (no, 100, False)


NOT_INDICATORS = """
คะแนนรวม|ค่าเฉลี่ย|รวม|คะแนน|ลำดับ|ตัวชี้วัด|ตัวชี้วัดที่ ๕|เครื่องมือประเมิน|ค่าคะแนน|ภาพรวม
แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)|แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)
การเปิดเผยข้อมูลสาธารณะ (OIT)|แบบตรวจการเปิดเผยข้อมูลสาธารณะ|การกำกับติดตาม|การจัดซื้อจัดจ้าง
แผนปฏิบัติการป้องกันการทุจริต|การป้องกันและปราบปรามการทุจริต|การใช้จ่ายงบประมาณ|การปราบปรามการทุจริต
การแก้ไขปัญหาและป้องกันการทุจริต|การป้องกันและแก้ไขปัญหาการทุจริต|การต่อต้านการทุจริต|การทุจริต
มาตรการป้องกันการทุจริต|รายงานผลการดำเนินการป้องกันการทุจริต|การประเมินความเสี่ยงการทุจริต|ปัญหาการทุจริต
การร้องเรียนการทุจริต|แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริต|การขัดกันแห่งผลประโยชน์|การรับสินบน
การใช้อำนาจหน้าที่|การใช้อำนาจของผู้บังคับบัญชา|อำนาจหน้าที่|การมอบอำนาจ|การใช้ดุลพินิจ|การใช้งาน
การใช้ทรัพย์สิน|การยืมทรัพย์สินของราชการ|แนวปฏิบัติการใช้ทรัพย์สินของราชการ|กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ
การดูแลรักษาทรัพย์สินของราชการ|แผนการใช้จ่ายงบประมาณประจำปี|งบประมาณ|การบริหารงบประมาณ|การเบิกจ่ายงบประมาณ
การปฏิบัติงาน|การปฏิบัติราชการ|การปฏิบัติงานตามหน้าที่ของเจ้าหน้าที่|คู่มือการปฏิบัติงาน|การดำเนินงาน|ผลการดำเนินงาน
คุณภาพการให้บริการ|การให้บริการ|ประสิทธิภาพการทำงาน|ประสิทธิภาพการดำเนินงาน|คุณภาพ|ประสิทธิภาพ|การสื่อสาร
การประชาสัมพันธ์|การเผยแพร่ข้อมูล|ข้อมูลพื้นฐาน|ข้อมูลข่าวสาร|การเปิดเผยข้อมูลข่าวสารของราชการ|การเปิดเผยราคากลาง
การปรับปรุงระบบสารสนเทศ|การปรับปรุงกระบวนการทำงาน|การปรับปรุงคุณภาพการให้บริการ|ขั้นตอนการทำงาน
การบริหารงานบุคคล|การบริหารและพัฒนาทรัพยากรบุคคล|การส่งเสริมความโปร่งใส|การมีส่วนร่วม|จุดแข็ง|จุดอ่อน
ข้อเสนอแนะ|ผู้รับผิดชอบ|ระยะเวลาดำเนินการ|ขั้นตอน/วิธีการปฏิบัติ|E-Service|Anti-Corruption|Open Data Integrity
Integrity and Transparency Assessment|ITA|IIT|๑๐|90.09||...|มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน
การใช้อำนาจ (การป้องกันการทุจริต)
"""


@pytest.mark.parametrize("text", [text for line in NOT_INDICATORS.split("\n") for text in line.split("|")])
def test_other_headings_are_not_indicators(text):
    assert match_indicator(text) is None


# --- noise ------------------------------------------------------------------------------------------

THAI = [chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E4F))]


def noisy(name: str, share: float, chance: random.Random) -> str:
    """Return the name with about `share` of its letters replaced, removed or followed by another letter."""
    letters = []
    for letter in name:
        if chance.random() >= share:
            letters.append(letter)
            continue
        letters += chance.choice(([chance.choice(THAI)], [], [letter, chance.choice(THAI)]))
    return "".join(letters)


@pytest.mark.parametrize(("share", "least_accepted"), [(0.05, 0.97), (0.1, 0.93), (0.2, 0.70)])
def test_noise_never_turns_one_indicator_into_another_unflagged(share, least_accepted):
    chance = random.Random(20)
    draws = accepted = 0
    wrong = []
    for _ in range(150):
        for no, one in every_indicator().items():
            draws += 1
            match = match_indicator(noisy(one.name, share, chance))
            accepted += match is not None and not match.close and match.no == no
            if match is not None and not match.close and match.no != no:
                wrong.append((no, match))
    assert not wrong
    assert accepted / draws >= least_accepted


def test_the_two_corruption_indicators_stay_apart_under_noise():
    chance = random.Random(510)
    for draw in range(2400):
        no = (5, 10)[draw % 2]
        match = match_indicator(noisy(every_indicator()[no].name, 0.2, chance))
        assert match is None or match.close or match.no == no


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=[*THAI, *"0123456789 .()"], max_size=40))
def test_random_letters_are_never_a_sure_indicator(text):
    match = match_indicator(text)
    assert match is None or match.similarity >= 74


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(NAMES[:15]), st.lists(st.integers(0, 30), max_size=6))
def test_white_space_inside_a_name_changes_nothing(row, gaps):
    text, no = row
    for gap in gaps:
        place = gap % len(text)
        text = text[:place] + " " + text[place:]
    match = match_indicator(text)
    assert match is not None
    assert (match.no, match.similarity) == (no, 100)


# --- running text -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the label frees of doubt, whatever follows
        ("ตัวชี้วัดที่ ๓ การใช้อำนาจ โดยรวมได้คะแนน ๙๐", [(3, False)]),
        ("ตัวชี้วัดการป้องกันการทุจริตได้คะแนน 71.20", [(10, False)]),
        ("ต้องดูแลตัวชี้วัดด้านการปรับปรุงระบบการทำงานต่อไป", [(8, False)]),
        ("**ตัวชี้วัดที่ ๒ การใช้งบประมาณ** โดยรวม", [(2, False)]),
        # a number, an instrument or the line's start introduces a name that stands alone
        ("๗. การใช้ทรัพย์สินของทางราชการ\n๘. การใช้อำนาจ", [(4, False), (3, False)]),
        ("แบบวัด (IIT) การใช้อำนาจ ควรพัฒนา", [(3, False)]),
        ("การแก้ไข ปัญหาการ\nทุจริต", [(5, False)]),
        ("| ๔. การใช้ ทรัพย์สินของ ราชการ | มาตรการ", [(4, False)]),
        # the longest wording wins
        ("ตัวชี้วัดที่ 8 การปรับปรุงระบบการทำงาน", [(8, False)]),
        # the words inside other words
        ("แผนปฏิบัติการป้องกันการทุจริต", [(10, True)]),
        ("๑. การใช้อำนาจหน้าที่โดยมิชอบ", [(3, True)]),
        ("ควรกำกับ การใช้งบประมาณ ให้คุ้มค่า", [(2, True)]),
        ("๕. มาตรการป้องกันการทุจริต", [(10, True)]),
        # no name at all
        ("การใช้จ่ายงบประมาณ และการจัดซื้อจัดจ้าง", []),
        ("", []),
    ],
)
def test_names_in_running_text(text, expected):
    found = find_indicators(text)
    assert [(hit.no, hit.doubtful) for hit in found] == expected
    for hit in found:
        assert text[hit.start : hit.end] == hit.as_written


@pytest.mark.parametrize(
    ("text", "code", "conflict"),
    [
        ("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)", "IIT", False),
        ("แบบวัดผู้มีส่วนได้ส่วนเสียภายนอก (EIT)", "EIT", False),
        ("แบบตรวจการเปิดเผยข้อมูลสาธารณะ", "OIT", False),
        ("ผู้มีส่วนได้ ส่วนเสีย ภายนอก", "EIT", False),
        ("Open Data Integrity and Transparency Assessment", "OIT", False),
        ("ผลคะแนน IIT พบว่า", "IIT", False),
        # as scans read the abbreviations
        ("llT", "IIT", False),
        ("IlT", "IIT", False),
        ("0IT", "OIT", False),
        ("๐IT", "OIT", False),
        ("ElT", "EIT", False),
        # the words say one instrument and the abbreviation another
        ("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (EIT)", "EIT", True),
        ("ผู้มีส่วนได้ส่วนเสียภายในและผู้มีส่วนได้ส่วนเสียภายนอก (IIT)", "IIT", True),
    ],
)
def test_a_heading_names_an_instrument(text, code, conflict):
    found = find_instrument(text)
    assert found is not None
    assert (found.code, found.conflict) == (code, conflict)


@pytest.mark.parametrize(
    "text",
    [
        "ผลการประเมิน ITA",  # three letters more than IT are no instrument
        "ด้าน IT",
        "IIT EIT และ OIT",  # several: none
        "บุคลากรภายในหน่วยงาน",
        "LIT UNIT 11T5",
        "",
    ],
)
def test_a_heading_without_an_instrument(text):
    assert find_instrument(text) is None
