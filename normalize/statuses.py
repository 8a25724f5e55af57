"""The state of a measure: ticked boxes and words such as ดำเนินการแล้วเสร็จ.

The words are `data/statuses.csv`. The progress form of the disclosure item on integrity measures prints
its answers with a box before each; the ticked one is the answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from thaita.normalize.fold import ARABIC, fold
from thaita.normalize.names import read_table

_BOX = re.compile(r"([☐☑☒□■✓✔])\s*|\(\s*([/✓✔xX ]?)\s*\)\s*(?=[\u0e01-\u0e4e])")
_PROGRESS = re.compile(r"(?:ร้อยละ)?\s*(\d{1,3}(?:[.]\d+)?)\s*(?:%|เปอร์เซ็นต์)?")
_TICKS = "☑☒■✓✔/xX"


State = Literal["done", "in_progress", "not_started"]


@dataclass(frozen=True, slots=True)
class Status:
    """The state that a text gives.

    `value` is `done`, `in_progress`, `not_started`, or None where the text has answers but the tick
    is missing or stands at several that disagree (`doubt` says which). `rest` is the offset at which
    the text goes on behind the answers; 0 where no answer is set apart from it.
    """

    value: State | None
    rest: int
    doubt: str | None = None


@cache
def _phrases() -> dict[str, State]:
    return {row["phrase"]: cast("State", row["status"]) for row in read_table("statuses.csv")}


@cache
def _pattern() -> re.Pattern[str]:
    spaced = (r"\s?".join(map(re.escape, p)) for p in sorted(_phrases(), key=len, reverse=True))
    return re.compile("|".join(spaced))


def parse_status(text: str) -> Status | None:
    """Return the state that ticked boxes, or a text that is nothing but its words, give.

    >>> parse_status("☐ ยังไม่ได้ดำเนินการ ☑ ดำเนินการ จัดอบรมแล้ว").value
    'done'
    >>> parse_status("อยู่ระหว่างดำเนินการ").value
    'in_progress'
    >>> parse_status("จัดทำคู่มือและดำเนินการเผยแพร่") is None
    True
    """
    return _boxes(text) or _words(text)


def ticked_status(state: str) -> Status:
    """Return the status of a form whose column for `state` is ticked."""
    known = {value: value for value in _phrases().values()}
    return Status(known[cast("State", state)], 0)


def parse_progress(text: str) -> Status | None:
    """Return the state that a progress figure in percent gives: 0 not started, 100 done, else in progress.

    >>> parse_progress("ร้อยละ ๗๕").value
    'in_progress'
    """
    figure = _PROGRESS.fullmatch(text.strip().translate(ARABIC))
    if figure is None or (value := float(figure[1])) > 100:
        return None
    return Status("done" if value == 100 else "not_started" if value == 0 else "in_progress", 0)


def _words(text: str) -> Status | None:
    found = _pattern().match(text.strip(" -–•."))
    if found is None or len(fold(found[0])) < 0.75 * len(fold(text)):
        return None
    return Status(_phrases()[fold(found[0])], 0)


def _boxes(text: str) -> Status | None:
    answers: list[tuple[bool, State]] = []
    rest = 0
    for box in _BOX.finditer(text):
        answer = _pattern().match(text, box.end())
        if answer is None:
            continue
        mark = box[1] or box[2] or ""
        answers.append((bool(mark) and mark in _TICKS, _phrases()[fold(answer[0])]))
        ends_word = answer.end() == len(text) or not re.match(r"[\u0e01-\u0e4e]", text[answer.end()])
        rest = answer.end() if ends_word else box.end()
    if not answers:
        return None
    ticked = {status for is_ticked, status in answers if is_ticked}
    if len(ticked) == 1:
        return Status(ticked.pop(), rest)
    return Status(None, rest, "several_ticks" if ticked else "no_tick")
