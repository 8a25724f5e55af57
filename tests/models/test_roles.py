"""Every role is produced by a data row or by code, and used by code."""

from __future__ import annotations

import re

import pytest
from support.paths import ROOT

from thaita.models import roles
from thaita.models.roles import TRAITS, Role, Traits
from thaita.normalize.names import read_table

PRODUCER = ROOT / "extract" / "structure" / "column_heads.py"
"""The module that gives the roles which no list of words can give."""
SOURCES = {path: path.read_text(encoding="utf-8") for path in (ROOT / "extract").rglob("*.py")}
READERS = "".join(text for path, text in SOURCES.items() if path != PRODUCER)


def named(role: Role, source: str) -> bool:
    return re.search(rf"\bRole\.{role.name}\b", source) is not None


@pytest.mark.parametrize("role", Role)
def test_every_role_is_produced(role):
    by_words = role in {row["role"] for row in read_table("headings.csv")}
    assert by_words or named(role, SOURCES[PRODUCER])


@pytest.mark.parametrize("role", Role)
def test_every_role_is_used(role):
    """By its name, or by one of its properties."""
    assert named(role, READERS) or TRAITS[role] != Traits()


@pytest.mark.parametrize("name", [name for name in vars(roles) if name.isupper()])
def test_every_property_of_a_role_is_used(name):
    assert re.search(rf"\b{name}\b", "".join(SOURCES.values()))


def test_every_role_has_traits():
    assert list(TRAITS) == list(Role)


def test_code_compares_roles_by_name_and_not_by_text():
    text = re.compile(rf'\b(?:role|roles|columns\()[^\n]*"(?:{"|".join(Role)})"')
    found = [line.strip() for source in SOURCES.values() for line in source.splitlines() if text.search(line)]
    assert found == []
