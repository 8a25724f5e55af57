"""The arithmetic of a result: which columns add up to which, and whether a row does.

The overall score is 0.30 IIT + 0.30 EIT + 0.40 OIT, or the sum of the instruments' points of 30, 30 and 40. The weights are
those of the fiscal year (`normalize/data/weights.csv`), or of the nearest year that has some.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import permutations

from thaita.normalize.frameworks import every_instrument, framework

_KNOWN_YEAR = 2568
"""The year whose weights count where the year is unknown or has none."""
_ENOUGH = 0.85
"""Least share of the rows that an assignment of columns must explain."""
_LEAST_ROWS = 3
_SAMPLE = 40
_MAX_COLUMNS = 8
"""Maximum number of columns without a known head among which the arithmetic decides."""
PARTS = ("eit_part1", "eit_part2")

Values = Mapping[str, Decimal]
"""Values of a row by part: `iit`, `eit`, `oit`, `eit_part1`, `i1`, `overall_score`; points as `points_iit`."""


@cache
def shares(year: int | None) -> dict[str, Decimal]:
    """Return the share of each instrument in the overall score, by its part (`iit`)."""
    weights = framework(year).weights or framework(_KNOWN_YEAR).weights
    return {code.lower(): share for code, share in weights.shares.items()} if weights else {}


def percents(values: Values, year: int | None) -> dict[str, Decimal]:
    """Return the values of a row with the instruments in percent, unrounded, as far as they follow from it."""
    found = dict(values)
    for part, share in shares(year).items():
        if part not in found and f"points_{part}" in found:
            found[part] = found[f"points_{part}"] / share
    if "eit" not in found and all(part in found for part in PARTS):
        found["eit"] = sum((found[part] for part in PARTS), Decimal(0)) / 2
    for code, instrument in every_instrument().items():
        names = [f"i{no}" for no in instrument.indicators if no in framework(year).indicators]
        if code.lower() not in found and names and all(name in found for name in names):
            found[code.lower()] = sum((found[name] for name in names), Decimal(0)) / len(names)
    return found


def computed(values: Values, year: int | None) -> Decimal | None:
    """Return the overall score that the parts of a row give, None if a part is missing."""
    found, weights = percents(values, year), shares(year)
    if not weights or not all(part in found for part in weights):
        return None
    points = [values.get(f"points_{part}", found[part] * share) for part, share in weights.items()]
    return sum(points, Decimal(0))


def tolerance(values: Values, decimals: int) -> Decimal:
    """Return how far rounding can move the computed overall score of a row written with so many decimals."""
    unit = Decimal(1).scaleb(-decimals)
    summed = sum(name.startswith("points_") for name in values)
    return unit * (2 if summed else Decimal("1.25")) + Decimal("0.001")


def adds_up(values: Values, year: int | None, decimals: int) -> bool | None:
    """Return whether the parts of a row give its overall score, and its indicators its instruments; None if unknown."""
    checks = []
    total = computed(values, year)
    if total is not None and "overall_score" in values:
        checks.append(abs(total - values["overall_score"]) <= tolerance(values, decimals))
    checks += list(_instrument_checks(values, year, decimals))
    return all(checks) if checks else None


def _instrument_checks(values: Values, year: int | None, decimals: int) -> Iterator[bool]:
    unit = Decimal(1).scaleb(-decimals)
    below = percents(
        {name: value for name, value in values.items() if name[:1] == "i" and name[1:].isdigit()}, year
    )
    for part, share in shares(year).items():
        if part in values and part in below:
            yield abs(values[part] - below[part]) <= unit
        if part in values and f"points_{part}" in values:
            yield abs(values[part] * share - values[f"points_{part}"]) <= unit
    if "eit" in values and all(part in values for part in PARTS):
        yield abs(sum((values[part] for part in PARTS), Decimal(0)) / 2 - values["eit"]) <= unit


@dataclass(frozen=True, slots=True)
class Solution:
    """What unknown columns hold, by position: parts as in `Values`. `ordered`: those that only the order tells apart."""

    parts: Mapping[int, str]
    ordered: frozenset[int] = frozenset()


def solve(
    rows: Sequence[Mapping[int, Decimal]], known: Mapping[int, str], unknown: Sequence[int], year: int | None
) -> Solution | None:
    """Return what the unknown columns hold, if the arithmetic shows it for most rows; None if not, or not clearly.

    `rows` are the numbers of each row by column; `known` the parts of columns with a known head. IIT and EIT have the same
    weight, so their usual order decides between them.
    """
    rows = [row for row in rows if all(at in row for at in (*known, *unknown))][:_SAMPLE]
    if len(rows) < _LEAST_ROWS or not 0 < len(unknown) <= _MAX_COLUMNS:
        return None
    solutions = []
    for prefix in ("points_", ""):
        wanted = [f"{prefix}{part}" for part in shares(year)] + ["overall_score"]
        have = set(known.values())
        have |= {"eit"} if have.issuperset(PARTS) else set()
        missing = [part for part in wanted if part not in have and part.removeprefix("points_") not in have]
        if not missing or len(missing) > len(unknown):
            continue
        for chosen in permutations(unknown, len(missing)):
            parts = dict(zip(chosen, missing, strict=True))
            if _explains(rows, {**known, **parts}, year):
                solutions.append(parts)
    return _unique(solutions)


def _explains(rows: Sequence[Mapping[int, Decimal]], parts: Mapping[int, str], year: int | None) -> bool:
    allowed = int(len(rows) * (1 - _ENOUGH))
    failed = 0
    for row in rows:
        values = {part: row[at] for at, part in parts.items()}
        total = computed(values, year)
        if total is None or abs(total - values["overall_score"]) > tolerance(values, 2):
            failed += 1
            if failed > allowed:
                return False
    return True


def _unique(solutions: Sequence[Mapping[int, str]]) -> Solution | None:
    if not solutions:
        return None
    settled = {at for at in solutions[0] if len({one.get(at) for one in solutions}) == 1}
    if (
        not any(solutions[0][at] == "overall_score" for at in settled)
        and "overall_score" in solutions[0].values()
    ):
        return None
    # of solutions that only exchange columns of equal weight, the one in the usual order
    best = min(solutions, key=lambda one: [one[at] for at in sorted(one)] and _disorder(one))
    if any(set(one) != set(best) for one in solutions):
        return None
    return Solution(best, frozenset(set(best) - settled))


def _disorder(parts: Mapping[int, str]) -> int:
    order = [part for _, part in sorted(parts.items())]
    usual = [f"{prefix}{part}" for prefix in ("points_", "") for part in shares(None)]
    places = [usual.index(part) for part in order if part in usual]
    return sum(a > b for i, a in enumerate(places) for b in places[i + 1 :])
