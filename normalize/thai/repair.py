"""Repair of Thai text broken by PDF engines, old fonts and word processors.

Repair restores damaged letters and never rewords: an author's typing errors stay. Certain repairs need no
evidence. Where several readings are possible a word list decides, and if it cannot, the text stays unchanged.
"""

from __future__ import annotations

from thaita.models.source_text import SourceText
from thaita.normalize.thai.ambiguous_repairs import resolve_ambiguous, with_evidence
from thaita.normalize.thai.certain_repairs import (
    decode_tis620,
    drop_doubled_marks,
    halve_bold,
    repair_characters,
    repair_order,
)
from thaita.normalize.thai.document_diagnosis import DocumentDamage, diagnose
from thaita.normalize.thai.letters import is_thai_possible
from thaita.normalize.thai.torn_numbers import repair_numbers

__all__ = ["DocumentDamage", "diagnose", "is_thai_possible", "repair", "repair_source"]

_MAX_ROUNDS = 24
"""Maximum number of repair rounds; repairs build on each other, and real damage needs two or three."""


def repair(text: str) -> str:
    """Return Thai text with broken characters and spacing repaired, and its words unchanged.

    >>> repair("ส านักงานด าเนินการ")
    'สำนักงานดำเนินการ'
    >>> repair("เเละ คະแนน ปี ๒๕๖7")
    'และ คะแนน ปี ๒๕๖๗'
    """
    return repair_source(SourceText.at(text, 0)).chars


def repair_source(text: SourceText, damage: DocumentDamage | None = None) -> SourceText:
    """Return the text repaired, each character with its original offset.

    `damage` is the result of `diagnose` for the whole document; without it, only repairs that the text itself
    makes certain are applied. A second repair changes nothing. Line feeds and tabs stay.
    """
    known = damage or DocumentDamage()
    if known.tis620:
        text = decode_tis620(text)
    for _ in range(_MAX_ROUNDS):
        known = with_evidence(known, text.chars)
        done = _repair_round(text, known)
        if done.chars == text.chars:
            break
        text = done
    return text


def _repair_round(text: SourceText, damage: DocumentDamage) -> SourceText:
    text = repair_order(halve_bold(repair_characters(text)))
    text = drop_doubled_marks(resolve_ambiguous(text, damage))
    return repair_numbers(text)
