"""How far names of agencies go."""

import pytest

from thaita.normalize.agencies import find_agencies


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # one of several offices of a province
        ("สพป.เชียงใหม่ เขต 2 ได้ 92.35 คะแนน", ["สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเชียงใหม่ เขต 2"]),
        ("สพป.เชียงใหม่เขต ๒", ["สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเชียงใหม่ เขต ๒"]),
        ("สพม.เชียงใหม่", ["สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาเชียงใหม่"]),
        # a municipality of two places, and a hyphen that ends a name
        ("เทศบาลตำบลโนนสูง-น้ำคำ", ["เทศบาลตำบลโนนสูง-น้ำคำ"]),
        ("เทศบาลตำบลท่ายาง-ผลการประเมิน", ["เทศบาลตำบลท่ายาง"]),
        ("ทต.ท่ายาง - ทต.บ้านใหม่", ["เทศบาลตำบลท่ายาง", "เทศบาลตำบลบ้านใหม่"]),
    ],
)
def test_the_end_of_a_name(text, names):
    assert [one.name for one in find_agencies(text)] == names
    assert [one.name for one in find_agencies(text, alone=True)] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("สพม.พังงา ภูเก็ต ระนอง", "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาพังงา ภูเก็ต ระนอง"),
        ("สพม.ตรัง กระบี่ ได้คะแนน", "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาตรัง กระบี่"),
        ("สพม.ตรัง จังหวัดตรัง", "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาตรัง"),
        ("สพป.เชียงใหม่ เขต 2 เชียงใหม่", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเชียงใหม่ เขต 2"),
    ],
)
def test_an_education_area_may_be_of_several_provinces(text, name):
    assert find_agencies(text, alone=True)[0].name == name
