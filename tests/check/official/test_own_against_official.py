"""Own values against official ones, on records in memory."""

from decimal import Decimal

import pytest
from support import results
from support.official_archive import invent

from thaita.check.official.compare import compare
from thaita.check.official.statement import official_side, own_side
from thaita.models.records import Evidence, Provenance, Reading
from thaita.normalize.agency_ids import agency_id
from thaita.out.official.values import COLUMNS, as_csv, as_frame, row_values

NAME = "เทศบาลตำบลท่ายาง"
PLACE = {"district": "ท่ายาง", "province": "เพชรบุรี"}


def report(id_="own", name=NAME, place=PLACE, year=2567, scores=None, more=(), same_as=None, **values):
    """A report on its own agency; `more` are results of other years or agencies."""
    own = results.report(
        0, report_id=id_, source=f"{id_}.txt", agency=name, agency_id=agency_id(name) if name else None,
        fiscal_year=year, same_as=same_as, **place,
    )  # fmt: skip
    rows = [*([result(id_, name, place, year, scope="own", **values)] if values else []), *more]
    return Reading(
        report=own, results=tuple(rows), scores=tuple(of_scores(id_, "own", name, year, scores or {}))
    )


def listing(*rows, id_="list", scores=(), evidence=()):
    """A list of agencies' results, which has no agency of its own."""
    head = results.report(0, report_id=id_, source=f"{id_}.csv")
    return Reading(report=head, results=rows, scores=tuple(scores), evidence=tuple(evidence))


def result(id_="list", name=NAME, place=PLACE, year=2567, row="r1", scope="agency", sure=0.99, **values):
    quote = Provenance(spans=((0, 4),), quote=f"{name} {values}", confidence=sure)
    of = results.report(0, report_id=id_)
    return results.result(
        of, 0, name, result_id=f"{id_}-{row}", scope=scope, agency_type=None, agency_id=agency_id(name),
        fiscal_year=year, provenance=quote, **place, **values,
    )  # fmt: skip


def of_scores(id_, scope, name, year, scores):
    of = results.report(0, report_id=id_)
    for no, value in scores.items():
        yield results.score(
            of, no, value, scope=scope, agency=name, agency_id=agency_id(name), fiscal_year=year
        )


def compared(own, official):
    theirs = official_side(official, frozenset(one.report.report_id for one in own))
    return compare(own_side(own, frozenset(theirs.listed)), theirs)


def rows(found, *columns):
    return [tuple(getattr(row, column) for column in columns) for row in found.rows]


@pytest.mark.parametrize(
    ("measure", "own", "official", "status"),
    [
        ("overall_score", "92.35", "92.35", "agree"),
        ("overall_score", "92.35", "92.36", "differ"),
        ("overall_score", "92.4", "92.35", "agree"),  # rounded
        ("overall_score", "92.3", "92.35", "agree"),  # a half may be rounded down
        ("overall_score", "92.3", "92.36", "differ"),
        ("overall_score", "92", "92.35", "agree"),
        ("overall_score", "92.50", "92.5", "agree"),
        ("iit", "88.01", "88.02", "differ"),
        ("grade", "A", "ระดับ A", "agree"),
        ("grade", "aa", "AA", "agree"),
        ("grade", "AA", "ผ่านดีเยี่ยม", "agree"),  # the best level of both scales
        ("grade", "A", "ผ่านดี", "differ"),
        ("grade", "ต้องปรับปรุงด่วน", "ต้องปรับปรุงโดยด่วน", "agree"),
        ("grade", "ผ่าน", "ผ่านดี", "differ"),
    ],
)
def test_two_values(measure, own, official, status):
    found = compared([report(**{measure: own})], [listing(result(**{measure: official}))])
    assert rows(found, "status", "measure") == [(status, measure)]
    assert found.has_differences() == (status == "differ")


def test_a_spreadsheet_that_drops_zeros_has_the_decimals_of_its_column():
    other = result(name="อบต.ตะเคียนราม", place={}, row="r2", overall_score="88.41")
    found = compared([report(overall_score="92.54")], [listing(result(overall_score="92.5"), other)])
    assert rows(found, "status")[0] == ("differ",)


def test_a_percentage_that_points_stand_for_is_equal_to_all_that_they_can_stand_for():
    """27.65 points of 30 are 92.15 to 92.18 percent."""
    points = Evidence(report_id="list", table="results", row_id="list-r1", column="iit_as_written", value="27.65", provenance=Provenance())  # fmt: skip
    official = [listing(result(iit="92.17"), evidence=[points])]
    assert [rows(compared([report(iit=own)], official), "status")[0][0] for own in ("92.15", "92.18", "92.20")] == [
        "agree", "agree", "differ",
    ]  # fmt: skip


def test_a_difference_names_both_places_and_what_is_in_doubt():
    own = report(overall_score="92.35", flags=("ambiguous_overall",))
    official = listing(result(overall_score="91.00", sure=0.8, flags=("repaired", "unsure_figure")))
    row = row_values(compared([own], [official]).rows[0])
    assert list(row) == list(COLUMNS)
    assert (row["own_value"], row["official_value"], row["difference"]) == (
        Decimal("92.35"),
        Decimal("91.00"),
        Decimal("1.35"),
    )
    assert (row["own_source"], row["official_source"]) == ("own.txt", "list.csv")
    assert "92.35" in row["own_quote"]
    assert "91.00" in row["official_quote"]
    assert (row["doubtful"], row["own_flags"], row["official_flags"]) == (
        "own|official",
        "ambiguous_overall",
        "unsure_figure",
    )


def test_a_doubt_about_another_column_does_not_concern_a_value():
    found = compared(
        [report(overall_score="92.35")], [listing(result(overall_score="91.00", flags=("by_order",)))]
    )
    assert not found.rows[0].doubtful


@pytest.mark.parametrize(
    ("flags", "measure", "doubtful"),
    [
        (("sum_mismatch",), "iit", True),  # any number of the row can be the wrong one
        (("unsure_grade",), "overall_score", False),
        (("accepted", "sum_mismatch"), "iit", False),  # a person has decided
    ],
)
def test_what_a_flag_casts_doubt_on(flags, measure, doubtful):
    found = compared([report(**{measure: "92.35"})], [listing(result(flags=flags, **{measure: "91.00"}))])
    assert found.rows[0].doubtful == doubtful


@pytest.mark.parametrize("flag", ["range", "marked_wrong"])
def test_a_value_that_is_known_to_be_wrong_counts_as_not_stated(flag):
    found = compared([report(iit="92.35")], [listing(result(iit="93.35", flags=(flag,)))])
    assert rows(found, "status", "own") == [("only_own", found.rows[0].own)]


def test_values_of_one_side():
    """Only measures that the other side states at all are missing there."""
    other = result(name="อบต.ตะเคียนราม", place={}, row="r2", overall_score="88.41", grade="ผ่านดี")
    own = report(overall_score="92.35", grade="ผ่านดี", iit="90.00", scores={1: "95.00"})
    found = compared([own], [listing(result(overall_score="92.35", oit="93.00"), other)])
    assert rows(found, "status", "measure")[1:] == [("only_own", "grade"), ("agree", "overall_score")]


def test_agencies_of_one_side():
    other = {"name": "องค์การบริหารส่วนตำบลตะเคียนราม", "place": {"province": "ศรีสะเกษ"}}
    third = {"name": "องค์การบริหารส่วนตำบลไพรบึง", "place": {"province": "ศรีสะเกษ"}}
    plan = report("plan", **third)  # a report without results
    own = [report(overall_score="92.35"), plan]
    official = [
        listing(result(**other, row="r2", overall_score="90"), result(**third, row="r3", overall_score="80"))
    ]
    found = compared(own, official)
    assert rows(found, "status", "reason") == [
        ("not_published", "no_report"), ("not_published", "no_result"), ("not_in_list", ""),
    ]  # fmt: skip
    assert found.has_differences()


def test_an_agency_that_a_refused_name_could_be_is_not_said_to_have_published_nothing():
    name = "องค์การบริหารส่วนตำบลบ้านใหม่"
    places = [{"district": d, "province": "นครราชสีมา"} for d in ("เมืองนครราชสีมา", "ครบุรี")]
    listed = [
        result(name=name, place=place, row=f"r{no}", overall_score="90") for no, place in enumerate(places)
    ]
    listed.append(result(overall_score="92.35", row="r9"))
    own = [report("a", name, {"province": "นครราชสีมา"}, overall_score="90"), report(overall_score="92.35")]
    found = compared(own, [listing(*listed)])
    assert rows(found, "status", "reason") == [("unresolved", "several_places"), ("agree", "")]
    assert {one.district for one in found.rows[0].candidates} >= {"เมืองนครราชสีมา", "ครบุรี"}


def test_an_undecided_name_with_ten_indicators_is_one_row():
    name = "องค์การบริหารส่วนตำบลบ้านใหม่"
    listed = listing(scores=of_scores("list", "agency", name, 2567, dict.fromkeys(range(1, 11), "90")))
    found = compared([report(overall_score="92.35")], [listed])
    assert rows(found, "status") == []  # no year is on both sides
    listed = listing(scores=of_scores("list", "agency", name, None, dict.fromkeys(range(1, 11), "90")))
    found = compared([report(overall_score="92.35")], [listed])
    assert rows(found, "status", "reason") == [("unresolved", "several_places")]


def test_a_similar_name_on_the_other_side_is_named():
    became = listing(result(overall_score="92.35"), result(name="เทศบาลตำบลบ้านแหลม", place={"district": "บ้านแหลม", "province": "เพชรบุรี"}, row="r2", overall_score="90"))  # fmt: skip
    own = report(
        "b", "องค์การบริหารส่วนตำบลบ้านแหลม", {"district": "บ้านแหลม", "province": "เพชรบุรี"}, overall_score="90"
    )
    found = compared([own, report(overall_score="92.35")], [became])
    assert rows(found, "status", "reason") == [
        ("not_published", "resembles"),
        ("not_in_list", "resembles"),
        ("agree", ""),
    ]
    assert found.rows[0].candidates == (found.rows[1].agency,)


def test_copies_count_once_and_each_other_value_is_a_row():
    own = [
        report(overall_score="92.35"),
        report("copy", same_as="own", overall_score="92.35"),
        report("later", overall_score="91.00"),
    ]
    found = compared(own, [listing(result(overall_score="92.35"))])
    assert [(row.status, row.own.source) for row in found.rows] == [("differ", "later.txt")]
    assert (found.own.documents, found.own.copies) == (2, 1)


def test_the_row_of_the_agency_that_published_a_list_is_official_and_not_compared_with_itself():
    others = [
        result("own", f"อบต.{name}", {"province": "ศรีสะเกษ"}, row=name, overall_score="90")
        for name in ("ตะเคียนราม", "ไพรบึง", "ห้วยเหนือ")
    ]
    published = report("own", overall_score="91.00", more=others)
    found = compared([published, report("mine", overall_score="92.35")], [published])
    assert [(row.status, row.own and row.own.source, row.official.source) for row in found.rows if row.agency.name == NAME] == [
        ("differ", "mine.txt", "own.txt")
    ]  # fmt: skip


def test_a_report_that_shows_its_neighbours_is_no_list():
    others = [
        result("own", f"อบต.{name}", {"province": "ศรีสะเกษ"}, row=name, overall_score="90")
        for name in ("ตะเคียนราม", "ไพรบึง", "ห้วยเหนือ")
    ]
    own = report("own", overall_score="91.00", more=others)
    own = own.model_copy(update={"report": own.report.model_copy(update={"kind": ("analysis",)})})
    found = compared([own], [own, listing(result(overall_score="92.35"))])
    assert [(row.status, row.own.source, row.official.source) for row in found.rows] == [
        ("differ", "own.txt", "list.csv")
    ]


def test_a_report_that_both_sides_have_is_not_official():
    """It names another agency, whose own report says otherwise."""
    own = [
        report(overall_score="92.35"),
        report("b", "อบต.ตะเคียนราม", {}, more=[result("b", overall_score="90")], overall_score="80"),
    ]
    assert compared(own, own).rows == []


def test_years():
    """A year that only one side has is not compared; a result without a year is undecided."""
    own = report(
        overall_score="92.35", more=[result("own", scope="own", row="r0", year=2566, overall_score="80")]
    )
    found = compared(
        [own], [listing(result(overall_score="92.35"), result(year=None, row="r2", overall_score="92.35"))]
    )
    assert rows(found, "status", "year", "reason") == [("unresolved", None, "no_year"), ("agree", 2567, "")]
    none = compared([report(overall_score="92.35", year=2566)], [listing(result(overall_score="92.35"))])
    assert (none.rows, none.years, none.has_differences()) == ([], (), True)


def test_a_comparison_as_table():
    found = compared(
        [report(overall_score="92.35", grade="=A")], [listing(result(overall_score="91.00", grade="A"))]
    )
    text = "".join(as_csv(found))
    assert text.startswith("\ufeffstatus,agency_id,agency")
    assert ",'=A,A," in text
    frame = as_frame(found)
    assert list(frame.columns) == list(COLUMNS)
    assert frame.set_index("measure")["difference"].to_dict()["overall_score"] == pytest.approx(1.35)


def readings_of(archive, *, districts):
    """The reports and the list of an archive as records."""
    own = [
        report(f"own{no}", unit.name, {"district": unit.district, "province": unit.province}, overall_score=str(unit.overall), grade=unit.grade)
        for no, unit in enumerate(archive.own)
    ]  # fmt: skip
    places = [
        {"district": unit.district if districts else None, "province": unit.province}
        for unit in archive.official
    ]
    listed = [
        result(name=unit.name, place=place, row=f"r{no}", overall_score=str(unit.overall), grade=unit.grade)
        for no, (unit, place) in enumerate(zip(archive.official, places, strict=True))
    ]
    return own, [listing(*listed)]


@pytest.mark.parametrize("districts", [True, False])
@pytest.mark.parametrize("seed", [1, 2])
def test_no_agency_gets_the_values_of_another(districts, seed):
    """Names in one province are the same or near; without their districts some are undecided, and none is wrong."""
    archive = invent(900, seed)
    found = compared(*readings_of(archive, districts=districts))
    said = {
        (row.status, row.agency.name, row.measure)
        for row in found.rows
        if row.status not in ("agree", "unresolved")
    }
    planted = {(status, name, measure) for status, name, _, measure in archive.planted if measure[:1] != "i"}
    undecided = {one.name for row in found.rows if row.status == "unresolved" for one in row.candidates}
    assert said <= planted
    assert {name for _, name, _ in planted - said} <= undecided
    assert bool(undecided) != districts
