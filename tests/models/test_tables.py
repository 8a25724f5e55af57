"""Records, tables and roles agree on each column, so that a new column cannot be added incompletely."""

from __future__ import annotations

import pytest

from thaita.models.columns import PROVENANCE
from thaita.models.measure_tables import AFTER_PERIOD, BEFORE_PERIOD, MEASURE_TEXTS, MEASURES
from thaita.models.readings import RECORDS
from thaita.models.roles import TRAITS, Role
from thaita.models.tables import LABELS, TABLES, VALUES

NESTED = {"steps", "owners", "provenance"}
PLACED = {column.name for column in PROVENANCE}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_has_the_fields_of_its_record(table):
    own = [name for name in table.header if name not in PLACED]
    assert own == [name for name in RECORDS[table.name].model_fields if name not in NESTED]


@pytest.mark.parametrize("name", MEASURE_TEXTS)
def test_texts_of_a_measure_are_found_by_role(name):
    traits = TRAITS[Role(name)]
    assert traits.describes or traits.subject


def test_all_fields_of_a_measure_are_shown():
    shown = {*BEFORE_PERIOD, *AFTER_PERIOD, "period_start", "period_end", "period_as_written"}
    assert {column.name for column in MEASURES.columns if column.label} | {"flags"} == shown


def test_a_column_has_the_same_name_in_all_tables():
    for table in TABLES:
        for column in table.columns:
            assert bool(column.label) == bool(column.label_th)
            if column.label:
                assert LABELS[column.name] == {"en": column.label, "th": column.label_th}


def test_every_value_of_a_column_that_people_decide_on_has_a_name():
    values = {
        value for table in TABLES for column in table.columns if column.label for value in column.values
    }
    assert values - {"IIT", "EIT", "OIT"} == VALUES.keys()
