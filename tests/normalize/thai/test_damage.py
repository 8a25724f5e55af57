"""Damage and repair: texts damaged at the rates of real documents, and at ten times those, are restored."""

from __future__ import annotations

import random
import re
from functools import cache

import pytest
from rapidfuzz.fuzz import ratio
from support.damage import KINDS, damage

from thaita.models.source_text import SourceText
from thaita.normalize.thai.repair import diagnose, repair, repair_source

TEXT = """\
รายงานการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน ประจำปีงบประมาณ พ.ศ. ๒๕๖๘
ผลคะแนนในภาพรวมเท่ากับ ๘๗.๔๕ คะแนน อยู่ในระดับ ผ่าน
ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่ ได้คะแนน ๙๒.๑๗ ซึ่งเป็นคะแนนสูงที่สุด
ตัวชี้วัดที่ 10 การป้องกันการทุจริต ได้คะแนนต่ำที่สุด เท่ากับ 71.85 คะแนน
เจ้าหน้าที่ควรให้บริการแก่ผู้มาติดต่อด้วยความเท่าเทียมและไม่เลือกปฏิบัติ
ควรจัดทำคู่มือการปฏิบัติงานและเผยแพร่ให้ประชาชนทราบอย่างทั่วถึง
สำนักปลัดเป็นผู้รับผิดชอบในการกำกับติดตามการดำเนินการตามมาตรการ
บุคลากรบางส่วนยังไม่ทราบแผนการใช้จ่ายงบประมาณประจำปีของหน่วยงาน
ผู้บริหารให้ความสำคัญกับการต่อต้านการทุจริตและประกาศเจตจำนงสุจริต
จุดอ่อนที่พบคือการยืมทรัพย์สินของราชการไปใช้โดยไม่ขออนุญาตอย่างถูกต้อง
จัดประชุมชี้แจงขั้นตอนการขอยืมพัสดุให้พนักงานทุกคนเข้าใจตรงกัน
หน่วยงานควรเพิ่มช่องทางการร้องเรียนและแจ้งเบาะแสการทุจริตผ่านเว็บไซต์
การมอบหมายงานของผู้บังคับบัญชาต้องเป็นธรรมและตรงกับตำแหน่งหน้าที่
เปิดโอกาสให้ผู้มีส่วนได้ส่วนเสียเข้ามามีส่วนร่วมในการปรับปรุงการให้บริการ
ใช้งบประมาณอย่างคุ้มค่าและเป็นไปตามวัตถุประสงค์ที่ตั้งไว้
รายงานผลการจัดซื้อจัดจ้างเป็นประจำทุกเดือน ภายในวันที่ ๕ ของเดือนถัดไป
งบประมาณที่ได้รับจัดสรรจำนวน ๑,๒๕๐,๐๐๐.๐๐ บาท เบิกจ่ายแล้ว 985,400.50 บาท
ระยะเวลาดำเนินการ ตุลาคม ๒๕๖๗ - กันยายน ๒๕๖๘
นำผลการประเมินมาวิเคราะห์เพื่อกำหนดมาตรการในการพัฒนาองค์กร
คณะทำงานได้ทบทวนคำสั่งแบ่งงานภายในกองคลังและกองช่าง
ประชาชนในพื้นที่ตำบลบ้านน้ำใสได้รับความสะดวกรวดเร็วมากขึ้น
ไม่พบเรื่องร้องเรียนเกี่ยวกับการเรียกรับสินบนในรอบปีที่ผ่านมา
จัดอบรมให้ความรู้ด้านจริยธรรมแก่สมาชิกสภาท้องถิ่นและพนักงานจ้าง จำนวน ๔๕ คน
ผู้บริหารควรสร้างแรงจูงใจในการทำงานและดูแลสวัสดิการอย่างเหมาะสม
ควรปรับปรุงข้อมูลบนเว็บไซต์ให้เป็นปัจจุบันอยู่เสมอ
การเปิดเผยข้อมูลเป็นตัวชี้วัดที่ต้องรักษาระดับคะแนนให้คงที่
องค์การบริหารส่วนตำบลห้วยทรายได้แต่งตั้งคณะกรรมการตรวจสอบภายใน
แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT) ได้คะแนนเฉลี่ย ๘๔.๓๐
แบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT) มีข้อจำกัดเรื่องความครบถ้วนของเอกสาร
กำชับให้เจ้าหน้าที่ปฏิบัติตามระเบียบและถือปฏิบัติอย่างเคร่งครัด
สำรวจความพึงพอใจของผู้รับบริการปีละสองครั้งแล้วสรุปผลเสนอนายกเทศมนตรี
ติดป้ายประชาสัมพันธ์ขั้นตอนและค่าธรรมเนียมไว้ ณ จุดบริการ
ข้อเสนอแนะ ควรอำนวยความสะดวกแก่ผู้สูงอายุและผู้พิการเป็นลำดับแรก
แผนปฏิบัติการป้องกันการทุจริตต้องสอดคล้องกับยุทธศาสตร์ชาติ
การใช้อำนาจในการบริหารงานบุคคลควรมีหลักเกณฑ์ที่ชัดเจนและตรวจสอบได้
จำแนกความเสี่ยงตามโอกาสเกิดและความรุนแรงของผลกระทบ
ผลการดำเนินการ แล้วเสร็จร้อยละ ๘๐ คงเหลืออยู่ระหว่างการจัดพิมพ์เอกสาร
จัดทำบัญชีครุภัณฑ์และตรวจนับวัสดุคงเหลือประจำปีให้ถูกต้องครบถ้วน
ปัญหาอุปสรรค คือ บุคลากรมีจำนวนน้อยและเปลี่ยนตำแหน่งบ่อยครั้ง
ขอความร่วมมือทุกกองส่งข้อมูลให้ผู้ดูแลระบบภายในเวลาที่กำหนด ☐ เสร็จ ☑ ไม่เสร็จ
ควรเน้นย้ำเรื่องการไม่รับของขวัญตามนโยบาย No Gift Policy อย่างสม่ำเสมอ
"""

# The least similarity, in percent, of repaired to original text at the wild rate and at ten times it.
FLOORS: dict[str, tuple[float, float]] = {
    "am_lost": (99.8, 99.7),
    "am_tone": (99.9, 99.8),
    "pushed": (99.8, 99.7),
    "pushed_torn": (99.8, 99.7),
    "tones_lost": (99.8, 99.4),
    "aa_as_am": (99.9, 99.8),
    "font_letters": (99.9, 99.8),
    "font_accents": (99.9, 99.8),
    "replacement": (99.9, 99.8),
}
"""Kinds that are not here come back whole."""


def _repaired(text: str) -> str:
    signs = diagnose(text)
    return "\n".join(repair_source(SourceText.at(line, 0), signs).chars for line in text.split("\n"))


def _similarity(one: str, other: str) -> float:
    return ratio("".join(one.split()), "".join(other.split()))


@cache
def _damaged(kind: str, times: int, seed: int) -> str:
    return damage(TEXT, kind, KINDS[kind].rate * times, random.Random(seed))


def test_the_test_sentences_are_well_formed() -> None:
    assert repair(TEXT) == TEXT == _repaired(TEXT)
    assert len(TEXT.splitlines()) >= 40


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("times", [1, 10])
@pytest.mark.parametrize("kind", KINDS)
def test_damaged_text_is_restored(kind: str, times: int, seed: int) -> None:
    damaged = _damaged(kind, times, seed)
    repaired = _repaired(damaged)
    after = _similarity(TEXT, repaired)
    assert after >= _similarity(TEXT, damaged)
    assert after >= FLOORS.get(kind, (100.0, 100.0))[times > 1]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", KINDS)
def test_numbers_keep_their_values(kind: str, seed: int) -> None:
    """Repair never changes a score, year or amount, whatever the damage."""
    to_arabic = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

    def numbers(text: str) -> list[str]:
        return re.findall(r"\d[\d.,]*", text.translate(to_arabic))

    assert numbers(_repaired(_damaged(kind, 10, seed))) == numbers(TEXT)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_damage_changes_the_text(kind: str) -> None:
    assert damage(TEXT, kind, 1_000_000, random.Random(1)) != TEXT
    assert damage(TEXT, kind, 0, random.Random(1)) == TEXT
    assert any(_damaged(kind, 10, seed) != TEXT for seed in range(3))


def test_the_damage_rate_is_respected() -> None:
    text = "จำนวน" * 4000
    places = damage(text, "am_lost", None, random.Random(3)).count("จาน")
    assert places == pytest.approx(KINDS["am_lost"].rate * len(text) / 100_000, rel=0.5)


@pytest.mark.parametrize("kind", KINDS)
def test_markup_and_columns_are_not_damaged(kind: str) -> None:
    rows = '<p class="คำ">คำ</p>\t|\n|---|:--|\n[bookmark: คำที่ ๑]\t&nbsp;**'
    damaged = damage(rows, kind, 10_000_000, random.Random(1))
    for kept in ('<p class="คำ">', "</p>", "|---|:--|", "[bookmark: คำที่ ๑]", "&nbsp;", "**"):
        assert kept in damaged
    assert [damaged.count(char) for char in "\t\n|<>"] == [rows.count(char) for char in "\t\n|<>"]


def test_the_same_seed_gives_the_same_damage() -> None:
    assert damage(TEXT, "pushed", 900, random.Random(4)) == damage(TEXT, "pushed", 900, random.Random(4))
