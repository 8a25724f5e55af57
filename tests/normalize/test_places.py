"""Places and agencies, as written in reports."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.paths import SHARED

from thaita.normalize.agencies import find_agencies
from thaita.normalize.place_names import place_names
from thaita.normalize.places import find_places, resolve


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("อำเภอภูสิงห์จังหวัดศรีสะเกษ", [("ภูสิงห์", "3317"), ("ศรีสะเกษ", "33")]),  # no space
        ("อ.เมือง จ.ลำปาง", [("เมืองลำปาง", "5201"), ("ลำปาง", "52")]),
        ("อำเภอเมือง จังหวัดเพชรบุรี", [("เมืองเพชรบุรี", "7601"), ("เพชรบุรี", "76")]),
        ("อำเภอเมืองขอนแก่น", [("เมืองขอนแก่น", "4001")]),
        ("อ.เมือง จ.พระนครศรีอยุธยา", [("พระนครศรีอยุธยา", "1401"), ("พระนครศรีอยุธยา", "14")]),
        # several subdistricts have the name: what stands above decides
        (
            "ตำบลหนองโสนอำเภอเมือง จังหวัดเพชรบุรี",
            [("หนองโสน", "760107"), ("เมืองเพชรบุรี", "7601"), ("เพชรบุรี", "76")],
        ),
        ("ต.ในเมืองอ.เมืองจ.ขอนแก่น", [("ในเมือง", "400101"), ("เมืองขอนแก่น", "4001"), ("ขอนแก่น", "40")]),
        ("จังหวัดลำปางประจำปี", [("ลำปาง", "52")]),
        ("แขวงบางนาเหนือ เขตบางนา", [("บางนาเหนือ", "104702"), ("บางนา", "1047")]),
    ],
)
def test_places_are_found(text, places):
    found = find_places(text)
    assert [(p.name, p.code) for p in found] == places
    assert not any(p.doubt for p in found)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("ต.หนองโสน", [("หนองโสน", None, "ambiguous")]),
        ("อำเภอภูสิงห์ จังหวัดลำปาง", [("ภูสิงห์", "3317", "inconsistent"), ("ลำปาง", "52", "inconsistent")]),
        ("จังหวัดกาพสินธุ์", [("กาฬสินธุ์", "46", "fuzzy")]),
        ("จังหวัดศรีษะเกษ", [("ศรีสะเกษ", "33", "variant")]),
        ("จังหวัดนคร ราชสีมา", [("นครราชสีมา", "30", "spacing")]),
        (
            "ตำบลขามสะแกแสง ขามสะแกแสง จังหวัดนครราชสีมา",
            [("ขามสะแกแสง", "301101", ""), ("ขามสะแกแสง", "3011", "label_missing"), ("นครราชสีมา", "30", "")],
        ),
        # a guess that the neighbours contradict is dropped, and they stay
        ("ตำบลสวนสวรรค์ อำเภอแจ้ห่ม จังหวัดลำปาง", [("แจ้ห่ม", "5206", ""), ("ลำปาง", "52", "")]),
        (
            "ตำบลตะเคียนลาม อำเภอภูสิงห์ จังหวัดศรีสะเกษ",  # the neighbours say which name is meant
            [("ตะเคียนราม", "331705", "fuzzy"), ("ภูสิงห์", "3317", ""), ("ศรีสะเกษ", "33", "")],
        ),
    ],
)
def test_doubts_of_a_place_are_reported(text, places):
    assert [(p.name, p.code, "|".join(p.doubt)) for p in find_places(text)] == places


@pytest.mark.parametrize(
    "text",
    [
        "ในเขตพื้นที่ตำบล และอำเภอ หรือจังหวัดได้",  # there is a subdistrict และ
        "ร้องเรียนที่อำเภอ หรือจังหวัดได้",
        "องค์การบริหารส่วนตำบลหนองโสน",  # an agency, not a place
        "เทศบาลตำบลพอกน้อย",
        "พ.ต.ต. ใจ จ.ส.อ. ดี",
        "ต.บิก อ.ปา",  # no such names, too short to guess
        "แขวงทางหลวง เขตพัฒนา",
    ],
)
def test_other_text_is_not_a_place(text):
    assert all(p.name in text and "ambiguous" in p.doubt for p in find_places(text))
    assert not any(p.code for p in find_places(text))


@pytest.mark.parametrize(
    ("parts", "names", "codes"),
    [
        (("หนองโสน", "เมือง", "เพชรบุรี"), ("หนองโสน", "เมืองเพชรบุรี", "เพชรบุรี"), ("760107", "7601", "76")),
        (("ต.เมืองมาย", "อ.แจ้ห่ม", "จ.ลำปาง"), ("เมืองมาย", "แจ้ห่ม", "ลำปาง"), ("520605", "5206", "52")),
        (("หนองโสน", None, "เพชรบุรี"), ("หนองโสน", "เมืองเพชรบุรี", "เพชรบุรี"), ("760107", "7601", "76")),
        (("ตะเคียนราม", None, None), ("ตะเคียนราม", "ภูสิงห์", "ศรีสะเกษ"), ("331705", "3317", "33")),
        ((None, "เมือง", "ลำปาง"), (None, "เมืองลำปาง", "ลำปาง"), (None, "5201", "52")),
        ((None, None, "กทม."), (None, None, "กรุงเทพมหานคร"), (None, None, "10")),
        (("สวนสวรรค์", "แจ้ห่ม", "ลำปาง"), ("สวนสวรรค์", "แจ้ห่ม", "ลำปาง"), (None, "5206", "52")),
    ],
)
def test_an_address_is_resolved(parts, names, codes):
    found = resolve(*parts)
    assert (found.subdistrict, found.district, found.province) == names
    assert (found.subdistrict_code, found.district_code, found.province_code) == codes
    assert ("unknown_subdistrict" in found.doubt) == (parts[0] == "สวนสวรรค์")


@pytest.mark.parametrize(
    "parts",
    [
        ("หนองโสน", None, None),  # four provinces have one
        ("เมืองมาย", "แจ้ห่ม", "เลย"),  # the parts disagree
        (None, "เมือง", None),
        (None, None, "แดนไกล"),
        (None, None, None),
    ],
)
def test_an_ambiguous_address_is_rejected(parts):
    assert resolve(*parts) is None


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_every_subdistrict_is_resolved_from_its_full_address(data):
    name = data.draw(st.sampled_from(sorted(place_names("subdistrict"))))
    code = data.draw(st.sampled_from(place_names("subdistrict")[name]))
    district = next(n for n, codes in place_names("district").items() if code[:4] in codes)
    province = next(n for n, codes in place_names("province").items() if code[:2] in codes)
    same = [c for c in place_names("subdistrict")[name] if c[:4] == code[:4]]
    found = resolve(name, district, province)
    assert len(same) > 1 or found.subdistrict_code == code
    read = [p.code for p in find_places(f"ตำบล{name} อำเภอ{district} จังหวัด{province}")]
    assert len(same) > 1 or read == [code, code[:4], code[:2]]


@pytest.mark.parametrize(
    ("text", "name", "agency_type"),
    [
        ("ขององค์การบริหารส่วนตำบลหนองโสน อำเภอเมือง", "องค์การบริหารส่วนตำบลหนองโสน", "อบต."),
        ("ภายในองค์การบริหารส่วนตำบลขามสะแกแสงประจำปี", "องค์การบริหารส่วนตำบลขามสะแกแสง", "อบต."),
        ("ขององค์การบริหารส่วนตำบล ตะเคียนราม ปี", "องค์การบริหารส่วนตำบลตะเคียนราม", "อบต."),
        ("จริยธรรมองค์การบริหารส่วน ตำบลเมืองมาย ให้", "องค์การบริหารส่วนตำบลเมืองมาย", "อบต."),  # a narrow cell
        ("อบต. ขามสะแกแสง เช่น", "องค์การบริหารส่วนตำบลขามสะแกแสง", "อบต."),
        ("ของอบต.ขามสะแกแสงใหม่", "องค์การบริหารส่วนตำบลขามสะแกแสง", "อบต."),
        ("สำนักงานเทศบาลตำบลพอกน้อย  อำเภอ", "เทศบาลตำบลพอกน้อย", "เทศบาลตำบล"),
        ("เทศบาลตำบลพอกน้อยได้จัดทำ", "เทศบาลตำบลพอกน้อย", "เทศบาลตำบล"),
        ("ทม.ชุมพร", "เทศบาลเมืองชุมพร", "เทศบาลเมือง"),
        ("เทศบาลเมืองเมืองพล", "เทศบาลเมืองเมืองพล", "เทศบาลเมือง"),
        ("เทศบาลนครนครราชสีมา", "เทศบาลนครนครราชสีมา", "เทศบาลนคร"),
        ("อบจ.ลำปาง", "องค์การบริหารส่วนจังหวัดลำปาง", "อบจ."),
        ("ผล ITA ของจังหวัดลำปาง", "จังหวัดลำปาง", "จังหวัด"),
        ("เมืองพัทยา", "เมืองพัทยา", "เมืองพัทยา"),
    ],
)
def test_an_agency_has_its_full_name(text, name, agency_type):
    (found,) = find_agencies(text)
    assert (found.name, found.agency_type, found.doubt) == (name, agency_type, ())
    assert found.abbreviated == (found.name[:4] not in text.replace(" ", ""))
    assert text[found.end - 2 : found.end] == name[-2:]


@pytest.mark.parametrize(
    ("text", "name", "doubt"),
    [
        ("เทศบาลตำบลสวนสวรรค์", "เทศบาลตำบลสวนสวรรค์", "unknown_place"),  # may be a name of its own
        ("เทศบาลตำบลสวนสวรรค์ได้จัดทำ", "เทศบาลตำบลสวนสวรรค์", "unknown_place|cut"),
        ("องค์การบริหารส่วนตำบลตะเคียนลาม", "องค์การบริหารส่วนตำบลตะเคียนลาม", "unknown_place"),
        ("มหาวิทยาลัยเชียงใหม่", "มหาวิทยาลัยเชียงใหม่", "unlisted"),  # ใหม่ ends no name here
        ("โรงเรียนบ้านหนองบัว", "โรงเรียนบ้านหนองบัว", "unlisted"),
        ("เขตบางนา กรุงเทพมหานคร", "กรุงเทพมหานคร", "place_or_agency"),
    ],
)
def test_doubts_of_an_agency_are_reported(text, name, doubt):
    (found,) = find_agencies(text)
    assert (found.name, "|".join(found.doubt)) == (name, doubt)


@pytest.mark.parametrize(
    "text",
    [
        "องค์การบริหารส่วนตำบล ควรอบรม",
        "องค์การบริหารส่วนตำบลควรจัดทำ",  # there is a subdistrict ควร
        "เว็บไซต์ของ อบต.\nและ เพจ อบต.",
        "นายก อบต. ปลัด อบต.",
        "องค์การบริหารส่วนตำบล\nอำเภอเมือง",
        "สำนักงาน ป.ป.ช. กำหนด",
        "สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ",
        "บริเวณหน้าสำนักงานที่ประชาชนเห็น โปรแกรม",
        "อำเภอเมือง จังหวัดลำปาง",  # a place, not the province as an agency
        "ก.อบต.จังหวัด",
    ],
)
def test_a_general_mention_is_not_an_agency(text):
    assert find_agencies(text) == []


def test_importing_does_not_load_the_list_of_places():
    code = (
        "import sys, thaita.normalize.agencies, thaita.normalize.owners;"
        "print([m for m in sys.modules if m in ('geothai', 'rapidfuzz')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.skipif(not SHARED.exists(), reason="the real reports are not on this machine")
def test_each_real_report_names_one_agency():
    for seed in (SHARED / "seeds").glob("*.txt"):
        text = seed.read_text()
        found = find_agencies(text)
        assert len({a.name for a in found}) == 1, seed.name
        assert not any(a.doubt for a in found), seed.name
        assert len({p.code for p in find_places(text) if p.level == "province"}) == 1, seed.name
