"""Derived values: the same after extraction and after a correction; a second call changes nothing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.reviewing import SAMPLES, TEXT, reading

from thaita.extract.resolve.consistency import VALUE_PROBLEMS, check_scores, value_problems
from thaita.extract.resolve.derive import derive
from thaita.extract.resolve.total import total_of
from thaita.models.flags import Flag
from thaita.models.readings import with_cells
from thaita.models.records import Reading

PATHS = sorted(SAMPLES.glob("*.txt"))


def changed(given: Reading, table: str, at: int, **cells) -> Reading:
    """Return a reading with other values in a row, before derived values are updated."""
    if table == "reports":
        return given.model_copy(update={"report": with_cells(given.report, table, cells)})
    own = list(getattr(given, table))
    own[at] = with_cells(own[at], table, cells)
    return given.model_copy(update={table: tuple(own)})


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_derive_does_not_change_extracted_records(path):
    assert derive(reading(path)) == reading(path)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_derive_restores_all_derived_values(path):
    extracted = reading(path)
    bare = extracted.report.model_copy(
        update=dict.fromkeys(
            (
                "agency_id",
                "agency_type",
                "province_code",
                "district_code",
                "subdistrict_code",
                "overall_computed",
            )
        )
        | {"kind": ()}
    )
    scores = tuple(
        score.model_copy(update={"agency_id": None, "indicator": "", "instrument": "IIT"})
        for score in extracted.scores
    )
    assert derive(extracted.model_copy(update={"report": bare, "scores": scores})) == extracted


@pytest.mark.parametrize(
    ("table", "cells", "follows"),
    [
        ("reports", {"agency": "เทศบาลตำบลบ้านกลาง"}, {"agency_type": "เทศบาลตำบล"}),
        # words that name no agency leave the type as it was
        ("reports", {"agency": "หน่วยงาน"}, {"agency_type": "อบต."}),
        ("reports", {"province": None, "district": None, "subdistrict": None}, {"province_code": None}),
        # a subdistrict that lies elsewhere leaves the district's codes
        ("reports", {"subdistrict": "ปากแคว"}, {"subdistrict_code": None, "district_code": "3606"}),
        ("reports", {"fiscal_year": 2555}, {"overall_computed": None, "flags": ()}),
        ("reports", {"overall_score": Decimal("90.69")}, {"overall_computed": Decimal("90.68"), "flags": ()}),
        ("reports", {"overall_score": None}, {"flags": ()}),
        ("scores", {"indicator_no": 9}, {"indicator": "การเปิดเผยข้อมูล", "instrument": "OIT"}),
        ("scores", {"score": Decimal("850")}, {"flags": ("sum_mismatch", "range")}),
        ("measures", {"period_start": "2031-01-01", "period_end": "2030-01-01"}, {"flags": ("period_end_before_start",)}),
    ],
)  # fmt: skip
def test_derived_values_follow_a_changed_value(table, cells, follows):
    derived = derive(changed(reading(TEXT), table, 0, **cells))
    record = derived.report if table == "reports" else getattr(derived, table)[0]
    assert {name: getattr(record, name) for name in follows} == follows


@pytest.mark.parametrize(
    ("scores", "findings", "measures", "kinds"),
    [
        (0, 0, (), ()),
        (1, 0, (), ("analysis",)),
        (0, 1, (), ("analysis",)),
        (2, 0, (), ("analysis",)),
        (3, 0, (), ("summary",)),
        (0, 0, (None, None), ("measures",)),
        (0, 0, ("done", None), ("measures", "progress")),
        (1, 0, ("done",), ("analysis", "progress")),
    ],
)
def test_the_kinds_of_a_report(scores, findings, measures, kinds):
    """`scores` is the number of agencies with scores, `measures` the statuses of the measures."""
    one = reading(TEXT)
    made = one.model_copy(
        update={
            "scores": tuple(one.scores[0].model_copy(update={"agency": f"กรม{i}"}) for i in range(scores)),
            "findings": one.findings[:findings],
            "measures": tuple(
                one.measures[0].model_copy(update={"status": state, "result": None, "outcome": None})
                for state in measures
            ),
        }
    )
    assert derive(made).report.kind == kinds


def test_derive_keeps_decided_cells():
    made = changed(reading(TEXT), "reports", 0, agency="เทศบาลตำบลบ้านกลาง", kind="summary", agency_type="อื่น")
    decided = [("reports", 0, "kind"), ("reports", 0, "agency_type")]
    report = derive(made, decided).report
    assert (report.kind, report.agency_type) == (("summary",), "อื่น")
    assert report.agency_id != reading(TEXT).report.agency_id


@pytest.mark.parametrize(
    ("scores", "agency", "void", "own", "figures", "clashing"),
    [
        ([("ก", 1, "90"), ("ก", 2, "80")], "ก", (), (0, 1), {1: 90, 2: 80}, ()),
        # other agencies' scores are not the report's, unless they are all of one
        ([("ก", 1, "90"), ("ข", 1, "80")], "ก", (), (0,), {1: 90}, ()),
        ([("ข", 1, "90")], "ก", (), (0,), {1: 90}, ()),
        ([("ข", 1, "90"), ("ค", 1, "80")], "ก", (), (), {}, ()),
        # the same score twice is one figure, two different ones are none
        ([("ก", 1, "90"), ("ก", 1, "90.0")], "ก", (), (0, 1), {1: 90}, ()),
        ([("ก", 1, "90"), ("ก", 1, "80")], "ก", (), (0, 1), {}, (1,)),
        ([("ก", 1, "90"), ("ก", 1, "80")], "ก", (1,), (0, 1), {1: 90}, ()),
        ([], "ก", (), (), {}, ()),
    ],
)
def test_the_total_uses_the_scores_of_the_reports_agency(scores, agency, void, own, figures, clashing):
    one = reading(TEXT).scores[0]
    made = [
        one.model_copy(update={"agency": name, "indicator_no": no, "score": Decimal(value)})
        for name, no, value in scores
    ]
    total = total_of(agency, 2566, made, void)
    assert (total.own, dict(total.figures), total.clashing, total.computed) == (own, figures, clashing, None)


CELLS = [
    ("reports", "agency", st.sampled_from([None, "เทศบาลตำบลบ้านกลาง", "กรมการปกครอง", "="])),
    ("reports", "province", st.sampled_from([None, "ตรัง", "สุโขทัย"])),
    ("reports", "district", st.sampled_from([None, "เมือง", "ควนขนุน"])),
    ("reports", "subdistrict", st.sampled_from([None, "ในเมือง", "ชะมวง"])),
    ("reports", "fiscal_year", st.sampled_from([None, 2555, 2568])),
    ("reports", "overall_score", st.decimals(0, 100, places=2)),
    ("scores", "score", st.decimals(0, 900, places=2)),
    ("scores", "indicator_no", st.integers(1, 10)),
    ("scores", "agency", st.sampled_from([None, "กรมการปกครอง"])),
    ("measures", "status", st.sampled_from([None, "done"])),
    ("measures", "period_end", st.dates(date(2020, 1, 1), date(2030, 1, 1))),
]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PATHS), st.data())
def test_derive_is_idempotent(path, data):
    made = reading(path)
    for _ in range(data.draw(st.integers(1, 6))):
        table, column, values = data.draw(st.sampled_from(CELLS))
        many = 1 if table == "reports" else len(getattr(made, table))
        if many:
            made = changed(made, table, data.draw(st.integers(0, many - 1)), **{column: data.draw(values)})
    once = derive(made)
    assert derive(once) == once
    assert {problem.code for problem in value_problems(once)} <= VALUE_PROBLEMS


def test_two_own_scores_of_one_indicator_are_a_conflict():
    """A report with an agency's table and an indicator's table states some scores twice, differently."""
    one = reading(TEXT)
    twice = one.scores[0].model_copy(update={"score": Decimal("12.34"), "score_id": "other"})
    made = derive(one.model_copy(update={"scores": (*one.scores, twice)}))
    assert {score.indicator_no for score in made.scores if "score_conflict" in score.flags} == {
        twice.indicator_no
    }
    messages = [problem.message for problem in check_scores(made) if problem.code == "score_conflict"]
    assert len(messages) == 2
    assert all("12.34" in message and str(one.scores[0].score) in message for message in messages)


def test_scores_of_another_scheme_that_do_not_add_up_are_flagged_too():
    one = changed(reading(TEXT), "reports", 0, overall_score=Decimal("12.34"))
    scores = tuple(
        score.model_copy(update={"flags": (*score.flags, Flag.OTHER_SCHEME)}) for score in one.scores
    )
    assert "sum_mismatch" in derive(one.model_copy(update={"scores": scores})).report.flags
