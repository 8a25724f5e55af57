"""What each figure in a text is: a score of the report's own year, or something else, and why.

The words that decide are listed in `data/figure_cues.csv`; see `normalize/figure_cues.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from thaita.normalize.date_years import Year, find_years
from thaita.normalize.figure_cues import Compact, Cue, find_cues, pattern
from thaita.normalize.match_key import fold
from thaita.normalize.memo import per_document
from thaita.normalize.numerals import Number, find_numbers, to_arabic

PLAIN = "plain"
"""The meaning of a figure about which no words say anything."""

_WHOSE = frozenset({"national", "province", "other_agency", "other_measure"})
_WHEN = frozenset({"last_year", "expectation", "target", "threshold"})
_NEUTRAL = frozenset({"score", "overall", "result", "own", "own_now", "none"})
_PASSED_OVER = frozenset({"count", "scale", "rank", "reference", "weight", "money"})
"""Figures that do not end the words that concern the next figure: "ของ 8,323 หน่วยงาน เท่ากับ 87.57"."""
_FILLER = re.compile(rf"(?:{pattern('between', 'filler', 'figure_filler').pattern}|[:=(“\"'+–-])*")
_NEW_VALUE = pattern("between", "new_value")
"""After a word for a change, these words introduce the new score: "เพิ่มขึ้นเป็น 92.15"."""
_FROM = re.compile(r"จาก(?:คะแนน|ร้อยละ|ระดับ|เกรด)?$")
_UNIT = re.compile(r"(?:คะแนน|points?|%)*[)”\"]?(?:คะแนน)?")
_RANGE_AFTER = re.compile(r"\s*(?:[-–—]|ถึง)\s*[0-9๐-๙]")
_RANGE_BEFORE = re.compile(r"[0-9๐-๙]\s*(?:[-–—]|ถึง)\s*$")
_YEAR_AFTER = re.compile(
    r"\s*(?:คะแนน|%)?\s*[)]?\s*(?:ใน|ของ|เมื่อ|สำหรับ|\()\s*(?:รอบ|การประเมิน)?\s*(?:ของ)?\s*(?:ปี|พ\.?\s?ศ)"
)
_FIGURE_INSIDE = re.compile(r"[^()0-9๐-๙]*[0-9๐-๙]+[.][0-9๐-๙]")
_OUT_OF = re.compile(
    r"\s*(?:คะแนน)?\s*[(]?\s*(?:จาก(?:คะแนน)?(?:เต็ม)?|เต็ม|/)\s*(?:คะแนน)?\s*([0-9๐-๙]+)(?![0-9๐-๙]|\.[0-9๐-๙]*[1-9๑-๙])"
)
_FULL_MARKS = 100
_BEFORE_FIGURE = re.compile(r"\s*[)]?\s*[:=]\s*[0-9๐-๙]")
"""What follows a year without a word that labels a figure: "2567: 93.20"."""
_YEAR_REACH = 60
"""Maximum characters between a year and the figure that belongs to it."""
_CUE_REACH = 160
"""Maximum letters between words and a figure that they concern: a paragraph may hold several sentences."""
_CLAUSE_AFTER = 40
"""Maximum letters between a figure and the words after it that concern it."""
_BECOMES = re.compile(
    r"(?:คะแนน|%)?(?:[(]?(?:ใน)?(?:ปี(?:งบประมาณ)?)?(?:พ\.ศ\.)?[0-9]{4}[)]?)?(?:มา)?(?:เป็น|อยู่ที่|เหลือ)(?:ร้อยละ|คะแนน|ระดับ|เกรด)?$"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its meaning (see `data/figure_cues.csv`) and the year (B.E.) whose figure it is, if stated.

    `overall` and `result` tell that words for the overall score or for a result stand before or beside it.
    """

    number: Number
    meaning: str = PLAIN
    year: int | None = None
    overall: bool = False
    result: bool = False

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.number.start

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.number.end

    @property
    def plain(self) -> bool:
        """Whether no words make the figure anything other than a score."""
        return self.meaning == PLAIN

    def is_own(self, fiscal_year: int | None) -> bool:
        """Return whether the figure may be the report's own score of the assessed year (B.E.)."""
        return self.plain and (self.year is None or fiscal_year is None or self.year >= fiscal_year)


@per_document
def read_figures(text: str, own: str | None = None) -> tuple[Figure, ...]:
    """Return every figure in a text with its meaning, in order; `own` is the name of the report's agency.

    >>> [(f.number.as_written, f.meaning) for f in read_figures("เป้าหมาย 85.00 ทำได้จริง 93.20 จาก 100")]
    [('85.00', 'target'), ('93.20', 'plain'), ('100', 'scale')]
    """
    numbers = find_numbers(text)
    if not numbers:
        return ()
    compact = Compact(text)
    cues = find_cues(compact, own)
    years = _years(text)
    numbers = [one for one in numbers if not any(year.start <= one.start < year.end for year in years)]
    figures: list[Figure] = []
    clause = topic = 0
    ends = [*(number.start for number in numbers[1:]), len(text)]
    for i, (number, following) in enumerate(zip(numbers, ends, strict=True)):
        maximum = _OUT_OF.match(text, numbers[i - 1].end) if i else None
        stated = maximum is not None and number.start < maximum.end() <= number.end
        meaning = "scale" if stated else _meaning(text, compact, cues, number, clause, following)
        near = [
            cue for cue in cues if topic <= compact.at[cue.start] and cue.end <= compact.index(number.start)
        ]
        year = _year(text, years, number, clause, following)
        overall = any(_has(cue, "overall") for cue in near) or _touches_after(compact, number, "overall")
        result = any(_has(cue, "result") for cue in near)
        figures.append(Figure(number, meaning, year, overall, result))
        if meaning not in _PASSED_OVER:
            topic = number.end if meaning == PLAIN else topic
            clause = max(
                [
                    number.end,
                    *(year.end for year in years if year.start < following and _after(text, number, year)),
                ]
            )
    return tuple(_other_scales(_changes(text, figures)))


def _years(text: str) -> list[Year]:
    """Return the years of a text that figures can be of."""
    return [
        year
        for year in find_years(text)
        if year.kind in ("plain", "fiscal", "range")
        or (year.kind == "bare" and _BEFORE_FIGURE.match(text, year.end))
    ]


def says_other_figures(text: str) -> bool:
    """Return whether a caption announces figures other than the report's own scores: targets, weights, last year's.

    >>> says_other_figures("ค่าเป้าหมายรายตัวชี้วัด"), says_other_figures("ผลคะแนนรายตัวชี้วัด")
    (True, False)
    """
    return any(one.meaning not in _NEUTRAL for cue in find_cues(Compact(text)) for one in cue.meanings)


def _has(cue: Cue, meaning: str) -> bool:
    return any(one.meaning == meaning for one in cue.meanings)


def _meaning(
    text: str, compact: Compact, cues: Sequence[Cue], number: Number, clause: int, following: int
) -> str:
    """Return the meaning of a figure: of the words that touch it, else of its clause, else of the sentence."""
    before, after = text[: number.start], text[number.end :]
    if _RANGE_AFTER.match(after) or _RANGE_BEFORE.search(before):
        return "band"
    if _FROM.search(fold(before)) and _BECOMES.match(fold(text[number.end : following])):
        return "last_year"
    maximum = _OUT_OF.match(after)
    if maximum and int(to_arabic(maximum[1])) != _FULL_MARKS:
        return "scale"
    return (
        _said_after(compact, number, following)
        or _touching(compact, cues, number)
        or _reaching(compact, cues, number, clause)
        or PLAIN
    )


def _said_after(compact: Compact, number: Number, following: int) -> str | None:
    """Return the meaning that the words after a figure give it; None without such words."""
    begin, stop = compact.index(number.end), compact.index(following)
    unit = _UNIT.match(compact.chars, begin)
    at = unit.end() if unit else begin
    whole = "." not in to_arabic(number.as_written)
    for meaning in ("money", "amount", "percent_of", "threshold"):
        if pattern("after", meaning).match(compact.chars, at):
            return meaning
    counted = pattern("after", "count").match(compact.chars, begin) if whole else None
    if counted and not re.match(r"[0-9]|พ\.?ศ|ที่", compact.chars[counted.end() : counted.end() + 3]):
        return "count"
    if re.match(r"(?:คือ|เป็น|ของ|ซึ่งเป็น|อันเป็น)", compact.chars[at : at + 8]):
        for meaning in ("national", "province"):
            if pattern("after", meaning).search(compact.chars, at, min(stop, at + _CLAUSE_AFTER)):
                return meaning
    return None


def _touches_after(compact: Compact, number: Number, meaning: str) -> bool:
    begin = compact.index(number.end)
    unit = _UNIT.match(compact.chars, begin)
    return pattern("after", meaning).match(compact.chars, unit.end() if unit else begin) is not None


def _touching(compact: Compact, cues: Sequence[Cue], number: Number) -> str | None:
    """Return the meaning of the last words before a figure, if they touch it and make it no score."""
    at = compact.index(number.start)
    for cue in reversed([cue for cue in cues if cue.end <= at]):
        if not _FILLER.fullmatch(compact.chars, cue.end, at):
            return None
        gap = compact.chars[cue.end : at]
        for one in cue.meanings:
            if one.meaning == "change" and _NEW_VALUE.search(gap):
                continue
            if one.meaning not in _NEUTRAL and (
                one.scope != "touching" or one.meaning != "count" or "." not in number.as_written
            ):
                return one.meaning
        if any(one.meaning == "none" for one in cue.meanings):
            return None
    return None


def _reaching(compact: Compact, cues: Sequence[Cue], number: Number, clause: int) -> str | None:
    """Return the meaning of the nearest words before a figure that reach it and make it no score."""
    at, begin = compact.index(number.start), compact.index(clause)
    ended: set[str] = set()
    for cue in reversed([cue for cue in cues if at - _CUE_REACH <= cue.end <= at]):
        for one in cue.meanings:
            if one.meaning in ("own", "own_now"):
                ended |= _WHOSE if one.meaning == "own" else _WHEN
            elif one.meaning in _NEUTRAL or one.scope == "touching" or one.meaning in ended:
                continue
            elif one.scope == "sentence" or cue.start >= begin:
                return one.meaning
    return None


def _after(text: str, number: Number, year: Year) -> bool:
    """Return whether a year stands directly after a figure: "86.09 ในปี 2565".

    A year in brackets with a figure of its own is that one's: "93.20 (ปี 2566 IIT 81.50)".
    """
    match = _YEAR_AFTER.match(text, number.end)
    return (
        match is not None
        and not ("(" in match[0] and _FIGURE_INSIDE.match(text, year.end))
        and match.end() <= year.start <= match.end() + 22
        and not re.search(r"[0-9๐-๙]", text[match.end() : year.start])
        and not re.match(
            r"\s*(?:ที่|ซึ่ง)?\s*(?:หน่วยงาน|เรา)?\s*(?:ได้|มี|คือ|=|:|เท่ากับ|[0-9๐-๙]{2}[.])", text[year.end :]
        )
    )


def _year(text: str, years: Sequence[Year], number: Number, clause: int, following: int) -> int | None:
    before = [
        year
        for year in years
        if clause <= year.start and year.end <= number.start and number.start - year.end <= _YEAR_REACH
    ]
    after = [year for year in years if number.end <= year.start < following and _after(text, number, year)]
    if after and not before:
        return after[0].value_be
    return before[-1].value_be if before else None


def _changes(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures with the differences and the replaced scores of a sentence about a change marked."""
    if not pattern("before", "change").search(fold(text)):
        return list(figures)
    values = {figure.number.value for figure in figures}
    return [
        replace(figure, meaning="change")
        if figure.plain
        and any(value > figure.number.value and value + figure.number.value in values for value in values)
        else figure
        for figure in figures
    ]


def _other_scales(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures, with those after a maximum other than 100 marked: "คะแนนเต็ม 5 ได้ 4.21"."""
    maximum = None
    found: list[Figure] = []
    for figure in figures:
        if figure.meaning == "scale" and not (found and found[-1].plain):
            maximum = figure.number.value if figure.number.value != _FULL_MARKS else None
        elif maximum is not None and figure.plain and figure.number.value <= maximum:
            figure = replace(figure, meaning="scale")
        found.append(figure)
    return found
