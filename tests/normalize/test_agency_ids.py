"""One agency has one id: across spellings, years and omissions in reports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaita.normalize.agency_ids import agency_id

SAME = [
    # the type's short form, the district left out, the province left out where the name is the only one
    [
        ("องค์การบริหารส่วนตำบลตะเคียนราม", "3317", "33"),
        ("อบต.ตะเคียนราม", None, "33"),
        ("อบต. ตะเคียนราม", None, None),
    ],
    # a town that is named after no subdistrict of its own
    [("เทศบาลเมืองหัวหิน", "7707", "77"), ("ทม.หัวหิน", None, "77")],
    # white space
    [("เทศบาลตำบลพอกน้อย", "4704", "47"), ("เทศบาลตำบล พอกน้อย", "4704", "47")],
    [("จังหวัดลำปาง", None, "52"), ("จังหวัด ลำปาง", None, "52")],
]
DIFFERENT = [
    # another type, another place of the same name, another name
    (("องค์การบริหารส่วนตำบลตะเคียนราม", "3317", "33"), ("เทศบาลตำบลตะเคียนราม", "3317", "33")),
    (("องค์การบริหารส่วนตำบลหนองโสน", "7601", "76"), ("องค์การบริหารส่วนตำบลหนองโสน", None, "66")),
    (("องค์การบริหารส่วนตำบลหนองโสน", "7601", "76"), ("องค์การบริหารส่วนตำบลหนองปลาไหล", "7601", "76")),
    (("องค์การบริหารส่วนจังหวัดลำปาง", None, "52"), ("จังหวัดลำปาง", None, "52")),
]


@pytest.mark.parametrize("spellings", SAME, ids=lambda rows: rows[0][0])
def test_spellings_of_one_agency_have_one_id(spellings):
    assert len({agency_id(*one) for one in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_agencies_have_different_ids(one, other):
    assert agency_id(*one) != agency_id(*other)


def test_no_name_has_no_id():
    assert agency_id(None, "3317", "33") is None


@given(st.text(max_size=40))
def test_any_name_has_one_id(name):
    first = agency_id(name)
    assert first == agency_id(name)
    assert first is not None
    assert len(first) == 13
