"""The values that the cells of a list's row state, and whether a level fits its score."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from thaita.extract.find.results.arithmetic import shares
from thaita.extract.find.results.candidate import ResultCandidate, Stated
from thaita.extract.find.results.columns import Column
from thaita.extract.find.results.counts import count_of_level, level_end
from thaita.extract.find.results.matrix import Row, read_figure
from thaita.models.flags import Flag
from thaita.models.source_text import SourceText
from thaita.normalize.grades import Band, grade_band, only_grade
from thaita.normalize.match_key import ARABIC

_CENT = Decimal("0.01")
_MAX_PERCENT = 100
_LEVEL_LABEL = re.compile(r"^(?:ระดับ|เกรด)\s*|[\s()\"“”]+")
_OUT_OF = re.compile(r"จาก\s*([0-9๐-๙]{1,4})(?![0-9๐-๙])")


def read_values(
    row: Row, group: Sequence[Column], parts: Mapping[int, str], found: ResultCandidate
) -> tuple[dict[str, Decimal], int]:
    """Read the cells of one year into a result; return the numbers by part, and the decimals they are written with."""
    numbers: dict[str, Decimal] = {}
    decimals: list[int] = []
    for column in group:
        slot = row[column.at]
        if not slot.chars or slot.across:
            continue
        if column.holds == "grade":
            if only_grade(slot.chars):
                found.values["grade"] = Stated(" ".join(slot.chars.split()), slot.text, column.head)
            continue
        part = parts.get(column.at, column.part)
        figure = read_figure(slot.chars.rstrip(".) ") if part == "rank" else slot.chars)
        if figure is None:
            continue
        if part in ("rank", "agencies"):
            if figure.decimals == 0:
                found.values[part] = Stated(figure.value, slot.text, column.head)
            if part == "rank" and (of := _OUT_OF.search(column.head.chars)):
                stated = column.head[of.start(1) : of.end(1)]
                found.values["agencies"] = Stated(Decimal(of[1].translate(ARABIC)), stated, column.head)
            continue
        if figure.value > _MAX_PERCENT:
            found.flags = (*found.flags, Flag.RANGE)
        if part in numbers and numbers[part] != figure.value:
            found.flags = (*found.flags, Flag.AMBIGUOUS_COLUMN)
            continue
        numbers[part] = figure.value
        decimals.append(figure.decimals)
        _state(found, part, figure.value, slot.text, column)
        if figure.rest:
            found.values.setdefault("grade", Stated(figure.rest.strip("() /"), slot.text, column.head))
    _add_count(found)
    return numbers, min((one for one in decimals if one), default=2)


def _state(found: ResultCandidate, part: str, value: Decimal, text: SourceText, column: Column) -> None:
    if part[:1] == "i" and part[1:].isdigit():
        found.scores[int(part[1:])] = Stated(value, text, column.head)
        found.numbered = found.numbered or column.words.numbered
        return
    if part.startswith("points_"):
        name = part.removeprefix("points_")
        if name in found.values and not found.values[name].of:
            return  # the percent stands beside the points
        percent = (value / shares(found.year)[name]).quantize(_CENT, ROUND_HALF_UP)
        found.values[name] = Stated(min(percent, Decimal(100)), text, column.head, text.chars)
        found.flags = (*found.flags, Flag.FROM_POINTS)
        return
    found.values[part] = Stated(value, text, column.head)


def _add_count(found: ResultCandidate) -> None:
    """Add the number of agencies that the name of a mean states: "ค่าเฉลี่ยจังหวัดน่าน (100 แห่ง)"."""
    if found.subject.scope == "agency" or not found.values:
        return
    if count := count_of_level(found.name, level_end(found.name.chars), len(found.name)):
        found.values.setdefault("agencies", count)


@lru_cache(maxsize=256)
def _band(grade: str, year: int) -> Band | None:
    return grade_band(grade, year)


def outside_band(grade: str, overall: Decimal, year: int | None) -> bool:
    """Return whether an overall score contradicts a grade on the scale of the year."""
    band = _band(_LEVEL_LABEL.sub("", grade), year) if year is not None else None
    return band is not None and not band.min <= overall <= band.max
