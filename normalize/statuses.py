"""The status of a measure: ticked boxes and words such as ดำเนินการแล้วเสร็จ.

The usual answers are listed in `data/statuses.csv`, the words of which others are made in `data/status_words.csv`, the marks in `data/ticks.csv`. The progress form of the disclosure
item on integrity measures prints a box before each possible answer; the ticked one is the answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from thaita.normalize.match_key import ARABIC, fold
from thaita.normalize.names import read_table
from thaita.normalize.word_tree import word_tree

_PROGRESS = re.compile(r"(?:ร้อยละ)?\s*(\d{1,3}(?:[.]\d+)?)\s*(?:%|เปอร์เซ็นต์)?")
_ALL = re.compile(r"(?<!\s)\s*+[(]?(?:ร้อยละ\s*+)?(?:100|๑๐๐)\s*+%?[)]?$")
_LIMITS = re.compile(
    r"ไม่|ยัง|บางส่วน|แต่|ยกเว้น|เหลือ|เพียง|(?<![0-9๐-๙])(?!100|๑๐๐)[0-9๐-๙]{1,3}(?:[.][0-9๐-๙]+)?\s*%|ร้อยละ"
)
_BARE = "ดำเนินการ"
_EMPTY_MARK = re.compile(r"[☐□◻▢○◯]|\(\s*\)|\[\s*\]")
_SHARE = re.compile(r"(?:ร้อยละ)?(\d{1,3}(?:[.]\d+)?)%?")
_LONGEST_STATUS = 60
_GAP = 4
"""Most white space between an answer and the box behind it."""

State = Literal["done", "in_progress", "not_started"]


@dataclass(frozen=True, slots=True)
class Status:
    """The status stated in a text.

    `value` is `done`, `in_progress`, `not_started`, or None if the text has answers but no tick
    (`doubt`: `no_tick`), contradictory ticks (`several_ticks`), or a tick that may belong to the answer
    before or after it (`box_position`). `rest` is the offset of the text after the answers, 0 if no answer
    is separate from it. `rest_end` is the end of that text if another answer follows, None for the end of
    the whole text.
    """

    value: State | None
    rest: int
    doubt: str | None = None
    rest_end: int | None = None


@cache
def _phrases() -> dict[str, State]:
    return {row["phrase"]: cast("State", row["status"]) for row in read_table("statuses.csv")}


@cache
def _marks(state: str, *places: str) -> str:
    """Return the marks of a state (`ticked`, `empty`) for the given places (`alone`, `enclosed`)."""
    return "".join(
        row["mark"] for row in read_table("ticks.csv") if row["state"] == state and row["place"] in places
    )


@cache
def _signs() -> dict[str, str]:
    """Return the empty marks that are signs of a status beside its only answer, such as ○ for not started."""
    return {row["mark"]: row["sign"] for row in read_table("ticks.csv") if row["sign"]}


@cache
def _box() -> re.Pattern[str]:
    """Return a pattern for boxes: a mark alone (group 1), or brackets with or without a mark before Thai (group 2)."""
    alone = re.escape(_marks("ticked", "alone") + _marks("empty", "alone"))
    inside = re.escape(_marks("ticked", "alone", "enclosed"))
    enclosed = "|".join(rf"{a}\s*+([{inside}]?)\s*+{b}" for a, b in ((r"\(", r"\)"), (r"\[", r"\]")))
    return re.compile(rf"([{alone}])\ufe0f?\s*|(?:{enclosed})\s*(?=[\u0e01-\u0e4e]|$)", re.IGNORECASE)


def answer_boxes(answers: Sequence[tuple[int, int]], text: str) -> dict[int, bool]:
    """Return whether the box of each answer is ticked, by the offset of the answer; the boxes stand before or after all.

    `answers` are the places (start, end) of the possible answers, in order. If it cannot be told which box is whose, no
    answer is ticked.

    >>> answer_boxes([(4, 8), (15, 21)], "( ) ผ่าน ( / ) ผ่านดี")
    {4: False, 15: True}
    >>> answer_boxes([(0, 4), (7, 13)], "ผ่าน ☐ ผ่านดี ☑")
    {0: False, 7: True}
    """
    boxes = list(_box().finditer(text))
    if not boxes or not answers:
        return {}
    by_end = {box.end(): _is_ticked(box) for box in boxes}
    by_start = {box.start(): _is_ticked(box) for box in boxes}
    before = {start: by_end[start] for start, _ in answers if start in by_end}
    after = {
        start: by_start[at]
        for start, end in answers
        if (at := end + len(text[end : end + _GAP]) - len(text[end : end + _GAP].lstrip())) in by_start
    }
    if boxes[0].start() < answers[0][0] or not after:
        return before
    if len(answers) == 1:
        return {
            at: True for at, ticked in after.items() if ticked
        }  # an empty box may be that of the next words
    return after if boxes[-1].start() >= answers[-1][1] else dict.fromkeys((*before, *after), False)


def has_boxes(text: str) -> bool:
    """Return whether a text has boxes to tick."""
    return _box().search(text) is not None


def is_empty_box(text: str) -> bool:
    """Return whether a text consists of unticked boxes only.

    >>> is_empty_box("☐"), is_empty_box("( )"), is_empty_box("☑"), is_empty_box("")
    (True, True, False, False)
    """
    boxes = list(_box().finditer(text))
    return bool(boxes) and not _box().sub("", text).strip() and not any(map(_is_ticked, boxes))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(word_tree(_phrases(), gap=r"\s?"))


def parse_status(text: str) -> Status | None:
    """Return the status stated by ticked boxes, or by a text that consists of words for a status only.

    >>> parse_status("☐ ยังไม่ได้ดำเนินการ ☑ ดำเนินการ จัดอบรมแล้ว").value
    'done'
    >>> parse_status("อยู่ระหว่างดำเนินการ").value
    'in_progress'
    >>> parse_status("จัดทำคู่มือและดำเนินการเผยแพร่") is None
    True
    """
    shown = text.lstrip()
    if unicodedata.category(shown[:1] or " ") == "So":
        # "◐ อยู่ระหว่างดำเนินการ": a sign in front that is no box says what the words say
        return _boxes(text) or _words(shown[1:]) or _composed(shown[1:])
    return _boxes(text) or _words(text) or _composed(text)


def ticked_status(state: str) -> Status:
    """Return the status for a ticked column that means `state`."""
    known = {value: value for value in _phrases().values()}
    return Status(known[cast("State", state)], 0)


def parse_progress(text: str) -> Status | None:
    """Return the status for a progress in percent: 0 is not started, 100 is done, other values are in progress.

    >>> parse_progress("ร้อยละ ๗๕").value
    'in_progress'
    """
    figure = _PROGRESS.fullmatch(text.strip().translate(ARABIC))
    if figure is None or (value := float(figure[1])) > 100:
        return None
    return Status("done" if value == 100 else "not_started" if value == 0 else "in_progress", 0)


def leading_status(text: str) -> Status | None:
    """Return the status at the start of a text: "ดำเนินการแล้ว โดย…". The word ดำเนินการ alone is not a status.

    >>> leading_status("อยู่ระหว่างดำเนินการ ได้คัดเลือกสถานที่แล้ว").value
    'in_progress'
    """
    found = _pattern().match(text.lstrip())
    if found is None or fold(found[0]) == _BARE:
        return None
    after = text.lstrip()[found.end() :][:1]
    return Status(_phrases()[fold(found[0])], 0) if not after or after.isspace() else None


def _words(text: str) -> Status | None:
    shown = _ALL.sub("", text.strip(" -–•./|,\n"))
    found = _pattern().match(shown)
    if found is None or len(fold(found[0])) < 0.75 * len(fold(shown)):
        return None
    if _LIMITS.search(shown[found.end() :]):
        return None  # "แล้วเสร็จ 50%", "แล้วเสร็จไม่ครบ": the rest contradicts the words
    return Status(_phrases()[fold(found[0])], 0)


@cache
def _senses() -> dict[str, str]:
    return {row["word"]: row["sense"] for row in read_table("status_words.csv")}


@cache
def _sense_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_senses(), key=len, reverse=True))))


def _composed(text: str) -> Status | None:
    """Return the status of a short text that consists of words for statuses only, in any order.

    What is not done is in progress, what is not begun is not started, and what is partly done is in progress. A tick
    before the words confirms them.
    """
    if len(text) > _LONGEST_STATUS or _EMPTY_MARK.search(text):
        return None
    shown = fold(text).strip(_marks("ticked", "alone", "enclosed").replace("x", "") + "\ufe0f()[]-–•./|,:")
    share = _SHARE.search(shown)
    words = [sense for word in _sense_pattern().findall(shown) if (sense := _senses()[word])]
    senses = set(words)
    if not senses or _sense_pattern().sub("", _SHARE.sub("", shown)):
        return None
    if share and float(share[1]) != 100 and senses != {"in_progress"}:
        return None
    if denied := senses & {"not", "not_yet"}:
        ended = {"done", "success"} & senses
        if (ended and "not" in denied) or (ended and words[0] in ended) or "success" in ended:
            return None
        return Status("in_progress" if ended or "in_progress" in senses else "not_started", 0)
    order: tuple[State, ...] = ("not_started", "in_progress", "done")
    return Status(next((state for state in order if state in senses), "done"), 0)


def _boxes(text: str) -> Status | None:
    boxes = list(_box().finditer(text))
    behind = [(box, answer) for box in boxes if (answer := _pattern().match(text, box.end()))]
    before = _answer_before(text[: boxes[0].start()]) if boxes else None
    if before is not None:
        return _boxes_behind_answers(text, boxes)
    answers: list[tuple[bool, State]] = []
    rest = 0
    rest_end: int | None = None
    for i, (box, answer) in enumerate(behind):
        answers.append((_is_ticked(box), _phrases()[fold(answer[0])]))
        glued = re.match(r"[\u0e01-\u0e4e]", text[answer.end() :])
        ends_word = (
            glued is None or len(behind) > 1
        )  # if there are several answers, they are part of the form
        after = answer.end() if ends_word else box.end()
        stop = behind[i + 1][0].start() if i + 1 < len(behind) else None
        if stop is None and rest and not text[after:].strip():
            continue  # the text that belongs to the ticked answer is between the answers
        if stop is None or (answers[-1][0] and text[after:stop].strip()):
            rest, rest_end = after, stop
    if len(boxes) == 1 and answers == [(False, _signs().get(boxes[0][0].strip()))]:
        return Status(answers[0][1], rest, rest_end=rest_end)  # "○ ยังไม่ดำเนินการ" among ✓ and ◐ is no box
    return _decide(answers, rest, rest_end)


def _boxes_behind_answers(text: str, boxes: list[re.Match[str]]) -> Status | None:
    """Return the status if the boxes follow their answers."""
    answers: list[tuple[bool, State]] = []
    done = 0
    for box in boxes:
        answer = _answer_before(text[done : box.start()])
        if answer is not None:
            answers.append((_is_ticked(box), answer))
        done = box.end()
    if _answer_before(text[done:]) is not None:
        return Status(None, done, "box_position")  # an answer before the first box and one after the last
    return _decide(answers, done)


def _answer_before(text: str) -> State | None:
    """Return the answer if the text consists of an answer only."""
    answer = _pattern().fullmatch(text.strip(" \n:/()"))
    return _phrases()[fold(answer[0])] if answer else None


def _is_ticked(box: re.Match[str]) -> bool:
    mark = box[1] or box[2] or box[3] or ""
    return bool(mark) and mark.lower() in _marks("ticked", "alone", "enclosed")


def _decide(answers: list[tuple[bool, State]], rest: int, rest_end: int | None = None) -> Status | None:
    if not answers:
        return None
    ticked = {status for is_ticked, status in answers if is_ticked}
    if len(ticked) == 1:
        return Status(ticked.pop(), rest, rest_end=rest_end)
    return Status(None, rest, "several_ticks" if ticked else "no_tick")
