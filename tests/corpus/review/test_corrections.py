"""Decisions applied to the rows of a report change the cell and its derived values, and nothing else."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.reviewing import SAMPLES, TEXT, decision, reading, sample, table

from thaita.corpus.problems import problem_row
from thaita.corpus.review.apply import OURS, as_extracted, corrected
from thaita.corpus.review.apply_run import Corrections
from thaita.corpus.review.decision import Decision
from thaita.corpus.review.decision_log import DecisionFile
from thaita.corpus.review.reviewable_fields import DECIDABLE
from thaita.corpus.review.validate import NewValueError, new_value
from thaita.extract.resolve.consistency import value_problems
from thaita.extract.resolve.derive import derive
from thaita.models.flags import DECIDED
from thaita.models.problem_codes import REPORT_CODES
from thaita.models.readings import reading_from_rows
from thaita.models.records import Problem
from thaita.models.rows import rows
from thaita.models.tables import TABLES
from thaita.normalize.weights import overall


def apply(*decisions, pairs=None):
    return corrected(pairs or sample(), decisions)


def test_a_corrected_score_updates_the_sum_and_keeps_the_original():
    found = apply(decision(sample(), "scores", 4, "score", "95.14"))
    score, report = table(found.rows, "scores")[4], table(found.rows, "reports")[0]
    assert (score["score"], score["flags"]) == (Decimal("95.14"), "sum_mismatch|corrected")
    assert score["score_as_written"] == "๙๐.๑๔"
    own = {row["indicator_no"]: row["score"] for row in table(found.rows, "scores")}
    assert (
        report["overall_computed"] == overall(own, 2566) != table(sample(), "reports")[0]["overall_computed"]
    )
    kept = [row for row in table(found.rows, "evidence") if row["column"] == "extracted:score"]
    assert [(row["row_id"], row["value"], row["quote"]) for row in kept] == [
        (score["score_id"], "90.14", score["quote"])
    ]


def test_a_correction_that_fixes_the_sum_resolves_its_problem():
    found = apply(decision(sample(), "reports", 0, "overall_score", "90.68"))
    assert all("sum_mismatch" not in (row["flags"] or "") for row in table(found.rows, "scores"))
    (problem,) = [row for row in table(found.rows, "problems") if row["code"] == "sum_mismatch"]
    assert problem["severity"] == "info"
    assert "[decided, was warning: overall_score corrected by สมศรี]" in problem["message_en"]


def test_a_corrected_agency_or_year_is_propagated_to_scores():
    agency = "เทศบาลตำบลบ้านกลาง"
    found = apply(
        decision(sample(), "reports", 0, "agency", agency),
        decision(sample(), "reports", 0, "fiscal_year", "2567"),
    )
    report = table(found.rows, "reports")[0]
    assert report["agency_type"] == "เทศบาลตำบล"
    assert report["agency_id"] != table(sample(), "reports")[0]["agency_id"]
    assert {(r["agency"], r["agency_id"], r["fiscal_year"]) for r in table(found.rows, "scores")} == {
        (agency, report["agency_id"], 2567)
    }
    assert [row["value"] for row in table(found.rows, "evidence") if row["column"] == "agency"] == [
        row["value"] for row in table(sample(), "evidence") if row["column"] == "agency"
    ]


def test_derived_codes_and_names_follow_a_correction():
    found = apply(
        decision(sample(), "reports", 0, "province", "ตรัง"),
        decision(sample(), "scores", 0, "indicator_no", "9", kind="correct"),
        decision(sample(), "findings", 0, "indicator_no", "7"),
    )
    assert table(found.rows, "reports")[0]["province_code"] != "36"
    assert table(found.rows, "scores")[0]["indicator"] == "การเปิดเผยข้อมูล"
    assert table(found.rows, "scores")[0]["instrument"] == "OIT"
    assert [row["code"] for row in table(found.rows, "problems")][-1] == "correction_conflict"


def test_accepted_values_stay_and_wrong_values_are_emptied():
    found = apply(
        decision(sample(), "measures", 0, "title", kind="wrong"),
        decision(sample(), "findings", 1, "kind", kind="accept"),
        decision(sample(), "findings", 0, "text", kind="wrong"),
    )
    measure, finding = table(found.rows, "measures")[0], table(found.rows, "findings")[0]
    assert (measure["title"], measure["flags"]) == (None, "marked_wrong")
    assert finding["text"] == table(sample(), "findings")[0]["text"]
    assert "marked_wrong" in finding["flags"]
    assert table(found.rows, "findings")[1]["flags"].split("|")[-1] == "accepted"


def test_no_total_is_computed_from_a_wrong_score():
    found = apply(decision(sample(), "scores", 4, "score", kind="wrong"))
    score, report = table(found.rows, "scores")[4], table(found.rows, "reports")[0]
    assert (str(score["score"]), score["flags"], report["overall_computed"]) == (
        "90.14",
        "marked_wrong",
        None,
    )


def test_the_latest_decision_counts_unless_withdrawn():
    first = decision(sample(), "scores", 0, "score", "11")
    later = decision(sample(), "scores", 0, "score", "22")
    assert table(apply(later, first).rows, "scores")[0]["score"] == 22
    back = decision(sample(), "scores", 0, "score", kind="withdraw")
    assert apply(first, later, back).rows == sample()


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_accepting_a_value_changes_only_flags(path):
    pairs = sample(path)
    assert corrected(pairs, []).rows == pairs
    found = corrected(pairs, [decision(pairs, "reports", 0, "agency", kind="accept")])
    report = table(pairs, "reports")[0]
    flags = "|".join([*filter(None, [report["flags"]]), "accepted"])
    assert table(found.rows, "reports") == [report | {"flags": flags}]
    assert [pair for pair in found.rows if pair[0] != "reports"] == [
        pair for pair in pairs if pair[0] != "reports"
    ]


def in_doubt(flag=None, value=None, overall_score=None):
    """Return the rows of a sample with a doubtful first score or total, and the resulting problems."""
    one = reading(TEXT)
    evidence = next(place for place in one.evidence if (place.table, place.column) == ("scores", "score"))
    score, report = one.scores[0], one.report
    flags = (*score.flags, *([flag] if flag else []))
    score = score.model_copy(update={"flags": flags, "score": Decimal(value or score.score)})
    report = report.model_copy(update={"overall_score": Decimal(overall_score or report.overall_score)})
    elsewhere = evidence.model_copy(update={"value": "๘๒. ๐๗"})
    made = derive(
        one.model_copy(
            update={
                "report": report,
                "scores": (score, *one.scores[1:]),
                "evidence": (*one.evidence, elsewhere),
            }
        )
    )
    return tuple(rows(made.model_copy(update={"problems": tuple(value_problems(made))})))


@pytest.mark.parametrize(
    ("doubt", "cell", "code", "severity", "words"),
    [
        ({}, ("reports", 0, "overall_score"), "sum_mismatch", "warning", "give 90.68"),
        ({"value": "850"}, ("scores", 0, "score"), "range", "error", "score 850 is not"),
        ({"flag": "score_conflict"}, ("scores", 0, "score"), "score_conflict", "warning", "97.05 here and 82.07"),
        ({"flag": "instrument_conflict"}, ("scores", 0, "indicator_no"), "instrument_conflict", "warning", "is of IIT"),
        ({"flag": "number_conflict"}, ("scores", 0, "indicator_no"), "number_conflict", "info", "its own order"),
        ({"overall_score": "50"}, ("reports", 0, "grade"), "grade_band", "info", "goes with 85"),
    ],
)  # fmt: skip
def test_a_resolved_problem_is_a_note_until_the_decision_is_undone(doubt, cell, code, severity, words):
    pairs = in_doubt(**doubt)
    (problem,) = [row for row in table(pairs, "problems") if row["code"] == code]
    assert problem["severity"] == severity
    assert words in problem["message_en"]
    found = corrected(pairs, [decision(pairs, *cell, kind="accept")])
    (note,) = [row for row in table(found.rows, "problems") if row["code"] == code]
    assert note["severity"] == "info"
    assert note["message_en"] == (
        f"{problem['message_en']} [decided, was {severity}: {cell[2]} accepted by สมศรี]"
    )
    assert as_extracted(found.rows) == list(pairs)


def test_a_decision_does_not_resolve_an_unrelated_problem():
    report = table(sample(), "reports")[0]
    twin = Problem(
        report_id=report["report_id"],
        source=report["source"],
        severity="warning",
        code="other_version",
        message_en="the words of a.txt, with other figures",
        table="reports",
        row_id=report["report_id"],
    )
    pairs = (*sample(), ("problems", problem_row(twin)))
    found = apply(decision(pairs, "reports", 0, "agency", "เทศบาลตำบลบ้านกลาง"), pairs=pairs)
    assert [row for row in table(found.rows, "problems") if row["code"] == twin.code] == [problem_row(twin)]


def test_a_moved_row_is_found_by_its_source_text():
    one = decision(sample(), "findings", 3, "kind", "limitation")
    moved = [
        pair for pair in sample() if pair[0] != "findings" or pair[1] is not table(sample(), "findings")[0]
    ]
    found = apply(one, pairs=moved)
    assert table(found.rows, "findings")[2]["kind"] == "limitation"
    assert found.lost == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"extracted": "12.34"}, "the program now reads 97.05, not 12.34"),
        ({"row": {"spans": "1-2", "quote": "อื่น"}}, "no row has this source text"),
        ({"value": "193"}, "the value is not valid there"),
        ({"table": "problems"}, "not a cell that reviewers can decide on"),
        ({"column": "flags"}, "not a cell that reviewers can decide on"),
    ],
)
def test_a_decision_without_a_match_is_reported_and_has_no_effect(changed, said):
    known = decision(sample(), "scores", 0, "score", "95").model_dump()
    found = apply(Decision(**known | changed))
    assert found.applied == 0
    assert found.rows[:-1] == sample()
    name, problem = found.rows[-1]
    assert (name, problem["code"], problem["severity"]) == ("problems", "correction_not_applied", "warning")
    assert said in problem["message_en"]


def test_a_lost_decision_is_not_reported_after_a_new_one():
    old = decision(sample(), "scores", 0, "score", "95", extracted="12.34")
    assert apply(old, decision(sample(), "scores", 0, "score", kind="accept")).lost == ()


def test_a_measure_cannot_have_the_same_owner_twice():
    pairs = sample(SAMPLES / "01_pakkhwae.txt")
    owners = table(pairs, "measure_owners")
    twins = [i for i, row in enumerate(owners) if row["measure_id"] == owners[0]["measure_id"]]
    pairs = pairs if len(twins) > 1 else (*pairs, ("measure_owners", owners[0] | {"owner": "อื่น"}))
    found = corrected(pairs, [decision(pairs, "measure_owners", 0, "owner", "อื่น")])
    assert found.applied == (len(twins) > 1)


def test_a_run_reports_decisions_on_missing_reports():
    here, gone = (
        decision(sample(), "scores", 0, "score", "95"),
        decision(sample(), "scores", 1, "score", "95"),
    )
    gone = gone.model_copy(update={"report_id": "r" + "0" * 16, "sha256": "0" * 64})
    work = Corrections(DecisionFile((here, gone)))
    list(work.of_report(sample()))
    told = [row for _, row in work.rest()]
    assert [(row["code"], row["report_id"], row["source"]) for row in told] == [
        ("correction_not_applied", None, gone.source)
    ]
    assert (work.applied, work.lost) == (1, 1)


def test_the_problem_codes_of_decisions_are_documented():
    assert set(DECIDED) == {"corrected", "accepted", "marked_wrong"}
    assert set(OURS) <= set(REPORT_CODES)


VALUES = {
    "kind": ["strength", "summary", "analysis|progress"],
    "agency": ["เทศบาลตำบลบ้านกลาง", "=cmd", "องค์การบริหารส่วนตำบลชะมวง"],
    "fiscal_year": ["2563", "2567"],
    "indicator_no": ["1", "10", "2|3"],
    "score": ["0", "100", "55.5"],
    "overall_score": ["90.68", "12"],
    "province": ["ตรัง", "ชัยภูมิ"],
    "period_start": ["2024-10-01", "2031-01-01"],
    "status": ["done", "not_started"],
}


@st.composite
def decisions(draw):
    pairs = sample(draw(st.sampled_from(sorted(SAMPLES.glob("*.txt")))))
    made = []
    for _ in range(draw(st.integers(1, 8))):
        name = draw(st.sampled_from([name for name in DECIDABLE if table(pairs, name)]))
        column = draw(st.sampled_from(DECIDABLE[name]))
        at = draw(st.integers(0, len(table(pairs, name)) - 1))
        value = draw(st.sampled_from(VALUES.get(column, ["ใหม่", "2566", ""])))
        kind = draw(st.sampled_from(["correct", "correct", "accept", "wrong", "withdraw"]))
        made.append(decision(pairs, name, at, column, value, kind))
    return pairs, made


@settings(max_examples=60, deadline=None)
@given(decisions())
def test_extracted_rows_can_always_be_restored(found):
    """The extracted rows can be derived from the corrected rows alone."""
    pairs, made = found
    after = corrected(pairs, made)
    assert as_extracted(after.rows) == list(pairs)
    assert corrected(as_extracted(after.rows), made).rows == after.rows
    back = [one.model_copy(update={"id": f"d{i:016x}", "kind": "withdraw"}) for i, one in enumerate(made)]
    later = [one.model_copy(update={"time": one.time + timedelta(days=9)}) for one in back]
    assert corrected(pairs, [*made, *later]).rows == pairs
    random.shuffle(made)
    assert corrected(pairs, [*made, *made]).rows == after.rows
    reading_from_rows({one.name: table(after.rows, one.name) for one in TABLES})


@pytest.mark.parametrize(
    ("name", "column", "text", "value"),
    [
        ("scores", "score", " ๙๐.๐๙ ", Decimal("90.09")),
        ("scores", "indicator_no", "๑๐", 10),
        ("findings", "indicator_no", "3, 1", "1|3"),
        ("findings", "item_code", "i๑๙", "I19"),
        ("measures", "period_start", "2024-10-01", "2024-10-01"),
        ("reports", "kind", "summary|analysis", "analysis|summary"),
        ("reports", "province", "จังหวัดตรัง", "ตรัง"),
        ("reports", "grade", "", None),
    ],
)
def test_values_are_converted_to_the_type_of_their_column(name, column, text, value):
    assert new_value(name, column, text) == value


@pytest.mark.parametrize(
    ("name", "column", "text", "said"),
    [
        ("scores", "score", "100.01", "0 to 100"),
        ("scores", "score", "-1", "0 to 100"),
        ("scores", "score", "", "cannot be empty"),
        ("scores", "indicator_no", "11", "1 to 10"),
        ("reports", "fiscal_year", "2024", "2024 is 2567"),
        ("measures", "period_end", "2567-09-30", "2024-09-30"),
        ("measures", "period_end", "2024-02-30", "year-month-day"),
        ("findings", "kind", "good", "strength, weakness"),
        ("reports", "province", "Trang", "no province"),
        ("reports", "grade", "best", "a grade is"),
        ("findings", "text", "a\x00b", "control characters"),
        ("evidence", "value", "x", "no table evidence"),
        ("scores", "flags", "x", "cannot be decided on"),
        ("reports", "fiscal_year", "9" * 5000, "2500 to 2700"),
    ],
)
def test_an_invalid_value_is_rejected_in_two_languages(name, column, text, said):
    with pytest.raises(NewValueError, match=said) as refused:
        new_value(name, column, text)
    assert any("ก" <= letter <= "๛" for letter in refused.value.said["th"])
