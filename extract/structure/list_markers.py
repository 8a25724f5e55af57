"""Marks at the start of a line of a list: SWOT codes, questions and answers, numbers."""

from __future__ import annotations

import re

from thaita.normalize.cue_words import any_cue
from thaita.normalize.numerals import strip_marker, to_arabic

SWOT = re.compile(r"\s*[SWOT][0-9๐-๙]{1,2}[.):]?\s+")
QUESTION = re.compile(
    rf"\s*(?:{any_cue('question')}(?:ที่)?\s*[0-9๐-๙]{{0,2}}|Q[0-9]{{0,2}})\s*[.:)]?\s+(?=\S)"
)
ANSWER = re.compile(rf"\s*(?:{any_cue('answer')}|A[0-9]{{0,2}})\s*[.:)]?\s+(?=[\u0e01-\u0e4e])")
ITEM_NUMBER = re.compile(r"[(]?(\d{1,3})[.)/]*")


def marker_style(marker: str) -> str:
    """Return the form of a marker, with # for its numbers: "(#)" for (12)."""
    return re.sub(r"\d+", "#", to_arabic(marker).strip())


def plain_number(written: str | None) -> str:
    """Return a number in Arabic digits without brackets: 4.1 for (๔.๑); an empty string for none."""
    return ".".join(re.findall(r"\d+", to_arabic(written or "")))


def is_below(marker: str, label: str, last: int) -> bool:
    """Return whether a marker such as 1.2 belongs to the label with the number 1, or to the last item's number."""
    *above, _ = re.findall(r"\d+", to_arabic(marker)) or [""]
    path = ".".join(above)
    below_label = bool(label) and f"{path}.".startswith(f"{label}.")
    return bool(above) and (below_label or path == str(last))


def item_marker(chars: str, *above: str) -> tuple[str, int]:
    """Return the marker of a list item (a SWOT code, number or bullet) and the offset of its text.

    `above` are the numbers of the last item and of the label, below which the item may be numbered.
    """
    lettered = SWOT.match(chars) or ANSWER.match(chars)
    if lettered:
        return lettered[0].strip(), lettered.end()
    for number in above:
        found = strip_marker(chars, below=number)
        if found[0]:
            return found
    return "", 0
