"""Marks at the start of a line of a list: SWOT codes, questions and answers, numbers."""

from __future__ import annotations

import re

from thaita.normalize.cue_words import any_cue
from thaita.normalize.numerals import to_arabic

SWOT = re.compile(r"\s*[SWOT][0-9๐-๙]{1,2}[.):]?\s+")
QUESTION = re.compile(
    rf"\s*(?:{any_cue('question')}(?:ที่)?\s*[0-9๐-๙]{{0,2}}|Q[0-9]{{0,2}})\s*[.:)]?\s+(?=\S)"
)
ANSWER = re.compile(rf"\s*(?:{any_cue('answer')}|A[0-9]{{0,2}})\s*[.:)]?\s+(?=[\u0e01-\u0e4e])")
ITEM_NUMBER = re.compile(r"[(]?(\d{1,3})[.)/]*")


def marker_style(marker: str) -> str:
    """Return the form of a marker, with # for its numbers: "(#)" for (12)."""
    return re.sub(r"\d+", "#", to_arabic(marker).strip())
