"""Values of a report against gold: every outcome, and the rules of what is judged."""

import pytest
from support.evaluating import GOLD, REPORT, ROWS, TEXTS, errors, finding, judge, measure, score

from thaita.check.evaluation.figures import document_parts, silent_rows

OTHER = "ไม่มีในรายงานฉบับนี้เลย"


def test_a_report_that_says_what_its_gold_says_is_whole():
    judged = judge()
    assert errors(judged) == []
    assert len(judged.outcomes) == 22
    assert document_parts(judged)["whole"] == (1, 1)
    assert all(one.right for one in judged.grounded)


def report(**changed):
    return {"reports": [{**REPORT, **changed}]}


def findings(*rows):
    return {"findings": [*ROWS["findings"], *rows]}


def first_finding(**changed):
    return {"findings": [{**ROWS["findings"][0], **changed}, ROWS["findings"][1]]}


def first_measure(**changed):
    return {"measures": [{**ROWS["measures"][0], **changed}]}


OUTCOMES = [
    # the report's fields
    (report(province="ลำปาง"), [("reports", "province", "wrong_silent")]),
    (report(province="ลำปาง", flags="place_unknown"), [("reports", "province", "wrong_flagged")]),
    (report(province="ลำปาง", flags="repaired"), [("reports", "province", "wrong_silent")]),  # a note
    (report(province=None), [("reports", "province", "missing")]),
    (report(district="เมืองลำพูน"), [("reports", "district", "extra_silent")]),
    (report(district="เมืองลำพูน", flags="ocr"), [("reports", "district", "extra_flagged")]),
    (report(overall_score="91.250"), []),
    # scores
    ({"scores": [score(1, "59.10")]}, [("scores", "score", "wrong_silent")]),
    ({"scores": [score(1, "59.10", flags="ocr")]}, [("scores", "score", "wrong_flagged")]),
    ({"scores": []}, [("scores", "score", "missing")]),
    ({"scores": [*ROWS["scores"], score(2, "80.00")]}, [("scores", "score", "extra_silent")]),
    ({"scores": [*ROWS["scores"], score(2, "80.00", flags="range")]}, [("scores", "score", "extra_flagged")]),
    ({"scores": [*ROWS["scores"], score(2, "80", scope="national")]}, []),  # not the report's own
    ({"scores": [*ROWS["scores"], score(2, "80", fiscal_year=2566)]}, []),  # a year that is not judged
    ({"scores": [score(1, "95.1", fiscal_year=2567)]}, []),
    ({"scores": [*ROWS["scores"], score(1, "95.10")]}, [("scores", "score", "extra_silent")]),  # twice
    ({"scores": [*ROWS["scores"], score(1, "59.10", flags="ocr")]}, [("scores", "score", "wrong_silent")]),
    # findings
    (first_finding(text="• " + TEXTS[0].replace("ทราบ", " ทราบ")), []),
    (first_finding(text=TEXTS[0][:-3]), [("findings", "text", "wrong_silent")]),
    (first_finding(text=OTHER), [("findings", "found", "missing"), ("findings", "found", "extra_silent")]),
    (first_finding(instrument=None, flags="ocr"), [("findings", "instrument", "missing")]),
    (first_finding(kind="strength"), [("findings", "kind", "wrong_silent")]),
    (first_finding(kind="strength", flags="ocr"), [("findings", "kind", "wrong_flagged")]),
    (first_finding(instrument="IIT|EIT"), []),
    (findings(finding(9, "limitation", OTHER, flags="ocr")), [("findings", "found", "extra_flagged")]),
    # measures
    (first_measure(status="in_progress"), [("measures", "status", "wrong_silent")]),
    (first_measure(period_start=None), [("measures", "period_start", "missing")]),
    (first_measure(result="ดำเนินการครบถ้วน"), [("measures", "result", "extra_silent")]),
    (first_measure(outcome="ดำเนินการครบถ้วน"), []),  # the gold says nothing of it
    ({"measure_owners": []}, [("measures", "owners", "missing")]),
    (
        {"measure_steps": [ROWS["measure_steps"][0], {**ROWS["measure_steps"][1], "text": "ประกาศใช้คู่มือแล้ว"}]},
        [("measures", "steps", "wrong_silent")],
    ),
    ({"measures": []}, [("measures", "found", "missing")]),
    (
        {"measures": [*ROWS["measures"], measure(2, OTHER)]},
        [("measures", "found", "extra_silent")],
    ),
]


@pytest.mark.parametrize(("rows", "expected"), OUTCOMES)
def test_outcomes(rows, expected):
    judged = judge(rows)
    assert errors(judged) == expected
    # a row of findings or measures that lacks a value is as silent as one with a wrong value
    rows_left = {one.row_id for one in judged.errors if one.row_id and one.table in ("findings", "measures")}
    flagged = any(one.flagged for one in judged.errors)
    silent = any(kind.endswith("silent") for *_, kind in expected) or (bool(rows_left) and not flagged)
    assert bool(silent_rows(judged)) == silent


def test_every_outcome_occurs_in_the_table_of_reports_and_of_scores():
    for table in ("reports", "scores"):
        kinds = {kind for _, expected in OUTCOMES for its, _, kind in expected if its == table}
        assert kinds == {"wrong_flagged", "wrong_silent", "missing", "extra_flagged", "extra_silent"}


@pytest.mark.parametrize(
    ("gold", "rows", "expected"),
    [
        ({"about_ita": False, **dict.fromkeys(("scores", "findings", "limitations", "measures"))}, {}, 4),
        (dict.fromkeys(("scores", "findings", "measures")), {"scores": [score(5, "1")]}, 0),  # not judged
        ({"findings": [], "limitations": None}, {"findings": [finding(1, "limitation", OTHER)]}, 0),
        ({"findings": []}, {"findings": [finding(1, "weakness", OTHER)]}, 1),
        ({"findings": [{**GOLD["findings"][0], "required": False}, GOLD["findings"][1]]}, {}, 0),
        ({"findings": [{**GOLD["findings"][0], "required": False}, GOLD["findings"][1]]},
         {"findings": ROWS["findings"][1:]}, 0),
        ({"scores": [*GOLD["scores"], {"indicator_no": 1, "score": 80, "fiscal_year": 2566}]},
         {"scores": [*ROWS["scores"], score(1, "80", fiscal_year=2566)]}, 0),
        ({"scores": [*GOLD["scores"], {"indicator_no": 1, "score": 80, "fiscal_year": 2566}]},
         {"scores": [*ROWS["scores"], score(2, "80", fiscal_year=2566)]}, 2),
    ],
)  # fmt: skip
def test_what_is_judged(gold, rows, expected):
    assert len(errors(judge(rows, gold))) == expected


def test_a_report_that_is_not_there_misses_everything():
    judged = judge("absent")
    assert {kind for _, _, kind in errors(judged)} == {"missing"}
    assert len(errors(judged)) == 5 + 1 + 2 + 1
    assert not silent_rows(judged)
    assert document_parts(judged)["whole"] == (0, 1)


def test_a_document_that_is_not_about_ita_need_not_give_a_report():
    other = {"about_ita": False, **dict.fromkeys(("scores", "findings", "limitations", "measures"))}
    judged = judge("absent", other)
    assert errors(judged) == []
    assert document_parts(judged)["whole.nothing"] == document_parts(judged)["whole"] == (1, 1)
    assert document_parts(judge({}, other))["whole.nothing"] == (0, 1)


def test_an_open_doubt_on_a_value_flags_it():
    wrong = first_finding(kind="strength")
    doubt = {"table": "findings", "row_id": "r1-f1", "column": "kind", "open": "true"}
    assert errors(judge({**wrong, "doubts": [doubt]})) == [("findings", "kind", "wrong_flagged")]
    for other in ({"column": "text"}, {"open": "false"}, {"row_id": "r1-f2"}):
        assert errors(judge({**wrong, "doubts": [{**doubt, **other}]})) == [
            ("findings", "kind", "wrong_silent")
        ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"page": 3, "quote": "๑ การปฏิบัติหน้าที่ ๙๕.๑๐"}, {"page": False, "words": True}),
        ({"page": 2, "quote": "ค่าเป้าหมาย 95.10"}, {"page": True, "words": False}),
        ({"page": 2, "quote": "95.10"}, {"page": True, "words": True}),
        ({"page": 2, "quote": "59.10"}, {"page": True, "words": False}),
        ({"quote": "การปฏิบัติหน้าที่ 95.10"}, {"words": True}),  # a format without pages
    ],
)
def test_grounding(row, expected):
    judged = judge({"scores": [score(1, "95.10", **row)]})
    assert {one.part: one.right for one in judged.grounded if one.table == "scores"} == expected


def test_equal_texts_are_paired_by_their_other_values():
    twice = [{"kind": kind, "text": TEXTS[0]} for kind in ("weakness", "improvement")]
    rows = [finding(i, kind, TEXTS[0]) for i, kind in enumerate(("improvement", "weakness"))]
    assert errors(judge({"findings": rows}, {"findings": twice})) == []


def test_of_a_missing_finding_the_nearest_row_is_named():
    judged = judge(first_finding(text=TEXTS[0][:25]))
    assert next(one.near for one in judged.errors if one.outcome == "missing") == TEXTS[0][:25]
