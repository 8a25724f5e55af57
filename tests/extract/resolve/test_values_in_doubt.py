"""The table of doubts: one fact is one doubt, a note is none, and a decision settles the cells that it is about."""

from support.reviewing import SAMPLES, decision, reading, sample, table

from thaita.corpus.review.apply import as_extracted, corrected
from thaita.extract.resolve.values_in_doubt import doubts_of
from thaita.models.flags import NOTES, Flag


def flagged(flags, **more):
    """Return a report whose first score has other flags."""
    one = reading()
    return one.model_copy(
        update={"scores": (one.scores[0].model_copy(update={"flags": flags, **more}), *one.scores[1:])}
    )


def of_first_score(one):
    return [(doubt.column, doubt.flag) for doubt in doubts_of(one) if doubt.row_id == one.scores[0].score_id]


def test_a_total_that_does_not_add_up_is_one_doubt_with_what_it_could_be():
    (doubt,) = [one for one in reading().doubts if one.flag == Flag.SUM_MISMATCH]
    assert sum(Flag.SUM_MISMATCH in score.flags for score in reading().scores) == 10
    assert (doubt.table, doubt.column, doubt.open) == ("reports", "overall_score", True)
    assert doubt.alternative == (str(reading().report.overall_computed),)


def test_a_value_has_one_doubt_with_the_flag_that_tells_most_and_notes_are_none():
    assert of_first_score(flagged(("unsure_value", "ocr", "score_conflict"))) == [("score", "score_conflict")]
    assert of_first_score(flagged(("low_name_match", "ocr"))) == [
        ("indicator_no", "low_name_match"),
        ("score", "ocr"),
    ]
    assert of_first_score(flagged(tuple(NOTES))) == []


def test_an_order_of_its_own_is_one_doubt_of_a_report():
    one = reading(SAMPLES / "03_nayongnuea.txt")
    renumbered = [score for score in one.scores if Flag.NUMBER_CONFLICT in score.flags]
    found = [doubt for doubt in one.doubts if doubt.flag == Flag.NUMBER_CONFLICT]
    assert len(renumbered) != 1
    assert len(found) == min(len(renumbered), 1)


def test_a_doubt_is_known_by_its_cell():
    for one in map(reading, sorted(SAMPLES.glob("*.txt"))):
        ids = [doubt.doubt_id for doubt in one.doubts]
        assert len(ids) == len(set(ids)) == len({(d.table, d.row_id, d.column) for d in one.doubts})


def state(found):
    return {row["doubt_id"].partition("-")[2] or row["column"]: row["open"] for row in table(found, "doubts")}


def test_a_decision_settles_the_doubt_of_its_cell_and_no_other():
    pairs = sample()
    before = state(pairs)
    row = next(
        row for row in table(pairs, "doubts") if row["table"] == "measures" or row["table"] == "findings"
    )
    at = [one[f"{row['table'][:-1]}_id"] for one in table(pairs, row["table"])].index(row["row_id"])
    after = corrected(pairs, [decision(pairs, row["table"], at, row["column"], kind="accept")])
    assert {name for name, open_ in state(after.rows).items() if open_ == "false"} == {
        row["doubt_id"].partition("-")[2]
    }
    assert state(after.rows).keys() == before.keys()
    assert as_extracted(after.rows) == list(pairs)


def test_a_correction_that_removes_the_cause_settles_the_doubt():
    pairs = sample()
    total = str(reading().report.overall_computed)
    found = corrected(pairs, [decision(pairs, "reports", 0, "overall_score", total)])
    assert state(found.rows)["overall_score"] == "false"
    undone = corrected(as_extracted(found.rows), [])
    assert state(undone.rows)["overall_score"] == "true"


def test_a_correction_can_raise_a_doubt():
    pairs = sample(SAMPLES / "01_pakkhwae.txt")
    assert Flag.SUM_MISMATCH not in {row["flag"] for row in table(pairs, "doubts")}
    right = str(table(pairs, "scores")[0]["score"])
    wrong = ("8" if right[0] == "9" else "9") + right[1:]
    found = corrected(pairs, [decision(pairs, "scores", 0, "score", wrong)])
    raised = [row for row in table(found.rows, "doubts") if row["flag"] == Flag.SUM_MISMATCH]
    assert [(row["column"], row["open"]) for row in raised] == [("overall_score", "true")]
    assert f"{wrong}→{right}" in raised[0]["detail"]
    assert as_extracted(found.rows) == list(pairs)
