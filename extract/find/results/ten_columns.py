"""The columns of all indicators, in their order, where only the arithmetic shows that they are these."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from thaita.extract.find.results.arithmetic import adds_up
from thaita.extract.find.results.columns import Column, judge_cells
from thaita.extract.find.results.matrix import Matrix
from thaita.extract.find.results.units import numbers_of
from thaita.normalize.frameworks import framework
from thaita.normalize.match_key import ARABIC
from thaita.normalize.result_words import read_head_words

_NUMBER = re.compile(r"(?<![0-9])0?([1-9][0-9]?)(?![0-9])")
_LEAST_ROWS = 3
_ENOUGH = 0.85
"""Least share of the rows whose indicators must give the overall score."""
_MAXIMUM = 100


def with_all_indicators(columns: Sequence[Column], matrix: Matrix, year: int | None) -> list[Column]:
    """Return the columns, with as many of numbers as there are indicators named after these, if that adds up.

    `year` (B.E.) decides the indicators. The columns stand in the order of the indicators, and what their heads say of
    names and numbers agrees with it. Where a head says neither, only the order does, which is noted.
    """
    found = list(columns)
    indicators = list(framework(year).indicators)
    if len({one.words.indicator for one in columns if one.holds == "indicator_score"}) == len(indicators):
        return found
    group = _members(columns, matrix)
    total = [one for one in columns if one.holds == "overall" and one not in group]
    if len(group) != len(indicators) or len(total) != 1 or not _agrees(group, indicators, year):
        return found
    parts = {one.at: f"i{no}" for one, no in zip(group, indicators, strict=True)}
    if not _gives_total({**parts, total[0].at: "overall_score"}, numbers_of(matrix, columns), year):
        return found
    for one, no in zip(group, indicators, strict=True):
        number = _number(one)
        words = replace(one.words, holds="indicator_score", indicator=no, numbered=number is not None)
        named = one.holds == "indicator_score" and one.words.indicator == no
        found[one.at] = replace(
            one, holds="indicator_score", words=words, by_order=not named and number is None
        )
    return found


def with_total_beside(columns: Sequence[Column], matrix: Matrix, year: int | None) -> list[Column]:
    """Return the columns, with a total that only seems to stand below an instrument's name as the overall score.

    Its own head says total, no other column is the overall score, and the indicators add up to it.
    """
    found = list(columns)
    parts = {one.at: one.part for one in columns if one.holds == "indicator_score"}
    for one in columns:
        own = read_head_words(one.head.chars.replace("\n", " ")).holds
        if one.holds != "instrument_score" or own != "overall" or any(c.holds == "overall" for c in found):
            continue
        if _gives_total({**parts, one.at: "overall_score"}, numbers_of(matrix, columns), year):
            words = replace(one.words, holds="overall", instrument=None, unit=None)
            found[one.at] = replace(one, holds="overall", words=words)
    return found


def _members(columns: Sequence[Column], matrix: Matrix) -> list[Column]:
    """Return the columns of scores whose heads leave open what they hold, and those of indicators."""
    parts = Counter(one.words.instrument or one.part for one in columns)
    found = []
    for one in columns:
        cells = judge_cells([row[one.at] for row in matrix.body])
        open_head = one.holds in (None, "indicator_score") or (
            one.holds in ("instrument_score", "overall")
            and parts[one.words.instrument or one.part] > 1
            and _number(one) is not None
        )
        if open_head and cells.content == "number" and not (cells.signed or cells.years or cells.counts_rows):
            found += [one] if not cells.whole and cells.least >= 0 and cells.most <= _MAXIMUM else []
    return found


def _number(column: Column) -> int | None:
    """Return the number in the head of a column, None if it has none or several."""
    hits = _NUMBER.findall(column.head.chars.translate(ARABIC))
    return int(hits[0]) if len(hits) == 1 else None


def _agrees(group: Sequence[Column], indicators: Sequence[int], year: int | None) -> bool:
    """Return whether the names and numbers in the heads of columns are those of the indicators in their order."""
    own = [no for one in framework(year).instruments.values() for no in range(1, len(one.indicators) + 1)]
    numbers = [_number(one) for one in group]
    counted = any(
        all(number in (None, want) for number, want in zip(numbers, wanted, strict=True))
        for wanted in (indicators, own)
    )
    named = [
        (one.words.indicator, no)
        for one, no in zip(group, indicators, strict=True)
        if one.holds == "indicator_score" and not one.words.numbered
    ]
    return counted and all(given == no for given, no in named)


def _gives_total(parts: dict[int, str], rows: Sequence[dict[int, Decimal]], year: int | None) -> bool:
    whole = [row for row in rows if all(at in row for at in parts)]
    right = sum(adds_up({part: row[at] for at, part in parts.items()}, year, 2) is True for row in whole)
    return len(whole) >= _LEAST_ROWS and right >= _ENOUGH * len(whole)
