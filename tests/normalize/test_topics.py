"""Matching of headings to the seven topics."""

from __future__ import annotations

import random

import pytest

from thaita.normalize.frameworks import every_topic
from thaita.normalize.topics import match_topic


@pytest.mark.parametrize(
    ("text", "no"),
    [
        *((name, no) for no, name in every_topic().items()),
        # number glued to the words
        ("(๑)กระบวนการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ", 1),
        # torn by the lines of a narrow cell
        ("(๓) ช่องทาง และรูปแบบการ ประชาสัมพันธ์ เผยแพร่ข้อมูล ข่าวสารภาครัฐ", 3),
        ("(๖) กระบวนการ ควบคุม ตรวจสอบ การ ใช้อำนาจและ การบริหารงาน บุคคล", 6),
        ("(๗) กลไกและ มาตรการใน การแก้ไขและ ป้องกันการ ทุจริตภายใน หน่วยงาน", 7),
        # case and digits
        ("2) การให้บริการและระบบ e-service", 2),
        # small slips and re-wordings
        ("กระบวนการกำกับดูแลการใช้ทรัพย์สินของทางราชการ", 4),
        ("กระบวนการสร้างความโปร่งไสในการใช้งบประมานและการจัดซื้อจัดจ้าง", 5),
        ("ช่องทางและรูปแบบการประชาสัมพันธ์และเผยแพร่ข้อมูลข่าวสารภาครัฐ", 3),
        ("กลไกเเละมาตรการในการเเก้ไขเเละป้องกันการทุจริตภายในหน่วยงาน", 7),
    ],
)
def test_a_topic_is_matched_by_its_words(text, no):
    match = match_topic(text)
    assert match is not None
    assert (match.no, match.name, match.close, match.conflict) == (no, every_topic()[no], False, False)


@pytest.mark.parametrize(
    ("text", "no", "conflict"),
    [
        ("๔. กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ", 4, False),
        ("๒. กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ", 4, True),
        ("ประเด็นที่ ๔ กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ", 4, False),
        # a section number is no topic's number
        ("๓.๔ กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ", 4, False),
    ],
)
def test_the_words_decide_and_the_number_confirms(text, no, conflict):
    match = match_topic(text)
    assert match is not None
    assert (match.no, match.conflict) == (no, conflict)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "๑",
        "กระบวนการ",
        "กระบวนการปฏิบัติงาน",
        "การให้บริการ",
        "ระบบ E-Service",
        "การใช้ทรัพย์สินของราชการ",  # an indicator
        "การป้องกันการทุจริต",
        "กระบวนการสร้างความโปร่งใส",
        "การจัดซื้อจัดจ้าง",
        "ช่องทางการประชาสัมพันธ์",
        "กระบวนการกำกับดูแลการใช้งบประมาณของหน่วยงาน",
        "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
        "ประเด็น",
        "กระบวนการควบคุมภายใน",
        # a measure that ends in a topic's words
        "มาตรการรักษาความโปร่งใสในการใช้งบประมาณและการจัดซื้อจัดจ้าง",
        "กลไกและมาตรการในการส่งเสริมคุณธรรมภายในหน่วยงาน",
        # two topics in one heading
        "กระบวนการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ การให้บริการและระบบ E-Service",
    ],
)
def test_other_headings_are_not_topics(text):
    assert match_topic(text) is None


def test_noise_never_turns_one_topic_into_another_unflagged():
    chance = random.Random(7)
    accepted = 0
    for _ in range(60):
        for no, name in every_topic().items():
            text = "".join(letter for letter in name if chance.random() > 0.1)
            match = match_topic(text)
            assert match is None or match.no == no
            accepted += match is not None and not match.close
    assert accepted >= 0.9 * 60 * 7
