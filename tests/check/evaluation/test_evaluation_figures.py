"""Figures over documents: intervals against known values, calibration, classes, and properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.evaluating import ROWS, judge, score
from support.paths import SAMPLES
from support.reviewing import sample

from thaita.check.evaluation.calibration import calibration
from thaita.check.evaluation.classes import split, worst
from thaita.check.evaluation.compare import compare
from thaita.check.evaluation.figures import document_parts, figures
from thaita.check.evaluation.gold import Gold
from thaita.check.evaluation.gold_of_rows import gold_of_rows
from thaita.check.evaluation.intervals import effective_number, share_of, wilson

MAIN = ("report", "scores", "findings", "measures")


@pytest.mark.parametrize(
    ("share", "n", "low", "high"),
    [  # as R's binom::binom.wilson gives them
        (0.5, 10, 0.2366, 0.7634),
        (0.8, 50, 0.6696, 0.8876),
        (0.0, 20, 0.0, 0.1611),
        (1.0, 5, 0.5655, 1.0),
        (0.99, 300, 0.9710, 0.9966),
    ],
)
def test_wilson(share, n, low, high):
    assert wilson(share, n) == pytest.approx((low, high), abs=5e-5)


def test_values_of_one_document_count_as_one_if_they_are_all_the_same():
    """Ten documents of ten values each, all right or all wrong: the documents alone carry information."""
    parts = [(10.0 * (i < 8), 10) for i in range(10)]
    assert effective_number(parts) == pytest.approx(100 / (10 / 9 * 10))
    assert share_of(parts).low < wilson(0.8, 100)[0]


@pytest.mark.parametrize(
    ("parts", "n"),
    [
        ([(5, 5), (7, 7), (9, 9)], 3),  # a share of 1: the documents count
        ([(0, 5), (0, 7)], 2),
        ([(3, 5)], 1),  # one document says nothing of others
        ([(4, 5), (4, 5), (4, 5)], 15),  # no more alike than independent values
    ],
)
def test_effective_number(parts, n):
    assert effective_number(parts) == pytest.approx(n)


@given(st.lists(st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1))
def test_the_share_is_inside_its_interval(parts):
    share = share_of(parts)
    assert 0 <= share.low <= share.share + 1e-12
    assert share.share - 1e-12 <= share.high <= 1


def test_calibration_counts_rows_by_their_confidence():
    documents = [
        judge({"scores": [score(1, value, confidence=confidence)]})
        for value, confidence in (("95.1", "0.995"), ("95.1", "0.99"), ("12", "0.97"), ("12", "0.3"))
    ]
    bands = {band.name: (band.share.right, band.share.of) for band in calibration(documents)["scores"]}
    assert bands == {"< 0.5": (0, 1), "0.95-0.99": (0, 1), "≥ 0.99": (2, 2)}
    assert [band.stated for band in calibration(documents)["all"]] == pytest.approx([0.3, 0.97, 0.9925])


def test_a_document_is_in_the_class_of_each_of_its_values():
    documents = [*[judge()] * 5, *[judge({"scores": []}, {"form": {"scores": "prose"}})] * 6]
    classes = {one.value: one.documents for one in split(documents, "form.furniture")}
    assert classes == {"header": 5, "stamp": 5}
    assert [one.value for one in split(documents, "format")] == ["pdf"]
    splits = {"form.scores": split(documents, "form.scores")}
    assert [(one.figure, one.value) for one in worst(splits, 1)] == [
        ("whole", "prose"),
        ("scores", "prose"),
        ("findings", "prose"),
        ("measures", "prose"),
    ]
    assert worst({"form.scores": split(documents[:4], "form.scores")}, 3) == ()


def tables_of(path):
    tables = {}
    for table, row in sample(path):
        tables.setdefault(table, []).append(row)
    return tables


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_the_gold_of_a_report_finds_it_perfect_and_misses_each_row_that_is_removed(path):
    tables = tables_of(path)
    gold = Gold.model_validate(gold_of_rows(tables))
    whole = compare("a", gold, tables)
    assert whole.errors == ()
    assert all(one.right for one in whole.grounded)
    before = document_parts(whole)
    for table in ("scores", "findings", "measures"):
        for i in range(len(tables.get(table, ()))):
            fewer = {**tables, table: [*tables[table][:i], *tables[table][i + 1 :]]}
            judged = compare("a", gold, fewer)
            after = document_parts(judged)
            assert [name for name in MAIN if before[name] != after[name]] == [table]
            assert [one.outcome for one in judged.errors] == ["missing"]


def test_figures_add_up_over_documents():
    found = figures([judge(), judge({"findings": ROWS["findings"][:1]})])
    assert (found["findings"].right, found["findings"].of, found["findings"].documents) == (3, 4, 2)
    assert (found["whole"].right, found["whole"].of) == (1, 2)
    assert list(found)[:2] == ["whole", "whole.findings"]
