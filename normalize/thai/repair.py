"""Repair of Thai text as PDF engines, old fonts and word processors break it.

Repair undoes what happened to the letters and never rewords: an author's typing errors stay. Rules
that are certain need nothing else; where several readings are possible a word list decides, and
where it cannot the text stays as it is.
"""

from __future__ import annotations

from thaita.models.source_text import SourceText
from thaita.normalize.thai.ambiguous_repairs import weigh, with_evidence
from thaita.normalize.thai.certain_repairs import (
    decode_tis620,
    drop_doubled_marks,
    halve_bold,
    repair_characters,
    repair_order,
)
from thaita.normalize.thai.document_diagnosis import Signs, diagnose
from thaita.normalize.thai.letters import is_thai_possible
from thaita.normalize.thai.torn_numbers import repair_numbers

__all__ = ["Signs", "diagnose", "is_thai_possible", "repair", "repair_source"]

_ROUNDS = 24
"""Repairs build on each other; damage as thick as a page shows settles in two or three rounds."""


def repair(text: str) -> str:
    """Return Thai text with broken characters and spacing repaired, its words as they are.

    >>> repair("ส านักงานด าเนินการ")
    'สำนักงานดำเนินการ'
    >>> repair("เเละ คະแนน ปี ๒๕๖7")
    'และ คะแนน ปี ๒๕๖๗'
    """
    return repair_source(SourceText.at(text, 0)).chars


def repair_source(text: SourceText, signs: Signs | None = None) -> SourceText:
    """Return the text repaired, each character with the offset that it came from.

    `signs` is what `diagnose` found in the whole document; without it only what the text itself makes
    sure is repaired. Repairing twice changes nothing more. Line feeds and tabs stay.
    """
    known = signs or Signs()
    if known.tis620:
        text = decode_tis620(text)
    for _ in range(_ROUNDS):
        known = with_evidence(known, text.chars)
        done = _round(text, known)
        if done.chars == text.chars:
            break
        text = done
    return text


def _round(text: SourceText, signs: Signs) -> SourceText:
    text = repair_order(halve_bold(repair_characters(text)))
    text = drop_doubled_marks(weigh(text, signs))
    return repair_numbers(text)
