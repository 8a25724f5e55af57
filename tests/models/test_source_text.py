"""Offsets survive every replacement: a repaired text still refers to all its characters in the source."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from thaita.models.source_text import SourceText, merge_spans

CASES: list[tuple[str, str, str, str, list[tuple[tuple[int, int], ...]]]] = [
    # text, pattern, replacement, result, the places of each character
    ("กํา", "ํา", "ำ", "กำ", [((0, 1),), ((1, 3),)]),  # shorter
    ("กxข", "x", "yz", "กyzข", [((0, 1),), ((1, 2),), ((1, 2),), ((2, 3),)]),  # longer
    ("กxxข", "x+", "", "กข", [((0, 3),), ((3, 4),)]),  # dropped: it goes with the character before it
    ("xxก", "x+", "", "ก", [((0, 3),)]),  # dropped at the start
    ("xกxขx", "x", "", "กข", [((0, 3),), ((3, 5),)]),  # dropped everywhere
    ("กx", "x", "yy", "กyy", [((0, 1),), ((1, 2),), ((1, 2),)]),  # longer, at the end
    ("กกขข", r"(.)\1", r"\1", "กข", [((0, 2),), ((2, 4),)]),  # the second copies dropped
    ("กabcdข", "a.*d", "xy", "กxyข", [((0, 1),), ((1, 3),), ((3, 5),), ((5, 6),)]),  # shared in order
    ("กabcข", "abc", "aZc", "กaZcข", [((i, i + 1),) for i in range(5)]),  # same length
    ("กข", "(?<=ก)", "่", "ก่ข", [((0, 1),), ((0, 1),), ((1, 2),)]),  # inserted
    ("กข", "^", "่", "่กข", [((0, 1),), ((0, 1),), ((1, 2),)]),  # inserted at the start
    ("xyก", "x|y", "", "ก", [((0, 3),)]),  # adjacent matches
    ("xx", "x", "", "", []),
]


@pytest.mark.parametrize(("text", "pattern", "new", "chars", "places"), CASES)
def test_a_replacement_keeps_its_offsets(
    text: str, pattern: str, new: str, chars: str, places: list[tuple[tuple[int, int], ...]]
) -> None:
    found = SourceText.at(text, 0).sub(re.compile(pattern), new)
    assert found.chars == chars
    assert [found[i : i + 1].spans() for i in range(len(found))] == places


PATTERNS = st.sampled_from(["ก", "ขx?", "xx+", ".x", "^.", ".$", "(?=ก)", "กข|x", "..", "x*", "$"])
NEW = st.sampled_from(["", "ก", "x", "xกข", r"\g<0>", r"\g<0>x", r"ข\g<0>"])


@given(st.text("กขx ", max_size=12), st.lists(st.tuples(PATTERNS, NEW), max_size=5), st.integers(0, 50))
@example(text="กข ", chain=[("กข|x", ""), ("^.", r"ข\g<0>")], at=0)
def test_no_chain_of_replacements_loses_an_offset(text: str, chain: list[tuple[str, str]], at: int) -> None:
    found = SourceText.at(text, at)
    for pattern, new in chain:
        found = found.sub(re.compile(pattern), new)
    if not found:
        return
    assert len(found.origin) == len(found.chars)
    pieces = [found[i : i + 1].spans() for i in range(len(found))]
    assert merge_spans(span for spans in pieces for span in spans) == ((at, at + len(text)),) == found.spans()
    starts = [spans[0][0] for spans in pieces]
    assert starts == sorted(starts)
    cut = len(found) // 2
    assert SourceText.join([found[:cut], found[cut:]]).spans() == found.spans()


def test_joined_parts_do_not_include_the_text_between_them() -> None:
    parts = [SourceText.at("ก  ", 0), SourceText.at("  ข", 90)]
    found = SourceText.join(parts).sub(re.compile(" +"), " ")
    assert (found.chars, found.spans()) == ("ก ข", ((0, 3), (90, 93)))
