"""Responsible units, roles and persons, as written in cells."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.paths import SHARED

from thaita.normalize.owners import split_owners


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("สำนักปลัด กองคลัง กองช่าง", ["สำนักปลัด", "กองคลัง", "กองช่าง"]),
        ("สำนักปลัด\nกองคลัง", ["สำนักปลัด", "กองคลัง"]),
        ("สำนักปลัด, กองคลัง", ["สำนักปลัด", "กองคลัง"]),
        ("- สำนักปลัด - กองคลัง", ["สำนักปลัด", "กองคลัง"]),
        ("๑. สำนักปลัด ๒. กองคลัง", ["สำนักปลัด", "กองคลัง"]),
        ("งานพัสดุ / กองคลัง", ["งานพัสดุ", "กองคลัง"]),
        # torn white space is closed, the space of a name is kept
        ("คณะทำงาน ITA / สำนัก ปลัด", ["คณะทำงาน ITA", "สำนักปลัด"]),
        ("สำนัก\nปลัด", ["สำนักปลัด"]),
        ("กองการ ศึกษา", ["กองการศึกษา"]),
        ("หัวหน้า สำนักปลัด", ["หัวหน้าสำนักปลัด"]),
        ("ผู้อำนวยการ กองคลัง หัวหน้าสำนักปลัด", ["ผู้อำนวยการกองคลัง", "หัวหน้าสำนักปลัด"]),
        ("นายก อบต. ปลัด อบต. ผอ.กองคลัง", ["นายก อบต.", "ปลัด อบต.", "ผอ.กองคลัง"]),
        ("สำนักปลัดเทศบาล", ["สำนักปลัดเทศบาล"]),
        # names that hold a space or และ
        ("กองการศึกษา ศาสนาและวัฒนธรรม", ["กองการศึกษา ศาสนาและวัฒนธรรม"]),
        ("กองการศึกษา ศาสนาและวัฒนธรรม กองคลัง", ["กองการศึกษา ศาสนาและวัฒนธรรม", "กองคลัง"]),
        ("กองยุทธศาสตร์และงบประมาณ", ["กองยุทธศาสตร์และงบประมาณ"]),
        ("กองสาธารณสุขและ สิ่งแวดล้อม", ["กองสาธารณสุขและสิ่งแวดล้อม"]),
        ("กองพัฒนาน้ำและดิน", ["กองพัฒนาน้ำและดิน"]),  # in no list
        ("สำนักส่งเสริมวิชาการและงานทะเบียน", ["สำนักส่งเสริมวิชาการและงานทะเบียน"]),
        # และ that joins two names, glued or not
        ("กองคลังและงานพัสดุ", ["กองคลัง", "งานพัสดุ"]),
        ("กองสวัสดิการสังคมและกองคลัง", ["กองสวัสดิการสังคม", "กองคลัง"]),
        ("กองคลังและ กองช่าง", ["กองคลัง", "กองช่าง"]),
        ("สำนักปลัด และ กองคลัง", ["สำนักปลัด", "กองคลัง"]),
        ("ปลัด อบต. และผู้อำนวยการกองทุกกอง", ["ปลัด อบต.", "ผู้อำนวยการกองทุกกอง"]),
        ("ทุกสำนัก ทุกกอง", ["ทุกสำนัก", "ทุกกอง"]),
        ("ทุกสำนัก/ทุกกอง", ["ทุกสำนัก", "ทุกกอง"]),
        ("ทุกสำนัก/กอง", ["ทุกสำนัก/กอง"]),  # กอง alone names nobody
        # persons stay whole, whatever units their posts name
        ("นางสาวใจ ดี ตำแหน่ง นักวิเคราะห์นโยบายและแผน", ["นางสาวใจ ดี ตำแหน่ง นักวิเคราะห์นโยบายและแผน"]),
        (
            "นายกมล ดี ตำแหน่ง ปลัด อบต.\nนางสุข ดี ตำแหน่ง นิติกร",  # นายก is a role, นายกมล a person
            ["นายกมล ดี ตำแหน่ง ปลัด อบต.", "นางสุข ดี ตำแหน่ง นิติกร"],
        ),
        ("สำนักปลัด (งานนโยบายและแผน)", ["สำนักปลัด (งานนโยบายและแผน)"]),
        ("-", []),
        ("", []),
    ],
)
def test_owners_are_split(text, names):
    assert [owner.name for owner in split_owners(text)] == names


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("สำนักปลัดกองคลัง", [("glued",), ("glued",)]),  # parted, as each is a usual unit
        ("งานคดีงานสืบสวน", [("glued",), ("glued",)]),  # parted at the second unit word
        ("กองการเจ้าหน้าที่กองคลัง", [("glued",), ("glued",)]),
        ("ฝ่ายการเงินและบัญชีสำนักงานคลังจังหวัด", [("nested",)]),  # a part of the office, or two units
        ("งานพัสดุฝ่ายแผนงาน", [("nested",)]),
        ("ฝ่ายวิชาการกลุ่มงานบริหารทั่วไป", [("glued",), ("glued",)]),
        ("งานบริหารงานทั่วไป", [()]),  # บริหาร binds the unit word to the same name
        ("คณะกรรมการบริหารกองทุน", [()]),
        ("งานพัสดุกองคลัง", [()]),  # a section of a division: one owner
        ("การสาธารณสุข", [("no_unit_word",)]),
        ("กองช่าง", [()]),
    ],
)
def test_doubts_of_an_owner_are_reported(text, doubts):
    assert [owner.doubt for owner in split_owners(text)] == doubts


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(["สำนักปลัด", "กองคลัง", "กองช่าง", "งานพัสดุ", "นายก อบต."]), min_size=1, max_size=5)
)
def test_a_list_is_split_at_every_separator(names):
    numbered = " ".join(f"{i}. {name}" for i, name in enumerate(names, 1))
    for text in (" ".join(names), "\n".join(names), " / ".join(names), ", ".join(names), numbered):
        owners = split_owners(text)
        assert [owner.name for owner in owners] == names
        assert [text[owner.start : owner.end] for owner in owners] == names


@pytest.mark.skipif(not SHARED.exists(), reason="the real reports are not on this machine")
def test_every_owner_of_the_real_reports_is_found():
    checked = 0
    for gold in sorted((SHARED / "gold").glob("*.json")):
        for measure in json.loads(gold.read_text())["measures"]:
            owners = [o.name for o in split_owners(" ".join(f"- {name}" for name in measure["owners"]))]
            assert owners == measure["owners"]
            checked += 1
    for cell in ("สำนักปลัด กองคลัง กองช่าง", "ทุกสำนัก ทุกกอง", "คณะทำงาน ITA / สำนัก ปลัด"):
        assert any(cell in seed.read_text() for seed in (SHARED / "seeds").glob("*.txt"))
        checked += len(split_owners(cell)) in (2, 3)
    assert checked > 40
