"""The framework of each fiscal year, and the invariants of its data files."""

from __future__ import annotations

import pytest

from thaita.models.columns import FLAGS, INDICATOR_NOS, INSTRUMENT, TOPIC
from thaita.normalize.frameworks import every_instrument, framework, indicator, is_assessed
from thaita.normalize.match_key import fold
from thaita.normalize.names import read_table
from thaita.normalize.vocabulary import meanings_of, values_of

BY_YEAR = ("indicators.csv", "topics.csv")


@pytest.mark.parametrize("year", [None, 2500, 2562, 2568, 2569])
def test_the_indicators_and_instruments_of_a_year(year):
    found = framework(year)
    assert list(found.indicators) == list(range(1, 11))
    assert {code: one.indicators for code, one in found.instruments.items()} == {
        "IIT": (1, 2, 3, 4, 5),
        "EIT": (6, 7, 8),
        "OIT": (9, 10),
    }


@pytest.mark.parametrize(("year", "topics"), [(2565, 0), (2566, 7), (2568, 7), (None, 7)])
def test_the_topics_of_a_year(year, topics):
    assert len(framework(year).topics) == topics


@pytest.mark.parametrize(
    ("year", "known"), [(2561, False), (2562, True), (2568, True), (2569, False), (None, False)]
)
def test_the_weights_of_a_year_are_known_or_not(year, known):
    assert (framework(year).weights is not None) == known
    assert sum(framework(year).shares().values()) == (1 if known else 0)


def test_an_unknown_indicator_is_rejected():
    assert not is_assessed(99, 2568)
    assert not is_assessed(99, None)
    with pytest.raises(KeyError):
        indicator(99, 2568)


@pytest.mark.parametrize(
    ("column", "values", "meaning"),
    [
        (INSTRUMENT, ("IIT", "EIT", "OIT"), "instrument"),
        (INDICATOR_NOS, (), "standard indicator numbers, 1-10"),
        (TOPIC, (), "topic number, 1-7; reports use topics from FY2566"),
        (FLAGS, (), "codes for doubts about the row and notes on it"),
    ],
)
def test_columns_whose_values_the_frameworks_decide(column, values, meaning):
    assert values_of(column) == values
    assert meanings_of(column)[0] == meaning


# --- what whoever adds a year's rows must keep -----------------------------------------------------


@pytest.mark.parametrize("table", BY_YEAR)
def test_a_spelling_names_the_same_number_in_all_years(table):
    numbers: dict[str, set[str]] = {}
    for row in read_table(table):
        if row["kind"] != "instrument":
            numbers.setdefault(fold(row["spelling"]), set()).add(row["no"])
    assert {spelling: found for spelling, found in numbers.items() if len(found) > 1} == {}


@pytest.mark.parametrize("table", BY_YEAR)
def test_a_number_has_one_canonical_name_in_each_year(table):
    rows = [row for row in read_table(table) if row["kind"] == "canonical"]
    years = {int(row["first_year"]) for row in rows} | {
        int(row["last_year"]) for row in rows if row["last_year"]
    }
    for year in years:
        holds = [row for row in rows if int(row["first_year"]) <= year <= int(row["last_year"] or year)]
        numbers = [row["no"] for row in holds]
        assert len(numbers) == len(set(numbers)), year


@pytest.mark.parametrize("table", [*BY_YEAR, "instruments.csv"])
def test_every_row_has_a_source(table):
    assert [row for row in read_table(table) if not (row["source"] and row["confidence"])] == []


def test_an_indicator_has_an_english_name_and_a_known_instrument():
    known = {row["code"] for row in read_table("instruments.csv")}
    for row in read_table("indicators.csv"):
        assert row["english"] or row["kind"] != "canonical"
        assert row["instrument"] in known or row["kind"] == "other"


def test_an_item_letter_belongs_to_one_instrument():
    letters = [one.item_letter for one in every_instrument().values() if one.item_letter]
    assert len(letters) == len(set(letters))
