"""The words of the data files beside `figure_cues.csv`: each decides its example, which another word would not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from thaita.extract.find.claims import find_claims
from thaita.extract.find.key_lines import KeyLine, read_key_lines
from thaita.extract.find.overall_evidence import SELF
from thaita.extract.find.results.context import TextAround, Titles, says_mean
from thaita.extract.find.results.counts import count_of_level
from thaita.extract.find.results.kinds import kind_named
from thaita.extract.find.results.levels import level_mentions
from thaita.extract.find.results.lines import line_results
from thaita.extract.find.results.told import is_change
from thaita.extract.structure.item_subject import read_item_subject, told_indicator
from thaita.extract.structure.labels import read_lead, without_count
from thaita.extract.structure.list_markers import ANSWER, QUESTION
from thaita.extract.structure.page_furniture import mark_signatures
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.extract.structure.passages import is_letter_about
from thaita.models.flags import Flag
from thaita.models.source_text import SourceText
from thaita.normalize.cue_words import any_cue, cue_words, folded_cue
from thaita.normalize.grades import find_grades
from thaita.normalize.headings import match_heading
from thaita.normalize.match_key import fold
from thaita.normalize.names import read_table
from thaita.normalize.numerals import find_numbers, heading_number

ROWS = read_table("cue_words.csv")
UNKNOWN = "ฌฌฌ"
INSTEAD = {"not_self": "หน่วยงาน"}
"""What stands for a word to show that the example needs it; without an entry, letters that mean nothing."""


def _claims(text: str) -> set[str]:
    return {claim.claimed for claim in find_claims([FlowParagraph(SourceText.at(text, 0), 0)])}


def _is_percentage(text: str) -> bool:
    return find_numbers(text)[0].percent


def _starts_with_part(text: str) -> bool:
    number = heading_number(text)
    return number is not None and number.form.startswith(cue_words("part"))


def _is_letter(text: str) -> bool:
    return is_letter_about([FlowParagraph(SourceText.at(text, 0), 0)])


def _subject(text: str) -> int | None:
    subject = read_item_subject(text, 2567)
    return subject.indicator.no if subject and subject.indicator else None


def _key_lines(text: str) -> list[KeyLine]:
    return read_key_lines([(0, SourceText.at(text, 0))])


def _responsible(text: str) -> str:
    """Return the unit that a sentence makes responsible; empty if it makes none."""
    line = _key_lines(text)[-1]
    return line.value.chars if line.key else ""


def _is_signature(text: str) -> bool:
    (line,) = mark_signatures([FlowParagraph(SourceText.at(text, 0), 0)])
    return line.running


def _around(text: str) -> TextAround:
    titles = Titles(2567)
    titles.add(text)
    return titles.table()


def _counts_level(text: str) -> bool:
    return count_of_level(SourceText.at(text, 0), len("จังหวัดเลย"), len(text)) is not None


def _counts_findings(text: str) -> bool:
    return without_count(text.removesuffix(" ได้แก่")) == "จุดอ่อน"


def _is_surely_named(text: str) -> bool:
    (found,) = line_results(SourceText.at(text, 0), lambda: _around(""), 0)
    return Flag.AGENCY_DOUBT.of("unlisted") not in found.flags


def _is_known_heading(text: str) -> bool:
    heading = match_heading(text)
    return heading is not None and not heading.likely


HOLDS: dict[str, Callable[[str], bool]] = {
    "self": lambda text: SELF.search(text) is not None,
    "not_self": lambda text: SELF.search(text) is None,
    "points": lambda text: re.search(rf"\d\s*{any_cue('points')}", text) is not None,
    "assessment": lambda text: folded_cue("assessment").search(fold(text)) is not None,
    "matter": lambda text: folded_cue("matter").search(fold(text)) is not None,
    "integrity": lambda text: folded_cue("integrity").search(fold(text)) is not None,
    "subject_label": _is_letter,
    "assessor": _is_letter,
    "part": _starts_with_part,
    "filler": _is_known_heading,
    "percent": _is_percentage,
    "clock": lambda text: not find_numbers(text),
    "question": lambda text: QUESTION.match(text) is not None,
    "answer": lambda text: ANSWER.match(text) is not None,
    "indicator": lambda text: _subject(text) == 3,
    "about": lambda text: _subject(text) == 3,
    "responsible": lambda text: _responsible(text) == "กองคลัง",
    "assigns": lambda text: _responsible(text) == "กองคลัง",
    "being": lambda text: _responsible(text) == "กองคลัง",
    "acts": lambda text: any(one.key and one.value.chars == "กองคลัง" for one in _key_lines(text)),
    "telling": lambda text: (told := told_indicator(text, 2567)) is not None and told.no == 3,
    "announces": lambda text: read_lead(SourceText.at(text, 0)) is not None,
    "closing": _is_signature,
    "claim_next": lambda text: not _claims(text),
    "mean": says_mean,
    "by_level": says_mean,
    "best": lambda text: _around(text).ranked,
    "first": lambda text: _around(text).ranked,
    "sorted": lambda text: _around(text).ordered,
    "clause": lambda text: [grade.level for grade in find_grades(text)] == ["ผ่าน"],
    "every_measure": lambda text: re.search(any_cue("every_measure"), text) is not None,
    "amounts": _counts_findings,
    "few": _counts_findings,
    "piece": _counts_findings,
    "topic_number": lambda text: re.search(rf"{any_cue('topic_number')} [(]1[)]", text) is not None,
    "item": lambda text: re.fullmatch(rf"{any_cue('item')} I4", text) is not None,
    "in_brackets": lambda text: _around(text).bracketed == 2566,
    "of_level": lambda text: bool(list(level_mentions(text, ()))),
    "than": is_change,
    "which": lambda text: not is_change(text),
    "agencies": _counts_level,
    "counted": _counts_level,
    "out_of": _counts_level,
    "scored": _is_surely_named,
    "of_type": lambda text: kind_named(text) == "เทศบาลตำบล",
}
"""What a word of each kind makes true; words of claims make a claim."""
WITHOUT = {"filler", "claim_score", "claim_is"}
"""Kinds whose words only bridge what stands beside them, or that contain each other."""


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['kind']} {row['phrase']}" for row in ROWS])
def test_a_word_decides_its_example(row: dict[str, str]) -> None:
    holds = HOLDS.get(row["kind"], lambda text: bool(_claims(text)))
    assert row["phrase"] in row["example"]
    assert holds(row["example"])
    if row["kind"] not in WITHOUT:
        assert not holds(row["example"].replace(row["phrase"], INSTEAD.get(row["kind"], UNKNOWN)))


def test_every_kind_has_words_that_are_listed_once() -> None:
    listed = [(row["kind"], fold(row["phrase"])) for row in ROWS]
    assert len(listed) == len(set(listed))
    with pytest.raises(KeyError):
        cue_words("no such kind")


@pytest.mark.parametrize(
    ("text", "form", "end"),
    [
        ("ส่วนที่ ๒ ผล", "ส่วนที่#", 10),
        ("บทที่ 1. ผล", "บทที่#.", 8),
        ("(1.2) ผล", "(#.#)", 5),
        ("1 . 2 ผล", "#.#", 6),
        ("ข. ผล", "#.", 2),
        ("ผล", None, 0),
    ],
)
def test_numbers_of_headings(text: str, form: str | None, end: int) -> None:
    number = heading_number(text)
    assert (number and number.form) == form
    assert number is None or number.end == end
