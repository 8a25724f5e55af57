"""What the words around a line end say: whether a sentence runs over it, and whether a line is a heading."""

from __future__ import annotations

import re
from functools import cache

from thaita.normalize.cue_words import any_cue
from thaita.normalize.date_forms import find_dates
from thaita.normalize.dates import parse_period
from thaita.normalize.headings import match_heading
from thaita.normalize.indicators import match_indicator
from thaita.normalize.match_key import fold
from thaita.normalize.owners import is_office
from thaita.normalize.thai.letters import csv_rows
from thaita.normalize.thai.lexicon import lexicon
from thaita.normalize.topics import match_topic

_THAI = re.compile("[\u0e01-\u0e4e]+")
_NO_START = re.compile("[\u0e30-\u0e3a\u0e45-\u0e4e]")
"""Letters with which no Thai word begins."""
_THAI_END = re.compile("[\u0e01-\u0e4e]{1,20}$")
_OPEN_END = re.compile(r"[(\[“,/–-]$")
_CLOSED_END = re.compile(r"[.:;)”]$")
_TASK = re.compile(
    rf"{any_cue('assigns')}\s*(?P<unit>[^\s:]{{3,60}}?)\s*(?:{any_cue('being')})?{any_cue('responsible')}"
)
_LONGEST_PERIOD = 40
TORN = 6.0
"""Least gain in word costs (natural logarithm) of reading over a line end that shows a torn word."""
_BESIDE = 1
"""Most letters of a heading beside its usual words."""


def is_heading(chars: str) -> bool:
    """Return whether a line has the words of a known heading, or names a subject."""
    return any(read(chars) is not None for read in (match_heading, match_indicator, match_topic))


def is_exact_heading(chars: str) -> bool:
    """Return whether a line is a known heading or the name of a subject, and no words beside it."""
    if match_indicator(chars) is not None or match_topic(chars) is not None:
        return True
    heading = match_heading(chars)
    return heading is not None and len(fold(chars)) <= len(fold(heading.phrase)) + _BESIDE


def is_period(chars: str) -> bool:
    """Return whether a line is a period from its first letter on, which is a cell and no end of a sentence."""
    if len(chars) > _LONGEST_PERIOD:
        return False
    period, dates = parse_period(chars), find_dates(chars)
    return period.start is not None and period.end is not None and bool(dates) and dates[0].start == 0


def starts_with_label(chars: str) -> bool:
    """Return whether a line is a label and its value, such as ผู้รับผิดชอบ กองคลัง."""
    label = chars.split(" ", 1)[0]
    return label != chars and is_exact_heading(label)


def gives_task(chars: str) -> bool:
    """Return whether a line begins with a sentence that makes a unit responsible: ให้กองคลังเป็นผู้รับผิดชอบ."""
    task = _TASK.match(chars)
    return task is not None and is_office(task["unit"])


@cache
def joints(side: str) -> tuple[str, ...]:
    """Return the words that end or start no sentence."""
    return tuple(row["word"] for row in csv_rows("line_joints.csv") if row["side"] == side)


def words_go_on(before: str, after: str) -> float:
    """Return the log odds from the words on both sides of a line end that one sentence runs over it."""
    if _NO_START.match(after):
        return 2 * TORN
    odds = 0.0
    left, right = _THAI_END.search(before), _THAI.match(after)
    if left and right:
        gain = _gain(left[0], right[0][:20])
        odds += TORN if gain >= TORN else 0.5 * max(0.0, gain - 2)
    if before.endswith(joints("end")):
        odds += 2.0
    if after.startswith(joints("start")):
        odds += 1.5
    if _OPEN_END.search(before):
        odds += 2.0
    if _CLOSED_END.search(before):
        odds -= 0.5
    return odds


def _gain(left: str, right: str) -> float:
    """Return how much likelier the letters around a line end are as words that run over it."""
    words = lexicon()
    return words.cost(left) + words.cost(right) - words.cost(left + right)
