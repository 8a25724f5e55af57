"""Published national figures, and what a dataset gives for them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from thaita.check.national import Group, Volume, compare
from thaita.normalize.agency_types import agency_types
from thaita.normalize.grades import grades_of, level_name
from thaita.normalize.names import read_table
from thaita.normalize.national import NationalResult, national_results, national_types

ROWS = read_table("national_results.csv")
NATION = NationalResult(
    2567, "nation", "ทั้งประเทศ", 1000, Decimal("93.05"), 924, Decimal("92.40"), "seen", "-", ""
)


def outcomes(nation, published=(NATION,), **values):
    found = compare(Volume(2567, nation, **values), published)
    return [(one.figure, one.outcome, one.reason, one.severity) for one in found]


@pytest.mark.parametrize(
    ("nation", "expected"),
    [
        (Group(1000, 93.0549, 924), ["matches"] * 4),
        (Group(949, 93.05, 924), ["not_comparable"] * 4),
        (Group(1000, 93.07, 923), ["matches", "differs", "differs", "differs"]),
        # three missing agencies can explain the mean and the shares, but not their own absence
        (Group(997, 93.07, 922), ["differs", "not_comparable", "not_comparable", "not_comparable"]),
        (Group(997, 94.5, 990), ["differs", "differs", "differs", "differs"]),
        (Group(1003, 93.05, 924), ["differs", "matches", "matches", "differs"]),
    ],
)
def test_the_nation(nation, expected):
    assert [outcome for _, outcome, _, _ in outcomes(nation)] == expected


def test_figures_that_were_inferred_give_information_only():
    inferred = NationalResult(2567, "nation", "-", 1000, Decimal("90"), None, None, "inferred", "-", "")
    assert [severity for *_, severity in outcomes(Group(1000, 93.0, 0), [inferred])] == [None, "info"]
    assert [severity for *_, severity in outcomes(Group(1000, 93.0, 0))][1:] == ["warning"] * 3


def test_types_and_levels():
    published = [
        NATION,
        NationalResult(2567, "level", "ผ่านดี", 300, None, None, None, "seen", "-", ""),
        NationalResult(2567, "type", "เทศบาลตำบล", 200, Decimal("90.00"), None, None, "seen", "-", ""),
        NationalResult(2567, "type", "รัฐวิสาหกิจ", 50, Decimal("90.00"), None, None, "seen", "-", ""),
        NationalResult(2567, "type", "กรมหรือเทียบเท่า", 150, Decimal("90.00"), None, None, "seen", "-", ""),
    ]
    types = {"เทศบาลตำบล": Group(200, 90.0, 150), "รัฐวิสาหกิจ": Group(48, 91.0, 40)}
    found = outcomes(Group(1000, 93.05, 924), published, types=types, levels={"ผ่านดี": 290, "ผ่าน": 710})
    assert found[4:] == [
        ("agencies", "differs", "", "warning"),
        ("agencies", "matches", "", None),
        ("mean", "matches", "", None),
        ("agencies", "not_comparable", "inexact", None),
        ("mean", "not_comparable", "inexact", None),
    ]


def test_a_type_can_be_complete_where_the_nation_is_not():
    published = [NATION, NationalResult(2567, "type", "อบจ.", 0, None, None, None, "seen", "-", "")]
    published += [
        NationalResult(2567, "type", "องค์การบริหารส่วนจังหวัด", 76, Decimal("94.63"), None, None, "seen", "-", "")
    ]
    found = outcomes(Group(76, 94.63, 70), published, types={"อบจ.": Group(76, 94.63, 70)})
    assert [outcome for _, outcome, _, _ in found[4:]] == ["matches", "matches"]


def test_the_published_figures_agree_with_each_other():
    """The parts of each year add up to its total, and the types weighted by agencies give its mean."""
    for year in {int(row["year"]) for row in ROWS}:
        rows = national_results(year)
        (nation,) = [one for one in rows if one.about == "nation"]
        for about in ("level", "type"):
            some = [one for one in rows if one.about == about and one.agencies]
            if some:
                assert sum(one.agencies for one in some) == nation.agencies
        types = [one for one in rows if one.about == "type" and one.agencies and one.mean]
        if types:
            mean = sum(one.agencies * one.mean for one in types) / nation.agencies
            assert abs(mean - nation.mean) < Decimal("0.01")
        assert all(
            level_name(one.name) in {level.grade for level in grades_of(year)}
            for one in rows
            if one.about == "level"
        )


def test_every_figure_has_a_source_and_every_type_is_known():
    assert all(row["source"] and row["confidence"] in ("seen", "inferred") for row in ROWS)
    named = {row["name"] for row in ROWS if row["about"] == "type"}
    assert set(national_types()) - {"outside"} <= named
    own = {one.agency_type for kind in ("local", "other", "whole") for one in agency_types(kind)}
    assert {one for kind in national_types().values() for one in kind.agency_types} <= own


def test_a_number_that_a_document_states_does_not_decide_whether_a_published_year_is_complete():
    published = national_results(2566)
    misread = replace(published[0], agencies=83230, mean=None, confidence="stated")
    group = Group(8323, 90.19, 0)
    found = [
        one for one in compare(Volume(2566, group), [*published, misread]) if one.published is not misread
    ]
    assert found == list(compare(Volume(2566, group), published))
