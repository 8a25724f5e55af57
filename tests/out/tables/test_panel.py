"""The panel: which of several sources wins, what stays visible, and what is counted once."""

from __future__ import annotations

import pytest
from pandas import isna
from support.results import YEAR, own, report, result, score, tables

import thaita
from thaita.models.records import Evidence, Provenance, Reading

A, B = "องค์การบริหารส่วนตำบลตะเคียนราม", "องค์การบริหารส่วนตำบลนาโยงเหนือ"


def a_list(number, *results, **values):
    of = report(number, kind=("summary",), **values)
    return Reading(
        report=of, results=tuple(result(of, at, *one[:-1], **one[-1]) for at, one in enumerate(results, 1))
    )


def a_report(number, overall, agency=A, flags=(), **values):
    return Reading(report=own(number, agency, overall, flags=flags, **values))


def one_row(*readings, **options):
    (row,) = thaita.panel(tables(*readings), **options).reset_index().to_dict("records")
    return row


@pytest.mark.parametrize(
    ("own_flags", "list_flags", "prefer", "wins"),
    [
        ((), (), "official", "list"),
        ((), (), "own", "own"),
        ((), ("sum_mismatch",), "official", "own"),  # a sure value beats a doubted one
        (("unsure_overall_score",), (), "own", "list"),
        (("unsure_grade",), ("sum_mismatch",), "official", "own"),  # a doubt about another column is none
        (("repaired",), (), "own", "own"),  # a note is no doubt
        (("sum_mismatch",), ("grade_band",), "official", "list"),
        (("corrected", "sum_mismatch"), (), "official", "own"),  # a person has decided
        ((), ("marked_wrong",), "official", "own"),
    ],
)
def test_the_source_that_wins(own_flags, list_flags, prefer, wins):
    listed = a_list(2, (A, "90.10", {"flags": list_flags}))
    row = one_row(a_report(1, "88.00", flags=own_flags), listed, prefer=prefer)
    assert row["overall_score"] == {"own": 88.0, "list": 90.1}[wins]
    assert row["overall_score_source"] == wins
    assert (row["sources"], row["reports"]) == ("own|list", 2)
    assert row["conflicts"] == ("" if "marked_wrong" in list_flags else "overall_score")


def test_an_unknown_preference_is_refused():
    with pytest.raises(ValueError, match="official, own"):
        thaita.panel(tables(a_report(1, "88.00")), prefer="list")


def test_every_value_stays_visible_with_its_place():
    both = tables(a_report(1, "88.00"), a_list(2, (A, "90.10", {"grade": "ผ่านดี", "rank": 3})))
    found = thaita.panel(both, long=True)
    scores = found[found["measure"] == "overall_score"].to_dict("records")
    assert [
        (one["value"], one["source"], one["won"], one["conflict"], one["document"]) for one in scores
    ] == [
        (90.1, "list", True, False, "2.pdf"),
        (88.0, "own", False, True, "1.pdf"),
    ]
    assert scores[0]["page"] == 1
    assert scores[0]["quote"].startswith(A)
    assert scores[0]["row_id"] == "r0000000000000002-r01"
    wide = thaita.panel(both).reset_index().to_dict("records")[0]
    assert (wide["grade"], wide["rank"]) == ("ผ่านดี", 3)


@pytest.mark.parametrize(
    ("stated", "listed", "differ"),
    [
        ("90.10", "90.10", False),
        ("90.1", "90.14", False),  # rounded to the fewer decimals
        ("90", "90.40", False),
        ("90.00", "90.40", True),
        ("90.10", "90.11", True),
    ],
)
def test_values_agree_up_to_the_decimals_that_are_written(stated, listed, differ):
    reading = Reading(
        report=(of := own(1, A)),
        results=(result(of, 1, A, stated, scope="own"),),
    )
    assert one_row(reading, a_list(2, (A, listed, {})))["conflicts"] == ("overall_score" if differ else "")


def test_points_that_were_converted_agree_within_their_rounding():
    """28.63 of 30 points is 95.43 %, give or take 0.02."""
    listed = a_list(2, (A, None, {"iit": "95.43", "oit": "95.43", "flags": ("from_points",)}))
    of = listed.results[0]
    points = [
        Evidence(report_id=of.report_id, table="results", row_id=of.result_id, column=f"{name}_as_written", value="28.63", provenance=Provenance())
        for name in ("iit", "oit")
    ]  # fmt: skip
    reading = Reading(
        report=(of := own(1, A)), results=(result(of, 1, A, iit="95.44", oit="95.48", scope="own"),)
    )
    listed = listed.model_copy(update={"evidence": tuple(points)})
    assert one_row(listed, reading)["conflicts"] == "oit"


@pytest.mark.parametrize(("own_score", "listed"), [("85.49", "85"), ("92.54", "92.5")])
def test_a_list_that_drops_zeros_has_the_decimals_of_its_column(own_score, listed):
    both = a_list(2, (A, listed, {}), (B, "91.25", {}))
    reading = Reading(report=(of := own(1, A)), results=(result(of, 1, A, own_score, scope="own"),))
    assert sorted(thaita.panel(tables(reading, both))["conflicts"]) == ["", "overall_score"]


def test_levels_agree_by_meaning():
    listed = a_list(2, (A, None, {"grade": "ต้องปรับปรุงด่วน"}), (B, None, {"grade": "ผ่านดี"}))
    both = tables(a_report(1, None, grade="ต้องปรับปรุงโดยด่วน"), a_report(3, None, B, grade="ผ่าน"), listed)
    assert sorted(thaita.panel(both)["conflicts"]) == ["", "grade"]


def test_a_copy_of_a_report_counts_once():
    copy = a_report(2, "80.00", same_as="r0000000000000001")
    row = one_row(a_report(1, "88.00"), copy)
    assert (row["overall_score"], row["reports"], row["conflicts"]) == (88.0, 1, "")


def test_indicators_of_both_sources_fill_one_row():
    listed = report(1, kind=("summary",))
    mine = own(2, A)
    scores = [score(listed, no, "90.00", agency=A, agency_id=mine.agency_id, scope="agency") for no in (1, 2)]
    row = one_row(
        Reading(report=listed, scores=tuple(scores)),
        Reading(report=mine, scores=(score(mine, 2, "80.00"), score(mine, 3, "85.00", flags=("range",)))),
    )
    assert (row["i1"], row["i2"], row["conflicts"]) == (90.0, 90.0, "i2")
    assert isna(row["i3"]), "a value off the scale never wins"


def test_a_level_is_no_agency():
    listed = a_list(
        1,
        (A, "90.00", {}),
        ("จังหวัดตรัง", "91.00", {"scope": "province", "agency_id": None}),
        ("ทั้งประเทศ", "92.00", {"scope": "national", "agency_id": None}),
    )
    assert one_row(listed)["overall_score"] == 90.0


def test_what_a_report_says_of_a_neighbour_is_no_list():
    neighbour = own(1, B, "80.00")
    shown = Reading(
        report=neighbour,
        results=(result(neighbour, 1, A, "91.00"), result(neighbour, 2, B, "80.00", scope="own")),
    )
    found = thaita.panel(tables(shown, a_report(2, "88.00"))).reset_index().set_index("agency")
    assert found["overall_score"].to_dict() == {A: 88.0, B: 80.0}
    assert found["sources"].to_dict() == {A: "own|other", B: "own"}
    assert found.loc[A, "conflicts"] == "overall_score"


def test_the_rank_comes_from_the_document_of_the_overall_score():
    province = a_list(1, (A, "90.00", {"rank": 2}), (B, "91.00", {"rank": 1}))
    district = a_list(2, (A, "90.00", {"rank": 1, "flags": ("sum_mismatch",)}))
    found = thaita.panel(tables(district, province)).reset_index().set_index("agency")
    assert found["rank"].to_dict() == {A: 2, B: 1}
    assert set(found["conflicts"]) == {""}


def test_a_dataset_without_agencies_gives_an_empty_panel():
    nothing = tables(Reading(report=report(1)))
    assert len(thaita.panel(nothing)) == 0
    assert len(thaita.panel(nothing, long=True)) == 0


def test_the_order_of_the_files_does_not_decide():
    readings = [
        a_report(1, "88.00"),
        a_list(2, (A, "90.10", {}), (B, "80.00", {})),
        a_list(3, (A, "90.20", {})),
    ]
    wide = [thaita.panel(tables(*order)) for order in (readings, readings[::-1])]
    assert wide[0]["overall_score"].tolist() == wide[1]["overall_score"].tolist()
    assert (wide[0].loc[(own(1, A).agency_id, YEAR), "overall_score"]) == 90.1, "the longer list wins"


# -- agencies ------------------------------------------------------------------------------------


def test_spellings_of_a_name_are_one_agency():
    listed = a_list(
        2, ("อบต.ตะเคียนรามม", "90.10", {"province": "ศรีสะเกษ"}), (B, "80.00", {"province": "ตรัง"})
    )
    wide = (
        thaita.panel(tables(a_report(1, "88.00", province="ศรีสะเกษ"), listed))
        .reset_index()
        .set_index("agency")
    )
    assert wide["sources"].to_dict() == {A: "own|list", B: "list"}
    assert wide.loc[A, ["overall_score", "conflicts", "candidates"]].tolist() == [90.1, "overall_score", ""]


def test_a_name_that_two_agencies_have_is_merged_with_neither():
    name = "องค์การบริหารส่วนตำบลบ้านใหม่"
    district = {"district": "เมืองนครราชสีมา", "province": "นครราชสีมา"}
    listed = a_list(1, (name, "90.00", district), (name, "80.00", {"province": "นครราชสีมา"}))
    wide = thaita.panel(tables(listed)).reset_index()
    (open_,) = wide[wide["candidates"] != ""].to_dict("records")
    assert open_["overall_score"] == 80.0
    assert "บ้านใหม่" in open_["candidates"]


def test_two_rows_of_one_list_with_the_same_name_are_two_agencies_with_their_scores():
    of = report(1, kind=("summary",))
    place = {"province": "เชียงใหม่", "agency_type": "เทศบาลตำบล"}
    name = "เทศบาลตำบลบ้านกลาง"
    rows = [result(of, at, name, value, **place) for at, value in ((1, "90.00"), (2, "80.00"))]
    who = {"agency": name, "agency_id": rows[0].agency_id, "scope": "agency"}
    scores = [score(of, no, value, **who) for no, value in ((1, "91.00"), (2, "81.00"))]
    wide = thaita.panel(tables(Reading(report=of, results=tuple(rows), scores=tuple(scores))))
    found = wide[["overall_score", "i1", "i2"]].sort_values("overall_score").astype(float).values.tolist()
    assert [[None if isna(value) else value for value in row] for row in found] == [
        [80.0, None, 81.0],
        [90.0, 91.0, None],
    ]
    assert set(wide["conflicts"]) == {""}
