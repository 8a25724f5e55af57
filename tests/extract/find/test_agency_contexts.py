"""The words around the names of agencies: rows of `agency_contexts.csv` with an example decide it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from thaita.extract.find.agency_mentions import AgencyMention, find_mentions
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.source_text import SourceText
from thaita.normalize.agencies import find_agencies
from thaita.normalize.agency_types import agency_words
from thaita.normalize.names import read_table

ROWS = [row for row in read_table("agency_contexts.csv") if row["example"]]
UNKNOWN = "ฌฌฌ"


def _mentions(text: str) -> list[AgencyMention]:
    """Return the agencies of the first line of a report."""
    lines: list[FlowItem] = [FlowParagraph(SourceText.at(text, 0), 0)]
    return list(find_mentions(lines))


def _stands(*places: str) -> Callable[[str], bool]:
    return lambda text: any(one.evidence in places for one in _mentions(text))


def _is_whole(text: str) -> bool:
    """Return whether a line is the name of an agency, from its first letter to its last."""
    return [(one.start, one.end) for one in find_agencies(text, alone=True)] == [(0, len(text))]


def _goes_on_before_address(text: str) -> bool:
    """Return whether the name includes the place between it and the address."""
    return any(one.name.endswith("กระบี่") for one in find_agencies(text, alone=True))


def _type_has_no_number(text: str) -> bool:
    return [one.agency_type for one in find_agencies(text, alone=True)] == ["สำนักงานประมง"]


HOLDS: dict[str, Callable[[str], bool]] = {
    "owned": _stands("title"),
    "contact": _stands("line"),
    "address": _stands("line"),
    "address_part": _goes_on_before_address,
    "end_line": _stands("line"),
    "filled": _stands("line"),
    "notice": _stands("place_label"),
    "possessive": _stands("place_sentence"),
    "scored": _stands("sentence"),
    "that": _stands("sentence"),
    "area_post": _stands("place_post"),
    "limited": _is_whole,
    "public": _is_whole,
    "public_organization": _is_whole,
    "counted": _is_whole,
    "ordinal": _type_has_no_number,
    "office": _is_whole,
}
BRIDGES = {"that", "counted", "ordinal", "office"}
"""Kinds whose examples hold for another reason if the word is no word at all."""


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['kind']} {row['written']}" for row in ROWS])
def test_a_word_decides_its_example(row: dict[str, str]) -> None:
    holds = HOLDS[row["kind"]]
    assert holds(row["example"])
    if row["kind"] not in BRIDGES:
        assert not holds(row["example"].replace(row["written"].replace(" ", ""), UNKNOWN))


def test_every_kind_of_these_words_has_examples() -> None:
    assert {row["kind"] for row in ROWS} == HOLDS.keys()
    assert all(agency_words(kind) for kind in HOLDS)
