"""The parts of a result that the columns of a table hold: points or percent, and what only the sums show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from thaita.extract.find.results.arithmetic import Solution, adds_up, shares, solve
from thaita.extract.find.results.columns import SCORES, Cells, Column, judge_cells
from thaita.extract.find.results.matrix import Matrix, read_figure

Numbers = Mapping[int, Decimal]
_SAMPLE = 60
_LEAST_RANKED = 5
"""Least rows whose numbers show whether they are ranks."""


def settle(columns: Sequence[Column], matrix: Matrix, year: int | None) -> dict[int, str]:
    """Return the part of a result that each column of numbers holds, by position; see `arithmetic.Values`.

    Columns of other years are settled apart. Instruments in points become `points_iit` and so on.
    """
    rows = numbers_of(matrix, columns)
    found: dict[int, str] = {}
    for key in dict.fromkeys((column.year, column.offset) for column in columns if column.holds in SCORES):
        group = [
            column for column in columns if (column.year, column.offset) == key and column.holds in SCORES
        ]
        found |= _with_units([one for one in group if one.holds != "grade"], rows, year)
    return found


def numbers_of(matrix: Matrix, columns: Sequence[Column]) -> list[dict[int, Decimal]]:
    """Return the numbers of the first rows by column."""
    rows = []
    for row in matrix.body[:_SAMPLE]:
        numbers = {}
        for column in columns:
            slot = row[column.at]
            figure = read_figure(slot.chars) if slot.chars and not slot.across else None
            if figure is not None:
                numbers[column.at] = figure.value
        rows.append(numbers)
    return rows


def _with_units(group: Sequence[Column], rows: Sequence[Numbers], year: int | None) -> dict[int, str]:
    parts: dict[int, str] = {}
    for part, share in shares(year).items():
        same = [column for column in group if column.part == part]
        most = {
            one.at: max((row[one.at] for row in rows if one.at in row), default=Decimal(0)) for one in same
        }
        small = [one for one in same if most[one.at] <= share * 100]
        for one in same:
            points = one in small and (
                one.words.unit == "points" or (len(same) > 1 and len(small) < len(same))
            )
            parts[one.at] = f"points_{part}" if points else part
    for column in group:
        if column.at not in parts:
            parts[column.at] = column.part
    return _without_unit(group, parts, rows, year)


def _without_unit(
    group: Sequence[Column], parts: dict[int, str], rows: Sequence[Numbers], year: int | None
) -> dict[int, str]:
    """Take instruments without a stated unit for points where their numbers are too small for percent, or the sum says so."""
    weights = shares(year)
    plain = [one for one in group if parts[one.at] in weights and one.words.unit is None]
    as_points = parts | {one.at: f"points_{parts[one.at]}" for one in plain}
    if not plain or not _fits(as_points, rows, weights):
        return parts
    if _agreement(parts, rows, year) < _agreement(as_points, rows, year):
        return as_points
    total = any(part == "overall_score" for part in parts.values())
    return parts if total or len(plain) < len(weights) else as_points


def _fits(parts: Mapping[int, str], rows: Sequence[Numbers], weights: Mapping[str, Decimal]) -> bool:
    return all(
        row[at] <= weights[part.removeprefix("points_")] * 100
        for row in rows
        for at, part in parts.items()
        if part.startswith("points_") and at in row
    )


def _agreement(parts: Mapping[int, str], rows: Sequence[Numbers], year: int | None) -> int:
    values = ({part: row[at] for at, part in parts.items() if at in row} for row in rows)
    return sum(adds_up(one, year, 2) is True for one in values)


def with_solved(columns: Sequence[Column], matrix: Matrix, year: int | None) -> list[Column]:
    """Return the columns, with those of unknown heads named if only one assignment of them gives the overall scores."""
    rows = numbers_of(matrix, columns)
    years = {column.year for column in columns if column.holds in SCORES} - {None}
    unknown = [one.at for one in columns if one.holds is None and _is_score(matrix, one)]
    known = {one.at: one.part for one in columns if one.holds in ("overall", "instrument_score")}
    if not unknown or len(years) > 1 or any(one.holds == "indicator_score" for one in columns):
        return list(columns)
    solved = solve(rows, known, unknown, year)
    if solved is None:
        return list(columns)
    return [_named(one, solved) if one.at in solved.parts else one for one in columns]


def with_ranks(columns: Sequence[Column], matrix: Matrix, ranked: bool, ordered: bool) -> list[Column]:
    """Return the columns, with the numbers of the rows as ranks where the title or the numbers themselves say so.

    `ranked`: the title announces the best results; a column without a head holds their ranks, if the scores fall. One
    with a head that names the order counts the rows, unless rows with the same score have the same number, or the title
    says that the scores give the order (`ordered`).
    """
    rows = numbers_of(matrix, columns)
    overall = next((one.at for one in columns if one.holds == "overall"), None)
    found = list(columns)
    for at, column in enumerate(columns):
        if column.holds != "number" or overall is None:
            continue
        falls = [row[overall] for row in rows if overall in row]
        falling = len(falls) == len(rows) and all(b <= a for a, b in pairwise(falls))
        pairs = [(row[column.at], row[overall]) for row in rows if column.at in row and overall in row]
        if (ranked and falling) if not column.head else _are_ranks(pairs, ordered):
            found[at] = replace(column, holds="rank")
    return found


def _are_ranks(pairs: Sequence[tuple[Decimal, Decimal]], ordered: bool) -> bool:
    """Return whether numbers are the ranks of the scores beside them: all fit, and no mere count of the rows would."""
    if len(pairs) < _LEAST_RANKED:
        return False
    scores = [score for _, score in pairs]
    fits = all(number == 1 + sum(other > score for other in scores) for number, score in pairs)
    return fits and (ordered or len({number for number, _ in pairs}) < len(pairs))


def _is_score(matrix: Matrix, column: Column) -> bool:
    cells: Cells = judge_cells([row[column.at] for row in matrix.body])
    return cells.content == "number" and not cells.whole and cells.least >= 0 and cells.most <= 100


def _named(column: Column, solved: Solution) -> Column:
    part = solved.parts[column.at]
    if part == "overall_score":
        return replace(column, holds="overall", by_sum=True)
    unit = "points" if part.startswith("points_") else None
    code = part.removeprefix("points_").upper()
    words = replace(column.words, holds="instrument_score", instrument=code, unit=unit)
    return replace(
        column, holds="instrument_score", words=words, by_sum=True, by_order=column.at in solved.ordered
    )
